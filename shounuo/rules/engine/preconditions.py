"""What must hold for each verb of a matter: one short question each, answered with a reason or with nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shounuo.rules.edition import Edition
from shounuo.rules.engine.keeping import told_where
from shounuo.rules.engine.matter import ANSWERED_KINDS, Matter
from shounuo.rules.judgement import Clock, ClockState, MatterState, Reason

REPAIR = "repair"
"""The kind that ends with the restoration; it needs no acceptance and no papers."""


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


def still_open(s: Situation) -> Reason | None:
    return Reason("ended", {"state": s.matter.state.value}) if s.matter.ended else None


def nobody_asked_yet(s: Situation) -> Reason | None:
    return Reason("already_taken_up") if s.matter.first_asked else None


def application(s: Situation) -> Reason | None:
    return None if s.matter.kind not in (*ANSWERED_KINDS, REPAIR) else Reason("only_applications")


def repair(s: Situation) -> Reason | None:
    return None if s.matter.kind == REPAIR else Reason("only_repairs")


def not_answered_kind(s: Situation) -> Reason | None:
    return Reason("ends_with_answer") if s.matter.kind in ANSWERED_KINDS else None


def enquiry(s: Situation) -> Reason | None:
    return None if s.matter.kind in ANSWERED_KINDS else Reason("only_enquiries")


def not_accepted_yet(s: Situation) -> Reason | None:
    return Reason("already_accepted") if s.matter.accepted or s.matter.complete else None


def asked_for_papers(s: Situation) -> Reason | None:
    waits = s.matter.missing or s.matter.asked_besides or s.matter.state is MatterState.WAITING
    return None if waits else Reason("nothing_asked_for")


def not_complete(s: Situation) -> Reason | None:
    return Reason("already_complete") if s.matter.complete else None


def papers_complete(s: Situation) -> Reason | None:
    if s.matter.state is MatterState.WAITING:
        return Reason("waiting_for_materials", {"missing": list(s.matter.missing)})
    return None if s.matter.complete else Reason("materials_not_complete")


def accepted_first(s: Situation) -> Reason | None:
    return (
        None
        if s.matter.kind == REPAIR or s.matter.accepted or s.matter.complete
        else Reason("not_accepted_yet")
    )


def no_hand_over_pending(s: Situation) -> Reason | None:
    return Reason("hand_over_pending") if s.matter.handing_to else None


def hand_over_pending(s: Situation) -> Reason | None:
    return None if s.matter.handing_to else Reason("no_hand_over_pending")


def handed_to_tell(s: Situation) -> Reason | None:
    if not (s.matter.handing_to or s.matter.accepted_hand_over):
        return Reason("nothing_handed_over")
    return Reason("already_told") if told_where(s.matter) else None


def not_with_leader(s: Situation) -> Reason | None:
    return Reason("already_with_leader") if s.matter.state is MatterState.WITH_LEADER else None


def with_leader(s: Situation) -> Reason | None:
    return None if s.matter.state is MatterState.WITH_LEADER else Reason("not_with_leader")


def not_in_study(s: Situation) -> Reason | None:
    return Reason("already_in_study") if s.matter.state is MatterState.IN_STUDY else None


def in_study(s: Situation) -> Reason | None:
    return None if s.matter.state is MatterState.IN_STUDY else Reason("not_in_study")


def can_promise(s: Situation) -> Reason | None:
    if s.matter.promised:
        return Reason("already_promised", {"date": str(s.matter.promised.data.get("date"))})
    rules = s.edition.pack.commitments
    running = any(any(w.by == "promised_date" for w in rules[c.rule].within) for c in s.live())
    return None if running else Reason("no_promise_here")


def can_request(s: Situation) -> Reason | None:
    if s.pending_request():
        return Reason("request_pending")
    if not granted_untold(s):
        return Reason("granted_not_told")
    live = s.extendable()
    if not live:
        return Reason("breached_never_extended" if s.breached() else "no_clock_to_extend")
    if any(sum(e.valid for e in c.extensions) < s.most_extensions(c) for c in live):
        return None
    return Reason("too_many_extensions", {"at_most": max(map(s.most_extensions, live))})


def request_pending(s: Situation) -> Reason | None:
    if not s.pending_request():
        return Reason("no_request")
    rule = s.matter.requests[-1].data.get("rule")
    if s.breached() and not any(rule in (None, c.rule) for c in s.extendable()):
        return Reason("breached_never_extended")
    return None


def granted_untold(s: Situation) -> Reason | None:
    waits = any(e.to_tell for c in s.live() for e in c.extensions)
    return None if waits else Reason("nothing_granted_to_tell")


def has_ended(s: Situation) -> Reason | None:
    return None if s.matter.ended else Reason("not_ended")


def can_rate(s: Situation) -> Reason | None:
    if s.matter.rated is not None:
        return Reason("already_rated")
    if s.matter.state is MatterState.MERGED:
        return Reason("merged_is_rated_there", {"into": s.matter.merged_into})
    return Reason("withdrawn") if s.matter.state is MatterState.WITHDRAWN else None


def not_arrived(s: Situation) -> Reason | None:
    return Reason("already_arrived") if s.matter.arrived else None


def relay_pending(s: Situation) -> Reason | None:
    return None if len(s.matter.relays) > len(s.matter.relay_answers) else Reason("nothing_relayed")


def no_relay_pending(s: Situation) -> Reason | None:
    return Reason("relay_pending") if relay_pending(s) is None else None


def none_joined(s: Situation) -> Reason | None:
    return Reason("others_joined", {"numbers": list(s.matter.joined)}) if s.matter.joined else None


def askers_untold(s: Situation) -> Reason | None:
    if not s.matter.joined:
        return Reason("none_joined")
    since = s.matter.ended_at
    told = any(t.data.get("of") == "askers" and since and t.at >= since for t in s.matter.told)
    return Reason("askers_told") if told else None


def rated_badly(s: Situation) -> Reason | None:
    return None if s.matter.badly_rated else Reason("no_bad_rating")


def rater_not_told(s: Situation) -> Reason | None:
    return Reason("rater_told") if s.matter.rater_told else None


def not_remedied(s: Situation) -> Reason | None:
    return Reason("already_remedied") if s.matter.remedied else None


def not_appealed(s: Situation) -> Reason | None:
    return Reason("already_appealed") if s.matter.appealed else None


def appeal_pending(s: Situation) -> Reason | None:
    return None if s.matter.appealed and not s.matter.appeal_decided else Reason("no_appeal")


def can_dispute(s: Situation) -> Reason | None:
    if s.matter.disputed:
        return Reason("already_disputed")
    return Reason("withdrawn_not_disputed") if s.matter.state is MatterState.WITHDRAWN else None


def dispute_pending(s: Situation) -> Reason | None:
    return None if s.matter.disputed else Reason("no_dispute")


def can_close(s: Situation) -> Reason | None:
    if s.matter.closed:
        return Reason("already_closed")
    if s.matter.disputed:
        return Reason("dispute_pending")
    if appeal_pending(s) is None:
        return Reason("appeal_pending")
    return Reason("askers_not_told") if s.matter.joined and askers_untold(s) is None else None


def second_notice(s: Situation) -> Reason | None:
    """A warning, not a bar: a notice that could have been given before is kept as a breach and stops nothing."""
    first = next((n for n in s.matter.notices if not n.data.get("new_requirement")), None)
    if first:
        return Reason("second_notice_is_a_breach", {"first": first.at})
    return Reason("deemed_accepted", {"since": s.matter.deemed_at}) if s.matter.deemed_at else None


def ends_unheard(s: Situation) -> Reason | None:
    """A warning: something that was asked for is still open when the matter ends."""
    return Reason("relay_pending") if relay_pending(s) is None else None
