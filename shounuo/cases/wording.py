"""What verbs, codes and people are called. Words only; nothing here decides anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Label: TypeAlias = "str | _StrPromise"
"""Words now, or when they are shown."""


@dataclass(frozen=True, slots=True)
class VerbWords:
    """A verb's button, what doing it means, its key at the desk, and whether it cannot be taken back."""

    title: Label
    does: Label
    key: str = ""
    grave: bool = False


VERBS: Mapping[str, VerbWords] = {
    "complete": VerbWords(pgettext_lazy("verb", "办结并告知"), lazy("记下结果，时限到此为止。"), "f", True),
    "answer": VerbWords(pgettext_lazy("verb", "答复"), lazy("答复当事人，咨询到此办结。"), "f", True),
    "accept_hand_over": VerbWords(
        pgettext_lazy("verb", "接收移交"), lazy("由您承办；告知当事人后，责任也随之转来。"), "c"
    ),
    "take_up": VerbWords(
        pgettext_lazy("verb", "接下，任首问责任人"),
        lazy("从现在起由您对当事人负责，直到答复或交接清楚。"),
        "u",
    ),
    "accept": VerbWords(pgettext_lazy("verb", "受理"), lazy("申请进入办理；材料齐全后开始计时。"), "a"),
    "mark_complete": VerbWords(
        pgettext_lazy("verb", "确认材料齐全"), lazy("办理时限从现在起算，或重新起算。"), "m"
    ),
    "issue_notice": VerbWords(
        pgettext_lazy("verb", "一次性告知"), lazy("列出全部所缺材料，打印告知书；时限暂停到补齐为止。"), "t"
    ),
    "receive_materials": VerbWords(
        pgettext_lazy("verb", "收材料"), lazy("记下交来的几份；全部补齐时请用“确认材料齐全”。"), "r"
    ),
    "hand_over": VerbWords(
        pgettext_lazy("verb", "移交科室"), lazy("对方接收并告知当事人之前，责任仍在您这里。"), "h"
    ),
    "tell_section": VerbWords(
        pgettext_lazy("verb", "告知当事人承办科室"), lazy("告知由哪个科室办理；电话告知的，说明号码。"), "i"
    ),
    "assign": VerbWords(pgettext_lazy("verb", "分派承办人"), lazy("在本科室内指定由谁承办。"), "s"),
    "refer_to_leader": VerbWords(pgettext_lazy("verb", "请示分管领导"), lazy("另起请示时限。"), "l"),
    "record_leader_decision": VerbWords(
        pgettext_lazy("verb", "作出批示"), lazy("写明意见，交回承办人继续办理。"), "d"
    ),
    "refer_for_study": VerbWords(pgettext_lazy("verb", "提交研究"), lazy("另起研究时限。"), "b"),
    "finish_study": VerbWords(pgettext_lazy("verb", "研究完毕"), lazy("记下研究结论，继续办理。"), "v"),
    "promise_date": VerbWords(
        pgettext_lazy("verb", "承诺答复日期"), lazy("告诉当事人哪一天之前答复；只作一次，不能改晚。"), "p"
    ),
    "request_extension": VerbWords(
        pgettext_lazy("verb", "申请延期"), lazy("届满前提出、批准并告知当事人，三样都到才生效。"), "e"
    ),
    "grant_extension": VerbWords(
        pgettext_lazy("verb", "批准延期"), lazy("按申请的长度批准；承办人告知当事人后生效。"), "y"
    ),
    "refuse_extension": VerbWords(pgettext_lazy("verb", "不予延期"), lazy("原定到期日不变。"), "z"),
    "tell_extension": VerbWords(
        pgettext_lazy("verb", "告知当事人延期"), lazy("告知延期和理由；从此按新的到期日计算。"), "o"
    ),
    "explain": VerbWords(
        pgettext_lazy("verb", "向当事人说明"), lazy("说明办到哪里、为什么，不办结事项。"), "x"
    ),
    "guide": VerbWords(pgettext_lazy("verb", "指引到科室"), lazy("指明、带到，或告知号码。"), "g"),
    "decline": VerbWords(pgettext_lazy("verb", "不予办理"), lazy("写明理由，申请到此终结。"), "", True),
    "refuse_acceptance": VerbWords(
        pgettext_lazy("verb", "不予受理"), lazy("写明理由并告知当事人，申请到此终结。"), "", True
    ),
    "withdraw": VerbWords(
        pgettext_lazy("verb", "当事人撤回"), lazy("事项终结，正在走的时限全部作废。"), "", True
    ),
    "correct": VerbWords(
        pgettext_lazy("verb", "更正记录"), lazy("原记录保留，更正写在旁边；时限按更正后的重算。"), "q"
    ),
    "add_note": VerbWords(pgettext_lazy("verb", "内部备注"), lazy("只有本单位看得到。"), "w"),
    "rate": VerbWords(pgettext_lazy("verb", "评价"), lazy("由当事人凭受理号和查询码评价。")),
}
"""Verb -> its words, in the order in which buttons stand."""

