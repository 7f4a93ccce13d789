"""Walk every chain and name the first fact that does not fit.

Found: a changed field, a missing or inserted fact in the middle, exchanged or re-hashed facts, rows written
later than their successors. Not found until signed checkpoints exist: a chain cut at its tail, a stream
removed as a whole, and a tail that was re-written and re-hashed to its end.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from shounuo.ledger.chain import digest, genesis
from shounuo.ledger.models import Fact
from shounuo.ledger.rows import COLUMNS, FactRow


class Fault(NamedTuple):
    """The first bad fact; `what` is gap, prev, hash, order or unreadable."""

    stream: UUID
    seq: int
    what: str

    def __str__(self) -> str:
        return f"stream {self.stream} fact {self.seq}: {MEANINGS[self.what]}"


class Walk(NamedTuple):
    """The result of a walk: how much was seen, and the first fault if any."""

    facts: int
    streams: int
    fault: Fault | None


MEANINGS = {
    "gap": "a fact before it is missing (gap)",
    "prev": "it does not continue the fact before it (prev)",
    "hash": "its content is not what was recorded (hash)",
    "order": "it was written before the fact it follows (order)",
    "unreadable": "its fields cannot be read (unreadable)",
}


def walk(rows: Iterable[tuple[Any, ...]]) -> Walk:
    """Check rows `(id, *COLUMNS)` ordered by stream and seq; keeps only one row in memory."""
    facts = streams = 0
    stream: UUID | None = None
    seq, prev, last_id = 0, "", 0
    for row_id, *columns in rows:
        row = FactRow(*columns)
        if row.stream != stream:
            stream, seq, prev, last_id = row.stream, 0, genesis(row.stream), 0
            streams += 1
        what = fault_of(row, seq, prev) or ("order" if row_id <= last_id else "")
        if what:
            return Walk(facts, streams, Fault(row.stream, row.seq, what))
        facts += 1
        seq, prev, last_id = row.seq, row.hash, row_id
    return Walk(facts, streams, None)


def fault_of(row: FactRow, seq: int, prev: str) -> str:
    """What is wrong with `row` behind the head `(seq, prev)`; "" when it fits."""
    if row.seq != seq + 1:
        return "gap"
    if row.prev != prev:
        return "prev"
    try:
        expected = digest(row.prev, *row[:9])
    except (TypeError, ValueError):
        return "unreadable"
    return "" if row.hash == expected else "hash"


def verify() -> Walk:
    """Walk the whole ledger, streaming."""
    facts = Fact.objects.order_by("stream", "seq").values_list("id", *COLUMNS)
    return walk(facts.iterator(chunk_size=2000))
