"""When something may leave the house: office hours, quiet hours, days off."""

from datetime import datetime, time

import pytest

from shounuo.reminders.timing import after_quiet, in_party_hours, later, leaves_at
from shounuo.rules.calendar_parts import compiled
from tests.cases.conftest import bureau_pack

__all__ = ["bureau_pack"]
NIGHT = (time(22), time(7))
NOON = (time(12), time(14))


@pytest.fixture
def office(bureau_pack):
    return compiled(bureau_pack.calendars["office"])


def when(text):
    return datetime.fromisoformat(text)


# 2026-09-30 is a Wednesday; National Day is off from 1 to 7 October
LEAVES = [
    ("2026-09-29 10:00", "2026-09-29 10:00"), ("2026-09-29 19:00", "2026-09-30 09:00"),
    ("2026-09-30 17:30", "2026-10-08 09:00"), ("2026-09-29 06:00", "2026-09-29 09:00"),
]  # fmt: skip


@pytest.mark.parametrize("at, leaves", LEAVES)
def test_what_comes_outside_office_hours_leaves_at_the_next_opening(office, at, leaves):
    assert leaves_at(when(at), office, urgent=False) == when(leaves)


@pytest.mark.parametrize("at", ["2026-09-30 23:00", "2026-10-03 12:00"])
def test_what_is_urgent_leaves_at_once(office, at):
    assert leaves_at(when(at), office, urgent=True, quiet=NIGHT) == when(at)


def test_quiet_hours_inside_office_hours_are_kept_too(office):
    assert leaves_at(when("2026-09-29 12:30"), office, False, NOON) == when("2026-09-29 14:00")


def test_quiet_all_day_but_one_night_hour_still_lets_it_out(office):
    quiet = (time(8), time(20))
    assert leaves_at(when("2026-09-29 10:00"), office, False, quiet) >= when("2026-09-29 10:00")


QUIET = [("2026-09-29 23:00", "2026-09-30 07:00"), ("2026-09-30 06:59", "2026-09-30 07:00"),
         ("2026-09-30 07:00", "2026-09-30 07:00"), ("2026-09-30 22:00", "2026-10-01 07:00")]  # fmt: skip


@pytest.mark.parametrize("at, ends", QUIET)
def test_quiet_hours_over_midnight_end_in_the_morning(at, ends):
    assert after_quiet(when(at), NIGHT) == when(ends)


def test_those_who_asked_are_not_woken_at_night():
    assert in_party_hours(when("2026-09-29 21:00")) == when("2026-09-30 08:00")
    assert in_party_hours(when("2026-10-03 20:59")) == when("2026-10-03 20:59")


def test_where_the_calendar_does_not_reach_it_leaves_at_once(office):
    assert leaves_at(when("2099-01-01 20:00"), office, urgent=False) == when("2099-01-01 20:00")


LATER = [
    (None, "2026-09-29 17:30"),
    ("1 working day", "2026-09-30 17:30"),
    ("2 working hours", "2026-09-30 11:00"),
]


@pytest.mark.parametrize("words, moment", LATER)
def test_a_step_of_the_line_comes_after_its_length(office, words, moment):
    assert later(when("2026-09-29 17:30"), words, office) == when(moment)


def test_without_a_calendar_a_step_comes_a_day_later():
    assert later(when("2026-09-29 17:30"), "1 working day", None) == when("2026-09-30 17:30")
