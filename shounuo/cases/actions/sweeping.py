"""Letting time pass for many matters at once: the bulk form of `time.let_time_pass`, for the sweep.

The facts are inserted first: their numbers are the compare-and-swap. Warnings and breaches change no judgement, so one
judgement a matter is enough; a matter for which anything else has come goes the way of single matters.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from shounuo.cases.actions.moved import unrecorded
from shounuo.cases.actions.standing import Before
from shounuo.cases.actions.time import Come, come_due, deemed_acceptance, fact_of, let_time_pass, marks_of
from shounuo.cases.actions.writing import whose
from shounuo.cases.models import Case
from shounuo.cases.projection import case_values, raised
from shounuo.cases.stream import facts_of, facts_to_be, latest
from shounuo.commitments import actions as commitments
from shounuo.commitments.actions import Whose
from shounuo.commitments.models import RunningClock
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import Conflict, FactRow
from shounuo.ledger.moments import civil, instant
from shounuo.ledger.rows import rows_for_insert
from shounuo.organisation.models import Unit
from shounuo.regulations.editions import editions_of
from shounuo.rules.engine import judge

ROUNDS = 2
"""How often a page is read anew after another worker was first, before its matters go one by one."""


class Passed(NamedTuple):
    """What time brings one matter: its row as it will be, facts to add, clock and check rows."""

    case: Case
    before: Before
    whose: Whose
    come: Sequence[Come]
    rows: Sequence[FactRow]
    values: dict[str, object]


def let_time_pass_together(streams: Sequence[UUID], at: datetime) -> int:
    """Record what has come due for these matters until `at`; returns for how many something had."""
    for _round in range(ROUNDS):
        try:
            with transaction.atomic():
                moved, apart = _together(streams, at)
        except Conflict:
            continue
        return moved + sum(let_time_pass(stream, at) for stream in apart)
    return sum(let_time_pass(stream, at) for stream in streams)


def _together(streams: Sequence[UUID], at: datetime) -> tuple[int, list[UUID]]:
    """How many were written, and the matters that need the single way."""
    passed, apart, sections = [], [], _Sections()
    for before in _stand(streams, at):
        if unrecorded(before) or deemed_acceptance(before):
            apart.append(before.case.stream)
        elif come := come_due(before):
            passed.append(_passed(before, come, sections, at))
    if passed:
        _write(passed, at)
    return len(passed), apart


def _stand(streams: Sequence[UUID], at: datetime) -> Iterator[Before]:
    """Every matter as it stands, with a few questions for all of them."""
    facts = ledger.read_many(streams)
    cases = list(Case.objects.filter(stream__in=streams).order_by("stream"))
    editions = editions_of(case.adoption_id for case in cases)
    for case in cases:
        told = facts_of(facts[case.stream])
        if len(told) != case.version:
            raise Conflict(str(case.stream))  # another's transaction ended between the two questions
        edition = editions[case.adoption_id]
        judged = judge(edition, told, latest(told, civil(at)), with_verbs=False)
        yield Before(case, edition, told, judged)


class _Sections:
    """Ids of units by their codes, asked once an organisation."""

    def __init__(self) -> None:
        self._kept: dict[int, dict[str, int]] = {}

    def of(self, organisation: int) -> dict[str, int]:
        if organisation not in self._kept:
            units = Unit.objects.filter(organisation=organisation)
            self._kept[organisation] = dict(units.values_list("code", "pk"))
        return self._kept[organisation]


def _passed(before: Before, come: Sequence[Come], sections: _Sections, at: datetime) -> Passed:
    case, judged = before.case, before.judged
    codes = sections.of(case.organisation_id)
    new = [fact_of(one, case.marks) for one in come]
    rows = rows_for_insert(case.stream, case.version, case.head, new, at)
    moment = latest([*before.facts, *facts_to_be(new, case.version)], civil(at))
    values = case_values(judged, codes) | {
        "version": rows[-1].seq, "head": rows[-1].hash, "judged_at": max(at, instant(moment))
    }  # fmt: skip
    return Passed(case, before, whose(case, judged, codes), come, rows, values)


def _clocks(one: Passed) -> Iterator[RunningClock]:
    """The rows that time has changed: of the clocks for which something has come."""
    known = raised(one.before.facts) | frozenset(one.come)
    changed = {(rule, no) for rule, no, _mark, _when in one.come}
    for clock in one.before.judged.clocks:
        if (clock.rule, clock.no) in changed:
            yield commitments.clock_row(one.whose, clock, known)


def _write(passed: Sequence[Passed], at: datetime) -> None:
    ledger.insert([row for one in passed for row in one.rows])
    _write_cases(passed)
    commitments.write_clocks([row for one in passed for row in _clocks(one)])
    commitments.raise_all(((one.whose, one.before.judged.clocks, marks_of(one.come)) for one in passed), at)


def _write_cases(passed: Sequence[Passed]) -> None:
    """What has changed in the case rows, by one prepared statement: Django's own ways take several times as long."""
    fields = [field for field in Case._meta.concrete_fields if _changed(field.attname, passed)]
    columns = ", ".join(f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields)
    rows = [
        (
            *(field.get_db_prep_save(one.values[field.attname], connection) for field in fields),
            one.case.pk,
            one.case.version,
        )
        for one in passed
    ]
    table = connection.ops.quote_name(Case._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE id = %s AND version = %s", rows)  # noqa: S608
        if cursor.rowcount != len(rows):
            raise Conflict("a matter moved on meanwhile")


def _changed(name: str, passed: Sequence[Passed]) -> bool:
    """Whether time has changed a column of any of the matters: of most it changes none but four or five."""
    return any(name in one.values and one.values[name] != getattr(one.case, name) for one in passed)
