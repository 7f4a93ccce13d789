"""Facts: the immutable events of a matter, and the registry of their kinds.

A fact holds ids, codes, numbers and salted hashes; names, telephone numbers and free words
live in erasable tables beside it. ``at`` is the legal moment, ``recorded_at`` the real
clock's moment of writing; both are naive civil times of the calendar's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from shounuo.rules.fact_types import FITS

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of a stream. ``by`` is an opaque actor id, empty for the system."""

    seq: int
    kind: str
    at: datetime
    recorded_at: datetime
    by: str = ""
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class FactKind:
    """What a kind of fact means, its typed data and who may record it.

    ``data`` maps a field to its type (text, code, codes, date, moment, number, yes_no, actor,
    unit, seq); ``required`` names those that must be there. ``by``: staff, leader, party or system.
    """

    kind: str
    zh: str
    en: str
    by: tuple[str, ...]
    data: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()


def _kind(kind: str, zh: str, en: str, by: str, /, **data: str) -> FactKind:
    """A registry row; a type ending in ``!`` marks a required field."""
    types = {name: t.rstrip("!") for name, t in data.items()}
    required = tuple(name for name, t in data.items() if t.endswith("!"))
    return FactKind(kind, zh, en, tuple(by.split()), types, required)


_ROWS = (
    _kind(
        "received",
        "收到",
        "Received",
        "staff party",
        kind="code!",
        service="code",
        channel="code",
        visit="code",
        place="code",
        section="unit",
        urgent="yes_no",
        in_remit="yes_no",
        catch_up="code",
    ),
    _kind(
        "first_asked",
        "首问",
        "First asked",
        "staff",
        person="actor!",
        section="unit",
        visit="code",
        in_remit="yes_no",
    ),
    _kind("guided", "指引", "Shown the way", "staff", section="unit", way="code!", phone_given="yes_no"),
    _kind("explained", "说明", "Explained", "staff", reason="code"),
    _kind("accepted", "受理", "Accepted", "staff system", deemed="yes_no", as_from="moment"),
    _kind("not_accepted", "不予受理", "Not accepted", "staff", reasons="codes!", told="yes_no"),
    _kind(
        "notice_issued",
        "一次性告知",
        "One-time notice issued",
        "staff",
        notice="code",
        materials="codes",
        basis="yes_no",
        limit="yes_no",
        procedure="yes_no",
        all_materials="yes_no",
        refusal_reasons="codes",
        form="code!",
        oral_reason="code",
        call_note="yes_no",
        new_requirement="code",
        signed="yes_no",
    ),
    _kind("material_received", "收到材料", "Material received", "staff party", materials="codes!"),
    _kind("materials_complete", "材料齐全", "Materials complete", "staff", visit="code"),
    _kind("assigned", "分派", "Assigned", "staff leader", person="actor", section="unit"),
    _kind("handed_over", "移交", "Handed over", "staff", section="unit!", person="actor", reason="code"),
    _kind("hand_over_accepted", "接收移交", "Hand-over accepted", "staff", section="unit", person="actor"),
    _kind("delegated", "委托代办", "Delegated", "staff leader", person="actor!", scope="code", to="moment"),
    _kind("visited", "来访", "Visited", "staff party", visit="code!"),
    _kind(
        "referred_to_leader",
        "提请分管领导",
        "Referred to the leader in charge",
        "staff",
        leader="actor",
        question="code",
    ),
    _kind("leader_decided", "领导批示", "Leader decided", "leader", decision="code"),
    _kind("referred_for_study", "提交研究", "Referred for study", "staff", section="unit"),
    _kind("study_done", "研究完毕", "Study done", "staff leader"),
    _kind("consulted", "咨询请示", "Consulted on unclear rules", "staff", question="code", of="code"),
    _kind("date_promised", "承诺答复期限", "Date promised", "staff", date="date!", moment="moment"),
    _kind(
        "extension_requested",
        "申请延期",
        "Extension requested",
        "staff",
        rule="code",
        by_how_much="text!",
        reason="code!",
    ),
    _kind(
        "extension_granted",
        "批准延期",
        "Extension granted",
        "leader",
        rule="code",
        by_how_much="text!",
        request="seq",
    ),
    _kind(
        "extension_refused",
        "不予延期",
        "Extension refused",
        "leader",
        rule="code",
        reason="code",
        request="seq",
    ),
    _kind(
        "party_told",
        "告知当事人",
        "Party told",
        "staff system",
        of="code!",
        way="code",
        phone_given="yes_no",
        section="unit",
    ),
    _kind("appointed", "预约", "Appointed", "staff party", date="moment!"),
    _kind("deferred", "延期服务", "Deferred", "staff", to="moment!", reason="code!"),
    _kind("arrived", "到达现场", "Arrived", "staff"),
    _kind("restored", "恢复", "Restored", "staff"),
    _kind("relayed", "转请其他机关", "Relayed", "staff", to="text!", way="code"),
    _kind("relay_answered", "外单位反馈", "Relay answered", "staff"),
    _kind("answered", "答复", "Answered", "staff", visit="code", way="code", reasons="codes"),
    _kind("completed", "办结", "Completed", "staff", visit="code", result="code"),
    _kind("declined", "不予办理", "Declined", "staff", reasons="codes!", visit="code"),
    _kind("withdrawn", "撤回", "Withdrawn", "staff party", reason="code"),
    _kind("transferred_out", "转出", "Transferred out", "staff", to="text!", way="code"),
    _kind("returned", "退回", "Returned", "staff leader", reason="code!"),
    _kind("merged", "并件", "Merged", "staff", into="text!"),
    _kind("joined", "并入他件", "Another matter joined", "staff", of="text!"),
    _kind(
        "return_visited",
        "回访",
        "Return visit made",
        "staff",
        way="code",
        reached="yes_no",
        satisfied="yes_no",
    ),
    _kind(
        "rated",
        "评价",
        "Rated",
        "party staff",
        level="number!",
        reasons="codes",
        through="code",
        channel="code",
        call_note="yes_no",
    ),
    _kind("remedied", "差评整改", "Bad rating put right", "staff"),
    _kind("rating_appealed", "申诉差评", "Rating appealed", "staff", reason="code!"),
    _kind("rating_appeal_decided", "差评复核", "Rating appeal decided", "staff leader", upheld="yes_no!"),
    _kind("disputed", "提出异议", "Disputed", "party staff", reason="code", channel="code"),
    _kind("reopened", "重新办理", "Reopened", "staff leader", reason="code!"),
    _kind("closed", "归档", "Closed", "staff system"),
    _kind("reclassified", "改类", "Reclassified", "staff", kind="code", service="code"),
    _kind(
        "corrected",
        "更正",
        "Corrected",
        "staff leader",
        corrects="seq!",
        reason="code!",
        at="moment",
        data="data",
    ),
    _kind(
        "due_moved",
        "期限变动",
        "Due date moved",
        "system",
        rule="code!",
        no="number",
        old="moment",
        new="moment",
        cause="code!",
        source="code",
    ),
    _kind("warned", "临期提醒", "Warned", "system", rule="code!", no="number", mark="text!"),
    _kind("breached", "逾期", "Breached", "system", rule="code!", no="number", due="moment!"),
    _kind("note", "备注", "Note", "staff leader party system", note="code"),
)

