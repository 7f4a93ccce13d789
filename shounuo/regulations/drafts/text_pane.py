"""The text with what was found in it, clause by clause, cut where a finding begins or ends. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shounuo.reading.text import Clause, Residue
from shounuo.regulations.drafts.review import Item, Review
from shounuo.regulations.drafts.wording import MARKS

_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff])\s*\n\s*(?=[\u3000-\u9fff])")
"""Line ends that the page would show as blanks."""


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
    """A clause: its pieces, the findings about it as a whole, and how many are undecided."""

    clause: Clause
    pieces: tuple[Piece, ...]
    whole: tuple[Item, ...]
    pending: int
    total: int
    depth: int

    @property
    def done(self) -> bool:
        """Whether every finding of it is decided."""
        return bool(self.total) and not self.pending


def passages(review: Review, clauses: Sequence[Clause], chosen: str) -> list[Passage]:
    """The clauses as the text pane shows them."""
    parents = {clause.id: clause.parent for clause in review.material.regulation.clauses}
    return [_passage(review, clause, chosen, _depth(clause.id, parents)) for clause in clauses]


def _depth(clause: str, parents: dict[str, str | None]) -> int:
    depth, above = 0, parents.get(clause)
    while above is not None and depth < 3:
        depth, above = depth + 1, parents.get(above)
    return depth


def _passage(review: Review, clause: Clause, chosen: str, depth: int) -> Passage:
    items = review.of_clause(clause.id)
    inside = [one for one in items if one.kind != "shape"]
    whole = tuple(one for one in items if one.kind == "shape")
    pending = sum(not one.decided for one in items)
    return Passage(clause, tuple(_pieces(review, clause, inside, chosen)), whole, pending, len(items), depth)


def _pieces(review: Review, clause: Clause, items: list[Item], chosen: str) -> Iterator[Piece]:
    source, (start, end) = review.material.regulation.source, clause.span
    aside = [one for one in review.material.regulation.residue if start <= one.span[0] < end]
    label_end = (
        start + len(clause.label) if clause.label and source.startswith(clause.label, start) else start
    )
    cuts = {start, end, label_end, *(min(max(at, start), end) for one in items for at in one.span)}
    cuts |= {min(at, end) for one in aside for at in one.span}
    edges = sorted(cuts)
    for a, b in pairwise(edges):
        yield _piece(source[a:b], a, items, aside, chosen, a < label_end)


def _piece(text: str, a: int, items: list[Item], aside: list[Residue], chosen: str, label: bool) -> Piece:
    why = next((one.why for one in aside if one.span[0] <= a < one.span[1]), "")
    if why:
        return Piece(" ".join(text.split()), aside=why)
    here = [one for one in items if one.span[0] <= a < one.span[1]]
    begins = tuple(one for one in items if one.span[0] == a)
    kinds = tuple(kind for kind in MARKS if any(one.kind == kind and one.stays for one in here))
    return Piece(_BETWEEN_HAN.sub("", text), begins, kinds, any(one.key == chosen for one in here), label)
