"""What verbs, codes and people are called. Words only; nothing here decides anything."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.verb_words import VERBS as VERBS
from shounuo.cases.verb_words import Label as Label
from shounuo.cases.verb_words import VerbWords as VerbWords

RELATIONS: Mapping[str, Label] = {
    "handler": lazy("承办人"),
    "section_head": lazy("科室负责人"),
    "answerable": lazy("首问责任人"),
    "answerable_clerk": lazy("首问责任人"),
    "first_asked": lazy("首问责任人"),
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
    "cannot_be_answered": lazy("答不了，说明原因"), "outside_the_centre": lazy("不归本单位，说明该找谁"),
    "not_public": lazy("不能公开，说明依据"),
}  # fmt: skip
ENDING_EXPLANATIONS = frozenset({"cannot_be_answered", "outside_the_centre", "not_public"})
"""Offered only where a promise of the edition ends with them."""
NO_ACCEPTANCE_REASONS: Mapping[str, Label] = {
    "not_required": lazy("依法不需要办理"), "out_of_remit": lazy("不属于本单位职权"),
    "not_eligible": lazy("申请人不具备资格"), "incomplete": lazy("逾期未补齐材料"), "other": lazy("其他"),
}  # fmt: skip
DECLINE_REASONS: Mapping[str, Label] = {
    "conditions_not_met": lazy("不符合法定条件"), "failed_inspection": lazy("检验、检定或审查不合格"),
    "false_materials": lazy("材料不实"), "other": lazy("其他"),
}  # fmt: skip
RETURN_REASONS: Mapping[str, Label] = {
    "not_ours": lazy("不属于本科室职责"), "wrong_order": lazy("内容不清，无法办理"), "other": lazy("其他"),
}  # fmt: skip
DEFER_REASONS: Mapping[str, Label] = {
    "party_asked": lazy("当事人要求"), "busy": lazy("当日已约满"), "handler_absent": lazy("承办人因公不在"),
    "equipment": lazy("设备或技术原因"), "other": lazy("其他"),
}  # fmt: skip
DISPUTE_REASONS: Mapping[str, Label] = {
    "not_solved": lazy("问题没有解决"), "not_answered": lazy("没有答到所问"), "wrong_result": lazy("结果有误"),
    "not_told": lazy("没有收到答复"), "other": lazy("其他"),
}  # fmt: skip
REOPEN_REASONS: Mapping[str, Label] = {
    "dispute_upheld": lazy("当事人异议成立"), "fault_again": lazy("故障重现"), "new_facts": lazy("有新的情况"),
    "sent_back": lazy("转出后被退回"), "other": lazy("其他"),
}  # fmt: skip
APPEAL_REASONS: Mapping[str, Label] = {
    "mistaken": lazy("误评，当事人已说明"), "malicious": lazy("恶意差评"), "other_matter": lazy("评的是另一件事"),
}  # fmt: skip
CATCH_UP_REASONS: Mapping[str, Label] = {
    "outage": lazy("系统停用期间收到"), "paper": lazy("纸质登记后补录"), "phone": lazy("电话记录后补录"),
    "other": lazy("其他"),
}  # fmt: skip
TOLD_OF: Mapping[str, Label] = {
    "contact": lazy("先行联系"), "result": lazy("结果"), "delay": lazy("延误的原因"), "consultation": lazy("请示的结果"),
    "feedback": lazy("外单位的反馈"), "relay": lazy("转给了哪个单位"), "deferral": lazy("改期和理由"),
    "stand_in": lazy("由谁代办"), "compensation": lazy("补偿决定"), "apology": lazy("致歉"), "receipt": lazy("已经收到"),
}  # fmt: skip
"""What the person who asked may be told of, beside the section and an extension, which have verbs of their own."""
TOLD_BY_VERB: Mapping[str, Label] = {
    "transfer": lazy("转到哪个单位"), "merge": lazy("并入哪一件"), "askers": lazy("并入各件的结果"),
    "rating": lazy("差评联系"),
}  # fmt: skip
LEVELS: Mapping[int, Label] = {
    5: lazy("非常满意"), 4: lazy("满意"), 3: lazy("基本满意"), 2: lazy("不满意"), 1: lazy("非常不满意"),
}  # fmt: skip
LATE: Mapping[str, Label] = {
    "answered": lazy("逾期答复"), "completed": lazy("逾期办结"), "declined": lazy("逾期办结"), "restored": lazy("逾期恢复"),
    "arrived": lazy("逾期到场"), "accepted": lazy("逾期受理"), "notice_issued": lazy("逾期告知"),
    "not_accepted": lazy("逾期告知"),
    "party_told": lazy("逾期告知"), "explained": lazy("逾期说明"), "return_visited": lazy("逾期回访"),
}  # fmt: skip
"""What ended a clock too late -> how it is called: not every promise is about the end of the matter."""
OWNERS: Mapping[str, Label] = {
    "handler": lazy("承办人"), "answerable": lazy("现在负责的人"), "first_asked": lazy("首问责任人"),
    "section_head": lazy("科室负责人"), "leader_in_charge": lazy("分管领导"), "service_office": lazy("归口管理部门"),
}  # fmt: skip
"""Who answers for a clock."""
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


def say_date(day: date, this_year: int | None = None) -> str:
    """10月13日, with the year when it is another than ``this_year``; the formats are translated with the rest."""
    return date_format(day, _("n月j日") if this_year in (None, day.year) else _("Y年n月j日"))


def say_moment(at: datetime, this_year: int | None = None) -> str:
    """10月13日 17:30, of a civil moment; the year as in `say_date`."""
    return f"{say_date(at.date(), this_year)} {at:%H:%M}"


def who(actor: str, names: Mapping[str, str]) -> str:
    """An actor in words: a name, the person who asked, or the system itself."""
    if actor == "party":
        return _("当事人")
    return names.get(actor, _("已离开的人员")) if actor else _("系统")
