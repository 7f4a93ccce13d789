"""What a change of the calendar or the edition would do to open clocks, before it is made. Read only.

The matters due first are judged twice, under the editions as they are and as they would be: exactly what the
recomputation will do, for as many as can be looked at while somebody waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from shounuo.commitments.models import ClockQuerySet
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import FactRow
from shounuo.ledger.moments import civil, day_of
from shounuo.regulations.amending import amendments_to
from shounuo.regulations.editions import binds_from, editions_of
from shounuo.regulations.models import Adoption, OfficeCalendar
from shounuo.regulations.streams import facts_of
from shounuo.regulations.versions import compiled_versions
from shounuo.regulations.wording import said
from shounuo.rules.calendars import CalendarSpec
from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.judgement import Clock
from shounuo.rules.shapes import Pack

MOST = 300
SHOWN = 30

Editions = Mapping[int, tuple[Edition, Edition]]
"""Adoption -> the edition as it is, and as it would be."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A due that would move; moments are civil, None where there is none."""

    stream: UUID
    title: str
    old: datetime | None
    new: datetime | None
    private: bool = False
    """A clock that a rating began: counted, and in no list."""

    @property
    def later(self) -> bool:
        """Whether it would be due later."""
        return self.old is None or (self.new is not None and self.new > self.old)


@dataclass(frozen=True, slots=True)
class Foresight:
    """How many running clocks a change may touch, how many matters were judged, and what would come of it."""

    touched: int
    looked: int
    later: int
    earlier: int
    settled: int
    moves: tuple[Foreseen, ...]


def foresee(clocks: ClockQuerySet, editions: Editions, at: datetime) -> Foresight:
    """Judge the matters of these clocks that are due first, both ways, at a civil moment."""
    streams = list(dict.fromkeys(clocks.order_by("due_at").values_list("stream", flat=True)[: MOST * 2]))[
        :MOST
    ]
    days = dict(Adoption.objects.filter(pk__in=editions).values_list("pk", "in_force_from"))
    moves: list[Foreseen] = []
    looked = settled = 0
    for stream, facts in ledger.read_many(streams).items():
        adoption = _adoption(days, day_of(facts[0].at))
        if adoption is None:
            continue
        looked += 1
        found, sure = _both(stream, facts, editions[adoption], at)
        moves += found
        settled += sure
    moves.sort(key=lambda one: (one.old is None, one.old or datetime.max))  # noqa: DTZ901 - civil time
    later = sum(one.later for one in moves)
    listed = [one for one in moves if not one.private]
    return Foresight(clocks.count(), looked, later, len(moves) - later, settled, tuple(listed[:SHOWN]))


def _adoption(days: Mapping[int, date], received: date) -> int | None:
    """The adoption a matter came in under."""
    fitting = [(day, pk) for pk, day in days.items() if day <= received]
    return max(fitting)[1] if fitting else None


def _both(
    stream: UUID, rows: list[FactRow], editions: tuple[Edition, Edition], at: datetime
) -> tuple[list[Foreseen], int]:
    facts = facts_of(rows)
    moment = max(at, *(fact.at for fact in facts))
    now, then = (_open(edition, facts, moment) for edition in editions)
    both = [(now[key], then[key]) for key in now if key in then]
    rules = editions[0].pack.commitments
    moves = [
        Foreseen(stream, said(rules[a.rule].title), a.due, b.due, a.hidden_from_rated)
        for a, b in both
        if a.due != b.due
    ]
    return moves, sum(
        (a.provisional or a.due is None) and b.due is not None and not b.provisional for a, b in both
    )


def _open(edition: Edition, facts: list[Any], at: datetime) -> dict[tuple[str, int], Clock]:
    judged = judge(edition, facts, at, with_verbs=False)
    return {(clock.rule, clock.no): clock for clock in judged.clocks if clock.ended_at is None}


def with_calendar(organisation_id: int, name: str, spec: CalendarSpec, at: datetime) -> Editions:
    """Every edition of the organisation as it is and with another version of a calendar, from a moment (aware) on."""
    rows = list(OfficeCalendar.objects.filter(organisation=organisation_id).order_by("name", "version"))
    number = max(row.version for row in rows if row.name == name) + 1
    data = spec.model_dump(mode="json", by_alias=True)
    rows.append(OfficeCalendar(name=name, version=number, spec=data, made_at=at))
    calendars, versions = compiled_versions(sorted(rows, key=lambda row: (row.name, row.version)))
    return {
        pk: (one, replace(one, calendars=calendars, versions=versions))
        for pk, one in _editions(organisation_id)
    }


def _editions(organisation_id: int, pack: str | None = None) -> list[tuple[int, Edition]]:
    rows = Adoption.objects.filter(organisation=organisation_id, purpose="")
    rows = rows.filter(text__pack=pack) if pack else rows
    return list(editions_of(rows.order_by("in_force_from").values_list("pk", flat=True)).items())


def with_amendments(organisation_id: int, pack: Pack, day: date) -> Editions:
    """Every edition of the same regulation as it is, and as another adopted from a day on would bind its clocks."""
    kept = _editions(organisation_id, pack.head.id)
    adopted = Adoption.objects.in_bulk([pk for pk, _e in kept])
    days = {pk: one.in_force_from for pk, one in adopted.items()}
    begins = datetime.combine(day, time())
    found = {}
    for pk, edition in kept:
        later = [(binds_from(adopted[other]), one.pack) for other, one in kept if days[other] > days[pk]]
        amendments, settings = amendments_to(edition.pack, [*later, (begins, pack)])
        found[pk] = edition, replace(edition, amendments=amendments, later_settings=settings)
    return found


def following_rules(editions: Editions) -> list[str]:
    """The promises whose running clocks would follow."""
    return sorted({key for now, then in editions.values() for key in then.amendments
                   if then.amendments[key] != now.amendments.get(key)})  # fmt: skip


def first_day(day: date, now: datetime) -> datetime:
    """The civil moment to judge at: a second into the day, or now when that has begun."""
    return max(datetime.combine(day, time()) + timedelta(seconds=1), civil(now) + timedelta(seconds=1))
