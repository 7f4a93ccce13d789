"""The prefix tables give what the day-by-day walk gives, on every kind of budget."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shounuo.rules.calendars import Calendar, CalendarSpec, OutOfCoverage, compile_calendar, official_china
from shounuo.rules.deadlines import (
    Budget,
    NaturalDays,
    Pause,
    WorkingDays,
    WorkingTime,
    batch,
    due_at,
    due_many,
    explain,
    figures,
)
from shounuo.rules.deadlines.batch import OUT_OF_COVERAGE, to_seconds
from shounuo.rules.deadlines.walk import counting_dates, day_end, is_natural, walk_counted, walk_due
from tests.rules.deadlines.stories import BUDGETS, ENDS, FIRST_DAYS, RULES, calendars, instants, pauses

DAY_BUDGETS = st.one_of(
    st.builds(WorkingDays, st.integers(1, 12), RULES, FIRST_DAYS),
    st.builds(NaturalDays, st.integers(1, 20), st.booleans(), ENDS, FIRST_DAYS),
)


def outcome(function: object, *args: object) -> object:
    try:
        return function(*args)  # type: ignore[operator]
    except OutOfCoverage:
        return "out of coverage"


@settings(max_examples=400, deadline=None)
@given(calendars(), instants(), BUDGETS, pauses())
def test_the_tables_agree_with_the_walk(
    calendar: Calendar, start: datetime, budget: Budget, stops: list[Pause]
) -> None:
    assert outcome(due_at, calendar, start, budget, stops) == outcome(
        walk_due, calendar, start, budget, stops
    )


@settings(max_examples=200, deadline=None)
@given(calendars(), instants(), BUDGETS, pauses(), instants())
def test_elapsed_seconds_agree_with_the_walk(
    calendar: Calendar, start: datetime, budget: Budget, stops: list[Pause], now: datetime
) -> None:
    found = figures(calendar, start, budget, stops, now)
    if not found.out_of_coverage:
        assert found.elapsed_s == walk_counted(calendar, start, now, is_natural(budget), stops)


@settings(max_examples=200, deadline=None)
@given(calendars(), instants(), BUDGETS, pauses(), instants())
def test_the_trace_ends_on_the_due_date(
    calendar: Calendar, start: datetime, budget: Budget, stops: list[Pause], now: datetime
) -> None:
    trace = explain(calendar, start, budget, stops, now)
    assert trace.due.at == figures(calendar, start, budget, stops).at


def used_by_the_walk(
    calendar: Calendar, start: datetime, budget: Any, stops: list[Pause], now: datetime
) -> int:
    """Counting dates with day-end <= now, one by one."""
    used = 0
    kind = getattr(budget, "day_end", "office_close")
    for d in counting_dates(calendar, start, budget, stops):
        if day_end(calendar, d, kind) > now:
            return used
        used += 1
    return used


@settings(max_examples=200, deadline=None)
@given(calendars(), instants(), DAY_BUDGETS, pauses(), instants())
def test_days_used_agree_with_the_walk(
    calendar: Calendar, start: datetime, budget: Any, stops: list[Pause], now: datetime
) -> None:
    found = figures(calendar, start, budget, stops, now)
    if not found.out_of_coverage:
        used = outcome(used_by_the_walk, calendar, start, budget, stops, now)
        assert used in ("out of coverage", found.days_used)
        assert found.days_used is not None and found.remaining_days == budget.n - found.days_used


@settings(max_examples=200, deadline=None)
@given(calendars(), instants(), DAY_BUDGETS, pauses(), instants())
def test_remaining_seconds_are_the_counted_time_up_to_the_due_instant(
    calendar: Calendar, start: datetime, budget: Any, stops: list[Pause], now: datetime
) -> None:
    found = figures(calendar, start, budget, stops, now)
    if found.at is not None:
        since = max(start, now)
        ahead = walk_counted(calendar, since, found.at, is_natural(budget), stops)
        assert found.remaining_s == ahead - walk_counted(calendar, found.at, since, is_natural(budget), stops)


@settings(max_examples=60, deadline=None)
@given(calendars(), st.lists(instants(), min_size=1, max_size=30), BUDGETS)
def test_the_batch_agrees_with_the_tables(calendar: Calendar, starts: list[datetime], budget: Budget) -> None:
    answers = due_many(calendar, np.array([to_seconds(t) for t in starts]), budget)
    for start, answer in zip(starts, answers.tolist(), strict=True):
        at = outcome(due_at, calendar, start, budget)
        assert answer == (to_seconds(at) if isinstance(at, datetime) else OUT_OF_COVERAGE)


def test_the_batch_keeps_the_shape_and_crosses_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 3)
    calendar = compile_calendar(official_china())
    monday = to_seconds(datetime(2026, 3, 2, 9))
    answers = due_many(calendar, np.full((4, 2), monday), WorkingTime(3600))
    assert answers.tolist() == [[monday + 3600] * 2] * 4


def test_a_lifelong_calendar_fits_the_batch() -> None:
    week = {str(day): [["09:00", "17:00"]] for day in range(1, 8)}
    calendar = compile_calendar(
        CalendarSpec.model_validate({"coverage": ["1950-01-01", "2049-12-31"], "weekly": week})
    )
    start = datetime(2040, 1, 1, 16)
    answer = due_many(calendar, np.array([to_seconds(start)]), WorkingTime(7200))
    assert batch.EPOCH + timedelta(seconds=int(answer[0])) == datetime(2040, 1, 2, 10)
