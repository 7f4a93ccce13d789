"""What a draft changes against an edition: clauses by their keys, rules by clause and place in it. Pure.

Rules of two packs rarely have the same ids, since one may be written by hand: within a clause of the same key, rules of
one shape are paired first by id, then by their order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as lazy

from shounuo.regulations.rule_wording import how_long
from shounuo.regulations.wording import listed, said
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Commitment, Pack
from shounuo.rules.shapes.base import Rule

FIELDS = {
    "applies_to": lazy("哪些事项"), "starts": lazy("从何时起算"), "ends": lazy("到什么为止"), "first_day": lazy("第一天"),
    "calendar": lazy("日历"), "extension": lazy("延长"), "breach": lazy("违反的后果"),
}  # fmt: skip
"""What else of a promise may differ, in words; the rest goes by one word."""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that comes, goes, or has other words."""

    key: str
    label: str
    what: str
    """added, removed or changed"""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that comes, goes, or says another thing; for promises the lengths in words."""

    shape: str
    title: str
    clause: str
    what: str
    old: str = ""
    new: str = ""
    besides: str = ""
    """what of a promise differs beside its length"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs."""

    clauses: tuple[ClauseChange, ...]
    rules: tuple[RuleChange, ...]
    same: int
    """rules that say the same"""

    @property
    def limits(self) -> list[RuleChange]:
        """Promises that differ."""
        return [one for one in self.rules if one.shape == "commitment"]

    @property
    def others(self) -> list[RuleChange]:
        """Other rules that differ."""
        return [one for one in self.rules if one.shape != "commitment"]


def compare(before: Edition, after: Edition, on: date) -> Comparison:
    """How a new edition differs from an old one; lengths in words as their settings stand on a day."""
    old, new = before.pack, after.pack
    changes: list[RuleChange] = []
    same = 0
    for shape, left, right in _pairs(old, new):
        lengths = _length(before, left, on), _length(after, right, on)
        change = _change(shape, left, right, *lengths)
        if change is None:
            same += 1
        else:
            changes.append(change)
    return Comparison(tuple(_clauses(old, new)), tuple(changes), same)


def _clauses(old: Pack, new: Pack) -> Iterable[ClauseChange]:
    for key in dict.fromkeys([*old.clauses, *new.clauses]):
        before, after = old.clauses.get(key), new.clauses.get(key)
        words = [said(one.text) if one else "" for one in (before, after)]
        label = (after or before or old.clauses[key]).label or key
        what = "added" if before is None else "removed" if after is None else "changed"
        if words[0] != words[1]:
            yield ClauseChange(key, label, what, *words)


def _pairs(old: Pack, new: Pack) -> Iterable[tuple[str, Rule | None, Rule | None]]:
    before, after = _placed(old), _placed(new)
    for place in dict.fromkeys([*before, *after]):
        left, right = list(before.get(place, ())), list(after.get(place, ()))
        for key in [key for key, _rule in left if key in dict(right)]:
            yield place[0], dict(left)[key], dict(right)[key]
            left = [one for one in left if one[0] != key]
            right = [one for one in right if one[0] != key]
        for at in range(max(len(left), len(right))):
            yield place[0], _at(left, at), _at(right, at)


def _at(rules: Sequence[tuple[str, Rule]], at: int) -> Rule | None:
    return rules[at][1] if at < len(rules) else None


def _placed(pack: Pack) -> dict[tuple[str, str], list[tuple[str, Rule]]]:
    """(shape, clause) -> the rules there, by id."""
    found: dict[tuple[str, str], list[tuple[str, Rule]]] = {}
    for shape, key, rule in pack.rules():
        found.setdefault((shape, rule.clause), []).append((key, rule))
    return found


def _change(shape: str, before: Rule | None, after: Rule | None, old: str, new: str) -> RuleChange | None:
    rule = after or before
    assert rule is not None
    if before is None or after is None:
        return RuleChange(
            shape, said(rule.title), rule.clause, "added" if before is None else "removed", old, new
        )
    plain = [one.model_dump(exclude={"title", "note", "within"}) for one in (before, after)]
    if old == new and plain[0] == plain[1]:
        return None
    differing = [name for name, value in plain[0].items() if plain[1].get(name) != value]
    besides = dict.fromkeys(str(FIELDS.get(name, lazy("其他"))) for name in differing)
    return RuleChange(shape, said(rule.title), rule.clause, "changed", old, new, listed(besides))


def _length(edition: Edition, rule: Rule | None, on: date) -> str:
    """A promise's length in words."""
    return how_long(edition, rule, on) if isinstance(rule, Commitment) and rule.within else ""
