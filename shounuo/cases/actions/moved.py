"""Dues that a calendar or an amendment moved: the fact and the row of each move that has none yet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from shounuo.cases.actions.standing import Before
from shounuo.ledger.actions import FactRow, NewFact
from shounuo.ledger.moments import instant
from shounuo.regulations.models import Adoption, DueMove
from shounuo.rules.edition import VERSION_MARK
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock
from shounuo.rules.judgement import DueMove as Move

BY_THE_RULES = ("calendar", "amended")
"""Causes that are no fact of the matter itself; whatever else moves a due has its own fact."""

Key = tuple[str, int, str, str, str | None]


def unrecorded(before: Before) -> list[tuple[Clock, Move]]:
    """Moves of a matter that no fact tells of yet, in legal order."""
    found = [(c, m) for c in before.judged.clocks for m in c.moves if m.cause in BY_THE_RULES]
    if not found:
        return []
    told = {_told(fact) for fact in before.facts if fact.kind == "due_moved"}
    return sorted((one for one in found if _key(*one) not in told), key=lambda one: one[1].at)


def _key(clock: Clock, move: Move) -> Key:
    return clock.rule, clock.no, move.cause, move.at.isoformat(), _iso(move.new)


def _told(fact: Fact) -> Key:
    return fact.data["rule"], fact.data["no"], fact.data["cause"], fact.at.isoformat(), fact.data.get("new")


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def fact_of(before: Before, clock: Clock, move: Move) -> NewFact:
    """The fact of a move: old, new, cause, and who caused it, at the legal moment from which it counts."""
    source, by = _source(before, clock, move)
    said = {"rule": clock.rule, "no": clock.no, "old": _iso(move.old), "new": _iso(move.new),
            "cause": move.cause, "source": source}  # fmt: skip
    data: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    return NewFact("due_moved", instant(move.at), by, data, None, before.case.marks)


def _source(before: Before, clock: Clock, move: Move) -> tuple[str, str]:
    """What moved it and who: a calendar's name and version, or the day of the amendment."""
    if move.cause == "calendar":
        name = clock.calendar.partition(VERSION_MARK)[0]
        version = next(one for one in before.edition.versions[name] if one.since == move.at)
        return f"{name}{VERSION_MARK}{version.number}", version.by
    pack, day = before.edition.pack.head.id, move.at.date()
    adopted = Adoption.objects.filter(
        organisation=before.case.organisation_id, purpose="", text__pack=pack, in_force_from__lte=day
    )
    return day.isoformat(), adopted.order_by("-in_force_from").values_list(
        "adopted_by", flat=True
    ).first() or ""


def keep_rows(organisation_id: int, rows: Iterable[FactRow]) -> None:
    """The rows of the moves among facts just recorded."""
    found = [row for row in rows if row.kind == "due_moved" and "source" in row.data]
    DueMove.objects.bulk_create(_row(organisation_id, row) for row in found)


def _row(organisation_id: int, row: FactRow) -> DueMove:
    data = row.data
    moments = {
        name: instant(datetime.fromisoformat(data[name])) if name in data else None for name in ("old", "new")
    }
    return DueMove(
        organisation_id=organisation_id, stream=row.stream, seq=row.seq, rule=data["rule"], no=data["no"],
        cause=data["cause"], source=data["source"], at=row.at, by=row.actor, recorded_at=row.recorded_at, **moments,
    )  # fmt: skip


def facts_of_moves(before: Before, moves: Sequence[tuple[Clock, Move]]) -> list[NewFact]:
    """The facts of several moves."""
    return [fact_of(before, clock, move) for clock, move in moves]
