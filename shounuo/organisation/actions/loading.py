"""Taking in a roll: units, people, posts, appointments and accounts as a file says, repeatable without doubling.

What the file does not name stays as it is; nothing is ever closed or ended because it is missing there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.organisation.actions.accounts import give_first_password, open_account
from shounuo.organisation.actions.people import appoint, change_person, end_appointment, enrol
from shounuo.organisation.actions.recording import NotPossible, Stamp
from shounuo.organisation.actions.units import (
    change_post,
    change_unit,
    close_unit,
    found_unit,
    move_unit,
    open_post,
)
from shounuo.organisation.models import Appointment, Person, Post, Unit
from shounuo.organisation.roll import BadRoll, PersonRow, PostRow, Roll, RollFault, UnitRow


@dataclass
class Loaded:
    """What was done: counts by verb, first passwords by sign-in name, and what could not be done."""

    done: dict[str, int] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    faults: list[RollFault] = field(default_factory=list)

    def count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1


class _Rehearsed(Exception):
    """Nothing is to be kept."""


def load_roll(stamp: Stamp, roll: Roll, today: date, dry_run: bool = False) -> Loaded:
    """Do what the roll says, whole or not at all; with `dry_run` all of it is undone again.

    Raises `BadRoll` with every row that cannot be done.
    """
    loaded = Loaded()
    try:
        with transaction.atomic():
            _Loading(stamp, roll, roll.since or today, loaded).run()
            if loaded.faults:
                raise BadRoll(sorted(loaded.faults))
            if dry_run:
                raise _Rehearsed
    except _Rehearsed:
        pass
    return loaded


@dataclass
class _Loading:
    stamp: Stamp
    roll: Roll
    since: date
    loaded: Loaded
    units: dict[str, Unit] = field(default_factory=dict)
    leads: list[tuple[PostRow, Post]] = field(default_factory=list)

    def run(self) -> None:
        if not self._do(self.roll.house.line, f"house {self.roll.house.code}", self._house):
            return
        for row in self.roll.units:
            self._do(row.line, f"units.{row.code}", self._unit, row)
        for person in self.roll.people:
            self._do(person.line, f"people.{person.sign_in}", self._person, person)
        for said, post in self.leads:
            self._do(said.line, said.title, self._lead, said, post)
        for row in self.roll.units:
            self._do(row.line, f"units.{row.code}", self._close, row)

    def _do(self, line: int, key: str, act: Callable[..., None], *said: Any) -> bool:
        """One row; what is not possible is noted with its line and the next row is tried."""
        try:
            with transaction.atomic():
                act(*said)
        except NotPossible as refused:
            self.loaded.faults.append(RollFault(line, key, str(refused)))
            return False
        return True

    def _house(self) -> None:
        row = self.roll.house
        found = Unit.objects.filter(path=f"{row.code}/").first()
        if found is None:
            found = found_unit(
                self.stamp,
                code=row.code,
                kind=Unit.Kind.ORGANISATION,
                **{"name_zh": row.code} | dict(row.said),
            )
            self.loaded.count("unit_founded")
        self.units[row.code] = self._changed(found, row.said)

    def _changed(self, unit: Unit, said: Mapping[str, Any]) -> Unit:
        if all(getattr(unit, name) == value for name, value in said.items()):
            return unit
        self.loaded.count("unit_changed")
        return change_unit(self.stamp, unit, **said)

    def _unit(self, row: UnitRow) -> None:
        house = self.units[self.roll.house.code]
        parent = self.units.get(row.under or house.code)
        if parent is None:
            raise NotPossible(_("上级没有设成"))
        unit = Unit.objects.filter(organisation=house, code=row.code).first()
        if unit is None:
            unit = found_unit(
                self.stamp,
                code=row.code,
                kind=row.kind,
                parent=parent,
                **{"name_zh": row.code} | dict(row.said),
            )
            self.loaded.count("unit_founded")
        elif row.under is not None and unit.parent_id != parent.pk:
            unit = move_unit(self.stamp, unit, parent)
            self.loaded.count("unit_moved")
        self.units[row.code] = self._changed(unit, row.said)

    def _close(self, row: UnitRow) -> None:
        unit = self.units.get(row.code)
        if row.closed is not None and unit is not None and unit.closed_on is None:
            close_unit(self.stamp, Unit.objects.get(pk=unit.pk), row.closed)
            self.loaded.count("unit_closed")

    def _person(self, row: PersonRow) -> None:
        house = self.units[self.roll.house.code]
        person = self._found(house, row)
        if person is None:
            number = row.number or row.sign_in
            person = enrol(self.stamp, house, number, row.zh, row.en, row.phone or "")
            self.loaded.count("person_enrolled")
        else:
            self._renamed(person, row)
        for said in row.posts:
            self._post(person, said)
        if row.account and person.account_id is None:
            account = open_account(self.stamp, person, row.sign_in)
            self.loaded.passwords[row.sign_in] = give_first_password(self.stamp, account)
            self.loaded.count("account_opened")

    def _found(self, house: Unit, row: PersonRow) -> Person | None:
        """By the sign-in name, else by the staff number (given, or the sign-in name of who has no account)."""
        known = Person.objects.filter(account__sign_in_name=row.sign_in).first()
        if known is not None and known.organisation_id != house.pk:
            raise NotPossible(_("登录名“%(name)s”不可用") % {"name": row.sign_in})
        by_number = house.people.filter(staff_no=row.number or row.sign_in).first()
        if known is None and by_number is not None and by_number.account_id and row.account:
            raise NotPossible(_("工号“%(number)s”已被使用") % {"number": row.number or row.sign_in})
        return known or by_number

    def _renamed(self, person: Person, row: PersonRow) -> None:
        phone = person.phone if row.phone is None else row.phone
        if (person.name_zh, person.name_en, person.phone) != (row.zh, row.en or person.name_en, phone):
            change_person(self.stamp, person, name_zh=row.zh, name_en=row.en or person.name_en, phone=phone)
            self.loaded.count("person_changed")

    def _post(self, person: Person, said: PostRow) -> None:
        unit = self.units.get(said.unit)
        if unit is None:
            raise NotPossible(_("部门“%(unit)s”没有设成") % {"unit": said.unit})
        post = unit.posts.filter(title_zh=said.title).first()
        if post is None:
            post = open_post(self.stamp, unit, said.title, list(said.roles), said.rank, said.title_en)
            self.loaded.count("post_opened")
        elif (post.rank, sorted(post.roles)) != (said.rank, sorted(said.roles)):
            english = said.title_en or post.title_en
            change_post(
                self.stamp,
                post,
                title_zh=said.title,
                title_en=english,
                rank=said.rank,
                roles=list(said.roles),
            )
            self.loaded.count("post_changed")
        self._hold(person, post, said)
        if said.leads:
            self.leads.append((said, post))

    def _hold(self, person: Person, post: Post, said: PostRow) -> None:
        if said.to_date is not None and person.appointments.filter(post=post, to_date=said.to_date).exists():
            return
        held: Appointment | None = person.appointments.filter(post=post).order_by("-from_date").first()
        if held is None or (held.to_date is not None and held.to_date <= (said.from_date or self.since)):
            appoint(self.stamp, person, post, said.from_date or self.since, said.to_date)
            self.loaded.count("post_filled")
        elif said.to_date is not None:
            end_appointment(self.stamp, held, said.to_date)
            self.loaded.count("appointment_ended")

    def _lead(self, said: PostRow, post: Post) -> None:
        for code in said.leads:
            self.units[code] = self._changed(self.units[code], {"leader_post": post})
