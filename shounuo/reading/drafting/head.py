"""The head of a draft pack, its calendar and its vocabulary."""

import re
from datetime import date
from typing import Any

from shounuo.reading.drafting.draft import Draft, quoted, words
from shounuo.reading.labels import han_number

UNKNOWN_DAY = "2000-01-01"
_DAY = r"(?P<y>[12]\d{3})\s*[年\-./]\s*(?P<m>\d{1,2})\s*[月\-./]\s*(?P<d>\d{1,2})\s*日?"
_IN_FORCE = re.compile(rf"自?{_DAY}\s*起?\s*(?:正式)?(?:施行|实施|执行|生效|试行)")
_ANY_DAY = re.compile(_DAY)
_HAN_DAY = re.compile(
    r"([一二])([〇○零O0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def head(draft: Draft, pack_id: str) -> dict[str, Any]:
    """`pack.yaml`."""
    return {
        "id": pack_id,
        "title": {"zh": _title(draft)},
        "issuer": {"zh": "待填"},
        "source": {"zh": "由文本读出的草案"},
        "version": "draft",
        "in_force": {"from": day_in_force(draft)},
        "languages": ["zh"],
        "contents": [clause.id for clause in draft.regulation.clauses],
    }


def _title(draft: Draft) -> str:
    for clause in draft.regulation.clauses[:20]:
        if clause.title and clause.text.strip():
            return quoted(clause.text, 80)
    return "未命名的制度"


def day_in_force(draft: Draft) -> str:
    """The day from which the text says it is in force, else the day it bears, else the first of 2000."""
    found = _IN_FORCE.search(draft.regulation.source)
    days = [_day(found)] if found else []
    for item in draft.regulation.residue:
        if item.why in ("date", "publication_line"):
            days += [_day(match) for match in _ANY_DAY.finditer(item.text)]
            days += [_han_day(match) for match in _HAN_DAY.finditer(item.text)]
    return next((day for day in days if day), UNKNOWN_DAY)


def _day(found: re.Match[str]) -> str | None:
    return _checked(int(found["y"]), int(found["m"]), int(found["d"]))


def _han_day(found: re.Match[str]) -> str | None:
    year = "".join("0" if c in "〇○零O0" else str(han_number(c)) for c in found[1] + found[2])
    return _checked(int(year), han_number(found[3]), han_number(found[4]))


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def calendars() -> dict[str, Any]:
    """Usual office hours, to be replaced by the organisation's own."""
    hours = [["09:00", "12:00"], ["13:30", "17:30"]]
    weekly: dict[str, Any] = {str(day): hours for day in range(1, 6)}
    title = {"zh": "办公时间（草案用，改成本单位的）"}
    return {"office": {"title": title, "base": "china", "weekly": {**weekly, "6": [], "7": []}}}


def vocabulary(draft: Draft) -> dict[str, Any]:
    """Roles and measures that the rules name."""
    found = {"roles": {key: {"zh": name} for key, name in draft.roles.items()}}
    if draft.measures:
        found["measures"] = {key: {"zh": name} for key, name in draft.measures.items()}
    return found


def measure_name(code: str) -> str:
    """A measure in words."""
    name: str = words("measures").get(code, code)
    return name