FACT_KINDS: Mapping[str, FactKind] = MappingProxyType({row.kind: row for row in _ROWS})

CLOCK_EVENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "clock.breached": ("时限违诺", "A clock was breached"),
        "clock.met_late": ("超期办结", "A clock was met late"),
        "check.broken": ("做法违诺", "A check was broken"),
    }
)
"""Events the engine derives; consequences may start from them."""

OUTSIDE_EVENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "complaint.received": ("收到投诉", "A complaint came in"),
        "complaint.confirmed": ("投诉查实", "A complaint was confirmed"),
        "report.confirmed": ("举报查实", "A report was confirmed"),
        "exposure.confirmed": ("媒体曝光查实", "Media exposure was confirmed"),
        "finding.confirmed": ("检查发现查实", "A finding was confirmed"),
        "attendance.late_or_early": ("迟到早退", "Late or left early"),
        "post.left": ("擅离岗位", "Left the post"),
        "investigation.obstructed": ("干扰调查", "An investigation was obstructed"),
        "efficiency_warning.decided": ("作出效能告诫", "An efficiency warning was decided"),
        "criticism.decided": ("作出批评教育", "Criticism was decided"),
        "inspection.done": ("检查完成", "An inspection was done"),
        "measure.decided": ("作出处理", "A measure was decided"),
        "award.won": ("获奖", "An award was won"),
        "organisation_changed": ("机构变动", "The organisation changed"),
        "activity.held": ("开展活动", "An activity was held"),
        "training.held": ("开展培训", "A training was held"),
        "document.received": ("收文", "A document came in"),
        "request.received": ("接到任务", "A task came in from above"),
        "outage.planned": ("计划停电", "An outage was planned"),
        "incident.happened": ("突发事件", "An incident happened"),
        "loss.confirmed": ("损失查实", "A loss was confirmed"),
        "good_deed.confirmed": ("好人好事查实", "A good deed was confirmed"),
    }
)
"""Events of other parts (complaints, inspections, accountability, duties) that rules may name."""


ON_BEHALF_OF = "on_behalf_of"
RESERVED: Mapping[str, str] = MappingProxyType({ON_BEHALF_OF: "actor"})
"""Fields that any fact may carry: the absent person in whose place ``by`` acted as delegate."""


def data_faults(kind: str, data: Mapping[str, Any]) -> list[str]:
    """Why this data does not fit its kind: unknown and missing fields, and values of another type, by name."""
    row = FACT_KINDS.get(kind)
    if row is None:
        return [f"unknown fact kind {kind!r}"]
    types = {**row.data, **RESERVED}
    unknown = [f"unknown field {name!r}" for name in data if name not in types]
    missing = [f"missing field {name!r}" for name in row.required if name not in data]
    wrong = [
        f"field {name!r} is not a {types[name]}: {value!r}"
        for name, value in data.items()
        if name in types and not FITS[types[name]](value)
    ]
    return unknown + missing + wrong
