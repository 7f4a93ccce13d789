"""Which form asks for which verb. ``rate`` has none: it is the party's."""

from collections.abc import Mapping

from shounuo.cases.forms import handling, moving, time
from shounuo.cases.forms.base import VerbForm
from shounuo.cases.forms.notice import IssueNotice

FORMS: Mapping[str, type[VerbForm]] = {
    "take_up": moving.TakeUp,
    "accept": handling.Accept,
    "refuse_acceptance": handling.RefuseAcceptance,
    "issue_notice": IssueNotice,
    "receive_materials": handling.ReceiveMaterials,
    "mark_complete": handling.MarkComplete,
    "hand_over": moving.HandOver,
    "accept_hand_over": moving.AcceptHandOver,
    "tell_section": moving.TellSection,
    "assign": moving.Assign,
    "refer_to_leader": moving.ReferToLeader,
    "record_leader_decision": moving.LeaderDecision,
    "refer_for_study": moving.ReferForStudy,
    "finish_study": moving.FinishStudy,
    "promise_date": time.PromiseDate,
    "request_extension": time.RequestExtension,
    "grant_extension": time.GrantExtension,
    "refuse_extension": time.RefuseExtension,
    "tell_extension": time.TellExtension,
    "explain": handling.Explain,
    "guide": moving.Guide,
    "answer": handling.Answer,
    "complete": handling.Complete,
    "decline": handling.Decline,
    "withdraw": handling.Withdraw,
    "correct": handling.Correct,
    "add_note": handling.AddNote,
}
