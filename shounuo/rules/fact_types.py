"""The types a field of a fact may have, and whether a value is of one.

Moments and dates lie in the record as ISO text; the rules may also hand them over as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and bool(_CODE.match(value))


def _is_date(value: Any) -> bool:
    return isinstance(value, date) or _reads(date.fromisoformat, value, 10)


def _is_moment(value: Any) -> bool:
    return isinstance(value, datetime) or _reads(datetime.fromisoformat, value, 16)


def _reads(read: Callable[[str], object], value: Any, shortest: int) -> bool:
    if not isinstance(value, str) or len(value) < shortest:
        return False
    try:
        read(value)
    except ValueError:
        return False
    return True


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_CODE = re.compile(r"[^\s]{1,120}\Z")
FITS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda v: isinstance(v, str),
    "code": _is_code,
    "codes": lambda v: isinstance(v, list | tuple) and all(map(_is_code, v)),
    "date": _is_date,
    "moment": _is_moment,
    "number": _is_number,
    "yes_no": lambda v: isinstance(v, bool),
    "actor": _is_code,
    "unit": _is_code,
    "seq": lambda v: isinstance(v, int) and not isinstance(v, bool) and v > 0,
    "data": lambda v: isinstance(v, Mapping),
}
"""Type of a field -> whether a value is of it."""
