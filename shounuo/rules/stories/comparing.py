"""A judgement beside what a story expects: every expected key compared, every difference named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from shounuo.rules.deadlines import explain
from shounuo.rules.edition import Edition
from shounuo.rules.engine.scope import ScopeProposal
from shounuo.rules.judgement import Check, CheckState, Clock, ClockState, Judgement, MatterState
from shounuo.rules.stories.models import Expected, ExpectedExtension, ExpectedMatter, Story
from shounuo.rules.stories.writing import a_date, a_pause, days, moment

Step = str | int


class Difference(NamedTuple):
    """One expectation that does not hold; ``path`` is its place in the story."""

    path: tuple[Step, ...]
    expected: str
    found: str


class Wrong(NamedTuple):
    """An expectation that can never hold: an unknown rule, verb, state or consequence."""

    path: tuple[Step, ...]
    problem: str


Found = Iterator[Difference | Wrong]


def shown(value: Any) -> str:
    """A value as stories write it."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and value and isinstance(value[0], datetime):
        return f"{shown(value[0])}/{shown(value[1]) if value[1] else ''}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(shown, value)) + "]"
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _compare(path: tuple[Step, ...], expected: Any, found: Any) -> Found:
    if expected != found:
        yield Difference(path, shown(expected), shown(found))


def compare_scope(edition: Edition, story: Story, found: Sequence[ScopeProposal]) -> Found:
    """What follows across matters beside what is expected: ``consequence`` or ``consequence:who``, in order."""
    expected = story.expect.proposals or ()
    for index, one in enumerate(expected):
        if one.partition(":")[0] not in edition.pack.consequences:
            yield Wrong(("proposals", index), f"there is no consequence {one!r}")
    named = [f"{p.consequence}:{p.who}" for p in found]
    said = [
        n if ":" in e else n.partition(":")[0]
        for n, e in zip_longest(named, expected, fillvalue=":")
        if n != ":"
    ]
    yield from _compare(("proposals",), list(expected), said)


def compare(edition: Edition, story: Story, judgement: Judgement) -> Found:
    """Every difference between a judgement and what the story expects."""
    for rule, runs in story.expect.rules().items():
        yield from _rule(edition, rule, runs, judgement)
    if story.expect.matter is not None:
        yield from _matter(story.expect.matter, judgement)
    if story.expect.proposals is not None:
        yield from _ids(
            "proposals",
            story.expect.proposals,
            edition.pack.consequences,
            (p.consequence for p in judgement.proposals),
        )
    if story.expect.findings is not None:
        yield from _ids("findings", story.expect.findings, None, (f.code for f in judgement.findings))
    yield from _verbs(story.expect.verbs, judgement)


def _ids(word: str, expected: Iterable[str], known: Iterable[str] | None, found: Iterable[str]) -> Found:
    wanted = sorted(expected)
    for one in wanted:
        if known is not None and one not in known:
            yield Wrong((word,), f"there is no consequence {one!r}")
    yield from _compare((word,), wanted, sorted(found))


def _verbs(expected: Mapping[str, bool | str], judgement: Judgement) -> Found:
    for name, wanted in expected.items():
        verb = judgement.verbs.get(name)
        if verb is None:
            yield Wrong(("verbs", name), f"there is no verb {name!r}; allowed: {', '.join(judgement.verbs)}")
            continue
        found: bool | str = True if verb.allowed else verb.why.code if verb.why else False
        if wanted is False and not verb.allowed:
            continue
        yield from _compare(("verbs", name), wanted, found)


def _matter(expected: ExpectedMatter, judgement: Judgement) -> Found:
    if expected.state is not None and expected.state not in list(MatterState):
        yield Wrong(
            ("matter", "state"), f"there is no state {expected.state!r}; allowed: {', '.join(MatterState)}"
        )
    names = {"responsible": "answerable", "received": "received_at", "ended": "ended_at"}
    for key in expected.model_fields_set:
        wanted, found = getattr(expected, key), getattr(judgement, names.get(key, key))
        if key in ("received", "ended") and wanted is not None:
            wanted = moment(wanted)
        if key == "missing":
            wanted, found = sorted(wanted), sorted(found)
        yield from _compare(("matter", key), wanted, found)