RELATIONS: Mapping[str, Label] = {
    "handler": lazy("承办人"),
    "section_head": lazy("科室负责人"),
    "answerable": lazy("首问责任人"),
    "answerable_clerk": lazy("首问责任人"),
    "first_asked_clerk": lazy("首问岗"),
    "section_member": lazy("承办科室人员"),
    "receiving_member": lazy("接收科室人员"),
    "leader_in_charge": lazy("分管领导"),
    "service_office": lazy("归口管理部门"),
    "duty_supervisor": lazy("值班主任"),
    "party": lazy("当事人"),
}
"""What somebody is to a matter, in words."""

FIELDS: Mapping[str, Label] = {
    "basis": lazy("依据"),
    "limit": lazy("时限"),
    "procedure": lazy("程序"),
    "all_materials": lazy("全部材料"),
    "refusal_reasons": lazy("不予受理的理由"),
    "form": lazy("告知形式"),
    "oral_reason": lazy("口头告知的理由"),
    "call_note": lazy("谈话或通话记录"),
    "reason": lazy("理由"),
    "by_how_much": lazy("延长多少"),
}
"""Fields of facts that checks ask for."""

WAYS: Mapping[str, Label] = {
    "in_person": lazy("当面"), "phone": lazy("电话"), "message": lazy("短信"), "letter": lazy("书面"),
    "mail": lazy("电子邮件"), "web": lazy("网上"),
}  # fmt: skip
GUIDE_WAYS: Mapping[str, Label] = {
    "point_out": lazy("指明位置"), "lead_there": lazy("带到科室"), "give_number": lazy("告知号码"),
}  # fmt: skip
ORAL_REASONS: Mapping[str, Label] = {
    "phone_enquiry": lazy("电话咨询"), "can_be_told_orally": lazy("事情简单，可以口头告知"),
}  # fmt: skip
NEW_REQUIREMENTS: Mapping[str, Label] = {
    "rule_changed": lazy("规定在首次告知之后有变化"),
    "facts_changed": lazy("申请内容或情况在首次告知之后有变化"),
    "found_on_site": lazy("现场检查才能发现的问题"),
}
EXTENSION_REASONS: Mapping[str, Label] = {
    "complicated": lazy("情况复杂"), "equipment": lazy("设备或技术原因"), "third_party": lazy("等待其他单位"),
    "party_asked": lazy("当事人要求"), "force_majeure": lazy("不可抗力"), "other": lazy("其他"),
}  # fmt: skip
EXPLAIN_REASONS: Mapping[str, Label] = {
    "progress": lazy("说明进展"), "not_on_the_spot": lazy("不能当场答复，说明原因"),
    "unclear": lazy("规定不明，需要请示"), "delay": lazy("说明延误的原因"),
}  # fmt: skip
NO_ACCEPTANCE_REASONS: Mapping[str, Label] = {
    "not_required": lazy("依法不需要办理"), "out_of_remit": lazy("不属于本单位职权"),
    "not_eligible": lazy("申请人不具备资格"), "incomplete": lazy("逾期未补齐材料"), "other": lazy("其他"),
}  # fmt: skip
DECLINE_REASONS: Mapping[str, Label] = {
    "conditions_not_met": lazy("不符合法定条件"), "failed_inspection": lazy("检验、检定或审查不合格"),
    "false_materials": lazy("材料不实"), "other": lazy("其他"),
}  # fmt: skip
HAND_OVER_REASONS: Mapping[str, Label] = {
    "their_remit": lazy("属于该科室职责"), "misrouted": lazy("原先分错"), "other": lazy("其他"),
}  # fmt: skip
RESULTS: Mapping[str, Label] = {
    "granted": lazy("准予"), "certificate": lazy("发证"), "done": lazy("已办好"), "failed": lazy("结果不合格，已出具通知"),
}  # fmt: skip
CORRECTION_REASONS: Mapping[str, Label] = {
    "wrong_time": lazy("时间登记有误"), "wrong_entry": lazy("内容登记有误"), "other": lazy("其他"),
}  # fmt: skip
MATERIAL_FORMS: Mapping[str, Label] = {
    "original": lazy("原件"), "copy": lazy("复印件"), "original_and_copy": lazy("原件和复印件"),
    "electronic": lazy("电子件"), "form": lazy("表格"),
}  # fmt: skip


ANONYMOUS = lazy("不留姓名")
PAPER_ASKED = lazy("已告知补交")


def say_date(day: date) -> str:
    """10月13日; the format is translated with the rest."""
    return date_format(day, _("n月j日"))


def say_moment(at: datetime) -> str:
    """10月13日 17:30, of a civil moment."""
    return f"{say_date(at.date())} {at:%H:%M}"


def who(actor: str, names: Mapping[str, str]) -> str:
    """An actor in words: a name, the person who asked, or the system itself."""
    if actor == "party":
        return _("当事人")
    return names.get(actor, _("已离开的人员")) if actor else _("系统")
