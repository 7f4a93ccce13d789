"""How promises were kept: by promise and unit, each with its denominator, and totals of matters."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shounuo.cases.actions.standing import PRETENDED
from shounuo.cases.models import Case, CaseQuerySet
from shounuo.cases.stream import facts_of
from shounuo.commitments.models import CheckResult, RunningClock
from shounuo.ledger.actions import FactRow
from shounuo.ledger.models import Fact
from shounuo.ledger.moments import begin_of, civil
from shounuo.ledger.rows import COLUMNS
from shounuo.organisation.models import Unit
from shounuo.regulations.editions import editions_of
from shounuo.rules.engine import UNDECIDED, judge
from shounuo.rules.judgement import CheckState, Clock, ClockState, Judgement

BATCH = 500


@dataclass(slots=True)
class Total:
    """Counts of matters. matters = closed + open; kept + late = closed with a due that could be judged;
    open_overdue is part of open; undecided is inside closed or open, and in none of kept, late and
    open_overdue; with_due counts matters that have a due instant. A matter counts once, by its handling promise.
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
        found = found.filter(received_at__gte=begin_of(since))
    if until:
        found = found.filter(received_at__lt=begin_of(until + timedelta(days=1)))
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
    # One set of streams, not a question a matter: PostgreSQL without statistics would walk all facts each time.
    later = Fact.objects.filter(_not_known(at)).values("stream")
    ended = matters.filter(ended_at__lte=at).exclude(stream__in=later)
    _count_rows(table, ended, names, at)
    _count_judged(table, matters.exclude(pk__in=ended.values("pk")), names, at)
    return table


def _not_known(at: datetime) -> Q:
    """Facts that did not count yet: of a later moment, or written later. What an import or a demonstration
    wrote was known at its own moment, not at that of writing.
    """
    return Q(at__gt=at) | (Q(recorded_at__gt=at) & ~Q(marks__in=PRETENDED))


def _count_rows(table: Table, matters: CaseQuerySet, names: dict[int, str], at: datetime) -> None:
    """Ended matters whose rows say what was true at the moment."""
    streams, total = matters.values("stream"), table.total
    for undecided, count in matters.order_by().values_list("undecided").annotate(Count("pk")):
        total.matters += count
        total.closed += count
        total.undecided += count * undecided
    clocks = RunningClock.objects.filter(stream__in=streams)
    kept_in = ("rule", "section_id", "organisation_id", "state")
    for rule, section, house, state, count in clocks.order_by().values_list(*kept_in).annotate(Count("pk")):
        _count_clock(table.line(rule, names[section or house]), state, count)
    for state, count in _last_handling(clocks).values_list("state").annotate(Count("pk")):
        _count_handled(total, state, count)
    checks = CheckResult.objects.filter(stream__in=streams)
    for rule, section, house, state, count in checks.order_by().values_list(*kept_in).annotate(Count("pk")):
        _count_check(table.line(rule, names[section or house]), state, count)


def _last_handling(clocks: QuerySet[RunningClock]) -> QuerySet[RunningClock]:
    """One clock a matter: the last one of its handling promise that has a due instant."""
    dated = RunningClock.objects.filter(handling=True, due_at__isnull=False)
    after = dated.filter(stream=OuterRef("stream"), started_at__gt=OuterRef("started_at"))
    return clocks.filter(handling=True, due_at__isnull=False).exclude(Exists(after)).order_by()


def _count_handled(total: Total, state: str, count: int = 1) -> None:
    total.with_due += count
    total.kept += count * (state == ClockState.MET)
    total.late += count * (state in (ClockState.MET_LATE, ClockState.BREACHED))


def _count_clock(line: Line, state: str, count: int = 1) -> None:
    line.kept += count * (state == ClockState.MET)
    line.late += count * (state == ClockState.MET_LATE)
    line.overdue += count * (state == ClockState.BREACHED)
    line.running += count * (state in (ClockState.RUNNING, ClockState.PAUSED))
    line.void += count * (state == ClockState.VOID)


def _count_check(line: Line, state: str, count: int = 1) -> None:
    line.kept += count * (state == CheckState.KEPT)
    line.late += count * (state == CheckState.BROKEN)
    line.running += count * (state == CheckState.PENDING)


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
    facts = Fact.objects.filter(stream__in=streams).exclude(_not_known(at)).order_by("stream", "seq")
    for values in facts.values_list(*COLUMNS):
        streams[values[0]].append(FactRow(*values))
    editions = editions_of(row[1] for row in batch)
    for stream, adoption, section, house in batch:
        if not any(fact.kind == "received" for fact in streams[stream]):
            continue  # nobody knew of it then: it was entered later, or its receipt was put right
        judged = judge(editions[adoption], facts_of(streams[stream]), civil(at), with_verbs=False)
        _count_one(table, judged, names[section or house])


def _count_one(table: Table, judged: Judgement, unit: str) -> None:
    total = table.total
    total.matters += 1
    total.closed += judged.state.ended
    total.open += not judged.state.ended
    undecided = any(f.code in UNDECIDED for f in judged.findings)
    total.undecided += undecided
    for clock in judged.clocks:
        fell_away = undecided and clock.state is ClockState.BREACHED
        _count_clock(table.line(clock.rule, unit), ClockState.VOID if fell_away else clock.state)
    for check in judged.checks:
        if check.over:
            _count_check(table.line(check.rule, unit), check.state)
    handling = _handling(judged.clocks)
    if handling and judged.state.ended:
        _count_handled(total, handling.state)
    elif handling:
        total.with_due += 1
        total.open_overdue += handling.state is ClockState.BREACHED and not undecided


def _handling(clocks: Iterable[Clock]) -> Clock | None:
    found = [c for c in clocks if c.handling and c.due is not None]
    return max(found, key=lambda c: c.started_at, default=None)
