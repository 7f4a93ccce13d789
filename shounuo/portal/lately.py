"""What took noticeably long to count is shown again for a while instead of being counted anew for every reader.

A small house counts in a few milliseconds and always shows the present. A large one is shown at most a hundred
times as long as counting took, so that its public pages cost a hundredth of a processor however many read them.
"""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from time import perf_counter
from typing import TypeVar, cast

NOTICEABLE = 0.3
"""Seconds."""
TIMES, AT_MOST = 100, timedelta(minutes=1)
MOST_KEPT = 100
T = TypeVar("T")

_kept: dict[Hashable, tuple[datetime, datetime, object]] = {}
"""What -> counted at, shown until, found. Each process has its own."""


def lately(what: Hashable, now: datetime, count: Callable[[], T]) -> T:
    """What `count` finds, or what it found a moment before `now` if that took long."""
    if what in _kept:
        counted, until, found = _kept[what]
        if counted <= now < until:
            return cast(T, found)
    began = perf_counter()
    fresh = count()
    took = perf_counter() - began
    if took >= NOTICEABLE:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[what] = now, now + min(timedelta(seconds=took * TIMES), AT_MOST), fresh
    return fresh
