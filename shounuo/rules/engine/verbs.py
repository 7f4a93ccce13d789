"""What may be done with a matter now, and why not. The page and the action ask the same table."""

from __future__ import annotations

from collections.abc import Mapping

from shounuo.rules.engine import preconditions as p
from shounuo.rules.engine.preconditions import Precondition, Situation
from shounuo.rules.judgement import Verb

__all__ = ["PRECONDITIONS", "WARNINGS", "Situation", "verb", "verbs"]

PRECONDITIONS: Mapping[str, tuple[Precondition, ...]] = {
    "take_up": (p.still_open, p.nobody_asked_yet),
    "accept": (p.still_open, p.application, p.not_accepted_yet),
    "refuse_acceptance": (p.still_open, p.application, p.not_accepted_yet),
    "issue_notice": (p.still_open,),
    "receive_materials": (p.still_open, p.asked_for_papers),
    "mark_complete": (p.still_open, p.application, p.not_complete),
    "hand_over": (p.still_open, p.no_hand_over_pending),
    "accept_hand_over": (p.still_open, p.hand_over_pending),
    "return_hand_over": (p.still_open, p.hand_over_pending),
    "tell_section": (p.still_open, p.handed_to_tell),
    "assign": (p.still_open,),
    "refer_to_leader": (p.still_open, p.not_with_leader),
    "record_leader_decision": (p.still_open, p.with_leader),
    "refer_for_study": (p.still_open, p.not_in_study),
    "finish_study": (p.still_open, p.in_study),
    "consult": (p.still_open,),
    "promise_date": (p.still_open, p.can_promise),
    "request_extension": (p.still_open, p.can_request),
    "grant_extension": (p.still_open, p.request_pending),
    "refuse_extension": (p.still_open, p.request_pending),
    "tell_extension": (p.still_open, p.granted_untold),
    "explain": (p.still_open,),
    "guide": (p.still_open,),
    "tell_party": (p.still_open,),
    "appoint": (p.still_open,),
    "defer": (p.still_open,),
    "record_visit": (p.still_open,),
    "arrive": (p.still_open, p.repair, p.not_arrived),
    "restore": (p.still_open, p.repair),
    "relay": (p.still_open, p.no_relay_pending),
    "record_relay_answer": (p.still_open, p.relay_pending),
    "answer": (p.still_open, p.enquiry),
    "complete": (p.still_open, p.application, p.papers_complete),
    "decline": (p.still_open, p.not_answered_kind, p.accepted_first),
    "transfer_out": (p.still_open,),
    "merge": (p.still_open, p.none_joined),
    "withdraw": (p.still_open,),
    "tell_askers": (p.has_ended, p.askers_untold),
    "return_visit": (p.has_ended,),
    "rate": (p.has_ended, p.can_rate),
    "record_rating": (p.has_ended, p.can_rate),
    "contact_rater": (p.rated_badly, p.rater_not_told),
    "remedy": (p.rated_badly, p.not_remedied),
    "appeal_rating": (p.rated_badly, p.not_appealed),
    "decide_rating_appeal": (p.appeal_pending,),
    "dispute": (p.has_ended, p.can_dispute),
    "answer_dispute": (p.has_ended, p.dispute_pending),
    "reopen": (p.has_ended,),
    "close": (p.has_ended, p.can_close),
    "correct": (),
    "add_note": (),
}
"""Verb -> what must hold, in the order in which reasons are given."""

WARNINGS: Mapping[str, Precondition] = {
    "issue_notice": p.second_notice,
    "answer": p.ends_unheard,
    "complete": p.ends_unheard,
    "transfer_out": p.ends_unheard,
}


def verbs(situation: Situation) -> dict[str, Verb]:
    """Every verb with whether it is allowed now and, if not, the first reason why."""
    return {name: verb(name, situation) for name in PRECONDITIONS}


def verb(name: str, situation: Situation) -> Verb:
    """One verb, allowed or with the first reason why not."""
    why = next((r for condition in PRECONDITIONS[name] if (r := condition(situation))), None)
    warn = WARNINGS.get(name)
    return Verb(name, why is None, why, warn(situation) if warn and why is None else None)
