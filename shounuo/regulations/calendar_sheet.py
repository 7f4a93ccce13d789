"""A calendar as its page shows it: hours, the notice of each year, the days of this year, what is provisional. Pure."""

from dataclasses import dataclass
from datetime import date

from shounuo.regulations.calendar_hours import week_lines
from shounuo.regulations.wording import WEEKDAYS, reads_chinese
from shounuo.rules.calendars import CalendarSpec


@dataclass(frozen=True, slots=True)
class Source:
    """A year and the paper its days come from."""

    year: int
    title: str
    paper: str
    published: date | None
    note: str


@dataclass(frozen=True, slots=True)
class CalendarSheet:
    """A calendar in words. `first` and `last` bound what is published; after that it is provisional to `provisional`."""

    title: str
    first: date
    last: date
    provisional: date | None
    provisional_days: tuple[tuple[str, int], ...]
    hours: tuple[tuple[str, str], ...]
    seasons: tuple[tuple[str, str], ...]
    later_hours: tuple[tuple[date, str], ...]
    sources: tuple[Source, ...]
    overrides: tuple[tuple[date, str], ...]


def calendar_sheet(title: str, spec: CalendarSpec, today: date) -> CalendarSheet:
    """What the page shows of one version: the hours are those in force on a day, and those that come later."""
    first, last = spec.coverage
    weekly, seasons = spec.hours_on(today)
    days = [_name(spec, day) for day in sorted(spec.provisional_off)]
    return CalendarSheet(
        title, first, last, spec.provisional_to,
        tuple((name, days.count(name)) for name in dict.fromkeys(days)),
        tuple((str(WEEKDAYS[day]), hours_words(weekly.get(str(day + 1), ()))) for day in range(7)),  # type: ignore[call-overload]
        tuple((f"{one.from_} – {one.to}", week_lines(dict(one.weekly))) for one in seasons),
        tuple((one.from_, week_lines(dict(one.weekly), one.seasons)) for one in spec.hours_from if one.from_ > today),
        tuple(_sources(spec)),
        tuple((day, hours_words(spec.overrides[day])) for day in sorted(spec.overrides, reverse=True)),
    )  # fmt: skip


def hours_words(hours: tuple[tuple[int, int], ...]) -> str:
    """ "09:00–12:00  13:30–17:30", "" for a day off."""
    return "  ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in hours)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _name(spec: CalendarSpec, day: date) -> str:
    name = spec.names.get(day)
    return "" if name is None else (name.zh if reads_chinese() else name.en or name.zh)


def _sources(spec: CalendarSpec) -> list[Source]:
    found = []
    for one in sorted(spec.sources, key=lambda source: (-source.year, str(source.published))):
        note = (one.note.zh if reads_chinese() else one.note.en or one.note.zh) if one.note else ""
        found.append(Source(one.year, one.title, one.paper, one.published, note))
    return found
