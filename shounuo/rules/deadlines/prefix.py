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
from .spans import OPEN, Span, spans
from .walk import same_numbered_day

DAY = 86400
UNORDERED = -1
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
        moved: int | None = _moved_in_order(tables, start, target, pauses)
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


def _moved_in_order(tables: Tables, start: datetime, target: int, pauses: Sequence[Pause]) -> int:
    """`moved_work` for the usual pauses: closed, in order, apart, after the start; `UNORDERED` for all
    others.
    """
    epoch, size, reach, work = tables.epoch, tables.size, start, tables.work_on
    for begin, end in pauses:
        if begin < reach or end is None:
            return UNORDERED
        reach = end
        a, b = begin - epoch, end - epoch
        if b.days >= size:
            return UNORDERED
        done = work(a.days, a.seconds)
        if done < target:
            target += work(b.days, b.seconds) - done
    return target


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
        k = _nth_in_order(tables, first, budget, pauses)
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


def _nth_in_order(tables: Tables, first: int, budget: WorkingDays, pauses: Sequence[Pause]) -> int:
    """`nth` for the usual rule and pauses: by closing, closed, in order, apart; `UNORDERED` for all
    others.
    """
    if budget.pause_rule != "close":
        return UNORDERED
    target, epoch, size, reach, closed = first + budget.n - 1, tables.epoch, tables.size, None, tables.closed
    for begin, end in pauses:
        if end is None or (reach is not None and begin < reach):
            return UNORDERED
        reach = end
        a, b = begin - epoch, end - epoch
        if a.days < 0 or b.days >= size:
            return UNORDERED
        lo = closed(a.days, a.seconds)
        if lo <= target:
            hi = closed(b.days, b.seconds)
            if hi > first:
                target += hi - (lo if lo > first else first)
    return target


def nth(first: int, n: int, paused: list[Span]) -> int | None:
    """The n-th place from `first` on that lies in none of the ranges; None when an open range comes first."""
    target = first + n - 1
    for lo, hi in paused:
        lo = max(lo, first)
        if lo > target:
            break
        if hi == OPEN:
            return None
        target += max(hi - lo, 0)
    return target


def paused_working(tables: Tables, rule: str, union: list[Span]) -> list[Span]:
    """Ranges of places of working days that the pauses take out; disjoint, in order."""
    if rule == "close":
        closes = tables.closes
        return [(bisect_right(closes, a), _upto(closes, b)) for a, b in union if a <= tables.limit]
    work = [(tables.work(a), OPEN if b == OPEN else tables.work(b)) for a, b in union if a <= tables.limit]
    return _touched(tables, work) if rule == "any" else _covered(tables, work)


def _upto(ends: list[int], b: int) -> int:
    return OPEN if b == OPEN else bisect_right(ends, b)


def _touched(tables: Tables, work: list[Span]) -> list[Span]:
    """Days some of whose office time is paused."""
    ranges: list[Span] = []
    starts, reach = tables.work_starts, 0
    for a, b in work:
        if a < b:
            lo = max(bisect_right(starts, a) - 1, reach)
            reach = OPEN if b == OPEN else bisect_left(starts, b)
            ranges.append((lo, reach))
    return ranges


def _covered(tables: Tables, work: list[Span]) -> list[Span]:
    """Days all of whose office time is paused; pauses that only lunch or night divides work together."""
    ranges: list[Span] = []
    starts, joined = tables.work_starts, list[Span]()
    for a, b in work:
        if joined and a <= joined[-1][1]:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    for a, b in joined:
        lo = bisect_left(starts, a)
        hi = OPEN if b == OPEN else bisect_right(starts, b) - 1
        if lo < hi:
            ranges.append((lo, hi))
    return ranges


def natural_days(
    tables: Tables, start: datetime, budget: NaturalDays, pauses: Sequence[Pause]
) -> datetime | None:
    """Due of calendar days, rolled to a working day where the budget says so."""
    union = spans(tables.epoch, pauses) if pauses else []
    i = natural_place(tables, start, budget, union)
    return None if i is None else tables.epoch + timedelta(0, date_end(tables, i, budget.day_end))


def date_end(tables: Tables, i: int, kind: DayEnd) -> int:
    """The day-end of date i."""
    return tables.day_ends[i] if kind == "office_close" else (i + 1) * DAY


def paused_dates(tables: Tables, kind: DayEnd, union: list[Span]) -> list[Span]:
    """Ranges of dates whose day-end is paused."""
    if kind == "office_close":
        ends = tables.day_ends
        return [(bisect_right(ends, a), _upto(ends, b)) for a, b in union if a <= tables.limit]
    return [(a // DAY, OPEN if b == OPEN else b // DAY) for a, b in union if a <= tables.limit]


def first_date(tables: Tables, start: datetime, budget: NaturalDays) -> int:
    """The first date that may count."""
    i = _place(tables, start)
    included = budget.first_day == "included" and i * DAY + _second(start) < date_end(
        tables, i, budget.day_end
    )
    return i if included else i + 1


def natural_place(tables: Tables, start: datetime, budget: NaturalDays, union: list[Span]) -> int | None:
    """The due date of calendar days; None when an open pause comes first. Raises `OutOfCoverage`."""
    first = first_date(tables, start, budget)
    i: int | None = first + budget.n - 1
    if union:
        i = nth(first, budget.n, paused_dates(tables, budget.day_end, union))
        if i is None:
            return None
    assert i is not None
    if i >= tables.size:
        raise _beyond()
    return rolled(tables, i, budget.day_end, union) if budget.roll else i


def rolled(tables: Tables, i: int, kind: DayEnd, union: list[Span]) -> int | None:
    """The first working date at or after date i whose day-end is not paused; None when an open pause comes
    first.
    """
    k, days = tables.next_work[i], tables.work_days
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
    return days[k]


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
