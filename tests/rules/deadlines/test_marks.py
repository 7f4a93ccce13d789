"""Warn marks, worked out by hand on the official calendar of 2026."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shounuo.rules.calendars import Calendar, OutOfCoverage
from shounuo.rules.deadlines import (
    Before,
    Budget,
    InputError,
    Months,
    NaturalDays,
    NaturalTime,
    Pause,
    SameDay,
    WorkingDays,
    WorkingTime,
    due_at,
    figures,
    warn_moment,
)
from tests.rules.deadlines.by_hand import at
from tests.rules.deadlines.stories import calendars, instants, pauses

HOUR = 3600
MONDAY = datetime(2026, 3, 2, 10)


@pytest.mark.parametrize(
    ("budget", "mark", "expected"),
    [
        (WorkingTime(10 * HOUR), "50%", "03-02 16:30"),
        (WorkingTime(3), "50%", "03-02 10:00:02"),
        (NaturalTime(10 * HOUR), "50%", "03-02 15:00"),
        (WorkingDays(4), "50%", "03-04 17:30"),
        (WorkingDays(5), "50%", "03-05 17:30"),
        (WorkingDays(5), "80%", "03-06 17:30"),
        (NaturalDays(12), "50%", "03-09 00:00"),
        (NaturalDays(5), "100%", "03-09 17:30"),
        (Months(1), "50%", "03-18 17:30"),
        (Months(1), "100%", "04-02 17:30"),
        (SameDay(), "50%", "03-02 14:30"),
        (Before(NaturalTime(24 * HOUR), datetime(2026, 3, 5, 10)), "50%", "03-03 10:00"),
        (WorkingDays(3), "1 working day left", "03-05 09:00"),
        (WorkingDays(3), "3 working days left", "03-03 09:00"),
        (NaturalDays(5), "1 working day left", "03-09 09:00"),
        (NaturalDays(5), "2 working days left", "03-06 09:00"),
        (NaturalDays(5, roll=False), "1 working day left", "03-06 09:00"),
        (WorkingTime(10 * HOUR), "1 working day left", "03-03 09:00"),
        (NaturalDays(3), "1 day left", "03-05 00:00"),
        (NaturalDays(3), "2 days left", "03-04 00:00"),
        (WorkingTime(10 * HOUR), "4 working hours left", "03-02 17:30"),
        (WorkingDays(1), "2 working hours left", "03-03 15:30"),
        (WorkingDays(1), "2 hours left", "03-03 15:30"),
        (NaturalTime(HOUR), "15 minutes left", "03-02 10:45"),
    ],
)
def test_when_a_mark_is_reached(office: Calendar, budget: Budget, mark: str, expected: str) -> None:
    assert warn_moment(office, MONDAY, budget, (), mark) == at(expected)


@pytest.mark.parametrize(
    ("budget", "mark"),
    [
        (WorkingDays(1), "2 working days left"),
        (WorkingTime(HOUR), "2 working hours left"),
        (WorkingTime(HOUR), "1 working day left"),
        (NaturalTime(HOUR), "2 hours left"),
        (NaturalDays(1), "3 days left"),
        (SameDay(), "1 working day left"),
        (Before(NaturalDays(7), datetime(2026, 3, 5, 10)), "50%"),
    ],
)
def test_a_mark_further_off_than_the_start_is_never_reached(
    office: Calendar, budget: Budget, mark: str
) -> None:
    assert warn_moment(office, MONDAY, budget, (), mark) is None


@pytest.mark.parametrize("mark", ["1 working day left", "1 day left", "1 hour left"])
@pytest.mark.parametrize("budget", [WorkingDays(5), NaturalDays(5)])
def test_an_open_pause_leaves_what_is_left_unknown(office: Calendar, budget: Budget, mark: str) -> None:
    assert warn_moment(office, MONDAY, budget, [(at("03-04 09:00"), None)], mark) is None


def test_a_share_used_before_an_open_pause_is_still_reached(office: Calendar) -> None:
    open_pause = [(at("03-04 09:00"), None)]
    assert warn_moment(office, MONDAY, WorkingDays(2), open_pause, "50%") == at("03-03 17:30")
    assert warn_moment(office, MONDAY, WorkingDays(4), open_pause, "50%") is None


def test_a_mark_beyond_the_calendar_is_out_of_coverage(office: Calendar) -> None:
    with pytest.raises(OutOfCoverage):
        warn_moment(office, MONDAY, WorkingDays(9999), (), "1 working day left")


@pytest.mark.parametrize(
    "mark", ["", "soon", "0%", "101%", "0 hours left", "-1 hours left", "1 week left", "50 %"]
)
def test_other_words_are_refused(office: Calendar, mark: str) -> None:
    with pytest.raises(InputError, match="mark"):
        warn_moment(office, MONDAY, WorkingDays(2), (), mark)


@settings(max_examples=100, deadline=None)
@given(calendars(), instants(), st.integers(1, 9), pauses(), st.integers(1, 100))
def test_a_share_is_the_earliest_moment_with_that_much_used(
    calendar: Calendar, start: datetime, n: int, stops: list[Pause], percent: int
) -> None:
    try:
        moment = warn_moment(calendar, start, WorkingDays(n), stops, f"{percent}%")
    except OutOfCoverage:
        return
    if moment is not None:
        then = figures(calendar, start, WorkingDays(n), stops, moment).days_used
        earlier = figures(calendar, start, WorkingDays(n), stops, moment - timedelta(seconds=1)).days_used
        assert then is None or earlier is None or (earlier * 100 < n * percent <= then * 100)


@settings(max_examples=100, deadline=None)
@given(calendars(), instants(), st.integers(0, 4000), pauses(), st.integers(1, 40))
def test_time_left_is_left_at_the_mark(
    calendar: Calendar, start: datetime, minutes: int, stops: list[Pause], hours: int
) -> None:
    budget = WorkingTime(minutes * 60)
    try:
        moment = warn_moment(calendar, start, budget, stops, f"{hours} working hours left")
    except OutOfCoverage:
        return
    if moment is not None:
        assert figures(calendar, start, budget, stops, moment).remaining_s == hours * HOUR
        assert due_at(calendar, start, budget, stops) is not None
