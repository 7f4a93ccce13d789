"""Tiers: measures that follow together, and whether anything stands before them that calls for them."""

import re
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.measures import Measure, find_measures
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.lexicon import context, entries


@dataclass(slots=True)
class Tier:
    """Measures that follow together."""

    measures: list[Measure]
    part: int
    last: int
    """number of the last segment in it"""


def tiers_of(passage: Passage) -> list[Tier]:
    """The measures of a passage, those that follow together joined, whatever stands before them."""
    tiers: list[Tier] = []
    for number, segment in enumerate(passage.segments):
        measures = find_measures(segment)
        if not measures or _gives_a_reason(segment, passage):
            continue
        current = tiers[-1] if tiers else None
        if current and _continues(current, segment, number, measures, passage):
            current.measures.extend(measures)
            current.last = number
        else:
            tiers.append(Tier(measures, segment.part, number))
    return tiers


@cache
def grade_words() -> re.Pattern[str]:
    """The words that grade a breach; the group's number is the entry's place in `grades.yaml`."""
    return re.compile("|".join(f"(?P<g{i}>{e.pattern})" for i, e in enumerate(entries("grades"))))


def _continues(tier: Tier, segment: Segment, number: int, measures: list[Measure], passage: Passage) -> bool:
    """Whether a segment goes on with the tier before it rather than opening its own."""
    if segment.part != tier.part or segment.condition or not _joined(tier.last, number, passage):
        return False
    opening = segment.text[: measures[0].a - segment.a]
    if {_polarity(measures[0]), _polarity(tier.measures[-1])} == {"sanction", "reward"}:
        return False
    if context("rated_breach").match(segment.text):
        return False
    return not (grade_words().match(segment.text) or context("new_target").match(opening))


def _gives_a_reason(segment: Segment, passage: Passage) -> bool:
    """为奖励先进,特制定本办法: a purpose rewards nobody."""
    if segment.sentence > 1:
        return False
    return any(s.sentence == segment.sentence and context("making").search(s.text) for s in passage.segments)


def _joined(last: int, number: int, passage: Passage) -> bool:
    """通报批评,并根据情况,给予处理: whether nothing stands between but words that join."""
    between = passage.segments[last + 1 : number]
    if not between:
        return True
    goes_on = passage.segments[number].text.startswith("并") and not between[0].condition
    return len(between) == 1 and (goes_on or bool(context("goes_between").match(between[0].text)))


def follows_breach(tier: Tier, passage: Passage) -> bool:
    """Whether an item of breaches gives the measure of its own breach: 伪造证明的，摘除标牌."""
    at = tier.measures[0].segment
    return not at.condition and any(s.condition for s in passage.earlier(at, 4) if s.part == at.part)


def _polarity(measure: Measure) -> str:
    return str(measure.entry.get("polarity", "sanction"))


def holds(tier: Tier, passage: Passage) -> bool:
    """A tier of weak measures alone needs a condition before it."""
    segment = tier.measures[0].segment
    if _names_functions(passage) and not _speaks_of_a_breach(tier, passage):
        return False
    if context("other_law").search(passage.text[segment.a : segment.b + 20]):
        return False
    strengths = {m.strength for m in tier.measures}
    if "strong" in strengths:
        return True
    if "deemed" in strengths:
        return "是指" not in passage.text
    if strengths == {"borne"}:
        before = next(iter(passage.earlier(segment, 1)), None)
        return before is not None and bool(context("borne").search(before.text))
    if strengths == {"breach"}:
        return _after_a_breach(tier, passage)
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


def _names_functions(passage: Passage) -> bool:
    """Whether the clause is one of the functions, powers or rights of a body: 协会履行下列职责."""
    return passage.lead is not None and bool(context("functions").search(passage.lead.text[-40:]))


FAR = 200
"""Characters before a measure in which its breach may stand."""


def _speaks_of_a_breach(tier: Tier, passage: Passage) -> bool:
    at = tier.measures[0].a
    return bool(context("breached").search(passage.text[max(0, at - FAR) : at]))


def _after_a_breach(tier: Tier, passage: Passage) -> bool:
    """Whether a measure that is often plain work (封存, 督办, 向社会公告) answers a breach here."""
    segment, at = tier.measures[0].segment, tier.measures[0].a
    earlier = [s for s in passage.earlier(segment, 6) if s.part == segment.part]
    actor = context("breaching_actor")
    if not (
        actor.search(passage.text[segment.a : at])
        or segment.condition
        or any(s.condition or s.text.startswith(("因", "由于")) or actor.search(s.text) for s in earlier)
    ):
        return False
    return bool(context("breached").search(condition_text(passage, segment, at)))


NEUTRAL = frozenset({"under_rules", "handled", "referral"})
"""Measures worded like any way of handling a matter."""


def _asked_for(tier: Tier, passage: Passage) -> bool:
    """提出申请的，依照规定处理: the way an application goes punishes nobody."""
    segment = tier.measures[0].segment
    if not all(m.entry.get("measure") in NEUTRAL for m in tier.measures):
        return False
    earlier = next((s for s in passage.earlier(segment, 2) if s.part == segment.part), None)
    ahead = segment.text[: segment.condition] or (earlier.text if earlier else "")
    return bool(context("asked").search(ahead))


def _conditioned(tier: Tier, passage: Passage) -> bool:
    segment = tier.measures[0].segment
    if _asked_for(tier, passage):
        return False
    if segment.condition or (segment.number and punishes(passage)):
        return True
    if context("breaching_actor").search(segment.text[: tier.measures[0].a - segment.a]):
        return True
    if context("breached").search(segment.text[: tier.measures[0].a - segment.a]):
        return True
    earlier = [s for s in passage.earlier(segment, 6) if s.part == segment.part]
    return any(
        s.condition or context("breach_words").search(s.text) or grade_words().search(s.text)
        for s in earlier[:3]
    ) or (passage.role == "item" and _is_remedy(passage))


def _is_remedy(passage: Passage) -> bool:
    lead = passage.lead
    return lead is not None and bool(re.search(r"退|赔|补偿|处理|处罚|追究|考核|处分|奖", lead.text[-40:]))


def condition_text(passage: Passage, segment: Segment, at: int) -> str:
    """What stands between the tier and the beginning of its part, `FAR` characters at most."""
    earlier = [s.a for s in passage.earlier(segment, 20) if s.part == segment.part]
    return passage.text[max(min(earlier, default=segment.a), at - FAR) : at]


def punishes(passage: Passage) -> bool:
    """Whether the clause stands under a heading of breaches: 违约责任, 罚则."""
    above, steps = passage.lead, 0
    while above is not None and steps < 3:
        if context("penal").search(above.text[-24:].rstrip(":")):
            return True
        above, steps = above.lead, steps + 1
    return False
