"""Due instants of very many starts with one budget, without pauses: numpy, no search.

For office time all hours begin and end on multiples of a slot (usually half an hour), so C(t) and its
inverse are tables with one entry a slot. Budgets in days depend only on the date, and for some on whether
the day was over: two tables by date. Instants are whole seconds of local civil time since 1970-01-01T00:00
(of the calendar's zone, not UTC).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shounuo.rules.calendars import Calendar, OutOfCoverage
from shounuo.rules.calendars.tables import Tables

from .budgets import Before, Budget, NaturalTime, WorkingTime
from .prefix import DUE

Seconds = NDArray[np.int64]
Places = NDArray[Any]
OUT_OF_COVERAGE = int(np.iinfo(np.int64).min)
DAY = 86400
CHUNK = 1 << 15
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local civil time


def to_seconds(t: datetime) -> int:
    """Local seconds since 1970 of a naive instant."""
    since = t - EPOCH
    return since.days * DAY + since.seconds


class WorkSlots:
    """C(t) and its inverse by slots, in seconds from the calendar's beginning.

    `work[q]` is twice the office seconds before slot q, plus 1 when the slot is office time (one look-up
    for both); `begins[w]` is where the w-th slot of office time begins.
    """

    def __init__(self, tables: Tables) -> None:
        bounds = {bound for hours in set(tables.patterns) for span in hours for bound in span}
        self.dtype: Any = np.int32 if tables.limit < 1 << 30 else np.int64  # half the memory, twice the speed
        self.slot = gcd(DAY, *bounds)
        ends = np.array(tables.ends, dtype=np.int64)
        widths = [end - start for hours in tables.patterns for start, end in hours]
        begins = ends - np.array(widths, dtype=np.int64)
        turns = np.zeros(tables.limit // self.slot + 1, dtype=np.int64)
        np.add.at(turns, begins // self.slot, 1)
        np.add.at(turns, ends // self.slot, -1)
        runs = np.cumsum(turns[:-1])
        before = (np.cumsum(runs) - runs) * self.slot
        self.work: Places = (before * 2 + runs).astype(self.dtype)
        self.begins: Places = (np.flatnonzero(runs) * self.slot).astype(self.dtype)


@lru_cache(maxsize=32)
def work_slots(tables: Tables) -> WorkSlots:
    """The slot tables of a calendar version, made once."""
    return WorkSlots(tables)


@lru_cache(maxsize=128)
def day_tables(tables: Tables, budget: Budget) -> tuple[Seconds, Seconds, Seconds]:
    """By date: due when started at 00:00, due when started at 23:59:59, and from which second the later one holds."""
    due = DUE[type(budget)]

    def ask(i: int, second: int) -> int:
        try:
            at = due(tables, tables.epoch + timedelta(i, second), budget, ())
        except OutOfCoverage:
            return OUT_OF_COVERAGE
        assert at is not None
        return to_seconds(at)

    early = np.array([ask(i, 0) for i in range(tables.size)], dtype=np.int64)
    late = np.array([ask(i, DAY - 1) for i in range(tables.size)], dtype=np.int64)
    over = _over(tables, budget)
    return early, late, over


def _over(tables: Tables, budget: Budget) -> Seconds:
    """The second of each date from which it no longer counts as the first day."""
    over = np.full(tables.size, DAY, dtype=np.int64)
    if getattr(budget, "day_end", "office_close") == "office_close":
        for i, close in zip(tables.work_days, tables.closes, strict=True):
            over[i] = close - i * DAY
    return over


def due_many(calendar: Calendar, starts: Seconds, budget: Budget) -> Seconds:
    """Due instants of `starts`, both in local seconds since 1970; `OUT_OF_COVERAGE` where the calendar does
    not reach.

    The same answers as `due_at` without pauses, for every kind of budget.
    """
    starts = np.ascontiguousarray(starts, dtype=np.int64)
    due = np.empty(starts.shape, dtype=np.int64)
    flat, out = starts.reshape(-1), due.reshape(-1)
    part = _filler(calendar.tables, budget)
    for at in range(0, flat.size, CHUNK):
        part(flat[at : at + CHUNK], out[at : at + CHUNK])
    return due


def _filler(tables: Tables, budget: Budget) -> Callable[[Seconds, Seconds], None]:
    """The function that fills one part of the answer."""
    base = to_seconds(tables.epoch)
    if isinstance(budget, WorkingTime):
        return _working_time(tables, base, budget.seconds)
    if isinstance(budget, NaturalTime):
        return _natural_time(tables, base, budget.seconds)
    if isinstance(budget, Before):
        return _by_date(
            base, tables.limit, *(_constant(tables, budget),) * 2, np.zeros(tables.size, np.int64)
        )
    return _by_date(base, tables.limit, *day_tables(tables, budget))


def _constant(tables: Tables, budget: Before) -> Seconds:
    """A lead time is due at the same instant wherever the clock starts."""
    try:
        at = DUE[Before](tables, tables.epoch, budget, ())
    except OutOfCoverage:
        at = None
    return np.full(tables.size, OUT_OF_COVERAGE if at is None else to_seconds(at), dtype=np.int64)


def _outside(since: Seconds, limit: int) -> NDArray[np.bool_] | None:
    """Which instants lie outside the calendar; None when all are inside."""
    if since.min() >= 0 and since.max() < limit:
        return None
    return (since < 0) | (since >= limit)


def _working_time(tables: Tables, base: int, seconds: int) -> Callable[[Seconds, Seconds], None]:
    if seconds > tables.total:
        return _nowhere
    if not seconds:
        return _natural_time(tables, base, 0)
    slots, last = work_slots(tables), tables.total - seconds
    slot, work, begins, dtype = slots.slot, slots.work, slots.begins, slots.dtype

    def part(starts: Seconds, out: Seconds) -> None:
        since = starts - base
        bad = _outside(since, tables.limit)
        second: Places = since.astype(dtype)
        q: Places = second // slot
        done: Places = work.take(q, mode="clip")
        q *= slot
        second -= q
        second *= done & 1
        done >>= 1
        done += second
        if bad is not None or done.max() > last:
            late = done > last
            bad = late if bad is None else bad | late
        done += seconds - 1
        np.floor_divide(done, slot, out=q)
        begin: Places = begins.take(q, mode="clip")
        q *= slot
        done -= q
        begin += done
        np.add(begin, base + 1, out=out)
        if bad is not None:
            out[bad] = OUT_OF_COVERAGE

    return part


def _nowhere(starts: Seconds, out: Seconds) -> None:
    out[:] = OUT_OF_COVERAGE


def _natural_time(tables: Tables, base: int, seconds: int) -> Callable[[Seconds, Seconds], None]:
    if seconds > tables.limit:
        return _nowhere

    def part(starts: Seconds, out: Seconds) -> None:
        np.add(starts, seconds, out=out)
        since = starts - base
        if since.min() < 0 or since.max() > tables.limit - max(seconds, 1):
            out[(since < 0) | (since >= tables.limit) | (since > tables.limit - seconds)] = OUT_OF_COVERAGE

    return part


def _by_date(
    base: int, limit: int, early: Seconds, late: Seconds, over: Seconds
) -> Callable[[Seconds, Seconds], None]:
    same = bool((early == late).all())

    def part(starts: Seconds, out: Seconds) -> None:
        since = starts - base
        bad = _outside(since, limit)
        i = since // DAY
        late.take(i, out=out, mode="clip")
        if not same:
            first = since - i * DAY < over.take(i, mode="clip")
            np.copyto(out, early.take(i, mode="clip"), where=first)
        if bad is not None:
            out[bad] = OUT_OF_COVERAGE

    return part
