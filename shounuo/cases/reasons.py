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
    "nothing_granted_to_tell": lazy("没有已批准、尚未告知当事人的延期。"),
    "nothing_handed_over": lazy("没有移交给其他科室。"),
    "nothing_to_correct": lazy("没有这条记录可以更正。"),
    "notice_says_nothing": lazy("请勾选所缺材料，或写明不予受理的理由，或写明要告知的内容。"),
    "only_applications": lazy("只用于申请，这件是咨询。"),
    "only_enquiries": lazy("只用于咨询，这件是申请。"),
    "oral_notice_needs_reason_and_note": lazy("口头告知要写明理由，并记下谈话或通话内容。"),
    "other_kind_of_time": lazy("延期的时间单位与原时限不同。"),
    "party_not_told": lazy("已批准，但还没有告知当事人，暂不生效。"),
    "promise_in_the_past": lazy("承诺的日期已经过去。"),
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


def say(why: Reason | None) -> str:
    """A reason in the reader's language; "" for none. An unknown code shows itself rather than nothing."""
    if why is None:
        return ""
    sentence = SENTENCES.get(why.code)
    return str(sentence) % {k: _value(k, v) for k, v in why.values.items()} if sentence else why.code


def say_finding(found: Finding) -> str:
    """A finding in the reader's language."""
    return str(FINDINGS.get(found.code, found.code))


def _value(name: str, value: Any) -> str:
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
        return say_moment(value)
    if name == "date":
        return say_date(date.fromisoformat(str(value)[:10]))
    return listed(value) if isinstance(value, (list, tuple)) else str(value)


def budget(words: str) -> str:
    """Budget words for people; words of a promise by date, or unknown ones, as they stand."""
    if words.startswith("by "):
        return _("%(date)s前") % {"date": say_date(date.fromisoformat(words[3:]))}
    return budget_words(words)
