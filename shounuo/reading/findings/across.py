"""Gaps that only a whole article shows: contradicting measures, rights without a channel, breaches without a register."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from shounuo.reading.findings.measures import find_measures
from shounuo.reading.findings.model import Consequence, Gap
from shounuo.reading.findings.segments import Passage
from shounuo.reading.lexicon import context, entries

MOST_OWNERS = 12
"""Clauses of one topic that a further one is compared with."""


def find_gaps_across(read: list[Passage], consequences: Iterable[Consequence]) -> Iterator[Gap]:
    """The gaps across the clauses of each article."""
    articles: dict[str, list[Passage]] = defaultdict(list)
    for passage in read:
        articles[passage.clause.article].append(passage)
    by_clause: dict[str, list[Consequence]] = defaultdict(list)
    for consequence in consequences:
        by_clause[consequence.clause].append(consequence)
    for passages in articles.values():
        yield from _contradictions(passages, by_clause)
        yield from _rights_without_channel(passages)
        yield from _breaches_without_register(passages, by_clause)
        yield from _no_reply(passages)
        yield from _no_predicate(passages)


def _gap(passage: Passage, a: int, b: int, kind: str, why: str, confidence: float) -> Gap:
    return Gap(passage.clause.id, "", passage.folded.span(a, b), confidence, kind, kind, why)


def _conditions(
    passages: list[Passage], by_clause: dict[str, list[Consequence]]
) -> Iterator[tuple[Passage, frozenset[str]]]:
    """Clauses that name a breach, with the measures that follow it."""
    for passage in passages:
        if passage.role == "breach" and passage.lead is not None:
            measures = {m.entry.get("measure") for s in passage.lead.segments for m in find_measures(s)}
        else:
            measures = {m for c in by_clause.get(passage.clause.id, ()) for m in c.measures}
        if measures:
            yield passage, frozenset(map(str, measures))


@cache
def _topics() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    return tuple((re.compile(e.pattern), re.compile(e.get("recorded")), e.name) for e in entries("breaches"))


def _contradictions(passages: list[Passage], by_clause: dict[str, list[Consequence]]) -> Iterator[Gap]:
    """One breach, two clauses, and neither has all the measures of the other."""
    known: dict[str, list[tuple[Passage, frozenset[str]]]] = defaultdict(list)
    for passage, measures in _conditions(passages, by_clause):
        for pattern, _, topic in _topics():
            if match := pattern.search(passage.text):
                if any(_contradict(passage, measures, *other) for other in known[topic]):
                    yield _gap(
                        passage, *match.span(), "contradictory_measures", "same_breach_other_measure", 0.5
                    )
                if len(known[topic]) < MOST_OWNERS:
                    known[topic].append((passage, measures))


def _contradict(passage: Passage, measures: frozenset[str], other: Passage, others: frozenset[str]) -> bool:
    if other is passage or (
        passage.lead is not None and passage.lead is other.lead and passage.role == "breach"
    ):
        return False
    return not (measures <= others or others <= measures)


def _rights_without_channel(passages: list[Passage]) -> Iterator[Gap]:
    if any(context("channel").search(p.text) for p in passages):
        return
    for passage in passages:
        if match := context("right").search(passage.text):
            yield _gap(passage, *match.span(), "right_without_channel", "no_channel_named", 0.7)


def _breaches_without_register(
    passages: list[Passage], by_clause: dict[str, list[Consequence]]
) -> Iterator[Gap]:
    """A breach is punished that no register of the article could show; each breach once."""
    kept = [p.text for p in passages if context("register").search(p.text)]
    told: set[str] = set()
    for passage, _ in _conditions(passages, by_clause):
        for pattern, recorded, topic in _topics():
            match = pattern.search(passage.text)
            if match is None or topic in told or any(recorded.search(text) for text in kept):
                continue
            told.add(topic)
            yield _gap(passage, *match.span(), "breach_without_register", "no_record_of_it", 0.5)


def _no_reply(passages: list[Passage]) -> Iterator[Gap]:
    """Complaints are handled and nobody has to answer the complainant."""
    about = [p for p in passages if context("complaint").search(p.text)]
    if not about or any(context("reply").search(p.text) for p in about):
        return
    match = context("complaint").search(about[0].text)
    if match:
        yield _gap(about[0], *match.span(), "no_reply", "complainant_not_answered", 0.5)


def _no_predicate(passages: list[Passage]) -> Iterator[Gap]:
    """A condition that is followed by no obligation: 不能当场答复的；"""
    for passage in passages:
        if passage.role != "plain" or passage.clause.title or passage.text.rstrip("。;").endswith("的"):
            continue
        for segment in passage.segments:
            if (
                segment.closed_by == ";"
                and segment.condition == len(segment.text)
                and segment.text.endswith("的")
            ):
                yield _gap(passage, segment.a, segment.b, "no_predicate", "condition_without_obligation", 0.8)
