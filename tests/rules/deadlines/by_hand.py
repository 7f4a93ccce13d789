"""Moments, pauses and calendars as examples worked out by hand write them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar, official_china
from shounuo.rules.deadlines import Pause

HOUR = 3600
NINE_TO_FIVE = {str(day): [["09:00", "17:00"]] for day in range(1, 6)}


def at(text: str) -> datetime:
    """ "03-02 09:00" of 2026, or with its own year."""
    return datetime.fromisoformat(text if text[4:5] == "-" else f"2026-{text}")


def stop(a: str, b: str | None) -> Pause:
    return at(a), None if b is None else at(b)


def calendar_of(**more: Any) -> Calendar:
    return compile_calendar(CalendarSpec.model_validate({**official_china().model_dump(), **more}))
