"""A calendar version compiled to sorted tables: it answers about dates and instants, and never changes.

Instants are naive local civil datetimes of the calendar's zone, whole seconds; intervals are half-open; 24:00
of a date is 00:00 of the next. A question about a date outside the calendar raises `OutOfCoverage`: nothing
is ever guessed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from .spec import DAY, CalendarSpec

if TYPE_CHECKING:
    from .tables import Tables

Hours = tuple[tuple[int, int], ...]
ONE_DAY = timedelta(days=1)
MIDNIGHT = time()


class OutOfCoverage(ValueError):
    """A date is needed for which the calendar has no published days."""


class DayKind(StrEnum):
    """What a date is to the office."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    CLOSED = "closed"
    HALF_DAY = "half_day"


class Calendar:
    """One compiled, immutable calendar version; equal only to itself. Made by `compile_calendar`."""

    spec: CalendarSpec
    tables: Tables

    def __init__(self, spec: CalendarSpec, tables: Tables) -> None:
        self.__dict__["spec"] = spec
        self.__dict__["tables"] = tables

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a compiled calendar never changes; compile a new version")

    @property
    def coverage(self) -> tuple[date, date]:
        """First and last date with published days, both included."""
        return self.spec.coverage

    @property
    def provisional_to(self) -> date | None:
        """Last date of the provisional stretch, if there is one."""
        return self.spec.provisional_to

    @cached_property
    def end(self) -> datetime:
        """24:00 of the last date that can be computed (coverage and provisional stretch)."""
        return datetime.combine(self.spec.last, MIDNIGHT) + ONE_DAY

    def is_provisional(self, d: date) -> bool:
        """Does d lie after the coverage, in the provisional stretch?"""
        return self.coverage[1] < d <= self.spec.last

    def index(self, d: date) -> int:
        """Position of d in the tables; `OutOfCoverage` when there is none."""
        i = d.toordinal() - self.tables.base
        if 0 <= i < self.tables.size:
            return i
        raise OutOfCoverage(f"{d:%Y-%m-%d} is outside the calendar")

    def hours(self, d: date) -> tuple[tuple[datetime, datetime], ...]:
        """Office hours of d in order; () on a day off."""
        midnight = datetime.combine(d, MIDNIGHT)
        pattern = self.tables.patterns[self.index(d)]
        return tuple((midnight + timedelta(0, a), midnight + timedelta(0, b)) for a, b in pattern)

    def is_working_day(self, d: date) -> bool:
        """Has d any office hours? A half day is one whole working day."""
        return bool(self.tables.patterns[self.index(d)])

    def open_(self, d: date) -> datetime | None:
        """First opening of d, or None on a day off."""
        hours = self.hours(d)
        return hours[0][0] if hours else None

    def close(self, d: date) -> datetime | None:
        """End of d's last office hours, or None on a day off; 24:00 is 00:00 of the next date."""
        hours = self.hours(d)
        return hours[-1][1] if hours else None

    def day_kind(self, d: date) -> DayKind:
        """What d is: an override that closes earlier than the ordinary hours makes a half day."""
        pattern, spec = self.tables.patterns[self.index(d)], self.spec
        if d in spec.overrides:
            return self._override_kind(d, pattern)
        if pattern:
            return DayKind.MAKEUP if d in spec.makeup else DayKind.WORKING
        if d in spec.off or (self.is_provisional(d) and d in spec.provisional_off):
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if d.isoweekday() > 5 else DayKind.CLOSED

    def _override_kind(self, d: date, pattern: Hours) -> DayKind:
        if not pattern:
            return DayKind.CLOSED
        ordinary = self.tables.ordinary(d)
        if ordinary and pattern[-1][1] < ordinary[-1][1]:
            return DayKind.HALF_DAY
        return DayKind.MAKEUP if d in self.spec.makeup else DayKind.WORKING

    def day_name(self, d: date, lang: str = "zh") -> str:
        """What d is called ("国庆节", "National Day"), or "" when it has no name."""
        name = self.spec.names.get(d)
        if name is None:
            return ""
        return name.zh if lang.startswith("zh") else name.en or name.zh

    def next_working_day(self, d: date) -> date:
        """The first working day at or after d."""
        tables = self.tables
        i = self.index(d)
        k = tables.next_work[i]
        if k == len(tables.work_days):
            raise OutOfCoverage(f"no working day at or after {d:%Y-%m-%d} in the calendar")
        return d + timedelta(days=tables.work_days[k] - i)

    def next_opening(self, t: datetime) -> datetime:
        """t itself inside office hours, else the next opening."""
        d = t.date()
        for start, end in self.hours(d):
            if t < end:
                return max(t, start)
        opening = self.open_(self.next_working_day(d + ONE_DAY))
        assert opening is not None
        return opening

    def add_working_days(self, d: date, n: int) -> date:
        """The n-th working day after d (n >= 1), before d (n <= -1), or the first at or after d (n = 0)."""
        tables = self.tables
        i = self.index(d)
        k = tables.next_work[i + 1] + n - 1 if n > 0 else tables.next_work[i] + n
        if not 0 <= k < len(tables.work_days):
            raise OutOfCoverage(f"{n} working days from {d:%Y-%m-%d} lead outside the calendar")
        return d + timedelta(days=tables.work_days[k] - i)

    def seconds(self, t: datetime) -> int:
        """Whole seconds from 00:00 of the calendar's first date to t (negative before it)."""
        return (t.toordinal() - self.tables.base) * DAY + t.hour * 3600 + t.minute * 60 + t.second

    def instant(self, seconds: int) -> datetime:
        """The inverse of `seconds`."""
        return self.tables.epoch + timedelta(0, seconds)
