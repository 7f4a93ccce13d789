"""What a review says in the reader's language: kinds of finding, their values, verdicts, reasons."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import gettext_noop, ngettext, pgettext_lazy

from shounuo.reading.drafting.draft import words
from shounuo.reading.lexicon import entries
from shounuo.regulations import when_wording
from shounuo.regulations.drafts.review import Item
from shounuo.regulations.wording import budget_words, event_words, kind_words, listed, reads_chinese

KINDS = {
    "limit": lazy("时限"), "duty": lazy("定期职责"), "consequence": lazy("责任追究"),
    "disclosure": lazy("公示、告知"), "gap": lazy("没有说定"), "shape": lazy("整条的规则"),
}  # fmt: skip
MARKS = {"limit": "限", "duty": "责", "consequence": "果", "disclosure": "公", "gap": "？", "shape": "条"}
"""One sign for each kind, so that colour is never alone."""
VERDICTS = {
    "": ("○", lazy("未定")), "accepted": ("✓", lazy("照此")), "edited": ("✎", lazy("改过")),
    "rejected": ("✕", lazy("不设")), "added": ("＋", lazy("补上")),
}  # fmt: skip
VERBS = {
    "accept": lazy("照此定下"), "edit": lazy("改了再定"), "reject": lazy("认定不设规则"), "split": lazy("拆成两处"),
    "merge": lazy("并成一处"), "add": lazy("补上一处"), "note": lazy("记一句话"), "undo": lazy("撤销一个决定"),
    "head": lazy("填写名称、版本和施行日期"),
}  # fmt: skip
UNITS = {
    "minute": lazy("分钟"), "hour": lazy("小时"), "working_day": lazy("个工作日"), "calendar_day": lazy("个自然日"),
    "day_unspecified": lazy("日（没有说哪种日）"), "month": lazy("个月"), "same_day": lazy("当日"),
    "on_the_spot": lazy("当场"),
}  # fmt: skip
WHOLE = ("same_day", "on_the_spot")
BUDGETS = {
    "minute": "minutes", "hour": "hours", "working_day": "working days", "calendar_day": "calendar days", "month": "months",
}  # fmt: skip
LIMIT_KINDS = {
    "process": lazy("办理、办结"), "answer": pgettext_lazy("act", "答复"),
    "arrival": pgettext_lazy("act", "到达现场"), "restore": lazy("恢复"),
    "accept": lazy("受理、接手"), "tell": lazy("告知、通知"), "pay": lazy("支付、退还"), "lead_time": lazy("提前告知"),
    "extension": lazy("延长"), "other": lazy("其他"),
}  # fmt: skip
RECURRENCES = {
    "yearly": lazy("每年"), "half_yearly": lazy("每半年"), "quarterly": lazy("每季"), "monthly": lazy("每月"),
    "half_monthly": lazy("每半月"), "weekly": lazy("每周"), "working_daily": lazy("每个工作日"), "daily": lazy("每天"),
    "per_event": lazy("每逢其事"), "every_day": lazy("每天（含节假日）"), "24h": lazy("全天"), "hours": lazy("按时段"),
    "periodic": lazy("按期"), "every_n": lazy("每隔一段时间"), "always": lazy("随时"), "unspecified": lazy("没有周期"),
}  # fmt: skip
SHAPES = {
    "norm": lazy("行为规范"), "routing": lazy("责任归属、受理分工"), "register": lazy("台账、登记"),
    "arrangement": lazy("机构、设施"),
}  # fmt: skip
SCOPES = {
    "": lazy("没有说"), "person": pgettext_lazy("scope", "个人"), "section": pgettext_lazy("scope", "科室"),
    "unit": pgettext_lazy("scope", "单位"),
}  # fmt: skip
PLACES = {"": lazy("不分地方"), **when_wording.PLACES}
RECIPIENTS = {"public": lazy("公众"), "party": lazy("当事人")}
STARTS = (
    "received", "accepted", "materials_complete", "material_received", "first_asked", "notice_issued",
    "referred_to_leader", "referred_for_study", "extension_requested", "extension_granted", "handed_over",
    "relayed", "answered", "completed", "disputed", "outage.planned", "loss.confirmed",
)  # fmt: skip
ENDS = (
    "answered", "completed", "declined", "accepted", "not_accepted", "explained", "guided", "notice_issued", "arrived",
    "restored", "party_told", "leader_decided", "study_done", "hand_over_accepted", "relay_answered", "return_visited",
    "extension_granted", "extension_refused",
)  # fmt: skip
MATTERS = ("enquiry", "application", "repair", "suggestion", "complaint", "report")
GAPS = {
    "vague_word": gettext_noop("没有数字的快慢"),
    "unset_limit": gettext_noop("时限没有写出"),
    "unset_period": gettext_noop("周期没有写出"),
    "unset_lead": gettext_noop("提前量没有写出"),
    "missing_start": gettext_noop("没有写从何时起算"),
    "day_kind_open": gettext_noop("没有写哪种日"),
    "threshold_without_window": gettext_noop("累计次数没有期间"),
    "day_not_in_every_month": gettext_noop("不是每月都有这一天"),
    "no_recipient": gettext_noop("没有写报给谁"),
    "no_day": gettext_noop("没有写哪一天"),
    "no_cycle": gettext_noop("没有写多久一次"),
    "limit_not_held": gettext_noop("时限写在别处，没有附上"),
    "rule_not_held": gettext_noop("引用的规定没有附上"),
    "duplicate_number": gettext_noop("编号重复"),
    "missing_number": gettext_noop("编号缺漏"),
    "contradictory_measures": gettext_noop("同一情形有不同的处理"),
    "right_without_channel": gettext_noop("有权利，没有途径"),
    "breach_without_register": gettext_noop("没有能查出违反的记录"),
    "no_reply": gettext_noop("没有写答复投诉人"),
    "no_predicate": gettext_noop("只写了情形，没有写怎么办"),
    "absence_clock_open": gettext_noop("没有写人不在时怎样计时"),
    "amount_not_set": gettext_noop("数额没有写出"),
    "either_or": gettext_noop("两种办法没有写哪种"),
    "handover_unconfirmed": gettext_noop("移交没有写怎样确认"),
    "masked_contact": gettext_noop("联系方式被遮住"),
    "no_effective_date": gettext_noop("没有写何时施行"),
    "no_form": gettext_noop("没有写用什么形式"),
    "open_exemption": gettext_noop("例外没有写清"),
    "stray_mark": gettext_noop("有多余的符号"),
    "unclear_recipient": gettext_noop("没有写清给谁"),
    "unclear_scope": gettext_noop("没有写清范围"),
    "undefined_grade": gettext_noop("等级没有说明"),
    "unset_extension": gettext_noop("能延长多久没有写"),
    "vague_measure": gettext_noop("怎样处理没有写清"),
}


def gap_words(kind: str) -> str:
    """What a gap is about."""
    return _(GAPS[kind]) if kind in GAPS else _("没有说定的地方")


def measures() -> dict[str, str]:
    """Every measure that reading can give, in words; one that a jurist put into the lexicon without a name, by its code."""
    codes = {one.get("measure"): one.get("measure") for one in entries("measures")}
    named = codes | words("measures")
    return named if reads_chinese() else {code: code.replace("_", " ") for code in named}


def measure_words(code: str) -> str:
    """A measure in words."""
    return measures().get(code, code)


def length_words(values: Mapping[str, Any]) -> str:
    """A limit's length: 5 个工作日, 当场."""
    unit = values["unit"]
    if unit in BUDGETS and values["value"] == int(values["value"]):
        return budget_words(f"{values['value']:g} {BUDGETS[unit]}")
    return str(UNITS[unit]) if unit in WHOLE else f"{values['value']:g} {UNITS[unit]}"


