"""The text with what was found in it, clause by clause, cut where a finding begins or ends. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shounuo.reading.text import Clause, Residue
from shounuo.regulations.drafts.review import Item, Review
from shounuo.regulations.drafts.sheets import Part, Sheet, sheet_at
from shounuo.regulations.drafts.wording import MARKS

_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff])\s*\n\s*(?=[\u3000-\u9fff])")
"""Line ends that the page would show as blanks."""
LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters, the findings that begin here, and how they are shown."""

    text: str
    begins: tuple[Item, ...] = ()
    kinds: tuple[str, ...] = ()
    chosen: bool = False
    label: bool = False
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause, or the part of a long one that is on this sheet: its pieces, and how the whole clause stands."""

    clause: Clause
    pieces: tuple[Piece, ...]
    whole: tuple[Item, ...]
    """findings about the clause as a whole, where it begins"""
    pending: int
    total: int
    depth: int
    first: bool
    last: bool
    here: bool
    """whether what was chosen stands in it"""

    @property
    def done(self) -> bool:
        """Whether every finding of the clause is decided."""
        return bool(self.total) and not self.pending


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet as the contents name it: its first and last clause, how many findings are on it and undecided."""

    number: int
    first: str
    last: str
    pending: int
    total: int


def passages(review: Review, number: int, clause: str, chosen: str) -> list[Passage]:
    """A sheet (from 0) as the text pane shows it, with the clause and the finding chosen ("" for none)."""
    regulation, sheet = review.material.regulation, review.material.sheets[number]
    items = _by_clause(review, {regulation.clauses[part.at].id for part in sheet})
    parents = {one.id: one.parent for one in regulation.clauses}
    place = review.items[chosen].span[0] if chosen else -1
    found = []
    for part in sheet:
        one = regulation.clauses[part.at]
        first, last = part.start == one.span[0], part.end == one.span[1]
        here = one.id == clause and (
            part.start <= place < part.end or (first and place < part.start) or (last and place >= part.end)
        )
        found.append(_passage(review, part, items.get(one.id, []), chosen, _depth(one.id, parents), here))
    return found


def contents(review: Review) -> list[Entry]:
    """All sheets, for finding one's way; how far each has come."""
    material = review.material
    clauses = material.regulation.clauses
    counts = [[0, 0] for _sheet in material.sheets]
    for item in review.items.values():
        count = counts[sheet_of(review, item)]
        count[0] += not item.decided
        count[1] += 1
    return [
        Entry(no, _named(clauses, sheet, 1), _named(clauses, sheet, -1), *count)
        for no, (sheet, count) in enumerate(zip(material.sheets, counts, strict=True), 1)
    ]


def sheet_of(review: Review, item: Item) -> int:
    """The sheet (from 0) on which a finding stands; one about a whole clause stands where the clause begins."""
    material = review.material
    return sheet_at(material.sheets, material.places[item.clause], item.span[0])


def _named(clauses: Sequence[Clause], sheet: Sheet, step: int) -> str:
    """The first (step 1) or last (-1) clause of a sheet, by its label or its words."""
    parts = [clauses[part.at] for part in sheet][::step]
    one = next((one for one in parts if one.label), parts[0])
    title = f" {one.text}" if one.title and step > 0 else ""
    return f"{one.label or one.text or one.id}{title}"[:LONGEST_NAME]


def _by_clause(review: Review, wanted: set[str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in review.items.values():
        if item.clause in wanted:
            found.setdefault(item.clause, []).append(item)
    return found


def _depth(clause: str, parents: dict[str, str | None]) -> int:
    depth, above = 0, parents.get(clause)
    while above is not None and depth < 3:
        depth, above = depth + 1, parents.get(above)
    return depth


def _passage(review: Review, part: Part, items: list[Item], chosen: str, depth: int, here: bool) -> Passage:
    clause = review.material.regulation.clauses[part.at]
    first, last = part.start == clause.span[0], part.end == clause.span[1]
    inside = [
        one for one in items if one.kind != "shape" and one.span[0] < part.end and part.start < one.span[1]
    ]
    whole = tuple(one for one in items if one.kind == "shape" and first)
    pending = sum(not one.decided for one in items)
    pieces = tuple(_pieces(review, part, inside, chosen))
    return Passage(clause, pieces, whole, pending, len(items), depth, first, last, here)


def _pieces(review: Review, part: Part, items: list[Item], chosen: str) -> Iterator[Piece]:
    regulation = review.material.regulation
    source, start, end = regulation.source, part.start, part.end
    label, begin = regulation.clauses[part.at].label, regulation.clauses[part.at].span[0]
    aside = [one for one in regulation.residue if one.span[0] < end and start < one.span[1]]
    label_end = begin + len(label) if label and source.startswith(label, begin) else begin
    spans = [one.span for one in items] + [one.span for one in aside]
    cuts = {
        min(max(at, start), end) for at in (start, end, label_end, *(at for span in spans for at in span))
    }
    for a, b in pairwise(sorted(cuts)):
        yield _piece(source[a:b], a, items, aside, chosen, a < label_end)


def _piece(text: str, a: int, items: list[Item], aside: list[Residue], chosen: str, label: bool) -> Piece:
    why = next((one.why for one in aside if one.span[0] <= a < one.span[1]), "")
    if why:
        return Piece(" ".join(text.split()), aside=why)
    here = [one for one in items if one.span[0] <= a < one.span[1]]
    begins = tuple(one for one in items if one.span[0] == a)
    kinds = tuple(kind for kind in MARKS if any(one.kind == kind and one.stays for one in here))
    return Piece(_BETWEEN_HAN.sub("", text), begins, kinds, any(one.key == chosen for one in here), label)
