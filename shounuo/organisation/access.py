"""Who somebody is at a moment, and what they may do to the organisation's own records."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shounuo.organisation.models import Account, Appointment, Person, Unit


class Scope(StrEnum):
    """How far a verb reaches from the post that grants it."""

    UNIT = "unit"  # the post's unit and what is below it
    ORGANISATION = "organisation"  # the post's organisation and what is below it


# role -> verb -> how far
GRANTS: dict[str, dict[str, Scope]] = {
    "first_asked_clerk": {"see_directory": Scope.ORGANISATION},
    "handler": {"see_directory": Scope.ORGANISATION},
    "section_head": {"see_directory": Scope.ORGANISATION, "change_unit": Scope.UNIT},
    "leader_in_charge": {"see_directory": Scope.ORGANISATION},
    "duty_supervisor": {"see_directory": Scope.ORGANISATION},
    "service_office": {"see_directory": Scope.ORGANISATION, "change_unit": Scope.ORGANISATION},
    "discipline": {"see_directory": Scope.ORGANISATION},
    "administrator": {
        "see_directory": Scope.ORGANISATION,
        "change_unit": Scope.ORGANISATION,
        "found_unit": Scope.ORGANISATION,
        "appoint": Scope.ORGANISATION,
        "manage_accounts": Scope.ORGANISATION,
    },
    "auditor": {"see_directory": Scope.ORGANISATION, "verify_record": Scope.ORGANISATION},
}


@dataclass(frozen=True, slots=True)
class Held:
    """A role carried in a unit."""

    role: str
    unit_id: int
    unit_path: str
    house_path: str


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
    posts = [held.post for held in person.appointments_at(at)]
    held = tuple(
        Held(role, post.unit_id, post.unit.path, post.unit.house.path)
        for post in posts
        for role in post.roles
    )
    return Actor(
        actor_id=account.actor,
        person_id=person.pk,
        name=person.name,
        organisation_id=person.organisation_id,
        unit_ids=frozenset(post.unit_id for post in posts),
        roles=frozenset(one.role for one in held),
        held=held,
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
