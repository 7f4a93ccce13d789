"""Budgets: how much time a promise gives, as frozen values, and their JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal

from .instants import InputError, instant, instant_text

PauseRule = Literal["close", "any", "full"]
DayEnd = Literal["office_close", "24:00"]
FirstDay = Literal["excluded", "included"]


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Seconds of office hours; 0 is used up at the start itself."""

    seconds: int


@dataclass(frozen=True, slots=True)
class NaturalTime:
    """Seconds of all time, 24 x 7."""

    seconds: int


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days (n >= 1), each ending at its closing; `pause_rule` says which days a pause takes out."""

    n: int
    pause_rule: PauseRule = "close"
    first_day: FirstDay = "excluded"


@dataclass(frozen=True, slots=True)
class NaturalDays:
    """Calendar days (n >= 1); with `roll` an end on a day off moves to the next working day."""

    n: int
    roll: bool = True
    day_end: DayEnd = "office_close"
    first_day: FirstDay = "excluded"


@dataclass(frozen=True, slots=True)
class Months:
    """Months (n >= 1) to the same-numbered day, else the month's end (Civil Code 202)."""

    n: int
    roll: bool = True
    day_end: DayEnd = "office_close"


@dataclass(frozen=True, slots=True)
class SameDay:
    """By the closing of the day of start, or of the next working day when started after closing or on a day off."""


@dataclass(frozen=True, slots=True)
class OnTheSpot:
    """Within the same visit, which the facts decide; as an instant it is due like `SameDay`."""


@dataclass(frozen=True, slots=True)
class Before:
    """Lead time: the budget must fit between the act and the planned event at `of`."""

    budget: WorkingTime | NaturalTime | WorkingDays | NaturalDays | Months
    of: datetime


Budget = WorkingTime | NaturalTime | WorkingDays | NaturalDays | Months | SameDay | OnTheSpot | Before

KINDS: dict[str, type[Any]] = {
    "working_time": WorkingTime,
    "natural_time": NaturalTime,
    "working_days": WorkingDays,
    "natural_days": NaturalDays,
    "months": Months,
    "same_day": SameDay,
    "on_the_spot": OnTheSpot,
    "before": Before,
}
NAMES = {kind: name for name, kind in KINDS.items()}


def _whole(value: object, least: int, field: str) -> int:
    if type(value) is not int or value < least:
        raise InputError(field, f"expected a whole number of at least {least}, got {value!r}")
    return value


def _flag(value: object, field: str) -> bool:
    if type(value) is not bool:
        raise InputError(field, f"expected true or false, got {value!r}")
    return value


def _one_of(*allowed: str) -> Callable[[object, str], str]:
    def read(value: object, field: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise InputError(field, f"expected one of {', '.join(allowed)}; got {value!r}")
        return value

    return read


def _inner(value: object, field: str) -> Budget:
    budget = budget_from_json(value, field)
    if isinstance(budget, Before | SameDay | OnTheSpot):
        raise InputError(f"{field}.kind", f"{NAMES[type(budget)]} cannot be a lead time")
    return budget


READERS: dict[str, Callable[[Any, str], Any]] = {
    "n": lambda value, field: _whole(value, 1, field),
    "seconds": lambda value, field: _whole(value, 0, field),
    "roll": _flag,
    "pause_rule": _one_of("close", "any", "full"),
    "day_end": _one_of("office_close", "24:00"),
    "first_day": _one_of("excluded", "included"),
    "budget": _inner,
    "of": instant,
}
REQUIRED = frozenset({"n", "seconds", "budget", "of"})
ALLOWED = {name: tuple(f.name for f in fields(kind)) for name, kind in KINDS.items()}


def budget_from_json(data: object, field: str = "budget") -> Budget:
    """The budget of a JSON object `{"kind", ...}`. `InputError` names the field that is missing, unknown or wrong."""
    if not isinstance(data, Mapping):
        raise InputError(field, f"expected an object with a kind, got {data!r}")
    name = data.get("kind")
    if not isinstance(name, str) or name not in KINDS:
        raise InputError(f"{field}.kind", f"expected one of {', '.join(KINDS)}; got {name!r}")
    allowed, values = ALLOWED[name], {}
    for key, value in data.items():
        if key in allowed:
            values[key] = READERS[key](value, f"{field}.{key}")
        elif key != "kind":
            raise InputError(f"{field}.{key}", f"{name} has no such field")
    for key in allowed:
        if key in REQUIRED and key not in values:
            raise InputError(f"{field}.{key}", "missing")
    budget: Budget = KINDS[name](**values)
    return budget


def budget_to_json(budget: Budget) -> dict[str, Any]:
    """The JSON object of a budget, every field written out; the inverse of `budget_from_json`."""
    data: dict[str, Any] = {"kind": NAMES[type(budget)]}
    for key in ALLOWED[data["kind"]]:
        value = getattr(budget, key)
        if isinstance(value, datetime):
            value = instant_text(value)
        data[key] = budget_to_json(value) if key == "budget" else value
    return data


def plus(budget: Budget, extra: Budget) -> Budget:
    """The budget with an extension of the same kind added; the terms of the first stay. ValueError for another kind."""
    if isinstance(budget, WorkingTime | NaturalTime) and isinstance(extra, type(budget)):
        return replace(budget, seconds=budget.seconds + extra.seconds)
    if isinstance(budget, WorkingDays | NaturalDays | Months) and isinstance(extra, type(budget)):
        return replace(budget, n=budget.n + extra.n)
    raise ValueError(f"{NAMES[type(budget)]} cannot be extended by {NAMES[type(extra)]}")
