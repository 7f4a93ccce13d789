"""Reasons in words: every code that the engine and the actions answer with, as a sentence for the reader."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases.models import State
from shounuo.cases.wording import FIELDS, RELATIONS, Label, say_date, say_moment
from shounuo.regulations.wording import budget_words, event_words, listed, mid_sentence
from shounuo.rules.judgement import Finding, Reason

SENTENCES: Mapping[str, Label] = {
    "already_accepted": lazy("已经受理。"),
    "already_complete": lazy("材料已经齐全。"),
    "already_in_study": lazy("已经提交研究。"),
    "already_promised": lazy("已经向当事人承诺 %(date)s 前答复；承诺只作一次。"),
    "already_rated": lazy("当事人已经评价过。"),
    "already_taken_up": lazy("已经有首问责任人。"),
    "already_told": lazy("已经告知当事人由哪个科室办理。"),
    "already_with_leader": lazy("正在请示分管领导。"),
    "before_receipt": lazy("发生时间早于收到事项的时间。"),
    "breached_never_extended": lazy("已经逾期；逾期的时限不能延期、暂停或重新起算。"),
    "ended": lazy("事项%(state)s。"),
    "ended_by_restart": lazy("材料补齐后时限重新起算，此前的延期不再计算。"),
    "granted_by_the_asker": lazy("申请人不能批准自己的延期申请。"),
    "hand_over_pending": lazy("已经移交，正等待对方接收。"),
    "lacks": lazy("缺少：%(fields)s。"),
    "lacks_any": lazy("下列各项一项也没有：%(fields)s。"),
    "materials_not_complete": lazy("还没有确认材料齐全。"),
    "moment_in_future": lazy("发生时间晚于现在。"),
    "no_clock_to_extend": lazy("现在没有正在计时、可以延期的时限。"),
    "no_hand_over_pending": lazy("没有等待接收的移交。"),
    "no_promise_here": lazy("这件事的时限不以承诺日期计算。"),
    "no_request": lazy("没有等待决定的延期申请。"),
    "not_a_section": lazy("只能移交给科室。"),
    "not_accepted_yet": lazy("还没有受理。"),
    "not_before_due": lazy("没有在时限届满前提出、批准并告知当事人。"),
    "not_ended": lazy("事项还没有办完。"),
    "not_followed": lazy("之后没有：%(by)s。"),
    "not_for_party": lazy("这一步由工作人员办理。"),
    "not_in_study": lazy("没有提交研究。"),
    "not_now": lazy("现在不能办理这一步。"),
    "not_with_leader": lazy("没有请示分管领导。"),
    "not_your_role": lazy("由%(who)s办理。"),
    "nothing_asked_for": lazy("没有要求当事人补材料。"),
    "granted_not_told": lazy("已批准的延期还没有告知当事人；请先告知，再申请下一次。"),
    "nothing_granted_to_tell": lazy("没有已批准、尚未告知当事人的延期。"),
    "nothing_handed_over": lazy("没有移交给其他科室。"),
    "nothing_to_correct": lazy("没有这条记录可以更正。"),
    "notice_says_nothing": lazy("请勾选所缺材料，或写明不予受理的理由，或写明要告知的内容。"),
    "only_applications": lazy("只用于申请。"),
    "only_enquiries": lazy("只用于咨询、建议和表扬。"),
    "oral_notice_needs_reason_and_note": lazy("口头告知要写明理由，并记下谈话或通话内容。"),
    "other_kind_of_time": lazy("延期的时间单位与原时限不同。"),
    "party_not_told": lazy("已批准，但还没有告知当事人，暂不生效。"),
    "promise_in_the_past": lazy("承诺的日期已经过去。"),
    "promise_too_late": lazy("最晚可以承诺到 %(date)s。"),
    "rating_1_to_5": lazy("评价为 1 至 5 分。"),
    "refused": lazy("未予批准。"),
    "request_pending": lazy("已有一份延期申请等待决定。"),
    "second_notice_is_a_breach": lazy(
        "%(first)s已经一次性告知过。再次告知将记为违诺，且不停表；确属当时不可能告知的新要求，请写明理由。"
    ),
    "service_needed": lazy("申请要选定办理的事项。"),
    "too_few": lazy("至少应有 %(at_least)s 次。"),
    "too_long_an_extension": lazy("合计最多延长 %(up_to)s。"),
    "too_many": lazy("最多 %(at_most)s 次。"),
    "too_many_extensions": lazy("最多延期 %(at_most)s 次。"),
    "unknown_service": lazy("没有这个事项，或它不适用于这一类。"),
    "already_appealed": lazy("已经申诉过；每次评价只能申诉一次。"),
    "already_arrived": lazy("已经到场。"),
    "already_closed": lazy("已经归档。"),
    "already_disputed": lazy("已有一份异议等待答复。"),
    "already_remedied": lazy("已经整改并反馈。"),
    "appeal_pending": lazy("差评申诉正等待复核。"),
    "askers_not_told": lazy("还没有把结果告知并入各件的当事人。"),
    "askers_told": lazy("已经告知并入各件的当事人。"),
    "deemed_accepted": lazy(
        "没有在期限内告知，%(since)s起已视为自收到之日受理。此时再要求补材料将记为违诺，且不停表；确属新要求，请写明理由。"
    ),
    "dispute_pending": lazy("当事人的异议还没有答复。"),
    "ends_with_answer": lazy("这一类事项以答复办结，不作不予办理的决定。"),
    "merged_is_rated_there": lazy("已并入 %(into)s，评价以那一件为准。"),
    "merged_with_ended": lazy("要并入的那一件已经办完，不能再并入。"),
    "merged_with_itself": lazy("不能并入自己。"),
    "merged_with_later": lazy("只能并入较早收到的一件；较早的时限先到，当事人不吃亏。"),
    "merged_with_other_kind": lazy("只能并入本单位同一类的事项。"),
    "moment_has_passed": lazy("约定的时间已经过去。"),
    "never_corrected": lazy("当事人的评价、异议和并件记录不能更正；差评请走申诉。"),
    "no_appeal": lazy("没有等待复核的申诉。"),
    "no_bad_rating": lazy("没有要处理的差评。"),
    "no_dispute": lazy("没有等待答复的异议。"),
    "no_such_matter": lazy("没有这个受理号，或者您看不到它。"),
    "none_joined": lazy("没有并入的事项。"),
    "not_by_the_appellant": lazy("申诉由本科室以外、没有参与申诉的人复核。"),
    "not_by_the_handler": lazy("不能由承办人自己做，请由其他人办理。"),
    "not_by_the_rated": lazy(
        "被评价的人和科室不能代记评价；请当事人用自己的评价链接，或由归口管理部门代记。"
    ),
    "not_later_than_agreed": lazy("改期要晚于原来约定的 %(agreed)s；提前的请用“预约”。"),
    "nothing_relayed": lazy("没有等待反馈的转请。"),
    "only_repairs": lazy("只用于报修。"),
    "others_joined": lazy("已有别的事项并入这一件（%(numbers)s），不能再并入他件。"),
    "phone_number_not_given": lazy("电话告知的，要同时说明承办科室的电话号码，否则不算告知。"),
    "rater_told": lazy("已经联系过差评人。"),
    "rating_needs_call_note": lazy("代记评价要记下谈话或通话内容。"),
    "rating_not_shown_to_the_rated": lazy("评价的内容不给被评价的人看，由科室负责人或归口管理部门处理。"),
    "relay_pending": lazy("转请其他单位的事项还没有反馈。"),
    "removes_own_breach": lazy(
        "这样记会消去本人或本科室的一次逾期。请按现在的时间登记，再由归口管理部门或分管领导更正。"
    ),
    "too_long_ago": lazy("发生时间太久：最多补登 %(days)s 天以内的事。"),
    "withdrawn_not_disputed": lazy("当事人已撤回，没有结果可以异议。"),
    "waiting_for_decision": lazy("等待分管领导决定。"),
    "waiting_for_materials": lazy("正等待当事人补齐材料。"),
    "withdrawn": lazy("当事人已撤回，不再评价。"),
}
"""Reason code -> sentence; named values in ``%(name)s``."""

FINDINGS: Mapping[str, Label] = {
    "calendar_not_published": lazy("工作日历只公布到期限之前，到期日还算不出来。"),
    "due_is_provisional": lazy("到期日所在年份的放假安排尚未公布，日期为暂定，公布后重新计算。"),
    "ended_after_provisional_due": lazy("在暂定的到期日之后办结；放假安排公布前不判定是否逾期。"),
    "no_limit_set": lazy("这项承诺没有定出时限，不计时。"),
    "promise_beyond_longest": lazy("承诺的日期晚于允许的最长期限，按最长期限计算。"),
}
"""Finding code -> sentence."""


def say(why: Reason | None, this_year: int | None = None) -> str:
    """A reason in the reader's language; "" for none. An unknown code shows itself rather than nothing.

    Days of another year than ``this_year`` are said with it; None: never.
    """
    if why is None:
        return ""
    sentence = SENTENCES.get(why.code)
    return (
        str(sentence) % {k: _value(k, v, this_year) for k, v in why.values.items()} if sentence else why.code
    )


def say_finding(found: Finding) -> str:
    """A finding in the reader's language."""
    return str(FINDINGS.get(found.code, found.code))


def _value(name: str, value: Any, this_year: int | None) -> str:
    if name == "state":
        return mid_sentence(State(value).label)
    if name == "who":
        return listed(dict.fromkeys(mid_sentence(RELATIONS[one]) for one in value if one in RELATIONS))
    if name == "fields":
        return listed(mid_sentence(FIELDS.get(one, one)) for one in value)
    if name == "by":
        return listed(mid_sentence(event_words(one)) for one in value)
    if name == "up_to":
        return budget(str(value))
    if isinstance(value, datetime):
        return say_moment(value, this_year)
    if name == "date":
        return say_date(date.fromisoformat(str(value)[:10]), this_year)
    return listed(value) if isinstance(value, (list, tuple)) else str(value)


def budget(words: str, this_year: int | None = None) -> str:
    """Budget words for people; words of a promise by date, or unknown ones, as they stand; the year as in `say`."""
    if words.startswith("by "):
        return _("%(date)s前") % {"date": say_date(date.fromisoformat(words[3:]), this_year)}
    return budget_words(words)
