"""A table's rows as lines of JSON that mean the same on both databases."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from shounuo.ledger import chain


class Column(NamedTuple):
    """A column's name in the database, and what it holds: one of `HOLDS`' values."""

    name: str
    holds: str


HOLDS = {
    "AutoField": "number",
    "BigAutoField": "number",
    "BigIntegerField": "number",
    "BooleanField": "boolean",
    "CharField": "text",
    "DateField": "date",
    "DateTimeField": "moment",
    "EmailField": "text",
    "BinaryField": "bytes",
    "IntegerField": "number",
    "JSONField": "json",
    "PositiveBigIntegerField": "number",
    "PositiveIntegerField": "number",
    "PositiveSmallIntegerField": "number",
    "SlugField": "text",
    "SmallIntegerField": "number",
    "TextField": "text",
    "TimeField": "time",
    "UUIDField": "uuid",
}
"""Django's word for a field -> ours. A field of another kind cannot be kept yet: `columns` says so."""


def columns(model: type[models.Model]) -> list[Column]:
    """The columns of a model's table. Raises TypeError when one holds what `HOLDS` does not know."""
    found = []
    for field in model._meta.concrete_fields:
        holds = HOLDS.get(_target(field).get_internal_type())
        if holds is None:
            raise TypeError(
                f"{model._meta.db_table}.{field.column}: a backup cannot hold {type(field).__name__}"
            )
        if not field.generated:
            found.append(Column(str(field.column), holds))
    return found


def _target(field: Any) -> Any:
    """The field whose values a foreign key holds."""
    while field.remote_field is not None:
        field = field.target_field
    return field


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _hexadecimal(value: Any) -> str:
    return bytes(value).hex()


def _plain_uuid(value: UUID) -> str:
    return value.hex


def _iso(value: date | time) -> str:
    return value.isoformat()


_OUT: dict[str, Callable[[Any], Any]] = {
    "moment": _moment,
    "date": _iso,
    "time": _iso,
    "uuid": _plain_uuid,
    "bytes": _hexadecimal,
}


def portable(held: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterable[list[Any]]:
    """Rows as the ORM gives them -> rows that JSON can hold."""
    changed = [(place, _OUT[column.holds]) for place, column in enumerate(held) if column.holds in _OUT]
    for row in rows:
        made = list(row)
        for place, change in changed:
            if made[place] is not None:
                made[place] = change(made[place])
        yield made


_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def line(row: Sequence[Any]) -> bytes:
    """A row as it is kept: objects keep the order of their keys."""
    return _line(row).encode() + b"\n"


def canonical(row: Sequence[Any]) -> bytes:
    """A row as it is compared: PostgreSQL gives the keys of an object back in an order of its own."""
    return _sorted(row).encode() + b"\n"


def _sqlite_moment(value: str) -> str:
    return value[:-1].replace("T", " ").removesuffix(".000000")


_SQLITE: dict[str, Callable[[Any], Any]] = {
    "moment": _sqlite_moment,
    "boolean": int,
    "json": json.dumps,
    "bytes": bytes.fromhex,
}
_SQLITE_FACT = _SQLITE | {"json": lambda value: chain.canonical(value).decode()}


def for_sqlite(table: str, held: Sequence[Column], row: Sequence[Any]) -> list[Any]:
    """A portable row as the product writes it to SQLite: facts in their canonical form, all else as Django does."""
    changes = _SQLITE_FACT if table == "ledger_fact" else _SQLITE
    return [
        changes[column.holds](value) if value is not None and column.holds in changes else value
        for column, value in zip(held, row, strict=True)
    ]


def for_postgresql(held: Sequence[Column], row: Sequence[Any]) -> dict[str, Any]:
    """A portable row as `json_populate_recordset` takes it."""
    return {
        column.name: f"\\x{value}" if column.holds == "bytes" and value is not None else value
        for column, value in zip(held, row, strict=True)
    }
