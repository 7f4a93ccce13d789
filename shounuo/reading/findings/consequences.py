"""Consequences: the measures of each tier with what triggers it."""

import re
from collections.abc import Iterator

from shounuo.reading.findings.measures import Measure, find_measures
from shounuo.reading.findings.model import Consequence, Threshold
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.findings.thresholds import threshold_in
from shounuo.reading.findings.tiers import (
    Tier,
    condition_text,
    follows_breach,
    grade_words,
    holds,
    punishes,
    tiers_of,
)
from shounuo.reading.findings.times import quantities
from shounuo.reading.lexicon import context, entries

LONGEST_LISTED = 20
"""Characters of an item that names a measure and nothing else."""


LONGEST_AT_HOME = 14
"""Characters of a remedy in a leaflet."""


def find_consequences(passage: Passage) -> Iterator[Consequence]:
    """The consequences of a passage: one for each tier."""
    if passage.clause.title:
        return
    if passage.role == "breach":
        counted = list(_counted_breach(passage))
        yield from counted or (
            _consequence(t, passage) for t in tiers_of(passage) if follows_breach(t, passage)
        )
        return
    tiers = [tier for tier in tiers_of(passage) if holds(tier, passage)]
    yield from (_consequence(tier, passage) for tier in tiers)
    yield from _unnamed(passage, tiers)
    if not tiers and passage.role == "item":
        yield from _listed(passage)


def _consequence(tier: Tier, passage: Passage) -> Consequence:
    a, b = tier.measures[0].a, max(m.b for m in tier.measures)
    segment = tier.measures[0].segment
    ahead = condition_text(passage, segment, a)
    grade = grade_words().search(ahead)
    names = {f"g{i}": e.name for i, e in enumerate(entries("grades"))}
    return Consequence(
        clause=passage.clause.id, quote="", span=passage.folded.span(a, b),
        confidence=0.9 if any(m.strength == "strong" for m in tier.measures) else 0.7,
        pattern=tier.measures[0].entry.name,
        measures=_names(tier.measures),
        threshold=threshold_in(ahead, passage), grade=names[grade.lastgroup] if grade and grade.lastgroup else None,
    )  # fmt: skip


def _names(measures: list[Measure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(m.entry.get("measure")) for m in measures))


def _counted_breach(passage: Passage) -> Iterator[Consequence]:
    """月累计超过3次的: an item that counts breaches under the measure of its lead."""
    lead = passage.lead
    measures = [m for s in lead.segments for m in find_measures(s)] if lead else []
    threshold = threshold_in(passage.text, passage)
    if not measures or threshold is None or threshold.least is None:
        return
    at = passage.text.find(threshold.text)
    yield Consequence(
        clause=passage.clause.id, quote="", span=passage.folded.span(at, at + len(threshold.text)), confidence=0.85,
        pattern="counted_breach", measures=_names(measures), threshold=threshold,
    )  # fmt: skip


def _unnamed(passage: Passage, tiers: list[Tier]) -> Iterator[Consequence]:
    """What follows a proved or counted breach and is no service: a measure that the lexicon has no word for."""
    known = {tier.part for tier in tiers}
    punishing = punishes(passage)
    for segment, after in zip(passage.segments, passage.segments[1:], strict=False):
        if segment.part != after.part or segment.part in known or after.condition:
            continue
        if context("no_breach").search(segment.text) or context("plain_act").search(after.text):
            continue
        plain = punishing and (segment.condition or context("breach_words").search(segment.text))
        plain = plain or (passage.homely and _answers_at_home(segment, after))
        if not (plain or context("breach_proved").search(segment.text)):
            continue
        known.add(segment.part)
        yield _other(
            passage, after, "after_a_breach", threshold_in(condition_text(passage, after, after.a), passage)
        )


def _answers_at_home(segment: Segment, after: Segment) -> bool:
    """少一两,补一斤: in a leaflet what follows a wrong is its remedy, unless it is a service with its time."""
    if len(after.text) > LONGEST_AT_HOME:
        return False
    if any(True for _ in quantities(after.text)) and not re.search(r"[停罚扣免白]", after.text):
        return False
    return bool(context("wrong_at_home").search(segment.text)) and not context("tells_at_home").search(
        after.text
    )


def _listed(passage: Passage) -> Iterator[Consequence]:
    """(五)官网公示: an item of a list of measures is one, whatever its words."""
    lead, first = passage.lead, next(iter(passage.segments), None)
    if lead is None or first is None or len(passage.segments) > 1 or first.condition:
        return
    if not context("leads_measures").search(lead.text[-40:]) or len(first.text) > LONGEST_LISTED:
        return
    yield _other(passage, first, "listed_measure", None)


def _other(passage: Passage, segment: Segment, pattern: str, threshold: Threshold | None) -> Consequence:
    """A measure for which the lexicon has no word: known only by where it stands."""
    return Consequence(
        clause=passage.clause.id, quote="", span=passage.folded.span(segment.a, segment.b), confidence=0.5,
        pattern=pattern, measures=("other",), threshold=threshold,
    )  # fmt: skip
