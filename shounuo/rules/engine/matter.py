"""Where a matter stands: its state, who answers for it, what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shounuo.rules.applies import applies
from shounuo.rules.edition import Edition
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Finding, MatterState
from shounuo.rules.shapes import Commitment

ANSWERED_KINDS = frozenset({"enquiry", "suggestion", "praise", "complaint", "report"})
"""Kinds whose end (办结) is the answer; for applications it is completion or refusal."""

PARTY = "party"
"""The actor id of the person who asked: they are never their own first asked."""

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
    promised: Fact | None = None
    requests: list[Fact] = field(default_factory=list)
    decisions: list[Fact] = field(default_factory=list)
    told: list[Fact] = field(default_factory=list)
    consulted: Fact | None = None
    rating: int | None = None
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether the matter has ended."""
        return self.state.ended

    def lawful_notice(self, fact: Fact) -> bool:
        """A first notice, or one for a requirement that is new: only these stop a clock."""
        if fact.data.get("new_requirement"):
            return True
        earlier = [n for n in self.notices if n is not fact and not n.data.get("new_requirement")]
        return not any((n.at, n.seq) < (fact.at, fact.seq) for n in earlier)

    def take(self, fact: Fact) -> None:
        """Let one more fact count."""
        keep = _KEEPERS.get(fact.kind)
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


def _received(m: Matter, f: Fact) -> None:
    m.data.update(f.data)
    m.kind = str(f.data.get("kind", m.kind))
    m.service = f.data.get("service") or None
    m.received_at = m.received_at or f.at
    m.section = f.data.get("section", m.section)
    if f.by and f.by != PARTY and m.first_asked is None:
        m.first_asked = m.answerable = m.handler = f.by


def _first_asked(m: Matter, f: Fact) -> None:
    m.data.update({k: v for k, v in f.data.items() if k not in ("person", "section")})
    m.first_asked = m.answerable = m.handler = f.data["person"]
    m.section = m.section or f.data.get("section")


def _reclassified(m: Matter, f: Fact) -> None:
    m.data.update(f.data)
    m.kind = str(f.data.get("kind", m.kind))
    m.service = f.data.get("service", m.service) or None


def _accepted(m: Matter, f: Fact) -> None:
    m.accepted = True


def _notice(m: Matter, f: Fact) -> None:
    m.notices.append(f)
    asked = tuple(f.data.get("materials") or ())
    if asked and m.lawful_notice(f) and not m.ended:
        m.missing, m.complete, m.state = asked, False, MatterState.WAITING


def _material(m: Matter, f: Fact) -> None:
    m.missing = tuple(x for x in m.missing if x not in (f.data.get("materials") or ()))


def _complete(m: Matter, f: Fact) -> None:
    m.complete, m.missing = True, ()


def _assigned(m: Matter, f: Fact) -> None:
    before, m.handler = m.handler, f.data.get("person") or m.handler
    m.section = f.data.get("section") or m.section
    if m.answerable == before and before != m.first_asked:
        m.answerable = m.handler


def _handed_over(m: Matter, f: Fact) -> None:
    """A new hand-over must be told anew, unless the party was already shown the way to that very section."""
    m.handing_to, m.accepted_hand_over = f, None
    m.told = [t for t in m.told if t.data.get("section") == f.data["section"]]


def _hand_over_accepted(m: Matter, f: Fact) -> None:
    to = m.handing_to
    m.accepted_hand_over, m.handing_to = f, None
    m.handler = f.data.get("person") or f.by or (to.data.get("person") if to else None) or m.handler
    m.section = f.data.get("section") or (to.data.get("section") if to else None) or m.section
    _answerable_moves(m)


def _told(m: Matter, f: Fact) -> None:
    m.told.append(f)
    _answerable_moves(m)


def _answerable_moves(m: Matter) -> None:
    """The first asked stays answerable until the hand-over is accepted and the party told where."""
    if m.accepted_hand_over and any(t.data.get("of") == "section" for t in m.told):
        m.answerable = m.handler


def _guided(m: Matter, f: Fact) -> None:
    """Shown the way counts as told where to go."""
    said = {"of": "section", "section": f.data.get("section")}
    m.told.append(Fact(f.seq, "party_told", f.at, f.recorded_at, f.by, said))
    _answerable_moves(m)


def _promised(m: Matter, f: Fact) -> None:
    m.promised = m.promised or f


def _consulted(m: Matter, f: Fact) -> None:
    m.consulted = f


def _rated(m: Matter, f: Fact) -> None:
    m.rating = int(f.data["level"]) if m.rating is None else m.rating


def _reopened(m: Matter, f: Fact) -> None:
    m.state, m.ended_at, m.ended_seq = MatterState.IN_HAND, None, None
    m.answerable = m.handler


_KEEPERS: Mapping[str, Callable[[Matter, Fact], None]] = {
    "received": _received,
    "first_asked": _first_asked,
    "reclassified": _reclassified,
    "accepted": _accepted,
    "notice_issued": _notice,
    "material_received": _material,
    "materials_complete": _complete,
    "assigned": _assigned,
    "handed_over": _handed_over,
    "hand_over_accepted": _hand_over_accepted,
    "party_told": _told,
    "guided": _guided,
    "date_promised": _promised,
    "extension_requested": lambda m, f: m.requests.append(f),
    "extension_granted": lambda m, f: m.decisions.append(f),
    "extension_refused": lambda m, f: m.decisions.append(f),
    "consulted": _consulted,
    "rated": _rated,
    "reopened": _reopened,
    "note": lambda m, f: m.notes.append(str(f.data.get("note", ""))),
}


def applies_to_matter(edition: Edition, rule: Commitment, matter: Matter) -> bool:
    """Whether a rule looks at this matter as it now stands."""
    service = edition.service(matter.service) if matter.service else None
    return applies(rule.applies_to, matter.kind, matter.data, matter.service, service)
