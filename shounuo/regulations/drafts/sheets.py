"""A text in sheets: what one page of a review shows, of bounded size however long the regulation or a clause is. Pure.

Sheets depend on the reading alone, so that no decision moves a finding to another page.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shounuo.reading.text import Clause

CLAUSES, FINDINGS, CHARACTERS = 240, 480, 16_000
"""How many of each fill a sheet; of several kinds their shares are added."""
_STOPS = re.compile(r"[。；;！!？?\n]+[”’」』）)]*")
_PAUSES = re.compile(r"[，,、：:\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A clause, or some of one that is too long for a sheet: its place among the clauses, and from where to where."""

    at: int
    start: int
    end: int


Sheet = tuple[Part, ...]


def sheets_of(
    source: str, clauses: Sequence[Clause], starts: Mapping[str, Sequence[int]]
) -> tuple[Sheet, ...]:
    """The clauses in sheets. ``starts``: clause -> where its findings begin, ascending.

    A sheet that is half full ends before a heading.
    """
    sheets: list[Sheet] = []
    parts: list[Part] = []
    full = 0.0
    for at, clause in enumerate(clauses):
        own = starts.get(clause.id, ())
        for start, end in _cut(source, clause, own):
            more = _share(bisect_left(own, end) - bisect_left(own, start), end - start)
            if parts and (full + more > 1 or (clause.title and full > 0.5)):
                sheets.append(tuple(parts))
                parts, full = [], 0.0
            parts.append(Part(at, start, end))
            full += more
    return (*sheets, tuple(parts)) if parts else tuple(sheets)


def _share(findings: int, characters: int) -> float:
    return 1 / CLAUSES + findings / FINDINGS + characters / CHARACTERS


def _cut(source: str, clause: Clause, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A clause's span; cut where sentences end when it is more than a sheet holds."""
    start, end = clause.span
    if not start < end:
        yield start, end
    while start < end:
        most = min(end, start + CHARACTERS // 4)
        nth = bisect_left(starts, start) + FINDINGS // 6
        if nth < len(starts):
            most = min(most, max(starts[nth], start + 1))
        cut = most if most == end else _good_end(source, start, most)
        yield start, cut
        start = cut


def _good_end(source: str, start: int, most: int) -> int:
    """Behind the last sentence that fits, else behind the last pause, else where it is full."""
    for marks in (_STOPS, _PAUSES):
        ends = [one.end() for one in marks.finditer(source, start, most)]
        if ends:
            return ends[-1]
    return most


def sheet_at(sheets: Sequence[Sheet], clause: int, position: int) -> int:
    """The number (from 0) of the sheet on which a place of a clause stands."""
    behind = bisect_right(sheets, (clause, position), key=lambda sheet: (sheet[0].at, sheet[0].start))
    return max(0, behind - 1)
