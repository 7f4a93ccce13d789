"""Which shapes of rule a clause has: what was found in it, then what its words show."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from shounuo.reading.findings.model import Finding
from shounuo.reading.findings.segments import Passage
from shounuo.reading.lexicon import entries


@cache
def _worded() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry.pattern), str(entry.get("shape"))) for entry in entries("shapes"))


def shapes_of(read: list[Passage], found: Mapping[str, Iterable[Finding]]) -> dict[str, tuple[str, ...]]:
    """clause id -> its shapes; `found` gives the findings of each shape, in falling order of weight."""
    clauses = {shape: {f.clause for f in findings} for shape, findings in found.items()}
    shapes: dict[str, tuple[str, ...]] = {}
    for passage in read:
        own = [shape for shape, ids in clauses.items() if passage.clause.id in ids]
        if not passage.clause.title:
            own += [
                shape for pattern, shape in _worded() if shape not in own and pattern.search(passage.text)
            ]
        if own and "definition" in own and len(own) > 1 and not (set(own) & set(clauses)):
            own = ["definition"]
        shapes[passage.clause.id] = tuple(_without_weak(own))
    return shapes


def _without_weak(own: list[str]) -> list[str]:
    """`norm` is what remains when nothing else is said."""
    return [shape for shape in own if shape != "norm" or len(own) == 1]
