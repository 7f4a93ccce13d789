"""Who changed what in units, posts, people, appointments and accounts, and from when: read from the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.ledger.models import Fact
from shounuo.ledger.moments import civil
from shounuo.organisation.actions.recording import ABSENCE, KIND, ROSTER
from shounuo.organisation.models import Appointment, Person, Post, Unit
from shounuo.organisation.names import names_of
from shounuo.organisation.roles import ROLES

CHANGES: Mapping[str, str | Promise] = {
    "unit_founded": lazy("设立部门"),
    "unit_changed": lazy("修改部门"),
    "unit_moved": lazy("移动部门"),
    "unit_closed": lazy("撤销部门"),
    "post_opened": lazy("设立岗位"),
    "post_changed": lazy("修改岗位"),
    "post_closed": lazy("撤销岗位"),
    "person_enrolled": lazy("登记人员"),
    "person_changed": lazy("修改人员"),
    "post_filled": lazy("任职"),
    "appointment_ended": lazy("免去任职"),
    "account_opened": lazy("开设账号"),
    "account_closed": lazy("停用账号"),
    "account_reopened": lazy("恢复账号"),
    "password_set": lazy("修改密码"),
    "first_password_given": lazy("发放首次密码"),
    "second_factor_on": lazy("启用动态口令"),
    "second_factor_off": lazy("停用动态口令"),
    "absence_entered": lazy("登记不在岗"),
    "absence_asked": lazy("申请不在岗"),
    "absence_approved": lazy("批准不在岗"),
    "absence_refused": lazy("不批准不在岗"),
    "absence_ended": lazy("提前回岗"),
    "absence_withdrawn": lazy("撤销不在岗"),
    "roster_set": lazy("编排值班表"),
}
FIELDS: Mapping[str, str | Promise] = {
    "name_zh": lazy("名称"),
    "name_en": lazy("英文名称"),
    "title_zh": lazy("岗位名称"),
    "title_en": lazy("英文岗位名称"),
    "rank": lazy("级别"),
    "roles": lazy("角色"),
    "phone": lazy("电话"),
    "place": lazy("地点"),
    "opening": lazy("办公时间"),
    "is_public": lazy("对外公开"),
    "leader_post": lazy("分管领导"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history. ``effect`` says from when or what became what; ``late``: written down afterwards."""

    moment: datetime
    what: str
    unit: str
    about: str
    effect: Sequence[str]
    by: str
    recorded: datetime | None


def change_words(code: str) -> str:
    """What a change is called."""
    return str(CHANGES.get(code, code))


def facts_of(units: Iterable[Unit]) -> QuerySet[Fact]:
    """The facts about these units, the newest first."""
    streams = [unit.stream for unit in units]
    return Fact.objects.filter(stream__in=streams, kind__in=(KIND, ABSENCE, ROSTER)).order_by("-id")


def told(facts: Sequence[Fact]) -> list[Change]:
    """Some facts in words; a handful of questions, however many facts."""
    names = _Names.of(facts)
    return [_told(fact, names) for fact in facts]


@dataclass(frozen=True, slots=True)
class _Names:
    """What the ids in some facts are called."""

    actors: Mapping[str, str]
    people: Mapping[int, str]
    posts: Mapping[int, str]
    units: Mapping[Any, str]
    held: Mapping[int, str]

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> "_Names":
        said = [fact.data for fact in facts]
        held = Appointment.objects.filter(pk__in=_ids(said, "appointment")).select_related("person", "post")
        accounts = [str(data.get("actor", "")) for data in said]
        posts = _ids(said, "post") | _leaders(said)
        units = Unit.objects.filter(stream__in={fact.stream for fact in facts})
        moved = Unit.objects.filter(pk__in=_ids(said, "parent") | _ids(said, "was"))
        return cls(
            names_of([*(fact.actor for fact in facts), *accounts]),
            {one.pk: one.name for one in Person.objects.filter(pk__in=_ids(said, "person", "delegate"))},
            {one.pk: one.title for one in Post.objects.filter(pk__in=posts)},
            {one.stream: one.name for one in units} | {one.pk: one.name for one in moved},
            {one.pk: f"{one.person.name} · {one.post.title}" for one in held},
        )


def _ids(said: Iterable[Mapping[str, Any]], *keys: str) -> set[int]:
    return {data[key] for data in said for key in keys if isinstance(data.get(key), int)}


def _leaders(said: Iterable[Mapping[str, Any]]) -> set[int]:
    both = [data.get(part) for data in said for part in ("fields", "was")]
    return {part["leader_post"] for part in both if isinstance(part, dict) and part.get("leader_post")}


def _told(fact: Fact, names: _Names) -> Change:
    data = fact.data
    late = (fact.recorded_at - fact.at).total_seconds() >= 60
    return Change(
        moment=civil(fact.at),
        what=change_words(str(data.get("change", ""))),
        unit=names.units.get(fact.stream, ""),
        about=_about(data, names),
        effect=_effect(data, names),
        by=names.actors.get(fact.actor, "") or (_("命令行") if not fact.actor else _("已注销的账号")),
        recorded=civil(fact.recorded_at) if late else None,
    )


def _about(data: Mapping[str, Any], names: _Names) -> str:
    parts = [
        names.people.get(data.get("person", 0), ""),
        names.posts.get(data.get("post", 0), ""),
        names.held.get(data.get("appointment", 0), ""),
        names.actors.get(str(data.get("actor", "")), "") if "person" not in data else "",
    ]
    return " · ".join(part for part in parts if part)


def _effect(data: Mapping[str, Any], names: _Names) -> list[str]:
    said = []
    if data.get("from_date"):
        said.append(_("自 %(day)s") % {"day": data["from_date"]})
    if data.get("to_date"):
        said.append(_("到 %(day)s（不含）") % {"day": data["to_date"]})
    if data.get("day"):
        said.append(_("自 %(day)s 起") % {"day": data["day"]})
    if data.get("delegate"):
        said.append(_("由 %(name)s 代办") % {"name": names.people.get(data["delegate"], "")})
    if data.get("parent"):
        words = {"old": names.units.get(data.get("was"), ""), "new": names.units.get(data["parent"], "")}
        said.append(_("从 %(old)s 移到 %(new)s") % words)
    if isinstance(data.get("roles"), list):
        said.append(_value("roles", data["roles"], names))
    return said + _became(data, names)


def _became(data: Mapping[str, Any], names: _Names) -> list[str]:
    new, was = data.get("fields"), data.get("was")
    if not isinstance(new, dict):
        return []
    old = was if isinstance(was, dict) else {}
    return [
        _("%(field)s：%(old)s → %(new)s")
        % {
            "field": FIELDS.get(name, name),
            "old": _value(name, old[name], names) if name in old else "…",
            "new": _value(name, value, names),
        }
        for name, value in new.items()
    ]


def _value(name: str, value: Any, names: _Names) -> str:
    if name == "roles":
        return _("、").join(str(ROLES[role].title) if role in ROLES else str(role) for role in value) or _(
            "无"
        )
    if name == "leader_post":
        return names.posts.get(value, _("无"))
    if name == "rank":
        return str(dict(Post.Rank.choices).get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value) or _("空")
