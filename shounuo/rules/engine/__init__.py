"""The engine: facts and an edition in, a judgement out. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from shounuo.rules.edition import Edition
from shounuo.rules.engine.checks import check
from shounuo.rules.engine.clocks import ClockFold, follow
from shounuo.rules.engine.history import as_of, moment
from shounuo.rules.engine.matter import Matter, applies_to_matter
from shounuo.rules.engine.owners import owned
from shounuo.rules.engine.preconditions import request_pending
from shounuo.rules.engine.proposals import propose
from shounuo.rules.engine.verbs import Situation, verbs
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Check, Clock, Finding, Judgement

__all__ = ["UNDECIDED", "judge"]

UNDECIDED = frozenset({"unusable_status", "unusable_times"})
"""Note codes of an import: what the source says cannot be judged, and is said so."""


def judge(edition: Edition, facts: Iterable[Fact], at: datetime, *, with_verbs: bool = True) -> Judgement:
    """What follows from a matter's facts under an edition at one moment.

    ``facts`` is the matter's whole stream; only facts whose legal moment is not after ``at`` count. Raises ValueError
    when none of them is ``received``: there is no matter then. ``with_verbs=False``: intake and sweep need no verbs.
    """
    counting = as_of(facts, at)
    matter, folds = follow(edition, counting, at)
    if matter.received_at is None:
        raise ValueError("no matter at this moment: nothing was received")
    clocks = tuple(owned(clock, edition, matter) for fold in folds for clock in fold.clocks(at))
    checks = _checks(edition, matter, counting)
    return Judgement(
        at=at,
        kind=matter.kind,
        service=matter.service,
        state=matter.state,
        received_at=matter.received_at,
        ended_at=matter.ended_at,
        first_asked=matter.first_asked,
        answerable=matter.answerable,
        handler=matter.handler,
        section=matter.section,
        handing_to=matter.handing_to.data.get("section") if matter.handing_to else None,
        accepted=matter.accepted,
        complete=matter.complete,
        clocks=clocks,
        checks=checks,
        missing=matter.missing,
        asked_besides=matter.asked_besides,
        findings=_findings(matter, folds, clocks),
        proposals=propose(edition, clocks, checks, matter, counting),
        rating=matter.rating,
        rating_set_aside=matter.set_aside,
        rating_appealed=bool(matter.appealed and not matter.appeal_decided),
        merged_into=matter.merged_into,
        joined=tuple(matter.joined),
        appointed_at=_appointed(matter),
        disputed=matter.disputed is not None,
        extension_asked=_to_be_decided(matter, clocks, edition),
        to_remedy=matter.badly_rated and not matter.remedied,
        closed=matter.closed,
        deemed_at=matter.deemed_at,
        verbs=verbs(Situation(matter, clocks, edition)) if with_verbs else {},
    )


def _checks(edition: Edition, matter: Matter, counting: Sequence[Fact]) -> tuple[Check, ...]:
    rules = [(key, rule) for key, rule in edition.check_rules() if applies_to_matter(edition, rule, matter)]
    return tuple(check(key, rule, counting, matter) for key, rule in rules)


def _to_be_decided(matter: Matter, clocks: tuple[Clock, ...], edition: Edition) -> bool:
    """Whether an extension was asked for that can still be decided."""
    if matter.ended or not matter.requests:
        return False
    return request_pending(Situation(matter, clocks, edition)) is None


def _appointed(matter: Matter) -> datetime | None:
    data = matter.appointed.data if matter.appointed else None
    return moment(data.get("date") or data["to"]) if data else None


def _findings(matter: Matter, folds: list[ClockFold], clocks: tuple[Clock, ...]) -> tuple[Finding, ...]:
    found = [Finding(code) for code in matter.notes if code in UNDECIDED]
    found += [*matter.findings, *(f for fold in folds for f in fold.findings)]
    for clock in clocks:
        if clock.out_of_coverage:
            found.append(Finding("calendar_not_published", clock.rule))
        elif clock.provisional and clock.due is not None:
            if clock.ended_at is None:
                found.append(Finding("due_is_provisional", clock.rule))
            elif clock.ended_at > clock.due:
                found.append(Finding("ended_after_provisional_due", clock.rule))
    return tuple(found)
