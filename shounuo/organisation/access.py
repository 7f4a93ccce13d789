"""Who somebody is at a moment, and what they may do to the organisation's own records."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from shounuo.organisation.absence import link_of
from shounuo.organisation.chains import Reach, What, stood_for
from shounuo.organisation.models import Absence, Account, Appointment, Person, Post, Unit


class Scope(StrEnum):
    """How far a verb reaches from the post that grants it."""

    UNIT = "unit"  # the post's unit and what is below it
    ORGANISATION = "organisation"  # the post's organisation and what is below it


_EVERYBODY = {"see_directory": Scope.ORGANISATION}
_OWN_UNIT = {"enter_absence": Scope.UNIT, "approve_absence": Scope.UNIT, "edit_roster": Scope.UNIT}
_WHOLE_HOUSE = {"enter_absence": Scope.ORGANISATION, "edit_roster": Scope.ORGANISATION}
_SEES_HISTORY = {"see_history": Scope.ORGANISATION}

# role -> verb -> how far
GRANTS: dict[str, dict[str, Scope]] = {
    "first_asked_clerk": _EVERYBODY,
    "handler": _EVERYBODY,
    "section_head": _EVERYBODY | _OWN_UNIT | {"change_unit": Scope.UNIT},
    "leader_in_charge": _EVERYBODY
    | _SEES_HISTORY
    | {"enter_absence": Scope.ORGANISATION, "approve_absence": Scope.ORGANISATION},
    "duty_supervisor": _EVERYBODY | _WHOLE_HOUSE,
    "service_office": _EVERYBODY | _SEES_HISTORY | _WHOLE_HOUSE | {"change_unit": Scope.ORGANISATION},
    "discipline": _EVERYBODY | _SEES_HISTORY,
    "administrator": _EVERYBODY
    | _SEES_HISTORY
    | {
        "change_unit": Scope.ORGANISATION,
        "found_unit": Scope.ORGANISATION,
        "move_unit": Scope.ORGANISATION,
        "close_unit": Scope.ORGANISATION,
        "change_posts": Scope.ORGANISATION,
        "enrol": Scope.ORGANISATION,
        "appoint": Scope.ORGANISATION,
        "manage_accounts": Scope.ORGANISATION,
    },
    "auditor": _EVERYBODY | _SEES_HISTORY | {"verify_record": Scope.ORGANISATION},
}
"""Who approves an absence is asked besides: never one's own (see ``may_decide``)."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role carried in a unit; ``reach`` are the ids of the unit and of those below it."""

    role: str
    unit_id: int
    unit_path: str
    house_path: str
    house_id: int
    reach: frozenset[int]


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody absent for whom an actor stands in: who they are with their posts, through which scopes, until when."""

    actor: "Actor"
    reaches: tuple[Reach, ...]
    until: datetime

    def covers(self, what: What) -> bool:
        """Whether every delegation on the way covers it."""
        return all(reach.covers(what) for reach in self.reaches)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, as views and access checks pass them around."""

    actor_id: str
    person_id: int | None
    name: str
    organisation_id: int | None
    unit_ids: frozenset[int]
    roles: frozenset[str]
    held: tuple[Held, ...]
    standing: tuple[Standing, ...] = ()

    @property
    def acting_roles(self) -> frozenset[str]:
        """The roles somebody carries, and those of the absent people they stand in for."""
        return self.roles.union(*(one.actor.roles for one in self.standing))

    def has(self, role: str, unit: Unit | None = None) -> bool:
        """Whether the actor carries `role`: anywhere, or in `unit` or a unit above it."""
        return any(
            held.role == role and (unit is None or unit.path.startswith(held.unit_path)) for held in self.held
        )

    def in_unit(self, unit_id: int) -> bool:
        """Whether the actor holds a post in this very unit."""
        return unit_id in self.unit_ids


def actor_for(account: Account, at: datetime) -> Actor:
    """The actor behind `account` with the posts held at `at`; without person or post it may do nothing."""
    person = Person.objects.filter(account=account).first()
    if person is None or not account.is_active:
        return Actor(account.actor, None, account.sign_in_name, None, frozenset(), frozenset(), ())
    actor = _as_actor(account.actor, person, [held.post for held in person.appointments_at(at)])
    standing = _standing(person, at) if actor.held else ()
    return replace(actor, standing=standing) if standing else actor


