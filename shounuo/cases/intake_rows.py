"""Rows of an intake as SQL: one statement on PostgreSQL, a few on SQLite. Columns are in code, values bound."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count as count_from
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from shounuo.ledger.chain import canonical


class Row(NamedTuple):
    """A table and the values of one row by column."""

    table: str
    values: Mapping[str, Any]


Shape = tuple[tuple[str, tuple[str, ...], int], ...]
"""(table, columns, how many rows) in order."""


def insert_all(connection: BaseDatabaseWrapper, rows: Sequence[Row]) -> int:
    """Insert rows of which the first is the case, all or none; returns the case's id.

    Raises IntegrityError and keeps nothing when any constraint refuses.
    """
    grouped = [(table, list(same)) for table, same in groupby(rows, key=lambda row: row.table)]
    shape = tuple((table, tuple(same[0].values), len(same)) for table, same in grouped)
    if connection.vendor == "postgresql":
        return _at_once(connection, shape, rows)
    with transaction.atomic(using=connection.alias):
        return _one_by_one(connection, shape, grouped)


BOUND_AT_ONCE = 30_000
"""How many values one statement may bind: SQLite's own limit is 32,766."""


def insert_batch(connection: BaseDatabaseWrapper, rows: Sequence[Row]) -> None:
    """Insert rows of many matters, table by table, inside the caller's transaction."""
    by_table: dict[str, list[Row]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    insert = _as_json if connection.vendor == "postgresql" else _in_parts
    with connection.cursor() as cursor:
        for table, same in by_table.items():
            insert(cursor, table, tuple(same[0].values), same)


def _as_json(cursor: Any, table: str, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """One value for all rows: binding each of them alone takes PostgreSQL's driver five times as long."""
    names = ", ".join(columns)
    sql = (
        f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608
    )
    cursor.execute(sql, [json.dumps([row.values for row in rows], ensure_ascii=False, default=str)])


def _in_parts(cursor: Any, table: str, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    step = BOUND_AT_ONCE // len(columns)
    for first in range(0, len(rows), step):
        part = rows[first : first + step]
        sql = _insert(table, columns, len(part), False)
        cursor.execute(sql, [bound for row in part for bound in _sqlite(row.values)])


def _at_once(connection: BaseDatabaseWrapper, shape: Shape, rows: Sequence[Row]) -> int:
    values = [bound for row in rows for bound in _postgresql(row.values)]
    # one statement outside a transaction is a transaction of its own: no BEGIN and COMMIT to wait for
    inside = connection.in_atomic_block
    with (
        transaction.atomic(using=connection.alias) if inside else nullcontext(),
        prepared(connection) as execute,
    ):
        return int(execute(_postgresql_statement(shape), values)[0])


@contextmanager
def prepared(connection: BaseDatabaseWrapper) -> Iterator[Callable[[str, Sequence[Any]], Any]]:
    """Execute statements that PostgreSQL parses and plans once a connection; places are $1, $2, …

    Django's own cursor puts all values into the text, which is then split, parsed and planned anew every
    time: half of the time an intake took.
    """
    from psycopg import RawCursor

    connection.ensure_connection()
    with connection.wrap_database_errors, RawCursor(connection.connection) as cursor:
        yield lambda sql, values: cursor.execute(sql, values, prepare=True).fetchone()


def _one_by_one(
    connection: BaseDatabaseWrapper, shape: Shape, grouped: Sequence[tuple[str, list[Row]]]
) -> int:
    case = 0
    with connection.cursor() as cursor:
        for (table, columns, count), (_table, same) in zip(shape, grouped, strict=True):
            cursor.execute(
                _insert(table, columns, count, False), [b for row in same for b in _sqlite(row.values)]
            )
            case = case or int(cursor.lastrowid)
    return case


@lru_cache(maxsize=64)
def _postgresql_statement(shape: Shape) -> str:
    """All inserts as data-modifying WITH parts of one SELECT of the case's id."""
    parts = []
    for i, (table, columns, count) in enumerate(shape):
        returning = " RETURNING id" if i == 0 else ""
        parts.append(f"t{i} AS ({_insert(table, columns, count, True)}{returning})")
    numbers = count_from(1)
    return re.sub("%s", lambda _mark: f"${next(numbers)}", f"WITH {', '.join(parts)} SELECT id FROM t0")  # noqa: S608


@lru_cache(maxsize=128)
def _insert(table: str, columns: tuple[str, ...], count: int, postgresql: bool) -> str:
    if table == "ledger_fact" and not postgresql:
        columns = (*columns, "txid")
    one = ", ".join(_mark(table, column, postgresql) for column in columns)
    rows = ", ".join([f"({one})"] * count)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {rows}"  # noqa: S608


def _mark(table: str, column: str, postgresql: bool) -> str:
    if column == "txid":
        return "0"
    return "%s::jsonb" if postgresql and (table, column) == ("ledger_fact", "data") else "%s"


def _postgresql(values: Mapping[str, Any]) -> list[Any]:
    return [canonical(v).decode() if isinstance(v, dict) else v for v in values.values()]


def _sqlite(values: Mapping[str, Any]) -> list[Any]:
    return [v if type(v) in _AS_IT_IS else _sqlite_value(v) for v in values.values()]


_AS_IT_IS = {str, int, bool, type(None)}


def _sqlite_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return str(value.astimezone(UTC))[:-6]  # as Django writes it, without +00:00
    if isinstance(value, UUID):
        return value.hex
    return canonical(value).decode() if isinstance(value, dict) else value