def summary(item: Item) -> str:
    """A finding in a few words."""
    values = item.values
    match item.kind:
        case "limit":
            return _("%(what)s：%(length)s") % {"length": length_words(values), "what": _kind(values)}
        case "duty":
            return f"{RECURRENCES.get(values['recurrence'], values['recurrence'])} {values['day']}".strip()
        case "consequence":
            return listed(measure_words(one) for one in values["measures"])
        case "disclosure":
            return _("告诉%(to)s") % {"to": RECIPIENTS[values["to"]]}
        case "gap":
            return gap_words(values["gap"])
    return str(SHAPES[values["shape"]])


def _kind(values: Mapping[str, Any]) -> str:
    return str(LIMIT_KINDS.get(values["kind"], values["kind"]))


def details(item: Item) -> list[tuple[str, str]]:
    """What the rule would say: names and words, empty ones left out."""
    rows = {"limit": _limit, "duty": _duty, "consequence": _consequence}.get(item.kind, _other)(item)
    return [(str(name), str(said)) for name, said in rows if said]


def _limit(item: Item) -> list[tuple[Any, Any]]:
    values = item.values
    return [
        (_("名称"), values["title"]),
        (_("多长"), length_words(values)),
        (_("做什么"), _kind(values)),
        (_("从何时起算"), event_words(values["starts"]) + _said(item, "starts")),
        (_("到什么为止"), listed(event_words(one) for one in values["ends"]) + _said(item, "ends")),
        (_("由谁"), values["obliged"]),
        (_("哪些事项"), listed(kind_words(one) for one in values["matters"]) or _every(item)),
        (_("何处"), PLACES[values["place"]] if values["place"] else ""),
        (_("第一天"), _("自次日起算") if values["next_day"] else ""),
    ]


