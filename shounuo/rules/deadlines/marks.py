"""Warn marks: the moments at which a running clock says that it will soon be due."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from shounuo.rules.calendars import Calendar, OutOfCoverage

from . import prefix
from .budgets import Budget, Months, NaturalDays, NaturalTime, WorkingDays, WorkingTime
from .due import due_date
from .figures import counted_seconds, figures_of
from .instants import InputError, Pause, check_instant, check_pauses
from .prefix import due_at
from .spans import spans
from .walk import is_natural, midnight

_MARK = re.compile(
    r"(?P<share>\d{1,3})%|(?P<n>\d{1,6}) (?P<working>working )?(?P<unit>day|hour|minute)s? left"
)
UNIT_SECONDS = {"hour": 3600, "minute": 60}


def parse_mark(mark: str) -> re.Match[str]:
    """The parts of "50%", "1 working day left", "4 working hours left", "2 hours left". `InputError` for
    other words.
    """
    match = _MARK.fullmatch(mark.strip()) if isinstance(mark, str) else None
    if match is None or not 0 < int(match["share"] or 1) <= 100 or not int(match["n"] or 1):
        raise InputError("mark", f'expected "50%", "1 working day left", "2 hours left"; got {mark!r}')
    return match


def warn_moment(
    calendar: Calendar, start: datetime, budget: Budget, pauses: Iterable[Pause], mark: str
) -> datetime | None:
    """When the mark is reached; None when it never is.

    A share is the earliest moment when used / budget reaches it: of seconds for budgets of time, of counting
    days (a day is used at its day-end) for budgets in days, of counted time up to the due instant for same
    day and lead times. "N working days left" is the opening of the n-th counting day from the last; for
    budgets without counting working days, the opening of the n-th working day from the last, the due date
    included, after the start. "N days left" begins at 00:00 of the n-th date from the last. Hours and minutes
    left are counted time up to the due instant. A mark that is further from the end than the start is never
    reached. Raises `OutOfCoverage`.
    """
    check_instant(start, "start")
    checked = check_pauses(pauses)
    match = parse_mark(mark)
    if match["share"]:
        return _share(calendar, start, budget, checked, int(match["share"]))
    n, unit = int(match["n"]), match["unit"]
    if unit != "day":
        return _time_left(calendar, start, budget, checked, n * UNIT_SECONDS[unit], not match["working"])
    if match["working"]:
        return _working_days_left(calendar, start, budget, checked, n)
    return _days_left(calendar, start, budget, checked, n)


def _part(whole: int, percent: int) -> int:
    return -(-whole * percent // 100)


def _share(
    calendar: Calendar, start: datetime, budget: Budget, pauses: tuple[Pause, ...], percent: int
) -> datetime | None:
    if isinstance(budget, WorkingTime | NaturalTime):
        return due_at(calendar, start, type(budget)(_part(budget.seconds, percent)), pauses)
    if isinstance(budget, WorkingDays):
        part = WorkingDays(_part(budget.n, percent), budget.pause_rule, budget.first_day)
        return due_at(calendar, start, part, pauses)
    if isinstance(budget, NaturalDays | Months):
        days = prefix.months_as_days(start, budget) if isinstance(budget, Months) else budget
        if percent == 100:
            return due_at(calendar, start, days, pauses)
        return due_at(
            calendar, start, NaturalDays(_part(days.n, percent), False, days.day_end, days.first_day), pauses
        )
    natural = is_natural(budget)
    whole = _to_due(calendar, start, budget, pauses, natural)
    return None if whole is None else _after(calendar, start, pauses, _part(whole, percent), natural)


def _to_due(
    calendar: Calendar, start: datetime, budget: Budget, pauses: tuple[Pause, ...], natural: bool
) -> int | None:
    """Counted time from the start to the due instant."""
    at = due_at(calendar, start, budget, pauses)
    if at is None or at < start:
        return None
    tables = calendar.tables
    return counted_seconds(
        tables, calendar.seconds(start), calendar.seconds(at), natural, spans(tables.epoch, pauses)
    )


def _after(
    calendar: Calendar, start: datetime, pauses: tuple[Pause, ...], seconds: int, natural: bool
) -> datetime | None:
    return due_at(calendar, start, NaturalTime(seconds) if natural else WorkingTime(seconds), pauses)


def _time_left(
    calendar: Calendar,
    start: datetime,
    budget: Budget,
    pauses: tuple[Pause, ...],
    seconds: int,
    natural: bool,
) -> datetime | None:
    whole = _to_due(calendar, start, budget, pauses, natural)
    if whole is None or whole < seconds:
        return None
    return _after(calendar, start, pauses, whole - seconds, natural)


def _working_days_left(
    calendar: Calendar, start: datetime, budget: Budget, pauses: tuple[Pause, ...], n: int
) -> datetime | None:
    if isinstance(budget, WorkingDays):
        counted = figures_of(calendar, start, budget, pauses, None)
        if counted.out_of_coverage:
            raise OutOfCoverage("the budget leads outside the calendar")
        return calendar.open_(counted.counted[-n]) if counted.counted and n <= budget.n else None
    at = due_at(calendar, start, budget, pauses)
    if at is None:
        return None
    day = due_date(start, budget, at)
    last = day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)
    opening = calendar.open_(calendar.add_working_days(last, 1 - n))
    return opening if opening is not None and opening > start else None


def _days_left(
    calendar: Calendar, start: datetime, budget: Budget, pauses: tuple[Pause, ...], n: int
) -> datetime | None:
    at = due_at(calendar, start, budget, pauses)
    if at is None:
        return None
    moment = midnight(due_date(start, budget, at)) - timedelta(days=n - 1)
    return moment if moment > start else None
