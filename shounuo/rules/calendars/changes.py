"""How two versions of a calendar differ, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .compiled import Calendar, OutOfCoverage

Hours = tuple[tuple[int, int], ...]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayChange:
    """A date with its office hours before and after; None where the calendar does not reach.

    ``settled``: it was provisional before and is published now.
    """

    day: date
    before: Hours | None
    after: Hours | None
    settled: bool = False


def day_changes(old: Calendar, new: Calendar) -> Iterator[DayChange]:
    """Every date whose hours differ or that is provisional in only one of the two, in order."""
    day = min(old.coverage[0], new.coverage[0])
    last = max(old.spec.last, new.spec.last)
    while day <= last:
        before, after = _hours(old, day), _hours(new, day)
        was, still = old.is_provisional(day), new.is_provisional(day)
        if before != after or was != still:
            yield DayChange(day, before, after, was and not still)
        day += ONE_DAY


def first_change(old: Calendar, new: Calendar) -> date | None:
    """The first date that differs: a due instant before it is the same by both. None for none."""
    return next((change.day for change in day_changes(old, new)), None)


def _hours(calendar: Calendar, day: date) -> Hours | None:
    try:
        return calendar.tables.patterns[calendar.index(day)]
    except OutOfCoverage:
        return None
