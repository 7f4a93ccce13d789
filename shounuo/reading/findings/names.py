"""Rules named and not held, and things that go by two names."""

import re
from collections.abc import Iterator

from shounuo.reading.findings.fold import fold_text
from shounuo.reading.findings.model import Gap
from shounuo.reading.findings.segments import Passage
from shounuo.reading.lexicon import context

_TITLED = re.compile(r"《([^《》]{2,40})》")
MOST_NAMES = 300


def find_name_gaps(read: list[Passage]) -> Iterator[Gap]:
    """Rules referred to whose text is not here, each once, and pairs of names for one thing."""
    headings = {fold_text(p.text) for p in read if p.clause.title}
    seen: set[str] = set()
    for passage in read:
        for match in _TITLED.finditer(passage.text):
            title = match[1]
            if (
                title in seen
                or context("titled_paper").search(title)
                or any(title in heading for heading in headings)
            ):
                continue
            seen.add(title)
            yield _gap(passage, match.start(), match.end(), "rule_not_held", "rule_named", 0.7)
    yield from _two_names(read)


def _two_names(read: list[Passage]) -> Iterator[Gap]:
    known: dict[str, str] = {}
    for passage in read:
        for match in context("thing_named").finditer(passage.text):
            name, article = match[1] or match[2], passage.clause.article
            if name in known or len(known) >= MOST_NAMES:
                continue
            if any(known[other] == article and _alike(name, other) for other in known):
                yield _gap(
                    passage, match.end() - len(name), match.end(), "two_names", "perhaps_the_same", 0.4
                )
            known[name] = article


def _alike(one: str, other: str) -> bool:
    """岗位责任制 and 岗位目标责任制; 业务主管部门 and 业务主管单位; 客户监督员 and 行风监督员."""
    short, long = sorted((one, other), key=len)
    if short[:2] == long[:2] and short[-3:] == long[-3:]:
        return _within(short, long)
    if len(one) == len(other) and one[:4] == other[:4]:
        return one[-2:] in ("部门", "单位") and other[-2:] in ("部门", "单位")
    return one[-3:] == other[-3:] in ("监督员", "评议员") and len(one) == len(other)


def _within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(c in letters for c in short)


def _gap(passage: Passage, a: int, b: int, kind: str, why: str, confidence: float) -> Gap:
    return Gap(passage.clause.id, "", passage.folded.span(a, b), confidence, kind, kind, why)
