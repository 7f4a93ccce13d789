"""The clause matrix: every clause of an edition a cell that says whether it is kept, and by how much evidence.

Two questions to the database whatever the number of clauses: one for clocks, one for checks, grouped by promise.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from shounuo.commitments.models import CheckResult, RunningClock
from shounuo.commitments.tallies import CHECK_STATES, EVERY, Period, condition, running
from shounuo.ledger.moments import instant
from shounuo.regulations.rule_wording import shape_words
from shounuo.regulations.sheet import keys_in_order, short_label, waits
from shounuo.regulations.wording import listed, said
from shounuo.rules.calendars import OutOfCoverage
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Commitment, Pack


class Standing(NamedTuple):
    """How a cell stands: its mark, which says so without colour, and the word."""

    mark: str
    words: str | Promise


STANDINGS: Mapping[str, Standing] = {
    "broken": Standing("✕", lazy("违诺")),
    "risk": Standing("!", lazy("有风险")),
    "kept": Standing("✓", lazy("兑现")),
    "none": Standing("○", lazy("还没有记录")),
    "applied": Standing("＝", lazy("照此办理")),
    "waits": Standing("…", lazy("等待开通")),
    "text": Standing("¶", lazy("只是说明")),
}
"""From the worst to what cannot be judged."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of one promise: what came due was kept or broken; what runs may be at risk."""

    kept: int = 0
    broken: int = 0
    running: int = 0
    risk: int = 0

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(self.kept + other.kept, self.broken + other.broken,
                        self.running + other.running, self.risk + other.risk)  # fmt: skip

    @property
    def due(self) -> int:
        """The denominator of what was kept."""
        return self.kept + self.broken

    @property
    def standing(self) -> str:
        """The worst that the evidence shows."""
        if self.broken:
            return "broken"
        if self.risk:
            return "risk"
        return "kept" if self.kept else "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """A clause: how it stands, the evidence of its promises, and which part it waits for."""

    key: str
    label: str
    heading: str
    text: str
    standing: str
    evidence: Evidence
    waiting: str
    shapes: str

    @property
    def mark(self) -> str:
        """The mark of how it stands."""
        return STANDINGS[self.standing].mark

    @property
    def words(self) -> str:
        """How it stands, in a word."""
        return str(STANDINGS[self.standing].words)


@dataclass(slots=True)
class _Rules:
    """What gives effect to one clause."""

    counted: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)


def cells(edition: Edition, found: Mapping[str, Evidence]) -> list[Cell]:
    """Every clause in the order of the text."""
    by_clause: dict[str, _Rules] = {}
    for shape, key, rule in edition.pack.rules():
        part = waits(shape, rule)
        for clause in rule.clauses():
            one = by_clause.setdefault(clause, _Rules())
            one.shapes.append(shape)
            if part:
                one.waiting.append(part)
            elif isinstance(rule, Commitment):
                one.counted.append(key)
    labels = labels_of(edition.pack)
    return [_cell(edition, key, labels[key], by_clause.get(key, _Rules()), found) for key in labels]


def labels_of(pack: Pack) -> dict[str, str]:
    """The printed label of each clause, in order; alike ones under one heading are told apart by their key's end."""
    keys = keys_in_order(pack)
    printed = {key: (said(pack.clauses[key].heading), short_label(pack.clauses[key], key)) for key in keys}
    often = Counter(printed.values())
    return {key: label if often[heading, label] == 1 else f"{label} {key.rpartition('.')[2]}"
            for key, (heading, label) in printed.items()}  # fmt: skip


def _cell(edition: Edition, key: str, label: str, rules: _Rules, found: Mapping[str, Evidence]) -> Cell:
    clause = edition.pack.clauses[key]
    evidence = sum((found.get(rule, Evidence()) for rule in rules.counted), Evidence())
    if rules.counted:
        standing = evidence.standing
    elif rules.shapes and len(rules.waiting) == len(rules.shapes):
        standing = "waits"
    else:
        standing = "applied" if rules.shapes else "text"
    return Cell(
        key, label, said(clause.heading), said(clause.text), standing, evidence,
        listed(dict.fromkeys(rules.waiting)), listed(dict.fromkeys(map(shape_words, rules.shapes))),
    )  # fmt: skip


def counted_rules(edition: Edition) -> list[str]:
    """The promises that are applied now."""
    return [key for key, rule in edition.pack.commitments.items() if not waits("commitment", rule)]


def evidence(
    organisation_id: int,
    rules: Iterable[str],
    at: datetime,
    soon: datetime,
    period: Period,
    section: int | None,
    counted: Q = EVERY,
) -> dict[str, Evidence]:
    """The counts of promises for a period and a section (None for all), at a moment; ``soon`` bounds what is at risk.

    `counted`: the clocks that the reader may count (`access.may_count`).
    """
    names = list(rules)
    due = RunningClock.objects.filter(period.on("due_at"), organisation=organisation_id)
    clocks = due.filter(counted, rule__in=names)
    checks = CheckResult.objects.filter(period.on("judged_at"), organisation=organisation_id, rule__in=names)
    if section is not None:
        clocks, checks = clocks.filter(section=section), checks.filter(section=section)
    near = running(at) & Q(state="running", due_at__lte=soon)
    states = {"kept": condition("kept", at), "broken": condition("late", at) | condition("overdue", at),
              "running": running(at), "risk": near}  # fmt: skip
    verdicts = {"kept": CHECK_STATES["kept"], "broken": CHECK_STATES["late"], "running": CHECK_STATES["running"],
                "risk": Q(pk__in=())}  # fmt: skip
    found: dict[str, Evidence] = {}
    for rows, wanted in ((clocks, states), (checks, verdicts)):
        counts: dict[str, Any] = {name: Count("state", filter=state) for name, state in wanted.items()}
        grouped: Any = rows.order_by().values("rule").annotate(**counts)
        for row in grouped:
            rule = row["rule"]
            more = Evidence(row["kept"], row["broken"], row["running"], row["risk"])
            found[rule] = found.get(rule, Evidence()) + more
    return found


def at_risk_until(edition: Edition, now: datetime) -> datetime:
    """Until when a running clock must be due to be at risk: the close of the next working day; ``now`` is civil.

    The same measure as on the desk, where one working day left is at risk.
    """
    try:
        calendar = edition.calendar("office")
        close = calendar.close(calendar.add_working_days(now.date(), 1))
        assert close is not None
        return instant(close)
    except (KeyError, OutOfCoverage):
        return instant(now + timedelta(days=1))


def counts_of(found: Iterable[Cell]) -> list[tuple[str, Standing, int]]:
    """How many cells stand how, in the order of the standings."""
    every = [cell.standing for cell in found]
    return [(code, standing, every.count(code)) for code, standing in STANDINGS.items()]
