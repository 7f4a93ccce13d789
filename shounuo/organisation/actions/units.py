"""Units and posts."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shounuo.organisation.actions.recording import NotPossible, Stamp, record
from shounuo.organisation.models import Appointment, Post, Unit
from shounuo.organisation.models.units import CODE
from shounuo.organisation.roles import unknown

LONGEST_PATH = 500
CHANGEABLE = ("name_zh", "name_en", "phone", "place", "opening", "is_public", "leader_post")


@transaction.atomic
def found_unit(
    stamp: Stamp,
    *,
    code: str,
    name_zh: str,
    kind: str = Unit.Kind.SECTION,
    parent: Unit | None = None,
    **details: Any,
) -> Unit:
    """Found a unit under `parent` (None: an organisation at the top).

    `details` are further columns: name_en, phone, place, opening, is_public. Raises `NotPossible` when the
    code is badly formed or taken, or a section would stand outside an organisation.
    """
    try:
        CODE(code)
    except ValidationError as error:
        raise NotPossible(error.messages[0], "code") from None
    if parent is None and kind != Unit.Kind.ORGANISATION:
        raise NotPossible(_("科室和窗口必须设在一个单位之内"), "kind")
    if parent is not None and parent.closed_on is not None:
        raise NotPossible(_("“%(unit)s”已经撤销") % {"unit": parent.name}, "parent")
    organisation = None if kind == Unit.Kind.ORGANISATION or parent is None else parent.house
    path = f"{parent.path if parent else ''}{code}/"
    siblings = (
        Unit.objects.filter(organisation=organisation) if organisation else Unit.objects.filter(path=path)
    )
    if siblings.filter(code=code).exists() or (organisation and organisation.code == code):
        raise NotPossible(_("代码“%(code)s”已被使用") % {"code": code}, "code")
    unit = Unit.objects.create(
        code=code, name_zh=name_zh, kind=kind, parent=parent, organisation=organisation, path=path, **details
    )
    record(unit, stamp, "unit_founded", code=code, kind=str(kind), path=path)
    return unit


@transaction.atomic
def change_unit(stamp: Stamp, unit: Unit, **changes: Any) -> Unit:
    """Change some of `CHANGEABLE`; values that are as they were are left out. `leader_post` is a Post or None."""
    foreign = set(changes) - set(CHANGEABLE)
    if foreign:
        raise TypeError(f"a unit's {', '.join(sorted(foreign))} cannot be changed")
    real = {name: value for name, value in changes.items() if getattr(unit, name) != value}
    if not real:
        return unit
    was = {name: getattr(unit, name) for name in real}
    Unit.objects.filter(pk=unit.pk).update(**real)
    unit.refresh_from_db()
    record(unit, stamp, "unit_changed", fields=_plain(real), was=_plain(was))
    return unit


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as the record keeps them: a post by its key."""
    return {name: value.pk if isinstance(value, Post) else value for name, value in values.items()}


@transaction.atomic
def move_unit(stamp: Stamp, unit: Unit, parent: Unit) -> Unit:
    """Put a section or window, with everything below it, under another unit of the same organisation."""
    if unit.kind == Unit.Kind.ORGANISATION or parent.house.pk != unit.house.pk:
        raise NotPossible(_("只能在同一个单位之内移动"), "parent")
    if unit.contains(parent):
        raise NotPossible(_("不能移到自己或自己的下级之下"), "parent")
    if parent.closed_on is not None:
        raise NotPossible(_("“%(unit)s”已经撤销") % {"unit": parent.name}, "parent")
    if unit.parent_id == parent.pk:
        return unit
    old, was = unit.path, unit.parent_id
    _carry(old, f"{parent.path}{unit.code}/")
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.refresh_from_db()
    record(unit, stamp, "unit_moved", parent=parent.pk, was=was, path=unit.path)
    return unit


