"""From the calendar of a pack to a compiled one: official days of a country, local hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar, official_china
from shounuo.rules.calendars.netherlands import official_netherlands
from shounuo.rules.shapes.pack import CalendarPart

FIRST, LAST = date(1990, 1, 1), date(2059, 12, 31)
"""Coverage of calendars without official days."""


def spec_of(part: CalendarPart, overrides: Mapping[Any, Any] | None = None) -> CalendarSpec:
    """The calendar as data; ``overrides`` replace whole days. Raises ValueError (pydantic's ValidationError is one)."""
    if part.base == "netherlands":
        return official_netherlands(part.weekly, part.tz, part.seasons, overrides, part.worked, part.also_off)
    if part.worked or part.also_off:
        raise ValueError(f"worked and also_off name public holidays; base {part.base} has no such names")
    if part.base == "china":
        return official_china(weekly=part.weekly, seasons=part.seasons, overrides=overrides)
    return CalendarSpec.model_validate(
        {
            "tz": part.tz,
            "coverage": (FIRST, LAST),
            "weekly": part.weekly,
            "seasons": list(part.seasons),
            "overrides": overrides or {},
        }
    )


def compiled(part: CalendarPart) -> Calendar:
    """The pack's calendar, compiled once for equal parts."""
    return _compiled(part.model_dump_json())


@lru_cache(maxsize=32)
def _compiled(text: str) -> Calendar:
    return compile_calendar(spec_of(CalendarPart.model_validate_json(text)))
