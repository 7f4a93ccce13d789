"""The newest of the matters that hold some words, looked for in stretches of time that grow as far as needed.

A common word fits a tenth of all matters: to read and sort them all for a page of fifty takes longer the older the
house is. So the last months are looked through first, and longer times only while they hold too few. What is found,
and in which order, is the same as if everything had been sorted.
"""

from datetime import datetime, timedelta

from shounuo.cases.models import CaseQuerySet

FIRST = timedelta(days=183)
LONGEST = timedelta(days=3660)
SPARE = 1.3
"""How much longer than its share a stretch is taken, because matters do not come evenly."""


def newest(found: CaseQuerySet, now: datetime, most: int) -> list[int]:
    """The ids of the newest `most` of the matters in `found`, which asks by words; the newest first."""
    ordered = found.order_by("-lookup__received_at", "-id").values_list("pk", flat=True)
    back = FIRST
    while back < LONGEST:
        there = list(ordered.filter(lookup__received_at__gte=now - back)[:most])
        if len(there) == most:
            return there
        back = min(LONGEST, back * max(2.0, SPARE * most / (len(there) or 1)))
    return list(ordered[:most])