def _said(item: Item, name: str) -> str:
    """Where an event comes from: from somebody's decision, or guessed from the text's words or without any."""
    if item.verdict in ("edited", "added"):
        return ""
    said = item.said.get(name)
    return _("（推定；原文：%(said)s）") % {"said": said} if said else _("（推定；原文没有写）")


def _every(item: Item) -> str:
    own = item.verdict in ("edited", "added")
    return _("所有事项") if own else _("所有事项（推定；原文没有写）")


def _duty(item: Item) -> list[tuple[Any, Any]]:
    values = item.values
    least, most = values["least"], values["most"]
    times = ngettext("%(n)s 次", "%(n)s 次", int(least or 1)) % {"n": f"{least:g}"} if least else ""
    times += _("，至多 %(n)s 次") % {"n": f"{most:g}"} if most else ""
    return [
        (_("多久一次"), RECURRENCES.get(values["recurrence"], values["recurrence"])),
        (_("哪一天"), values["day"]), (_("次数"), times), (_("由谁"), values["obliged"]),
        (_("报给谁"), values["recipient"]), (_("以什么为证"), values["evidence"]),
    ]  # fmt: skip


def _consequence(item: Item) -> list[tuple[Any, Any]]:
    values = item.values
    least = f"{values['least']:g}" if values["least"] else ""
    return [
        (_("可以怎样处理"), listed(measure_words(one) for one in values["measures"])),
        (_("累计几次起"), least), (_("多长时间里"), values["window"]),
        (_("按谁累计"), SCOPES.get(values["scope"], values["scope"]) if values["scope"] else ""),
        (_("原文的门槛"), values["threshold"]),
    ]  # fmt: skip


def _other(item: Item) -> list[tuple[Any, Any]]:
    values = item.values
    if item.kind == "disclosure":
        return [(_("告诉谁"), RECIPIENTS[values["to"]])]
    if item.kind == "gap":
        return [(_("没有说定什么"), gap_words(values["gap"])), (_("要问的"), values["question"])]
    return [(_("类型"), SHAPES[values["shape"]])]
