"""How promises were kept, counted by the database: one question for clocks, one for checks.

A clock belongs to the period in which it falls due, a check to the one in which it was judged. Kept, late and
overdue are the denominator; what has not come due yet and what is void is not in it. At the due instant itself
a matter is on time, and a provisional due is never late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from shounuo.commitments.models import CheckResult, RunningClock
from shounuo.ledger.moments import begin_of

MET = Q(state="met")
LATE = Q(state="met_late")
EVERY = Q()
LIVE = Q(state__in=("running", "paused"))


def first_of_month(day: date, back: int = 0) -> date:
    """The first day of the month ``back`` months before that of ``day``."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included; None leaves that side open."""

    since: date | None = None
    until: date | None = None

    def on(self, field: str) -> Q:
        """The moments inside, as a condition on a field."""
        found = Q()
        if self.since:
            found &= Q((f"{field}__gte", begin_of(self.since)))
        if self.until:
            found &= Q((f"{field}__lt", begin_of(self.until + timedelta(days=1))))
        return found


EVER = Period()


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one promise: `due` = kept + late + overdue is the denominator of `kept`."""

    kept: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0

    @property
    def due(self) -> int:
        """How many have fallen due or were judged."""
        return self.kept + self.late + self.overdue

    @property
    def broken(self) -> int:
        """How many were not kept."""
        return self.late + self.overdue

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.kept + other.kept,
            self.late + other.late,
            self.overdue + other.overdue,
            self.running + other.running,
        )


Tallies = dict[tuple[str, int | None], Tally]
"""(rule, section id, None for the organisation itself) -> counts."""


def overdue(at: datetime) -> Q:
    """Clocks past their due instant and still open, whether or not the sweep has been there."""
    return Q(state="breached") | Q(state="running", provisional=False, due_at__lt=at)


def running(at: datetime) -> Q:
    """Clocks that run or wait and are not overdue."""
    return LIVE & ~Q(state="running", provisional=False, due_at__isnull=False, due_at__lt=at)


def condition(state: str, at: datetime) -> Q:
    """The clocks behind one figure; KeyError for another word."""
    return {"kept": MET, "late": LATE, "overdue": overdue(at), "running": running(at)}[state]


CHECK_STATES = {
    "kept": Q(state="kept"),
    "late": Q(state="broken"),
    "overdue": Q(pk__in=()),
    "running": Q(state="pending"),
}


def tallies(
    organisation_id: int,
    at: datetime,
    period: Period = EVER,
    rules: Iterable[str] | None = None,
    counted: Q = EVERY,
) -> Tallies:
    """The counts of every promise by section, at a moment; two questions whatever the number of matters.

    `counted`: the clocks that the reader may count (`access.may_count`).
    With a period that is open on both sides, clocks without a due instant (paused) are counted as running.
    """
    clocks = RunningClock.objects.filter(period.on("due_at"), counted, organisation=organisation_id)
    checks = CheckResult.objects.filter(period.on("judged_at"), organisation=organisation_id)
    if rules is not None:
        names = list(rules)
        clocks, checks = clocks.filter(rule__in=names), checks.filter(rule__in=names)
    found: Tallies = {}
    states = {name: condition(name, at) for name in CHECK_STATES}
    for rows in (_grouped(clocks, states), _grouped(checks, CHECK_STATES)):
        for row in rows:
            one = Tally(row["kept"], row["late"], row["overdue"], row["running"])
            key = row["rule"], row["section"]
            found[key] = found.get(key, Tally()) + one
    return found


def _grouped(rows: QuerySet[Any], states: dict[str, Q]) -> QuerySet[Any, dict[str, Any]]:
    counts = {name: Count("state", filter=state) for name, state in states.items()}
    found: QuerySet[Any, dict[str, Any]] = rows.order_by().values("rule", "section").annotate(**counts)
    return found


def by_rule(found: Tallies) -> dict[str, Tally]:
    """The sections of each promise added up."""
    totals: dict[str, Tally] = {}
    for (rule, _section), one in found.items():
        totals[rule] = totals.get(rule, Tally()) + one
    return totals


def live_now(
    organisation_id: int, at: datetime, section_id: int | None = None, counted: Q = EVERY
) -> dict[str, int]:
    """Clocks that run, wait for papers or are overdue at this moment, whenever they are due."""
    clocks = RunningClock.objects.filter(counted, organisation=organisation_id)
    if section_id is not None:
        clocks = clocks.filter(section=section_id)
    paused = Q(state="paused")
    found: dict[str, int] = clocks.aggregate(
        running=Count("pk", filter=running(at) & ~paused),
        paused=Count("pk", filter=paused),
        overdue=Count("pk", filter=overdue(at)),
    )
    return found
