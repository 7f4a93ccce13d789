"""A year of a calendar as a table: months, days with their marks, and the list of what is out of the ordinary. Pure."""

from calendar import Calendar as Grid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shounuo.regulations.calendar_hours import hours_line
from shounuo.regulations.wording import reads_chinese
from shounuo.rules.calendars import Calendar, DayKind, OutOfCoverage
from shounuo.rules.calendars.changes import DayChange

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day: what it is to the office, the mark that says so without colour, and the words for it."""

    day: date
    kind: str
    mark: str
    words: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of days; None fills the corners."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that are out of the ordinary in the same way."""

    first: date
    last: date
    kind: str
    words: str
    hours: str

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


def kind_words(kind: DayKind) -> str:
    """What a date is to the office."""
    known: Mapping[DayKind, str] = {
        DayKind.WORKING: _("上班"), DayKind.WEEKEND: _("周末"), DayKind.HOLIDAY: _("放假"),
        DayKind.MAKEUP: _("调休上班"), DayKind.CLOSED: _("不办公"), DayKind.HALF_DAY: _("半天上班"),
    }  # fmt: skip
    return str(known[kind])


def weekday_words() -> list[str]:
    """The heads of a month's columns, from Monday on."""
    return list("一二三四五六日") if reads_chinese() else ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def mark(kind: DayKind) -> str:
    """One character for a day; "" for an ordinary one."""
    known = {
        DayKind.HOLIDAY: pgettext("day", "休"), DayKind.MAKEUP: pgettext("day", "班"),
        DayKind.CLOSED: pgettext("day", "停"), DayKind.HALF_DAY: pgettext("day", "半"),
    }  # fmt: skip
    return str(known.get(kind, ""))


def years_of(calendar: Calendar) -> tuple[int, int]:
    """The first and the last year that can be shown."""
    return calendar.coverage[0].year, calendar.spec.last.year


def months(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = tuple(
        tuple(_cell(calendar, day) if day.month == number else None for day in week)
        for week in Grid().monthdatescalendar(year, number)
    )
    working = sum(1 for week in weeks for cell in week if cell and calendar.is_working_day(cell.day))
    return Month(date(year, number, 1), weeks, working)


def _cell(calendar: Calendar, day: date) -> DayCell:
    kind = calendar.day_kind(day)
    return DayCell(day, kind.value, mark(kind), day_words(calendar, day, kind), calendar.is_provisional(day))


def day_words(calendar: Calendar, day: date, kind: DayKind) -> str:
    """What a day is, with its name: "放假（元旦）"."""
    name = calendar.day_name(day, "zh" if reads_chinese() else "en")
    words = kind_words(kind)
    plain = kind in (DayKind.WORKING, DayKind.WEEKEND)
    return _("%(kind)s（%(name)s）") % {"kind": words, "name": name} if name and not plain else words


def out_of_the_ordinary(calendar: Calendar, year: int) -> list[Stretch]:
    """Holidays, make-up days, closed and half days of a year, each run as one line."""
    found: list[Stretch] = []
    for cell in (cell for month in months(calendar, year) for week in month.weeks for cell in week if cell):
        if not cell.mark:
            continue
        hours = hours_line(calendar.tables.patterns[calendar.index(cell.day)])
        last = found[-1] if found else None
        if last and last.last + ONE_DAY == cell.day and (last.words, last.hours) == (cell.words, hours):
            found[-1] = Stretch(last.first, cell.day, last.kind, last.words, last.hours)
        else:
            found.append(Stretch(cell.day, cell.day, cell.kind, cell.words, hours))
    return found


@dataclass(frozen=True, slots=True)
class Changed:
    """Days in a row that differ alike between two versions, in words."""

    first: date
    last: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version changed against another: the first runs of days that are otherwise now, how many days those
    are in all, and how many only became definite or were added as they were expected.
    """

    lines: tuple[Changed, ...]
    days: int
    settled: int
    added: int

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.days or self.settled or self.added)


def changed(old: Calendar, new: Calendar, found: Iterable[DayChange], most: int = 60) -> Difference:
    """The difference in words; runs of days that differ alike are one line."""
    lines: list[Changed] = []
    days = settled = added = 0
    for one in found:
        if one.before is None:
            added += 1
            continue
        before, after = _told(old, one.day), _told(new, one.day)
        if before == after:
            settled += 1
            continue
        days += 1
        last = lines[-1] if lines else None
        if last and last.last + ONE_DAY == one.day and (last.before, last.after) == (before, after):
            lines[-1] = Changed(last.first, one.day, before, after)
        elif len(lines) < most:
            lines.append(Changed(one.day, one.day, before, after))
    return Difference(tuple(lines), days, settled, added)


def _told(calendar: Calendar, day: date) -> str:
    """What a version says of a day: its kind and hours, or that it does not reach it."""
    try:
        kind = calendar.day_kind(day)
    except OutOfCoverage:
        return _("没有日历")
    hours = hours_line(calendar.tables.patterns[calendar.index(day)])
    return f"{day_words(calendar, day, kind)} {hours}".strip()
