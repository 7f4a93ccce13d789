"""Measures: the words of a segment that impose something."""

import re
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.segments import Segment
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
        """strong, weak, breach, borne, appraisal or deemed: what must stand before it."""
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
            if _leads_on(segment, *match.span()) or match.end() <= segment.condition:
                continue
            if not _barred(segment.text, *match.span(), bar):
                found.append(Measure(segment.a + match.start(), segment.a + match.end(), entry, segment))
    return sorted(found, key=lambda m: (m.a, -m.b))


def _leads_on(segment: Segment, a: int, b: int) -> bool:
    """按照下列规定给予处罚：: the measures are those of the items."""
    if segment.closed_by != ":" or len(segment.text) - b > 2:
        return False
    return bool(context("leads_on").search(segment.text[max(0, a - 8) : b]))


def _names_its_clause(segment: Segment) -> bool:
    """一次性奖励：… : a heading before a colon imposes nothing, unless it opens with the verb."""
    heading = segment.number == 0 and segment.closed_by == ":" and len(segment.text) <= 10
    return heading and not re.match(r"给予|予以|处|按|责令|可|应|将|对|由", segment.text)


BEFORE = 42
"""Characters before a measure in which it may be forbidden."""


def _barred(text: str, a: int, b: int, bar: re.Pattern[str] | None) -> bool:
    before, after = text[max(0, a - BEFORE) : a], text[b : b + 12]
    if before.rfind("《") > before.rfind("》"):
        return True
    if bar is not None and bar.match(after):
        return True
    return bool(
        context("measure_named").match(after)
        or context("measure_denied").search(before)
        or context("measure_as_task").search(before)
    )
