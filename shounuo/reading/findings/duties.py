"""Recurring duties: an act with a recurrence, its day, counts, recipient and evidence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.actors import obliged_at
from shounuo.reading.findings.model import Duty
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.lexicon import Entry, context, entries
from shounuo.reading.lexicon.numerals import read, read_range


@dataclass(frozen=True, slots=True)
class _Form:
    entry: Entry
    before: re.Pattern[str] | None
    after_not: re.Pattern[str] | None


@cache
def _forms() -> tuple[re.Pattern[str], tuple[_Form, ...]]:
    known = tuple(
        _Form(
            entry,
            re.compile(f"(?:{entry.get('before')})") if entry.get("before") else None,
            re.compile(entry.get("after_not")) if entry.get("after_not") else None,
        )
        for entry in entries("recurrences")
    )
    parts = [f"(?P<g{i}>{f.entry.pattern.replace('(?P<day>', f'(?P<day{i}>')})" for i, f in enumerate(known)]
    return re.compile("|".join(parts)), known


def find_duties(passage: Passage) -> Iterator[Duty]:
    """The recurring duties of a passage, one for each act with a recurrence."""
    if passage.role == "breach" or passage.clause.title:
        return
    found_in = -2
    for segment in passage.segments:
        if context("no_duty").search(segment.text):
            continue
        for duty in _in_segment(passage, segment):
            if duty.recurrence != "hours" or segment.number > found_in + 1:
                yield duty
            found_in = segment.number


def _in_segment(passage: Passage, segment: Segment) -> Iterator[Duty]:
    pattern, known = _forms()
    last: tuple[int, str] | None = None
    for match in pattern.finditer(segment.text):
        number = int((match.lastgroup or "g0").lstrip("gday"))
        form = known[number]
        if match.start() < segment.condition or _barred(form, segment, match):
            continue
        between = segment.text[last[0] : match.start()] if last else ""
        apart = between.endswith("、") and (
            form.entry.name == "short_period" or _acts_between(between, match)
        )
        if last is not None and not apart and (form.entry.get("noun") or _same_act(between)):
            continue
        last = (match.end(), form.entry.name)
        yield _duty(
            passage,
            segment,
            match,
            form.entry,
            match[f"day{number}"] if "(?P<day>" in form.entry.pattern else None,
        )


def _acts_between(between: str, match: re.Match[str]) -> bool:
    """每趟清扫、每日消毒: an act stands between two times."""
    return len(between) >= 3 and match[0].startswith("每")


def _same_act(between: str) -> bool:
    """每年6月和12月各一次; 周一至周五8:30-17:00: one act with two times."""
    return len(between) <= 12 and not re.search(r"报|提交|公示|公布|召开|检查", between)


def _barred(form: _Form, segment: Segment, match: re.Match[str]) -> bool:
    before, after = (
        segment.text[max(0, match.start() - 14) : match.start()],
        segment.text[match.end() : match.end() + 14],
    )
    if form.before is not None and form.before.search(before):
        return True
    if before.rfind("《") > before.rfind("》"):
        return True
    if form.after_not is not None and form.after_not.match(after):
        return True
    return bool(context("unmet_duty").search(before[max(0, len(before) - 6) :]))


def _duty(passage: Passage, segment: Segment, match: re.Match[str], entry: Entry, day: str | None) -> Duty:
    rest = segment.text[match.end() :]
    least, most = _count(rest)
    end = match.end() + _act_length(rest)
    evidence = context("titled").search(rest) or context("evidence").search(rest)
    recipient = context("recipient").search(segment.text)
    return Duty(
        clause=passage.clause.id, quote="", span=passage.folded.span(segment.a + match.start(), segment.a + end),
        confidence=float(entry.get("confidence", 0.85)), pattern=entry.name, recurrence=entry.get("recurrence"), day=day,
        least=least, most=most, obliged=obliged_at(passage, segment, segment.a + match.start()),
        recipient=recipient[1] if recipient else None, evidence=evidence[1] if evidence else None,
    )  # fmt: skip


def _count(rest: str) -> tuple[float | None, float | None]:
    """一次至二次 is (1, 2), 不少于两次 (2, None), 一次 (1, None)."""
    match = context("times").search(rest)
    if match is None:
        return None, None
    try:
        low, high = read_range(match["n"])
        if match["m"]:
            high = read(match["m"])
    except ValueError:
        return None, None
    if match["sign"] in ("不超过", "至多", "最多"):
        return None, high
    return low, high if low < high else None


def _act_length(rest: str) -> int:
    """Characters of the act named in a quote: to the next pause, eight at most."""
    stop = re.search(r"[、,;。(《]", rest)
    return min(stop.start() if stop else len(rest), 8)
