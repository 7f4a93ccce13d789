"""How a change of the organisation is recorded: one fact on the unit's stream."""

from datetime import datetime
from typing import Any, NamedTuple

from shounuo.ledger import actions as ledger
from shounuo.organisation.models import Unit
from shounuo.organisation.refusals import NotPossible

__all__ = ["ABSENCE", "KIND", "ROSTER", "NotPossible", "Stamp", "record"]

KIND = "organisation_changed"
"""Units, posts, people, appointments, accounts: regulations have duties that follow it."""
ABSENCE, ROSTER = "absence_changed", "roster_changed"
"""Everyday changes that no register of the organisation has to follow."""


class Stamp(NamedTuple):
    """Who changes (opaque actor id, "" = system), the legal moment, and the real clock's moment of writing.

    `recorded_at` may be left out where both are the same; `marks` is "" or "demo", "import", "back_dated".
    """

    by: str
    at: datetime
    recorded_at: datetime | None = None
    marks: str = ""


def record(unit: Unit, stamp: Stamp, change: str, under: str = KIND, **data: Any) -> None:
    """Put the change on the unit's stream; ids and codes only, no names of people."""
    last = ledger.head(unit.stream)
    fact = ledger.NewFact(under, stamp.at, stamp.by, {"change": change, **data}, marks=stamp.marks)
    ledger.append(unit.stream, last.seq, last.hash, [fact], stamp.recorded_at or stamp.at)
