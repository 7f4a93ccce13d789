"""What may be done with a matter now, and why not. The page and the action ask the same table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shounuo.rules.edition import Edition
from shounuo.rules.engine.matter import ANSWERED_KINDS, Matter
from shounuo.rules.judgement import Clock, ClockState, MatterState, Reason, Verb


@dataclass(frozen=True, slots=True)
class Situation:
    """What a precondition may look at."""

    matter: Matter
    clocks: Sequence[Clock]
    edition: Edition

    def live(self) -> list[Clock]:
        """Clocks that neither ended nor fell void."""
        return [c for c in self.clocks if c.ended_at is None]

    def breached(self) -> bool:
        """Whether a clock that could have been extended is breached: then it never is any more."""
        rules = self.edition.pack.commitments
        return any(c.state is ClockState.BREACHED and rules[c.rule].extension for c in self.live())

    def extendable(self) -> list[Clock]:
        """Live clocks whose rule allows an extension and that are not breached."""
        rules = self.edition.pack.commitments
        return [c for c in self.live() if rules[c.rule].extension and c.state is ClockState.RUNNING]

    def most_extensions(self, clock: Clock) -> int:
        """How many extensions a clock's rule allows."""
        rule = self.edition.pack.commitments[clock.rule].extension
        return int(self.edition.resolve(rule.at_most, clock.started_at.date())) if rule else 0

    def pending_request(self) -> bool:
        """Whether an extension was asked for and not yet decided."""
        return len(self.matter.requests) > len(self.matter.decisions)


Precondition = Callable[[Situation], Reason | None]


def _open(s: Situation) -> Reason | None:
    return Reason("ended", {"state": s.matter.state.value}) if s.matter.ended else None


def _nobody_asked_yet(s: Situation) -> Reason | None:
    return Reason("already_taken_up") if s.matter.first_asked else None


def _application(s: Situation) -> Reason | None:
    return Reason("only_applications") if s.matter.kind in ANSWERED_KINDS else None


def _enquiry(s: Situation) -> Reason | None:
    return None if s.matter.kind in ANSWERED_KINDS else Reason("only_enquiries")


def _not_accepted_yet(s: Situation) -> Reason | None:
    return Reason("already_accepted") if s.matter.accepted or s.matter.complete else None


def _waiting(s: Situation) -> Reason | None:
    return None if s.matter.state is MatterState.WAITING else Reason("nothing_asked_for")


def _not_complete(s: Situation) -> Reason | None:
    return Reason("already_complete") if s.matter.complete else None


def _papers_complete(s: Situation) -> Reason | None:
    if s.matter.state is MatterState.WAITING:
        return Reason("waiting_for_materials", {"missing": list(s.matter.missing)})
    return None if s.matter.complete else Reason("materials_not_complete")


def _accepted_first(s: Situation) -> Reason | None:
    return None if s.matter.accepted or s.matter.complete else Reason("not_accepted_yet")


def _no_hand_over_pending(s: Situation) -> Reason | None:
    return Reason("hand_over_pending") if s.matter.handing_to else None


def _hand_over_pending(s: Situation) -> Reason | None:
    return None if s.matter.handing_to else Reason("no_hand_over_pending")


def _handed_to_tell(s: Situation) -> Reason | None:
    if not (s.matter.handing_to or s.matter.accepted_hand_over):
        return Reason("nothing_handed_over")
    told = any(t.data.get("of") == "section" for t in s.matter.told)
    return Reason("already_told") if told else None


def _not_with_leader(s: Situation) -> Reason | None:
    return Reason("already_with_leader") if s.matter.state is MatterState.WITH_LEADER else None


def _with_leader(s: Situation) -> Reason | None:
    return None if s.matter.state is MatterState.WITH_LEADER else Reason("not_with_leader")


def _not_in_study(s: Situation) -> Reason | None:
    return Reason("already_in_study") if s.matter.state is MatterState.IN_STUDY else None


def _in_study(s: Situation) -> Reason | None:
    return None if s.matter.state is MatterState.IN_STUDY else Reason("not_in_study")


