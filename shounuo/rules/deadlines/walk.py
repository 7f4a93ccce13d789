"""The norm: deadlines worked out day by day, as a careful clerk with a calendar would.

Everything faster in this package is tested against this file. Slow and plain on purpose; it looks at every
date once.

Readings settled here where the text leaves room:
- A start outside the calendar is out of coverage, whatever the budget; so is a due instant later than 24:00
  of the last date, also for budgets of natural time, which read no office hours.
- Days that lie wholly inside an open pause count for nothing, whatever the calendar says of them; so a budget
  that meets an open pause inside the calendar has an empty due and is not out of coverage.
- `full` and an open pause: a day of which some office hours passed before the pause began counts, and is due
  at closing.
- `months`: the days from the start to the same-numbered day are a budget of natural days; so pauses push it
  on by the dates whose day-end they cover, those reached by pushing included.
- `same_day` is one working day, the first day included when it is not over; a pause over its closing moves it
  on.
- `before`: the latest whole second t such that the budget, begun at t, is used up at or before the event. The
  end of a lead time is the event itself, so `roll` has no meaning inside it and is not applied.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from shounuo.rules.calendars import Calendar, OutOfCoverage

from .budgets import (
    Before,
    Budget,
    DayEnd,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    PauseRule,
    SameDay,
    WorkingDays,
    WorkingTime,
)
from .instants import Pause
from .pausing import Interval, open_since, runs_over, unpaused

ONE_DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
NATURAL = frozenset({NaturalTime, NaturalDays, Months})


def midnight(d: date) -> datetime:
    """00:00 of d."""
    return datetime.combine(d, time())


def day_end(calendar: Calendar, d: date, kind: DayEnd) -> datetime:
    """When d ends: at closing on a working day if the office's closing counts, else at 24:00."""
    close = calendar.close(d)
    return close if close is not None and kind == "office_close" else midnight(d) + ONE_DAY


def working_day_counts(calendar: Calendar, d: date, rule: PauseRule, pauses: Sequence[Pause]) -> bool:
    """Does d count as a working day under the pause rule?"""
    hours = calendar.hours(d)
    if not hours:
        return False
    if rule == "close":
        return not runs_over(pauses, hours[-1][1])
    if rule == "any":
        return all(unpaused(span, pauses) == [span] for span in hours)
    return any(unpaused(span, pauses) for span in hours)


def dates_from(calendar: Calendar, d: date, pauses: Sequence[Pause]) -> Iterator[date]:
    """The dates from d on. Ends where an open pause has taken all that follows; out of coverage where the
    calendar ends.
    """
    open_from = open_since(pauses)
    while d <= calendar.spec.last:
        yield d
        d += ONE_DAY
    if open_from is None or open_from > calendar.end:
        raise OutOfCoverage(f"{d} is outside the calendar")


def counting_dates(
    calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause]
) -> Iterator[date]:
    """The dates that count, in order, for a budget in days (also months; same day)."""
    d0 = start.date()
    if isinstance(budget, SameDay | OnTheSpot):
        budget = WorkingDays(1, first_day="included")
    if isinstance(budget, WorkingDays):
        close = calendar.close(d0)
        included = budget.first_day == "included" and close is not None and start < close
        for d in dates_from(calendar, d0 if included else d0 + ONE_DAY, pauses):
            if working_day_counts(calendar, d, budget.pause_rule, pauses):
                yield d
        return
    assert isinstance(budget, NaturalDays | Months)
    included = isinstance(budget, NaturalDays) and budget.first_day == "included"
    included = included and start < day_end(calendar, d0, budget.day_end)
    for d in dates_from(calendar, d0 if included else d0 + ONE_DAY, pauses):
        if not runs_over(pauses, day_end(calendar, d, budget.day_end)):
            yield d


def same_numbered_day(d: date, months: int) -> date:
    """The same-numbered day months later; where none exists, the month's end (Civil Code 202)."""
    year, month = divmod(d.year * 12 + d.month - 1 + months, 12)
    if year > 9999:
        raise OutOfCoverage(f"{months} months from {d} lead outside the calendar")
    return date(year, month + 1, min(d.day, monthrange(year, month + 1)[1]))


def days_wanted(budget: Budget, start: datetime) -> int:
    """How many counting dates use the budget up."""
    if isinstance(budget, Months):
        return (same_numbered_day(start.date(), budget.n) - start.date()).days
    return budget.n if isinstance(budget, WorkingDays | NaturalDays) else 1


def nth_date(calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause]) -> date | None:
    """The date on which a budget in days is used up, before any roll; None when an open pause keeps it from that."""
    left = days_wanted(budget, start)
    for d in counting_dates(calendar, start, budget, pauses):
        left -= 1
        if left == 0:
            return d
    return None


def rolled(calendar: Calendar, d: date, kind: DayEnd, pauses: Sequence[Pause]) -> date | None:
    """The first working day at or after d whose day-end is not paused."""
    for day in dates_from(calendar, d, pauses):
        if calendar.is_working_day(day) and not runs_over(pauses, day_end(calendar, day, kind)):
            return day
    return None


