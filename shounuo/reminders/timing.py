"""When a reminder may leave the house. Pure: civil times of the installation's zone in, civil times out."""

from datetime import datetime, time, timedelta

from shounuo.rules.calendars import Calendar, OutOfCoverage
from shounuo.rules.deadlines import due
from shounuo.rules.words import parse_words

PARTY_FROM, PARTY_UNTIL = time(8), time(21)
"""Between these hours those who asked are sent messages."""

Quiet = tuple[time, time] | None
"""From and until; a span over midnight is possible."""


def leaves_at(at: datetime, calendar: Calendar | None, urgent: bool, quiet: Quiet = None) -> datetime:
    """At once when urgent; else in office hours and outside the person's quiet hours.

    Where the calendar does not reach, it leaves at once: late news is worse than news at night.
    """
    if urgent:
        return at
    for _round in range(14):
        opened = after_quiet(opening(at, calendar), quiet)
        if opened == at:
            break
        at = opened
    return at


def opening(at: datetime, calendar: Calendar | None) -> datetime:
    """`at` itself inside office hours, else the next opening."""
    try:
        return calendar.next_opening(at) if calendar else at
    except OutOfCoverage:
        return at


def after_quiet(at: datetime, quiet: Quiet) -> datetime:
    """`at` itself outside the quiet hours, else their end."""
    if quiet is None or not _within(at.time(), *quiet):
        return at
    end = datetime.combine(at.date(), quiet[1])
    return end if end > at else end + timedelta(days=1)


def _within(now: time, since: time, until: time) -> bool:
    return since <= now < until if since <= until else now >= since or now < until


def in_party_hours(at: datetime) -> datetime:
    """`at` itself by day, else the next morning."""
    return after_quiet(at, (PARTY_UNTIL, PARTY_FROM))


def later(at: datetime, words: str | None, calendar: Calendar | None) -> datetime:
    """`at` plus budget words ("1 working day"); a day later where the calendar does not reach; empty: at once."""
    if not words:
        return at
    if calendar is not None:
        try:
            found: datetime | None = due(calendar, at, parse_words(words)).at
        except OutOfCoverage:
            found = None
        if found is not None:
            return found
    return at + timedelta(days=1)
