"""A matter's stream as the engine reads it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from shounuo.ledger.moments import civil
from shounuo.ledger.rows import FactRow, NewFact
from shounuo.rules.facts import Fact


def facts_of(rows: Iterable[FactRow]) -> list[Fact]:
    """Recorded rows as facts of the rules: civil moments, corrections pointing at what they correct."""
    return [
        Fact(
            row.seq, row.kind, civil(row.at), civil(row.recorded_at), row.actor, _data(row.data, row.corrects)
        )
        for row in rows
    ]


def facts_to_be(new: Iterable[NewFact], after: int) -> list[Fact]:
    """Facts about to be recorded behind number ``after``, for judging before they are written."""
    return [
        Fact(seq, f.kind, civil(f.at), civil(f.at), f.actor, _data(f.data, f.corrects))
        for seq, f in enumerate(new, after + 1)
    ]


def latest(facts: Sequence[Fact], at: datetime) -> datetime:
    """The civil moment rows are judged at: never before the last fact, however far an entry is dated back."""
    return max(at, *(fact.at for fact in facts))


def _data(data: dict[str, object], corrects: int | None) -> dict[str, object]:
    return data if corrects is None else {**data, "corrects": corrects}
