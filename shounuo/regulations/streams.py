"""A matter's stream as the engine reads it: recorded rows as facts of the rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from shounuo.ledger.moments import civil
from shounuo.ledger.rows import FactRow
from shounuo.rules.facts import Fact


def facts_of(rows: Iterable[FactRow]) -> list[Fact]:
    """Recorded rows as facts of the rules: civil moments, corrections pointing at what they correct."""
    return [
        Fact(
            row.seq,
            row.kind,
            civil(row.at),
            civil(row.recorded_at),
            row.actor,
            data_of(row.data, row.corrects),
        )
        for row in rows
    ]


def data_of(data: Mapping[str, Any], corrects: int | None) -> Mapping[str, Any]:
    """What a fact says, with the number of the fact it corrects."""
    return data if corrects is None else {**data, "corrects": corrects}