def _can_promise(s: Situation) -> Reason | None:
    if s.matter.promised:
        return Reason("already_promised", {"date": str(s.matter.promised.data.get("date"))})
    rules = s.edition.pack.commitments
    running = any(any(w.by == "promised_date" for w in rules[c.rule].within) for c in s.live())
    return None if running else Reason("no_promise_here")


def _can_request(s: Situation) -> Reason | None:
    if s.pending_request():
        return Reason("request_pending")
    live = s.extendable()
    if not live:
        return Reason("breached_never_extended" if s.breached() else "no_clock_to_extend")
    if any(sum(e.valid for e in c.extensions) < s.most_extensions(c) for c in live):
        return None
    return Reason("too_many_extensions", {"at_most": max(map(s.most_extensions, live))})


def _request_pending(s: Situation) -> Reason | None:
    if not s.pending_request():
        return Reason("no_request")
    rule = s.matter.requests[-1].data.get("rule")
    if s.breached() and not any(rule in (None, c.rule) for c in s.extendable()):
        return Reason("breached_never_extended")
    return None


def _granted_untold(s: Situation) -> Reason | None:
    waits = any(e.granted_at and not e.told_at and not e.valid for c in s.live() for e in c.extensions)
    return None if waits else Reason("nothing_granted_to_tell")


def _ended(s: Situation) -> Reason | None:
    return None if s.matter.ended else Reason("not_ended")


def _can_rate(s: Situation) -> Reason | None:
    if s.matter.rating is not None:
        return Reason("already_rated")
    return Reason("withdrawn") if s.matter.state is MatterState.WITHDRAWN else None


def second_notice(s: Situation) -> Reason | None:
    """A warning, not a bar: a second notice without a new requirement is kept as a breach."""
    first = next((n for n in s.matter.notices if not n.data.get("new_requirement")), None)
    return Reason("second_notice_is_a_breach", {"first": first.at}) if first else None


PRECONDITIONS: Mapping[str, tuple[Precondition, ...]] = {
    "take_up": (_open, _nobody_asked_yet),
    "accept": (_open, _application, _not_accepted_yet),
    "refuse_acceptance": (_open, _application, _not_accepted_yet),
    "issue_notice": (_open,),
    "receive_materials": (_open, _waiting),
    "mark_complete": (_open, _application, _not_complete),
    "hand_over": (_open, _no_hand_over_pending),
    "accept_hand_over": (_open, _hand_over_pending),
    "tell_section": (_open, _handed_to_tell),
    "assign": (_open,),
    "refer_to_leader": (_open, _not_with_leader),
    "record_leader_decision": (_open, _with_leader),
    "refer_for_study": (_open, _not_in_study),
    "finish_study": (_open, _in_study),
    "promise_date": (_open, _can_promise),
    "request_extension": (_open, _can_request),
    "grant_extension": (_open, _request_pending),
    "refuse_extension": (_open, _request_pending),
    "tell_extension": (_open, _granted_untold),
    "explain": (_open,),
    "guide": (_open,),
    "answer": (_open, _enquiry),
    "complete": (_open, _application, _papers_complete),
    "decline": (_open, _application, _accepted_first),
    "withdraw": (_open,),
    "rate": (_ended, _can_rate),
    "correct": (),
    "add_note": (),
}
"""Verb -> what must hold, in the order in which reasons are given."""

WARNINGS: Mapping[str, Precondition] = {"issue_notice": second_notice}


def verbs(situation: Situation) -> dict[str, Verb]:
    """Every verb with whether it is allowed now and, if not, the first reason why."""
    return {name: verb(name, situation) for name in PRECONDITIONS}


def verb(name: str, situation: Situation) -> Verb:
    """One verb, allowed or with the first reason why not."""
    why = next((r for condition in PRECONDITIONS[name] if (r := condition(situation))), None)
    warn = WARNINGS.get(name)
    return Verb(name, why is None, why, warn(situation) if warn and why is None else None)
