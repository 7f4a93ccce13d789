"""The prefix tables of a calendar: office hours of every date, and how much work lies before each.

All times are whole seconds from 00:00 of the calendar's first date. The rule for one date is
`Rulebook.hours`; everything else is sums of it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cached_property

from .spec import DAY, CalendarSpec, Season, Weekly

Hours = tuple[tuple[int, int], ...]
Week = tuple[Hours, ...]


def _week(weekly: Weekly) -> Week:
    """Hours by ISO weekday, 1 to 7; place 0 is empty. A weekday that is not named is closed."""
    days: dict[str, Hours] = {str(key): hours for key, hours in weekly.items()}
    return ((), *(days.get(str(day), ()) for day in range(1, 8)))


def _seasons(seasons: tuple[Season, ...]) -> list[tuple[Season, Week]]:
    return [(season, _week(season.weekly)) for season in seasons]


class Rulebook:
    """Which hours a date has: overrides, then make-up days, then days off, then the week of the season."""

    def __init__(self, spec: CalendarSpec) -> None:
        self.makeup_as = spec.makeup_as
        self.week = _week(spec.weekly)
        self.seasons = _seasons(spec.seasons)
        self.later = [
            (one.from_, _week(one.weekly), _seasons(one.seasons)) for one in reversed(spec.hours_from)
        ]
        first, last = spec.coverage
        off = {d for d in spec.off if d <= last} | {d for d in spec.provisional_off if d > last}
        makeup = {d for d in spec.makeup if first <= d <= last}
        self.fixed: dict[date, Hours] = dict.fromkeys(off, ())
        self.fixed.update((d, self.week_of(d)[self.makeup_as]) for d in makeup)
        self.fixed.update(spec.overrides)

    def week_of(self, d: date) -> Week:
        """The week in force on d: that of the first season that covers it, else the ordinary one."""
        ordinary, seasons = self.week, self.seasons
        for begins, later, its_seasons in self.later:
            if begins <= d:
                ordinary, seasons = later, its_seasons
                break
        if seasons:
            month_day = d.strftime("%m-%d")
            for season, week in seasons:
                if season.covers(month_day):
                    return week
        return ordinary

    def hours(self, d: date) -> Hours:
        """Office hours of d as seconds after its midnight."""
        fixed = self.fixed.get(d)
        return self.week_of(d)[d.isoweekday()] if fixed is None else fixed

    def ordinary(self, d: date) -> Hours:
        """Hours that d would have as a plain working day: its weekday's, else those of `makeup_as`."""
        week = self.week_of(d)
        return week[d.isoweekday()] or week[self.makeup_as]

    def patterns(self, first: date, size: int) -> list[Hours]:
        """Hours of `size` dates from `first`."""
        if self.seasons or self.later:
            start = first.toordinal()
            return [self.hours(date.fromordinal(start + i)) for i in range(size)]
        shift = first.isoweekday()
        turn = [self.week[(shift + i - 1) % 7 + 1] for i in range(7)]
        days = (turn * (size // 7 + 1))[:size]
        for d, hours in self.fixed.items():
            i = d.toordinal() - first.toordinal()
            if 0 <= i < size:
                days[i] = hours
        return days


class Tables:
    """Sorted arrays of one calendar version.

    `patterns[i]`  hours of date i          `work_before[i]`  office seconds before date i (size + 1 entries)
    `work_days[k]` date index of the k-th working day, `closes[k]` its closing
    `next_work[i]` k of the first working day at or after date i (size + 1 entries)
    `ends[j]`, `totals[j]`  end of the j-th interval of office hours, office seconds up to that end
    """

    def __init__(self, spec: CalendarSpec) -> None:
        first = spec.coverage[0]
        self.rules = Rulebook(spec)
        self.ordinary = self.rules.ordinary
        self.base = first.toordinal()
        self.epoch = datetime.combine(first, time())
        self.size = spec.last.toordinal() - self.base + 1
        self.firm = spec.coverage[1].toordinal() - self.base + 1
        self.limit = self.size * DAY
        self.patterns = self.rules.patterns(first, self.size)
        self._sum()

    def _sum(self) -> None:
        work_before, work_days, closes = [0], [], []
        next_work, ends, totals, midnight, total = [0], [], [], 0, 0
        for i, hours in enumerate(self.patterns):
            if hours:
                for start, end in hours:
                    total += end - start
                    ends.append(midnight + end)
                    totals.append(total)
                work_days.append(i)
                closes.append(midnight + end)
            midnight += DAY
            work_before.append(total)
            next_work.append(len(work_days))
        self.work_before, self.work_days, self.closes = work_before, work_days, closes
        self.next_work, self.ends, self.totals, self.total = next_work, ends, totals, total

    @cached_property
    def close_instants(self) -> list[datetime]:
        """`closes` as datetimes."""
        epoch = self.epoch
        return [epoch + timedelta(0, seconds) for seconds in self.closes]

    @cached_property
    def work_dates(self) -> list[date]:
        """`work_days` as dates."""
        return [date.fromordinal(self.base + i) for i in self.work_days]

    @cached_property
    def end_instants(self) -> list[datetime]:
        """`ends` as datetimes."""
        epoch = self.epoch
        return [epoch + timedelta(0, seconds) for seconds in self.ends]

    @cached_property
    def work_starts(self) -> list[int]:
        """Office seconds before the k-th working day, one more entry for the total."""
        return [*(self.work_before[i] for i in self.work_days), self.total]

    @cached_property
    def day_ends(self) -> list[int]:
        """For every date: its closing on a working day, else its 24:00."""
        ends = [(i + 1) * DAY for i in range(self.size)]
        for i, close in zip(self.work_days, self.closes, strict=True):
            ends[i] = close
        return ends

    def work(self, t: int) -> int:
        """C(t): office seconds from the calendar's beginning to t; flat before the first date and after the last."""
        if t <= 0:
            return 0
        if t >= self.limit:
            return self.total
        return self.work_on(*divmod(t, DAY))

    def work_on(self, i: int, second: int) -> int:
        """C at a second of date i."""
        done = self.work_before[i]
        for start, end in self.patterns[i]:
            if second <= start:
                break
            done += (second if second < end else end) - start
        return done

    def closed(self, i: int, second: int) -> int:
        """How many working days have closed by a second of date i."""
        hours = self.patterns[i]
        return self.next_work[i] + 1 if hours and hours[-1][1] <= second else self.next_work[i]
