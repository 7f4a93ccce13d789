"""People and their appointments."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shounuo.organisation.actions.recording import NotPossible, Stamp, record
from shounuo.organisation.models import Appointment, Person, Post, Unit


@transaction.atomic
def enrol(
    stamp: Stamp, organisation: Unit, staff_no: str, name_zh: str, name_en: str = "", phone: str = ""
) -> Person:
    """Take a person onto an organisation's staff list; names stay out of the ledger."""
    house = organisation.house
    if house.people.filter(staff_no=staff_no).exists():
        raise NotPossible(_("工号“%(number)s”已被使用") % {"number": staff_no}, "staff_no")
    person = Person.objects.create(
        organisation=house, staff_no=staff_no, name_zh=name_zh, name_en=name_en, phone=phone
    )
    record(house, stamp, "person_enrolled", person=person.pk)
    return person


@transaction.atomic
def change_person(
    stamp: Stamp, person: Person, *, name_zh: str, name_en: str = "", phone: str = ""
) -> Person:
    """Change a person's name or telephone; the ledger keeps that it was done, not the words."""
    if (person.name_zh, person.name_en, person.phone) == (name_zh, name_en, phone):
        return person
    Person.objects.filter(pk=person.pk).update(name_zh=name_zh, name_en=name_en, phone=phone)
    person.refresh_from_db()
    record(person.organisation, stamp, "person_changed", person=person.pk)
    return person


@transaction.atomic
def appoint(
    stamp: Stamp, person: Person, post: Post, from_date: date, to_date: date | None = None
) -> Appointment:
    """Appoint `person` to `post` from `from_date` up to, not including, `to_date`."""
    if not post.open_on(from_date):
        raise NotPossible(_("该岗位已撤销"), "post")
    if to_date is not None and to_date < from_date:
        raise NotPossible(_("任职结束日期早于开始日期"), "to_date")
    if post.unit.house != person.organisation:
        raise NotPossible(_("岗位属于另一个单位"), "post")
    if _overlapping(person, post, from_date, to_date):
        raise NotPossible(_("此人这段时间已在该岗位任职"), "post")
    held = Appointment.objects.create(person=person, post=post, from_date=from_date, to_date=to_date)
    until = to_date.isoformat() if to_date else None
    record(
        post.unit,
        stamp,
        "post_filled",
        person=person.pk,
        post=post.pk,
        from_date=from_date.isoformat(),
        to_date=until,
    )
    return held


def _overlapping(person: Person, post: Post, from_date: date, to_date: date | None) -> bool:
    held = person.appointments.filter(post=post).filter(Q(to_date__isnull=True) | Q(to_date__gt=from_date))
    return (held if to_date is None else held.filter(from_date__lt=to_date)).exists()


@transaction.atomic
def end_appointment(stamp: Stamp, held: Appointment, to_date: date) -> Appointment:
    """End an open appointment; `to_date` is the first day no longer covered."""
    if to_date < held.from_date:
        raise NotPossible(_("任职结束日期早于开始日期"), "to_date")
    longer = Appointment.objects.filter(pk=held.pk).filter(Q(to_date__isnull=True) | Q(to_date__gt=to_date))
    if not longer.update(to_date=to_date):
        raise NotPossible(_("该任职已经结束"))
    held.refresh_from_db()
    record(held.post.unit, stamp, "appointment_ended", appointment=held.pk, to_date=to_date.isoformat())
    return held
