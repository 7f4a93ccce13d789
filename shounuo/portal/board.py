"""The questions behind the wall screen of a hall: today in numbers, and promises a page at a time. Nothing personal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from shounuo.ledger.moments import begin_of
from shounuo.portal.access import cases_of, clocks_of
from shounuo.portal.house import House
from shounuo.portal.wall import Promise, last_year_of, month_of, promises

ON_A_PAGE = 5
SECONDS = 20
"""How long a page of promises stands."""


@dataclass(frozen=True, slots=True)
class Today:
    """Matters that came and went today; ``ended`` of the handling promises were judged, ``kept`` of them in time."""

    received: int
    finished: int
    kept: int
    ended: int
    open: int


def today(here: House) -> Today:
    """The numbers of this civil day until now: two queries."""
    since = begin_of(here.today)
    until = min(here.now, since + timedelta(days=1)) if here.now > since else since + timedelta(days=1)
    came = Q(received_at__gte=since, received_at__lte=until)
    went = Q(ended_at__gte=since, ended_at__lte=until)
    cases = cases_of(here.unit).filter(came | went | Q(ended_at__isnull=True)).aggregate(
        received=Count("pk", filter=came), finished=Count("pk", filter=went),
        open=Count("pk", filter=Q(ended_at__isnull=True)),
    )  # fmt: skip
    handling = [key for key, rule in here.pack.commitments.items() if rule.handling]
    clocks = clocks_of(here.unit).filter(rule__in=handling, ended_at__gte=since, ended_at__lte=until).aggregate(
        kept=Count("pk", filter=Q(state="met")), ended=Count("pk", filter=Q(state__in=("met", "met_late"))),
    )  # fmt: skip
    return Today(cases["received"], cases["finished"], clocks["kept"], clocks["ended"], cases["open"])


@dataclass(frozen=True, slots=True)
class Page:
    """Promises that stand together, and which page comes next."""

    promises: Sequence[Promise]
    number: int
    pages: int

    @property
    def next(self) -> int:
        """The page after this one; the first after the last."""
        return self.number % self.pages + 1


def page_of(here: House, wanted: str) -> Page:
    """One page of the promises that have figures; all promises while none has. An odd number is the first page."""
    found = promises(here, last_year_of(here.today, here.now), month_of(here.today, here.now))
    told = [one for one in found if one.total] or found
    pages = max(1, -(-len(told) // ON_A_PAGE))
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and 1 <= len(wanted) <= 3 else 1
    number = number if 1 <= number <= pages else 1
    return Page(told[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, pages)
