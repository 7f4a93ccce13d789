"""How promises were kept: by promise and unit, each with its denominator, and totals of matters."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from shounuo.cases.models import Case, CaseQuerySet
from shounuo.cases.stream import facts_of
from shounuo.commitments.models import CheckResult, RunningClock
from shounuo.ledger.actions import FactRow
from shounuo.ledger.models import Fact
from shounuo.ledger.moments import civil, instant
from shounuo.ledger.rows import COLUMNS
from shounuo.organisation.models import Unit
from shounuo.regulations.editions import edition_of
from shounuo.rules.engine import UNDECIDED, judge
from shounuo.rules.judgement import CheckState, Clock, ClockState, Judgement

BATCH = 500


@dataclass(slots=True)
class Total:
    """Counts of matters. matters = closed + open; kept + late = closed with a due that could be judged;
    open_overdue is part of open; undecided is inside closed or open; with_due counts matters that have
    a due instant. A matter counts once, by its handling promise.
    """

    matters: int = 0
    closed: int = 0
    open: int = 0
    with_due: int = 0
    kept: int = 0
    late: int = 0
    open_overdue: int = 0
    undecided: int = 0


@dataclass(slots=True)
class Line:
    """One promise in one unit: kept and late are its denominator, the rest has not come due or fell away."""

    rule: str
    unit: str
    kept: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0
    void: int = 0


@dataclass(slots=True)
class Table:
    """The whole table at a moment."""

    at: datetime
    total: Total = field(default_factory=Total)
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)

    def line(self, rule: str, unit: str) -> Line:
        """The line of a promise in a unit, made when first asked for."""
        return self.lines.setdefault((rule, unit), Line(rule, unit))

    def as_json(self) -> dict[str, Any]:
        """The table as `shounuo fulfilment --json` prints it."""
        rows = [asdict(self.lines[key]) for key in sorted(self.lines)]
        return {"at": self.at.isoformat(), "total": asdict(self.total), "promises": rows}


def matters_of(at: datetime, since: date | None, until: date | None, unit: Unit | None) -> CaseQuerySet:
    """The matters received by `at`, on the days from ``since`` to ``until`` inclusive, in a unit and below."""
    found = Case.objects.filter(received_at__lte=at)
    if since:
        found = found.filter(received_at__gte=instant(datetime.combine(since, time())))
    if until:
        found = found.filter(received_at__lt=instant(datetime.combine(until + timedelta(days=1), time())))
    if unit:
        path = unit.path
        found = found.filter(Q(section__path__startswith=path) | Q(organisation__path__startswith=path))
    return found


def fulfilment(
    at: datetime, since: date | None = None, until: date | None = None, unit: Unit | None = None
) -> Table:
    """The table as it was at a moment, with the dues as known then.

    Matters on which nothing was recorded after that moment are counted from their rows; the others
    are judged again from the facts that counted then.
    """
    table = Table(at)
    names = dict(Unit.objects.values_list("pk", "code"))
    matters = matters_of(at, since, until, unit)
    later = Fact.objects.filter(stream=OuterRef("stream"), at__gt=at)
    ended = matters.filter(ended_at__lte=at).exclude(Exists(later))
    _count_rows(table, ended, names, at)
    _count_judged(table, matters.exclude(pk__in=ended.values("pk")), names, at)
    return table


def _count_rows(table: Table, matters: CaseQuerySet, names: dict[int, str], at: datetime) -> None:
    """Ended matters whose rows say what was true at the moment."""
    streams = matters.values("stream")
    total = table.total
    for undecided in matters.values_list("undecided", flat=True).iterator(chunk_size=5000):
        total.matters += 1
        total.closed += 1
        total.undecided += undecided
    clocks = RunningClock.objects.filter(stream__in=streams).values_list(
        "rule", "section_id", "organisation_id", "state", "handling", "due_at"
    )
    for rule, section, house, state, handling, due in clocks.iterator(chunk_size=5000):
        _count_clock(table.line(rule, names[section or house]), state, False)
        if handling and due is not None:
            _count_handling(total, state)
    checks = CheckResult.objects.filter(stream__in=streams, judged_at__lte=at)
    for rule, section, house, state in checks.values_list("rule", "section_id", "organisation_id", "state"):
        _count_check(table.line(rule, names[section or house]), state)


def _count_handling(total: Total, state: str) -> None:
    total.with_due += 1
    total.kept += state == ClockState.MET
    total.late += state in (ClockState.MET_LATE, ClockState.BREACHED)


def _count_clock(line: Line, state: str, overdue: bool) -> None:
    line.kept += state == ClockState.MET
    line.late += state == ClockState.MET_LATE
    line.overdue += state == ClockState.BREACHED or overdue
    line.running += state in (ClockState.RUNNING, ClockState.PAUSED) and not overdue
    line.void += state == ClockState.VOID


def _count_check(line: Line, state: str) -> None:
    line.kept += state == CheckState.KEPT
    line.late += state == CheckState.BROKEN
    line.running += state == CheckState.PENDING


def _count_judged(table: Table, matters: CaseQuerySet, names: dict[int, str], at: datetime) -> None:
    """Matters judged from the facts that counted at the moment, in batches."""
    fields = ("stream", "adoption_id", "section_id", "organisation_id")
    batch: list[tuple[Any, ...]] = []
    for row in matters.order_by("pk").values_list(*fields).iterator(chunk_size=5000):
        batch.append(row)
        if len(batch) == BATCH:
            _judge_batch(table, batch, names, at)
            batch = []
    _judge_batch(table, batch, names, at)


def _judge_batch(table: Table, batch: list[tuple[Any, ...]], names: dict[int, str], at: datetime) -> None:
    streams: dict[Any, list[FactRow]] = {row[0]: [] for row in batch}
    facts = Fact.objects.filter(stream__in=streams, at__lte=at).order_by("stream", "seq")
    for values in facts.values_list(*COLUMNS):
        streams[values[0]].append(FactRow(*values))
    for stream, adoption, section, house in batch:
        judged = judge(edition_of(adoption), facts_of(streams[stream]), civil(at), with_verbs=False)
        _count_one(table, judged, names[section or house])


def _count_one(table: Table, judged: Judgement, unit: str) -> None:
    total = table.total
    total.matters += 1
    total.closed += judged.state.ended
    total.open += not judged.state.ended
    total.undecided += any(f.code in UNDECIDED for f in judged.findings)
    for clock in judged.clocks:
        _count_clock(table.line(clock.rule, unit), clock.state, False)
    for check in judged.checks:
        if check.over:
            _count_check(table.line(check.rule, unit), check.state)
    if handling := _handling(judged.clocks):
        _count_handled(total, handling, judged)


def _handling(clocks: Iterable[Clock]) -> Clock | None:
    found = [c for c in clocks if c.handling and (c.due is not None or c.state is ClockState.PAUSED)]
    return found[-1] if found else None


def _count_handled(total: Total, clock: Clock, judged: Judgement) -> None:
    if clock.due is None:
        return
    total.with_due += 1
    if not judged.state.ended:
        total.open_overdue += clock.state is ClockState.BREACHED
        return
    total.kept += clock.state is ClockState.MET
    total.late += clock.state in (ClockState.MET_LATE, ClockState.BREACHED)