def _carry(old: str, new: str) -> None:
    """Give a unit and everything below it their new paths; refused when one would become too long."""
    moved = list(Unit.objects.filter(path__startswith=old).order_by("path"))
    for one in moved:
        one.path = new + one.path.removeprefix(old)
        if len(one.path) > LONGEST_PATH:
            raise NotPossible(_("层级太深"), "parent")
    Unit.objects.bulk_update(moved, ["path"])


@transaction.atomic
def close_unit(stamp: Stamp, unit: Unit, day: date) -> Unit:
    """Close a unit from `day` on, with its posts; nobody may hold one of them then, nothing below may be open."""
    if unit.closed_on is not None:
        raise NotPossible(_("“%(unit)s”已经撤销") % {"unit": unit.name})
    if unit.children.open_on(day).exists():
        raise NotPossible(_("下面还有未撤销的部门，先撤销或移走"))
    if Appointment.objects.filter(post__unit=unit).filter(_held_on(day)).exists():
        raise NotPossible(_("部门里还有人任职，先免去或调走"))
    if unit.kind == Unit.Kind.ORGANISATION and unit.parent_id is None:
        raise NotPossible(_("最上一级单位不能撤销"))
    Unit.objects.filter(pk=unit.pk).update(closed_on=day)
    unit.posts.filter(closed_on__isnull=True).update(closed_on=day)
    unit.refresh_from_db()
    record(unit, stamp, "unit_closed", day=day.isoformat())
    return unit


def _held_on(day: date) -> Q:
    """Appointments that reach to `day` or beyond."""
    return Q(to_date__isnull=True) | Q(to_date__gt=day)


@transaction.atomic
def open_post(
    stamp: Stamp, unit: Unit, title_zh: str, roles: list[str], rank: str = Post.Rank.STAFF, title_en: str = ""
) -> Post:
    """Open a post in `unit` that carries `roles` (registry: `roles.ROLES`)."""
    _known_roles(roles)
    if unit.closed_on is not None:
        raise NotPossible(_("“%(unit)s”已经撤销") % {"unit": unit.name})
    if unit.posts.filter(title_zh=title_zh).exists():
        raise NotPossible(_("该部门已有岗位“%(title)s”") % {"title": title_zh}, "title_zh")
    post = Post.objects.create(unit=unit, title_zh=title_zh, title_en=title_en, rank=rank, roles=roles)
    record(unit, stamp, "post_opened", post=post.pk, rank=str(rank), roles=roles)
    return post


@transaction.atomic
def change_post(
    stamp: Stamp, post: Post, *, title_zh: str, title_en: str, rank: str, roles: list[str]
) -> Post:
    """Change a post's title, rank or roles; whoever holds it carries the new roles from now on."""
    _known_roles(roles)
    if post.unit.posts.filter(title_zh=title_zh).exclude(pk=post.pk).exists():
        raise NotPossible(_("该部门已有岗位“%(title)s”") % {"title": title_zh}, "title_zh")
    new = {"title_zh": title_zh, "title_en": title_en, "rank": rank, "roles": roles}
    real = {name: value for name, value in new.items() if getattr(post, name) != value}
    if not real:
        return post
    was = {name: getattr(post, name) for name in real}
    Post.objects.filter(pk=post.pk).update(**real)
    post.refresh_from_db()
    record(post.unit, stamp, "post_changed", post=post.pk, fields=real, was=was)
    return post


def _known_roles(roles: list[str]) -> None:
    if strange := unknown(roles):
        raise NotPossible(_("没有这样的角色：%(roles)s") % {"roles": _("、").join(strange)}, "roles")


@transaction.atomic
def close_post(stamp: Stamp, post: Post, day: date) -> Post:
    """Close a post from `day` on; nobody may hold it any longer then."""
    if post.closed_on is not None:
        raise NotPossible(_("该岗位已撤销"))
    if post.appointments.filter(_held_on(day)).exists():
        raise NotPossible(_("岗位上还有人，先免去其任职"))
    Post.objects.filter(pk=post.pk).update(closed_on=day)
    post.refresh_from_db()
    record(post.unit, stamp, "post_closed", post=post.pk, day=day.isoformat())
    return post
