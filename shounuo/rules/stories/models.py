"""Stories: examples with expected judgements, the tests that jurists read."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, RootModel, model_validator

from shounuo.rules.shapes.base import Ids, Part, Text


def _list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Days = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda v: [v] if isinstance(v, str) else v, json_schema_input_type=str | list[str]),
]
"""Dates, or spans of dates ``FIRST/LAST`` with both ends included."""


class StoryCalendar(Part):
    """The days of a story: the pack's weekly hours and seasons, without official days off."""

    closed: Days = ()
    open: Days = ()
    hours: dict[str, list[list[str]]] = Field(default_factory=dict)
    """Weekday (1 = Monday) or date -> office hours."""


class ExpectedExtension(Part):
    """What became of one request for more time."""

    valid: bool
    why: str | None = None
    by_how_much: str | None = None


class Expected(Part):
    """What a clock or a check must be. Only the keys that are there are compared."""

    state: str | None = None
    due: str | None = None
    due_day: str | None = None
    counted: Days = ()
    stated: str | None = None
    clause: str | None = None
    started: str | None = None
    ended: str | None = None
    breached: str | None = None
    provisional: bool = False
    paused: Days = ()
    restarted: Days = ()
    extensions: tuple[ExpectedExtension, ...] = ()
    same_visit: bool = False
    out_of_coverage: bool = False
    why: str | None = None

    @model_validator(mode="after")
    def _something(self) -> Expected:
        if not self.model_fields_set:
            raise ValueError("say what is expected")
        return self


class ExpectedMatter(Part):
    """What the matter as a whole must be. Only the keys that are there are compared."""

    state: str | None = None
    kind: str | None = None
    service: str | None = None
    responsible: str | None = None
    answerable: str | None = None
    first_asked: str | None = None
    handler: str | None = None
    section: str | None = None
    handing_to: str | None = None
    accepted: bool = False
    complete: bool = False
    missing: Ids = ()
    received: str | None = None
    ended: str | None = None
    rating: int | None = None


Runs = Annotated[
    tuple[Expected, ...],
    BeforeValidator(_list, json_schema_input_type=Expected | list[Expected]),
    Field(min_length=1),
]
"""One expectation, or one for each run of the clock in their order."""


class Expect(Part):
    """Rule id -> what its clock or check must be; and the matter, proposals, findings and verbs."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Runs]

    matter: ExpectedMatter | None = None
    proposals: Ids | None = None
    findings: Ids | None = None
    verbs: dict[str, bool | str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _something(self) -> Expect:
        if not self.model_fields_set and not self.rules():
            raise ValueError("say what is expected")
        return self

    def rules(self) -> dict[str, tuple[Expected, ...]]:
        """The expectations by rule id."""
        return dict(self.__pydantic_extra__ or {})


class Story(Part):
    """One example: what happened, at which moment it is judged, and what must come out."""

    name: Text | Annotated[str, Field(min_length=1)]
    note: Text | str | None = None
    calendar: StoryCalendar | None = None
    services: dict[str, dict[str, Any]] = Field(default_factory=dict)
    settings: dict[str, Any] = Field(default_factory=dict)
    given: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    """Events across matters, ``DATE TIME kind person=… section=… key=value``, instead of ``given``."""
    at: str
    expect: Expect

    @model_validator(mode="after")
    def _one_history(self) -> Story:
        if bool(self.given) == bool(self.events):
            raise ValueError("say exactly one of: given (a matter's facts), events (across matters)")
        beyond = self.expect.model_fields_set - {"proposals"}
        if self.events and (beyond or self.expect.rules() or self.expect.proposals is None):
            raise ValueError("a story of events expects proposals, and nothing else")
        return self

    def title(self, lang: str = "en") -> str:
        """The name in a language."""
        if isinstance(self.name, str):
            return self.name
        return self.name.get(lang) or next(iter(self.name.values()))


class Stories(RootModel[tuple[Story, ...]]):
    """A file of ``examples/``: a list of stories."""
