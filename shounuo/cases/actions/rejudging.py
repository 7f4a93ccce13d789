"""Judging many open matters again at once: the bulk form of letting time pass, for a recomputation.

The facts are inserted first: their numbers are the compare-and-swap, and no row is locked while another matter's
transaction could wait for it. Then the rows are locked and compared, because a matter whose dues only became
definite gets no fact. Whoever was first wins; the batch is then done matter by matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from shounuo.cases.actions.moved import facts_of_moves, keep_rows, unrecorded
from shounuo.cases.actions.standing import Before
from shounuo.cases.actions.time import catch_up, come_due, deemed_acceptance
from shounuo.cases.actions.writing import whose
from shounuo.cases.models import Case
from shounuo.cases.projection import case_values, raised
from shounuo.cases.stream import facts_of, facts_to_be, latest
from shounuo.commitments.actions import CLOCK_FIELDS, clock_row, write_clocks
from shounuo.commitments.models import RunningClock
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import Conflict, FactRow, NewFact
from shounuo.ledger.moments import civil, instant
from shounuo.ledger.rows import rows_for_insert
from shounuo.regulations.actions.recomputing import Rejudged
from shounuo.regulations.editions import editions_of
from shounuo.rules.engine import judge
from shounuo.rules.judgement import Judgement

PAST = "import"
"""Marks of matters of another system: nobody is alarmed by them, and their dues are what their log says."""


class Change(NamedTuple):
    """What a matter's new judgement makes of it: facts to add, case row, clock rows that differ."""

    before: Before
    new: list[NewFact]
    facts: list[FactRow]
    judged: Judgement
    clocks: list[RunningClock]
    settled: int


def rejudge(streams: Sequence[UUID], at: datetime) -> Rejudged:
    """Write what the judgement of these matters now says, inside the caller's transaction.

    `Conflict` when one of them was changed by somebody else meanwhile. Matters for which something has come due are
    let come due on the way.
    """
    kept = _clocks(streams)
    changes, moved = [], 0
    for before in _stand(streams, at):
        if come_due(before) or deemed_acceptance(before):
            moved += len(unrecorded(before))
            catch_up(before, at)
        elif change := _change(before, kept.get(before.case.stream, {}), at):
            changes.append(change)
    _write(changes, at)
    moved += sum(len(change.new) for change in changes)
    return Rejudged(moved, sum(change.settled for change in changes))


def _stand(streams: Sequence[UUID], at: datetime) -> Iterator[Before]:
    """Every open matter as it stands, with three questions for all of them."""
    facts = ledger.read_many(streams)
    still_open = Case.objects.filter(stream__in=streams, ended_at__isnull=True).exclude(marks=PAST)
    cases = list(still_open.order_by("stream"))
    editions = editions_of(case.adoption_id for case in cases)
    for case in cases:
        edition = editions[case.adoption_id]
        told = facts_of(facts[case.stream])
        judged = judge(edition, told, latest(told, civil(at)), with_verbs=False)
        yield Before(case, edition, told, judged)


def _clocks(streams: Sequence[UUID]) -> dict[UUID, dict[tuple[str, int], RunningClock]]:
    found: dict[UUID, dict[tuple[str, int], RunningClock]] = {}
    for row in RunningClock.objects.filter(stream__in=streams):
        found.setdefault(row.stream, {})[row.rule, row.no] = row
    return found


def _change(before: Before, kept: Mapping[tuple[str, int], RunningClock], at: datetime) -> Change | None:
    """What must be written; None when the rows already say what the judgement says."""
    case, judged = before.case, before.judged
    new = facts_of_moves(before, unrecorded(before))
    facts = [*before.facts, *facts_to_be(new, case.version)]
    rows = [
        clock_row(whose(case, judged, _sections(case, judged)), clock, raised(facts))
        for clock in judged.clocks
    ]
    differ = [row for row in rows if _differs(row, kept.get((row.rule, row.no)))]
    if not new and not differ:
        return None
    settled = sum(_settled(row, kept.get((row.rule, row.no))) for row in differ)
    recorded = rows_for_insert(case.stream, case.version, case.head, new, at)
    return Change(before, new, recorded, judged, differ, settled)


def _differs(row: RunningClock, kept: RunningClock | None) -> bool:
    return kept is None or any(getattr(row, field) != getattr(kept, field) for field in CLOCK_FIELDS)


def _settled(row: RunningClock, kept: RunningClock | None) -> bool:
    """Whether a due that was provisional, or could not be told, is definite now."""
    open_before = kept is not None and (kept.provisional or (kept.due_at is None and kept.state == "running"))
    return open_before and not row.provisional and row.due_at is not None


def _sections(case: Case, judged: Judgement) -> dict[str, int]:
    """Judging again moves no matter to another section: the ids are those of the row."""
    found = {judged.section: case.section_id, judged.handing_to: case.handing_to_id}
    return {code: pk for code, pk in found.items() if code and pk}


def _write(changes: Sequence[Change], at: datetime) -> None:
    if not changes:
        return
    facts = [row for change in changes for row in change.facts]
    ledger.insert(facts)
    _lock([change.before.case for change in changes])
    for change in changes:
        _put(change.before.case, change, at)
    Case.objects.bulk_create(  # an upsert: Django's bulk_update takes six times as long
        [c.before.case for c in changes],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=CASE_FIELDS,
    )
    write_clocks([row for change in changes for row in change.clocks])
    by_house: dict[int, list[FactRow]] = {}
    for change in changes:
        by_house.setdefault(change.before.case.organisation_id, []).extend(change.facts)
    for house, rows in by_house.items():
        keep_rows(house, rows)


CASE_FIELDS = ["version", "head", "judged_at", "due_at", "provisional", "clock_state"]
"""The columns of a matter that judging it again may change."""


def _lock(cases: Sequence[Case]) -> None:
    """Nobody may have changed a matter since it was judged, also where no fact tells of the change."""
    rows = Case.objects.select_for_update().filter(pk__in=[case.pk for case in cases]).order_by("pk")
    versions = dict(rows.values_list("pk", "version"))
    for case in cases:
        if versions.get(case.pk) != case.version:
            raise Conflict(str(case.stream))


def _put(case: Case, change: Change, at: datetime) -> None:
    values: dict[str, Any] = case_values(change.judged, _sections(case, change.judged))
    for field in ("due_at", "provisional", "clock_state"):
        setattr(case, field, values[field])
    if change.facts:
        case.version, case.head = change.facts[-1].seq, change.facts[-1].hash
    case.judged_at = max(at, instant(change.judged.at))
