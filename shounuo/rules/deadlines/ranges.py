"""Places in the tables that pauses take out: ranges of working days, or of dates, disjoint and in order.

`OPEN` as the end of a range says that an open pause has taken all that follows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from shounuo.rules.calendars.tables import Tables

from .budgets import DayEnd
from .spans import OPEN, Span

DAY = 86400


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


def date_end(tables: Tables, i: int, kind: DayEnd) -> int:
    """The day-end of date i."""
    return tables.day_ends[i] if kind == "office_close" else (i + 1) * DAY


def paused_dates(tables: Tables, kind: DayEnd, union: list[Span]) -> list[Span]:
    """Ranges of dates whose day-end is paused."""
    if kind == "office_close":
        ends = tables.day_ends
        return [(bisect_right(ends, a), _upto(ends, b)) for a, b in union if a <= tables.limit]
    return [(a // DAY, OPEN if b == OPEN else b // DAY) for a, b in union if a <= tables.limit]
