"""A notice of days off from a file: JSON like the bundled notices, CSV, or an iCalendar file. Pure.

CSV: a date, a name and a kind a line, in any order of columns when there is a head. iCalendar: an event a
holiday or make-up day, as published calendars have them ("国庆节 休", "国庆节 班").
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from shounuo.regulations.calendar_notice import DAY, LONGEST_RUN, Notice
from shounuo.regulations.refusals import Refused

LARGEST = 256 * 1024
MOST_LINES = 2_000
WORKED = re.compile(r"班|work|make-?up", re.IGNORECASE)
TAIL = re.compile(r"[\s（(\[【]*(?:放假|休息|休|假期|假|补班|调休上班|上班|班)?[\s）)\]】]*\Z")
HEADS = {"date": {"date", "day", "日期", "日", "dates"}, "name": {"name", "holiday", "名称", "节日", "说明", "summary"},
         "kind": {"kind", "type", "类型", "休班", "安排", "status"}}  # fmt: skip
ONE_DAY = timedelta(days=1)

Entry = tuple[date, str, bool]
"""A day, the holiday's name, and whether it is worked."""


def read_file(name: str, content: bytes) -> Notice:
    """The notice in a file; `Refused` says in words what does not fit, with the line where there is one."""
    if len(content) > LARGEST:
        raise Refused(_("文件太大：最多 256 KiB。"), "file")
    text = _decoded(content)
    head = text.lstrip()[:15].upper()
    if head.startswith("{") or name.lower().endswith(".json"):
        return _json(text)
    entries = list(_ics(text) if head.startswith("BEGIN:VCALENDAR") else _csv(text))
    if not entries:
        raise Refused(_("文件里没有放假或上班的日子。"), "file")
    return _notice(entries)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("读不出这个文件的文字编码，请存成 UTF-8。"), "file")


def _notice(entries: list[Entry], **more: Any) -> Notice:
    off: dict[str, list[date]] = {}
    for day, name, worked in entries:
        if not worked:
            off.setdefault(name, []).append(day)
    years = sorted(day.year for day, _name, _worked in entries)
    sorted_off = {name: tuple(sorted(set(days))) for name, days in off.items()}
    worked_days = tuple(sorted({day for day, _name, worked in entries if worked}))
    return Notice(max(set(years), key=years.count), sorted_off, worked_days, **more)


def _json(text: str) -> Notice:
    try:
        found = json.loads(text)
        off = {
            str(name): tuple(date.fromisoformat(day) for day in days) for name, days in found["off"].items()
        }
        worked = tuple(date.fromisoformat(day) for day in found.get("worked", ()))
        paper = next(iter(found.get("notices") or [{}]))
        published = date.fromisoformat(paper["published"]) if paper.get("published") else None
        return Notice(
            int(found["year"]),
            off,
            worked,
            str(paper.get("title", "")),
            str(paper.get("paper", "")),
            published,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(
            _("JSON 要有 year、off（节日名称到日期的列表）和 worked，与随附的通知文件一样。"), "file"
        ) from None


def _csv(text: str) -> Iterator[Entry]:
    sample = text[:2000]
    delimiter = max(",;\t，", key=sample.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    order: dict[str, int] = {"date": 0, "name": 1, "kind": 2}
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if number > MOST_LINES:
            raise Refused(_("行数太多：最多 %(most)s 行。") % {"most": MOST_LINES}, "file")
        if not any(cells):
            continue
        if number == 1 and not DAY.search(" ".join(cells)):
            order = _order(cells)
            continue
        yield _entry(cells, order, number)


def _order(cells: list[str]) -> dict[str, int]:
    found = {
        key: next((i for i, cell in enumerate(cells) if cell.lower() in names), -1)
        for key, names in HEADS.items()
    }
    if found["date"] < 0 or found["kind"] < 0:
        raise Refused(_("表头要有“日期”和“类型”（休或班），还可以有“名称”。"), "file")
    return found


def _entry(cells: list[str], order: dict[str, int], number: int) -> Entry:
    def cell(key: str) -> str:
        return cells[order[key]] if 0 <= order[key] < len(cells) else ""

    match = DAY.fullmatch(cell("date"))
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"])) if match and match["y"] else None
    except ValueError:
        day = None
    if day is None:
        raise Refused(
            _("第 %(line)s 行的“%(day)s”不是一个日期。") % {"line": number, "day": cell("date")[:20]}, "file"
        )
    worked = bool(WORKED.search(cell("kind")))
    if not worked and not cell("name"):
        raise Refused(_("第 %(line)s 行没有节日名称。") % {"line": number}, "file")
    return day, cell("name"), worked


def _ics(text: str) -> Iterator[Entry]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    events = re.findall(r"BEGIN:VEVENT(.*?)END:VEVENT", unfolded, re.DOTALL)
    for number, event in enumerate(events[:MOST_LINES], 1):
        values = dict(re.findall(r"^([A-Z-]+)[^:\n]*:(.*?)\r?$", event, re.MULTILINE))
        summary = values.get("SUMMARY", "").replace("\\,", ",").strip()
        first = _ics_day(values.get("DTSTART", ""), number)
        last = _ics_day(values["DTEND"], number) - ONE_DAY if "DTEND" in values else first
        if not first <= max(first, last) <= first + LONGEST_RUN * ONE_DAY:
            raise Refused(_("第 %(n)s 个事件的起止日期不对。") % {"n": number}, "file")
        worked, name = bool(WORKED.search(summary)), TAIL.sub("", summary)
        for n in range((max(first, last) - first).days + 1):
            yield first + n * ONE_DAY, name or summary, worked


def _ics_day(text: str, number: int) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise Refused(_("第 %(n)s 个事件没有日期。") % {"n": number}, "file") from None