def _as_actor(actor_id: str, person: Person, posts: Sequence[Post]) -> Actor:
    below = _below([post.unit for post in posts])
    held = tuple(
        Held(
            role, post.unit_id, post.unit.path, post.unit.house.path, post.unit.house.pk, below[post.unit_id]
        )
        for post in posts
        for role in post.roles
    )
    return Actor(
        actor_id=actor_id,
        person_id=person.pk,
        name=person.name,
        organisation_id=person.organisation_id,
        unit_ids=frozenset(post.unit_id for post in posts),
        roles=frozenset(one.role for one in held),
        held=held,
    )


def _below(units: Sequence[Unit]) -> dict[int, frozenset[int]]:
    """The ids of each unit and of those below it; asked once, so that big tables are searched by id and not by path."""
    houses = {unit.house.pk for unit in units}
    paths = Unit.objects.filter(Q(organisation__in=houses) | Q(pk__in=houses)).values_list("pk", "path")
    known = list(paths) if units else []
    return {unit.pk: frozenset(pk for pk, path in known if path.startswith(unit.path)) for unit in units}


def _standing(person: Person, at: datetime) -> tuple[Standing, ...]:
    """For whom somebody stands in at `at`; whoever is away stands in for nobody. One question when nobody is."""
    found = Absence.objects.at(at).filter(person__organisation=person.organisation_id)
    links = [link_of(one) for one in found]
    if any(link.absent == person.pk for link in links):
        return ()
    chains = stood_for(links, person.pk)
    people = Person.objects.filter(pk__in={one.person for one in chains}, account__isnull=False)
    known = {one.pk: one for one in people.select_related("account")} if chains else {}
    actors = {
        pk: _as_actor(one.account.actor, one, [held.post for held in one.appointments_at(at)])
        for pk, one in known.items()
        if one.account
    }
    return tuple(
        Standing(actors[one.person], one.reaches, one.until) for one in chains if one.person in actors
    )


def may(actor: Actor | None, verb: str, unit: Unit) -> bool:
    """Whether `actor` may do `verb` to `unit`, by the table above."""
    return actor is not None and any(_reaches(held, verb, unit) for held in actor.held)


def _reaches(held: Held, verb: str, unit: Unit) -> bool:
    """Whether one held role grants the verb as far as `unit`."""
    scope = GRANTS.get(held.role, {}).get(verb)
    if scope is None:
        return False
    return unit.path.startswith(held.unit_path if scope is Scope.UNIT else held.house_path)


def may_decide(actor: Actor, absence: Absence, at: datetime) -> bool:
    """Whether `actor` is a superior who approves this absence: of a unit of the person's, never their own."""
    if actor.person_id is None or actor.person_id == absence.person_id:
        return False
    return _over(actor, "approve_absence", absence, at)


def may_end(actor: Actor, absence: Absence, at: datetime) -> bool:
    """Whether `actor` may say that somebody is back: the person, or whoever may enter the absence."""
    own = actor.person_id is not None and actor.person_id == absence.person_id
    return absence.to_at > at and (own or _over(actor, "enter_absence", absence, at))


def _over(actor: Actor, verb: str, absence: Absence, at: datetime) -> bool:
    """Whether a right of the actor reaches a unit in which the absent person holds a post."""
    held = absence.person.appointments_at(at)
    return any(may(actor, verb, one.post.unit) for one in held)


def leader_in_charge(unit: Unit, at: datetime) -> Person | None:
    """Who leads the section from above: the post named on it or on the nearest unit above, as filled at `at`."""
    for one in unit.upwards():
        if one.leader_post_id:
            return Person.objects.filter(pk__in=_holders(one.leader_post_id, at)).order_by("staff_no").first()
    return Person.objects.holding("leader_in_charge", at, unit.house, below=True).first()


def head_of(unit: Unit, at: datetime) -> Person | None:
    """The head of `unit` at `at`; for a window without one, the head of the nearest unit above."""
    for one in unit.upwards():
        head = Person.objects.holding("section_head", at, one).first()
        if head or one.kind == Unit.Kind.ORGANISATION:
            return head
    return None


def _holders(post_id: int, at: datetime) -> list[int]:
    """Persons appointed to one post at `at`."""
    return list(Appointment.objects.at(at).filter(post=post_id).values_list("person", flat=True))
