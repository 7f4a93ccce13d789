"""Where a matter stands: its state, who answers for it, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shounuo.rules.applies import applies
from shounuo.rules.edition import Edition
from shounuo.rules.engine.keeping import KEEPERS
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Finding, MatterState
from shounuo.rules.shapes import Commitment

ANSWERED_KINDS = frozenset({"enquiry", "suggestion", "praise", "complaint", "report"})
"""Kinds whose end (办结) is the answer; for applications it is completion or refusal, for repairs the restoration."""

BAD_RATING = 2
"""Levels up to this one are bad ratings (差评): not satisfied, and not satisfied at all."""

_ENDS: Mapping[str, MatterState] = {
    "completed": MatterState.COMPLETED,
    "restored": MatterState.COMPLETED,
    "declined": MatterState.DECLINED,
    "not_accepted": MatterState.NOT_ACCEPTED,
    "withdrawn": MatterState.WITHDRAWN,
    "transferred_out": MatterState.TRANSFERRED_OUT,
    "merged": MatterState.MERGED,
}

_STAYS: Mapping[str, MatterState] = {
    "accepted": MatterState.IN_HAND,
    "materials_complete": MatterState.IN_HAND,
    "arrived": MatterState.IN_HAND,
    "referred_to_leader": MatterState.WITH_LEADER,
    "leader_decided": MatterState.IN_HAND,
    "referred_for_study": MatterState.IN_STUDY,
    "study_done": MatterState.IN_HAND,
}


@dataclass(slots=True)
class Matter:
    """A fold over the facts; grows fact by fact and is read by clocks, checks and verbs."""

    data: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    service: str | None = None
    state: MatterState = MatterState.RECEIVED
    received_at: datetime | None = None
    ended_at: datetime | None = None
    ended_seq: int | None = None
    accepted: bool = False
    complete: bool = False
    first_asked: str | None = None
    answerable: str | None = None
    handler: str | None = None
    section: str | None = None
    handing_to: Fact | None = None
    accepted_hand_over: Fact | None = None
    notices: list[Fact] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    asked_besides: tuple[str, ...] = ()
    promised: Fact | None = None
    requests: list[Fact] = field(default_factory=list)
    decisions: list[Fact] = field(default_factory=list)
    told: list[Fact] = field(default_factory=list)
    consulted: Fact | None = None
    deemed_at: datetime | None = None
    arrived: Fact | None = None
    relays: list[Fact] = field(default_factory=list)
    relay_answers: list[Fact] = field(default_factory=list)
    appointed: Fact | None = None
    merged_into: str | None = None
    joined: list[str] = field(default_factory=list)
    leader: str | None = None
    rated: Fact | None = None
    rater_told: bool = False
    remedied: bool = False
    appealed: Fact | None = None
    appeal_decided: Fact | None = None
    disputed: Fact | None = None
    closed: bool = False
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether the matter has ended."""
        return self.state.ended

    @property
    def set_aside(self) -> bool:
        """Whether the rating was set aside on appeal."""
        return bool(self.appeal_decided and self.appeal_decided.data.get("upheld"))

    @property
    def rating(self) -> int | None:
        """The rating that counts: the first one given, none when it was set aside."""
        return int(self.rated.data["level"]) if self.rated and not self.set_aside else None

    @property
    def badly_rated(self) -> bool:
        """Whether the rating that counts is a bad one."""
        return self.rating is not None and self.rating <= BAD_RATING

    def lawful_notice(self, fact: Fact) -> bool:
        """A first notice given in time, or one for a requirement that is new: only these stop a clock.

        After deemed acceptance nothing that could have been named in time may be asked for any more.
        """
        if fact.data.get("new_requirement"):
            return True
        if self.deemed_at is not None and fact.at > self.deemed_at:
            return False
        earlier = [n for n in self.notices if n is not fact and not n.data.get("new_requirement")]
        return not any((n.at, n.seq) < (fact.at, fact.seq) for n in earlier)

    def take(self, fact: Fact) -> None:
        """Let one more fact count."""
        keep = KEEPERS.get(fact.kind)
        if keep is not None:
            keep(self, fact)
        if fact.kind in _STAYS and not self.ended:
            self.state = _STAYS[fact.kind]
        if (end := self._end_by(fact)) and not self.ended:
            self.state, self.ended_at, self.ended_seq = end, fact.at, fact.seq
            self.answerable = None

    def _end_by(self, fact: Fact) -> MatterState | None:
        if fact.kind == "answered":
            return MatterState.ANSWERED if self.kind in ANSWERED_KINDS else None
        return _ENDS.get(fact.kind)


def applies_to_matter(edition: Edition, rule: Commitment, matter: Matter) -> bool:
    """Whether a rule looks at this matter as it now stands."""
    service = edition.service(matter.service) if matter.service else None
    return applies(rule.applies_to, matter.kind, matter.data, matter.service, service)
