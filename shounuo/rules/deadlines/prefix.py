"""Due instants from the prefix tables: the fast equal of `walk.py`, which is the norm.

C(t) is the office time from the calendar's beginning to t (for natural time, t itself). A budget is used up
where C reaches a target; each pause that begins before the target moves it by C(to) - C(from). Budgets in
days do the same with the number of dates in place of seconds. All figures are whole seconds, or places in the
tables, from the calendar's beginning.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from shounuo.rules.calendars import Calendar, OutOfCoverage
from shounuo.rules.calendars.tables import Tables

from .budgets import (
    Before,
    Budget,
    DayEnd,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    SameDay,
    WorkingDays,
    WorkingTime,
)
from .instants import Pause
from .ranges import date_end, nth, paused_dates, paused_working
from .spans import OPEN, Span, spans
from .usual import UNORDERED, date_in_order, moved_in_order, nth_in_order
from .walk import same_numbered_day

DAY = 86400
SAME_DAY = WorkingDays(1, "close", "included")


def _place(tables: Tables, start: datetime) -> int:
    i = start.toordinal() - tables.base
    if 0 <= i < tables.size:
        return i
    raise OutOfCoverage(f"{start} is outside the calendar")


def _second(start: datetime) -> int:
    return start.hour * 3600 + start.minute * 60 + start.second


def _beyond() -> OutOfCoverage:
    return OutOfCoverage("the budget leads outside the calendar")


def working_time(
    tables: Tables, start: datetime, budget: WorkingTime, pauses: Sequence[Pause]
) -> datetime | None:
    """Due of office seconds."""
    i = start.toordinal() - tables.base
    if not 0 <= i < tables.size:
        raise _beyond()
    target = budget.seconds
    if not target:
        return start
    second = start.hour * 3600 + start.minute * 60 + start.second
    target += tables.work_before[i]
    for begin, end in tables.patterns[i]:
        if second <= begin:
            break
        target += (second if second < end else end) - begin
    if pauses:
        moved: int | None = moved_in_order(tables, start, target, pauses)
        if moved == UNORDERED:
            moved = moved_work(tables, i * DAY + second, target, spans(tables.epoch, pauses))
        if moved is None:
            return None
        target = moved
    j = bisect_left(tables.totals, target)
    if j == len(tables.totals):
        raise _beyond()
    left = tables.totals[j] - target
    return tables.end_instants[j] - timedelta(0, left) if left else tables.end_instants[j]


def moved_work(tables: Tables, start: int, target: int, union: list[Span]) -> int | None:
    """The target in office seconds after the pauses; None when an open pause comes first."""
    work = tables.work
    for a, b in union:
        if b <= start:
            continue
        done = work(a if a > start else start)
        if done >= target or a > tables.limit:
            break
        if b == OPEN:
            return None
        target += work(b) - done
    return target


def natural_time(
    tables: Tables, start: datetime, budget: NaturalTime, pauses: Sequence[Pause]
) -> datetime | None:
    """Due of seconds round the clock."""
    begin = _place(tables, start) * DAY + _second(start)
    target = begin + budget.seconds
    if not budget.seconds:
        return start
    for a, b in spans(tables.epoch, pauses):
        if b <= begin:
            continue
        if a >= target or a > tables.limit:
            break
        if b == OPEN:
            return None
        target += b - max(a, begin)
    if target > tables.limit:
        raise _beyond()
    return tables.epoch + timedelta(0, target)


def working_days(
    tables: Tables, start: datetime, budget: WorkingDays, pauses: Sequence[Pause]
) -> datetime | None:
    """Due of working days: the closing of the n-th that counts."""
    i = start.toordinal() - tables.base
    if not 0 <= i < tables.size:
        raise _beyond()
    if not pauses and budget.first_day == "excluded":
        k: int | None = tables.next_work[i + 1] + budget.n - 1
    else:
        first = first_working(tables, start, budget)
        k = nth_in_order(tables, first, budget, pauses)
        if k == UNORDERED:
            k = nth(first, budget.n, paused_working(tables, budget.pause_rule, spans(tables.epoch, pauses)))
    if k is None:
        return None
    if k >= len(tables.closes):
        raise _beyond()
    return tables.close_instants[k]


def first_working(tables: Tables, start: datetime, budget: WorkingDays) -> int:
    """Place of the first working day that may count."""
    i = _place(tables, start)
    hours = tables.patterns[i]
    if budget.first_day == "included" and hours and _second(start) < hours[-1][1]:
        return tables.next_work[i]
    return tables.next_work[i + 1]


def natural_days(
    tables: Tables, start: datetime, budget: NaturalDays, pauses: Sequence[Pause]
) -> datetime | None:
    """Due of calendar days, rolled to a working day where the budget says so."""
    first = first_date(tables, start, budget)
    i: int | None = date_in_order(tables, first, budget, pauses) if pauses else first + budget.n - 1
    if i == UNORDERED:
        i = nth(first, budget.n, paused_dates(tables, budget.day_end, spans(tables.epoch, pauses)))
    if i is None:
        return None
    if i >= tables.size:
        raise _beyond()
    if budget.roll:
        return _rolled(tables, i, budget.day_end, pauses)
    return tables.epoch + timedelta(0, date_end(tables, i, budget.day_end))


def _rolled(tables: Tables, i: int, kind: DayEnd, pauses: Sequence[Pause]) -> datetime | None:
    """The day-end of the first working date at or after date i that is not paused."""
    k = tables.next_work[i]
    if k < len(tables.work_days):
        end = _end_of(tables, k, kind)
        for a, b in pauses:
            if a < end and (b is None or end <= b):
                break
        else:
            return end
    moved = rolled_over(tables, k, kind, spans(tables.epoch, pauses))
    return None if moved is None else _end_of(tables, moved, kind)


def _end_of(tables: Tables, k: int, kind: DayEnd) -> datetime:
    """The day-end of the k-th working day."""
    if kind == "office_close":
        return tables.close_instants[k]
    return tables.epoch + timedelta(tables.work_days[k] + 1)


def first_date(tables: Tables, start: datetime, budget: NaturalDays) -> int:
    """The first date that may count."""
    i = _place(tables, start)
    included = budget.first_day == "included" and i * DAY + _second(start) < date_end(
        tables, i, budget.day_end
    )
    return i if included else i + 1


def rolled_over(tables: Tables, k: int, kind: DayEnd, union: list[Span]) -> int | None:
    """The first working day from the k-th on whose day-end is not paused; None: an open pause comes first."""
    days = tables.work_days
    for a, b in union:
        if a > tables.limit:
            break
        if k == len(days):
            if b == OPEN:
                return None
        elif a < date_end(tables, days[k], kind) <= b:
            if b == OPEN:
                return None
            k = _working_after(tables, kind, b)
    if k == len(days):
        raise _beyond()
    return k


def _working_after(tables: Tables, kind: DayEnd, b: int) -> int:
    """The first working day whose day-end is after b."""
    if kind == "office_close":
        return bisect_right(tables.closes, b)
    return tables.next_work[min(b // DAY, tables.size)]


def months_as_days(start: datetime, budget: Months) -> NaturalDays:
    """Months from a start as the number of calendar days to the same-numbered day."""
    d = start.date()
    return NaturalDays((same_numbered_day(d, budget.n) - d).days, budget.roll, budget.day_end)


def _months(tables: Tables, start: datetime, budget: Months, pauses: Sequence[Pause]) -> datetime | None:
    return natural_days(tables, start, months_as_days(start, budget), pauses)


def _same_day(
    tables: Tables, start: datetime, budget: SameDay | OnTheSpot, pauses: Sequence[Pause]
) -> datetime | None:
    return working_days(tables, start, SAME_DAY, pauses)


def _before(tables: Tables, start: datetime, budget: Before, pauses: Sequence[Pause]) -> datetime | None:
    from .lead import latest_start

    _place(tables, start)
    return latest_start(tables, budget, pauses)


DUE: dict[type[Any], Callable[[Tables, datetime, Any, Sequence[Pause]], datetime | None]] = {
    WorkingTime: working_time,
    NaturalTime: natural_time,
    WorkingDays: working_days,
    NaturalDays: natural_days,
    Months: _months,
    SameDay: _same_day,
    OnTheSpot: _same_day,
    Before: _before,
}


def due_at(
    calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """The due instant alone, unchecked and fast; None when an open pause keeps the budget from being used up.

    `start` and `pauses` are naive, whole seconds, no pause ending before it begins (`due` checks). Raises
    `OutOfCoverage`.
    """
    return DUE[type(budget)](calendar.tables, start, budget, pauses)
