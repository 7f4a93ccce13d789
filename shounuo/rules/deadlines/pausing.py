"""What pauses do to an instant, to a span and to all the time that follows: plainly, pause by pause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from .instants import Pause

Interval = tuple[datetime, datetime]


def runs_over(pauses: Sequence[Pause], end: datetime) -> bool:
    """Does a pause hold the clock at this day-end (from < end <= to)?"""
    return any(a < end and (b is None or end <= b) for a, b in pauses)


def open_since(pauses: Sequence[Pause]) -> datetime | None:
    """From when on everything is paused: the beginning of the stretch that an open pause ends; None without one."""
    since = min((a for a, b in pauses if b is None), default=None)
    while since is not None:
        earlier = min((a for a, b in pauses if a < since and (b is None or since <= b)), default=None)
        if earlier is None:
            return since
        since = earlier
    return None


def unpaused(span: Interval, pauses: Sequence[Pause]) -> list[Interval]:
    """What the pauses leave of a span."""
    left = [span]
    for a, b in pauses:
        cut = []
        for start, end in left:
            stop = end if b is None else min(b, end)
            if max(a, start) >= stop:
                cut.append((start, end))
            else:
                cut += [(start, a)] if start < a else []
                cut += [(stop, end)] if stop < end else []
        left = cut
    return sorted(left)
