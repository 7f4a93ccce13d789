"""A folded clause cut into segments (between commas), parts (between semicolons) and sentences, and what each one is."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.fold import Folded, fold, fold_text
from shounuo.reading.lexicon import context, fill
from shounuo.reading.text import Clause

MOST_READ = 2000
"""Characters of a clause in which its article's name for itself is looked for."""
LONGEST_SEGMENT = 300
"""A longer run without punctuation is cut here, so that hostile input stays linear."""
_BORDER = re.compile(r"(?<![0-9]):|:(?![0-9])|(?<![0-9]),|,(?![0-9])|[;。!?…]|\((?=[^(),;。]{4,40}的,)")


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters a to b of a folded clause, the border after them left out."""

    number: int
    a: int
    b: int
    text: str
    closed_by: str
    part: int
    sentence: int
    condition: int
    """characters of `text` (from its start) that state a condition or breach rather than an obligation"""

    def states(self, at: int) -> bool:
        """Whether the character at `at` (in the folded clause) obliges rather than sets a condition."""
        return at - self.a >= self.condition


@dataclass(frozen=True, slots=True)
class Passage:
    """A folded clause, its segments, and what stands above it."""

    folded: Folded
    segments: tuple[Segment, ...]
    lead: "Passage | None"
    """the clause that introduces this one as an item of its list"""
    issuer: str | None
    """whom the article binds where a clause names nobody"""
    role: str
    """`plain`, or as an item: `breach` (forbidden or punished), `content` (of a publication or document), `item`"""
    homely: bool = False
    """whether its article speaks to people as a leaflet does (您, 我们)"""

    @property
    def clause(self) -> Clause:
        """The clause."""
        return self.folded.clause

    @property
    def text(self) -> str:
        """Its folded text."""
        return self.folded.text

    def earlier(self, segment: Segment, most: int) -> list[Segment]:
        """Segments of the same sentence before this one, nearest first."""
        before = self.segments[max(0, segment.number - most) : segment.number]
        return [s for s in reversed(before) if s.sentence == segment.sentence]

    def later(self, segment: Segment, most: int) -> list[Segment]:
        """Segments of the same part after this one, nearest first."""
        after = self.segments[segment.number + 1 : segment.number + 1 + most]
        return [s for s in after if s.part == segment.part]


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(
        fill(
            r"的(?:事项|问题|情形|情况)?(?=应当|应(?![用急付对变])|须|必须|由|可以|不予|不得|要(?!求)|予以|给予|一律|责令|追究)"
            r"|[不未没][^,;。的]{1,8}的(?={number}(?:个)?(?:小时|工作日|[日天]|分钟)[内之以])"
            r"|(?<![或再])者(?=酌情|予以|给予|一律|责令|从重|处以|追究)"
        )
    )


def _condition_of(text: str) -> int:
    """How many characters of a segment, from its start, set a condition."""
    if context("ends_condition").search(text):
        return len(text)
    if text.startswith("的"):
        return 1
    far = 0
    for match in _condition().finditer(text):
        far = match.end()
    if far:
        return far
    if context("opens_condition").match(text) and not context("modal").search(text):
        return len(text)
    return 0


def cut(folded: Folded) -> tuple[Segment, ...]:
    """The segments of a clause."""
    text, at, part, sentence = folded.text, 0, 0, 0
    segments: list[Segment] = []
    borders = [(m.start(), m.end(), m[0]) for m in _BORDER.finditer(text)] + [(len(text), len(text), "")]
    for start, end, mark in borders:
        while start - at > LONGEST_SEGMENT:
            segments.append(_segment(len(segments), text, at, at + LONGEST_SEGMENT, "", part, sentence))
            at += LONGEST_SEGMENT
        if start > at:
            segments.append(_segment(len(segments), text, at, start, mark, part, sentence))
        at = end
        part += mark in tuple(";。!?…")
        sentence += mark in tuple("。!?…")
    return tuple(segments)


def _segment(number: int, text: str, a: int, b: int, mark: str, part: int, sentence: int) -> Segment:
    own = text[a:b]
    return Segment(number, a, b, own, mark, part, sentence, _condition_of(own))


_SAYS_MORE = re.compile(r"(?:前[款项条]|本[款项条]|上述|上列)")
"""A paragraph that begins so speaks of the list above and is no item of it."""


def passages(clauses: tuple[Clause, ...]) -> list[Passage]:
    """Every clause folded and cut, each item of a list tied to the clause that introduces it."""
    by_id: dict[str, Passage] = {}
    found: list[Passage] = []
    issuers, at_home = _issuers(clauses), _homely(clauses)
    for clause in clauses:
        folded = fold(clause)
        lead = _lead(clause, by_id, found)
        role = "plain" if _after_a_list(clause, found) else _role(lead, folded.text)
        homely = clause.article in at_home
        passage = Passage(folded, cut(folded), lead, issuers.get(clause.article), role, homely)
        by_id[clause.id] = passage
        found.append(passage)
    return found


def _issuers(clauses: tuple[Clause, ...]) -> dict[str, str]:
    """article -> whom it binds: what it applies to, else what it calls itself most often."""
    texts: dict[str, list[str]] = {}
    for clause in clauses:
        texts.setdefault(clause.article, []).append(fold_text(clause.text[:MOST_READ]))
    found = {}
    for article, own in texts.items():
        applies = next((m[1] for text in own if (m := context("applies_to").search(text))), None)
        names = Counter(m[0] for text in own for m in context("calls_itself").finditer(text))
        if name := applies or next(iter(dict(names.most_common(1))), None):
            found[article] = name
    return found


LEAST_HOMELY = 3
"""Words such as 您 in an article that make it a leaflet."""


def _homely(clauses: tuple[Clause, ...]) -> frozenset[str]:
    """The articles that speak to people as a leaflet does."""
    counted: Counter[str] = Counter()
    for clause in clauses:
        counted[clause.article] += len(context("homely").findall(clause.text))
    return frozenset(article for article, number in counted.items() if number >= LEAST_HOMELY)


def _after_a_list(clause: Clause, found: list[Passage]) -> bool:
    """A paragraph without a number after the last numbered item of a list is no item of it."""
    before = found[-1].clause if found else None
    return bool(clause.label is None and before and before.label and before.parent == clause.parent)


def _lead(clause: Clause, by_id: dict[str, Passage], found: list[Passage]) -> Passage | None:
    """What introduces the clause: the clause above it, or the unnumbered paragraph before its first item."""
    above = by_id.get(clause.parent or "")
    before = found[-1] if found else None
    if before is not None and clause.label and before.clause.label is None and before.text.endswith(":"):
        return before
    if (
        before is not None
        and before.lead is not None
        and clause.label
        and before.clause.parent == clause.parent
        and before.clause.label
    ):
        return before.lead
    return above


def _role(lead: Passage | None, text: str) -> str:
    if lead is None or not (lead.text.endswith(":") or context("leads_breaches").search(lead.text[-40:])):
        return "plain"
    if _SAYS_MORE.match(text):
        return "plain"
    tail = lead.text[-60:]
    if context("leads_breaches").search(tail):
        return "breach"
    return "content" if context("leads_content").search(tail.rstrip(":")) else "item"
