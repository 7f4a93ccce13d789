"""What the engine answers: clocks, checks, responsibility, verbs, findings, proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from shounuo.rules.deadlines import Budget, Pause


class ClockState(StrEnum):
    """The states of a clock."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    BREACHED = "breached"
    VOID = "void"


class CheckState(StrEnum):
    """The states of a check: pending until its first event."""

    PENDING = "pending"
    KEPT = "kept"
    BROKEN = "broken"


class MatterState(StrEnum):
    """Where a matter stands, in the order of its life."""

    RECEIVED = "received"
    WAITING = "waiting_for_materials"
    IN_HAND = "in_hand"
    WITH_LEADER = "with_leader"
    IN_STUDY = "in_study"
    ANSWERED = "answered"
    COMPLETED = "completed"
    DECLINED = "declined"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    TRANSFERRED_OUT = "transferred_out"
    MERGED = "merged"

    @property
    def ended(self) -> bool:
        """Whether nothing more is owed."""
        return self in ENDED


ENDED = frozenset(
    {
        MatterState.ANSWERED,
        MatterState.COMPLETED,
        MatterState.DECLINED,
        MatterState.NOT_ACCEPTED,
        MatterState.WITHDRAWN,
        MatterState.TRANSFERRED_OUT,
        MatterState.MERGED,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so or not allowed: a code with named values; faces put it into words."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueMove:
    """A due instant that moved: old, new, why, and the fact that moved it. Nothing is overwritten."""

    at: datetime
    old: datetime | None
    new: datetime | None
    cause: str
    seq: int | None


@dataclass(frozen=True, slots=True)
class Granted:
    """An extension asked for and what became of it: ``valid`` or void with the reason."""

    rule: str
    requested_at: datetime
    granted_at: datetime | None
    told_at: datetime | None
    by_how_much: str
    valid: bool
    why: Reason | None = None

    @property
    def to_tell(self) -> bool:
        """Whether it was granted and waits for the party to be told."""
        return self.granted_at is not None and self.told_at is None and self.why == Reason("party_not_told")


@dataclass(frozen=True, slots=True)
class Warning_:
    """A warn mark and the moment it falls on."""

    mark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """One running or ended clock of a matter; ``no`` counts the starts of the same rule from 1."""

    rule: str
    no: int
    state: ClockState
    calendar: str
    started_at: datetime
    started_by: str
    words: str
    clause: str
    budget: Budget
    pauses: tuple[Pause, ...] = ()
    due: datetime | None = None
    due_day: date | None = None
    provisional: bool = False
    out_of_coverage: bool = False
    ended_at: datetime | None = None
    ended_by: str | None = None
    breached_at: datetime | None = None
    same_visit: bool = False
    handling: bool = False
    urgent: bool = False
    extensions: tuple[Granted, ...] = ()
    moves: tuple[DueMove, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    restarted: tuple[datetime, ...] = ()
    owner: str = "handler"
    """What the one who answers for this clock is to the matter."""
    owner_id: str | None = None
    """Their actor id, where the facts name one."""

    @property
    def hidden_from_rated(self) -> bool:
        """A clock that a rating began tells how the rating was: it is not for those who were rated."""
        return self.started_by == "rated"


@dataclass(frozen=True, slots=True)
class Check:
    """A promise judged per matter: kept, broken (and by which fact) or still pending.

    ``at`` is the legal moment of the breaking fact, else of the last fact judged (``over``: their numbers).
    """

    rule: str
    clause: str
    state: CheckState
    at: datetime | None = None
    over: tuple[int, ...] = ()
    broken_by: int | None = None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A consequence that may follow. A competent person decides; the engine never punishes."""

    consequence: str
    clause: str
    because: str
    at: datetime
    person: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at, with its reason: an undecided question is named, never left empty."""

    code: str
    rule: str | None = None
    seq: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verb:
    """What may be done now, or why not."""

    name: str
    allowed: bool
    why: Reason | None = None
    warns: Reason | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that follows from a matter's facts and its edition at one moment."""

    at: datetime
    kind: str
    service: str | None
    state: MatterState
    received_at: datetime
    ended_at: datetime | None
    first_asked: str | None
    answerable: str | None
    handler: str | None
    section: str | None
    handing_to: str | None
    accepted: bool
    complete: bool
    clocks: tuple[Clock, ...]
    checks: tuple[Check, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]
    rating: int | None = None
    rating_set_aside: bool = False
    rating_appealed: bool = False
    merged_into: str | None = None
    joined: tuple[str, ...] = ()
    appointed_at: datetime | None = None
    disputed: bool = False
    extension_asked: bool = False
    to_remedy: bool = False
    closed: bool = False
    deemed_at: datetime | None = None
    asked_besides: tuple[str, ...] = ()
    verbs: Mapping[str, Verb] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        """Papers that a notice names and that have not come: those waited for, and those of a notice that stops nothing."""
        return (*self.missing, *(one for one in self.asked_besides if one not in self.missing))

    def clock(self, rule: str) -> Clock | None:
        """The last clock of a rule, or None when it has not started."""
        return next((c for c in reversed(self.clocks) if c.rule == rule), None)
