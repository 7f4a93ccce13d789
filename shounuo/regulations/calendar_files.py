"""A notice of days off from a file: JSON like the bundled notices, CSV, or an iCalendar file. Pure.

CSV: a date, a name and a kind a line, in any order of columns when there is a head. iCalendar: an event a
holiday or make-up day, as published calendars have them ("国庆节 休", "国庆节 班").
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shounuo.regulations.calendar_notice import DAY, LONGEST_RUN, Notice
from shounuo.regulations.refusals import Refused
from shounuo.regulations.wording import sentences

LARGEST = 256 * 1024
MOST_LINES = 2_000
MOST_FAULTS = 20
"""So many lines that do not fit are named; more are counted."""
WORKED = re.compile(r"班|work|make-?up", re.IGNORECASE)
TAIL = re.compile(r"[\s（(\[【]*(?:放假|休息|休|假期|假|补班|调休上班|上班|班)?[\s）)\]】]*\Z")
HEADS = {"date": {"date", "day", "日期", "日", "dates"}, "name": {"name", "holiday", "名称", "节日", "说明", "summary"},
         "kind": {"kind", "type", "类型", "休班", "安排", "status"}}  # fmt: skip
ONE_DAY = timedelta(days=1)
PROPERTY = re.compile(r"([A-Z-]+)[^:]*:(.*)")

Entry = tuple[date, str, bool]
"""A day, the holiday's name, and whether it is worked."""


class BadLines(Refused):
    """Every line of a file that does not fit; `faults` are sentences, the last of them how many more there are."""

    def __init__(self, faults: Sequence[str]) -> None:
        more = len(faults) - MOST_FAULTS
        rest = (
            ngettext("另有 %(n)s 行也不对。", "另有 %(n)s 行也不对。", more) % {"n": more} if more > 0 else ""
        )
        self.faults = [*faults[:MOST_FAULTS], *([rest] if rest else [])]
        super().__init__(sentences(*self.faults), "file")


