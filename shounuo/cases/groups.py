"""Groups of a page of work: totals counted by the database, lines drawn only for what is listed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.asked import requests_for, waiting_line
from shounuo.cases.horizon import Horizon
from shounuo.cases.models import Case, CaseQuerySet, State
from shounuo.cases.rows import Row, rows
from shounuo.cases.verb_words import Label
from shounuo.cases.waiting import QUEUES
from shounuo.organisation.access import Actor

MOST = 20
"""Lines of a group; the list of matters shows the others."""
NO_DUE = Q(due_at__isnull=True)
OWN: dict[str, tuple[Label, str, str]] = {
    "late": (lazy("已经逾期"), "broken", "due=late"),
    "today": (lazy("今天到期"), "risk", "due=today"),
    "soon": (lazy("两个工作日内到期"), "risk", "due=soon"),
    "later": (lazy("以后到期"), "", "state=open"),
    "paused": (lazy("等材料，暂停计时"), "paused", "state=waiting_for_materials"),
    "no_clock": (lazy("没有在走的时限"), "", "due=none"),
}
"""Group of one's own matters -> its title, the style of its tile, where the list shows all of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; ``query`` leads to all of them in the list of matters."""

    key: str
    title: Label
    style: str
    query: str
    total: int
    cases: Sequence[Case] = ()
    rows: Sequence[Row] = ()
    verbs: Sequence[tuple[str, Label]] = ()
    asks: str = ""

    @property
    def decision(self) -> bool:
        """Whether somebody asked the reader to decide."""
        return bool(self.asks)

    @property
    def more(self) -> bool:
        """Whether there are more than are listed."""
        return self.total > len(self.cases)


def queued(actor: Actor, keys: Iterable[str], most: int = MOST) -> list[Group]:
    """What waits for the reader, by queue; only queues in which something stands."""
    found = []
    for key in keys:
        queue, asked = QUEUES[key], QUEUES[key].ask(actor)
        cases, total = _listed(asked, most)
        if total:
            verbs = tuple(queue.verbs.items())
            found.append(Group(key, queue.title, "risk", f"waits={key}", total, cases, (), verbs, queue.asks))
    return found


def own_by_due(own: CaseQuerySet, steps: Horizon) -> list[Group]:
    """One's own matters by how soon they are due, counted in one question; also the empty groups."""
    conditions = {key: _on(key, steps) for key in OWN}
    totals = own.order_by().aggregate(**{key: Count("pk", filter=on) for key, on in conditions.items()})
    return [
        Group(
            key,
            title,
            style,
            f"mine=1&{query}&sort=due",
            totals[key],
            _first(own, conditions[key], totals[key]),
        )
        for key, (title, style, query) in OWN.items()
    ]


def _first(own: CaseQuerySet, on: Q, total: int) -> list[Case]:
    return list(_with_units(own.filter(on))[:MOST]) if total else []


def _on(key: str, steps: Horizon) -> Q:
    if key == "later":
        return steps.on("week") | steps.on("later")
    if key == "paused":
        return NO_DUE & Q(state=State.WAITING)
    return NO_DUE & ~Q(state=State.WAITING) if key == "no_clock" else steps.on(key)


def _listed(found: CaseQuerySet, most: int) -> tuple[list[Case], int]:
    """The first of them, and how many there are; counted only where not all are listed."""
    cases = list(_with_units(found)[: most + 1])
    return cases[:most], len(cases) if len(cases) <= most else found.order_by().count()


def _with_units(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("organisation", "section", "handing_to")


def with_lines(groups: Sequence[Group], now: datetime, actor: Actor) -> list[Group]:
    """The groups with their lines; the lines of all cost as many questions as those of one. ``now`` is civil."""
    every = {case.pk: case for group in groups for case in group.cases}
    lines = {row.case.pk: row for row in rows(every.values(), now)}
    asking = {case.pk: case for group in groups if group.asks for case in group.cases}
    requests = requests_for(asking.values(), frozenset(group.asks for group in groups))

    def line(group: Group, case: Case) -> Row:
        row = lines[case.pk]
        return waiting_line(row, group.verbs, group.asks, requests, actor, now) if group.verbs else row

    return [replace(group, rows=[line(group, case) for case in group.cases]) for group in groups]
