"""From one version of a calendar to the next: a year published, days set apart, other office hours. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from shounuo.regulations.calendar_notice import Notice
from shounuo.regulations.refusals import Refused
from shounuo.rules.calendars import CalendarSpec, Hours, Name, Source
from shounuo.rules.calendars.china import ENGLISH, provisional_days

Day = tuple[tuple[int, int], ...]


def with_notice(spec: CalendarSpec, notice: Notice) -> CalendarSpec:
    """The calendar with a year's notice: what it says of a date takes the place of what was said before.

    A year published for the first time ends the provisional stretch; the next year is provisional then, where the
    days fixed by law are known.
    """
    dropped = {day for day in spec.off | spec.makeup if _replaced(day, notice.year, spec)}
    worked = set(notice.worked)
    off = (spec.off - dropped - worked) | notice.days_off
    weekend = {day for day in worked if day.isoweekday() > 5}
    makeup = (spec.makeup - dropped - notice.days_off) | weekend
    names = {day: name for day, name in spec.names.items() if day not in dropped}
    names |= {day: _name(name) for name, days in notice.off.items() for day in days}
    last = max(spec.coverage[1], date(notice.year, 12, 31))
    values: dict[str, Any] = {
        "coverage": (spec.coverage[0], last), "off": off, "makeup": makeup, "names": names,
        "sources": _sources(spec, notice),
    } | _provisional(spec, last, names)  # fmt: skip
    return _valid(spec, values)


def _replaced(day: date, year: int, spec: CalendarSpec) -> bool:
    """Days of that year; its December stays when the next year's notice has come, which may speak of it."""
    return day.year == year and not (day.month == 12 and spec.coverage[1].year > year)


def _name(zh: str) -> Name:
    parts = zh.split("、")
    return Name(
        zh=zh, en=" and ".join(ENGLISH[one] for one in parts) if all(one in ENGLISH for one in parts) else ""
    )


def _sources(spec: CalendarSpec, notice: Notice) -> tuple[Source, ...]:
    new = Source(year=notice.year, paper=notice.paper, title=notice.title, published=notice.published)
    return (*(one for one in spec.sources if (one.year, one.paper) != (new.year, new.paper)), new)


def _provisional(spec: CalendarSpec, last: date, names: Mapping[date, Name]) -> dict[str, Any]:
    """The stretch after the coverage: as it was while it still reaches beyond, else the next year by law."""
    if spec.provisional_to is None or spec.provisional_to > last:
        return {"provisional_off": frozenset(day for day in spec.provisional_off if day > last)}
    by_law = provisional_days(last.year + 1)
    return {
        "provisional_to": date(last.year + 1, 12, 31) if by_law else None,
        "provisional_off": frozenset(by_law),
        "names": {**names, **by_law},
    }


def with_days(spec: CalendarSpec, first: date, last: date, hours: Day | None, name: str = "") -> CalendarSpec:
    """Some days set apart: () is closed, hours replace the ordinary ones, None gives the ordinary ones back."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    overrides = {day: found for day, found in spec.overrides.items() if day not in days}
    names = {day: found for day, found in spec.names.items() if day not in days or day not in spec.overrides}
    if hours is not None:
        overrides |= dict.fromkeys(days, hours)
        names |= dict.fromkeys(days, Name(zh=name)) if name else {}
    return _valid(spec, {"overrides": overrides, "names": names})


def with_hours(
    spec: CalendarSpec, since: date, weekly: Mapping[str, Day], seasons: Iterable[Mapping[str, Any]]
) -> CalendarSpec:
    """Other office hours from a date on; the days before it stay as they were counted."""
    earlier = [one for one in spec.hours_from if one.from_ < since]
    new = Hours.model_validate({"from": since, "weekly": dict(weekly), "seasons": list(seasons)})
    return _valid(spec, {"hours_from": (*earlier, new)})


def _valid(spec: CalendarSpec, values: Mapping[str, Any]) -> CalendarSpec:
    """The calendar with some parts changed, checked again as a whole."""
    changed = spec.model_copy(update=dict(values))
    try:
        return CalendarSpec.model_validate(changed.model_dump(mode="json", by_alias=True))
    except ValidationError as error:
        raise Refused(str(error.errors()[0]["msg"])) from None
