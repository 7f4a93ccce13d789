"""The edges that the text decides: months, lead times, open pauses, the ends of the calendar. By hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import (
    Before,
    Budget,
    InputError,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    Pause,
    SameDay,
    WorkingDays,
    WorkingTime,
    due,
    due_at,
    figures,
    plus,
)
from shounuo.rules.deadlines.walk import walk_due
from tests.rules.deadlines.by_hand import HOUR, at, calendar_of, stop
from tests.rules.deadlines.test_walk_and_prefix import outcome

MONTHS = [
    ("01-31 10:00", 1, "2026-02-28 17:30"),
    ("2024-01-31 10:00", 1, "2024-02-29 17:30"),
    ("03-31 10:00", 1, "2026-04-30 17:30"),
    ("2025-12-31 10:00", 2, "2026-02-28 17:30"),
    ("08-08 10:00", 1, "2026-09-08 17:30"),
    ("2024-02-29 10:00", 12, "2025-02-28 17:30"),
]


@pytest.mark.parametrize(("start", "n", "expected"), MONTHS)
def test_months_end_on_the_same_number_or_the_month_end(
    office: Calendar, start: str, n: int, expected: str
) -> None:
    assert due(office, at(start), Months(n)).at == at(expected)


def test_pauses_push_months_on_by_the_days_they_cover(office: Calendar) -> None:
    two_days = [stop("04-10 09:00", "04-12 00:00")]
    assert due(office, at("04-07 10:00"), Months(1), two_days).at == at("05-09 17:30")
    at_the_end = [stop("05-07 09:00", "05-08 09:00")]
    assert due(office, at("04-07 10:00"), Months(1), at_the_end).at == at("05-08 17:30")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("03-02 17:29", "03-02 17:30"),
        ("03-02 17:30", "03-03 17:30"),
        ("03-07 10:00", "03-09 17:30"),
        ("03-02 08:00", "03-02 17:30"),
    ],
)
def test_same_day_and_on_the_spot(office: Calendar, start: str, expected: str) -> None:
    assert due(office, at(start), SameDay()).at == at(expected)
    assert due(office, at(start), OnTheSpot()).at == at(expected)


def test_a_pause_over_closing_moves_the_same_day_on(office: Calendar) -> None:
    assert due(office, at("03-02 10:00"), SameDay(), [stop("03-02 11:00", "03-03 10:00")]).at == at(
        "03-03 17:30"
    )
    assert due(office, at("03-02 10:00"), SameDay(), [stop("03-02 11:00", None)]).at is None


LEADS = [
    (NaturalDays(7), "03-20 08:00", "2026-03-12 23:59:59"),
    (NaturalDays(7, day_end="24:00"), "03-20 23:00", "2026-03-12 23:59:59"),
    (NaturalDays(7, first_day="included"), "03-20 08:00", "2026-03-13 17:29:59"),
    (WorkingDays(3), "10-09 08:00", "2026-09-28 23:59:59"),
    (WorkingDays(1, first_day="included"), "03-03 08:00", "2026-03-02 17:29:59"),
    (NaturalTime(24 * HOUR), "03-20 08:00", "03-19 08:00"),
    (WorkingTime(3 * HOUR), "03-09 12:00", "03-09 09:00"),
    (WorkingTime(4 * HOUR), "03-09 12:00", "03-06 16:30"),
    (WorkingTime(0), "03-07 12:00", "03-07 12:00"),
    (Months(1), "03-31 20:00", "2026-02-28 23:59:59"),
]


@pytest.mark.parametrize(("budget", "of", "expected"), LEADS)
def test_lead_times_end_at_the_event(office: Calendar, budget: Any, of: str, expected: str) -> None:
    for start in ("01-05 09:00", "05-05 09:00"):
        for answer in (due_at, walk_due):
            assert answer(office, at(start), Before(budget, at(of))) == at(expected)


def test_a_pause_lengthens_a_lead_time(office: Calendar) -> None:
    two_days, one_hour = NaturalTime(48 * HOUR), WorkingTime(HOUR)
    paused = [stop("03-18 09:00", "03-19 09:00")]
    assert due(office, at("03-02 09:00"), Before(two_days, at("03-20 08:00")), paused).at == at("03-17 08:00")
    assert due(office, at("03-02 09:00"), Before(one_hour, at("03-18 10:00")), paused).at == at("03-17 16:30")


@pytest.mark.parametrize("of", ["2028-01-03 10:00", "2007-01-01 10:00"])
@pytest.mark.parametrize("budget", [WorkingDays(3), WorkingTime(8 * HOUR), NaturalTime(24 * HOUR)])
def test_a_lead_time_outside_the_calendar(office: Calendar, of: str, budget: Any) -> None:
    assert due(office, at("03-02 09:00"), Before(budget, at(of))).out_of_coverage


def test_figures_of_a_lead_time_that_is_over_are_negative(office: Calendar) -> None:
    before = Before(NaturalTime(24 * HOUR), at("03-20 08:00"))
    assert figures(office, at("03-19 09:00"), before, (), at("03-19 10:00")).remaining_s == -2 * HOUR
    assert figures(office, at("03-19 05:00"), before, (), at("03-19 06:00")).remaining_s == 2 * HOUR


@pytest.mark.parametrize(
    ("start", "pauses", "now", "field"),
    [
        (datetime.fromisoformat("2026-03-02T09:00+08:00"), [], at("03-02 10:00"), "start"),
        (datetime(2026, 3, 2, 9, 0, 0, 1), [], at("03-02 10:00"), "start"),
        (at("03-02 09:00"), [stop("03-03 09:00", "03-02 09:00")], at("03-02 10:00"), "pauses[0]"),
        (at("03-02 09:00"), [(datetime(2026, 3, 2, 9, 0, 0, 1), None)], at("03-02 10:00"), "pauses[0].from"),
        (at("03-02 09:00"), [], datetime(2026, 3, 2, 9, 0, 0, 1), "now"),
    ],
)
def test_instants_that_cannot_be_meant_are_refused(
    office: Calendar, start: datetime, pauses: list[Pause], now: datetime, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        figures(office, start, WorkingDays(1), pauses, now)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("budget", "extra"),
    [
        (WorkingDays(1), NaturalDays(1)),
        (WorkingTime(1), NaturalTime(1)),
        (SameDay(), SameDay()),
        (Months(1), WorkingDays(1)),
    ],
)
def test_an_extension_of_another_kind_is_refused(budget: Budget, extra: Budget) -> None:
    with pytest.raises(ValueError, match="cannot be extended"):
        plus(budget, extra)


def test_an_extension_of_time_adds_seconds() -> None:
    assert plus(WorkingTime(60), WorkingTime(30)) == WorkingTime(90)
    assert plus(Months(1, roll=False), Months(2)) == Months(3, roll=False)


def test_the_walk_agrees_at_the_ends_of_the_calendar() -> None:
    short = calendar_of(coverage=["2026-03-01", "2026-03-08"], provisional_to=None)
    for budget in ENDS:
        for stops in ([], [stop("03-06 09:00", "03-20 09:00")], [stop("03-06 18:00", "03-20 09:00")]):
            assert outcome(due_at, short, at("03-05 10:00"), budget, stops) == outcome(
                walk_due, short, at("03-05 10:00"), budget, stops
            )


ENDS: list[Budget] = [
    WorkingTime(60 * HOUR),
    WorkingTime(14 * HOUR),
    WorkingDays(1),
    WorkingDays(3),
    NaturalDays(1),
    NaturalDays(2),
    NaturalDays(1, day_end="24:00"),
    Before(WorkingTime(0), at("2026-03-09 00:00")),
    Before(WorkingTime(HOUR), at("2026-03-09 00:00")),
    Before(WorkingTime(HOUR), at("2026-03-09 00:01")),
    Before(NaturalDays(1), at("2026-03-09 00:01")),
]


def test_a_roll_passes_every_pause_on_its_way() -> None:
    office = calendar_of()
    stops = [
        stop("03-09 09:00", "03-10 09:00"),
        stop("03-10 12:00", "03-11 18:00"),
        stop("03-20 09:00", None),
    ]
    for budget in (NaturalDays(1), NaturalDays(1, day_end="24:00"), NaturalDays(2)):
        start = at("03-07 10:00")
        assert due_at(office, start, budget, stops) == walk_due(office, start, budget, stops)
    assert due_at(office, at("03-07 10:00"), NaturalDays(1), stops) == at("03-12 17:30")


def test_a_roll_into_an_open_pause_is_empty(office: Calendar) -> None:
    for answer in (due_at, walk_due):
        assert answer(office, at("03-06 10:00"), NaturalDays(1), [stop("03-09 09:00", None)]) is None


def test_a_lead_time_asked_from_outside_the_calendar(office: Calendar) -> None:
    before = Before(NaturalTime(HOUR), at("03-20 08:00"))
    assert due(office, at("2006-03-02 09:00"), before).out_of_coverage
    for of in ("2028-03-02 09:00", "2006-03-02 09:00"):
        late = Before(NaturalTime(HOUR), at(of))
        assert outcome(walk_due, office, at("03-02 09:00"), late) == "out of coverage"


def test_a_pause_that_begins_or_ends_outside_the_calendar() -> None:
    short = calendar_of(coverage=["2026-03-01", "2026-03-08"], provisional_to=None)
    for stops in ([stop("03-20 09:00", "03-21 09:00")], [stop("03-20 09:00", None)]):
        for budget in (WorkingTime(HOUR), NaturalTime(HOUR), WorkingDays(1), NaturalDays(1, roll=False)):
            assert due_at(short, at("03-02 10:00"), budget, stops) == due_at(short, at("03-02 10:00"), budget)
    rest = [stop("03-07 09:00", "03-20 09:00"), stop("03-25 09:00", None)]
    assert due(short, at("03-06 10:00"), NaturalDays(1), rest).out_of_coverage


def test_a_roll_that_finds_no_working_day_before_the_pauses_end() -> None:
    short = calendar_of(coverage=["2026-03-01", "2026-03-15"], provisional_to=None)
    stops = [stop("03-14 09:00", "03-14 10:00"), stop("03-20 09:00", "03-21 09:00")]
    assert due(short, at("03-13 10:00"), NaturalDays(1), stops).out_of_coverage
    over_friday = [stop("03-13 09:00", "03-13 20:00"), stop("03-14 01:00", "03-14 02:00")]
    assert outcome(due_at, short, at("03-12 10:00"), NaturalDays(1), over_friday) == "out of coverage"
    assert outcome(walk_due, short, at("03-12 10:00"), NaturalDays(1), over_friday) == "out of coverage"


def test_a_lead_time_may_begin_where_a_pause_ends(office: Calendar) -> None:
    paused = [stop("03-18 08:00", "03-18 09:30")]
    for budget in (NaturalTime(HOUR), WorkingTime(HOUR)):
        before = Before(budget, at("03-18 10:30"))
        assert due_at(office, at("03-02 09:00"), before, paused) == at("03-18 09:30")
        assert walk_due(office, at("03-02 09:00"), before, paused) == at("03-18 09:30")
