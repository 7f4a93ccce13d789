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
    found = [(form, match) for form, match in _matches(segment) if not _barred(form, segment, match)]
    last: tuple[_Form, re.Match[str]] | None = None
    for number, (form, match) in enumerate(found):
        if _names_a_paper(segment, form, match, found[number + 1 :]):
            continue
        if last is not None and not _second_act(segment, last, form, match):
            continue
        last = (form, match)
        yield _duty(passage, segment, match, form.entry, _day(match))


def _matches(segment: Segment) -> Iterator[tuple[_Form, re.Match[str]]]:
    pattern, known = _forms()
    for match in pattern.finditer(segment.text):
        if match.start() >= segment.condition:
            yield known[int((match.lastgroup or "g0").lstrip("gday"))], match


def _day(match: re.Match[str]) -> str | None:
    return next((day for name, day in match.groupdict().items() if day and name.startswith("day")), None)


def _names_a_paper(
    segment: Segment, form: _Form, match: re.Match[str], later: list[tuple[_Form, re.Match[str]]]
) -> bool:
    """年度财务报告将在年末公布: the first period only names what the second is said of."""
    return form.entry.name == "annual" and any(
        not other.entry.get("noun") and not re.search(r"[、和及]", segment.text[match.end() : then.start()])
        for other, then in later
    )


def _second_act(
    segment: Segment, last: tuple[_Form, re.Match[str]], form: _Form, match: re.Match[str]
) -> bool:
    """Whether a further time of a segment belongs to an act of its own."""
    between = segment.text[last[1].end() : match.start()]
    listed = any(f.entry.get("whole") for f in (form, last[0])) or bool(form.entry.get("noun"))
    if listed and between.endswith(("、", "和", "及")):
        return True
    if form.entry.get("recurrence") != "hours" and len(between) >= 3 and between.endswith(("、", "和")):
        return True
    return not form.entry.get("noun") and not _same_act(between)


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
