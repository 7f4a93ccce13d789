"""What each kind of fact says, in one sentence."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shounuo.cases import wording as w
from shounuo.cases.models import Channel
from shounuo.cases.reasons import budget
from shounuo.regulations.wording import event_words, listed, mid_sentence
from shounuo.rules.engine.history import moment
from shounuo.rules.facts import Fact

if TYPE_CHECKING:
    from shounuo.cases.telling import Context

Say = Callable[[Mapping[str, Any], "Context"], str]
SayBeside = Callable[[Mapping[str, Any], "Context", int], str]
"""A sentence that names a day: another year than that of the fact's own moment, beside which it is read, is said."""


def sentence(fact: Fact, context: "Context") -> str:
    """What a fact says, in one sentence; kinds without their own sentence say their name."""
    if dated := _DATED.get(fact.kind):
        return dated(fact.data, context, fact.at.year)
    say = _SENTENCES.get(fact.kind)
    return say(fact.data, context) if say else event_words(fact.kind)


def _received(d: Mapping[str, Any], c: "Context") -> str:
    channel = str(d.get("channel", ""))
    through = Channel(channel).label if channel in Channel.values else channel
    return _("收到，来自%(channel)s") % {"channel": mid_sentence(through)} if through else _("收到")


def _notice(d: Mapping[str, Any], c: "Context") -> str:
    said = {"number": d.get("notice", ""), "papers": c.papers(d.get("materials"))}
    oral, written = _("发出口头一次性告知 %(number)s"), _("发出书面一次性告知 %(number)s")
    text = (oral if d.get("form") == "oral" else written) % said
    if said["papers"]:
        text += _("：缺%(papers)s") % said
    return text + (_("；列为新要求") if d.get("new_requirement") else "")


def _party_told(d: Mapping[str, Any], c: "Context") -> str:
    what = {"section": _("告知当事人由哪个科室办理"), "extension": _("告知当事人延期和理由")}
    of = str(d.get("of"))
    known = w.TOLD_OF.get(of) or w.TOLD_BY_VERB.get(of)
    said = _("告知当事人：%(of)s") % {"of": mid_sentence(known)} if known else _("告知当事人")
    return what.get(of, said) + _way(d, w.WAYS)


def _way(d: Mapping[str, Any], table: Mapping[str, w.Label]) -> str:
    way = table.get(str(d.get("way", "")))
    return _("（%(way)s）") % {"way": mid_sentence(way)} if way else ""


def _codes(d: Mapping[str, Any], table: Mapping[str, w.Label]) -> str:
    codes = d.get("reasons") or ([d["reason"]] if d.get("reason") else [])
    return listed(mid_sentence(table.get(str(code), code)) for code in codes)


def _with_codes(kind: str, table: Mapping[str, w.Label]) -> Say:
    def say(d: Mapping[str, Any], c: "Context") -> str:
        why = _codes(d, table)
        return _("%(what)s：%(why)s") % {"what": event_words(kind), "why": why} if why else event_words(kind)

    return say


def _handed_over(d: Mapping[str, Any], c: "Context") -> str:
    return _("移交%(section)s") % {"section": c.section(d.get("section"))}


def _accepted_over(d: Mapping[str, Any], c: "Context") -> str:
    return _("%(section)s接收，由 %(who)s 承办") % {
        "section": c.section(d.get("section")),
        "who": c.who(d.get("person")),
    }


def _assigned(d: Mapping[str, Any], c: "Context") -> str:
    return _("分派给 %(who)s 承办") % {"who": c.who(d.get("person"))}


def _requested(d: Mapping[str, Any], c: "Context") -> str:
    said = {"rule": c.rule(d.get("rule")), "more": budget(str(d.get("by_how_much", "")))}
    why = w.EXTENSION_REASONS.get(str(d.get("reason")), d.get("reason", ""))
    return _("申请延期 %(more)s（%(rule)s）：%(why)s") % (said | {"why": mid_sentence(why)})


def _granted(d: Mapping[str, Any], c: "Context") -> str:
    return _("批准延期 %(more)s") % {"more": budget(str(d.get("by_how_much", "")))}


def _warned(d: Mapping[str, Any], c: "Context") -> str:
    mark = str(d.get("mark", ""))
    left = mark.removesuffix(" left")
    said = (
        _("用去 %(mark)s") % {"mark": mark}
        if mark.endswith("%")
        else _("还剩 %(left)s") % {"left": budget(left)}
    )
    return _("临期提醒：%(rule)s，%(said)s") % {"rule": c.rule(d.get("rule")), "said": said}


def _breached(d: Mapping[str, Any], c: "Context", year: int) -> str:
    due = w.say_moment(moment(d["due"]), year)
    return _("逾期：%(rule)s，应在 %(due)s 前做到") % {"rule": c.rule(d.get("rule")), "due": due}


def _due_moved(d: Mapping[str, Any], c: "Context", year: int) -> str:
    new = w.say_moment(moment(d["new"]), year) if d.get("new") else _("暂时没有到期日")
    said = {"rule": c.rule(d.get("rule")), "new": new}
    if d.get("old"):
        said["old"] = w.say_moment(moment(d["old"]), year)
        text = _("日历改动，%(rule)s的期限由 %(old)s 改为 %(new)s")
        return (
            _("制度修订，%(rule)s的期限由 %(old)s 改为 %(new)s") if d.get("cause") == "amended" else text
        ) % said
    return _("日历公布，%(rule)s的期限定为 %(new)s") % said


