"""Instants and pauses as text and as values: naive local civil time, whole seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Pause = tuple[datetime, datetime | None]
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?")


class InputError(ValueError):
    """A value that cannot be used; `field` says where it stands."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def instant(value: object, field: str = "instant") -> datetime:
    """The instant of "YYYY-MM-DDTHH:MM[:SS]" (a blank for the T will do; T24:00 is 00:00 of the next date).

    Fractions of a second and offsets from UTC are refused: nothing is rounded, and a local time is never
    guessed.
    """
    if isinstance(value, str):
        try:
            if len(value) == 19 and value[4] == "-" == value[7] and value[10] in "T " and value[16] == ":":
                return datetime.fromisoformat(value)
        except ValueError:
            pass
        match = _INSTANT.fullmatch(value)
        if match is not None:
            return _from_parts(match, field, value)
    raise InputError(field, f"expected a local instant YYYY-MM-DDTHH:MM:SS without offset, got {value!r}")


def _from_parts(match: re.Match[str], field: str, value: str) -> datetime:
    day, clock, second = match.group(1), match.group(2), match.group(3) or ":00"
    try:
        if clock + second == "24:00:00":
            return datetime.fromisoformat(day) + timedelta(days=1)
        return datetime.fromisoformat(f"{day}T{clock}{second}")
    except (ValueError, OverflowError):
        raise InputError(field, f"no such instant: {value!r}") from None


def instant_text(t: datetime) -> str:
    """ "YYYY-MM-DDTHH:MM:SS"."""
    return t.isoformat()


def check_instant(t: datetime, field: str) -> datetime:
    """t itself when it is naive and of whole seconds; `InputError` otherwise."""
    if t.tzinfo is not None:
        raise InputError(field, "expected local civil time without a time zone")
    if t.microsecond:
        raise InputError(field, "expected whole seconds")
    return t


def check_pauses(pauses: Iterable[Pause], field: str = "pauses") -> tuple[Pause, ...]:
    """The pauses as given; refused are those that end before they begin, or are not local whole seconds."""
    checked = tuple(pauses)
    for i, (start, end) in enumerate(checked):
        check_instant(start, f"{field}[{i}].from")
        if end is not None and check_instant(end, f"{field}[{i}].to") < start:
            raise InputError(f"{field}[{i}]", "the pause begins after it ends (from > to)")
    return checked


def pauses_from_json(value: object, field: str = "pauses") -> tuple[Pause, ...]:
    """Pauses of a JSON list `[[from, to|null], ...]`; a missing list is no pause."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise InputError(field, f"expected a list of [from, to], got {value!r}")
    pauses = []
    for i, item in enumerate(value):
        if not isinstance(item, list) or len(item) != 2:
            raise InputError(f"{field}[{i}]", f"expected [from, to], got {item!r}")
        start = instant(item[0], f"{field}[{i}].from")
        end = None if item[1] is None else instant(item[1], f"{field}[{i}].to")
        if end is not None and end < start:
            raise InputError(f"{field}[{i}]", "the pause begins after it ends (from > to)")
        pauses.append((start, end))
    return tuple(pauses)


def paused_at(pauses: Sequence[Pause], t: datetime) -> bool:
    """Does some pause run at t (from <= t < to)?"""
    return any(start <= t and (end is None or t < end) for start, end in pauses)
