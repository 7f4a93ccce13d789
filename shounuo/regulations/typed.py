"""From what people type to a setting's value, and back: lengths in either language, tables line by line. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shounuo.regulations.deciding import columns_of, is_words
from shounuo.regulations.refusals import Refused
from shounuo.rules.shapes import Setting
from shounuo.rules.words import say_words

_CHINESE = re.compile(
    r"(?P<n>[0-9]{1,6}) ?(?P<unit>个?工作日|个?工作小时|个?小时|个?月|分钟|天|日|个?自然日|个?日历日)\Z"
)
_UNITS = {
    "工作日": "working days", "工作小时": "working hours", "小时": "hours", "月": "months",
    "分钟": "minutes", "天": "days", "日": "days", "自然日": "days", "日历日": "calendar days",
}  # fmt: skip
_WHOLE = {"当日": "same day", "当天": "same day", "当场": "on the spot"}
_YES, _NO = {"是", "yes", "true"}, {"否", "no", "false"}
BETWEEN = "|"


def length_of(text: str) -> str:
    """Budget words for what was typed: “3 个工作日”, “3 working days”. Text that is neither stays as it is."""
    said = " ".join(text.replace("\u3000", " ").split())
    if said in _WHOLE:
        return _WHOLE[said]
    if found := _CHINESE.match(said):
        said = f"{int(found['n'])} {_UNITS[found['unit'].removeprefix('个')]}"
    said = said.lower()
    return say_words(said, "en") if is_words(said) else said


def rows_of(setting: Setting, text: str) -> list[Any]:
    """A table from lines of text, cells set apart by “|”; `Refused` names the line that does not fit."""
    columns = columns_of(setting)
    if not columns:
        return _json(text)
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.replace("｜", BETWEEN).split(BETWEEN)]
        if len(cells) != len(columns):
            values = {"line": number, "found": len(cells), "wanted": len(columns)}
            raise Refused(
                _("第 %(line)s 行有 %(found)s 格，应有 %(wanted)s 格，用“|”隔开。") % values, "value"
            )
        model = setting.default[0]
        rows.append({name: _cell(cell, model[name]) for name, cell in zip(columns, cells, strict=True)})
    return rows


def _cell(text: str, like: Any) -> Any:
    if isinstance(like, bool) and text.lower() in _YES | _NO:
        return text.lower() in _YES
    return int(text) if type(like) is int and text.isdecimal() else text


def _json(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise Refused(_("这不是一份 JSON 列表。"), "value") from None
    if not isinstance(found, list):
        raise Refused(_("这不是一份 JSON 列表。"), "value")
    return found


def lines_of(setting: Setting, rows: Sequence[Any]) -> str:
    """A table as lines of text, for the form."""
    columns = columns_of(setting)
    if not columns:
        return json.dumps(rows, ensure_ascii=False)
    return "\n".join(f" {BETWEEN} ".join(cell_words(row.get(name)) for name in columns) for row in rows)


def cell_words(value: Any) -> str:
    """One cell of a table for people."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "" if value is None else str(value)


def grid_of(setting: Setting, value: Any) -> dict[str, Any] | None:
    """A table value as heads and rows for a page; None for another value."""
    columns = columns_of(setting)
    if not columns or not isinstance(value, Sequence) or isinstance(value, str):
        return None
    rows = [[cell_words(row.get(name)) for name in columns] for row in value if isinstance(row, Mapping)]
    return {"heads": [column_words(name) for name in columns], "rows": rows}


def column_words(name: str) -> str:
    """A column of a table setting, in words."""
    known = {"clause": _("条款"), "source": _("原文"), "reading": _("读作"), "name": _("名称"), "alias": _("别名"),
             "held": _("本文收录")}  # fmt: skip
    return str(known.get(name, name.replace("_", " ")))
