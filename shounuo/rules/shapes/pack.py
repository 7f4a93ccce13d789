"""A whole pack: clauses, rules by shape, services, settings, calendars, examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from shounuo.rules.shapes.base import ClauseId, Day, Id, Ids, Part, Rule, Text
from shounuo.rules.shapes.commitment import Commitment
from shounuo.rules.shapes.others import (
    Arrangement,
    Consequence,
    Disclosure,
    Duty,
    Norm,
    Register,
    Routing,
)
from shounuo.rules.shapes.service import Service

Shape = Literal[
    "commitment",
    "duty",
    "norm",
    "consequence",
    "disclosure",
    "routing",
    "register",
    "arrangement",
    "definition",
]
"""Shapes 1 to 9 of the clause catalogue, in its order."""

SHAPES: tuple[Shape, ...] = (
    "commitment",
    "duty",
    "norm",
    "consequence",
    "disclosure",
    "routing",
    "register",
    "arrangement",
    "definition",
)

RULE_FILES: Mapping[str, tuple[Shape, type[Rule]]] = {
    "commitments": ("commitment", Commitment),
    "duties": ("duty", Duty),
    "norms": ("norm", Norm),
    "consequences": ("consequence", Consequence),
    "disclosures": ("disclosure", Disclosure),
    "routing": ("routing", Routing),
    "registers": ("register", Register),
    "arrangements": ("arrangement", Arrangement),
}
"""File name (and field of ``Pack``) -> shape and model."""


class Clause(Part):
    """One clause: stored key, printed label, our own words, shapes and gaps."""

    label: str | None
    heading: Text | None = None
    text: Text
    shapes: tuple[Shape, ...] = Field(min_length=1)
    reason: Text | None = None
    """Why there is no rule: required for, and only for, a clause that is a definition alone."""
    gaps: tuple[str, ...] = ()
    sibling: ClauseId | None = None

    @model_validator(mode="after")
    def _reason(self) -> Clause:
        if (self.shapes == ("definition",)) != (self.reason is not None):
            raise ValueError("reason goes with shapes: [definition], and only with it")
        return self


class Option(Part):
    """One way of deciding a setting."""

    value: Any
    label: Text


class Setting(Part):
    """What the regulation leaves open and the organisation must decide."""

    title: Text
    question: Text
    type: Literal["choice", "duration", "number", "yes_no", "text", "table", "contact"]
    default: Any
    options: tuple[Option, ...] = ()
    settles: Ids = ()
    """Ambiguities of the clause catalogue, for example ``A36``."""
    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    source: Text | None = None
    trust: Literal["P", "O", "S", "L", "C", "G"] | None = None

    @model_validator(mode="after")
    def _default_is_an_option(self) -> Setting:
        if self.type == "choice" and self.default not in [o.value for o in self.options]:
            raise ValueError("the default of a choice must be one of its options")
        return self


class CalendarPart(Part):
    """An office calendar of the pack: official days off of a country and local hours."""

    title: Text
    base: Literal["china", "netherlands", "none"] = "china"
    tz: str = "Asia/Shanghai"
    weekly: dict[str, list[list[str]]]
    seasons: tuple[dict[str, Any], ...] = ()
    worked: Ids = ()
    """Public holidays of the base on which this office is open."""
    also_off: Ids = ()
    """Days the base holds optional on which this office is closed."""


class Extends(Part):
    """Which pack's rules are taken over, and under which clause ids of this pack."""

    pack: Id
    only: Literal["all"] | tuple[str, ...] = "all"
    clause_map: dict[str, str] = Field(default_factory=dict)
    services: bool = False
    """Whether the services are taken over too; most organisations have their own."""


class InForce(Part):
    from_: Day = Field(alias="from")
    to: Day | None = None


class PackHead(Part):
    """``pack.yaml``: what the regulation is, who issued it and since when it is in force."""

    id: Id
    title: Text
    issuer: Text
    source: Text
    version: str
    published: Day | None = None
    in_force: InForce
    languages: tuple[str, ...] = Field(default=("zh", "en"), min_length=1)
    extends: Extends | None = None
    contents: tuple[ClauseId, ...] = ()
    """Every clause id of the text in its order; when given, ``clauses.yaml`` must have exactly these."""
    licence: str | None = None


class Pack(Part):
    """The regulation as data. ``rules()`` walks shapes 1 to 8."""

    head: PackHead
    clauses: dict[str, Clause]
    commitments: dict[str, Commitment] = Field(default_factory=dict)
    duties: dict[str, Duty] = Field(default_factory=dict)
    norms: dict[str, Norm] = Field(default_factory=dict)
    consequences: dict[str, Consequence] = Field(default_factory=dict)
    disclosures: dict[str, Disclosure] = Field(default_factory=dict)
    routing: dict[str, Routing] = Field(default_factory=dict)
    registers: dict[str, Register] = Field(default_factory=dict)
    arrangements: dict[str, Arrangement] = Field(default_factory=dict)
    services: dict[str, Service] = Field(default_factory=dict)
    settings: dict[str, Setting] = Field(default_factory=dict)
    calendars: dict[str, CalendarPart] = Field(default_factory=dict)
    roles: dict[str, Text] = Field(default_factory=dict)
    """Posts and bodies the rules name, in the regulation's words."""
    measures: dict[str, Text] = Field(default_factory=dict)

    def rules(self) -> Iterator[tuple[Shape, str, Rule]]:
        """Every rule, register and arrangement as (shape, id, rule)."""
        for field, (shape, _model) in RULE_FILES.items():
            for key, rule in getattr(self, field).items():
                yield shape, key, rule

    def rules_of_clause(self, clause: str) -> list[tuple[Shape, str, Rule]]:
        """The rules that give effect to one clause."""
        return [found for found in self.rules() if clause in found[2].clauses()]
