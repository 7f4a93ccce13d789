"""Traps met in other products, and the edges that the text decides, worked out by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar, official_china
from shounuo.rules.deadlines import (
    Budget,
    Months,
    NaturalDays,
    NaturalTime,
    SameDay,
    WorkingDays,
    WorkingTime,
    due,
    due_at,
    figures,
    plus,
)
from shounuo.rules.deadlines.walk import walk_due
from tests.rules.deadlines.by_hand import HOUR, NINE_TO_FIVE, at, calendar_of, stop


@pytest.mark.parametrize(
    ("start", "budget", "expected"),
    [
        ("02-13 10:00", WorkingDays(3), "02-25 17:30"),
        ("02-13 10:00", WorkingDays(3, first_day="included"), "02-24 17:30"),
        ("09-18 10:00", WorkingDays(3), "09-22 17:30"),
        ("09-30 10:00", WorkingDays(3), "10-10 17:30"),
        ("05-08 10:00", WorkingDays(2), "05-11 17:30"),
        ("2025-12-31 10:00", WorkingDays(2), "01-05 17:30"),
        ("09-29 10:00", NaturalDays(7, roll=False), "2026-10-07 00:00"),
        ("09-29 10:00", NaturalDays(7), "10-08 17:30"),
        ("09-29 10:00", WorkingDays(7), "10-14 17:30"),
        ("02-13 10:00", NaturalDays(2, roll=False), "02-16 00:00"),
        ("02-13 10:00", NaturalDays(2), "02-24 17:30"),
        ("06-17 10:00", NaturalDays(2), "06-22 17:30"),
    ],
)
def test_dates_worked_out_with_a_paper_calendar(
    office: Calendar, start: str, budget: Budget, expected: str
) -> None:
    assert due(office, at(start), budget).at == at(expected)


@pytest.mark.parametrize(
    "budget", [WorkingDays(5), NaturalDays(7), WorkingTime(30 * HOUR), Months(1), SameDay()]
)
def test_a_holiday_never_makes_a_deadline_earlier(budget: Budget) -> None:
    plain = compile_calendar(
        CalendarSpec.model_validate({"coverage": ["2026-01-01", "2026-12-31"], "weekly": NINE_TO_FIVE})
    )
    closed = compile_calendar(plain.spec.model_copy(update={"off": official_china().off}))
    for day in range(1, 29):
        start = datetime(2026, 9, day, 16)
        before, after = due(plain, start, budget).at, due(closed, start, budget).at
        assert before is not None and after is not None and before <= after


def test_one_day_is_not_read_as_24_business_hours(office: Calendar) -> None:
    assert due(office, at("03-02 10:00"), WorkingDays(1)).at == at("03-03 17:30")
    assert due(office, at("03-02 10:00"), WorkingTime(24 * HOUR)).at == at("03-05 14:30")


def test_a_pause_is_credited_in_working_time_not_in_wall_clock_time(office: Calendar) -> None:
    friday_to_monday = [stop("03-06 16:30", "03-09 09:30")]
    assert due(office, at("03-06 15:30"), WorkingTime(2 * HOUR), friday_to_monday).at == at("03-09 10:30")


def test_lunch_does_not_break_the_sum(office: Calendar) -> None:
    assert due(office, at("03-02 11:30"), WorkingTime(HOUR)).at == at("03-02 14:00")
    assert due(office, at("03-02 12:30"), WorkingTime(HOUR)).at == at("03-02 14:30")
    over_lunch = [stop("03-02 11:30", "03-02 14:00")]
    assert due(office, at("03-02 11:00"), WorkingTime(HOUR), over_lunch).at == at("03-02 14:30")


def test_a_weekend_filing_does_not_count_its_first_working_day_twice(office: Calendar) -> None:
    saturday = figures(office, at("03-07 10:00"), WorkingDays(2))
    assert saturday.counted == (date(2026, 3, 9), date(2026, 3, 10))
    included = figures(office, at("03-07 10:00"), WorkingDays(2, first_day="included"))
    assert included.counted == saturday.counted


def test_an_extension_keeps_the_pause_time_that_was_earned(office: Calendar) -> None:
    paused = [stop("03-03 09:00", "03-04 18:00")]
    longer = plus(WorkingDays(3, "any", "included"), WorkingDays(2))
    assert longer == WorkingDays(5, "any", "included")
    assert due(office, at("03-02 10:00"), longer, paused).at == at("03-10 17:30")


def test_a_holiday_that_is_announced_later_moves_the_due_of_a_new_version_only() -> None:
    first, second = calendar_of(), calendar_of(overrides={"2026-03-03": []})
    assert due(first, at("03-02 10:00"), WorkingDays(1)).day == date(2026, 3, 3)
    assert due(second, at("03-02 10:00"), WorkingDays(1)).day == date(2026, 3, 4)


@pytest.mark.parametrize("clock", ["00:00", "08:00", "17:30", "23:59"])
def test_the_day_of_receipt_does_not_count_whatever_the_time(office: Calendar, clock: str) -> None:
    assert due(office, at(f"03-02 {clock}"), WorkingDays(1)).at == at("03-03 17:30")


@pytest.mark.parametrize(("clock", "day"), [("17:29", 2), ("17:30", 3), ("08:00", 2)])
def test_an_included_first_day_counts_until_it_closes(office: Calendar, clock: str, day: int) -> None:
    answer = figures(
        office, at(f"03-02 {clock}"), WorkingDays(1, first_day="included"), (), at("03-04 09:00")
    )
    assert answer.day == date(2026, 3, day)
    assert answer.days_used == 4 - day


def test_an_included_first_natural_day(office: Calendar) -> None:
    budget = NaturalDays(1, roll=False, first_day="included")
    assert due(office, at("03-02 10:00"), budget).at == at("03-02 17:30")
    assert due(office, at("03-02 17:30"), budget).at == at("03-03 17:30")
    assert due(office, at("03-07 23:00"), budget).at == at("2026-03-08 00:00")


def test_a_budget_that_runs_out_at_closing_is_due_then_not_at_the_next_opening(office: Calendar) -> None:
    assert due(office, at("03-06 16:30"), WorkingTime(HOUR)).at == at("03-06 17:30")


def test_a_zero_budget_is_due_at_its_start_even_at_night_and_in_a_pause(office: Calendar) -> None:
    night = at("03-07 03:00")
    assert due(office, night, WorkingTime(0), [stop("03-06 09:00", None)]).at == night
    assert due(office, night, NaturalTime(0), [stop("03-06 09:00", None)]).at == night


CLOSING = [
    ("close", "03-03 17:29", "03-03 17:30", "03-04 17:30"),
    ("close", "03-03 17:30", "03-03 20:00", "03-03 17:30"),
    ("close", "03-03 09:00", "03-03 17:29", "03-03 17:30"),
    ("close", "03-03 17:30", "03-03 17:30", "03-03 17:30"),
    ("any", "03-03 12:00", "03-03 13:30", "03-03 17:30"),
    ("any", "03-03 11:59", "03-03 13:30", "03-04 17:30"),
    ("any", "03-03 10:00", "03-03 10:00", "03-03 17:30"),
    ("any", "03-02 17:30", "03-03 09:00", "03-03 17:30"),
    ("full", "03-03 09:00", "03-03 17:29", "03-03 17:30"),
    ("full", "03-03 09:00", "03-03 17:30", "03-04 17:30"),
]


@pytest.mark.parametrize(("rule", "begin", "end", "expected"), CLOSING)
def test_which_days_a_pause_takes_out(
    office: Calendar, rule: Any, begin: str, end: str, expected: str
) -> None:
    for answer in (due_at, walk_due):
        assert answer(office, at("03-02 10:00"), WorkingDays(1, rule), [stop(begin, end)]) == at(expected)


def test_two_pauses_that_only_lunch_divides_cover_the_whole_day(office: Calendar) -> None:
    halves = [stop("03-03 13:30", "03-03 17:30"), stop("03-03 09:00", "03-03 12:00")]
    assert due(office, at("03-02 10:00"), WorkingDays(1, "full"), halves).at == at("03-04 17:30")


def test_a_half_day_is_one_whole_working_day_that_closes_early() -> None:
    half = calendar_of(overrides={"2026-03-03": [["09:00", "12:00"]]})
    assert due(half, at("03-02 10:00"), WorkingDays(1)).at == at("03-03 12:00")
    afternoon = [stop("03-03 12:00", "03-03 17:30")]
    assert due(half, at("03-02 10:00"), WorkingDays(1, "any"), afternoon).at == at("03-03 12:00")


def test_a_make_up_saturday_is_no_reason_to_roll(office: Calendar) -> None:
    assert due(office, at("10-03 10:00"), NaturalDays(7)).at == at("10-10 17:30")


def test_the_end_at_midnight_belongs_to_the_date_that_ends(office: Calendar) -> None:
    answer = due(office, at("03-02 10:00"), NaturalDays(1, roll=False, day_end="24:00"))
    assert (answer.at, answer.day) == (at("2026-03-04 00:00"), date(2026, 3, 3))


def test_at_the_due_instant_the_matter_is_on_time(office: Calendar) -> None:
    start = at("03-02 10:00")
    assert not figures(office, start, WorkingDays(1), (), at("03-03 17:30")).overdue
    assert figures(office, start, WorkingDays(1), (), at("2026-03-03 17:30:01")).overdue