@dataclass(slots=True)
class _Found:
    """What was read so far: days, and what is wrong with the lines that give none."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def checked(self) -> list[Entry]:
        """The days; `BadLines` when a line gives none."""
        if self.faults:
            raise BadLines(self.faults)
        if not self.entries:
            raise Refused(_("文件里没有放假或上班的日子。"), "file")
        return self.entries


def read_file(name: str, content: bytes) -> Notice:
    """The notice in a file; `Refused` says in words what does not fit, `BadLines` for each line of it."""
    if len(content) > LARGEST:
        raise Refused(_("文件太大：最多 256 KiB。"), "file")
    text = _decoded(content)
    head = text.lstrip()[:15].upper()
    if head.startswith("{") or name.lower().endswith(".json"):
        return _json(text)
    return _notice((_ics(text) if head.startswith("BEGIN:VCALENDAR") else _csv(text)).checked())


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("读不出这个文件的文字编码，请存成 UTF-8。"), "file")


def _notice(entries: Sequence[Entry]) -> Notice:
    off: dict[str, list[date]] = {}
    for day, name, worked in entries:
        if not worked:
            off.setdefault(name, []).append(day)
    years = sorted(day.year for day, _name, _worked in entries)
    sorted_off = {name: tuple(sorted(set(days))) for name, days in off.items()}
    worked_days = tuple(sorted({day for day, _name, worked in entries if worked}))
    return Notice(max(set(years), key=years.count), sorted_off, worked_days)


def _not_a_day(line: int, day: object) -> str:
    return _("第 %(line)s 行的“%(day)s”不是一个日期。") % {"line": line, "day": str(day)[:20]}


def _nameless(line: int) -> str:
    return _("第 %(line)s 行没有节日名称。") % {"line": line}


def _too_many() -> Refused:
    return Refused(_("行数太多：最多 %(most)s 行。") % {"most": MOST_LINES}, "file")


def _json(text: str) -> Notice:
    try:
        found = json.loads(text)
        days = _JsonDays(text)
        off = {str(name): tuple(days.read(one, name)) for name, one in found["off"].items()}
        worked = tuple(days.read(found.get("worked", ()), "worked"))
        paper = next(iter(found.get("notices") or [{}]))
        published = date.fromisoformat(paper["published"]) if paper.get("published") else None
        notice = Notice(
            int(found["year"]),
            off,
            worked,
            str(paper.get("title", "")),
            str(paper.get("paper", "")),
            published,
        )
    except json.JSONDecodeError as wrong:
        said = {"line": wrong.lineno, "column": wrong.colno}
        raise BadLines([_("第 %(line)s 行第 %(column)s 个字起不是 JSON。") % said]) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(
            _("JSON 要有 year、off（节日名称到日期的列表）和 worked，与随附的通知文件一样。"), "file"
        ) from None
    if days.faults:
        raise BadLines(days.faults)
    return notice


class _JsonDays:
    """Days of a JSON file; what is none is noted with its line."""

    def __init__(self, text: str) -> None:
        self.text, self.faults = text, list[str]()
        self.seen: dict[str, int] = {}

    def read(self, days: Any, name: str) -> Iterator[date]:
        """The days of a list that stands under ``name``; TypeError when there is no list."""
        if not isinstance(days, list | tuple):
            raise TypeError(name)
        for day in days:
            try:
                yield date.fromisoformat(day)
            except (ValueError, TypeError):
                self.faults.append(_not_a_day(self._line(day if isinstance(day, str) else name), day))

    def _line(self, said: str) -> int:
        """The line of a text as the file has it; of a text that stands there often, one after the other."""
        at = self.text.find(f'"{said}"', self.seen.get(said, 0))
        self.seen[said] = at + 1
        return self.text.count("\n", 0, max(at, 0)) + 1


def _csv(text: str) -> _Found:
    sample = text[:2000]
    delimiter = max(",;\t，", key=sample.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    order: dict[str, int] = {"date": 0, "name": 1, "kind": 2}
    found, line = _Found(), 0
    for number, row in enumerate(_rows(rows), 1):
        first, line = line + 1, rows.line_num
        cells = [cell.strip() for cell in row]
        if number > MOST_LINES:
            raise _too_many()
        if not any(cells):
            continue
        if number == 1 and not DAY.search(" ".join(cells)):
            order = _order(cells)
            continue
        _entry(found, cells, order, first)
    return found


def _rows(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        raise Refused(_("这不是 CSV 文件。"), "file") from None


def _order(cells: list[str]) -> dict[str, int]:
    found = {
        key: next((i for i, cell in enumerate(cells) if cell.lower() in names), -1)
        for key, names in HEADS.items()
    }
    if found["date"] < 0 or found["kind"] < 0:
        raise Refused(_("表头要有“日期”和“类型”（休或班），还可以有“名称”。"), "file")
    return found


def _entry(found: _Found, cells: list[str], order: dict[str, int], line: int) -> None:
    def cell(key: str) -> str:
        return cells[order[key]] if 0 <= order[key] < len(cells) else ""

    match = DAY.fullmatch(cell("date"))
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"])) if match and match["y"] else None
    except ValueError:
        day = None
    worked = bool(WORKED.search(cell("kind")))
    if day is None:
        found.faults.append(_not_a_day(line, cell("date")))
    elif not worked and not cell("name"):
        found.faults.append(_nameless(line))
    else:
        found.entries.append((day, cell("name"), worked))


@dataclass(slots=True)
class _Event:
    """An event of a calendar file: the line where it begins, and its fields with their lines."""

    line: int
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)

    def day(self, name: str, found: _Found) -> date | None:
        """The day of a field; what is none is noted."""
        text, line = self.fields.get(name, ("", self.line))
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        except ValueError:
            none = _("第 %(line)s 行起的事件没有日期。") % {"line": line}
            found.faults.append(_not_a_day(line, text) if text else none)
            return None


def _ics(text: str) -> _Found:
    found = _Found()
    for number, event in enumerate(_events(text), 1):
        if number > MOST_LINES:
            raise _too_many()
        first = event.day("DTSTART", found)
        after = event.day("DTEND", found) if "DTEND" in event.fields else None
        if first is None or ("DTEND" in event.fields and after is None):
            continue
        _days_of(event, first, max(first, after - ONE_DAY) if after else first, after, found)
    return found


def _days_of(event: _Event, first: date, last: date, after: date | None, found: _Found) -> None:
    summary = event.fields.get("SUMMARY", ("", 0))[0].replace("\\,", ",").strip()
    worked, name = bool(WORKED.search(summary)), TAIL.sub("", summary) or summary
    if (after and after < first) or (last - first).days > LONGEST_RUN:
        said = {"line": event.fields["DTEND"][1], "first": first, "last": after}
        found.faults.append(_("第 %(line)s 行的起止日期不对：%(first)s 至 %(last)s。") % said)
    elif not name and not worked:
        found.faults.append(_nameless(event.line))
    else:
        found.entries += [(first + n * ONE_DAY, name, worked) for n in range((last - first).days + 1)]


def _events(text: str) -> Iterator[_Event]:
    event: _Event | None = None
    for number, line in _unfolded(text):
        if line == "BEGIN:VEVENT":
            event = _Event(number)
        elif line == "END:VEVENT" and event:
            yield event
            event = None
        elif event and (match := PROPERTY.match(line)):
            event.fields[match[1]] = (match[2], number)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; one that begins with a space goes on with the line before (RFC 5545, 3.1)."""
    began, whole = 1, ""
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] in (" ", "\t"):
            whole += line[1:]
            continue
        yield began, whole
        began, whole = number, line
    yield began, whole
