"""What each verb is called, what doing it means, and its key at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

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
    "answer": VerbWords(pgettext_lazy("verb", "答复"), lazy("答复当事人，事项到此办结。"), "f", True),
    "restore": VerbWords(
        pgettext_lazy("verb", "恢复"), lazy("故障排除、恢复正常，报修到此办结。"), "f", True
    ),
    "arrive": VerbWords(pgettext_lazy("verb", "到达现场"), lazy("记下到场的时间；到场时限到此为止。")),
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
        pgettext_lazy("verb", "一次性告知"), lazy("一次列全所缺的材料和理由，打印告知书。"), "t"
    ),
    "receive_materials": VerbWords(
        pgettext_lazy("verb", "收材料"), lazy("记下交来的几份；全部补齐时请用“确认材料齐全”。"), "r"
    ),
    "hand_over": VerbWords(
        pgettext_lazy("verb", "移交科室"), lazy("对方接收并告知当事人之前，责任仍在您这里。"), "h"
    ),
    "return_hand_over": VerbWords(
        pgettext_lazy("verb", "退回移交"), lazy("写明为什么不该由本科室办；事项仍在原来的科室。")
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
    "consult": VerbWords(
        pgettext_lazy("verb", "就规定请示"), lazy("规定不明时请示有权解释的单位；结果要告知当事人。")
    ),
    "tell_party": VerbWords(pgettext_lazy("verb", "告知当事人"), lazy("记下告知了什么、怎样告知。")),
    "appoint": VerbWords(pgettext_lazy("verb", "预约"), lazy("与当事人约定时间。")),
    "defer": VerbWords(pgettext_lazy("verb", "改期"), lazy("推迟到以后的时间，写明理由并告知当事人。")),
    "record_visit": VerbWords(
        pgettext_lazy("verb", "记来访"), lazy("当事人来了；之后当场办的算同一次来访。")
    ),
    "relay": VerbWords(
        pgettext_lazy("verb", "转请其他单位"), lazy("请有职权的单位答复，事项仍由我们跟到底。")
    ),
    "record_relay_answer": VerbWords(
        pgettext_lazy("verb", "收到外单位反馈"), lazy("记下反馈内容；还要答复或告知当事人。")
    ),
    "explain": VerbWords(
        pgettext_lazy("verb", "向当事人说明"), lazy("说明办到哪里、为什么，不办结事项。"), "x"
    ),
    "guide": VerbWords(pgettext_lazy("verb", "指引到科室"), lazy("指明、带到，或告知号码。"), "g"),
    "decline": VerbWords(pgettext_lazy("verb", "不予办理"), lazy("写明理由，事项到此终结。"), "", True),
    "refuse_acceptance": VerbWords(
        pgettext_lazy("verb", "不予受理"), lazy("写明理由并告知当事人，申请到此终结。"), "", True
    ),
    "transfer_out": VerbWords(
        pgettext_lazy("verb", "转出"),
        lazy("不属本单位职权：转给有权的单位并告知当事人，事项到此终结。"),
        "",
        True,
    ),
    "merge": VerbWords(
        pgettext_lazy("verb", "并入较早的一件"),
        lazy("同一件事再次提出：并入后随那一件办理，当事人仍会得到答复。"),
        "",
        True,
    ),
    "withdraw": VerbWords(
        pgettext_lazy("verb", "当事人撤回"), lazy("事项终结，正在走的时限全部作废。"), "", True
    ),
    "correct": VerbWords(
        pgettext_lazy("verb", "更正记录"), lazy("原记录保留，更正写在旁边；时限按更正后的重算。"), "q"
    ),
    "add_note": VerbWords(pgettext_lazy("verb", "内部备注"), lazy("只有本单位看得到。"), "w"),
    "tell_askers": VerbWords(
        pgettext_lazy("verb", "告知并入的各位当事人"), lazy("并入的每一件都记下已告知结果。")
    ),
    "dispute": VerbWords(
        pgettext_lazy("verb", "登记异议"), lazy("当事人不认可结果；要么重新办理，要么说明理由。")
    ),
    "reopen": VerbWords(
        pgettext_lazy("verb", "重新办理"), lazy("事项重新打开，办理时限重新起算。"), "", True
    ),
    "answer_dispute": VerbWords(pgettext_lazy("verb", "答复异议"), lazy("说明为什么维持原来的结果。")),
    "return_visit": VerbWords(pgettext_lazy("verb", "回访"), lazy("办完之后由承办人以外的人回访。")),
    "record_rating": VerbWords(
        pgettext_lazy("verb", "代记电话评价"), lazy("当事人在电话里或当面说的评价；被评价的科室不能记。")
    ),
    "contact_rater": VerbWords(pgettext_lazy("verb", "联系差评人"), lazy("问清不满意在哪里。")),
    "remedy": VerbWords(pgettext_lazy("verb", "差评整改"), lazy("写明改了什么，并已反馈当事人。")),
    "appeal_rating": VerbWords(
        pgettext_lazy("verb", "申诉差评"), lazy("认为误评或恶意差评的，由归口管理部门复核。")
    ),
    "decide_rating_appeal": VerbWords(
        pgettext_lazy("verb", "复核差评申诉"), lazy("决定这次评价计不计入；记录都保留。"), "", True
    ),
    "close": VerbWords(pgettext_lazy("verb", "归档"), lazy("不再有要做的事；不影响任何时限。")),
    "rate": VerbWords(pgettext_lazy("verb", "评价"), lazy("由当事人凭受理号和查询码评价。")),
}
"""Verb -> its words, in the order in which buttons stand."""
