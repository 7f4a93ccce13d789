"""How far a draft's review has come: its findings, then every decision in order. Pure.

Nothing is overwritten: a decision is undone by a later one that names it, and the review is what remains.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from shounuo.regulations.drafts.guessing import values_of
from shounuo.regulations.drafts.kept import Found, Material

VERBS = ("accept", "edit", "reject", "split", "merge", "add", "note", "undo", "head")
DECIDED = "finding_decided"
"""The kind of fact."""
AFTER = {"accept": "accepted", "edit": "edited", "reject": "rejected", "add": "added"}
"""Verb -> the verdict it leaves."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: its number on the stream, the verb, the findings it is about, what it says, by whom and when."""

    seq: int
    verb: str
    keys: tuple[str, ...]
    said: Mapping[str, Any]
    by: str
    at: datetime
    note: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A finding under review, with its values as they now stand and what was decided."""

    key: str
    kind: str
    clause: str
    quote: str
    span: tuple[int, int]
    values: Mapping[str, Any]
    said: Mapping[str, Any]
    verdict: str = ""
    last: Decision | None = None

    @property
    def decided(self) -> bool:
        """Whether somebody has decided about it."""
        return bool(self.verdict)

    @property
    def stays(self) -> bool:
        """Whether it goes into the pack."""
        return self.verdict != "rejected"


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """The draft as it stands: findings by key in the order of the text, the head's values, all decisions.

    Compared by identity, so that the pack it gives is worked out once.
    """

    material: Material
    version: int
    items: Mapping[str, Item]
    head: Mapping[str, Any]
    decisions: tuple[Decision, ...]

    @property
    def pending(self) -> list[Item]:
        """Findings nobody has decided about."""
        return [one for one in self.items.values() if not one.decided]

    @property
    def decided(self) -> int:
        """How many are decided."""
        return len(self.items) - len(self.pending)

    @property
    def complete(self) -> bool:
        """Whether every finding is decided."""
        return not self.pending

    def of_clause(self, clause: str) -> list[Item]:
        """A clause's findings."""
        return [one for one in self.items.values() if one.clause == clause]

    def clauses_done(self) -> tuple[int, int]:
        """How many of the clauses with findings are decided throughout, and how many have findings."""
        every = {one.clause for one in self.items.values()}
        return len(every - {one.clause for one in self.pending}), len(every)

    def neighbours(self, key: str) -> tuple[str, str]:
        """The keys before and after; "" at the ends."""
        keys = list(self.items)
        at = keys.index(key)
        return keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""

    def next_pending(self, after: str = "") -> str:
        """The next undecided finding after one, else the first; "" when there is none."""
        keys = list(self.items)
        start = keys.index(after) + 1 if after in self.items else 0
        ordered = [*keys[start:], *keys[:start]]
        return next((key for key in ordered if not self.items[key].decided), "")


def review(
    material: Material, decisions: Sequence[Decision], head: Mapping[str, Any], version: int
) -> Review:
    """What the decisions make of the findings. Decisions about a finding that is no longer there change nothing."""
    undone = {one.said["undoes"] for one in decisions if one.verb == "undo"}
    told = [replace(one, undone=one.seq in undone) for one in decisions]
    items = dict(_as_read(material))
    heads = dict(head)
    for one in told:
        if one.undone:
            continue
        if one.verb == "head":
            heads |= one.said
        else:
            _apply(items, one)
    places = material.places
    order = sorted(items.values(), key=lambda one: (places[one.clause], one.span[0], one.kind == "gap"))
    return Review(material, version, {one.key: one for one in order}, heads, tuple(told))


@lru_cache(maxsize=8)
def _as_read(material: Material) -> dict[str, Item]:
    """The findings before anybody decided; the same for every request, so worked out once."""
    texts = {clause.id: clause.text for clause in material.regulation.clauses}
    return {found.key: _item(found, texts[found.clause]) for found in material.found}


def _item(found: Found, clause: str) -> Item:
    return Item(
        found.key, found.kind, found.clause, found.quote, found.span, values_of(found, clause), found.said
    )


def _apply(items: dict[str, Item], one: Decision) -> None:
    held = [items[key] for key in one.keys if key in items]
    if len(held) < len(one.keys):
        return
    if one.verb in ("accept", "reject", "edit"):
        for item in held:
            values = {**item.values, **one.said.get("values", {})}
            items[item.key] = replace(item, verdict=AFTER[one.verb], values=values, last=one)
    elif one.verb == "add":
        items[f"added-{one.seq}"] = _made(f"added-{one.seq}", one.said, {}, one, "added")
    elif one.verb == "split":
        _split(items, held[0], one)
    elif one.verb == "merge":
        _merge(items, held, one)
    elif one.verb == "note":
        items[held[0].key] = replace(held[0], last=one)


def _made(key: str, said: Mapping[str, Any], like: Mapping[str, Any], one: Decision, verdict: str) -> Item:
    return Item(key, said["kind"], said["clause"], said["quote"], (said["from"], said["to"]), said["values"], like,
                verdict, one)  # fmt: skip


def _split(items: dict[str, Item], item: Item, one: Decision) -> None:
    """Both parts have the values of the whole, and wait to be decided."""
    del items[item.key]
    for number, part in enumerate(one.said["parts"], 1):
        key = f"{item.key}.{number}"
        items[key] = replace(
            item, key=key, quote=part["quote"], span=(part["from"], part["to"]), verdict="", last=one
        )


def _merge(items: dict[str, Item], held: Iterable[Item], one: Decision) -> None:
    """One finding over both places, with the values of the first; it waits to be decided."""
    first, *_others = together = sorted(held, key=lambda item: item.span)
    for item in together:
        del items[item.key]
    span = one.said["from"], one.said["to"]
    key = f"merged-{one.seq}"
    items[key] = replace(first, key=key, quote=one.said["quote"], span=span, verdict="", last=one)
