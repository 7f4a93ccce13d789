"""How a log's columns and words map to a matter: the mapping file of `shounuo import requests`."""

import codecs
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from shounuo.cases.models import Channel, Kind
from shounuo.rules.deadlines import Months, NaturalDays, NaturalTime, SameDay
from shounuo.rules.facts import FACT_KINDS
from shounuo.rules.words import WordsError, parse_words


class BadMapping(ValueError):
    """The mapping file cannot be used; the message names the key."""


class Strict(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Columns(Strict):
    """Column names of the file. ``received`` and ``completed`` belong to rows, ``activity`` and ``at`` to events."""

    id: str
    received: str | None = None
    promised: str | None = None
    completed: str | None = None
    activity: str | None = None
    at: str | None = None
    status: str | None = None
    service: str | None = None
    unit: str | None = None
    channel: str | None = None
    words: str | None = None

    def named(self) -> dict[str, str]:
        """The columns that are mapped, by what they mean."""
        return {key: value for key, value in self.model_dump().items() if value is not None}


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Status(Strict):
    """Words of the status column that mean open or closed; any other word is undecided.

    Case does not matter; a word that ends in ``*`` stands for all that begin so.
    """

    open: Words = ()
    closed: Words = ()
    declined: Words = ()
    withdrawn: Words = ()

    def meaning(self, word: str) -> str | None:
        """open, closed, declined or withdrawn; None for a word that is not listed."""
        lowered = word.strip().casefold()
        for name in ("open", "closed", "declined", "withdrawn"):
            if any(_meant(lowered, one.casefold()) for one in getattr(self, name)):
                return name
        return None


def _meant(word: str, listed: str) -> bool:
    return word.startswith(listed[:-1]) if listed.endswith("*") else word == listed


class Activity(Strict):
    """The fact an activity of an event log becomes."""

    fact: str
    data: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> "Activity":
        kind = FACT_KINDS.get(self.fact)
        if kind is None:
            raise ValueError(f"unknown fact kind {self.fact!r}; known: {', '.join(FACT_KINDS)}")
        lacking = [f for f in kind.required if f not in self.data and self.fact != "received"]
        unknown = [f for f in self.data if f not in kind.data]
        if lacking or unknown:
            raise ValueError(f"{self.fact}: needs data {lacking}, does not know {unknown}")
        return self


def _activity(value: Any) -> Any:
    return {"fact": value} if isinstance(value, str) else value


class Mapping_(Strict):
    """A whole mapping. Everything but ``name``, ``columns`` and what the shape needs has a default."""

    name: str = Field(min_length=1, max_length=40, pattern=r"^[\w.-]+$")
    shape: Literal["rows", "events"] = "rows"
    kind: str = "application"
    columns: Columns
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    sheet: str | None = None
    header_line: int | None = Field(default=None, ge=1)
    only: dict[str, Words] = Field(default_factory=dict)
    """Column -> values: other rows are left out, for example the `start` events of a life cycle."""
    time_zone: str = "Asia/Shanghai"
    dates: Words = ()
    day_end: str = "24:00"
    """When a promised date without a time of day ends."""
    status: Status | None = None
    channels: dict[str, str] = Field(default_factory=dict)
    services: dict[str, str] = Field(default_factory=dict)
    units: dict[str, str] = Field(default_factory=dict)
    activities: dict[str, Annotated[Activity, BeforeValidator(_activity)]] = Field(default_factory=dict)
    end: Literal["first", "last"] = "first"
    """Which of several mapped ends of an event log counts."""
    within: str | None = None
    """A promise in budget words for every matter, such as ``60 days``, where no column holds one."""
    within_from: str = "received"
    """From which fact of an event log ``within`` counts."""

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"unknown time zone {value!r}") from error
        return value

    @field_validator("within")
    @classmethod
    def _budget(cls, value: str | None) -> str | None:
        """Time of every day of the year only: whose office hours and days off would count is not known."""
        if value is not None:
            try:
                budget = parse_words(value)
            except WordsError as error:
                raise ValueError(str(error)) from error
            if not isinstance(budget, NaturalDays | NaturalTime | Months | SameDay):
                raise ValueError(f"{value!r} cannot be counted here; say days, hours, minutes or months")
        return value

    @field_validator("encoding")
    @classmethod
    def _codec(cls, value: str | None) -> str | None:
        try:
            if value is not None:
                codecs.lookup(value)
        except LookupError as error:
            raise ValueError(str(error)) from error
        return value

    @field_validator("dates")
    @classmethod
    def _forms(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for form in value:
            try:
                datetime.strptime("", form)  # noqa: DTZ007
            except (ValueError, IndexError, re.error) as error:
                if "does not match" not in str(error):
                    raise ValueError(f"{form!r} is no form of a date: {error}") from error
        return value

    @field_validator("day_end")
    @classmethod
    def _time_of_day(cls, value: str) -> str:
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", value):
            raise ValueError(f"{value!r} is no time of day such as 17:30 or 24:00")
        return value

    @field_validator("kind")
    @classmethod
    def _kind(cls, value: str) -> str:
        return _one_of(value, Kind.values)

    @field_validator("channels")
    @classmethod
    def _channels(cls, value: dict[str, str]) -> dict[str, str]:
        for channel in value.values():
            _one_of(channel, Channel.values)
        return value

    @model_validator(mode="after")
    def _shape_has_columns(self) -> "Mapping_":
        named = self.columns.named()
        needed = ("activity", "at") if self.shape == "events" else ("received",)
        lacking = [f"columns.{name}" for name in needed if name not in named]
        if self.shape == "events" and "received" not in [a.fact for a in self.activities.values()]:
            lacking.append("activities: one that becomes received")
        if lacking:
            raise ValueError(f"shape {self.shape} needs {', '.join(lacking)}")
        return self


def _one_of(value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return value


def load_mapping(path: Path) -> Mapping_:
    """The mapping in a YAML file. Raises `BadMapping` with the key and what is wrong."""
    try:
        said = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise BadMapping(f"{path.name}: {' '.join(str(error).split())}") from error
    if not isinstance(said, Mapping):
        raise BadMapping(f"{path.name}: a mapping of keys is expected")
    try:
        return Mapping_.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        known = ", ".join(Mapping_.model_fields)
        raise BadMapping(f"{path.name}: {where}: {first['msg']} (keys: {known})") from error
