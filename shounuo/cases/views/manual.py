"""How the desk works, for those who work at it: a day, the verbs, the keys, the marks and states."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from shounuo.cases import access, waiting
from shounuo.cases.models import State
from shounuo.cases.verb_words import VERBS, Label, VerbWords
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page

STATES: dict[State, Label] = {
    State.RECEIVED: lazy("登记了，还没有人受理。谁接下，谁就是首问责任人。"),
    State.WAITING: lazy("已一次性告知缺什么；办理时限暂停，材料补齐后接着办。"),
    State.IN_HAND: lazy("有人承办，时限在走。"),
    State.WITH_LEADER: lazy("等分管领导批示；批示另有时限，原来的时限照走。"),
    State.IN_STUDY: lazy("在研究；研究另有时限。"),
    State.ANSWERED: lazy("咨询、建议已答复当事人，时限到此为止。"),
    State.COMPLETED: lazy("结果已告知当事人，时限到此为止。"),
    State.DECLINED: lazy("写明理由后终结；当事人可以提出异议。"),
    State.NOT_ACCEPTED: lazy("申请不予受理，理由已告知。"),
    State.WITHDRAWN: lazy("当事人自己撤回，时限作废。"),
    State.TRANSFERRED_OUT: lazy("不归本单位管，已转给有权的单位并告知当事人。"),
    State.MERGED: lazy("同一件事再次提出，随较早的那一件办理。"),
}
"""State -> what it means for whoever reads it."""

CHIPS: dict[str, Label] = {
    "running": lazy("时限在走，离到期还有两个工作日以上。"),
    "at_risk": lazy("两个工作日内到期。"),
    "paused": lazy("依法暂停，暂停的时间不计。"),
    "met": lazy("在到期以前做到了。"),
    "met_late": lazy("做到了，但已过到期；仍记为违诺。"),
    "breached": lazy("过了到期还没有做到。记录不能抹去，越早办结越好。"),
    "void": lazy("不再计，例如当事人撤回。"),
    "provisional": lazy("到期日落在还没有公布放假安排的年份，公布后会重算。"),
    "no_evidence": lazy("没有在走的时限，或者还没有可以判断的记录。"),
}
"""Chip -> what it means."""

GROUPS: dict[Label, tuple[str, ...]] = {
    lazy("接待和受理"): (
        "take_up", "guide", "accept", "refuse_acceptance", "issue_notice", "receive_materials", "mark_complete",
        "appoint", "record_visit",
    ),
    lazy("流转"): (
        "hand_over", "accept_hand_over", "return_hand_over", "tell_section", "assign", "refer_to_leader",
        "record_leader_decision", "refer_for_study", "finish_study", "consult", "relay", "record_relay_answer",
    ),
    pgettext_lazy("part of the work", "时限"): (
        "promise_date", "request_extension", "grant_extension", "refuse_extension", "tell_extension", "defer",
    ),
    pgettext_lazy("part of the work", "办结"): (
        "answer", "complete", "restore", "arrive", "explain", "tell_party", "decline", "transfer_out", "merge",
        "withdraw", "tell_askers", "close",
    ),
    lazy("办完以后"): (
        "return_visit", "record_rating", "contact_rater", "remedy", "appeal_rating", "decide_rating_appeal",
        "dispute", "answer_dispute", "reopen",
    ),
    lazy("记录"): ("add_note", "correct"),
}  # fmt: skip
"""Part of the work -> its verbs. Rating is the citizen's and stands nowhere here."""


@dataclass(frozen=True, slots=True)
class Part:
    """The verbs of one part of the work."""

    title: Label
    verbs: tuple[VerbWords, ...]


@require_safe
@staff_page
def manual(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The desk's manual; its first part speaks to the reader's posts."""
    page = {
        "parts": [Part(title, tuple(VERBS[verb] for verb in verbs)) for title, verbs in GROUPS.items()],
        "states": [(state.label, words) for state, words in STATES.items()],
        "chips": list(CHIPS.items()),
        "registers": access.registers(actor),
        "handles": bool({"handler", "section_head"} & actor.acting_roles),
        "decides": waiting.decides(actor),
        "arranges": "administrator" in actor.roles,
    }
    return render(request, "cases/manual.html", page)
