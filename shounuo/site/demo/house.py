"""Founding the demonstration's organisation: units, posts, people, accounts, edition, decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from shounuo.ledger.moments import civil, instant
from shounuo.organisation.access import Actor, actor_for
from shounuo.organisation.actions import (
    Stamp,
    appoint,
    change_unit,
    enrol,
    enter_absence,
    found_unit,
    open_account,
    open_post,
)
from shounuo.organisation.actions.absences import Away
from shounuo.organisation.models import Absence, Person, Post, Unit
from shounuo.regulations.actions import adopt, decide_setting
from shounuo.rules.loading import BUNDLED, load_pack
from shounuo.site.demo.cast import DEFAULT, read
from shounuo.site.demo.hours import Hours

MARK = "demo"
NUMBER, PHONE = "Q{:03d}", "139 0000 {:04d}"
FIRST_PHONE = 2200


@dataclass
class House:
    """The founded organisation: units by code, people by sign-in name, who does what where."""

    unit: Unit
    units: dict[str, Unit] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    roles: dict[str, list[str]] = field(default_factory=dict)
    leaders: dict[str, str] = field(default_factory=dict)
    away: dict[str, Absence] = field(default_factory=dict)

    def at_work(self, name: str, at: datetime) -> Actor:
        """Who acts at a moment (aware): the person, or their delegate while they are away."""
        absence = self.away.get(name)
        if absence is None or absence.delegate is None or not absence.from_at <= at < absence.to_at:
            return self.actors[name]
        account = absence.delegate.account
        assert account is not None
        return actor_for(account, at)

    def with_role(self, role: str, section: str = "") -> list[str]:
        """Sign-in names of those with a role, in one section or anywhere."""
        names = [name for name, roles in self.roles.items() if role in roles]
        return [name for name in names if not section or self.sections[name] == section]


def found_house(now: datetime, org: str = DEFAULT) -> House:
    """Found the organisation as of three months before `now`, the edition in force from 60 days before it."""
    cast = read(org)
    founded = Stamp("", now - timedelta(days=90), now, MARK)
    house = _units(cast, founded)
    _people(cast, house, founded, civil(founded.at).date(), now)
    by = house.actors[cast["document"]["by"]].actor_id
    _regulation(org, house, Stamp(by, now - timedelta(days=61), now, MARK), civil(now).date())
    return house


def go_away(house: House, hours: Hours, said: Sequence[Mapping[str, Any]]) -> None:
    """People away since the last working day's opening: who, in whose place, for how many working days, and why."""
    yesterday = hours.days[1]
    opening = hours.calendar.open_(yesterday)
    assert opening is not None
    for one in said:
        actor, delegate = house.actors[one["who"]], house.actors[one["delegate"]]
        person = Person.objects.get(account__actor=actor.actor_id)
        back = hours.calendar.open_(hours.working_day(yesterday, one["days"]))
        assert back is not None
        period = Away(
            instant(opening),
            instant(back),
            one["reason"],
            Person.objects.get(account__actor=delegate.actor_id),
        )
        asked = instant(opening - timedelta(hours=17))
        house.away[one["who"]] = enter_absence(Stamp(actor.actor_id, asked, asked, MARK), person, period)


def found_imported(said: dict[str, Any], now: datetime) -> Unit:
    """The organisation that holds the imported example requests; the public does not see it."""
    stamp = Stamp("", now, now, MARK)
    return found_unit(
        stamp, code=said["code"], name_zh=said["zh"], name_en=said["en"], kind="organisation", is_public=False
    )


def _units(cast: dict[str, Any], stamp: Stamp) -> House:
    top = cast["house"]
    more = {name: top[name] for name in ("phone", "place", "opening")}
    unit = found_unit(
        stamp, code=top["code"], name_zh=top["zh"], name_en=top["en"], kind="organisation", **more
    )
    house = House(unit, {top["code"]: unit})
    for code, said in cast["units"].items():
        more = {
            "phone": said["phone"],
            "place": said["place"],
            "opening": said.get("opening", top["opening"]),
        }
        house.units[code] = found_unit(
            stamp, code=code, name_zh=said["zh"], name_en=said["en"], kind="section", parent=unit, **more
        )
    return house


def _people(cast: dict[str, Any], house: House, stamp: Stamp, since: date, now: datetime) -> None:
    hashed = make_password(cast["password"])
    number_of, phone_of = cast.get("number", NUMBER), cast.get("phone", PHONE)
    for number, (name, row) in enumerate(cast["people"].items(), 1):
        zh, en, unit, title, title_en, rank, roles, *leads = row
        phone = phone_of.format(FIRST_PHONE + number)
        person = enrol(stamp, house.unit, number_of.format(number), zh, en, phone)
        post = open_post(stamp, house.units[unit], title, roles, rank, title_en)
        appoint(stamp, person, post, since)
        # Everybody has the demonstration's password; hashing it once keeps the building quick.
        house.actors[name] = actor_for(open_account(stamp, person, name, hashed=hashed), now)
        house.sections[name], house.roles[name] = unit, roles
        for code in leads[0] if leads else ():
            _lead(stamp, house, code, name, post)


def _lead(stamp: Stamp, house: House, code: str, name: str, post: Post) -> None:
    house.units[code] = change_unit(stamp, house.units[code], leader_post=post)
    house.leaders[code] = name


def _regulation(org: str, house: House, stamp: Stamp, today: date) -> None:
    cast = read(org)
    document = cast["document"]
    adoption = adopt(
        house.unit, load_pack(BUNDLED / org), today - timedelta(days=60), stamp, document["number"]
    )
    since = civil(stamp.at).date()
    for key, value in cast.get("settings", {}).items():
        decide_setting(house.unit, adoption, key, value, since, stamp, document["setting"])
