"""Consequences: the measures of each tier with what triggers it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.model import Consequence
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.findings.thresholds import threshold_in
from shounuo.reading.lexicon import Entry, context, entries


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure at characters a to b of the folded clause."""

    a: int
    b: int
    entry: Entry
    segment: Segment

    @property
    def strength(self) -> str:
        """strong, weak, appraisal or deemed."""
        return str(self.entry.get("strength", "strong"))


@cache
def _measures() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None, Entry], ...]:
    return tuple(
        (re.compile(e.pattern), re.compile(e.get("bar")) if e.get("bar") else None, e)
        for e in entries("measures")
    )


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(e.pattern for e in entries("measures")))


def find_measures(segment: Segment) -> list[Measure]:
    """The measures a segment imposes, overlapping ones joined under the earlier."""
    if not _any().search(segment.text):
        return []
    found: list[Measure] = []
    for pattern, bar, entry in _measures():
        for match in pattern.finditer(segment.text):
            if not _barred(segment.text, match.start(), match.end(), bar) and match.end() > segment.condition:
                found.append(Measure(segment.a + match.start(), segment.a + match.end(), entry, segment))
    return sorted(found, key=lambda m: (m.a, -m.b))


def _barred(text: str, a: int, b: int, bar: re.Pattern[str] | None) -> bool:
    before, after = text[max(0, a - 18) : a], text[b : b + 12]
    if bar is not None and bar.match(after):
        return True
    return bool(
        context("measure_named").match(after)
        or context("measure_denied").search(before)
        or context("measure_as_task").search(before)
    )


@dataclass(slots=True)
class _Tier:
    """Measures that follow together."""

    measures: list[Measure]
    part: int
    last: int
    """number of the last segment in it"""


def find_consequences(passage: Passage) -> Iterator[Consequence]:
    """The consequences of a passage: one for each tier."""
    if passage.clause.title:
        return
    if passage.role == "breach":
        yield from _counted_breach(passage)
        return
    for tier in _tiers(passage):
        if _holds(tier, passage):
            yield _consequence(tier, passage)


def _tiers(passage: Passage) -> list[_Tier]:
    tiers: list[_Tier] = []
    for number, segment in enumerate(passage.segments):
        measures = find_measures(segment)
        if not measures:
            continue
        current = tiers[-1] if tiers else None
        if current and _continues(current, segment, number, measures, passage):
            current.measures.extend(measures)
            current.last = number
        else:
            tiers.append(_Tier(measures, segment.part, number))
    return tiers


@cache
def _grade() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<g{i}>{e.pattern})" for i, e in enumerate(entries("grades"))))


def _continues(tier: _Tier, segment: Segment, number: int, measures: list[Measure], passage: Passage) -> bool:
    """Whether a segment goes on with the tier before it rather than opening its own."""
    if segment.part != tier.part or number - tier.last > 1 or segment.condition:
        return False
    opening = segment.text[: measures[0].a - segment.a]
    if _polarity(measures[0]) != _polarity(tier.measures[-1]):
        return False
    return not (_grade().match(segment.text) or context("new_target").match(opening))


def _polarity(measure: Measure) -> str:
    return str(measure.entry.get("polarity", "sanction"))


def _holds(tier: _Tier, passage: Passage) -> bool:
    """A tier of weak measures alone needs a condition before it."""
    segment = tier.measures[0].segment
    if context("other_law").search(passage.text[segment.a : segment.b + 20]):
        return False
    strengths = {m.strength for m in tier.measures}
    if "strong" in strengths:
        return True
    if "deemed" in strengths:
        return "是指" not in passage.text
    if any(m.entry.get("measure") == "record_or_appraisal" for m in tier.measures):
        return True
    if "appraisal" in strengths:
        return bool(
            re.search(
                r"结果|情况|表现|成绩|违反|的,|投诉|评价|信息|记录|并",
                passage.text[max(0, segment.a - 60) : segment.b],
            )
        )
    return _conditioned(tier, passage)


def _conditioned(tier: _Tier, passage: Passage) -> bool:
    segment = tier.measures[0].segment
    if segment.condition:
        return True
    earlier = [s for s in passage.earlier(segment, 6) if s.part == segment.part]
    return any(
        s.condition or context("breach_words").search(s.text) or _grade().search(s.text) for s in earlier[:3]
    ) or (passage.role == "item" and _is_remedy(passage))


def _is_remedy(passage: Passage) -> bool:
    lead = passage.lead
    return lead is not None and bool(re.search(r"退|赔|补偿|处理|处罚|追究|考核|处分|奖", lead.text[-40:]))


def _consequence(tier: _Tier, passage: Passage) -> Consequence:
    a, b = tier.measures[0].a, max(m.b for m in tier.measures)
    segment = tier.measures[0].segment
    ahead = _condition_text(passage, segment, a)
    grade = _grade().search(ahead)
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


def _condition_text(passage: Passage, segment: Segment, at: int) -> str:
    """What stands between the tier and the beginning of its part, 200 characters at most."""
    earlier = [s.a for s in passage.earlier(segment, 20) if s.part == segment.part]
    return passage.text[max(min(earlier, default=segment.a), at - 200) : at]


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
