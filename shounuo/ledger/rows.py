"""From new facts to rows, and to the SQL that inserts them. No database is touched here.

The intake path puts `insert_sql` beside its own statements; everybody else calls `actions.append`.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from shounuo.ledger.chain import canonical, digest, genesis, keepable

COLUMNS = ("stream", "seq", "kind", "at", "recorded_at", "actor", "data", "corrects", "marks", "prev", "hash")
TABLE = "ledger_fact"


class NewFact(NamedTuple):
    """A fact to be recorded; `at` is the legal moment (aware), `actor` an opaque id or "" for the system."""

    kind: str
    at: datetime
    actor: str = ""
    data: dict[str, Any] = {}
    corrects: int | None = None
    marks: str = ""


class FactRow(NamedTuple):
    """A recorded fact with its place in the chain."""

    stream: UUID
    seq: int
    kind: str
    at: datetime
    recorded_at: datetime
    actor: str
    data: dict[str, Any]
    corrects: int | None
    marks: str
    prev: str
    hash: str


class Head(NamedTuple):
    """The last fact of a stream: its number and its hash; `(0, genesis)` before the first."""

    seq: int
    hash: str


def new_stream(at: datetime) -> UUID:
    """A new stream id (UUID version 7): ids of one time lie together in the index, which keeps inserts quick."""
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    chance = secrets.randbits(74)
    return UUID(int=milliseconds << 80 | 7 << 76 | (chance >> 62) << 64 | 2 << 62 | chance & (1 << 62) - 1)


def start(stream: UUID) -> Head:
    """The head of a stream that has no fact yet."""
    return Head(0, genesis(stream))


def rows_for_insert(
    stream: UUID, after_seq: int, prev_hash: str, facts: Iterable[NewFact], recorded_at: datetime
) -> list[FactRow]:
    """Number and chain `facts` behind the head `(after_seq, prev_hash)`; nothing is written.

    Raises TypeError or ValueError when a fact holds what cannot be kept, or corrects one that is not before
    it.
    """
    rows = []
    prev = prev_hash
    for seq, fact in enumerate(facts, after_seq + 1):
        keepable(fact.data)
        if fact.corrects is not None and not 1 <= fact.corrects < seq:
            raise ValueError(f"fact {seq} cannot correct fact {fact.corrects}: not before it")
        fields = (fact.kind, fact.at, recorded_at, fact.actor, fact.data, fact.corrects, fact.marks)
        hashed = digest(prev, stream, seq, *fields)
        rows.append(FactRow(stream, seq, *fields, prev, hashed))
        prev = hashed
    return rows


def insert_sql(vendor: str, count: int) -> str:
    """One INSERT of `count` rows; a number already taken leaves its row out, so the caller compares row counts."""
    cast = {"data": "%s::jsonb"} if vendor == "postgresql" else {}
    one = "(" + ", ".join(cast.get(column, "%s") for column in COLUMNS)
    one += ")" if vendor == "postgresql" else ", 0)"
    names = ", ".join(COLUMNS) + ("" if vendor == "postgresql" else ", txid")
    values = ", ".join([one] * count)
    return f"INSERT INTO {TABLE} ({names}) VALUES {values} ON CONFLICT (stream, seq) DO NOTHING"  # noqa: S608


def parameters(vendor: str, rows: Sequence[FactRow]) -> list[Any]:
    """The values for `insert_sql`, in its order, as the database's driver takes them."""
    taken: list[Any] = []
    for row in rows:
        data = canonical(row.data).decode()
        if vendor == "postgresql":
            taken += (*row[:6], data, *row[7:])
        else:
            at, recorded_at = _sqlite_moment(row.at), _sqlite_moment(row.recorded_at)
            taken += (row.stream.hex, row.seq, row.kind, at, recorded_at, row.actor, data, *row[7:])
    return taken


def _sqlite_moment(moment: datetime) -> str:
    """As Django writes it: UTC without zone, microseconds only when there are any."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))
