"""The usual pauses, without building their union: closed, in order, apart and inside the calendar.

Each function gives what the general one gives, or `UNORDERED` when the pauses are of another shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shounuo.rules.calendars.tables import Tables

from .budgets import NaturalDays, WorkingDays
from .instants import Pause

UNORDERED = -1


def moved_in_order(tables: Tables, start: datetime, target: int, pauses: Sequence[Pause]) -> int:
    """The target in office seconds after the pauses, all of them after the start."""
    epoch, size, reach, patterns = tables.epoch, tables.size, start, tables.patterns
    for begin, end in pauses:
        if begin < reach or end is None:
            return UNORDERED
        reach = end
        since = begin - epoch
        i, second = since.days, since.seconds
        if i >= size:
            return UNORDERED
        done = tables.work_before[i]
        for a, b in patterns[i]:
            if second <= a:
                break
            done += (second if second < b else b) - a
        if done < target:
            since = end - epoch
            if since.days >= size:
                return UNORDERED
            target += tables.work_on(since.days, since.seconds) - done
    return target


def nth_in_order(tables: Tables, first: int, budget: WorkingDays, pauses: Sequence[Pause]) -> int:
    """`nth` for the usual rule and pauses: by closing, closed, in order, apart; `UNORDERED` for all others."""
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


def date_in_order(tables: Tables, first: int, budget: NaturalDays, pauses: Sequence[Pause]) -> int:
    """The n-th date from `first` on whose day-end is not paused."""
    target, epoch, size, reach = first + budget.n - 1, tables.epoch, tables.size, None
    ended = _office_ended if budget.day_end == "office_close" else _midnight_ended
    for begin, end in pauses:
        if end is None or (reach is not None and begin < reach):
            return UNORDERED
        reach = end
        a, b = begin - epoch, end - epoch
        if a.days < 0 or b.days >= size:
            return UNORDERED
        lo = ended(tables, a.days, a.seconds)
        if lo <= target:
            hi = ended(tables, b.days, b.seconds)
            if hi > first:
                target += hi - (lo if lo > first else first)
    return target


def _office_ended(tables: Tables, i: int, second: int) -> int:
    """How many dates have ended by a second of date i, each at closing or at 24:00."""
    hours = tables.patterns[i]
    return i + 1 if hours and hours[-1][1] <= second else i


def _midnight_ended(tables: Tables, i: int, second: int) -> int:
    return i
