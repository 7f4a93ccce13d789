"""Every verb once: who does it, to which matter, typing what, and the fact that is recorded."""

from collections.abc import Callable
from typing import Any

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.cases.models import Case
from tests.cases.conftest import Hall

AT = "2026-09-28 09:10:00"


def in_hand(hall: Hall) -> Case:
    return hall.in_hand(AT)


def complete(hall: Hall) -> Case:
    case = in_hand(hall)
    return actions.mark_complete(hall.on(case.stream, "wang", "2026-09-28 10:00:00"))


def noticed(hall: Hall) -> Case:
    case = in_hand(hall)
    return actions.issue_notice(
        hall.on(case.stream, "wang", AT), NoticeForm(["licence-copy", "nameplate-photo"])
    )


def enquiry(hall: Hall) -> Case:
    return hall.ask(AT, kind="enquiry", service="", words="电梯年检多久一次", section="window")


def from_the_web(hall: Hall) -> Case:
    return hall.ask(AT, who="party", channel="web")


def handed(hall: Hall) -> Case:
    case = hall.ask(AT)
    return actions.hand_over(hall.on(case.stream, "zhou", AT), hall.cast.units["metrology"])


def taken_over(hall: Hall) -> Case:
    return actions.accept_hand_over(hall.on(handed(hall).stream, "wang", AT))


def with_leader(hall: Hall) -> Case:
    return actions.refer_to_leader(hall.on(in_hand(hall).stream, "wang", AT), "请示")


def in_study(hall: Hall) -> Case:
    return actions.refer_for_study(hall.on(in_hand(hall).stream, "wang", AT), "研究")


def requested(hall: Hall) -> Case:
    on = hall.on(complete(hall).stream, "wang", "2026-09-28 10:10:00")
    return actions.request_extension(on, "handle-in-time", "2 working days", "equipment", "砝码送检")


def granted(hall: Hall) -> Case:
    return actions.grant_extension(hall.on(requested(hall).stream, "chen", "2026-09-28 10:20:00"))


def relayed(hall: Hall) -> Case:
    return actions.relay(hall.on(in_hand(hall).stream, "wang", AT), "省计量院", "letter", "请协助")


def repeat(hall: Hall) -> Case:
    in_hand(hall)
    return hall.in_hand("2026-09-28 09:30:00")


def ended(hall: Hall) -> Case:
    return actions.complete(hall.on(complete(hall).stream, "wang", "2026-09-28 10:10:00"), "已检定")


def rated_badly(hall: Hall) -> Case:
    return actions.rate(hall.on(ended(hall).stream, "party", "2026-09-28 10:20:00"), 1, "太慢")


def appealed(hall: Hall) -> Case:
    return actions.appeal_rating(
        hall.on(rated_badly(hall).stream, "zhao", "2026-09-28 10:30:00"), "mistaken", "误评"
    )


def disputed(hall: Hall) -> Case:
    return actions.dispute(
        hall.on(ended(hall).stream, "party", "2026-09-28 10:20:00"), "not_solved", "还是不准"
    )


def answered_for_all(hall: Hall) -> Case:
    second = repeat(hall)
    first = Case.objects.exclude(pk=second.pk).get()
    actions.merge(hall.on(second.stream, "wang", "2026-09-28 09:40:00"), first.number, "phone")
    actions.mark_complete(hall.on(first.stream, "wang", "2026-09-28 10:00:00"))
    return actions.complete(hall.on(first.stream, "wang", "2026-09-28 10:10:00"), "已检定")


