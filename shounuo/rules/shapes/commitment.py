"""Shape 1: a matter must reach an event within a time, or be done in a certain way."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from shounuo.rules.shapes.base import AppliesTo, ClauseId, Day, Events, Ids, Part, Rule

Waiting = Literal["pause", "restart", "continue"]
Owner = Literal["handler", "answerable", "first_asked", "section_head", "leader_in_charge", "service_office"]


class Extension(Part):
    """Who may extend, how often and by how much in all."""

    granted_by: str
    at_most: int | str = 1
    up_to: str


class Within(Part):
    """A dated value: how long, from which day on, by which clause.

    Exactly one of ``value``, ``shortest_of`` and ``by`` says the length. The value in force
    at the start event counts; ``running_clocks`` says whether an amended value also binds
    clocks that already run.
    """

    from_: Day = Field(alias="from")
    to: Day | None = None
    published: Day | None = None
    clause: ClauseId | None = None
    when: dict[str, Any] = Field(default_factory=dict)
    value: str | None = None
    shortest_of: tuple[str, ...] = ()
    by: str | None = None
    else_: str | None = Field(default=None, alias="else")
    running_clocks: Literal["keep", "follow"] = "keep"

    @model_validator(mode="after")
    def _one_length(self) -> Within:
        said = [bool(self.value), bool(self.shortest_of), bool(self.by)]
        if sum(said) != 1:
            raise ValueError("say exactly one of: value, shortest_of, by")
        if self.else_ and not self.by:
            raise ValueError("else goes with by")
        return self


class Count(Part):
    """How often an event happened, leaving out those that carry a reason."""

    of: str
    without: str | None = None
    where: dict[str, Any] = Field(default_factory=dict)
    at_least: int | None = None
    at_most: int | None = None


class Each(Part):
    """What every event of a kind must carry: all of ``has``, or one of ``has_any``."""

    of: str
    has: Ids = ()
    has_any: Ids = ()
    where: dict[str, Any] = Field(default_factory=dict)


class Followed(Part):
    """An event must be followed by another, at once or before the matter ends."""

    of: str
    by: Events
    where: dict[str, Any] = Field(default_factory=dict)


class KeptWhen(Part):
    """A check's condition: exactly one of its keys."""

    count: Count | None = None
    each: Each | None = None
    followed: Followed | None = None
    all_of: tuple[KeptWhen, ...] = ()
    any_of: tuple[KeptWhen, ...] = ()

    @model_validator(mode="after")
    def _one_condition(self) -> KeptWhen:
        said = [self.count, self.each, self.followed, self.all_of or None, self.any_of or None]
        if sum(x is not None for x in said) != 1:
            raise ValueError("say exactly one of: count, each, followed, all_of, any_of")
        return self


def _many(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Commitment(Rule):
    """A promise with a clock (``form: clock``) or judged per matter (``form: check``)."""

    form: Literal["clock", "check"] = "clock"
    applies_to: AppliesTo = AppliesTo()
    starts: Events | None = None
    start_where: dict[str, Any] = Field(default_factory=dict)
    ends: Events | None = None
    end_where: dict[str, Any] = Field(default_factory=dict)
    within: Annotated[
        tuple[Within, ...], BeforeValidator(_many, json_schema_input_type=Within | list[Within])
    ] = ()
    calendar: str = "office"
    first_day: Literal["included", "excluded"] | str | None = None
    while_waiting_for_materials: Waiting | str = "continue"
    extension: Extension | None = None
    warn: tuple[str, ...] = ()
    urgent: bool = False
    soft: bool = False
    """The text says only "promptly": the figure is the organisation's own (A06)."""
    handling: bool = False
    """This is the promise by which the matter as a whole counts as kept or late."""
    public: bool = True
    owner: Owner | None = None
    """Who answers for this clock; nobody named: whoever works on the matter."""
    deemed: Literal["accepted"] | None = None
    """What counts as done, as from receipt, when the due passes without the end (行政许可法 32)."""
    over: Events | None = None
    kept_when: KeptWhen | None = None
    breach: Ids = ()

    @model_validator(mode="after")
    def _complete(self) -> Commitment:
        if self.form == "check":
            if not (self.over and self.kept_when) or self.starts or self.ends or self.within:
                raise ValueError("a check needs over and kept_when, and no starts, ends or within")
        elif not (self.starts and self.ends and self.within) or self.over or self.kept_when:
            raise ValueError("a clock needs starts, ends and within, and no over or kept_when")
        return self

    def clauses(self) -> tuple[str, ...]:
        """The rule's clauses and those of its dated values."""
        own = super().clauses()
        return own + tuple(w.clause for w in self.within if w.clause and w.clause not in own)
