"""Consequences: the measures of each tier with what triggers it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.model import Consequence, Threshold
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.findings.thresholds import threshold_in
from shounuo.reading.findings.times import quantities
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
    if not _any().search(segment.text) or _names_its_clause(segment):
        return []
    found: list[Measure] = []
    for pattern, bar, entry in _measures():
        for match in pattern.finditer(segment.text):
            if not _barred(segment.text, match.start(), match.end(), bar) and match.end() > segment.condition:
                found.append(Measure(segment.a + match.start(), segment.a + match.end(), entry, segment))
    return sorted(found, key=lambda m: (m.a, -m.b))


def _names_its_clause(segment: Segment) -> bool:
    """一次性奖励：… : a heading before a colon imposes nothing, unless it opens with the verb."""
    heading = segment.number == 0 and segment.closed_by == ":" and len(segment.text) <= 10
    return heading and not re.match(r"给予|予以|处|按|责令|可|应|将|对|由", segment.text)


def _barred(text: str, a: int, b: int, bar: re.Pattern[str] | None) -> bool:
    before, after = text[max(0, a - 18) : a], text[b : b + 12]
    if bar is not None and bar.match(after):
        return True
    return bool(
        context("measure_named").match(after)
        or context("measure_denied").search(before)
        or context("measure_as_task").search(before)
    )


LONGEST_LISTED = 20
"""Characters of an item that names a measure and nothing else."""


@dataclass(slots=True)
class _Tier:
    """Measures that follow together."""

    measures: list[Measure]
    part: int
    last: int
    """number of the last segment in it"""


LONGEST_AT_HOME = 14
"""Characters of a remedy in a leaflet."""


def find_consequences(passage: Passage) -> Iterator[Consequence]:
    """The consequences of a passage: one for each tier."""
    if passage.clause.title:
        return
    if passage.role == "breach":
        counted = list(_counted_breach(passage))
        yield from counted or (
            _consequence(t, passage) for t in _tiers(passage) if _follows_breach(t, passage)
        )
        return
    tiers = [tier for tier in _tiers(passage) if _holds(tier, passage)]
    yield from (_consequence(tier, passage) for tier in tiers)
    yield from _unnamed(passage, tiers)
    if not tiers and passage.role == "item":
        yield from _listed(passage)


def _tiers(passage: Passage) -> list[_Tier]:
    tiers: list[_Tier] = []
    for number, segment in enumerate(passage.segments):
        measures = find_measures(segment)
        if not measures or _gives_a_reason(segment, passage):
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
    if segment.part != tier.part or segment.condition or not _joined(tier.last, number, passage):
        return False
    opening = segment.text[: measures[0].a - segment.a]
    if {_polarity(measures[0]), _polarity(tier.measures[-1])} == {"sanction", "reward"}:
        return False
    if context("rated_breach").match(segment.text):
        return False
    return not (_grade().match(segment.text) or context("new_target").match(opening))


def _gives_a_reason(segment: Segment, passage: Passage) -> bool:
    """为奖励先进,特制定本办法: a purpose rewards nobody."""
    if segment.sentence > 1:
        return False
    return any(s.sentence == segment.sentence and context("making").search(s.text) for s in passage.segments)


def _joined(last: int, number: int, passage: Passage) -> bool:
    """通报批评,并根据情况,给予处理: whether nothing stands between but words that join."""
    between = passage.segments[last + 1 : number]
    return not between or (len(between) == 1 and bool(context("goes_between").match(between[0].text)))


def _follows_breach(tier: _Tier, passage: Passage) -> bool:
    """Whether an item of breaches gives the measure of its own breach: 伪造证明的，摘除标牌."""
    at = tier.measures[0].segment
    return not at.condition and any(s.condition for s in passage.earlier(at, 4) if s.part == at.part)


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
                r"结果|情况|表现|成绩|违反|的,|投诉|评价|信息|记录|并|检查|抽查|考核|测评|评议",
                passage.text[max(0, segment.a - 60) : segment.b],
            )
        )
    return _conditioned(tier, passage)


def _conditioned(tier: _Tier, passage: Passage) -> bool:
    segment = tier.measures[0].segment
    if segment.condition or (segment.number and _punishes(passage)):
        return True
    if context("breaching_actor").search(segment.text[: tier.measures[0].a - segment.a]):
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


def _punishes(passage: Passage) -> bool:
    """Whether the clause stands under a heading of breaches: 违约责任, 罚则."""
    above, steps = passage.lead, 0
    while above is not None and steps < 3:
        if context("penal").search(above.text[-24:].rstrip(":")):
            return True
        above, steps = above.lead, steps + 1
    return False


def _unnamed(passage: Passage, tiers: list[_Tier]) -> Iterator[Consequence]:
    """What follows a proved or counted breach and is no service: a measure that the lexicon has no word for."""
    known = {tier.part for tier in tiers}
    punishing = _punishes(passage)
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
            passage, after, "after_a_breach", threshold_in(_condition_text(passage, after, after.a), passage)
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
