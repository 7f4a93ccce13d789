"""Consequences that may follow within one matter. A person decides; nothing is automatic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shounuo.rules.edition import Edition
from shounuo.rules.engine.matter import Matter
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Check, CheckState, Clock, ClockState, Proposal
from shounuo.rules.shapes import Consequence


def propose(
    edition: Edition, clocks: Sequence[Clock], checks: Sequence[Check], matter: Matter, facts: Sequence[Fact]
) -> tuple[Proposal, ...]:
    """What the breaches of a matter may lead to, each with its clause and cause."""
    found: list[Proposal] = []
    for clock in clocks:
        if clock.breached_at is not None:
            late = ["clock.met_late"] if clock.state is ClockState.MET_LATE else []
            for key, rule in _named(edition, clock.rule, ["clock.breached", *late]):
                if not _excused(rule, clock, facts):
                    found.append(_proposal(key, rule, clock.rule, clock, matter))
    for broken in checks:
        if broken.state is CheckState.BROKEN:
            for key, rule in _named(edition, broken.rule, ["check.broken"]):
                assert broken.at is not None
                found.append(
                    Proposal(key, rule.clause, broken.rule, broken.at, matter.handler, matter.section)
                )
    return tuple(found)


def _named(edition: Edition, rule_id: str, events: Sequence[str]) -> Iterator[tuple[str, Consequence]]:
    """Consequences a rule's ``breach`` names, and those that name the rule; scope: the matter."""
    named = edition.pack.commitments[rule_id].breach
    for key, rule in edition.pack.consequences.items():
        counted = rule.when.at_least is not None or rule.when.more_than is not None
        if (key in named or rule_id in rule.when.rule) and not counted and set(events) & set(rule.when.event):
            yield key, rule


def _excused(rule: Consequence, clock: Clock, facts: Sequence[Fact]) -> bool:
    """A49: an explanation before the due, or an extension in force, keeps the warning away."""
    for condition in rule.when.unless or ():
        if condition == "extension_in_force":
            continue  # in force it has moved the due instant itself: there is no breach to excuse
        if condition == "explained_before_due":
            if any(_explains(f) and clock.due is not None and f.at <= clock.due for f in facts):
                return True
        elif any(f.kind == condition for f in facts):
            return True
    return False


def _explains(fact: Fact) -> bool:
    return fact.kind == "explained" or (
        fact.kind == "party_told" and fact.data.get("of") in ("delay", "extension")
    )


def _proposal(key: str, rule: Consequence, because: str, clock: Clock, matter: Matter) -> Proposal:
    assert clock.breached_at is not None
    return Proposal(key, rule.clause, because, clock.breached_at, matter.handler, matter.section)
