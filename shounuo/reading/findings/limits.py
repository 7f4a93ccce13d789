"""Time limits: a quantity of time, or a word such as 当场, that bounds when somebody has to act."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.actors import obliged_at
from shounuo.reading.findings.events import act_after, first_day, matter_before, start_before
from shounuo.reading.findings.model import Limit
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.findings.times import Quantity, quantities
from shounuo.reading.lexicon import Entry, context, entries, sets

BEFORE = 30
AFTER = 30


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantity in its segment with the form that decided on it; `form` is None where none did."""

    segment: Segment
    quantity: Quantity
    form: str | None
    bound: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Form:
    entry: Entry
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    units: frozenset[str]
    values: frozenset[float]

    def fits(self, before: str, after: str, quantity: Quantity) -> bool:
        """Whether this form stands around a quantity."""
        if (self.units and quantity.unit not in self.units) or (
            self.values and quantity.value not in self.values
        ):
            return False
        if self.before is not None and not self.before.search(before):
            return False
        return self.after is None or bool(self.after.match(after))


@cache
def _forms() -> tuple[_Form, ...]:
    return tuple(
        _Form(
            entry,
            re.compile(entry.get("before")) if entry.get("before") else None,
            re.compile(entry.get("after")) if entry.get("after") else None,
            frozenset(entry.get("units", ())),
            frozenset(map(float, entry.get("values", ()))),
        )
        for entry in entries("limit_forms")
    )


def bounds(passage: Passage) -> list[Bound]:
    """Every quantity of the passage with what the forms say of it."""
    found = [
        _decide(passage, segment, quantity)
        for segment in passage.segments
        for quantity in quantities(segment.text)
    ]
    return _elliptic(found)


def _decide(passage: Passage, segment: Segment, quantity: Quantity) -> Bound:
    before = segment.text[max(0, quantity.a - BEFORE) : quantity.a]
    after = segment.text[quantity.b : quantity.b + AFTER]
    if quantity.a == 0 and passage.text[segment.a - 1 : segment.a] == ":":
        before = passage.text[max(0, segment.a - BEFORE) : segment.a]
    for form in _forms():
        if form.fits(before, after, quantity):
            entry = form.entry
            return Bound(
                segment, quantity, entry.name, entry.get("bound"), float(entry.get("confidence", 0.9))
            )
    return Bound(segment, quantity, None, "none", 0.0)


def _elliptic(found: list[Bound]) -> list[Bound]:
    """城区45分钟、农村90分钟内到场: a bare quantity beside a limit in the same sentence is one too."""
    limited = {b.segment.sentence for b in found if b.bound in ("max", "lead")}
    return [
        Bound(b.segment, b.quantity, "beside_a_limit", "max", 0.75)
        if b.form is None and b.segment.sentence in limited and _bare_end(b)
        else b
        for b in found
    ]


def _bare_end(bound: Bound) -> bool:
    rest = bound.segment.text[bound.quantity.b :]
    return not rest or rest[0] in "、)/和及或与;"


def find_limits(passage: Passage, found: list[Bound]) -> Iterator[Limit]:
    """The limits of a passage, by place in the text."""
    for number, bound in enumerate(found):
        if bound.bound == "none" or not _obliges(passage, bound.segment, bound.quantity.a, bound.quantity.b):
            continue
        if _is_window(bound, found[number + 1 : number + 4]) or _passed_in_vain(passage, bound):
            continue
        if not _said_again(bound, found[max(0, number - 4) : number]):
            yield _limit(passage, bound)
    for segment in () if passage.clause.title else passage.segments:
        yield from _moments(passage, segment)


def _said_again(bound: Bound, found: list[Bound]) -> bool:
    """(即3个工作日内): the same figure once more in parentheses."""
    before = bound.segment.text[: bound.quantity.a]
    if before.rfind("(") <= before.rfind(")"):
        return False
    same = (bound.quantity.value, bound.quantity.unit)
    return any(b.segment is bound.segment and (b.quantity.value, b.quantity.unit) == same for b in found)


def _obliges(passage: Passage, segment: Segment, a: int, b: int) -> bool:
    """A quantity in a condition, a breach or an unmet promise bounds nothing by itself."""
    if passage.role == "breach" or b <= segment.condition:
        return False
    return not context("unmet_limit").search(segment.text[max(segment.condition, a - 12) : a])


