"""Disclosures: what must be told to, given to or published for clients, parties or the public."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.findings.model import Disclosure
from shounuo.reading.findings.segments import Passage, Segment
from shounuo.reading.lexicon import Entry, context, entries, sets


@dataclass(frozen=True, slots=True)
class _Telling:
    entry: Entry
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def barred(self, text: str, a: int, b: int) -> bool:
        """Whether the words around make it a name or something that happened."""
        if self.before is not None and self.before.search(text[max(0, a - 16) : a]):
            return True
        return self.after is not None and bool(self.after.match(text[b : b + 20]))


@cache
def _tellings() -> tuple[_Telling, ...]:
    def maybe(form: str | None) -> re.Pattern[str] | None:
        return re.compile(form) if form else None

    return tuple(_Telling(e, maybe(e.get("before")), maybe(e.get("after"))) for e in entries("tellings"))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], _Telling], ...]:
    return tuple((re.compile(t.entry.pattern), t) for t in _tellings())


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(t.entry.pattern for t in _tellings()))


def find_disclosures(passage: Passage) -> Iterator[Disclosure]:
    """The disclosures of a passage, one for each act of telling."""
    if passage.role in ("breach", "content") or passage.clause.title:
        return
    for segment in passage.segments:
        if context("defines").search(segment.text):
            continue
        if segment.condition < len(segment.text) and _any().search(segment.text):
            yield from _in_segment(passage, segment)


def _in_segment(passage: Passage, segment: Segment) -> Iterator[Disclosure]:
    taken = -1
    for a, b, telling in sorted(_found(segment), key=lambda f: (f[0], -f[1])):
        if _in_heading(passage, segment.a + a, segment.a + b):
            continue
        if a < taken or not _obliges(segment, a) or not _to_outsiders(passage, telling.entry, segment, a, b):
            continue
        if taken >= 0 and not re.search(r"并|同时|且|,", segment.text[taken:a]):
            continue
        if (
            taken >= 0
            and telling.entry.name == "说明理由"
            and segment.text[max(taken - 1, 0) : a].endswith("并")
        ):
            continue
        taken = b
        start = _with_recipient(segment, a)
        span = passage.folded.span(segment.a + start, segment.a + _with_object(segment, b))
        confidence = float(telling.entry.get("confidence", 0.8))
        to = _to(telling.entry, segment.text)
        yield Disclosure(passage.clause.id, "", span, confidence, telling.entry.name, to)


def _found(segment: Segment) -> Iterator[tuple[int, int, _Telling]]:
    for pattern, telling in _forms():
        for match in pattern.finditer(segment.text):
            if not telling.barred(segment.text, *match.span()) and not context("by_means_of").match(
                segment.text, match.end()
            ):
                yield match.start(), match.end(), telling


HEADING = 10
"""Characters of a clause, or of a line of a table, that may be its heading."""


def _in_heading(passage: Passage, a: int, b: int) -> bool:
    """收支公开 每年一月公布: the words before a blank, or a short line as a whole, only name the matter."""
    if b > HEADING or re.search(r"应|须|[予进对向要可并均]", passage.text[:a]):
        return False
    if b == len(passage.text):
        return True
    return passage.folded.span(b, b + 1)[0] > passage.folded.span(a, b)[1]


FORBIDDEN = 36
"""Characters before a verb of telling in which it may be forbidden."""


def _obliges(segment: Segment, a: int) -> bool:
    return a >= segment.condition and not context("not_told").search(
        segment.text[max(segment.condition, a - FORBIDDEN) : a]
    )


@cache
def _people() -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = sets()
    return re.compile(rf"(?:{known['client']}|{known['public']}|对外|其|本人)"), re.compile(
        rf"(?:向|报|给|由|通知|告知|反馈|通报|报告)(?:本|所在地|所属|上一?级|县|市|区|属地|其|该|有关|相关|当地|供水|供气|供热)?[^,;。]{{0,10}}?(?:{known['superior']}(?!的)|{context('no_client').pattern})"
    )


LISTED = 48
"""Characters after a verb of publishing in which what is published may be listed."""
OBJECT = 6
"""Characters of what is told that a quote shows."""


def _with_object(segment: Segment, b: int) -> int:
    if title := re.match(r"《[^》]{1,16}》", segment.text[b : b + 18]):
        return b + title.end()
    stop = re.search(r"[(《、的]|并", segment.text[b : b + OBJECT])
    return min(len(segment.text), b + (stop.start() if stop else OBJECT))


def _with_recipient(segment: Segment, a: int) -> int:
    """向用户公告, 在大厅公示: where the quote begins."""
    match = context("recipient_before").search(segment.text, max(segment.condition, a - 10), a)
    return match.start() if match else a


def _to_outsiders(passage: Passage, entry: Entry, segment: Segment, a: int, b: int) -> bool:
    """Internal reports and filings with an authority are no disclosures."""
    client, superior = _people()
    if superior.match(segment.text, a):
        return False
    if entry.name == "公告" and context("published_by").search(segment.text[:a]):
        return True
    near = segment.text[max(segment.condition, a - 24) : b + 16]
    inside = superior.search(near)
    outside = client.search(near)
    if entry.get("needs") == "party" and not client.search(
        passage.text[max(0, segment.a + a - 60) : segment.a + b + 16]
    ):
        return False
    if entry.get("needs") == "homely" and not passage.homely:
        return False
    if entry.get("needs") == "content" and not (
        outside or context("what_is_published").search(segment.text[a : b + LISTED] + near)
    ):
        return False
    return not inside or bool(outside)


def _to(entry: Entry, text: str) -> str:
    if re.search(r"社会|公众|网站|公示|公布|公开", text):
        return "public"
    return str(entry.get("to", "unsaid"))