def _rule(edition: Edition, rule: str, runs: tuple[Expected, ...], judgement: Judgement) -> Found:
    commitment = edition.pack.commitments.get(rule)
    if commitment is None:
        allowed = ", ".join(edition.pack.commitments)
        yield Wrong(
            (rule,),
            f"there is no commitment {rule!r}; allowed: {allowed}, matter, proposals, findings, verbs",
        )
    elif commitment.form == "check":
        check = next((c for c in judgement.checks if c.rule == rule), None)
        yield from _check(rule, runs[0], check)
    else:
        clocks = [c for c in judgement.clocks if c.rule == rule]
        if len(runs) > 1:
            yield from _compare((rule,), f"{len(runs)} runs", f"{len(clocks)} runs")
        for index, expected in enumerate(runs):
            place = (rule, index) if len(runs) > 1 else (rule,)
            chosen = clocks[index : index + 1] if len(runs) > 1 else clocks[-1:]
            yield from _clock(edition, place, expected, chosen[0] if chosen else None, judgement.at)


def _check(rule: str, expected: Expected, check: Check | None) -> Found:
    values = {
        "state": check.state.value if check else "not_started",
        "why": check.why.code if check and check.why else None,
        "clause": check.clause if check else None,
    }
    states = [*CheckState, "not_started"]
    if expected.state is not None and expected.state not in states:
        yield Wrong((rule, "state"), f"there is no state {expected.state!r}; allowed: {', '.join(states)}")
    for key in expected.model_fields_set:
        if key not in values:
            yield Wrong((rule, key), f"a check has no {key!r}; allowed: {', '.join(values)}")
        else:
            yield from _compare((rule, key), getattr(expected, key), values[key])


def _clock(
    edition: Edition, path: tuple[Step, ...], expected: Expected, clock: Clock | None, at: datetime
) -> Found:
    if expected.state is not None and expected.state not in list(ClockState):
        yield Wrong(
            (*path, "state"), f"there is no state {expected.state!r}; allowed: {', '.join(ClockState)}"
        )
    for key in expected.model_fields_set:
        if key not in _OF_CLOCKS:
            yield Wrong((*path, key), f"a clock has no {key!r}; allowed: {', '.join(_OF_CLOCKS)}")
        elif key == "extensions":
            yield from _extensions((*path, key), expected.extensions, clock)
        else:
            read, find = _OF_CLOCKS[key]
            wanted = getattr(expected, key)
            found = find(edition, clock, at) if clock else _UNSTARTED.get(key)
            yield from _compare((*path, key), None if wanted is None else read(wanted), found)


def _extensions(
    path: tuple[Step, ...], expected: tuple[ExpectedExtension, ...], clock: Clock | None
) -> Found:
    granted = clock.extensions if clock else ()
    yield from _compare(path, len(expected), len(granted))
    for index, (wanted, one) in enumerate(zip(expected, granted, strict=False)):
        values = {
            "valid": one.valid,
            "by_how_much": one.by_how_much,
            "why": one.why.code if one.why else None,
        }
        for key in wanted.model_fields_set:
            yield from _compare((*path, index, key), getattr(wanted, key), values[key])


def counted_dates(edition: Edition, clock: Clock, at: datetime) -> list[date]:
    """The dates that count for a clock, from the explanation trace."""
    calendar = edition.calendar(clock.calendar)
    trace = explain(calendar, clock.started_at, clock.budget, clock.pauses, at)
    return [day.date for day in trace.days if day.number is not None or day.seconds]


_UNSTARTED: Mapping[str, Any] = {
    "state": "not_started",
    "provisional": False,
    "same_visit": False,
    "out_of_coverage": False,
    "counted": [],
    "paused": [],
    "restarted": [],
}
"""What the keys give for a clock that has not started."""


def _same(value: Any) -> Any:
    return value


_OF_CLOCKS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Edition, Clock, datetime], Any]]] = {
    "state": (_same, lambda e, c, at: c.state.value),
    "due": (moment, lambda e, c, at: c.due),
    "due_day": (a_date, lambda e, c, at: c.due_day),
    "counted": (lambda v: list(days(v)), counted_dates),
    "stated": (_same, lambda e, c, at: c.words),
    "clause": (_same, lambda e, c, at: c.clause),
    "started": (moment, lambda e, c, at: c.started_at),
    "ended": (moment, lambda e, c, at: c.ended_at),
    "breached": (moment, lambda e, c, at: c.breached_at),
    "provisional": (_same, lambda e, c, at: c.provisional),
    "paused": (lambda v: [a_pause(one) for one in v], lambda e, c, at: list(c.pauses)),
    "restarted": (lambda v: [moment(one) for one in v], lambda e, c, at: list(c.restarted)),
    "extensions": (_same, lambda e, c, at: len(c.extensions)),
    "same_visit": (_same, lambda e, c, at: c.same_visit),
    "out_of_coverage": (_same, lambda e, c, at: c.out_of_coverage),
}
"""Expected key -> how it is written, and where the clock has it."""