def _is_window(bound: Bound, found: list[Bound]) -> bool:
    """采暖期开始后的十日内，应当在五小时内到达: the first is when the second holds."""
    text = bound.segment.text
    tail = text[bound.quantity.b :]
    if (
        bound.form != "inside"
        or len(tail) > 3
        or not context("before_window").search(text[: bound.quantity.a])
    ):
        return False
    later = next((b for b in found if b.segment.part == bound.segment.part), None)
    return later is not None and later.bound == "max" and text[: bound.quantity.a].endswith("的")


def _passed_in_vain(passage: Passage, bound: Bound) -> bool:
    """通知发出1个月内,仍不缴交的: a threshold, though it looks like a limit."""
    tail = bound.segment.text[bound.quantity.b :]
    later = passage.later(bound.segment, 1)
    return len(tail) <= 2 and bool(later and context("unmet_next").match(later[0].text))


def _limit(passage: Passage, bound: Bound) -> Limit:
    segment, quantity = bound.segment, bound.quantity
    a, b = segment.a + quantity.a, segment.a + quantity.b
    b = _through_bound(passage.text, b)
    starts = start_before(passage, segment, segment.a + quantity.a, lead=bound.bound == "lead")
    ends = act_after(passage, segment, b)
    span = passage.folded.span(a, b)
    around = segment.text[max(0, quantity.a - 4) : quantity.a]
    return Limit(
        clause=passage.clause.id, quote="", span=span, confidence=bound.confidence, pattern=bound.form or "",
        value=quantity.value, unit=quantity.unit, kind=kind_of(bound, ends, around), starts=starts, ends=ends,
        obliged=obliged_at(passage, segment, segment.a + quantity.a), least=quantity.least,
        first_day=first_day(segment.text[: quantity.a]),
        measured="average" if "平均" in segment.text else "maximum",
        place=_place(segment.text[: quantity.a]),
        matter=matter_before(passage, segment),
    )  # fmt: skip


def _through_bound(text: str, b: int) -> int:
    match = context("quantity_tail").match(text, b)
    return match.end() if match else b


@cache
def _places() -> re.Pattern[str]:
    return re.compile(
        rf"({sets()['place']}(?:地区|区域|范围|用户)?)(?:范围)?(?:内|以内)?(?:的)?(?:为|是|:|在|不超过|应当?在?)?$"
    )


def _place(before: str) -> str | None:
    match = _places().search(before)
    return match[1] if match else None


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry.pattern), entry.name) for entry in entries("limit_kinds"))


def kind_of(bound: Bound, ends: str | None, around: str) -> str:
    """process, answer, arrival ..., from the act that the limit bounds."""
    if bound.bound in ("lead", "extension"):
        return "lead_time" if bound.bound == "lead" else "extension"
    return next((name for pattern, name in _kinds() if pattern.search(ends or "")), "other")


@cache
def _moment_forms() -> tuple[re.Pattern[str], tuple[Entry, ...]]:
    known = entries("moments")
    return re.compile("|".join(f"(?P<g{i}>{entry.pattern})" for i, entry in enumerate(known))), known


def _moments(passage: Passage, segment: Segment) -> Iterator[Limit]:
    """当场, 当日 and the like where something is to be done then."""
    pattern, known = _moment_forms()
    for match in pattern.finditer(segment.text):
        entry = known[int((match.lastgroup or "g0")[1:])]
        after = segment.text[match.end() : match.end() + 16]
        if context("able_to").search(segment.text[: match.start()]) and context("which").match(after):
            continue
        first = match.start() <= segment.condition
        if not _obliges(passage, segment, match.start(), match.end()) or not _acts(entry, after, first=first):
            continue
        a, b = segment.a + match.start(), segment.a + match.end()
        ends = act_after(passage, segment, b)
        yield Limit(
            clause=passage.clause.id, quote="", span=passage.folded.span(a, b),
            confidence=float(entry.get("confidence", 0.9)),
            pattern=entry.name, value=float(entry.get("value", 0)), unit=entry.get("unit"),
            kind=next((n for p, n in _kinds() if p.search(ends or "")), "process"),
            starts=start_before(passage, segment, a, lead=False), ends=ends, obliged=obliged_at(passage, segment, a),
        )  # fmt: skip


@cache
def _act() -> re.Pattern[str]:
    return re.compile(sets()["act"])


def _acts(entry: Entry, after: str, *, first: bool) -> bool:
    """Whether something is to be done then: a known act follows, or the words open the segment."""
    if entry.get("after"):
        return bool(re.match(entry.get("after"), after))
    if entry.get("unit") == "on_the_spot":
        return (len(after) > 1 and not context("not_an_act").match(after)) or len(entry.name) > 2
    opens = first and len(after) > 1
    return not context("not_an_act").match(after) and (opens or bool(_act().search(after)))
