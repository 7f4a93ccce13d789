"""Warnings, breaches and the climbing line: each once, to somebody who is there."""

from datetime import date
from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.models import Case
from shounuo.organisation.actions import Stamp, end_appointment
from shounuo.organisation.models import Absence
from shounuo.regulations.actions import decide_setting
from shounuo.reminders.models import Climb, Reminder
from shounuo.reminders.recipients import Recipients
from shounuo.site import loops
from tests.reminders.conftest import Hall, at, in_bell, round_

LATE = "2026-03-06 17:30:01"


def away(hall: Hall, who: str, delegate: str = "", since: str = "2026-03-01 00:00") -> None:
    people = hall.cast.people
    Absence.objects.create(
        person=people[who], delegate=people[delegate] if delegate else None, from_at=at(since),
        to_at=at("2026-12-01 00:00"), state="in_force", asked_at=at(since),
    )  # fmt: skip


def test_a_warning_reaches_the_handler_once(case: Any) -> None:
    for when in ("2026-03-04 18:00", "2026-03-04 18:01", "2026-03-05 09:00"):
        round_(when)
    assert in_bell() == [("warned", "wang")]


def test_a_breach_reaches_the_handler_and_at_once_the_section_head(case: Any) -> None:
    round_(LATE)
    assert in_bell() == [("breached", "wang"), ("climbed", "zhao")]


def test_the_leader_hears_when_it_is_still_late_a_working_day_later(case: Any) -> None:
    round_(LATE)
    round_("2026-03-09 17:29:59")
    assert ("climbed", "chen") not in in_bell()
    round_("2026-03-09 17:30")
    round_("2026-03-09 17:31")
    assert in_bell("climbed") == [("climbed", "zhao"), ("climbed", "chen")]


def test_what_is_finished_meanwhile_climbs_no_further(hall: Hall, case: Any) -> None:
    round_(LATE)
    actions.complete(hall.on(case.stream, "wang", "2026-03-09 09:00"), "已检定")
    round_("2026-03-10 09:00")
    assert in_bell("climbed") == [("climbed", "zhao")]
    assert list(Climb.objects.filter(rule="handle-in-time", told=False).values_list("level", flat=True)) == [
        "leader_in_charge"
    ]


def test_a_warning_that_comes_too_late_is_not_given(hall: Hall, case: Any) -> None:
    loops.sweep(at("2026-03-04 18:00"))
    actions.complete(hall.on(case.stream, "wang", "2026-03-04 18:10"), "已检定")
    loops.consume(at("2026-03-04 18:20"))
    assert in_bell("warned") == []


def test_the_length_of_the_line_is_the_organisations_when_its_pack_has_the_setting(
    hall: Hall, case: Any
) -> None:
    stamp = Stamp(hall.cast.id("sun"), at("2026-03-01 09:00"))
    decide_setting(
        hall.cast.house, hall.adoption, "leader_hears_after", "2 working hours", date(2026, 3, 1), stamp, ""
    )
    round_(LATE)
    round_("2026-03-09 11:00")
    assert ("climbed", "chen") in in_bell()


def test_an_absent_handlers_alarm_reaches_the_delegate_named_for_them(hall: Hall, case: Any) -> None:
    away(hall, "wang", "li")
    round_("2026-03-04 18:00")
    one = Reminder.objects.get(rule="handle-in-time")
    assert (one.person, one.instead_of) == (hall.cast.people["li"], hall.cast.people["wang"])


ABSENT = [["wang"], ["wang", "zhao"], ["wang", "zhao", "chen"], ["wang", "zhao", "chen", "sun"],
          ["wang", "zhao", "chen", "sun", "he"]]  # fmt: skip


@pytest.mark.parametrize("gone", ABSENT, ids=lambda gone: " ".join(gone))
def test_every_alarm_of_an_absent_handler_reaches_somebody_who_is_there(
    hall: Hall, case: Any, gone: list[str]
) -> None:
    for who in gone:
        away(hall, who)
    for when in ("2026-03-04 18:00", LATE, "2026-03-09 17:30"):
        round_(when)
    told = in_bell()
    assert {kind for kind, _who in told} >= {"warned", "breached"}
    assert {who for _kind, who in told}.isdisjoint(gone)


def test_the_alarm_of_somebody_who_left_reaches_the_head(hall: Hall, case: Any) -> None:
    held = hall.cast.people["wang"].appointments.get()
    end_appointment(Stamp("", at("2026-03-03 09:00")), held, date(2026, 3, 3))
    round_("2026-03-04 18:00")
    assert in_bell() == [("warned", "zhao")]


def test_a_matter_without_handler_goes_to_the_head_of_its_section(hall: Hall, case: Any) -> None:
    Case.objects.filter(pk=case.pk).update(handler="")
    found = Recipients(at("2026-03-03 09:00")).hear("own", Case.objects.get(pk=case.pk))
    assert [one.person for one in found] == [hall.cast.people["zhao"].pk]


def test_a_matter_nobody_took_up_goes_to_who_was_asked_first(hall: Hall) -> None:
    asked = hall.ask("2026-03-02 09:00")
    Case.objects.filter(pk=asked.pk).update(section=None)
    found = Recipients(at("2026-03-03 09:00")).hear("own", Case.objects.get(pk=asked.pk))
    assert [one.person for one in found] == [hall.cast.people["zhou"].pk]


def test_imported_history_rings_nobodys_bell(case: Any) -> None:
    from shounuo.ledger import actions as ledger
    from shounuo.ledger.actions import Handed
    from shounuo.reminders.consuming import tell

    loops.sweep(at(LATE))
    rows = [row._replace(marks="import") for row in ledger.read(case.stream)]
    tell([Handed(n, row) for n, row in enumerate(rows)], at(LATE))
    assert in_bell() == []


def test_the_same_facts_handed_out_twice_tell_nobody_twice(case: Any) -> None:
    from shounuo.ledger.models import Cursor

    round_(LATE)
    told = in_bell()
    Cursor.objects.filter(name="reminders").update(txid=-1, position=0)
    Climb.objects.update(done_at=None)
    round_(LATE)
    assert [one for one in in_bell() if one[0] in ("breached", "climbed")] == told


def test_a_hand_over_that_was_accepted_meanwhile_is_no_news(hall: Hall) -> None:
    waiting = hall.ask("2026-03-02 09:00")
    actions.hand_over(hall.on(waiting.stream, "zhou", "2026-03-02 09:10"), hall.cast.units["metrology"])
    hall.in_hand("2026-03-02 09:00")
    loops.consume(at("2026-03-02 09:20"))
    assert list(Reminder.objects.filter(kind="incoming").values_list("number", flat=True)) == [waiting.number]
