"""What `shounuo regulations adopt` does: the same action as the page, in somebody's name, under the same table."""

from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from shounuo.ledger.moments import day_of
from shounuo.organisation.access import Actor, actor_for
from shounuo.organisation.actions import Stamp
from shounuo.organisation.finding import find_unit
from shounuo.organisation.models import Account, Person, Unit
from shounuo.organisation.roles import ROLES
from shounuo.regulations import access
from shounuo.regulations.actions import Refused
from shounuo.regulations.actions import adopt as adopt_edition
from shounuo.regulations.bundled import bundled_heads, bundled_pack
from shounuo.rules.loading import load_pack
from shounuo.rules.loading.faults import PackFaults
from shounuo.rules.shapes import Pack


class NotTaken(Exception):
    """The regulation was not adopted; the message says why and what to do."""


def adopt(pack: str, unit: str, by: str, since: str, document: str, now: datetime) -> str:
    """Adopt, and say so; raises `NotTaken`."""
    house = find_unit(unit)
    if house.kind != Unit.Kind.ORGANISATION:
        raise NotTaken(_("制度由单位采用：请写 --unit %(code)s，不是它的科室。") % {"code": house.house.code})
    actor, brought = _deciding(by, house, now), _pack(pack)
    day = _day(since) if since else day_of(now)
    try:
        done = adopt_edition(house, brought, day, Stamp(actor.actor_id, now), document)
    except Refused as refused:
        raise NotTaken(str(refused)) from None
    words = {"house": house.name, "pack": brought.head.id, "day": done.in_force_from, "who": actor.name}
    return _("%(house)s 采用 %(pack)s，自 %(day)s 起施行（%(who)s）") % words


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NotTaken(_("“%(value)s”不是日期，应写成 2026-01-31") % {"value": said}) from None


def _pack(said: str) -> Pack:
    """A delivered pack by its id, else one in a folder."""
    try:
        found = load_pack(Path(said)) if (Path(said) / "pack.yaml").is_file() else bundled_pack(said)
    except PackFaults as faults:
        raise NotTaken(str(faults)) from None
    if found is None:
        known = ", ".join(head.id for head in bundled_heads())
        raise NotTaken(_("没有制度“%(pack)s”；随产品交付的有：%(known)s") % {"pack": said, "known": known})
    return found


def _deciding(by: str, house: Unit, now: datetime) -> Actor:
    """Who adopts; refused with what that person has and who could do it instead."""
    account = Account.objects.filter(sign_in_name=by.strip().lower()).first()
    if account is None:
        raise NotTaken(_("没有登录名“%(name)s”。") % {"name": by})
    actor = actor_for(account, now)
    if access.may(actor, "adopt", house):
        return actor
    needed = _("或").join(str(ROLES[role].title) for role in sorted(access.GRANTS["adopt"]))
    has = _("、").join(sorted(str(ROLES[role].title) for role in actor.roles)) or _("没有角色")
    said = _("%(name)s（%(has)s）不能采用制度：需要%(needed)s。") % {
        "name": actor.name,
        "has": has,
        "needed": needed,
    }
    raise NotTaken(said + _who_can(house, now))


def _who_can(house: Unit, now: datetime) -> str:
    people = Person.objects.filter(organisation=house, account__is_active=True).select_related("account")
    able = [
        one.account.sign_in_name
        for one in people
        if one.account and access.may(actor_for(one.account, now), "adopt", house)
    ]
    if able:
        return _("可以由他们办：%(names)s。") % {"names": ", ".join(able)}
    return _("现在没有人有这个角色：请先在机构页任命，或写进名册再 shounuo organisation load。")
