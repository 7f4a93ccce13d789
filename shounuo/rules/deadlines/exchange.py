"""The exchange format: one JSON object a line in, one a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar

from .budgets import budget_from_json
from .figures import figures_of
from .instants import InputError, instant, pauses_from_json


def read_calendars(path: str | Path) -> dict[str, Calendar]:
    """The calendars of a JSON file NAME -> calendar, compiled. `InputError` names the calendar and the field
    at fault.
    """
    try:
        data = json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError("calendars", f"cannot be read: {error}") from None
    if not isinstance(data, dict):
        raise InputError("calendars", "expected a JSON object NAME -> calendar")
    return {name: compile_calendar(_spec(name, value)) for name, value in data.items()}


def _spec(name: str, value: object) -> CalendarSpec:
    try:
        return CalendarSpec.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in ("calendars", name, *first["loc"]))
        raise InputError(field, first["msg"]) from None


DECODER = json.JSONDecoder()  # takes NaN for a number, so that the field that holds it can be named
ENCODER = json.JSONEncoder()  # ASCII only: any output encoding will do


def answer(calendars: Mapping[str, Calendar], data: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one request, without its id. `InputError` names the field at fault.

    Fields that the format does not know are ignored outside the budget, where each would change what is
    meant.
    """
    name = data.get("cal")
    calendar = calendars.get(name) if isinstance(name, str) else None
    if calendar is None:
        raise InputError("cal", f"no such calendar: {name!r}")
    start = instant(data.get("start"), "start")
    budget = budget_from_json(data.get("budget"))
    pauses = pauses_from_json(data.get("pauses"))
    now = data.get("now")
    return figures_of(calendar, start, budget, pauses, None if now is None else instant(now, "now")).to_json()


def answer_line(calendars: Mapping[str, Calendar], line: str | bytes) -> dict[str, Any]:
    """The answer to one line; a bad line is answered with an `error` that names the field."""
    identity = None
    try:
        data = _request(line)
        identity = _identity(data.get("id"))
        return {"id": identity, **answer(calendars, data)}
    except InputError as error:
        return {"id": identity, "due": None, "error": str(error)}


def _identity(value: object) -> str | int | None:
    if value is None or isinstance(value, (str, int)):
        return value
    raise InputError("id", f"expected text or a whole number, got {value!r}")


def _request(line: str | bytes) -> dict[str, Any]:
    try:
        data = DECODER.decode(line if isinstance(line, str) else line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError("line", f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise InputError("line", "expected a JSON object")
    return data


def run(calendars_file: str | Path, source: Iterable[str] | Iterable[bytes], out: TextIO) -> int:
    """Answer every line of `source` (blank ones are passed over), in order, as it comes; how many were
    answered.

    Give `source` as bytes, so that a line that is not UTF-8 is answered like any other bad line.
    """
    calendars = read_calendars(calendars_file)
    count = 0
    for line in source:
        if line.strip():
            out.write(ENCODER.encode(answer_line(calendars, line)) + "\n")
            count += 1
    return count