def _corrected(d: Mapping[str, Any], c: "Context", year: int) -> str:
    why = w.CORRECTION_REASONS.get(str(d.get("reason")), d.get("reason", ""))
    text = _("更正第 %(seq)s 条记录：%(why)s") % {"seq": d.get("corrects"), "why": mid_sentence(why)}
    return text + (
        _("，时间改为 %(at)s") % {"at": w.say_moment(moment(d["at"]), year)} if d.get("at") else ""
    )


def _accepted(d: Mapping[str, Any], c: "Context", year: int) -> str:
    if not d.get("deemed"):
        return event_words("accepted")
    since = w.say_moment(moment(d["as_from"]), year)
    return _("没有在期限内告知材料是否齐备，视为自 %(since)s 收到时起受理") % {"since": since}


def _to(text: w.Label) -> Say:
    return lambda d, c: str(text) % {"to": d.get("to", "")} + _way(d, w.WAYS)


def _appointed(d: Mapping[str, Any], c: "Context", year: int) -> str:
    return _("预约在 %(at)s") % {"at": w.say_moment(moment(d["date"]), year)}


def _deferred(d: Mapping[str, Any], c: "Context", year: int) -> str:
    why = w.DEFER_REASONS.get(str(d.get("reason")), d.get("reason", ""))
    return _("改期到 %(at)s：%(why)s") % {"at": w.say_moment(moment(d["to"]), year), "why": mid_sentence(why)}


def _return_visited(d: Mapping[str, Any], c: "Context") -> str:
    if d.get("reached") is False:
        return _("回访，没有联系上") + _way(d, w.WAYS)
    answer = {True: _("回访，当事人表示满意"), False: _("回访，当事人不满意")}
    return answer.get(d.get("satisfied"), event_words("return_visited")) + _way(d, w.WAYS)  # type: ignore[arg-type]


def _rated(d: Mapping[str, Any], c: "Context") -> str:
    if not c.sees_rating:
        return _("当事人已评价")
    level = w.LEVELS.get(int(d.get("level", 0)), d.get("level"))
    text = _("当事人评价：%(level)s") % {"level": mid_sentence(level)}
    return text + (_("（电话或当面代记）") if d.get("through") == "call" else "")


def _appeal_decided(d: Mapping[str, Any], c: "Context") -> str:
    return _("复核差评申诉：成立，这次评价不计入") if d.get("upheld") else _("复核差评申诉：不成立，评价保留")


def _promised(d: Mapping[str, Any], c: "Context", year: int) -> str:
    return _("承诺 %(date)s 前答复") % {"date": w.say_date(date.fromisoformat(str(d["date"])[:10]), year)}


_SENTENCES: Mapping[str, Say] = {
    "received": _received,
    "first_asked": lambda d, c: _("首问登记，首问责任人 %(who)s") % {"who": c.who(d.get("person"))},
    "notice_issued": _notice,
    "material_received": lambda d, c: _("收到材料：%(papers)s") % {"papers": c.papers(d.get("materials"))},
    "party_told": _party_told,
    "guided": lambda d, c: (
        _("指引到%(section)s") % {"section": c.section(d.get("section"))} + _way(d, w.GUIDE_WAYS)
    ),
    "handed_over": _handed_over,
    "hand_over_accepted": _accepted_over,
    "assigned": _assigned,
    "extension_requested": _requested,
    "extension_granted": _granted,
    "answered": lambda d, c: event_words("answered") + _way(d, w.WAYS),
    "not_accepted": _with_codes("not_accepted", w.NO_ACCEPTANCE_REASONS),
    "declined": _with_codes("declined", w.DECLINE_REASONS),
    "explained": _with_codes("explained", w.EXPLAIN_REASONS),
    "relayed": _to(lazy("转请%(to)s答复")),
    "transferred_out": _to(lazy("转出至%(to)s")),
    "merged": lambda d, c: _("并入 %(into)s，随那一件办理") % {"into": d.get("into", "")},
    "joined": lambda d, c: _("%(of)s 并入这一件") % {"of": d.get("of", "")},
    "returned": _with_codes("returned", w.RETURN_REASONS),
    "return_visited": _return_visited,
    "rated": _rated,
    "rating_appealed": _with_codes("rating_appealed", w.APPEAL_REASONS),
    "rating_appeal_decided": _appeal_decided,
    "disputed": _with_codes("disputed", w.DISPUTE_REASONS),
    "reopened": _with_codes("reopened", w.REOPEN_REASONS),
    "warned": _warned,
}
"""Fact kind -> its sentence."""

_DATED: Mapping[str, SayBeside] = {
    "date_promised": _promised,
    "accepted": _accepted,
    "appointed": _appointed,
    "deferred": _deferred,
    "corrected": _corrected,
    "breached": _breached,
    "due_moved": _due_moved,
}
"""The same for facts that name a day."""
