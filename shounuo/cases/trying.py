"""An edition tried on matters of the past: what it would have kept and what late, by promise. Read only.

Every matter is judged as it is judged every day, by the same function, at one moment; nothing is written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shounuo.cases.models import Case
from shounuo.ledger import actions as ledger
from shounuo.regulations.streams import facts_of
from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import ClockState

MOST = 5_000
A_BATCH = 250
KEPT = frozenset({ClockState.MET})
LATE = frozenset({ClockState.MET_LATE, ClockState.BREACHED})
OPEN = frozenset({ClockState.RUNNING, ClockState.PAUSED})


@dataclass(frozen=True, slots=True)
class Tried:
    """One promise over the matters: clocks kept, late, still running."""

    rule: str
    kept: int
    late: int
    open: int

    @property
    def ended(self) -> int:
        """Clocks that were kept or late."""
        return self.kept + self.late


@dataclass(frozen=True, slots=True)
class Trial:
    """How many matters there are, how many were judged, and the promises of each edition, in its order."""

    found: int
    judged: int
    promises: tuple[tuple[Tried, ...], ...]


def streams_since(organisation_id: int, since: datetime) -> tuple[int, list[UUID]]:
    """How many matters came in since a moment (aware), and the streams of the newest of them, at most `MOST`."""
    rows = Case.objects.filter(organisation=organisation_id, received_at__gte=since).order_by()
    newest = rows.order_by("-received_at", "-id").values_list("stream", flat=True)
    return rows.count(), list(newest[:MOST])


def try_on(
    streams: Sequence[UUID],
    editions: Sequence[Edition],
    at: datetime,
    still: Callable[[], bool] = lambda: True,
) -> tuple[int, tuple[tuple[Tried, ...], ...]]:
    """Judge matters under each edition at a civil moment: how many were judged, and the counts by edition and promise.

    ``still`` says before every batch whether there is time left.
    """
    counts: list[Counter[tuple[str, str]]] = [Counter() for _edition in editions]
    judged = 0
    for facts in _histories(streams, still):
        judged += 1
        moment = max(at, *(fact.at for fact in facts))
        for edition, count in zip(editions, counts, strict=True):
            count.update(outcomes(edition, facts, moment))
    return judged, tuple(
        tuple(_promises(edition, count)) for edition, count in zip(editions, counts, strict=True)
    )


def outcomes(edition: Edition, facts: Sequence[Fact], at: datetime) -> Iterator[tuple[str, str]]:
    """(promise, kept | late | open) of each clock of one matter; clocks made void say nothing."""
    for clock in judge(edition, facts, at, with_verbs=False).clocks:
        for name, states in (("kept", KEPT), ("late", LATE), ("open", OPEN)):
            if clock.state in states:
                yield clock.rule, name


def _histories(streams: Sequence[UUID], still: Callable[[], bool]) -> Iterator[list[Fact]]:
    for first in range(0, len(streams), A_BATCH):
        if not still():
            return
        part = streams[first : first + A_BATCH]
        yield from map(facts_of, ledger.read_many(part).values())


def _promises(edition: Edition, count: Mapping[tuple[str, str], int]) -> Iterable[Tried]:
    for key, _rule in edition.clock_rules():
        yield Tried(key, *(count.get((key, name), 0) for name in ("kept", "late", "open")))
