"""The questions behind the wall of promises: kept and broken, with their denominators, in a few queries.

A clock counts when it has fallen due: kept = ended in time, late = ended late or still open past its due
instant. Paused clocks, clocks still running and void ones do not count; a provisional due is never late.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from shounuo.commitments.tallies import first_of_month
from shounuo.ledger.moments import begin_of
from shounuo.portal.access import checks_of, clocks_of
from shounuo.portal.house import House
from shounuo.portal.lately import lately
from shounuo.regulations.rule_wording import promise_brief, promise_sentence
from shounuo.regulations.wording import clause_label, said
from shounuo.rules.shapes import Commitment

KEPT = Q(state="met")
LATE = Q(state__in=("met_late", "breached")) | Q(state="running", provisional=False)
CHECK_KEPT, CHECK_BROKEN = Q(state="kept"), Q(state="broken")


@dataclass(frozen=True, slots=True)
class Period:
    """From a day on until before another, and the moment up to which dues count."""

    since: date
    until: date
    at: datetime

    @property
    def begin(self) -> datetime:
        """The first moment, aware."""
        return begin_of(self.since)

    @property
    def end(self) -> datetime:
        """The first moment after the period or after now, aware; dues at this very moment are still on time."""
        return min(begin_of(self.until), self.at)

    @property
    def clocks(self) -> Q:
        """Clocks that fell due in it."""
        return Q(due_at__gte=self.begin, due_at__lt=self.end)

    @property
    def checks(self) -> Q:
        """Checks judged in it."""
        return Q(judged_at__gte=self.begin, judged_at__lt=self.end)


@dataclass(frozen=True, slots=True)
class Figures:
    """How often a promise was kept and how often not."""

    kept: int = 0
    broken: int = 0

    @property
    def total(self) -> int:
        """The denominator."""
        return self.kept + self.broken


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the edition in force with its figures, as the wall shows it."""

    key: str
    rule: Commitment
    title: str
    sentence: str
    brief: str
    label: str
    now: Figures
    month_before: Figures

    @property
    def kept(self) -> int:
        return self.now.kept

    @property
    def broken(self) -> int:
        return self.now.broken

    @property
    def total(self) -> int:
        return self.now.total


def month_of(day: date, at: datetime) -> Period:
    """The calendar month of a day."""
    return Period(first_of_month(day), first_of_month(day, -1), at)


def last_year_of(day: date, at: datetime) -> Period:
    """The twelve calendar months that end with the one of ``day``."""
    return Period(first_of_month(day, 11), first_of_month(day, -1), at)


def promises(here: House, period: Period, before: Period) -> list[Promise]:
    """Every public promise in force, the handling ones first, then in the regulation's order."""
    what = (here.unit.pk, period.since, period.until, before.since, before.until)
    now, earlier = lately(what, here.now, lambda: figures(here, [period, before]))
    found = [
        promise(here, key, rule, now.get(key, Figures()), earlier.get(key, Figures()))
        for key, rule in here.pack.commitments.items()
        if rule.public
    ]
    return sorted(found, key=lambda one: not one.rule.handling)


def promise(here: House, key: str, rule: Commitment, now: Figures, before: Figures) -> Promise:
    """One promise in words, with its figures."""
    return Promise(
        key, rule, said(rule.title), promise_sentence(here.edition, rule, here.today),
        promise_brief(here.edition, rule, here.today),
        clause_label(here.pack, rule.clause), now, before,
    )  # fmt: skip


def figures(here: House, periods: Iterable[Period]) -> list[Mapping[str, Figures]]:
    """For each period, the figures of each rule: two queries in all."""
    asked = list(periods)
    clocks: dict[str, Any] = {}
    checks: dict[str, Any] = {}
    for i, one in enumerate(asked):
        clocks |= {
            f"kept{i}": Count("pk", filter=one.clocks & KEPT),
            f"late{i}": Count("pk", filter=one.clocks & LATE),
        }
        checks |= {f"kept{i}": Count("pk", filter=one.checks & CHECK_KEPT),
                   f"late{i}": Count("pk", filter=one.checks & CHECK_BROKEN)}  # fmt: skip
    due = clocks_of(here.unit).filter(_any(one.clocks for one in asked))
    judged = checks_of(here.unit).filter(_any(one.checks for one in asked))
    rows: list[Any] = [*due.values("rule").annotate(**clocks), *judged.values("rule").annotate(**checks)]
    return [
        {row["rule"]: Figures(row[f"kept{i}"], row[f"late{i}"]) for row in rows} for i in range(len(asked))
    ]


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for one in conditions:
        found |= one
    return found


def by_month(here: House, key: str, rule: Commitment, period: Period) -> list[tuple[date, Figures]]:
    """The figures of one promise month by month, every month of the period, the newest first."""
    source, field, kept, broken = _source(here, key, rule, period)
    rows = source.annotate(month=TruncMonth(field)).values("month").annotate(
        kept=Count("pk", filter=kept), late=Count("pk", filter=broken))  # fmt: skip
    found = {row["month"].date(): Figures(row["kept"], row["late"]) for row in rows}
    months, month = [], first_of_month(period.until - timedelta(days=1))
    while month >= period.since:
        months.append((month, found.get(month, Figures())))
        month = first_of_month(month, 1)
    return months


def by_section(
    here: House, key: str, rule: Commitment, period: Period
) -> list[tuple[dict[str, str], Figures]]:
    """The figures of one promise by section, in the order of the tree; matters without section last."""
    source, _field, kept, broken = _source(here, key, rule, period)
    rows = source.values("section__path", "section__name_zh", "section__name_en").annotate(
        kept=Count("pk", filter=kept), late=Count("pk", filter=broken))  # fmt: skip
    named = [
        ({"zh": row["section__name_zh"] or "", "en": row["section__name_en"] or ""}, row["section__path"] or "~",
         Figures(row["kept"], row["late"]))
        for row in rows
    ]  # fmt: skip
    return [(name, one) for name, _path, one in sorted(named, key=lambda row: row[1]) if one.total]


def _source(here: House, key: str, rule: Commitment, period: Period) -> tuple[QuerySet, str, Q, Q]:  # type: ignore[type-arg]
    if rule.form == "check":
        return checks_of(here.unit).filter(period.checks, rule=key), "judged_at", CHECK_KEPT, CHECK_BROKEN
    return clocks_of(here.unit).filter(period.clocks, rule=key), "due_at", KEPT, LATE


def running(here: House, key: str, at: datetime) -> int:
    """How many clocks of one promise run or wait now."""
    not_yet = Q(due_at__isnull=True) | Q(due_at__gte=at) | Q(provisional=True)
    return clocks_of(here.unit).filter(not_yet, rule=key, state__in=("running", "paused")).count()
