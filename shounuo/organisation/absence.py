"""Who is absent, who stands in, who hears: questions that other floors ask.

People are named by their primary keys, moments are aware. A person without a post at the moment counts as absent.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q

from shounuo.organisation import chains
from shounuo.organisation.chains import ANYTHING, Link, Reach, What
from shounuo.organisation.models import Absence, Appointment, Person, Unit

__all__ = ["What", "actors_who_hear", "is_absent", "links_at", "stand_ins", "who_hears"]


def is_absent(person_id: int, at: datetime) -> bool:
    """Whether somebody is away by an absence in force, or holds no post, at `at`."""
    return not _present([person_id], at)


def stand_ins(person_id: int, at: datetime, what: What = ANYTHING) -> list[int]:
    """The delegates of an absent person who are present, the nearest first, through chains of absent delegates.

    With `what` only those whose scope covers it. Empty when the person has no absence in force at `at`.
    """
    links = links_at([person_id], at)
    found = chains.stand_ins(links, person_id, what)
    return _present(found, at)


def who_hears(person_id: int, at: datetime, what: What = ANYTHING) -> list[int]:
    """Who is told what concerns a person: the person when present; else the stand-ins; else the nearest superior
    who is present, or that superior's stand-ins. Not empty while anybody in the house with a leading post is present.
    """
    if not is_absent(person_id, at):
        return [person_id]
    if found := stand_ins(person_id, at, what):
        return found
    for circle in superiors(person_id, at):
        others = [one for one in circle if one != person_id]
        if present := _present(others, at):
            return present
        standing = [one for other in others for one in stand_ins(other, at, what)]
        if standing := [one for one in dict.fromkeys(standing) if one != person_id]:
            return standing
    return []


def actors_who_hear(actor: str, at: datetime, what: What = ANYTHING) -> list[str]:
    """The same for opaque actor ids, as facts and matters know people; an id nobody has is heard by nobody."""
    person = Person.objects.filter(account__actor=actor).values_list("pk", flat=True).first()
    if person is None:
        return []
    heard = who_hears(person, at, what)
    found = dict(Person.objects.filter(pk__in=heard).values_list("pk", "account__actor"))
    return [found[one] for one in heard if found.get(one)]


def links_at(people: Sequence[int], at: datetime) -> list[Link]:
    """Every absence in force at `at` in the organisations of these people, as links."""
    houses = Person.objects.filter(pk__in=people).values("organisation")
    return [link_of(one) for one in Absence.objects.at(at).filter(person__organisation__in=houses)]


def link_of(absence: Absence) -> Link:
    """An absence as chains know it."""
    reach = Reach(absence.scope, frozenset(absence.scope_values))
    return Link(absence.person_id, absence.delegate_id, absence.from_at, absence.to_at, reach)


def superiors(person_id: int, at: datetime) -> Iterator[list[int]]:
    """Circles of superiors, the nearest first: for each unit upwards its heads, then the leader in charge of it;
    then the leaders in charge of the house, everybody of leading rank, the duty supervisors and the heads.
    """
    units = _units_of(person_id, at)
    for unit in units:
        held = Appointment.objects.at(at).filter(post__unit=unit)
        yield _people(held.with_role("section_head"))
        if unit.leader_post_id:
            yield _people(Appointment.objects.at(at).filter(post=unit.leader_post_id))
    for house in dict.fromkeys(unit.house for unit in units):
        below = Appointment.objects.at(at).filter(post__unit__path__startswith=house.path)
        yield _people(below.with_role("leader_in_charge"))
        yield _people(below.filter(post__rank="leadership"))
        yield _people(below.with_role("duty_supervisor"))
        yield _people(below.filter(post__rank="section_head"))


def _units_of(person_id: int, at: datetime) -> list[Unit]:
    """The units of somebody's posts and those above, nearest first; for who has left, of the last post."""
    held = Appointment.objects.filter(person=person_id).select_related("post__unit")
    now = list(held.at(at)) or list(held.order_by("-from_date", "-pk")[:1])
    units = dict.fromkeys(unit for one in now for unit in one.post.unit.upwards())
    return sorted(units, key=lambda unit: -unit.path.count("/"))


def _people(held: Iterable[Appointment]) -> list[int]:
    return sorted({one.person_id for one in held})


def _present(people: Iterable[int], at: datetime) -> list[int]:
    """Those of some people who hold a post at `at` and have no absence in force, in their order."""
    asked = list(dict.fromkeys(people))
    if not asked:
        return []
    in_post = Appointment.objects.at(at).filter(person__in=asked)
    open_door = Q(person__account__isnull=True) | Q(person__account__is_active=True)
    here = set(in_post.filter(open_door).values_list("person", flat=True))
    away = set(Absence.objects.at(at).filter(person__in=asked).values_list("person", flat=True))
    return [one for one in asked if one in here - away]
