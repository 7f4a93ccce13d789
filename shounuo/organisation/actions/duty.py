"""The duty roster: the shifts of some days are set, all at once."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.ledger.moments import begin_of, civil, instant
from shounuo.organisation.actions.recording import ROSTER, NotPossible, Stamp, record
from shounuo.organisation.models import Appointment, Person, Shift, Unit

ONE_DAY = timedelta(days=1)


class Turn(NamedTuple):
    """One person's turn: from when until when (civil times of a day; not later means the next day), as what."""

    day: date
    starts: time
    ends: time
    person: Person
    supervises: bool = False

    @property
    def begins_at(self) -> datetime:
        """The first instant."""
        return instant(datetime.combine(self.day, self.starts))

    @property
    def ends_at(self) -> datetime:
        """The first instant no longer covered."""
        over_night = ONE_DAY if self.ends <= self.starts else timedelta(0)
        return instant(datetime.combine(self.day, self.ends) + over_night)


@transaction.atomic
def set_roster(
    stamp: Stamp,
    unit: Unit,
    days: Sequence[date],
    turns: Sequence[Turn],
    band: tuple[time, time] | None = None,
) -> int:
    """Let the unit's shifts of these days be exactly `turns`; with `band` only those of these hours are replaced.

    Raises `NotPossible`, naming person and day, for somebody of another organisation, not in post, or twice at the
    same time. Returns how many shifts the days now have.
    """
    Unit.objects.select_for_update().get(pk=unit.house.pk)
    Shift.objects.filter(pk__in=_replaced(unit, days, band)).delete()
    for turn in turns:
        _may_stand(unit, turn)
    Shift.objects.bulk_create(
        Shift(
            unit=unit,
            person=turn.person,
            supervises=turn.supervises,
            begins_at=turn.begins_at,
            ends_at=turn.ends_at,
        )
        for turn in turns
    )
    _no_overlap(unit, [turn.person.pk for turn in turns])
    said = [[t.person.pk, t.begins_at.isoformat(), t.ends_at.isoformat(), t.supervises] for t in turns]
    span = [min(days).isoformat(), max(days).isoformat()] if days else []
    record(unit, stamp, "roster_set", ROSTER, days=span, shifts=said)
    return len(turns)


def _replaced(unit: Unit, days: Sequence[date], band: tuple[time, time] | None) -> list[int]:
    if not days:
        return []
    first, last = (begin_of(day) for day in (min(days), max(days) + ONE_DAY))
    wanted, found = set(days), []
    for shift in Shift.objects.filter(unit=unit).between(first, last):
        starts, ends = civil(shift.begins_at), civil(shift.ends_at)
        if starts.date() in wanted and band in (None, (starts.time(), ends.time())):
            found.append(shift.pk)
    return found


def _may_stand(unit: Unit, turn: Turn) -> None:
    words = {"name": turn.person.name, "day": turn.day.isoformat()}
    if turn.person.organisation_id != unit.house.pk:
        raise NotPossible(_("%(name)s不是本单位的人（%(day)s）") % words)
    if not Appointment.objects.at(turn.begins_at).filter(person=turn.person).exists():
        raise NotPossible(_("%(name)s %(day)s 没有任职，不能排班") % words)


def _no_overlap(unit: Unit, people: Sequence[int]) -> None:
    """Nobody is on duty twice at a time, in whichever unit."""
    shifts = Shift.objects.filter(person__in=set(people)).select_related("person")
    last: dict[int, Shift] = {}
    for shift in shifts.order_by("person", "begins_at"):
        before = last.get(shift.person_id)
        if before is not None and shift.begins_at < before.ends_at:
            words = {"name": shift.person.name, "day": civil(shift.begins_at).date().isoformat()}
            raise NotPossible(_("%(name)s %(day)s 排了两个重叠的班") % words)
        last[shift.person_id] = shift if before is None or shift.ends_at > before.ends_at else before
