"""A year's notice of days off and make-up days, as typed or from a file, before it becomes a calendar. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from shounuo.regulations.refusals import Refused
from shounuo.regulations.wording import day_words, listed
from shounuo.rules.calendars import CalendarSpec
from shounuo.rules.calendars.china import provisional_days

DAY = re.compile(r"(?:(?P<y>\d{4})[-年/.])?(?P<m>\d{1,2})[-月/.](?P<d>\d{1,2})日?")
BETWEEN = re.compile(r"\s*(?:至|到|~|～|—|–|\.\.|-|to)\s*", re.IGNORECASE)
LONGEST_RUN = 31
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says: days off by the holiday's name, days worked in exchange, and where it stands."""

    year: int
    off: Mapping[str, tuple[date, ...]]
    worked: tuple[date, ...] = ()
    title: str = ""
    paper: str = ""
    published: date | None = None

    @property
    def days_off(self) -> frozenset[date]:
        """All days off."""
        return frozenset(day for days in self.off.values() for day in days)


def off_lines(notice: Notice) -> str:
    """Days off as lines for the form: "元旦：2027-01-01 至 2027-01-03"."""
    return "\n".join(f"{name}：{'，'.join(_runs(sorted(days)))}" for name, days in notice.off.items())


def worked_lines(notice: Notice) -> str:
    """Make-up days as lines for the form."""
    return "\n".join(str(day) for day in sorted(notice.worked))


def _runs(days: list[date]) -> Iterator[str]:
    first = last = days[0]
    for day in [*days[1:], date.max]:
        if day - last == ONE_DAY:
            last = day
            continue
        yield f"{first} 至 {last}" if first != last else str(first)
        first = last = day


def read_off(text: str, year: int) -> dict[str, tuple[date, ...]]:
    """Days off from lines; `Refused` names the line that does not fit."""
    found: dict[str, tuple[date, ...]] = {}
    for number, line in _lines(text):
        first = DAY.search(line)
        name = line[: first.start()].strip(" ：:，,\t") if first else ""
        if not first or not name:
            raise Refused(_("第 %(line)s 行要有节日名称和日期，例如：元旦：2027-01-01 至 2027-01-03。")
                          % {"line": number}, "off")  # fmt: skip
        found[name] = (*found.get(name, ()), *read_days(line[first.start() :], year, number, "off"))
    return found


def read_worked(text: str, year: int) -> tuple[date, ...]:
    """Make-up days from lines."""
    return tuple(day for number, line in _lines(text) for day in read_days(line, year, number, "worked"))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    yield from ((n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip())


def read_days(text: str, year: int, number: int, where: str) -> list[date]:
    """Dates and ranges of one line; a date without year is in ``year``."""
    found: list[date] = []
    place, last_end = 0, -1
    while match := DAY.search(text, place):
        day = _date(match, year, number, where)
        between = text[last_end : match.start()] if last_end >= 0 else ""
        if found and BETWEEN.fullmatch(between):
            found += _until(found[-1], day, number, where)
        else:
            found.append(day)
        place = last_end = match.end()
    if not found:
        raise Refused(_("第 %(line)s 行没有日期。") % {"line": number}, where)
    return found


def _date(match: re.Match[str], year: int, number: int, where: str) -> date:
    try:
        return date(int(match["y"] or year), int(match["m"]), int(match["d"]))
    except ValueError:
        raise Refused(
            _("第 %(line)s 行的“%(day)s”不是一个日期。") % {"line": number, "day": match[0]}, where
        ) from None


def _until(first: date, last: date, number: int, where: str) -> list[date]:
    if not first < last <= first + LONGEST_RUN * ONE_DAY:
        raise Refused(_("第 %(line)s 行的起止日期不对：%(first)s 至 %(last)s。")
                      % {"line": number, "first": first, "last": last}, where)  # fmt: skip
    return [first + n * ONE_DAY for n in range(1, (last - first).days + 1)]


def check(notice: Notice, spec: CalendarSpec) -> None:
    """Refuse what cannot be a notice for this calendar's next year, or a year it already has."""
    first, last = spec.coverage[0].year, spec.coverage[1].year + 1
    if not first <= notice.year <= last:
        raise Refused(
            _("只能公布 %(first)s 至 %(last)s 年：年份要一年接一年。") % {"first": first, "last": last},
            "year",
        )
    both = sorted(notice.days_off & set(notice.worked))
    if both:
        raise Refused(
            _("既是放假又是上班：%(days)s。") % {"days": listed(day_words(day, notice.year) for day in both)},
            "worked",
        )
    for where, days in (("off", notice.days_off), ("worked", notice.worked)):
        beyond = sorted(day for day in days if not _belongs(day, notice.year))
        if beyond:
            said = {"days": listed(str(day) for day in beyond), "year": notice.year}
            raise Refused(_("不在 %(year)s 年（或上一年十二月）：%(days)s。") % said, where)
    if not notice.off:
        raise Refused(_("至少要有一个放假的日子。"), "off")


def _belongs(day: date, year: int) -> bool:
    return day.year == year or (day.year == year - 1 and day.month == 12)


@dataclass(slots=True)
class Concerns:
    """What is unusual about a notice and should be looked at again; nothing of it is refused."""

    year: int
    words: list[str] = field(default_factory=list)

    def add(self, text: str, days: Iterable[date]) -> None:
        """A sentence about some days, when there are any."""
        found = sorted(days)
        if found:
            self.words.append(text % {"days": listed(day_words(day, self.year) for day in found)})


def concerns(notice: Notice, today: date) -> list[str]:
    """Sentences about what is unusual."""
    found = Concerns(notice.year)
    found.add(_("调休上班日通常是周末，请核对：%(days)s。"), (d for d in notice.worked if d.isoweekday() < 6))
    by_law = provisional_days(notice.year)
    found.add(_("法律规定的放假日不在其中：%(days)s。"), set(by_law) - notice.days_off)
    lonely = (d for d in notice.worked if not any(abs((d - o).days) <= 10 for o in notice.days_off))
    found.add(_("前后十天都没有放假的调休上班日：%(days)s。"), lonely)
    if not notice.worked:
        found.words.append(_("没有调休上班日；多数年份都有。"))
    if notice.published and notice.published > today:
        found.words.append(_("公布日期在今天以后。"))
    if not notice.paper:
        found.words.append(_("没有写通知的网址或文号，日后难以核对。"))
    return found.words
