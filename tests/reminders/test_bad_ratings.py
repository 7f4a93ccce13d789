"""The clocks that a bad rating begins: the head of the section hears, and nobody who was rated."""

from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.models import Case
from shounuo.commitments.models import Alarm, RunningClock
from shounuo.reminders.models import Reminder
from shounuo.reminders.recipients import Recipients
from shounuo.rules.loading import load_pack
from tests.cases.conftest import PACKS
from tests.reminders.conftest import Hall, at, in_bell, round_
from tests.reminders.test_alarms import away

CONTACT = "bad-rating-contact"


@pytest.fixture
def power(cast: Any) -> Hall:
    """The same house under the supply unit's regulation."""
    return Hall(cast, load_pack(PACKS / "daqing-power-unit"))


def rated_badly(hall: Hall, handler: str = "zhou") -> Case:
    """A repair that the handler restored and that was rated badly on Monday morning."""
    case = hall.ask(
        "2026-09-28 09:00:00", who=handler, kind="repair", service="fault-repair", words="停电", place="rural"
    )
    actions.restore(hall.on(case.stream, handler, "2026-09-28 09:30:00"), "换保险")
    return actions.rate(hall.on(case.stream, "party", "2026-09-28 10:00:00"), 1, "很慢")


def test_the_head_of_the_section_hears_and_the_alarm_is_nobodys_of_the_rated(power: Hall) -> None:
    case = rated_badly(power)
    round_("2026-10-20 09:00")
    assert {who for _kind, who in in_bell(rule=CONTACT)} >= {"zhao", "chen"}
    assert "zhou" not in {who for _kind, who in in_bell(rule=CONTACT)}
    assert set(Alarm.objects.filter(stream=case.stream, rule=CONTACT).values_list("handler", flat=True)) == {
        ""
    }


def test_a_head_who_did_the_work_does_not_hear_of_their_own_bad_rating(power: Hall) -> None:
    rated_badly(power, "zhao")
    round_("2026-10-20 09:00")
    heard = {who for _kind, who in in_bell(rule=CONTACT)}
    assert heard and "zhao" not in heard


def test_a_rated_delegate_does_not_hear_in_the_place_of_the_head(power: Hall) -> None:
    case = rated_badly(power)
    away(power, "zhao", "zhou", "2026-09-28 09:45")
    clock = RunningClock.objects.get(stream=case.stream, rule=CONTACT)
    found = Recipients(at("2026-09-29 09:00")).hear("own", case, clock)
    assert found and power.cast.people["zhou"].pk not in {one.person for one in found}


def test_a_clock_of_the_service_office_is_told_to_the_office(power: Hall) -> None:
    case = power.ask(
        "2026-09-28 09:00:00", kind="repair", service="fault-repair", words="停电", place="rural"
    )
    actions.restore(power.on(case.stream, "zhou", "2026-09-28 09:30:00"), "换保险")
    clock = RunningClock.objects.get(stream=case.stream, rule="call-back")
    found = Recipients(at("2026-09-29 09:00")).hear("own", Case.objects.get(pk=case.pk), clock)
    assert {one.person for one in found} == {power.cast.people["sun"].pk}


def test_other_clocks_are_still_the_handlers(power: Hall) -> None:
    rated_badly(power)
    round_("2026-10-20 09:00")
    assert not Reminder.objects.filter(rule="restore").exists()
    case = power.ask(
        "2026-10-20 09:00:00", kind="repair", service="fault-repair", words="停电", place="rural"
    )
    round_("2026-10-20 12:00")
    heard = Reminder.objects.filter(rule="arrive", stream=case.stream, kind="breached")
    assert [one.person.account.sign_in_name for one in heard] == ["zhou"]
