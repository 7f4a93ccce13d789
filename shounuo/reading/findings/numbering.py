"""Numbers of clauses that are printed twice or left out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from shounuo.reading.findings.model import Gap
from shounuo.reading.lexicon.numerals import read
from shounuo.reading.text import Clause

_NUMBER = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+")


def find_numbering_gaps(clauses: Iterable[Clause]) -> Iterator[Gap]:
    """A gap on each clause whose number repeats its sibling's or leaps over one."""
    kept: dict[tuple[str | None, str, str], list[tuple[float, Clause]]] = defaultdict(list)
    for clause in clauses:
        if clause.label and (style := _style(clause.label)):
            kept[clause.parent, clause.article, style[0]].append((style[1], clause))
    for siblings in kept.values():
        yield from _compare(siblings)


def _style(label: str) -> tuple[str, float] | None:
    """What a label looks like without its last number, and that number: 4.1.6 is ("4.1.#", 6)."""
    folded = "".join(label.split()).replace("（", "(").replace("）", ")")
    numbers = list(_NUMBER.finditer(folded))
    if not numbers:
        return None
    last = numbers[-1]
    try:
        return f"{folded[: last.start()]}#{folded[last.end() :]}", read(last[0])
    except ValueError:
        return None


def _compare(siblings: list[tuple[float, Clause]]) -> Iterator[Gap]:
    before = siblings[0][0]
    seen = {before}
    for number, clause in siblings[1:]:
        if number in seen:
            yield _gap(clause, "duplicate_number", "number_repeated")
        elif number > before + 1:
            yield _gap(clause, "missing_number", "number_left_out")
        seen.add(number)
        before = number


def _gap(clause: Clause, kind: str, why: str) -> Gap:
    label = clause.label or ""
    a = clause.span[0]
    return Gap(clause.id, "", (a, a + len(label)), 0.8, "numbering", kind, why)
