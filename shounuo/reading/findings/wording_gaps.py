"""Gaps that one word shows: a vague time word, or a limit, period or lead time announced and not set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.model import Gap
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.lexicon import Entry, context, entries


@dataclass(frozen=True, slots=True)
class _Word:
    entry: Entry
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def barred(self, text: str, a: int, b: int) -> bool:
        """Whether what stands around the word takes its meaning of an obligation away."""
        if self.before is not None and self.before.search(text[max(0, a - 16) : a]):
            return True
        return self.after is not None and bool(self.after.match(text[b : b + 20]))


@cache
def _words() -> tuple[re.Pattern[str], tuple[_Word, ...]]:
    known = tuple(
        _Word(entry, _maybe(entry.get("before")), _maybe(entry.get("after")))
        for entry in sorted(entries("vague_words"), key=lambda e: -len(e.pattern))
    )
    return re.compile("|".join(f"(?P<g{i}>{word.entry.pattern})" for i, word in enumerate(known))), known


def _maybe(form: str | None) -> re.Pattern[str] | None:
    return re.compile(form) if form else None


def find_wording_gaps(passage: Passage) -> Iterator[Gap]:
    """The vague and announced times of a passage, one for each act they stand for."""
    if passage.role == "breach" or passage.clause.title:
        return
    for segment in passage.segments:
        taken = -1
        for word, a, b in _found(segment):
            if a < taken or not _obliges(segment, a):
                continue
            taken = b
            yield _gap(passage, segment, word, a, b)


def _found(segment: Segment) -> Iterator[tuple[_Word, int, int]]:
    pattern, known = _words()
    for match in pattern.finditer(segment.text):
        word = known[int((match.lastgroup or "g0")[1:])]
        if not word.barred(segment.text, *match.span()):
            yield word, match.start(), match.end()


def _obliges(segment: Segment, a: int) -> bool:
    if a < segment.condition or context("purpose").match(segment.text):
        return False
    return not context("unmet_time").search(segment.text[max(segment.condition, a - 8) : a])


FURTHER = 4
"""Characters of the act that a quote shows."""


def _gap(passage: Passage, segment: Segment, word: _Word, a: int, b: int) -> Gap:
    stop = re.search(r"[并(]", segment.text[b : b + FURTHER])
    end = min(len(segment.text), b + (stop.start() if stop else FURTHER))
    if modal := context("modal_before").search(segment.text[max(segment.condition, a - 2) : a]):
        a -= len(modal[0])
    kind = word.entry.get("kind")
    return Gap(
        clause=passage.clause.id, quote="", span=passage.folded.span(segment.a + a, segment.a + end),
        confidence=float(word.entry.get("confidence", 0.9)), pattern=word.entry.name, kind=kind, why=kind,
    )  # fmt: skip
