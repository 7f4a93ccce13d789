"""A matter's stream as the engine reads it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from shounuo.ledger.moments import civil
from shounuo.ledger.rows import NewFact
from shounuo.regulations.streams import data_of, facts_of
from shounuo.rules.facts import Fact

__all__ = ["facts_of", "facts_to_be", "latest"]


def facts_to_be(new: Iterable[NewFact], after: int) -> list[Fact]:
    """Facts about to be recorded behind number ``after``, for judging before they are written."""
    return [
        Fact(seq, f.kind, civil(f.at), civil(f.at), f.actor, data_of(f.data, f.corrects))
        for seq, f in enumerate(new, after + 1)
    ]


def latest(facts: Sequence[Fact], at: datetime) -> datetime:
    """The civil moment rows are judged at: never before the last fact, however far an entry is dated back."""
    return max(at, *(fact.at for fact in facts))
