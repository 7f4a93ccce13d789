"""Logs that can be read by machines and hold no personal data.

One JSON object a line. What people typed reaches a log in three ways: as an argument of a message, as the text
of an exception, and as an address that was asked for. So arguments are left out unless they cannot be about a
person (numbers, instants, ids, short codes), exceptions are told by their type and place without their text,
and a request is told by the pattern of its address. Other fields are named in `FIELDS`, none else is written.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Any
from uuid import UUID

FIELDS = ("method", "route", "status", "ms", "worker")
request_id: ContextVar[str] = ContextVar("request_id", default="")

_CODE = re.compile(r"[a-z][a-z_.:,-]{0,60}( [a-z][a-z_.:,-]{0,60}){0,12}")
_PLAIN = (bool, int, float, UUID, date, datetime, timedelta, type(None))
_PLACE = re.compile(r"%(\(\w+\))?[-+ #0-9.]*[a-z]")
HIDDEN = "…"
DEEPEST, LONGEST = 40, 200


class JsonLines(logging.Formatter):
    """`{"at", "level", "logger", "event", "request", …}`; ours with harmless arguments, others' without any."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": event(record),
            "request": request_id.get(),
            **{name: getattr(record, name, "") for name in FIELDS},
        }
        line = {name: value for name, value in said.items() if value != ""}
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": errors(record.exc_info[1]), "place": places(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=lambda _value: HIDDEN)


class Lines(JsonLines):
    """The same for people who watch a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said = json.loads(super().format(record))
        first = f"{said.pop('at')[11:19]} {said.pop('level')} {said.pop('logger')}: {said.pop('event')}"
        return " ".join([first, *(f"{name}={value}" for name, value in said.items() if name != "request")])


def event(record: logging.LogRecord) -> str:
    """The message with those arguments that cannot be about a person."""
    text = str(record.msg)
    if not record.name.startswith("shounuo"):
        return _PLACE.sub(HIDDEN, text.partition("\n")[0])[:LONGEST]  # behind it may come a whole traceback
    if not record.args:
        return text
    given = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return text % tuple(harmless(one) for one in given)
    except (TypeError, ValueError):
        return text


def harmless(value: Any) -> Any:
    """The value, or `HIDDEN` when it could be words, a name or a number of somebody."""
    if isinstance(value, str):
        return value if _CODE.fullmatch(value) else HIDDEN
    return value if isinstance(value, _PLAIN) else HIDDEN


def errors(error: BaseException | None) -> list[str]:
    """The types of an exception and of what it came from, newest first."""
    found: list[str] = []
    while error is not None and len(found) < DEEPEST:
        found.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    return found


def places(trace: TracebackType | None) -> list[str]:
    """`module:line function` of each frame, outermost first."""
    return list(_frames(trace))[-DEEPEST:]


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code, name = trace.tb_frame.f_code, trace.tb_frame.f_globals.get("__name__", "?")
        yield f"{name}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