def walk_day(
    calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause] = ()
) -> date | None:
    """The due date of a budget in days, the roll included."""
    d = nth_date(calendar, start, budget, pauses)
    if d is not None and isinstance(budget, NaturalDays | Months) and budget.roll:
        return rolled(calendar, d, budget.day_end, pauses)
    return d


def clock_spans(calendar: Calendar, d: date, natural: bool) -> tuple[Interval, ...]:
    """When the clock of a budget can run on d: all day, or in office hours."""
    return ((midnight(d), midnight(d) + ONE_DAY),) if natural else calendar.hours(d)


def is_natural(budget: Budget) -> bool:
    """Is time counted round the clock, rather than in office hours?"""
    inner = budget.budget if isinstance(budget, Before) else budget
    return type(inner) in NATURAL


def _walk_time(
    calendar: Calendar, start: datetime, budget: WorkingTime | NaturalTime, pauses: Sequence[Pause]
) -> datetime | None:
    left = budget.seconds
    if not left:
        return start
    for d in dates_from(calendar, start.date(), pauses):
        for a, b in clock_spans(calendar, d, isinstance(budget, NaturalTime)):
            for begin, end in unpaused((max(a, start), b), pauses) if start < b else ():
                span = int((end - begin).total_seconds())
                if span >= left:
                    return begin + timedelta(seconds=left)
                left -= span
    return None


def _walk_before(calendar: Calendar, budget: Before, pauses: Sequence[Pause]) -> datetime:
    inner = without_roll(budget.budget)
    return next(
        t for t in _candidates(calendar, budget, pauses) if _fits(calendar, t, inner, budget.of, pauses)
    )


def _fits(calendar: Calendar, t: datetime, budget: Budget, of: datetime, pauses: Sequence[Pause]) -> bool:
    try:
        due = walk_due(calendar, t, budget, pauses)
    except OutOfCoverage:
        return False
    return due is not None and due <= of


def without_roll(budget: Budget) -> Budget:
    """The budget as it stands inside a lead time."""
    if isinstance(budget, NaturalDays):
        return NaturalDays(budget.n, False, budget.day_end, budget.first_day)
    return Months(budget.n, False, budget.day_end) if isinstance(budget, Months) else budget


def _candidates(calendar: Calendar, budget: Before, pauses: Sequence[Pause]) -> Iterator[datetime]:
    """The latest instants that can matter, backwards; out of coverage where the calendar begins."""
    seconds = getattr(budget.budget, "seconds", None)
    if seconds is None:
        return _date_candidates(calendar, budget)
    return _time_candidates(calendar, budget, seconds, pauses)


def _date_candidates(calendar: Calendar, budget: Before) -> Iterator[datetime]:
    """On each date its last second, and the last before its day-end."""
    d = (budget.of - SECOND).date()
    while True:
        calendar.index(d)
        yield min(budget.of, midnight(d) + ONE_DAY - SECOND)
        yield min(budget.of, day_end(calendar, d, getattr(budget.budget, "day_end", "office_close")) - SECOND)
        d -= ONE_DAY


def _time_candidates(
    calendar: Calendar, budget: Before, seconds: int, pauses: Sequence[Pause]
) -> Iterator[datetime]:
    """The one instant with that much counted time left before the event, found backwards."""
    left, d = seconds, (budget.of - SECOND).date()
    if not left:
        calendar.index(budget.of.date())
        yield budget.of
    while True:
        calendar.index(d)
        for a, b in reversed(clock_spans(calendar, d, is_natural(budget))):
            for begin, end in reversed(unpaused((a, min(b, budget.of)), pauses) if a < budget.of else []):
                span = int((end - begin).total_seconds())
                if span >= left:
                    yield end - timedelta(seconds=left)
                left -= span
        d -= ONE_DAY


def walk_due(
    calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """The due instant; None when an open pause keeps the budget from being used up. Raises `OutOfCoverage`."""
    calendar.index(start.date())
    if isinstance(budget, Before):
        if budget.of > calendar.end:
            raise OutOfCoverage(f"{budget.of} is outside the calendar")
        return _walk_before(calendar, budget, pauses)
    if isinstance(budget, WorkingTime | NaturalTime):
        return _walk_time(calendar, start, budget, pauses)
    d = walk_day(calendar, start, budget, pauses)
    if d is None:
        return None
    return day_end(calendar, d, getattr(budget, "day_end", "office_close"))


def walk_counted(
    calendar: Calendar, a: datetime, b: datetime, natural: bool, pauses: Sequence[Pause] = ()
) -> int:
    """Counted seconds in [a, b): office hours, or all time, without the pauses; 0 when b <= a. Raises
    `OutOfCoverage`.
    """
    total, d = timedelta(0), a.date()
    while midnight(d) < b:
        rest = unpaused((max(a, midnight(d)), min(b, midnight(d) + ONE_DAY)), pauses) if a < b else []
        if rest:
            for span_start, span_end in clock_spans(calendar, calendar_date(calendar, d), natural):
                for begin, end in rest:
                    total += max(timedelta(0), min(end, span_end) - max(begin, span_start))
        d += ONE_DAY
    return int(total.total_seconds())


def calendar_date(calendar: Calendar, d: date) -> date:
    """d itself, when the calendar knows it."""
    calendar.index(d)
    return d
