"""The facts of a matter as they count at a moment: corrections applied, in legal order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from shounuo.rules.facts import Fact


def moment(value: object) -> datetime:
    """A moment kept in fact data: a datetime, or its ISO text."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def day(value: object) -> date:
    """A date kept in fact data: a date, or its ISO text."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def as_of(facts: Iterable[Fact], at: datetime) -> list[Fact]:
    """The facts whose legal moment is not after ``at``, corrected, by legal moment then order.

    A correction stays in the stream beside what it corrects; here it takes effect, so that a
    wrong moment or value is judged as put right and still seen in the history. One made after
    ``at`` changes nothing at ``at``.
    """
    known = [f for f in facts if f.at <= at]
    corrections = sorted((f for f in known if f.kind == "corrected"), key=lambda f: f.seq)
    if corrections:
        known = _corrected(known, corrections)
    counting = [f for f in known if f.at <= at]
    counting.sort(key=lambda f: (f.at, f.seq))
    return counting


def _corrected(facts: Sequence[Fact], corrections: Sequence[Fact]) -> list[Fact]:
    put_right = {f.seq: f for f in facts}
    for correction in corrections:
        seq = int(correction.data["corrects"])
        wrong = put_right.get(seq)
        if wrong is None or wrong.kind == "corrected":
            continue
        right_at = correction.data.get("at")
        put_right[seq] = replace(
            wrong,
            at=moment(right_at) if right_at else wrong.at,
            data={**wrong.data, **(correction.data.get("data") or {})},
        )
    return [put_right[f.seq] for f in facts]
