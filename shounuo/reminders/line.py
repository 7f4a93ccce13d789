"""The climbing line: who hears of a breach after the handler, and after how long.

The regulations say nothing of it, so it is a setting (docs/packs.md): a pack may bring the two settings below, and
the organisation decides them like any other; without them these defaults count.
"""

from datetime import datetime
from typing import NamedTuple

from shounuo.reminders.models import Level
from shounuo.reminders.timing import later
from shounuo.rules.calendars import Calendar
from shounuo.rules.edition import Edition

LINE: tuple[tuple[str, str, str | None], ...] = (
    (Level.SECTION_HEAD, "section_head_hears_after", None),
    (Level.LEADER, "leader_hears_after", "1 working day"),
)
"""Level, setting, and the length that counts without it; an empty length means as soon as it is broken."""


class Step(NamedTuple):
    """Who hears, and from when on (civil time)."""

    level: str
    at: datetime


def steps(edition: Edition, breached: datetime, calendar: Calendar | None) -> list[Step]:
    """The steps after a breach, in their order."""
    return [
        Step(level, later(breached, _length(edition, key, usual, breached), calendar))
        for level, key, usual in LINE
    ]


def _length(edition: Edition, key: str, usual: str | None, on: datetime) -> str | None:
    if key not in edition.pack.settings:
        return usual
    value = edition.setting(key, on.date())
    return str(value) if value else None


def office_calendar(edition: Edition, name: str = "office") -> Calendar | None:
    """The calendar a rule names, else the one called `office`, else the first; None without any."""
    found = edition.calendars
    return found.get(name) or found.get("office") or next(iter(found.values()), None)
