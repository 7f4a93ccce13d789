"""Writing and reading the record: one writer, one reader, one hand-out."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from shounuo.ledger.models import Cursor, Fact
from shounuo.ledger.rows import (
    COLUMNS,
    FactRow,
    Head,
    NewFact,
    insert_sql,
    new_stream,
    parameters,
    rows_for_insert,
    start,
)

__all__ = [
    "Conflict",
    "FactRow",
    "Handed",
    "Head",
    "NewFact",
    "append",
    "hand_out",
    "head",
    "heads",
    "insert",
    "new_stream",
    "read",
    "read_many",
    "rows_for_insert",
    "start",
]

ROWS_A_STATEMENT = 500


class Conflict(Exception):
    """Somebody else recorded a fact of this stream first: read again and decide again (HTTP 409)."""


class Handed(NamedTuple):
    """A fact as a consumer gets it: the row and its id in the ledger."""

    id: int
    row: FactRow


def append(
    stream: UUID, after_seq: int, prev_hash: str, facts: Sequence[NewFact], recorded_at: datetime
) -> list[FactRow]:
    """Record `facts` behind the head `(after_seq, prev_hash)` that the caller judged from.

    The head comes from `head`, `read` or an earlier append. Must run inside `transaction.atomic`. When a
    number is already taken raises `Conflict` and marks the transaction for rolling back.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "facts are recorded inside a transaction, with what they change"
        )
    rows = rows_for_insert(stream, after_seq, prev_hash, facts, recorded_at)
    insert(rows)
    return rows


def insert(rows: Sequence[FactRow]) -> None:
    """Write rows made by `rows_for_insert`, of one or many streams; `Conflict` when any number was taken."""
    with connection.cursor() as cursor:
        for first in range(0, len(rows), ROWS_A_STATEMENT):
            part = rows[first : first + ROWS_A_STATEMENT]
            cursor.execute(insert_sql(connection.vendor, len(part)), parameters(connection.vendor, part))
            if cursor.rowcount != len(part):
                transaction.set_rollback(True)
                raise Conflict(str(part[0].stream))


def read(stream: UUID) -> list[FactRow]:
    """All facts of a stream in order."""
    return [FactRow(*row) for row in Fact.objects.filter(stream=stream).order_by("seq").values_list(*COLUMNS)]


def read_many(streams: Sequence[UUID]) -> dict[UUID, list[FactRow]]:
    """All facts of many streams, each stream's in order, by one question; a stream without facts is not in it."""
    rows = Fact.objects.filter(stream__in=streams).order_by("stream", "seq").values_list(*COLUMNS)
    return {stream: list(same) for stream, same in groupby(map(FactRow._make, rows), lambda row: row.stream)}


def head(stream: UUID) -> Head:
    """The last fact's number and hash; `(0, genesis)` for a new stream."""
    last = Fact.objects.filter(stream=stream).order_by("-seq").values_list("seq", "hash").first()
    return Head(*last) if last else start(stream)


def heads(streams: Sequence[UUID]) -> dict[UUID, Head]:
    """The heads of many streams in one question."""
    found = {stream: start(stream) for stream in streams}
    facts = Fact.objects.filter(stream__in=streams).order_by("stream", "seq")
    for stream, seq, hashed in facts.values_list("stream", "seq", "hash"):
        found[stream] = Head(seq, hashed)
    return found


def hand_out(name: str, handler: Callable[[Sequence[Handed]], None], limit: int = 500) -> int:
    """Give the consumer `name` the next facts, in the order of their commits, each exactly once.

    The position moves by compare-and-swap in the same transaction as what `handler` writes: if the handler
    fails, nothing is kept and the same facts come again; of two workers one gets them, the other gets 0.
    Returns how many.
    """
    Cursor.objects.get_or_create(name=name)
    with transaction.atomic():
        cursor = Cursor.objects.get(name=name)
        facts = list(_after(cursor).order_by("txid", "id")[:limit])
        if not facts:
            return 0
        seen = Cursor.objects.filter(name=name, txid=cursor.txid, position=cursor.position)
        if not seen.update(txid=facts[-1].txid, position=facts[-1].pk):
            return 0
        handler([Handed(fact.pk, FactRow(*(getattr(fact, column) for column in COLUMNS))) for fact in facts])
        return len(facts)


def _after(cursor: Cursor) -> QuerySet[Fact]:
    """Facts behind the cursor whose predecessors can no longer appear.

    On PostgreSQL a lower id may commit later; a transaction below the oldest one still running cannot (it
    is over).
    """
    later = Q(txid__gt=cursor.txid) | Q(txid=cursor.txid, id__gt=cursor.position)
    facts = Fact.objects.filter(later)
    if connection.vendor == "postgresql":
        with connection.cursor() as sql:
            sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            facts = facts.filter(txid__lt=sql.fetchone()[0])
    return facts
