"""Units and posts."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.organisation.actions.recording import NotPossible, Stamp, record
from shounuo.organisation.models import Post, Unit
from shounuo.organisation.models.units import CODE
from shounuo.organisation.roles import unknown

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
        raise NotPossible(error.messages[0]) from None
    if parent is None and kind != Unit.Kind.ORGANISATION:
        raise NotPossible(_("科室和窗口必须设在一个单位之内"))
    organisation = None if kind == Unit.Kind.ORGANISATION or parent is None else parent.house
    path = f"{parent.path if parent else ''}{code}/"
    siblings = (
        Unit.objects.filter(organisation=organisation) if organisation else Unit.objects.filter(path=path)
    )
    if siblings.filter(code=code).exists() or (organisation and organisation.code == code):
        raise NotPossible(_("代码“%(code)s”已被使用") % {"code": code})
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
    Unit.objects.filter(pk=unit.pk).update(**real)
    unit.refresh_from_db()
    plain = {name: value.pk if isinstance(value, Post) else value for name, value in real.items()}
    record(unit, stamp, "unit_changed", fields=plain)
    return unit


@transaction.atomic
def open_post(
    stamp: Stamp, unit: Unit, title_zh: str, roles: list[str], rank: str = Post.Rank.STAFF, title_en: str = ""
) -> Post:
    """Open a post in `unit` that carries `roles` (registry: `roles.ROLES`)."""
    if strange := unknown(roles):
        raise NotPossible(_("没有这样的角色：%(roles)s") % {"roles": _("、").join(strange)})
    if unit.posts.filter(title_zh=title_zh).exists():
        raise NotPossible(_("该部门已有岗位“%(title)s”") % {"title": title_zh})
    post = Post.objects.create(unit=unit, title_zh=title_zh, title_en=title_en, rank=rank, roles=roles)
    record(unit, stamp, "post_opened", post=post.pk, rank=str(rank), roles=roles)
    return post


@transaction.atomic
def close_post(stamp: Stamp, post: Post, day: date) -> Post:
    """Close a post from `day` on; nobody may hold it any longer then."""
    if (
        post.appointments.filter(to_date__isnull=True).exists()
        or post.appointments.filter(to_date__gt=day).exists()
    ):
        raise NotPossible(_("岗位上还有人，先免去其任职"))
    Post.objects.filter(pk=post.pk).update(closed_on=day)
    post.refresh_from_db()
    record(post.unit, stamp, "post_closed", post=post.pk, day=day.isoformat())
    return post
