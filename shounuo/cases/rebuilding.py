"""Rebuilding case, clock and check rows from the facts, and naming every difference. Read only."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from shounuo.cases.actions.writing import whose
from shounuo.cases.models import Case
from shounuo.cases.projection import case_values, raised, section_ids
from shounuo.cases.stream import facts_of
from shounuo.commitments.actions import CHECK_FIELDS, CLOCK_FIELDS, check_row, clock_row
from shounuo.commitments.models import CheckResult, RunningClock
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import FactRow
from shounuo.ledger.models import Fact
from shounuo.ledger.moments import civil
from shounuo.regulations.editions import edition_of
from shounuo.rules.engine import judge

BATCH = 200
NOT_SWEPT = ("next_at",)
"""What imported clocks do not have: nobody is alarmed by the past of another system."""


def differences() -> Iterator[str]:
    """A line for every row that is not what the facts say, in bounded memory."""
    last = 0
    while batch := list(Case.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from _batch(batch)
        last = batch[-1].pk
    yield from _without_matter()


def _batch(cases: list[Case]) -> Iterator[str]:
    streams = [case.stream for case in cases]
    facts = ledger.read_many(streams)
    clocks = _by_stream(RunningClock.objects.filter(stream__in=streams))
    checks = _by_stream(CheckResult.objects.filter(stream__in=streams))
    for case in cases:
        if case.stream not in facts:
            yield f"{case.number}: the matter has no facts"
        else:
            yield from _one(
                case, facts[case.stream], clocks.get(case.stream, []), checks.get(case.stream, [])
            )


def _by_stream(rows: Any) -> dict[UUID, list[Any]]:
    ordered = rows.order_by("stream")
    return {stream: list(same) for stream, same in groupby(ordered, key=lambda row: row.stream)}


def _one(case: Case, rows: list[FactRow], clocks: list[Any], checks: list[Any]) -> Iterator[str]:
    facts = facts_of(rows)
    judged = judge(edition_of(case.adoption_id), facts, civil(case.judged_at), with_verbs=False)
    sections = section_ids(case.organisation_id, (judged.section, judged.handing_to))
    values = case_values(judged, sections) | {"version": rows[-1].seq, "head": rows[-1].hash}
    values["channel"] = facts[0].data.get("channel", "")
    skip = NOT_SWEPT if case.marks == "import" else ()
    yield from _compare(case.number, "", values, case, ())
    theirs = whose(case, judged, sections)
    done = raised(facts)
    wanted = {(c.rule, c.no): clock_row(theirs, c, done) for c in judged.clocks}
    yield from _rows(case.number, "clock", wanted, {(c.rule, c.no): c for c in clocks}, CLOCK_FIELDS, skip)
    results = {c.rule: check_row(theirs, c) for c in judged.checks if c.over}
    yield from _rows(case.number, "check", results, {c.rule: c for c in checks}, CHECK_FIELDS, ())


def _rows(
    number: str,
    what: str,
    wanted: dict[Any, Any],
    kept: dict[Any, Any],
    fields: list[str],
    skip: tuple[str, ...],
) -> Iterator[str]:
    for key in sorted({*wanted, *kept}, key=str):
        name = " ".join(map(str, key)) if isinstance(key, tuple) else key
        if key not in kept:
            yield f"{number}: {what} {name} is missing"
        elif key not in wanted:
            yield f"{number}: {what} {name} follows from no fact"
        else:
            values = {field: getattr(wanted[key], field) for field in fields}
            yield from _compare(number, f"{what} {name} ", values, kept[key], skip)


def _compare(
    number: str, what: str, values: dict[str, Any], row: Any, skip: tuple[str, ...]
) -> Iterator[str]:
    for field, value in values.items():
        found = getattr(row, field)
        if field not in skip and found != value:
            yield f"{number}: {what}{field} is {found}, by the facts it should be {value}"


def _without_matter() -> Iterator[str]:
    known = Case.objects.values("stream")
    begun = Fact.objects.filter(kind="received", seq=1).exclude(stream__in=known)
    for stream in begun.values_list("stream", flat=True)[:BATCH]:
        yield f"stream {stream}: facts of a matter without its row"
    for model in (RunningClock, CheckResult):
        for row in model.objects.exclude(stream__in=known)[:BATCH]:
            yield f"{model._meta.verbose_name} {row}: belongs to no matter"
