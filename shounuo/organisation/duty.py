"""Who is on duty: questions about the roster that other floors ask."""

from datetime import datetime

from shounuo.organisation.absence import is_absent, stand_ins
from shounuo.organisation.models import Person, Shift, Unit

__all__ = ["on_duty", "supervisors_on_duty"]


def on_duty(unit_id: int, at: datetime) -> list[int]:
    """Who is on duty for a unit at `at`: by its own roster, else by that of the nearest unit above that has one then.

    For somebody who is absent the stand-ins; empty when nobody is on any roster.
    """
    return _rostered(unit_id, at, supervises=False)


def supervisors_on_duty(unit_id: int, at: datetime) -> list[int]:
    """The duty supervisor at `at`, found alike; without one on a roster whoever holds that role and is present."""
    if found := _rostered(unit_id, at, supervises=True):
        return found
    house = Unit.objects.select_related("organisation").get(pk=unit_id).house
    held = Person.objects.holding("duty_supervisor", at, house, below=True)
    return [one for one in held.values_list("pk", flat=True) if not is_absent(one, at)]


def _rostered(unit_id: int, at: datetime, supervises: bool) -> list[int]:
    for unit in Unit.objects.get(pk=unit_id).upwards():
        shifts = Shift.objects.at(at).filter(unit=unit, supervises=supervises).order_by("pk")
        people = list(shifts.values_list("person", flat=True))
        here = [one for person in people for one in _there(person, at)]
        if here:
            return list(dict.fromkeys(here))
    return []


def _there(person: int, at: datetime) -> list[int]:
    return stand_ins(person, at) if is_absent(person, at) else [person]
