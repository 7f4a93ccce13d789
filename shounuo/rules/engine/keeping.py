"""What each kind of fact changes about where a matter stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shounuo.rules.facts import Fact
from shounuo.rules.judgement import MatterState

if TYPE_CHECKING:
    from shounuo.rules.engine.matter import Matter

PARTY = "party"
"""The actor id of the person who asked: they are never their own first asked."""


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
    """A lawful notice makes the matter wait for what it names; what another one names is only taken in if it comes."""
    m.notices.append(f)
    asked = tuple(f.data.get("materials") or ())
    if not asked or m.ended:
        return
    if m.lawful_notice(f):
        m.missing, m.complete, m.state = _joined(m.missing, asked), False, MatterState.WAITING
    else:
        m.asked_besides = _joined(m.asked_besides, asked)


def _joined(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def _material(m: Matter, f: Fact) -> None:
    came = f.data.get("materials") or ()
    m.missing = tuple(x for x in m.missing if x not in came)
    m.asked_besides = tuple(x for x in m.asked_besides if x not in came)


def _complete(m: Matter, f: Fact) -> None:
    m.complete, m.missing, m.asked_besides = True, (), ()


def deem_accepted(m: Matter, at: datetime) -> Fact:
    """No notice in time: from this moment the application counts as accepted as from receipt, its papers as
    complete (行政许可法 32). The fact that clocks may start from carries the moment of receipt.
    """
    assert m.received_at is not None
    m.accepted, m.deemed_at = True, at
    _complete(
        m, deemed := Fact(0, "accepted", at, at, "", {"deemed": True, "as_from": m.received_at.isoformat()})
    )
    if not m.ended:
        m.state = MatterState.IN_HAND
    return deemed


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


def _returned(m: Matter, f: Fact) -> None:
    """A hand-over sent back: the matter is where it was."""
    m.handing_to = None


def _told(m: Matter, f: Fact) -> None:
    m.told.append(f)
    m.rater_told = m.rater_told or (m.rated is not None and f.data.get("of") == "rating")
    _answerable_moves(m)


def told_where(m: Matter) -> bool:
    """Whether the party knows which section has the matter; by telephone only with its number (003-4/一.第四条.b)."""
    return any(t.data.get("of") == "section" and t.data.get("phone_given") is not False for t in m.told)


def _answerable_moves(m: Matter) -> None:
    """The first asked stays answerable until the hand-over is accepted and the party told where."""
    if m.accepted_hand_over and told_where(m) and not m.ended:
        m.answerable = m.handler


def _guided(m: Matter, f: Fact) -> None:
    """Shown the way counts as told where to go."""
    said: dict[str, Any] = {"of": "section", "section": f.data.get("section")}
    if f.data.get("way") == "give_number" and f.data.get("phone_given") is False:
        said["phone_given"] = False
    m.told.append(Fact(f.seq, "party_told", f.at, f.recorded_at, f.by, said))
    _answerable_moves(m)


def _promised(m: Matter, f: Fact) -> None:
    m.promised = m.promised or f


def _consulted(m: Matter, f: Fact) -> None:
    m.consulted = f


def _rated(m: Matter, f: Fact) -> None:
    m.rated = m.rated or f


def _set(name: str) -> Callable[[Matter, Fact], None]:
    """The last fact of a kind, kept under a name."""
    return lambda m, f: setattr(m, name, f)


def _yes(name: str) -> Callable[[Matter, Fact], None]:
    """That a kind of fact has happened."""
    return lambda m, f: setattr(m, name, True)


def _merged(m: Matter, f: Fact) -> None:
    m.merged_into = m.merged_into if m.ended else str(f.data["into"])


def _explained(m: Matter, f: Fact) -> None:
    if f.data.get("reason") == "dispute":
        m.disputed = None


def _referred(m: Matter, f: Fact) -> None:
    m.leader = f.data.get("leader") or m.leader


def _reopened(m: Matter, f: Fact) -> None:
    """The matter goes on where it was; what was said against its end is answered by that."""
    m.state, m.ended_at, m.ended_seq = MatterState.IN_HAND, None, None
    m.answerable, m.disputed, m.closed, m.merged_into = m.handler, None, False, None


KEEPERS: Mapping[str, Callable[[Matter, Fact], None]] = {
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
    "explained": _explained,
    "returned": _returned,
    "referred_to_leader": _referred,
    "arrived": _set("arrived"),
    "relayed": lambda m, f: m.relays.append(f),
    "relay_answered": lambda m, f: m.relay_answers.append(f),
    "appointed": _set("appointed"),
    "deferred": _set("appointed"),
    "merged": _merged,
    "joined": lambda m, f: m.joined.append(str(f.data["of"])),
    "rated": _rated,
    "remedied": _yes("remedied"),
    "rating_appealed": _set("appealed"),
    "rating_appeal_decided": _set("appeal_decided"),
    "disputed": _set("disputed"),
    "closed": _yes("closed"),
    "reopened": _reopened,
    "note": lambda m, f: m.notes.append(str(f.data.get("note", ""))),
}
