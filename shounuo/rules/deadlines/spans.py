"""Pauses as a union of spans in whole seconds from the calendar's beginning: sorted, disjoint, not touching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .instants import Pause

OPEN = 1 << 62
Span = tuple[int, int]


def spans(epoch: datetime, pauses: Sequence[Pause]) -> list[Span]:
    """The union of the pauses; an open pause ends at `OPEN`. Zero-length pauses vanish unless they touch another."""
    found = []
    for start, end in pauses:
        begin = start - epoch
        a = begin.days * 86400 + begin.seconds
        if end is None:
            found.append((a, OPEN))
        else:
            stop = end - epoch
            b = stop.days * 86400 + stop.seconds
            if a < b:
                found.append((a, b))
    return _union(found) if len(found) > 1 else found


def _union(found: list[Span]) -> list[Span]:
    found.sort()
    merged = []
    start, reach = found[0]
    for a, b in found:
        if a > reach:
            merged.append((start, reach))
            start, reach = a, b
        elif b > reach:
            reach = b
    merged.append((start, reach))
    return merged


def known_to(limit: int, union: list[Span]) -> int:
    """Until when counted time is known: the calendar's end, or the end of the pause that runs there."""
    for a, b in union:
        if a <= limit < b:
            return b
    return limit
