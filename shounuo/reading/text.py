"""A regulation's text taken apart: clauses, and what was set aside, over the source as it was read.

Spans are half-open character positions in `Regulation.source`. Every character of the source belongs to exactly one
clause or to residue: what lies inside a clause's span is its own, except residue there (a page number inside a word).
`Regulation.uncovered` names characters without an owner, and is empty for whatever `clauses.split` returns.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with its own words; the clauses under it are clauses of their own."""

    id: str
    """stays the same when another clause is edited"""
    label: str | None
    """as printed, with its punctuation"""
    parent: str | None
    """id of the clause it stands under"""
    text: str
    """its own words without the label: lines joined, residue left out"""
    span: Span
    """its own characters in the source, label and residue within it included"""
    article: str
    """id of the article (篇) it belongs to"""
    title: bool
    """a heading rather than a sentence"""
    pieces: tuple[Span, ...]
    """the spans of the source that make up `text`, in order"""
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts, at = [], 0
        for a, b in self.pieces:
            starts.append(at)
            at += b - a
        object.__setattr__(self, "_starts", tuple(starts))

    def source_span(self, a: int, b: int) -> Span:
        """Where the characters `text[a:b]` stand in the source, from the first of them to the last."""
        if not 0 <= a <= b <= len(self.text):
            raise ValueError(f"{a}:{b} is outside a text of {len(self.text)} characters")
        if not self.text:
            return self.span[1], self.span[1]
        first = self._position(min(a, len(self.text) - 1))
        return (first, first) if a == b else (first, self._position(b - 1) + 1)

    def _position(self, at: int) -> int:
        piece = bisect_right(self._starts, at) - 1
        return self.pieces[piece][0] + at - self._starts[piece]


@dataclass(frozen=True, slots=True)
class Residue:
    """Characters that are no part of the regulation, and the reason they were set aside."""

    text: str
    span: Span
    why: str
    """a code: page_number, navigation, publication_line, ..."""


@dataclass(frozen=True, slots=True)
class Regulation:
    """A source with everything in it accounted for, clauses in the order of the text."""

    source: str
    clauses: tuple[Clause, ...]
    residue: tuple[Residue, ...]

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id. KeyError when there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)

    def uncovered(self) -> Iterator[int]:
        """Positions of the source that belong to no clause and to no residue, or to more than one."""
        owners = bytearray(len(self.source))
        for a, b in [*self._own_spans(), *(item.span for item in self.residue)]:
            for at in range(a, b):
                owners[at] = min(owners[at] + 1, 2)
        return (at for at, count in enumerate(owners) if count != 1)

    def _own_spans(self) -> Iterator[Span]:
        """The clauses' spans with the residue inside them cut out."""
        holes = sorted(item.span for item in self.residue)
        for clause in self.clauses:
            at, end = clause.span
            hole = bisect_right(holes, (at, -1))
            while hole < len(holes) and holes[hole][0] < end:
                yield at, holes[hole][0]
                at = holes[hole][1]
                hole += 1
            yield at, end
