"""An oracle that knows nothing but the definitions and looks at every minute: slow, short and independent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.deadlines import NaturalTime, Pause, WorkingDays, WorkingTime, due_at, figures

MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 3, 2)
DAYS = 8
HOURS = [
    [],
    [["00:02", "00:05"], ["00:07", "00:09"]],
    [["00:00", "24:00"]],
    [["23:50", "24:00"]],
    [["00:01", "00:03"]],
]

week = st.fixed_dictionaries({str(day): st.sampled_from(HOURS) for day in range(1, 8)})
spot = st.builds(
    lambda d, m: FIRST + timedelta(days=d, minutes=m), st.integers(0, DAYS - 1), st.integers(0, 12)
)
stretch = st.tuples(spot, spot).map(lambda pair: (min(pair), max(pair)))
pauses = st.lists(stretch | spot.map(lambda a: (a, None)), max_size=3)


def calendar_of(weekly: dict[str, object]) -> Calendar:
    last = (FIRST + timedelta(days=DAYS - 1)).date()
    return compile_calendar(CalendarSpec.model_validate({"coverage": [FIRST.date(), last], "weekly": weekly}))


def works(calendar: Calendar, t: datetime) -> bool:
    return any(a <= t < b for a, b in calendar.hours(t.date()))


def paused(stops: list[Pause], t: datetime) -> bool:
    return any(a <= t and (b is None or t < b) for a, b in stops)


def runs(calendar: Calendar, stops: list[Pause], natural: bool) -> list[datetime]:
    """All the minutes of the calendar in which the clock runs."""
    minutes = (FIRST + i * MINUTE for i in range(DAYS * 1440))
    return [t for t in minutes if (natural or works(calendar, t)) and not paused(stops, t)]


@settings(max_examples=60, deadline=None)
@given(week, spot, st.integers(1, 30), pauses, st.booleans())
def test_the_due_instant_is_the_end_of_the_last_minute_that_counts(
    weekly: dict[str, object], start: datetime, minutes: int, stops: list[Pause], natural: bool
) -> None:
    calendar = calendar_of(weekly)
    counted = [t for t in runs(calendar, stops, natural) if t >= start]
    budget = NaturalTime(minutes * 60) if natural else WorkingTime(minutes * 60)
    if len(counted) >= minutes:
        assert due_at(calendar, start, budget, stops) == counted[minutes - 1] + MINUTE


@settings(max_examples=60, deadline=None)
@given(week, spot, spot, pauses)
def test_elapsed_is_the_number_of_minutes_that_count(
    weekly: dict[str, object], start: datetime, now: datetime, stops: list[Pause]
) -> None:
    calendar = calendar_of(weekly)
    found = figures(calendar, start, WorkingTime(60), stops, now)
    if not found.out_of_coverage:
        assert found.elapsed_s == 60 * sum(start <= t < now for t in runs(calendar, stops, natural=False))


def day_counts(calendar: Calendar, d: date, rule: str, stops: list[Pause]) -> bool:
    hours = calendar.hours(d)
    minutes = [a + i * MINUTE for a, b in hours for i in range((b - a) // MINUTE)]
    if not minutes:
        return False
    if rule == "close":
        return not paused(stops, minutes[-1] + MINUTE - timedelta(seconds=1))
    running = [not paused(stops, t) for t in minutes]
    return all(running) if rule == "any" else any(running)


@settings(max_examples=150, deadline=None)
@given(week, spot, st.integers(1, 4), st.sampled_from(["close", "any", "full"]), pauses)
def test_working_days_are_those_whose_minutes_say_so(
    weekly: dict[str, object], start: datetime, n: int, rule: str, stops: list[Pause]
) -> None:
    calendar = calendar_of(weekly)
    dates = [FIRST.date() + timedelta(days=i) for i in range(DAYS)]
    counting = [d for d in dates if d > start.date() and day_counts(calendar, d, rule, stops)]
    if len(counting) >= n:
        budget = WorkingDays(n, rule)  # type: ignore[arg-type]
        assert figures(calendar, start, budget, stops).counted == tuple(counting[:n])
        assert due_at(calendar, start, budget, stops) == calendar.close(counting[n - 1])
