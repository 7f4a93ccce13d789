"""What a roll says, as plain rows, and what can be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from shounuo.organisation.models import Unit


class RollFault(NamedTuple):
    """What is wrong, on which line, at which key."""

    line: int
    key: str
    said: str


class BadRoll(Exception):
    """The file cannot be taken; every fault found."""

    def __init__(self, faults: list[RollFault]) -> None:
        super().__init__("\n".join(f"{one.line}: {one.key}: {one.said}" for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the file has it; `said` holds only what was written."""

    line: int
    code: str
    said: Mapping[str, Any]
    under: str | None = None
    kind: str = Unit.Kind.SECTION
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with its holder's period."""

    line: int
    unit: str
    title: str
    title_en: str
    rank: str
    roles: tuple[str, ...]
    from_date: date | None
    to_date: date | None
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, under the sign-in name that the file gives."""

    line: int
    sign_in: str
    zh: str
    en: str
    number: str
    phone: str | None
    account: bool
    posts: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """Everything the file says."""

    house: UnitRow
    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    since: date | None
    not_read: tuple[str, ...]
