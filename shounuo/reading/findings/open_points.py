"""Points that a wording leaves open beside time words: extensions, amounts, grades, rules named and not held."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.model import Gap
from shounuo.reading.findings.segments import Passage
from shounuo.reading.lexicon import Entry, entries


@dataclass(frozen=True, slots=True)
class _Point:
    entry: Entry
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    before_not: re.Pattern[str] | None


@cache
def _points() -> tuple[_Point, ...]:
    def maybe(form: str | None, end: str = "") -> re.Pattern[str] | None:
        return re.compile(f"(?:{form}){end}") if form else None

    return tuple(
        _Point(e, re.compile(e.pattern), maybe(e.get("unless")), maybe(e.get("before_not"), "$"))
        for e in entries("open_points")
    )


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(p.entry.pattern for p in _points()))


def find_open_points(passage: Passage) -> Iterator[Gap]:
    """The open points of a passage, each kind once a sentence."""
    if passage.clause.title:
        return
    for a, b in _sentences(passage):
        sentence = passage.text[a:b]
        if _any().search(sentence):
            yield from _in_sentence(passage, a, sentence)


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    number, start, end = -1, 0, 0
    for segment in passage.segments:
        if segment.sentence != number:
            if end > start:
                yield start, end
            number, start = segment.sentence, segment.a
        end = min(segment.b + 1, len(passage.text))
    if end > start:
        yield start, end


def _in_sentence(passage: Passage, at: int, sentence: str) -> Iterator[Gap]:
    for point in _points():
        match = point.pattern.search(sentence)
        if match is None or (point.unless is not None and point.unless.search(sentence)):
            continue
        if point.before_not is not None and point.before_not.search(
            sentence[max(0, match.start() - 8) : match.start()]
        ):
            continue
        entry = point.entry
        yield Gap(
            clause=passage.clause.id, quote="", span=passage.folded.span(at + match.start(), at + match.end()),
            confidence=float(entry.get("confidence", 0.6)), pattern=entry.name,
            kind=entry.get("kind"), why=entry.get("why"),
        )  # fmt: skip
