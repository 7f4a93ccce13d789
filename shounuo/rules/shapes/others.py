"""Shapes 2 to 8: duties, norms, consequences, disclosures, routing, registers, arrangements."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from shounuo.rules.shapes.base import AppliesTo, Events, Ids, Part, Rule, Text


class Times(Part):
    """How often within a period: a least and a most number."""

    min: int = Field(default=0, ge=0)
    max: int | None = None
    per: Literal["calendar_month", "quarter", "half_year", "calendar_year"] | str


class DutyDue(Part):
    """The hour a duty falls due and what happens on a day off (A17 where the text is silent)."""

    at: Literal["office_close", "24:00"] = "office_close"
    roll: Literal["before", "after", "none"] | str = "none"


class Evidence(Part):
    """What shows that a duty was done: exactly one of a report and a register entry."""

    report: str | None = None
    register_: str | None = Field(default=None, alias="register")
    contents: tuple[Text, ...] = ()


class Duty(Rule):
    """Shape 2: a unit must do something again and again, with evidence."""

    owed_by: str
    owed_to: str | None = None
    every: str | None = None
    """RFC 5545 recurrence, for example ``FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1``."""
    count: Times | None = None
    on_event: Events | None = None
    no_schedule: bool = False
    """The text names no period and the organisation may leave it so: no alarms (A11)."""
    within: str | None = None
    due: DutyDue = DutyDue()
    covers: dict[Literal["from", "to"], str] = Field(default_factory=dict)
    evidence: Evidence | None = None
    calendar: str = "office"
    breach: Ids = ()

    @model_validator(mode="after")
    def _when(self) -> Duty:
        said = [self.every, self.count, self.on_event, self.no_schedule or None]
        if sum(x is not None for x in said) != 1:
            raise ValueError("say exactly one of: every, count, on_event, no_schedule")
        return self


class Norm(Rule):
    """Shape 3: staff behave so; an inspection can check it."""

    check: Text
    observed_by: Ids
    scale: Literal["kept_or_not", "marks", "grade"] = "kept_or_not"
    staff: str | None = None
    breach: Ids = ()


class Threshold(Part):
    """What has to have happened, how often, over whom and within which window (A45)."""

    event: Events
    rule: Ids = ()
    where: dict[str, Any] = Field(default_factory=dict)
    scope: Literal["matter", "person", "section", "unit"] = "matter"
    counts: str | None = None
    at_least: int | str | None = None
    more_than: int | str | None = None
    window: str | None = None
    reset: str | None = None
    unless: Events | None = None


class Compensation(Part):
    """What the party is owed: a table setting, or a form."""

    table: str | None = None
    form: Literal["fixed", "per_day", "cap", "apology"] | None = None


class Consequence(Rule):
    """Shape 4: when this happened (so often), that measure may follow. A person decides."""

    when: Threshold
    measure: Ids = ()
    also_refer_to: str | None = None
    compensation: Compensation | None = None
    apology: bool = False
    publish: bool = False
    external_rule: Text | None = None
    """A rule the text points to but does not contain (A20): named, text not held."""
    decided_by: str | None = None

    @model_validator(mode="after")
    def _something_follows(self) -> Consequence:
        if not (self.measure or self.compensation or self.apology or self.external_rule):
            raise ValueError("say what follows: measure, compensation, apology or external_rule")
        return self


class Disclosure(Rule):
    """Shape 5: the public, or the party, is told this."""

    what: str
    to: Literal["public", "party"]
    fields: tuple[str, ...] = ()
    on_event: Events | None = None
    every: str | None = None
    current_within: str | None = None
    channel: Ids = ()
    contents: Text | None = None


class Routing(Rule):
    """Shape 6: who is responsible, who decides, who must not."""

    role: str | None = None
    is_: str | None = Field(default=None, alias="is")
    until: Ids = ()
    when: dict[str, Any] = Field(default_factory=dict)
    to: str | None = None
    then: Ids = ()
    never: Ids = ()
    ways: Ids = ()

    @model_validator(mode="after")
    def _someone(self) -> Routing:
        if not (self.role or self.to):
            raise ValueError("say role (with is) or to")
        return self


class RegisterField(Part):
    """A column of a register."""

    title: Text
    type: Literal[
        "text", "long_text", "number", "date", "time", "person", "unit", "choice", "files", "yes_no"
    ]
    required: bool = False
    options: tuple[Text, ...] = ()


class Register(Rule):
    """Shape 7: a record must be kept. Its columns are ``fields``."""

    fields: dict[str, RegisterField] = Field(min_length=1)
    kept_by: str | None = None
    filled_by: Events | None = None
    """Facts that write an entry by themselves."""
    retention: str | None = None


class Arrangement(Rule):
    """Shape 8: something must be set up. Who owns it, what shows that it exists, its review."""

    what: Literal[
        "post", "hotline", "mailbox", "system", "plan", "body", "channel", "rule", "list", "place", "other"
    ]
    owner: str
    shown_by: Text
    review: str | None = None
    applies_to: AppliesTo = AppliesTo()
