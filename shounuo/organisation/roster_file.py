"""Reading a roster from a CSV file: one row a turn; every fault is told with line and column.

The heads of the columns may be Chinese or English: 日期 date, 开始 from, 结束 to, 姓名 or 工号 person, 值班主任 supervisor.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shounuo.organisation.actions import Turn
from shounuo.organisation.models import Person, Unit

MOST_BYTES, MOST_ROWS = 512 * 1024, 2000
HEADS: Mapping[str, str] = {
    "date": "day",
    "from": "starts",
    "to": "ends",
    "person": "person",
    "supervisor": "supervises",
    gettext_noop("日期"): "day",
    gettext_noop("开始"): "starts",
    gettext_noop("结束"): "ends",
    gettext_noop("姓名"): "person",
    gettext_noop("工号"): "person",
    gettext_noop("值班主任"): "supervises",
}
YES, NO = {"yes", "y", "1", "true", gettext_noop("是")}, {"", "no", "n", "0", "false", gettext_noop("否")}


class RosterFault(NamedTuple):
    """What is wrong, on which line, in which column."""

    line: int
    column: str
    said: str


class BadRoster(Exception):
    """The file cannot be taken; every fault found."""

    def __init__(self, faults: list[RosterFault]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def read_roster(content: bytes, unit: Unit) -> list[Turn]:
    """The turns in a file, in its order; raises `BadRoster`."""
    rows = list(csv.reader(io.StringIO(_text(content))))
    if not rows or len(rows) > MOST_ROWS:
        raise BadRoster([RosterFault(1, "", _("文件应有 1 到 %(most)s 行") % {"most": MOST_ROWS})])
    where = _columns(rows[0])
    people = _people(unit)
    faults: list[RosterFault] = []
    turns = [
        turn
        for line, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row) and (turn := _turn(line, row, where, people, faults))
    ]
    if faults or not turns:
        raise BadRoster(faults or [RosterFault(1, "", _("只有表头，没有值班"))])
    return turns


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise BadRoster([RosterFault(1, "", _("文件太大"))])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadRoster([RosterFault(1, "", _("不是 CSV 文字文件（UTF-8 或 GB18030）"))])


def _columns(head: list[str]) -> dict[str, tuple[int, str]]:
    """Meaning -> place and title of its column."""
    found = {
        HEADS[cell.strip().lower()]: (n, cell) for n, cell in enumerate(head) if cell.strip().lower() in HEADS
    }
    missing = [name for name in ("day", "starts", "ends", "person") if name not in found]
    if missing:
        needed = _("、").join(_(title) for title, name in list(HEADS.items())[5:] if name in missing)
        raise BadRoster([RosterFault(1, "", _("表头缺少这些列：%(columns)s") % {"columns": needed})])
    return found


def _people(unit: Unit) -> dict[str, list[Person]]:
    """The people of the house by number and name."""
    found: dict[str, list[Person]] = {}
    for person in Person.objects.filter(organisation=unit.house):
        for word in {person.staff_no, person.name_zh, person.name_en} - {""}:
            found.setdefault(word.lower(), []).append(person)
    return found


def _turn(
    line: int,
    row: list[str],
    where: Mapping[str, tuple[int, str]],
    people: Mapping[str, list[Person]],
    faults: list[RosterFault],
) -> Turn | None:
    before = len(faults)

    def cell(name: str) -> str:
        place = where.get(name, (len(row), ""))[0]
        return row[place].strip() if place < len(row) else ""

    def wrong(name: str, said: str) -> None:
        faults.append(RosterFault(line, where[name][1], said))

    day, starts, ends = _day(cell("day")), _time(cell("starts")), _time(cell("ends"))
    if day is None:
        wrong("day", _("“%(value)s”不是日期，应写成 2026-01-31") % {"value": cell("day")[:40]})
    for name, value in (("starts", starts), ("ends", ends)):
        if value is None:
            wrong(name, _("“%(value)s”不是时间，应写成 08:30") % {"value": cell(name)[:40]})
    same = people.get(cell("person").lower(), [])
    if len(same) != 1:
        said = _("没有叫“%(name)s”的人") if not same else _("叫“%(name)s”的不止一人，请写工号")
        wrong("person", said % {"name": cell("person")[:40]})
    supervises = cell("supervises").lower()
    if supervises not in YES | NO:
        wrong("supervises", _("应写“是”或“否”"))
    if len(faults) > before or day is None or starts is None or ends is None:
        return None
    return Turn(day, starts, ends, same[0], supervises in YES)


def _day(said: str) -> date | None:
    try:
        return (
            date.fromisoformat(said.replace("/", "-"))
            if "/" not in said
            else date(*map(int, said.split("/")))
        )
    except (ValueError, TypeError):
        return None


def _time(said: str) -> time | None:
    try:
        hours, minutes = said.split(":")[:2]
        return time(int(hours), int(minutes))
    except ValueError:
        return None