Make = Callable[[Hall], Case]
DONE: dict[str, tuple[str, Make, dict[str, Any], str]] = {
    "take_up": ("zhou", from_the_web, {"section": "metrology"}, "first_asked"),
    "accept": ("wang", in_hand, {}, "accepted"),
    "refuse_acceptance": ("wang", in_hand, {"reasons": ["out_of_remit"], "words": "不属本局职权"}, "not_accepted"),
    "issue_notice": ("wang", in_hand, {"materials": ["licence-copy"], "form": "written"}, "notice_issued"),
    "receive_materials": ("wang", noticed, {"materials": ["licence-copy"]}, "material_received"),
    "mark_complete": ("wang", in_hand, {}, "materials_complete"),
    "hand_over": ("wang", in_hand, {"section": "standards", "reason": "misrouted"}, "handed_over"),
    "accept_hand_over": ("wang", handed, {}, "hand_over_accepted"),
    "tell_section": ("zhou", taken_over, {"way": "phone", "phone_given": "on"}, "party_told"),
    "assign": ("zhao", in_hand, {"person": "li"}, "assigned"),
    "refer_to_leader": ("wang", in_hand, {"words": "是否属首次检定"}, "referred_to_leader"),
    "record_leader_decision": ("chen", with_leader, {"words": "按首次检定办理"}, "leader_decided"),
    "refer_for_study": ("wang", in_hand, {"words": "改造后的型号"}, "referred_for_study"),
    "finish_study": ("wang", in_study, {"words": "按原型号"}, "study_done"),
    "request_extension": ("wang", complete, {"rule": "handle-in-time", "days": "2", "reason": "equipment", "words": "送检"},
                          "extension_requested"),
    "grant_extension": ("chen", requested, {}, "extension_granted"),
    "refuse_extension": ("chen", requested, {"words": "可以按时"}, "extension_refused"),
    "tell_extension": ("wang", granted, {"way": "phone"}, "party_told"),
    "explain": ("wang", in_hand, {"reason": "progress", "words": "正在排期"}, "explained"),
    "guide": ("zhou", enquiry, {"section": "standards", "way": "give_number"}, "guided"),
    "answer": ("zhou", enquiry, {"words": "每年一次", "way": "in_person"}, "answered"),
    "complete": ("wang", complete, {"words": "合格", "result": "certificate"}, "completed"),
    "decline": ("wang", complete, {"reasons": ["failed_inspection"], "words": "示值超差"}, "declined"),
    "withdraw": ("wang", in_hand, {"words": "不办了"}, "withdrawn"),
    "correct": ("zhao", in_hand, {"seq": "1", "reason": "wrong_time", "right_at": "2026-09-28T09:00", "words": "登记迟了"},
                "corrected"),
    "add_note": ("wang", in_hand, {"words": "下午来取"}, "note"),
    "return_hand_over": ("wang", handed, {"reason": "not_ours", "words": "属标准化科"}, "returned"),
    "consult": ("wang", in_hand, {"words": "首次检定如何界定，问省局"}, "consulted"),
    "tell_party": ("wang", in_hand, {"of": "delay", "way": "phone", "words": "砝码送检"}, "party_told"),
    "appoint": ("wang", in_hand, {"date": "2026-09-30T09:00", "words": "上门检定"}, "appointed"),
    "defer": ("wang", in_hand, {"to": "2026-10-09T09:00", "reason": "equipment", "way": "phone"}, "party_told"),
    "record_visit": ("wang", in_hand, {"words": "来问进度"}, "visited"),
    "relay": ("wang", in_hand, {"to": "省计量院", "way": "letter", "words": "请协助检定"}, "relayed"),
    "record_relay_answer": ("wang", relayed, {"words": "可以协助"}, "relay_answered"),
    "transfer_out": ("wang", in_hand, {"to": "市供水公司", "way": "phone", "words": "属供水公司职责"}, "transferred_out"),
    "merge": ("wang", repeat, {"number": "FIRST", "way": "phone"}, "merged"),
    "tell_askers": ("wang", answered_for_all, {"way": "phone", "words": "每年一次"}, "party_told"),
    "return_visit": ("sun", ended, {"way": "phone", "heard": "satisfied", "words": "满意"}, "return_visited"),
    "record_rating": ("sun", ended, {"level": "2", "channel": "phone", "words": "太慢"}, "rated"),
    "contact_rater": ("zhao", rated_badly, {"way": "phone", "words": "嫌跑两趟"}, "party_told"),
    "remedy": ("zhao", rated_badly, {"words": "改为一次告知，已电话反馈"}, "remedied"),
    "appeal_rating": ("zhao", rated_badly, {"reason": "mistaken", "words": "评的是另一件"}, "rating_appealed"),
    "decide_rating_appeal": ("sun", appealed, {"decision": "upheld", "words": "核实属实"}, "rating_appeal_decided"),
    "dispute": ("zhou", ended, {"reason": "not_solved", "channel": "phone", "words": "还是不准"}, "disputed"),
    "answer_dispute": ("zhao", disputed, {"words": "复测合格，附数据"}, "explained"),
    "reopen": ("zhao", disputed, {"reason": "dispute_upheld", "words": "复检"}, "reopened"),
    "close": ("wang", ended, {}, "closed"),
}  # fmt: skip
"""Verb -> who does it, to which matter, typing what, and the fact that is recorded."""
