"""The words a rule may use: events, fields, ways of observing, kinds of matter, relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shounuo.rules.facts import CLOCK_EVENTS, FACT_KINDS, OUTSIDE_EVENTS
from shounuo.rules.shapes.base import AppliesTo, Rule
from shounuo.rules.shapes.commitment import Commitment, Count, Each, Extension, Followed, Within
from shounuo.rules.shapes.others import (
    Arrangement,
    Consequence,
    Disclosure,
    Duty,
    DutyDue,
    Evidence,
    Norm,
    Register,
    Routing,
    Threshold,
    Times,
)
from shounuo.rules.shapes.pack import Setting
from shounuo.rules.shapes.service import Service, Stage

EVENTS: frozenset[str] = frozenset({*FACT_KINDS, *CLOCK_EVENTS, *OUTSIDE_EVENTS})

CONDITIONS: Mapping[str, tuple[str, str]] = {
    "explained_before_due": (
        "期限届满前已说明理由和时限",
        "the reason and the new time were given before the due time",
    ),
    "extension_in_force": ("延期有效", "an extension is in force"),
    "hand_over_accepted_and_party_told": (
        "移交已接收并已告知当事人",
        "the hand-over was accepted and the party told",
    ),
}
"""Conditions that rules may name beside events."""

OBSERVATIONS: Mapping[str, tuple[str, str]] = {
    "spot_check": ("抽查", "spot check"),
    "open_visit": ("明查", "open visit"),
    "covert_visit": ("暗访", "covert visit"),
    "mystery_customer": ("神秘顾客", "mystery customer"),
    "records": ("查阅记录", "looking through records"),
    "file_review": ("查阅案卷", "review of case files"),
    "complaint": ("投诉核查", "verified complaint"),
    "survey": ("满意度调查", "survey"),
    "recording": ("录音录像", "sound or video recording"),
    "return_visit": ("回访", "return visit"),
    "supervisor": ("监督员评议", "society's supervisor"),
}

RELATIONS: Mapping[str, tuple[str, str]] = {
    "target": ("被投诉人", "the person complained about"),
    "subordinates_of_target": ("被投诉人的下属", "their subordinates"),
    "superior_of_target": ("被投诉人的上级", "their superior"),
    "section_of_target": ("被投诉人所在科室", "their section"),
    "conflict_of_interest": ("有利害关系的人", "anyone with a conflict of interest"),
    "first_employee_asked": ("首位接待人员", "the first employee asked"),
    "handler": ("承办人", "the handler"),
    "requester": ("申请人", "whoever asks"),
    "own_section": ("本科室", "the own section"),
    "other_section": ("其他科室", "another section"),
}

KINDS: Mapping[str, tuple[str, str]] = {
    "enquiry": ("咨询", "enquiry"),
    "application": ("申请", "application"),
    "repair": ("报修", "repair"),
    "complaint": ("投诉", "complaint"),
    "efficiency_complaint": ("效能投诉", "efficiency complaint"),
    "escalated_complaint": ("上级转办投诉", "escalated complaint"),
    "report": ("举报", "report"),
    "suggestion": ("建议", "suggestion"),
    "praise": ("表扬", "praise"),
    "request": ("求助", "request"),
}
"""Kinds of matter."""

DATE_FIELDS = ("promised_date", "appointed_date")
"""Dates of a matter that ``by`` may name, beside ``event.field``."""

MATTER_FIELDS = (
    "in_remit",
    "kind",
    "service",
    "channel",
    "place",
    "section",
    "urgent",
    "visit",
    "person",
    "can_answer_now",
    "in_person",
)

Spot = tuple[type[Any], str]

REFERENCES: Mapping[Spot, str] = {
    (Commitment, "starts"): "event",
    (Commitment, "ends"): "event",
    (Commitment, "over"): "event",
    (Count, "of"): "event",
    (Each, "of"): "event",
    (Followed, "of"): "event",
    (Followed, "by"): "event",
    (Duty, "on_event"): "event",
    (Threshold, "event"): "event",
    (Disclosure, "on_event"): "event",
    (Register, "filled_by"): "event",
    (Threshold, "unless"): "condition",
    (Routing, "until"): "condition",
    (Extension, "granted_by"): "role",
    (Duty, "owed_by"): "role",
    (Duty, "owed_to"): "role",
    (Norm, "staff"): "role",
    (Consequence, "decided_by"): "role",
    (Consequence, "also_refer_to"): "role",
    (Register, "kept_by"): "role",
    (Arrangement, "owner"): "role",
    (Routing, "role"): "role",
    (Routing, "to"): "relation",
    (Routing, "is_"): "relation",
    (Routing, "never"): "relation",
    (Norm, "observed_by"): "observation",
    (Commitment, "breach"): "consequence",
    (Duty, "breach"): "consequence",
    (Norm, "breach"): "consequence",
    (Consequence, "measure"): "measure",
    (Commitment, "calendar"): "calendar",
    (Duty, "calendar"): "calendar",
    (AppliesTo, "services"): "service",
    (AppliesTo, "kinds"): "kind",
    (Service, "kinds"): "kind",
    (Evidence, "register_"): "register",
    (Threshold, "rule"): "rule",
    (Within, "by"): "date_field",
    (Within, "clause"): "clause",
    (Setting, "clauses"): "clause",
}
"""Which vocabulary the words of a field come from."""

RULE_CLAUSES = ("clause", "also")

PHRASES: Mapping[Spot, str] = {
    (Within, "value"): "words",
    (Within, "shortest_of"): "words",
    (Within, "else_"): "words",
    (Extension, "up_to"): "words",
    (Duty, "within"): "words",
    (Disclosure, "current_within"): "words",
    (Service, "statutory_limit"): "words",
    (Service, "promised_limit"): "words",
    (Stage, "takes"): "words",
    (Threshold, "window"): "period",
    (Register, "retention"): "period",
    (Arrangement, "review"): "period",
    (Duty, "every"): "recurrence",
    (Disclosure, "every"): "recurrence",
    (Commitment, "warn"): "mark",
    (Extension, "at_most"): "number",
    (Threshold, "at_least"): "number",
    (Threshold, "more_than"): "number",
}
"""How the words of a field must read once templates are filled."""

CHOICES: Mapping[Spot, tuple[str, ...]] = {
    (Commitment, "first_day"): ("included", "excluded"),
    (Commitment, "while_waiting_for_materials"): ("pause", "restart", "continue"),
    (DutyDue, "roll"): ("before", "after", "none"),
    (Times, "per"): ("calendar_month", "quarter", "half_year", "calendar_year"),
}
"""Fields that take one of a few words, also through a template."""


def kind_of(spot: Spot) -> str | None:
    """The vocabulary of a field, the clause fields of every rule included."""
    model, field = spot
    if field in RULE_CLAUSES and issubclass(model, Rule):
        return "clause"
    return REFERENCES.get(spot)


def fact_fields(event: str) -> tuple[str, ...] | None:
    """The data fields of an event, or None for events of other parts, whose data is not held here."""
    row = FACT_KINDS.get(event)
    return tuple(row.data) if row else None


def matter_fields() -> tuple[str, ...]:
    """What a condition on a matter may look at: its own fields and ``service.FIELD``."""
    own = dict.fromkeys((*MATTER_FIELDS, *FACT_KINDS["received"].data, *FACT_KINDS["first_asked"].data))
    return (*own, *(f"service.{name}" for name in Service.model_fields))


def date_fields() -> tuple[str, ...]:
    """What ``by`` may name."""
    dated = (
        f"{kind}.{name}"
        for kind, row in FACT_KINDS.items()
        for name, t in row.data.items()
        if t in ("date", "moment")
    )
    return (*DATE_FIELDS, *dated)
