"""Checks: promises without a clock, judged per matter over the events they name."""

from __future__ import annotations

from collections.abc import Sequence

from shounuo.rules.applies import carries, fits
from shounuo.rules.engine.matter import Matter
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Check, CheckState, Reason
from shounuo.rules.shapes import Commitment, KeptWhen
from shounuo.rules.shapes.commitment import Count, Each, Followed

Verdict = tuple[CheckState, int | None, Reason | None]

_KEPT: Verdict = (CheckState.KEPT, None, None)
_PENDING: Verdict = (CheckState.PENDING, None, None)


def check(rule_id: str, rule: Commitment, facts: Sequence[Fact], matter: Matter) -> Check:
    """The verdict of one check over the facts of a matter."""
    assert rule.over is not None and rule.kept_when is not None
    over = [f for f in facts if f.kind in rule.over]
    if not over:
        return Check(rule_id, rule.clause, CheckState.PENDING)
    state, broken_by, why = verdict(rule.kept_when, facts, matter)
    at = next((f.at for f in facts if f.seq == broken_by), over[-1].at)
    return Check(rule_id, rule.clause, state, at, tuple(f.seq for f in over), broken_by, why)


def verdict(wanted: KeptWhen, facts: Sequence[Fact], matter: Matter) -> Verdict:
    """Whether a condition is kept, broken (by which fact, why) or still open."""
    if wanted.count:
        return _counted(wanted.count, facts, matter)
    if wanted.each:
        return _each(wanted.each, facts)
    if wanted.followed:
        return _followed(wanted.followed, facts, matter)
    if wanted.all_of:
        return _worst([verdict(part, facts, matter) for part in wanted.all_of])
    return _best([verdict(part, facts, matter) for part in wanted.any_of])


def _counted(wanted: Count, facts: Sequence[Fact], matter: Matter) -> Verdict:
    counting = [
        f
        for f in facts
        if f.kind == wanted.of
        and fits(wanted.where, f.data)
        and not (wanted.without and f.data.get(wanted.without))
    ]
    if wanted.at_most is not None and len(counting) > wanted.at_most:
        broken = counting[wanted.at_most]
        return CheckState.BROKEN, broken.seq, Reason("too_many", {"at_most": wanted.at_most})
    if wanted.at_least is not None and len(counting) < wanted.at_least:
        too_few = CheckState.BROKEN, None, Reason("too_few", {"at_least": wanted.at_least})
        return too_few if matter.ended else _PENDING
    return _KEPT


def _each(wanted: Each, facts: Sequence[Fact]) -> Verdict:
    for fact in facts:
        if fact.kind != wanted.of or not fits(wanted.where, fact.data):
            continue
        lacking = [name for name in wanted.has if not carries(fact, name)]
        if lacking:
            return CheckState.BROKEN, fact.seq, Reason("lacks", {"fields": lacking})
        if wanted.has_any and not any(carries(fact, name) for name in wanted.has_any):
            return CheckState.BROKEN, fact.seq, Reason("lacks_any", {"fields": list(wanted.has_any)})
    return _KEPT


def _followed(wanted: Followed, facts: Sequence[Fact], matter: Matter) -> Verdict:
    for i, fact in enumerate(facts):
        if fact.kind != wanted.of or not fits(wanted.where, fact.data):
            continue
        if not any(later.kind in wanted.by for later in facts[i + 1 :]):
            broken = CheckState.BROKEN, fact.seq, Reason("not_followed", {"by": list(wanted.by)})
            return broken if matter.ended else _PENDING
    return _KEPT


_ORDER = {CheckState.BROKEN: 0, CheckState.PENDING: 1, CheckState.KEPT: 2}


def _worst(verdicts: list[Verdict]) -> Verdict:
    return min(verdicts, key=lambda v: _ORDER[v[0]])


def _best(verdicts: list[Verdict]) -> Verdict:
    return max(verdicts, key=lambda v: _ORDER[v[0]])
