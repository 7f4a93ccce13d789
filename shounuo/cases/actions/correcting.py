"""Putting the record right: the wrong fact and the correction both stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shounuo.cases.actions.recording import NotAllowed, Put, record
from shounuo.cases.actions.standing import Before
from shounuo.cases.actions.verbs import On
from shounuo.cases.models import Case
from shounuo.ledger.actions import NewFact
from shounuo.ledger.moments import civil
from shounuo.rules.engine.history import as_of
from shounuo.rules.facts import data_faults
from shounuo.rules.judgement import Reason

NEVER_CORRECTED = frozenset(
    {"rated", "rating_appealed", "rating_appeal_decided", "disputed", "merged", "joined"}
)
"""What the person who asked said, and what another matter rests on. A rating is appealed, not corrected."""


def correct(
    on: On, seq: int, reason: str, words: str, at: str | None = None, data: Mapping[str, Any] | None = None
) -> Case:
    """Put a recorded fact right; both stay in the record.

    What takes away a breach is put right by somebody outside of the section whose breach it is (`recording`).
    """

    def make(before: Before) -> list[Put]:
        _can_correct(before, seq, datetime.fromisoformat(at) if at else None, data or {}, civil(on.stamp.at))
        said = {"reason": reason} | ({"at": at} if at else {}) | ({"data": dict(data)} if data else {})
        return [
            Put(NewFact("corrected", on.stamp.at, on.stamp.by, said, seq, on.stamp.marks), {"reasons": words})
        ]

    return record(on.stream, "correct", make, on.actor, on.stamp, on.version)


def _can_correct(
    before: Before, seq: int, at: datetime | None, data: Mapping[str, Any], now: datetime
) -> None:
    """Refuse what would leave facts before the receipt, in the future, or of the wrong shape."""
    wrong = next((f for f in before.facts if f.seq == seq and f.kind != "corrected"), None)
    if wrong is None:
        raise NotAllowed(Reason("nothing_to_correct"))
    if wrong.kind in NEVER_CORRECTED:
        raise NotAllowed(Reason("never_corrected"))
    if faults := data_faults(wrong.kind, {**wrong.data, **data}):
        raise ValueError(f"{wrong.kind}: {'; '.join(faults)}")
    if at is None:
        return
    if at > now:
        raise NotAllowed(Reason("moment_in_future"))
    others = as_of(before.facts, now)
    received = next(f for f in others if f.kind == "received")
    rest = [f.at for f in others if f.seq != seq]
    too_early = any(moment < at for moment in rest) if wrong.kind == "received" else at < received.at
    if too_early:
        raise NotAllowed(Reason("before_receipt"))
