"""The reading of a draft as it is kept: JSON to clauses and findings, the same whatever reading finds today."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shounuo.reading.text import Clause, Regulation, Residue
from shounuo.regulations.drafts.sheets import Sheet, sheets_of
from shounuo.regulations.models import Draft

PARTS = {
    "limits": "limit", "duties": "duty", "consequences": "consequence", "disclosures": "disclosure", "gaps": "gap",
}  # fmt: skip
"""Part of a reading -> kind of finding."""
SHAPED = ("norm", "routing", "register", "arrangement")
"""Shapes that reading gives a clause as a whole, without a place in it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as reading gave it: key, kind, clause, words, place in the source, and the rest by name."""

    key: str
    kind: str
    clause: str
    quote: str
    span: tuple[int, int]
    said: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What a draft is made of: the regulation and everything found in it, in the order of the text.

    Compared by identity, so that what follows from it alone is worked out once.
    """

    regulation: Regulation
    found: tuple[Found, ...]
    format: str
    notes: tuple[str, ...]
    places: Mapping[str, int]
    """clause -> its place among the clauses"""
    sheets: tuple[Sheet, ...]


def material_of(draft: Draft) -> Material:
    """The draft's reading. It never changes, so that it is kept in memory."""
    return _material(draft.pk, draft.digest, draft.reading)


@lru_cache(maxsize=8)
def _material(_pk: int, _digest: str, reading: str) -> Material:
    data = json.loads(reading)
    source = data["source"]
    regulation = Regulation(
        source,
        tuple(_clause(one) for one in data["clauses"]),
        tuple(Residue(one["text"], _span(one["span"]), one["why"]) for one in data["residue"]),
    )
    places = {clause.id: at for at, clause in enumerate(regulation.clauses)}
    found = [*_listed(data), *_shaped(data)]
    found.sort(key=lambda one: (places[one.clause], one.span[0], one.kind == "gap"))
    sheets = sheets_of(source, regulation.clauses, _starts(found))
    return Material(regulation, tuple(found), data["format"], tuple(data["notes"]), places, sheets)


def _starts(found: list[Found]) -> dict[str, list[int]]:
    """Where the findings of each clause begin, ascending as they are sorted."""
    starts: dict[str, list[int]] = {}
    for one in found:
        starts.setdefault(one.clause, []).append(one.span[0])
    return starts


def _span(pair: list[int]) -> tuple[int, int]:
    return pair[0], pair[1]


def _clause(one: dict[str, Any]) -> Clause:
    span = _span(one["span"])
    return Clause(
        one["id"], one["label"], one["parent"], one["text"], span, one["article"], one["title"], (span,)
    )


def _listed(data: dict[str, Any]) -> list[Found]:
    own = ("clause", "quote", "span")
    return [
        Found(
            f"{kind}-{number}", kind, one["clause"], one["quote"], _span(one["span"]),
            {name: value for name, value in one.items() if name not in own},
        )
        for part, kind in PARTS.items()
        for number, one in enumerate(data[part], 1)
    ]  # fmt: skip


def _shaped(data: dict[str, Any]) -> list[Found]:
    """Norms, routing, registers, arrangements: one finding a clause and shape, over the whole clause."""
    pairs = [(one, shape) for one in data["clauses"] for shape in one["shapes"] if shape in SHAPED]
    return [
        Found(
            f"shape-{number}", "shape", one["id"], one["text"].strip(), _span(one["span"]), {"shape": shape}
        )
        for number, (one, shape) in enumerate(pairs, 1)
    ]
