"""Figures of a running budget at a moment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from shounuo.rules.calendars import Calendar, OutOfCoverage
from shounuo.rules.calendars.tables import Tables

from . import prefix
from .budgets import Before, Budget, NaturalDays, NaturalTime, WorkingDays, WorkingTime
from .due import due_date, is_provisional
from .instants import Pause, check_instant, check_pauses, paused_at
from .ranges import paused_dates, paused_working
from .spans import Span, known_to, spans
from .walk import is_natural

DAY = 86400


class Figures(NamedTuple):
    """What can be said of a budget at `now`; seconds are counted time. Without `now` only the due instant
    is known.

    `remaining_s` is negative when overdue and None when it has no answer; `days_used` and `remaining_days`
    are set for working and natural days, `counted` (the n dates) for working days.
    """

    budget: Budget
    at: datetime | None
    provisional: bool = False
    out_of_coverage: bool = False
    day: date | None = None
    elapsed_s: int | None = None
    remaining_s: int | None = None
    days_used: int | None = None
    remaining_days: int | None = None
    overdue: bool = False
    paused_now: bool = False
    counted: tuple[date, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of the exchange format; fields that do not apply to the kind are left out."""
        if self.out_of_coverage:
            return {"due": None, "error": "out_of_coverage"}
        data: dict[str, Any] = {"due": self.at.isoformat() if self.at else None}
        if self.elapsed_s is not None:
            data.update(elapsed_s=self.elapsed_s, paused_now=self.paused_now, overdue=self.overdue)
            data["remaining_s"] = self.remaining_s
        if self.days_used is not None:
            data.update(days_used=self.days_used, remaining_days=self.remaining_days)
        if not isinstance(self.budget, WorkingTime | NaturalTime | Before):
            data["due_day"] = self.day.isoformat() if self.day else None
        if isinstance(self.budget, WorkingDays):
            data["counted"] = None if self.counted is None else [d.isoformat() for d in self.counted]
        if self.provisional:
            data["provisional"] = True
        return data


def counted_seconds(tables: Tables, a: int, b: int, natural: bool, union: list[Span]) -> int:
    """Counted time in [a, b): all seconds, or office seconds, less the pauses. 0 when b <= a. Raises
    `OutOfCoverage`.
    """
    if b <= a:
        return 0
    if b > tables.limit and b > known_to(tables.limit, union):
        raise OutOfCoverage("the figures need dates outside the calendar")
    clock = _same if natural else tables.work
    total = clock(b) - clock(a)
    for start, end in union:
        if start >= b:
            break
        if end > a:
            total -= clock(min(end, b)) - clock(max(start, a))
    return total


def _same(t: int) -> int:
    return t


def figures(
    calendar: Calendar,
    start: datetime,
    budget: Budget,
    pauses: Iterable[Pause] = (),
    now: datetime | None = None,
) -> Figures:
    """All figures at `now`. `InputError` for an instant or a pause that cannot be used."""
    check_instant(start, "start")
    checked = check_pauses(pauses)
    if now is not None:
        check_instant(now, "now")
    return figures_of(calendar, start, budget, checked, now)


def figures_of(
    calendar: Calendar, start: datetime, budget: Budget, pauses: tuple[Pause, ...], now: datetime | None
) -> Figures:
    """`figures` of input that was checked before."""
    try:
        return _figures(calendar, start, budget, pauses, now)
    except OutOfCoverage:
        return Figures(budget, None, out_of_coverage=True)


def _figures(
    calendar: Calendar, start: datetime, budget: Budget, pauses: tuple[Pause, ...], now: datetime | None
) -> Figures:
    tables = calendar.tables
    at = prefix.DUE[type(budget)](tables, start, budget, pauses)
    union = spans(tables.epoch, pauses) if pauses else []
    used, counted = _days(calendar, start, budget, union, now, at is not None)
    day, provisional = None, False
    if at is not None:
        day, provisional = due_date(start, budget, at), is_provisional(calendar, budget, at)
    if now is None:
        return Figures(budget, at, provisional, False, day, counted=counted)
    elapsed, remaining = _seconds(calendar, start, budget, at, union, now)
    left = None if used is None else budget.n - used  # type: ignore[union-attr]
    overdue, paused = at is not None and now > at, paused_at(pauses, now)
    return Figures(
        budget, at, provisional, False, day, elapsed, remaining, used, left, overdue, paused, counted
    )


def _seconds(
    calendar: Calendar, start: datetime, budget: Budget, at: datetime | None, union: list[Span], now: datetime
) -> tuple[int, int | None]:
    """`elapsed_s` and `remaining_s`."""
    tables, natural = calendar.tables, is_natural(budget)
    begin, moment = calendar.seconds(start), calendar.seconds(now)
    elapsed = counted_seconds(tables, begin, moment, natural, union)
    if isinstance(budget, (WorkingTime, NaturalTime)):
        return elapsed, budget.seconds - elapsed
    if at is None:
        return elapsed, None
    due, since = calendar.seconds(at), max(begin, moment)
    if since > due:
        return elapsed, -counted_seconds(tables, due, since, natural, union)
    return elapsed, counted_seconds(tables, since, due, natural, union)


def _days(
    calendar: Calendar, start: datetime, budget: Budget, union: list[Span], now: datetime | None, due: bool
) -> tuple[int | None, tuple[date, ...] | None]:
    """`days_used` and, of working days with a due instant, the dates that count."""
    tables, counted = calendar.tables, None
    moment = None if now is None else calendar.seconds(now)
    if isinstance(budget, WorkingDays):
        first, upto = prefix.first_working(tables, start, budget), 0
        if moment is not None:
            upto = bisect_right(tables.closes, moment)
        paused = paused_working(tables, budget.pause_rule, union) if union else []
        counted = _counted(tables, first, budget.n, paused) if due else None
    elif isinstance(budget, NaturalDays) and moment is not None:
        first = prefix.first_date(tables, start, budget)
        upto = bisect_right(tables.day_ends, moment) if budget.day_end == "office_close" else moment // DAY
        paused = paused_dates(tables, budget.day_end, union) if union else []
    else:
        return None, None
    return (None if moment is None else _used(first, upto, paused)), counted


def _used(first: int, upto: int, paused: list[Span]) -> int:
    """How many places in [first, upto) lie in none of the ranges."""
    used = max(upto - first, 0)
    for lo, hi in paused:
        used -= max(min(hi, upto) - max(lo, first), 0)
    return used


def _counted(tables: Tables, place: int, left: int, paused: list[Span]) -> tuple[date, ...]:
    """The dates of the next `left` working days from a place on that lie in none of the ranges."""
    days = tables.work_dates
    if not paused:
        return tuple(days[place : place + left])
    counted: list[date] = []
    for lo, hi in paused:
        if lo > place and left:
            run = days[place : min(lo, place + left)]
            counted += run
            left -= len(run)
        place = max(place, hi)
    return (*counted, *days[place : place + left])
