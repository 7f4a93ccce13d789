"""A calendar as data: the JSON object of the exchange format, checked and typed.

`CalendarSpec` is what people write, store and version; `compile_calendar` turns it into the `Calendar` that
answers.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    field_validator,
    model_validator,
)

DAY = 86400
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def clock_seconds(text: object) -> int:
    """Seconds after midnight of "HH:MM" or "HH:MM:SS"; "24:00" is 86400. ValueError for anything else."""
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"expected HH:MM, got {text!r}")
    hour, minute, second = (int(part or 0) for part in match.groups())
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > DAY:
        raise ValueError(f"no such time of day: {text!r}")
    return seconds


def _clock_text(seconds: int) -> str:
    hour, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    return f"{hour:02}:{minute:02}:{second:02}" if second else f"{hour:02}:{minute:02}"


def _intervals(value: object) -> tuple[tuple[int, int], ...]:
    """Office hours of one date, sorted: pairs of seconds after midnight. Overlapping or empty intervals are refused."""
    if not isinstance(value, list | tuple):
        raise ValueError("expected a list of [from, to] pairs")
    pairs = sorted(_pair(item) for item in value)
    for (_, end), (start, _) in pairwise(pairs):
        if start < end:
            raise ValueError("intervals overlap")
    return tuple(pairs)


def _pair(item: object) -> tuple[int, int]:
    if not isinstance(item, list | tuple) or len(item) != 2:
        raise ValueError(f"expected [from, to], got {item!r}")
    start, end = (part if type(part) is int else clock_seconds(part) for part in item)
    if not 0 <= start < end <= DAY:
        raise ValueError(f"hours must begin before they end, within one date: {item!r}")
    return start, end


def _day(value: object) -> object:
    if type(value) is date or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return value
    raise ValueError(f"expected a date YYYY-MM-DD, got {value!r}")


def _month_day(value: object) -> object:
    try:
        if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value):
            raise ValueError
        date.fromisoformat(f"2000-{value}")
    except ValueError:
        raise ValueError(f"expected a day of the year MM-DD, got {value!r}") from None
    return value


Day = Annotated[date, BeforeValidator(_day)]
MonthDay = Annotated[str, BeforeValidator(_month_day)]
Weekday = Literal["1", "2", "3", "4", "5", "6", "7"]
Intervals = Annotated[
    tuple[tuple[int, int], ...],
    BeforeValidator(_intervals),
    PlainSerializer(lambda hours: [[_clock_text(a), _clock_text(b)] for a, b in hours], when_used="json"),
]
Weekly = dict[Weekday, Intervals]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)


class Season(_Part):
    """Office hours that replace `weekly` from one day of the year to another, both included; may wrap the
    year's end.
    """

    from_: MonthDay = Field(alias="from")
    to: MonthDay
    weekly: Weekly

    def covers(self, month_day: str) -> bool:
        """Is MM-DD inside the season?"""
        if self.from_ <= self.to:
            return self.from_ <= month_day <= self.to
        return month_day >= self.from_ or month_day <= self.to


class Hours(_Part):
    """Office hours that replace `weekly` and `seasons` from a date on, until the next of its kind."""

    from_: Day = Field(alias="from")
    weekly: Weekly
    seasons: tuple[Season, ...] = ()


class Name(_Part):
    """What a day is called, in both languages."""

    zh: str
    en: str = ""


class Source(_Part):
    """The notice that a year's days come from."""

    year: int
    paper: str
    title: str = ""
    published: Day | None = None
    note: Name | None = None


class CalendarSpec(_Part):
    """One version of a calendar as written.

    `coverage` is the first and the last date for which the calendar is valid, both included.
    `provisional_to` adds a stretch after it whose days off are only those in `provisional_off`. `off` may
    hold dates outside the coverage. `hours_from` changes the week from a date on, so that the days before
    it are counted as they were.
    """

    tz: str = "Asia/Shanghai"
    coverage: tuple[Day, Day]
    weekly: Weekly
    seasons: tuple[Season, ...] = ()
    hours_from: tuple[Hours, ...] = ()
    off: frozenset[Day] = frozenset()
    makeup: frozenset[Day] = frozenset()
    makeup_as: Annotated[int, Field(ge=1, le=7, strict=True)] = 1
    overrides: dict[Day, Intervals] = {}
    names: dict[Day, Name] = {}
    provisional_to: Day | None = None
    provisional_off: frozenset[Day] = frozenset()
    sources: tuple[Source, ...] = ()

    @field_validator("tz")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value != "Asia/Shanghai" and value not in available_timezones():
            raise ValueError(f"unknown time zone {value!r}")
        return value

    @model_validator(mode="after")
    def _ordered(self) -> CalendarSpec:
        first, last = self.coverage
        if first > last:
            raise ValueError("coverage: the first date is after the last")
        if self.provisional_to is not None and self.provisional_to <= last:
            raise ValueError("provisional_to must be after the coverage")
        begins = [hours.from_ for hours in self.hours_from]
        if begins != sorted(set(begins)):
            raise ValueError("hours_from: dates must follow each other")
        return self

    def hours_on(self, d: date) -> tuple[Weekly, tuple[Season, ...]]:
        """The week and the seasons in force on a date."""
        found = next((hours for hours in reversed(self.hours_from) if hours.from_ <= d), None)
        return (found.weekly, found.seasons) if found else (self.weekly, self.seasons)

    @property
    def last(self) -> date:
        """The last date that can be computed at all: the end of the provisional stretch, else of the coverage."""
        return self.provisional_to or self.coverage[1]

    def to_json(self) -> dict[str, Any]:
        """The exchange object; dates in order, empty parts left out."""
        data = self.model_dump(mode="json", exclude_defaults=True)
        for key in ("off", "makeup", "provisional_off"):
            if key in data:
                data[key] = sorted(data[key])
        return {"tz": self.tz, **data}
