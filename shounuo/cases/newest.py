"""The newest of the matters that hold some words, looked for among as many of the newest as are needed.

A common word fits a tenth of all matters: to read and sort them all for a page of fifty takes longer the older the
house is. So the last matters are read one by one first; how many of them fit tells how far to look next. What is
found, and in which order, is the same as if everything had been sorted.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from shounuo.cases.models import Case, CaseQuerySet, Lookup

NEAR, FAR = 14_000, 200_000
"""How many matters are read one by one, and behind how many only the index of words is asked."""
MOST = 1001
"""How many hits are kept of those read one by one: a page shows a thousand, and one more says that there are more."""
SPARE = 1.3
"""How much further than its share is looked, because words do not come evenly."""


class Newest:
    """The matters among `cases` that hold all the grams (see `search.wanted`), the newest first, sliced like a list.

    ``common`` says that what is asked for may well be in every tenth matter, as one word may: then those read one by
    one tell also that there are more than a page shows. Several words together are rarer, and are counted.
    """

    def __init__(self, cases: CaseQuerySet, grams: Sequence[tuple[str, bool]], *, common: bool) -> None:
        self.cases, self.grams, self.common = cases, grams, common
        self.hits = cases.filter(lookup__grams__match=grams)

    def reached(self, most: int) -> int:
        """How many there are, at most `most`."""
        if self.common and len(self._near) >= most:
            return most
        return self.hits.reached(most)

    def __getitem__(self, part: slice) -> list[Case]:
        found = self.ids(part.stop)[part]
        by_id = Case.objects.select_related("section", "handing_to").in_bulk(found)
        return [by_id[pk] for pk in found]

    def ids(self, most: int) -> list[int]:
        """The ids of the first `most`."""
        found, among = self._near if self.common else self._read(most), NEAR
        while len(found) < most:
            among = int(among * max(2.0, SPARE * most / (len(found) or 1)))
            since = _receipt_of(among) if among <= FAR else None
            if since is None:
                return list(_ids(self.hits)[:most])
            found = list(_ids(self.hits.filter(lookup__received_at__gte=since))[:most])
        return found[:most]

    @cached_property
    def _near(self) -> list[int]:
        return self._read(MOST)

    def _read(self, most: int) -> list[int]:
        """The ids of hits among the newest of all matters, read one by one."""
        since = _receipt_of(NEAR)
        if since is None:
            return []
        return list(
            _ids(self.cases.filter(lookup__received_at__gte=since, lookup__grams__read=self.grams))[:most]
        )


def _ids(cases: CaseQuerySet) -> QuerySet[Case, int]:
    return cases.order_by("-lookup__received_at", "-id").values_list("pk", flat=True)


def _receipt_of(place: int) -> datetime | None:
    """When the matter that has so many newer ones came in; None where there are not so many."""
    moments = Lookup.objects.order_by("-received_at").values_list("received_at", flat=True)
    return next(iter(moments[place : place + 1]), None)
