"""The one-line notation of stories: moments, days, and facts ``DATE TIME kind key=value by=who``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from shounuo.rules.engine.scope import ScopeEvent
from shounuo.rules.facts import FACT_KINDS, OUTSIDE_EVENTS, Fact, data_faults

_TOKEN = re.compile(r'\s*([a-z][a-z0-9_]*)=(\[[^\]]*\]|\{[^}]*\}|"[^"]*"|[^\s\[\]{}"]+)')
_FACT = re.compile(r"(\d{4}-\d\d-\d\d[ T]\S+)\s+([a-z_]+)((?:\s.*)?)\Z", re.DOTALL)
_EVENT = re.compile(r"(\d{4}-\d\d-\d\d[ T]\S+)\s+([a-z_]+(?:\.[a-z_]+)?)((?:\s.*)?)\Z", re.DOTALL)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)\Z")
LONGEST_SPAN = 400


class WritingError(ValueError):
    """A line that cannot be read; the message says what is wrong with it."""


def moment(text: str) -> datetime:
    """``2026-10-13 17:30`` (seconds allowed; 24:00 is 00:00 of the next date)."""
    found = _MOMENT.match(text.strip())
    if not found:
        raise WritingError(f"{text!r} is not a moment YYYY-MM-DD HH:MM")
    day, clock = a_date(found[1]), found[2]
    if clock in ("24:00", "24:00:00"):
        return datetime.combine(day + timedelta(days=1), time())
    try:
        return datetime.combine(day, time.fromisoformat(clock))
    except ValueError:
        raise WritingError(f"{clock!r} is not a time of day") from None


def a_date(text: str) -> date:
    """``2026-10-13``."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WritingError(f"{text!r} is not a date") from None


def days(spans: tuple[str, ...]) -> Iterator[date]:
    """Dates and spans ``FIRST/LAST`` (both included) one by one."""
    for span in spans:
        first, _, last = span.partition("/")
        start, end = a_date(first), a_date(last or first)
        if not 0 <= (end - start).days <= LONGEST_SPAN:
            raise WritingError(f"{span!r} ends before it starts, or is longer than {LONGEST_SPAN} days")
        yield from (start + timedelta(days=i) for i in range((end - start).days + 1))


def a_pause(text: str) -> tuple[datetime, datetime | None]:
    """``FROM/TO``; an open pause is ``FROM/``."""
    start, slash, end = text.partition("/")
    if not slash:
        raise WritingError(f"{text!r} is not FROM/TO")
    return moment(start), moment(end) if end.strip() else None


def a_fact(seq: int, line: str) -> Fact:
    """One line as a fact; the data is checked against the registry. Raises ``WritingError``."""
    found = _FACT.match(line.strip())
    if not found:
        raise WritingError("write DATE TIME kind key=value … by=who")
    at, kind = moment(found[1]), found[2]
    if kind not in FACT_KINDS:
        raise WritingError(f"unknown fact kind {kind!r}; allowed: {', '.join(FACT_KINDS)}")
    pairs = dict(_pairs(found[3]))
    by = pairs.pop("by", "")
    recorded = moment(pairs.pop("recorded")) if "recorded" in pairs else at
    data = {name: _typed(kind, name, text) for name, text in pairs.items()}
    if faults := data_faults(kind, data):
        raise WritingError(f"{kind}: {'; '.join(faults)}; allowed: {', '.join(FACT_KINDS[kind].data)}")
    return Fact(seq, kind, at, recorded, by, data)


def an_event(seq: int, line: str) -> ScopeEvent:
    """One line as an event across matters. Raises ``WritingError``."""
    found = _EVENT.match(line.strip())
    if not found:
        raise WritingError("write DATE TIME kind person=… section=… key=value")
    if found[2] not in OUTSIDE_EVENTS:
        raise WritingError(f"unknown event {found[2]!r}; allowed: {', '.join(OUTSIDE_EVENTS)}")
    data = dict(_pairs(found[3]))
    person, section = data.pop("person", None), data.pop("section", None)
    return ScopeEvent(seq, found[2], moment(found[1]), person, section, data)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    position, seen = 0, set()
    text = text.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found or (found.end() < len(text) and not text[found.end()].isspace()):
            raise WritingError(f"cannot read {text[position:].strip()[:60]!r}; write key=value")
        if found[1] in seen:
            raise WritingError(f"{found[1]!r} is there twice")
        seen.add(found[1])
        yield found[1], found[2].strip('"')
        position = found.end()


def _typed(kind: str, name: str, text: str) -> Any:
    match FACT_KINDS[kind].data.get(name):
        case "codes":
            return _items(text)
        case "yes_no":
            return _yes_no(name, text)
        case "number" | "seq":
            return _number(name, text)
        case "date":
            return a_date(text).isoformat()
        case "moment":
            return moment(text).isoformat()
        case "data":
            return dict(_entry(one) for one in _items(text.replace("{", "[").replace("}", "]")))
        case _:
            return text


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.strip("[]").split(",") if item.strip()]


def _entry(text: str) -> tuple[str, Any]:
    key, colon, value = text.partition(":")
    if not colon:
        raise WritingError(f"{text!r} is not key:value")
    value = value.strip()
    return key.strip(), {"true": True, "false": False}.get(value, value)


def _yes_no(name: str, text: str) -> bool:
    if text not in ("true", "false", "yes", "no"):
        raise WritingError(f"{name} is true or false, not {text!r}")
    return text in ("true", "yes")


def _number(name: str, text: str) -> int | float:
    try:
        return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else float(text)
    except ValueError:
        raise WritingError(f"{name} is a number, not {text!r}") from None
