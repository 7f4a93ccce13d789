"""Calendars: office hours of every date, versioned as data, compiled to tables."""

from .china import official_china
from .compiled import Calendar, DayKind, OutOfCoverage
from .spec import CalendarSpec, Hours, Name, Season, Source
from .tables import Tables

__all__ = [
    "Calendar",
    "CalendarSpec",
    "DayKind",
    "Hours",
    "Name",
    "OutOfCoverage",
    "Season",
    "Source",
    "compile_calendar",
    "official_china",
]


def compile_calendar(spec: CalendarSpec) -> Calendar:
    """Compile one calendar version once; every question is then a look-up."""
    return Calendar(spec, Tables(spec))
