"""What every part of a pack leans on: texts, ids, dated values, event words."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$")]
"""A stored key: lower-case Latin words joined by - or _."""

ClauseId = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S+$")]
"""A clause's stored key, for example ``003-4/二.第一条.d``; never parsed."""

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A civil date as text, because pack YAML keeps dates as text."""


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _any_of(value: Any) -> Any:
    """``received``, ``[a, b]`` and ``{any_of: [a, b]}`` all mean: whichever comes first."""
    if isinstance(value, dict) and set(value) == {"any_of"}:
        value = value["any_of"]
    return _one_or_many(value)


_EventsAsWritten = str | list[str] | dict[Literal["any_of"], list[str]]

Events = Annotated[
    tuple[str, ...], BeforeValidator(_any_of, json_schema_input_type=_EventsAsWritten), Field(min_length=1)
]
Ids = Annotated[tuple[str, ...], BeforeValidator(_one_or_many, json_schema_input_type=str | list[str])]

Text = Annotated[dict[str, Annotated[str, StringConstraints(min_length=1)]], Field(min_length=1)]
"""Words by language, ``{zh: …, en: …}``; every language of the pack must be there."""


class Part(BaseModel):
    """A piece of a pack: unknown keys are refused, values cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(Part):
    """What the six shapes, registers and arrangements share: a title and the clause that says so."""

    title: Text
    clause: ClauseId
    also: tuple[ClauseId, ...] = ()
    note: Text | None = None

    def clauses(self) -> tuple[str, ...]:
        """Every clause this rule gives effect to, the main one first."""
        return (self.clause, *self.also)


class AppliesTo(Part):
    """Which matters a rule looks at; an empty list means all."""

    kinds: Ids = ()
    services: Ids = ()
    channels: Ids = ()
    where: dict[str, Any] = Field(default_factory=dict)
    """Conditions on the matter or its service, for example ``{service.immediate: true}``."""
