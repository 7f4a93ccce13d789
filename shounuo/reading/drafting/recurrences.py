"""A duty's recurrence in the packs' words: RFC 5545 for dates, a count for so many a period, an event, or no schedule."""

import re
from calendar import monthrange
from typing import Any

from shounuo.reading.drafting.draft import Draft, words
from shounuo.reading.drafting.settings import cycle_of
from shounuo.reading.findings import Duty
from shounuo.reading.labels import han_number

_HAN = "[一二三四五六七八九十]"
_DATE = re.compile(rf"(?P<month>\d{{1,2}}|{_HAN}{{1,3}})月(?:(?P<day>\d{{1,2}}|{_HAN}{{1,3}})[日号])?")
_DAY = re.compile(rf"(?P<day>\d{{1,2}}|{_HAN}{{1,3}})[日号]")
SHORTEST_MONTH = 28
LEAP_YEAR = 2000


def schedule(draft: Draft, duty: Duty) -> dict[str, Any]:
    """One of every, count, on_event and no_schedule."""
    dated = _dated(duty)
    if dated:
        return {"every": dated}
    if duty.recurrence in words("periods"):
        return {"count": _count(duty)}
    if duty.recurrence in words("rhythms"):
        return {"every": words("rhythms")[duty.recurrence]}
    if duty.recurrence == "per_event":
        return {"on_event": "activity.held"}
    cycle = cycle_of(draft, duty.clause) if duty.recurrence == "unspecified" else None
    return {"every": cycle} if cycle else {"no_schedule": True}


def _count(duty: Duty) -> dict[str, Any]:
    least = max(int(duty.least or 1), 0)
    count = {"min": least, "per": words("periods")[duty.recurrence]}
    return count | ({"max": int(duty.most)} if duty.most is not None and duty.most >= least else {})


def _dated(duty: Duty) -> str | None:
    text = duty.day or ""
    if duty.recurrence == "yearly":
        found = _DATE.search(text)
        return _yearly(found) if found else None
    found = _DAY.search(text)
    day = han_number(found["day"]) if found else 0
    return f"FREQ=MONTHLY;{_days(day, 31)}" if duty.recurrence == "monthly" and 1 <= day <= 31 else None


def _yearly(found: re.Match[str]) -> str | None:
    month = han_number(found["month"])
    if not 1 <= month <= 12:
        return None
    last = monthrange(LEAP_YEAR, month)[1]
    day = min(han_number(found["day"]), last) if found["day"] else last
    return f"FREQ=YEARLY;BYMONTH={month};{_days(day, last)}" if day >= 1 else None


def _days(day: int, last: int) -> str:
    """The day, or the last day of a month that has none."""
    if day <= SHORTEST_MONTH:
        return f"BYMONTHDAY={day}"
    days = ",".join(str(one) for one in range(SHORTEST_MONTH, min(day, last) + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"
