"""On behalf of somebody absent: what is in scope, both names kept, no clock stopped."""

from typing import Any

import pytest

from shounuo.cases import access, actions
from shounuo.cases.access import GRANTS, GROUP_OF
from shounuo.commitments.models import RunningClock
from shounuo.ledger.actions import read
from shounuo.organisation.actions import Away, Stamp, enter_absence
from tests.cases.conftest import Hall, at
from tests.cases.desk import Desk, desk

__all__ = ["desk"]
RECEIVED, NOW = "2026-09-28 09:10:00", "2026-09-28 10:00:00"


def away(hall: Hall, who: str, delegate: str, **scope: Any) -> None:
    """From just before the matter came in, for two days."""
    period = at("2026-09-28 08:00"), at("2026-09-30 08:00")
    said = Away(*period, delegate=hall.cast.people[delegate], **scope)
    enter_absence(Stamp("", at("2026-09-28 08:00")), hall.cast.people[who], said)


def test_a_delegate_does_what_the_absent_person_could_and_both_names_stay(hall: Hall) -> None:
    case = hall.in_hand(RECEIVED)
    away(hall, "wang", "he")
    actions.mark_complete(hall.on(case.stream, "he", NOW))
    fact = read(case.stream)[-1]
    assert fact.actor == hall.cast.id("he")
    assert fact.data["on_behalf_of"] == hall.cast.id("wang")


def test_what_is_one_s_own_to_do_is_not_done_on_behalf(hall: Hall) -> None:
    case = hall.in_hand(RECEIVED)
    away(hall, "wang", "zhao")
    actions.mark_complete(hall.on(case.stream, "zhao", NOW))
    assert "on_behalf_of" not in read(case.stream)[-1].data


def test_the_timeline_shows_both_names(hall: Hall, desk: Desk) -> None:
    case = hall.in_hand(RECEIVED)
    away(hall, "wang", "he")
    actions.mark_complete(hall.on(case.stream, "he", NOW))
    desk.stand_still(NOW)
    assert "何正（代王敏）" in desk.page("zhao", case)


def test_before_and_after_the_absence_the_matter_is_not_the_delegate_s(hall: Hall) -> None:
    case = hall.in_hand(RECEIVED)
    away(hall, "wang", "he")
    moments = ("2026-09-28 07:59", NOW, "2026-09-30 08:00")
    seen = [access.find(hall.cast.actor("he", at(moment)), case.number) for moment in moments]
    assert [one is not None for one in seen] == [False, True, False]


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ({"scope": "kinds", "values": ["application"]}, True),
        ({"scope": "kinds", "values": ["enquiry"]}, False),
        ({"scope": "services", "values": ["weighing-instrument-verification"]}, True),
        ({"scope": "services", "values": ["other"]}, False),
        ({"scope": "verbs", "values": ["handling"]}, True),
        ({"scope": "verbs", "values": ["approving"]}, False),
    ],
)
def test_only_what_is_in_scope_is_the_delegate_s(hall: Hall, scope: dict[str, Any], allowed: bool) -> None:
    case = hall.in_hand(RECEIVED)
    away(hall, "wang", "he", **scope)
    assert (access.refusal(hall.cast.actor("he", at(NOW)), "mark_complete", case) is None) == allowed


def test_a_delegate_of_the_leader_cannot_grant_what_they_asked_for_themselves(hall: Hall) -> None:
    case = hall.in_hand(RECEIVED)
    actions.mark_complete(hall.on(case.stream, "wang", NOW))
    away(hall, "chen", "wang")
    clock = RunningClock.objects.filter(stream=case.stream, handling=True).latest("pk")
    later = "2026-09-28 10:30"
    said = {"rule": clock.rule, "by_how_much": "2 working days", "reason": "complex", "words": "疑难"}
    actions.request_extension(hall.on(case.stream, "wang", later), **said)
    with pytest.raises((access.NotYours, actions.NotAllowed)) as refused:
        actions.grant_extension(hall.on(case.stream, "wang", "2026-09-28 10:40"))
    assert refused.value.why.code == "granted_by_the_asker"


def test_an_absence_stops_no_clock(hall: Hall) -> None:
    case = hall.in_hand(RECEIVED)
    before = list(RunningClock.objects.filter(stream=case.stream).values_list("rule", "due_at", "state"))
    away(hall, "wang", "he")
    actions.add_note(hall.on(case.stream, "he", NOW), words="代办")
    assert (
        list(RunningClock.objects.filter(stream=case.stream).values_list("rule", "due_at", "state")) == before
    )


def test_the_delegate_s_day_begins_with_the_absent_person_s_matters(hall: Hall) -> None:
    case = hall.in_hand(RECEIVED)
    away(hall, "wang", "he")
    assert case in access.today_of(hall.cast.actor("he", at(NOW)))
    assert case not in access.today_of(hall.cast.actor("he", at("2026-09-30 08:00")))


def test_every_group_of_verbs_names_verbs_that_there_are() -> None:
    assert set().union(*GROUP_OF.values()) <= set(GRANTS)


def test_a_delegate_sees_the_clocks_of_what_they_were_entrusted_with(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(RECEIVED)
    desk.stand_still(NOW)
    coming = {}
    away(hall, "wang", "he", scope="services", values=["weighing-instrument-verification"])
    away(hall, "li", "wu", scope="services", values=["standards-consultation"])
    for who in ("he", "wu"):
        coming[who] = [one.stream for one in desk.get(who, "/promises-table/").context["next"]]
    assert case.stream in coming["he"]
    assert case.stream not in coming["wu"]
