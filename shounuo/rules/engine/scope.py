"""Consequences that look across matters: three warnings in a section, more than three late arrivals in a month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta

from shounuo.rules.applies import fits
from shounuo.rules.edition import Edition
from shounuo.rules.facts import NOTHING
from shounuo.rules.shapes import Consequence

APART = "_apart"
"""A way of counting whose name ends so keeps events of different ``data.kind`` apart (A45)."""

_ROLLING = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


@dataclass(frozen=True, slots=True)
class ScopeEvent:
    """Something that happened to a person or section, as the ledger hands it out in order.

    ``measure.decided`` with ``data.consequence`` ends a count whose ``reset`` is ``after_measure``.
    """

    seq: int
    kind: str
    at: datetime
    person: str | None = None
    section: str | None = None
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class ScopeProposal:
    """A consequence that may follow for a person, a section or the unit, and the events that lead to it."""

    consequence: str
    clause: str
    scope: str
    who: str | None
    at: datetime
    because: tuple[int, ...]


def judge_scope(edition: Edition, events: Iterable[ScopeEvent], at: datetime) -> tuple[ScopeProposal, ...]:
    """What may follow, at ``at``, from events across matters. Pure; in the order of the events that brought it.

    A threshold proposes once when it is reached: in a calendar window (month, quarter, half year, year) once for
    that window, in a running window (``12 months``) whenever the count rises to it again.
    """
    known = sorted((e for e in events if e.at <= at), key=lambda e: (e.at, e.seq))
    found: list[ScopeProposal] = []
    for key, rule in edition.pack.consequences.items():
        if rule.when.scope != "matter":
            found += _of_rule(edition, key, rule, known)
    return tuple(sorted(found, key=lambda p: (p.at, p.because[-1], p.consequence)))


def _of_rule(
    edition: Edition, key: str, rule: Consequence, events: Sequence[ScopeEvent]
) -> Iterator[ScopeProposal]:
    counts: dict[tuple[Any, ...], list[ScopeEvent]] = {}
    for event in events:
        who = _who(rule, event)
        if event.kind == "measure.decided" and event.data.get("consequence") == key:
            if _resolved(edition, rule.when.reset, event.at) == "after_measure":
                counts = {group: some for group, some in counts.items() if group[0] != who}
            continue
        if not _counts(rule, event):
            continue
        window = str(_resolved(edition, rule.when.window, event.at) or "unlimited")
        group = (who, _part(edition, rule, event), _calendar_window(window, event.at))
        counted = [e for e in counts.get(group, []) if _within(window, e.at, event.at)] + [event]
        counts[group] = counted
        if len(counted) == _threshold(edition, rule, event.at):
            because = tuple(e.seq for e in counted)
            yield ScopeProposal(key, rule.clause, rule.when.scope, who, event.at, because)


def _counts(rule: Consequence, event: ScopeEvent) -> bool:
    named = event.data.get("rule")
    return (
        event.kind in rule.when.event
        and fits(rule.when.where, event.data)
        and (not rule.when.rule or named is None or named in rule.when.rule)
    )


def _who(rule: Consequence, event: ScopeEvent) -> str | None:
    return {"person": event.person, "section": event.section}.get(rule.when.scope)


def _part(edition: Edition, rule: Consequence, event: ScopeEvent) -> Any:
    way = _resolved(edition, rule.when.counts, event.at)
    return event.data.get("kind") if str(way).endswith(APART) else None


def _threshold(edition: Edition, rule: Consequence, at: datetime) -> int:
    """How many events bring the measure; one where the clause names no number."""
    if rule.when.more_than is not None:
        return int(_resolved(edition, rule.when.more_than, at)) + 1
    return int(_resolved(edition, rule.when.at_least, at) or 1)


def _resolved(edition: Edition, value: Any, at: datetime) -> Any:
    return edition.resolve(value, at.date())


def _calendar_window(window: str, at: datetime) -> Any:
    day: date = at.date()
    return {
        "calendar_month": (day.year, day.month),
        "quarter": (day.year, (day.month - 1) // 3),
        "half_year": (day.year, (day.month - 1) // 6),
        "calendar_year": day.year,
    }.get(window)


def _within(window: str, earlier: datetime, now: datetime) -> bool:
    """Whether an earlier event still counts now in a running window: after the same moment one window ago."""
    number, _space, unit = window.partition(" ")
    if not number.isdigit():
        return True
    length = relativedelta(**{_ROLLING[unit.rstrip("s")]: int(number)})  # type: ignore[arg-type]
    return earlier > now - length
