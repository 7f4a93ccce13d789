"""Moments in office hours: when things happened in the demonstration."""

import re
from datetime import date, datetime, timedelta
from random import Random

from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import WorkingTime, due

UNITS = {"m": 60, "h": 3600}
_WAIT = re.compile(r"(?P<least>\d+)-(?P<most>\d+)(?P<unit>[mhd%])\Z")
LEAST_AGO = timedelta(minutes=3)


class Hours:
    """An office's hours as the demonstration needs them; all moments are civil, whole seconds."""

    def __init__(self, calendar: Calendar, now: datetime, rng: Random) -> None:
        self.calendar, self.now, self.rng = calendar, now, rng
        self.days = self._days_back(40)
        self.units = UNITS | {"d": max(self._seconds(day) for day in self.days)}

    def _seconds(self, day: date) -> int:
        """Open time of a day."""
        return int(sum((close - open_).total_seconds() for open_, close in self.calendar.hours(day)))

    def _days_back(self, count: int) -> list[date]:
        """Working days that have begun, newest first."""
        found: list[date] = []
        day = self.now.date()
        while len(found) < count:
            opening = self.calendar.open_(day) if self.calendar.is_working_day(day) else None
            if opening and opening + LEAST_AGO < self.now:
                found.append(day)
            day -= timedelta(days=1)
        return found

    def working_day(self, since: date, count: int) -> date:
        """The working day so many after a date."""
        day = since
        while count:
            day += timedelta(days=1)
            count -= self.calendar.is_working_day(day)
        return day

    def in_office(self, since: datetime, count: int) -> datetime:
        """A quarter of an hour at which the office is open, so many working days after a moment (0: later that day)."""
        day = self.working_day(since.date(), count)
        spans = [span for span in self.calendar.hours(day) if span[1] - timedelta(hours=1) > since] or [
            self.calendar.hours(self.working_day(day, 1))[0]
        ]
        opens, closes = self.rng.choice(spans)
        first = max(opens, since + timedelta(minutes=30))
        quarters = int((closes - timedelta(minutes=30) - first).total_seconds() // 900)
        moment = first + timedelta(minutes=15 * self.rng.randint(0, max(quarters, 0)))
        return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0) + timedelta(
            minutes=15
        )

    def ago(self, between: tuple[int, int], at_any_hour: bool = False) -> datetime:
        """A moment so many working days ago (least, most), never within the last minutes."""
        day = self.days[self.rng.randint(*between)]
        spans = self.calendar.hours(day)
        last = min(spans[-1][1], self.now - LEAST_AGO)
        if at_any_hour:
            day = self.now.date() if day == self.days[0] else day  # requests come on days off too
            last = self.now - LEAST_AGO
            midnight = datetime.combine(day, datetime.min.time())
            last = min(midnight + timedelta(hours=21), last)
            return self._between(min(midnight + timedelta(hours=7), last), last)
        span = self.rng.choice([s for s in spans if s[0] < last])
        return self._between(span[0], min(span[1], last))

    def _between(self, first: datetime, last: datetime) -> datetime:
        return first + timedelta(seconds=self.rng.randint(0, int((last - first).total_seconds())))

    def later(self, since: datetime, wait: str, end: datetime | None) -> datetime | None:
        """The moment after a wait such as ``10-60m`` or ``40-80%`` of the time to `end`; None without an end."""
        found = _WAIT.match(wait)
        if found is None:
            raise ValueError(f"no wait: {wait!r}")
        least, most, unit = int(found["least"]), int(found["most"]), found["unit"]
        if unit == "%":
            return self._share(since, end, self.rng.randint(least, most)) if end else None
        seconds = self.rng.randint(least * self.units[unit], most * self.units[unit])
        return due(self.calendar, since, WorkingTime(seconds)).at

    def _share(self, since: datetime, end: datetime, percent: int) -> datetime:
        """In office hours, on the same side of `end` as the share is."""
        moment = since + (end - since) * percent / 100
        opening = self.calendar.next_opening(moment.replace(microsecond=0))
        if opening > moment:
            opening += timedelta(seconds=self.rng.randint(60, 2700))
        late = percent > 100
        return opening if late or opening < end else end - timedelta(seconds=self.rng.randint(60, 1800))
