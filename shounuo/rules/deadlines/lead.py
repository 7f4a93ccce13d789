"""Lead times: the latest whole second at which a budget can begin and still be used up when the planned event comes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

from shounuo.rules.calendars import OutOfCoverage
from shounuo.rules.calendars.tables import Tables

from . import prefix
from .budgets import Before, DayEnd, NaturalTime, WorkingTime
from .instants import Pause
from .ranges import date_end
from .spans import spans
from .walk import without_roll

DAY = 86400


def latest_start(tables: Tables, budget: Before, pauses: Sequence[Pause]) -> datetime:
    """The due instant of a `before` budget. Raises `OutOfCoverage` when the event or the act is outside the
    calendar.
    """
    ahead = budget.of - tables.epoch
    of = ahead.days * DAY + ahead.seconds
    if not 0 <= of <= tables.limit:
        raise OutOfCoverage(f"{budget.of} is outside the calendar")
    if isinstance(budget.budget, WorkingTime | NaturalTime):
        seconds = _time_back(tables, budget.budget, of, pauses)
    else:
        seconds = _days_back(tables, budget, of, pauses)
    return tables.epoch + timedelta(0, seconds)


def _time_back(tables: Tables, budget: WorkingTime | NaturalTime, of: int, pauses: Sequence[Pause]) -> int:
    if not budget.seconds:
        if of == tables.limit:
            raise OutOfCoverage("the event is outside the calendar")
        return of
    natural = isinstance(budget, NaturalTime)
    target = (of if natural else tables.work(of)) - budget.seconds
    for a, b in reversed(spans(tables.epoch, pauses)):
        if a >= of:
            continue
        a, b = max(a, 0), max(min(b, of), 0)
        from_, to = (a, b) if natural else (tables.work(a), tables.work(b))
        if target >= to:
            break
        target -= to - from_
    if target < 0:
        raise OutOfCoverage("the lead time begins outside the calendar")
    if natural:
        return target
    j = bisect_right(tables.totals, target)
    return tables.ends[j] - (tables.totals[j] - target)


def _days_back(tables: Tables, budget: Before, of: int, pauses: Sequence[Pause]) -> int:
    """Dates backwards from the event; on each the last second, then the last before its day-end (the first
    day included).
    """
    inner = without_roll(budget.budget)
    due = prefix.DUE[type(inner)]
    included = getattr(inner, "first_day", "excluded") == "included"
    kind: DayEnd = getattr(inner, "day_end", "office_close")
    for i in range((of - 1) // DAY, -1, -1):
        tries = [(i + 1) * DAY - 1, date_end(tables, i, kind) - 1] if included else [(i + 1) * DAY - 1]
        for t in (min(of, second) for second in tries):
            try:
                end = due(tables, tables.epoch + timedelta(0, t), inner, pauses)
            except OutOfCoverage:
                continue
            if end is not None and end <= budget.of:
                return t
    raise OutOfCoverage("the lead time begins outside the calendar")
