"""Who stands in for whom, as a question about links; no database.

A link says: from an instant to another, what is in scope goes from an absent person to a delegate. A delegate who is
absent too passes on what lies in both scopes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

FOR_EVER = datetime.max.replace(tzinfo=UTC)
GROUPS = ("front_desk", "handling", "approving")
"""Groups of verbs that a delegate may be given; what belongs to which says `shounuo.cases.access`."""


class What(NamedTuple):
    """What somebody wants to do: the matter's kind and service, and the group of the verb; "" is not known."""

    kind: str = ""
    service: str = ""
    group: str = ""


ANYTHING = What()


@dataclass(frozen=True, slots=True)
class Reach:
    """The scope of one delegation: all, or some kinds, services or groups of verbs."""

    scope: str = "all"
    values: frozenset[str] = frozenset()

    def covers(self, what: What) -> bool:
        """Whether this lies in scope; what is not known does not bar."""
        asked = {"kinds": what.kind, "services": what.service, "verbs": what.group}.get(self.scope, "")
        return not asked or asked in self.values


@dataclass(frozen=True, slots=True)
class Link:
    """One absence with its delegate; `to_at` is the first instant no longer covered."""

    absent: int
    delegate: int | None
    from_at: datetime
    to_at: datetime
    reach: Reach = Reach()


class StoodFor(NamedTuple):
    """Somebody absent at the far end of a chain, the scopes on the way, and until when the whole chain holds."""

    person: int
    reaches: tuple[Reach, ...]
    until: datetime

    def covers(self, what: What) -> bool:
        """Whether every delegation on the way covers it."""
        return all(reach.covers(what) for reach in self.reaches)


def in_force(links: Iterable[Link], at: datetime) -> list[Link]:
    """The links that hold at `at`."""
    return [link for link in links if link.from_at <= at < link.to_at]


def stand_ins(links: Sequence[Link], person: int, what: What = ANYTHING) -> list[int]:
    """Delegates reached from `person` through links that hold at one moment and cover `what`, the nearest first.

    Who has a link is absent and only passes on. A loop goes round once.
    """
    absent = {link.absent for link in links}
    open_ = [link for link in links if link.reach.covers(what)]
    return [one for one in _ways(open_, person) if one not in absent]


def stood_for(links: Sequence[Link], delegate: int) -> list[StoodFor]:
    """Everybody for whom `delegate` stands in, directly or through somebody absent; once for each chain."""
    found: list[StoodFor] = []
    waiting = [(StoodFor(delegate, (), FOR_EVER), frozenset({delegate}))]
    while waiting:
        here, seen = waiting.pop(0)
        for link in links:
            if link.delegate == here.person and link.absent not in seen:
                one = StoodFor(link.absent, (*here.reaches, link.reach), min(here.until, link.to_at))
                found.append(one)
                waiting.append((one, seen | {one.person}))
    return found


def loop_closed_by(links: Sequence[Link], new: Link) -> tuple[int, ...] | None:
    """The people of a loop that `new` would close at some moment of its period, whatever the scopes; None without.

    Who stands in must be there: two who are away at the same time cannot name each other, not even for different
    matters. A loop that holds at any moment holds at the start of the latest of its links: only starts are looked at.
    """
    if new.delegate is None:
        return None
    begins = {new.from_at, *(one.from_at for one in links if new.from_at < one.from_at < new.to_at)}
    for moment in sorted(begins):
        way = _ways(in_force(links, moment), new.delegate).get(new.absent)
        if way or new.delegate == new.absent:
            return (new.absent, *(way or (new.absent,)))
    return None


def _ways(links: Sequence[Link], start: int) -> dict[int, tuple[int, ...]]:
    """Everybody who can be reached from `start`, with the shortest way there, `start` included; the nearest first."""
    ways: dict[int, tuple[int, ...]] = {start: (start,)}
    waiting = [start]
    while waiting:
        person = waiting.pop(0)
        for link in links:
            if link.absent == person and link.delegate is not None and link.delegate not in ways:
                ways[link.delegate] = (*ways[person], link.delegate)
                waiting.append(link.delegate)
    del ways[start]
    return ways
