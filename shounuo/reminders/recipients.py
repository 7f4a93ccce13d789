"""Who hears of a matter at a moment. Never only somebody who is absent; never nobody while anybody is in post."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar

from shounuo.cases.models import Case
from shounuo.commitments.models import RunningClock
from shounuo.organisation.absence import What, who_hears
from shounuo.organisation.access import head_of, leader_in_charge
from shounuo.organisation.models import Person, Unit
from shounuo.regulations.editions import NotAdopted, edition_of, governing
from shounuo.reminders.models import Level
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Commitment

T = TypeVar("T")
OWNERS = {
    "section_head": Level.SECTION_HEAD, "leader_in_charge": Level.LEADER, "service_office": Level.OFFICE
}  # fmt: skip
"""Posts that a rule may name as its owner, as the level whose people they are."""
ORDER = (Level.OWN, Level.SECTION_HEAD, Level.LEADER, Level.OFFICE)


class Hearer(NamedTuple):
    """Somebody to be told, and whose place they take."""

    person: int
    instead_of: int | None = None


class Recipients:
    """Questions about one moment, each asked once however many matters come."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._kept: dict[tuple[object, ...], object] = {}

    def hear(self, level: str, case: Case, clock: RunningClock | None = None) -> list[Hearer]:
        """Who hears of a matter, or of one of its clocks, as this level; when nobody there can, the levels above, at
        last whoever administers. Of a clock that a rating began nobody hears who was rated.
        """
        rule = self._rule(case, clock)
        rated = self._rated(case) if rule and "rated" in (rule.starts or ()) else frozenset[int]()
        for one in ORDER[ORDER.index(Level(level)) :]:
            people = (
                self._owner(case, clock, rule) if clock and one == Level.OWN else self._at_level(one, case)
            )
            if found := _without(rated, self._present(people, case)):
                return found
        return _without(rated, self._present(self._holding("administrator", case), case))

    def of_unit(self, unit: Unit, case: Case) -> list[Hearer]:
        """The head of a unit, as for a matter handed over to it; else as for the matter."""
        return self._present(self._head(unit), case) or self.hear(Level.OWN, case)

    def of_actor(self, actor: str, case: Case) -> list[Hearer]:
        """Somebody by their actor id."""
        return self._present(self.persons(actor), case)

    def edition(self, organisation: Unit) -> Edition | None:
        """The edition in force there now; None without one."""
        return self._once(("edition", organisation.pk), lambda: self._governing(organisation.pk))

    def _at_level(self, level: Level, case: Case) -> list[int]:
        unit = case.section or case.organisation
        match level:
            case Level.OWN:
                return self._own(case)
            case Level.SECTION_HEAD:
                return self._head(unit)
            case Level.LEADER:
                return self._once(("leader", unit.pk), lambda: _ids(leader_in_charge(unit, self.at)))
            case _:
                return self._holding("service_office", case) or self._holding("duty_supervisor", case)

    def _owner(self, case: Case, clock: RunningClock, rule: Commitment | None) -> list[int]:
        """Who answers for a clock: the one its row names, else the post that its rule does."""
        if clock.handler:
            return self.persons(clock.handler)
        named = Level.SECTION_HEAD if rule and "rated" in (rule.starts or ()) else Level.OWN
        return self._at_level(OWNERS.get(rule.owner or "", named) if rule else named, case)

    def _rule(self, case: Case, clock: RunningClock | None) -> Commitment | None:
        """The promise of a clock in the matter's own edition."""
        if clock is None:
            return None
        edition = self._once(("adoption", case.adoption_id), lambda: edition_of(case.adoption_id))
        return edition.pack.commitments.get(clock.rule)

    def _rated(self, case: Case) -> frozenset[int]:
        """The people whose work a rating of the matter is about."""
        return frozenset(
            one for who in (case.handler, case.answerable, case.first_asked) for one in self.persons(who)
        )

    def _own(self, case: Case) -> list[int]:
        """The handler; without one the section's head; without a section who was asked first."""
        if case.handler:
            return self.persons(case.handler)
        first = self.persons(case.answerable or case.first_asked)
        return (self._head(case.section) if case.section else first) or first

    def _holding(self, role: str, case: Case) -> list[int]:
        house = case.organisation
        return self._once(("role", role, house.pk), lambda: _holders(role, self.at, house))

    def _head(self, unit: Unit) -> list[int]:
        return self._once(("head", unit.pk), lambda: _ids(head_of(unit, self.at)))

    def persons(self, actor: str) -> list[int]:
        """The person behind an actor id, if there is one."""
        if not actor:
            return []
        return self._once(("actor", actor), lambda: _behind(actor))

    def _governing(self, organisation: int) -> Edition | None:
        try:
            return governing(organisation, self.at)[1]
        except NotAdopted:
            return None

    def _present(self, people: Iterable[int], case: Case) -> list[Hearer]:
        """Each person, or who hears in their place in matters of this kind."""
        found: dict[int, Hearer] = {}
        for one in people:
            for person in self._hears(one, What(case.kind, case.service)):
                found.setdefault(person, Hearer(person, None if person == one else one))
        return list(found.values())

    def _hears(self, person: int, what: What) -> list[int]:
        return self._once(("hears", person, what), lambda: who_hears(person, self.at, what))

    def _once(self, key: tuple[object, ...], ask: Callable[[], T]) -> T:
        if key not in self._kept:
            self._kept[key] = ask()
        return self._kept[key]  # type: ignore[return-value]


def _without(rated: frozenset[int], found: list[Hearer]) -> list[Hearer]:
    return [one for one in found if one.person not in rated]


def _holders(role: str, at: datetime, house: Unit) -> list[int]:
    return list(Person.objects.holding(role, at, house, below=True).values_list("pk", flat=True))


def _behind(actor: str) -> list[int]:
    return list(Person.objects.filter(account__actor=actor).values_list("pk", flat=True))


def _ids(person: Person | None) -> list[int]:
    return [person.pk] if person else []
