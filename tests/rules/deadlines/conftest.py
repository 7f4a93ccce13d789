"""What the examples worked out by hand share."""

from __future__ import annotations

import pytest

from shounuo.rules.calendars import Calendar, compile_calendar, official_china


@pytest.fixture(scope="module")
def office() -> Calendar:
    """The official calendar of China with the usual office hours."""
    return compile_calendar(official_china())
