"""The due instant of a promise, checked at the door, with what must be known about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shounuo.rules.calendars import Calendar, OutOfCoverage

from .budgets import Before, Budget, NaturalTime
from .instants import Pause, check_instant, check_pauses
from .prefix import due_at


class Due(NamedTuple):
    """When a budget is used up.

    `at` is empty when an open pause comes first, or when the calendar ends (`out_of_coverage`). `day` is
    the date whose day-end is due: 24:00 belongs to the date that ends, not to the next. `provisional`: the
    answer needs a date of the provisional stretch.
    """

    at: datetime | None
    provisional: bool = False
    out_of_coverage: bool = False
    day: date | None = None


def reads_calendar(budget: Budget) -> bool:
    """Does the due instant depend on office hours or days off? Natural time, and plain days ending at 24:00, do not."""
    if isinstance(budget, Before):
        inner = budget.budget
        return not (isinstance(inner, NaturalTime) or getattr(inner, "day_end", "") == "24:00")
    if getattr(budget, "day_end", "") == "24:00":
        return bool(getattr(budget, "roll", False))
    return not isinstance(budget, NaturalTime)


def due_date(start: datetime, budget: Budget, at: datetime) -> date:
    """The date whose end or course the due instant belongs to; 00:00 is 24:00 of the date before, except for
    lead times.
    """
    if isinstance(budget, Before) or at == start:
        return at.date()
    return (at - timedelta(0, 1)).date()


def is_provisional(calendar: Calendar, budget: Budget, at: datetime) -> bool:
    """Does a due instant rest on a date of the provisional stretch?"""
    if calendar.provisional_to is None or not reads_calendar(budget):
        return False
    last = budget.of if isinstance(budget, Before) else at
    return last > calendar.instant(calendar.tables.firm * 86400)


def due(calendar: Calendar, start: datetime, budget: Budget, pauses: Iterable[Pause] = ()) -> Due:
    """When the budget, begun at `start`, is used up. `InputError` for an instant or a pause that cannot be used."""
    check_instant(start, "start")
    try:
        at = due_at(calendar, start, budget, check_pauses(pauses))
    except OutOfCoverage:
        return Due(None, out_of_coverage=True)
    if at is None:
        return Due(None)
    return Due(at, is_provisional(calendar, budget, at), day=due_date(start, budget, at))
