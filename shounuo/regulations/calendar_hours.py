"""Office hours as people type them, and back: "周一至周五 09:00-12:00，13:30-17:30". Pure."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from shounuo.regulations.refusals import Refused
from shounuo.regulations.wording import reads_chinese
from shounuo.rules.calendars import Season

Day = tuple[tuple[int, int], ...]
Week = dict[str, Day]

ZH, EN = "一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TO = r"\s*(?:至|到|-|–|—|~|to)\s*"
_DAY = r"(?:周|星期|礼拜)?([一二三四五六日天])|\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
DAYS = re.compile(rf"(?:{_DAY})(?:{_TO}(?:{_DAY}))?", re.IGNORECASE)
HOURS = re.compile(rf"(\d{{1,2}})[:：](\d\d){_TO}(\d{{1,2}})[:：](\d\d)")
SEASON = re.compile(rf"(\d{{1,2}})[-月/](\d{{1,2}})日?{_TO}(\d{{1,2}})[-月/](\d{{1,2}})日?[:：]?\s*")
MOST_LINES = 60


def clock(seconds: int) -> str:
    """Seconds after midnight as HH:MM."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def hours_line(hours: Iterable[tuple[int, int]]) -> str:
    """ "09:00-12:00，13:30-17:30"."""
    comma = "，" if reads_chinese() else ", "
    return comma.join(f"{clock(begin)}-{clock(end)}" for begin, end in hours)


def week_lines(weekly: Mapping[Any, Day], seasons: Iterable[Season] = ()) -> str:
    """A week, and the weeks of its seasons, as lines for the form."""
    lines = list(_lines(weekly))
    for season in seasons:
        lines += [f"{season.from_} {_between()} {season.to}", *_lines(season.weekly)]
    return "\n".join(lines)


def _between() -> str:
    return "至" if reads_chinese() else "to"


def _lines(weekly: Mapping[Any, Day]) -> Iterable[str]:
    for hours, same in groupby(range(1, 8), key=lambda day: weekly.get(str(day), ())):
        days = list(same)
        if hours:
            yield f"{_days(days[0], days[-1])} {hours_line(hours)}"


def _days(first: int, last: int) -> str:
    names = [f"周{one}" for one in ZH] if reads_chinese() else list(EN)
    between = "至" if reads_chinese() else "-"
    return names[first - 1] if first == last else f"{names[first - 1]}{between}{names[last - 1]}"


def read_week(text: str) -> tuple[Week, list[dict[str, Any]]]:
    """The ordinary week and the seasons; `Refused` names the line that does not fit."""
    week: Week = {}
    seasons: list[dict[str, Any]] = []
    current = week
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        said = line.strip()
        if not said:
            continue
        if season := SEASON.fullmatch(said):
            current = {}
            seasons.append({"from": _month_day(season[1], season[2], number), "weekly": current,
                            "to": _month_day(season[3], season[4], number)})  # fmt: skip
            continue
        for day in _weekdays(said, number):
            current[day] = read_hours(said, number)
    if not week or any(not one["weekly"] for one in seasons):
        raise Refused(_("至少要有一天上班；每个季节都要写上班时间。"), "week")
    return week, seasons


def _month_day(month: str, day: str, number: int) -> str:
    found = f"{int(month):02}-{int(day):02}"
    if not ("01-01" <= found <= "12-31" and 1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        raise Refused(_("第 %(line)s 行的“%(day)s”不是一个日子。") % {"line": number, "day": found}, "week")
    return found


def _weekdays(line: str, number: int) -> list[str]:
    match = DAYS.match(line)
    if match is None:
        raise Refused(_("第 %(line)s 行要以星期开头，例如：周一至周五 09:00-12:00，13:30-17:30。")
                      % {"line": number}, "week")  # fmt: skip
    first = _number(match[1], match[2])
    last = _number(match[3], match[4]) if match[3] or match[4] else first
    if last < first:
        raise Refused(_("第 %(line)s 行的星期前后颠倒。") % {"line": number}, "week")
    return [str(day) for day in range(first, last + 1)]


def _number(zh: str | None, en: str | None) -> int:
    if zh:
        return ZH.index("日" if zh == "天" else zh) + 1
    return [one.lower() for one in EN].index(str(en).lower()) + 1


def read_hours(text: str, number: int = 1, where: str = "week") -> Day:
    """The hours in a line, checked for their order."""
    found = sorted((_seconds(m[1], m[2]), _seconds(m[3], m[4])) for m in HOURS.finditer(text))
    wrong = not found or any(not 0 <= begin < end <= 86400 for begin, end in found)
    if wrong or any(a[1] > b[0] for a, b in pairwise(found)):
        raise Refused(_("第 %(line)s 行要有先后不乱的上班时间，例如：09:00-12:00，13:30-17:30。")
                      % {"line": number}, where)  # fmt: skip
    return tuple(found)


def _seconds(hour: str, minute: str) -> int:
    return int(hour) * 3600 + int(minute) * 60 if int(minute) < 60 else -1
