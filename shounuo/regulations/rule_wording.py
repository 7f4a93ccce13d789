"""A rule of any shape as one sentence in the reader's language, for everybody who reads a regulation."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shounuo.regulations.field_wording import field_words
from shounuo.regulations.when_wording import lengths_with_conditions, when_words
from shounuo.regulations.wording import (
    budget_words,
    event_words,
    kind_words,
    listed,
    measure_words,
    mid_sentence,
    post_words,
    said,
    sentences,
    without_stop,
)
from shounuo.rules.edition import Edition, in_force
from shounuo.rules.shapes import Commitment, Pack, Setting, Within
from shounuo.rules.shapes.base import Rule
from shounuo.rules.shapes.commitment import Count, Each, Followed, KeptWhen
from shounuo.rules.shapes.others import Arrangement, Consequence, Disclosure, Duty, Norm, Register, Routing


def shape_words(shape: str) -> str:
    """What a shape is called."""
    known = {
        "commitment": pgettext("shape", "承诺"), "duty": pgettext("shape", "定期事务"),
        "norm": pgettext("shape", "行为规范"), "consequence": pgettext("shape", "违反的后果"),
        "disclosure": pgettext("shape", "公开"), "routing": pgettext("shape", "谁负责"),
        "register": pgettext("shape", "记录"), "arrangement": pgettext("shape", "设置"),
        "definition": pgettext("shape", "说明"),
    }  # fmt: skip
    return str(known.get(shape, shape))


def rule_sentence(pack: Pack, rule: Rule, edition: Edition | None = None, on: date | None = None) -> str:
    """What a rule says. With an edition and a day, lengths are those in force on that day."""
    for kind, tell in TELLERS.items():
        if isinstance(rule, kind):
            return tell(pack, rule, edition, on)
    return said(rule.title)


def promise_sentence(edition: Edition, rule: Commitment, on: date) -> str:
    """A promise in force on a day, in one sentence."""
    return _commitment(edition.pack, rule, edition, on)


def promise_brief(edition: Edition, rule: Commitment, on: date) -> str:
    """A promise's measure in a few words: "从“收到”起 3 个工作日内", or what every matter is looked at for."""
    if rule.form == "check":
        return kept_words(rule.kept_when)
    length = how_long(edition, rule, on)
    if length == budget_words("on the spot"):
        text = _("从%(starts)s起，在同一次来访或通话中")
    elif length == budget_words("same day"):
        text = _("从%(starts)s起，当日下班前")
    elif _by_promise(rule):
        text = _("从%(starts)s起，不晚于%(length)s")
    else:
        text = _("从%(starts)s起，%(length)s内")
    return text % {"starts": _start(rule.starts), "length": length}


def _by_promise(rule: Commitment) -> bool:
    """Whether the limit is a date that was promised, which nothing is counted to."""
    return bool(rule.within) and all(one.by for one in rule.within)


def how_long(edition: Edition | None, rule: Commitment, on: date | None) -> str:
    """A promise's length in words: "4 个工作日", "服务指南写明的时限", or that it is not decided."""
    valid = [one for one in rule.within if on is None or in_force(one, on)] or list(rule.within)
    if edition is None:
        return _(" 或 ").join(dict.fromkeys(_length(edition, one, on) for one in valid))
    pack = edition.pack
    return lengths_with_conditions((_length(edition, one, on), when_words(pack, one.when)) for one in valid)


def _length(edition: Edition | None, one: Within, on: date | None) -> str:
    if one.shortest_of:
        return _("法定时限与承诺时限中较短的时限")
    if one.by:
        longest = _resolved(edition, one.else_, on)
        other = _("（没有答应日期的，%(words)s）") % {"words": longest} if longest else ""
        return _("答应的那一天") + other
    return _resolved(edition, one.value, on) or _("尚未决定的时限")


def _resolved(edition: Edition | None, value: str | None, on: date | None) -> str:
    if not value:
        return ""
    if edition is None or on is None or "{" not in value:
        return budget_words(value) if "{" not in value else _("本单位决定的时限")
    found = edition.resolve(value, on)
    return budget_words(str(found)) if found else ""


def _quoted(events: Iterable[str] | None) -> str:
    return _either(mid_sentence(event_words(one)) for one in events or ())


def _either(words: Iterable[str]) -> str:
    """Names of which one is meant: “甲”或“乙”或“丙”, "a, b or c"."""
    *before, last = [*words] or [""]
    first = pgettext("between", "”或“").join(before)
    return _("“%(events)s”") % {"events": _("”或“").join(one for one in (first, last) if one)}


def _start(events: Iterable[str] | None) -> str:
    """Events as what is counted from: "receipt or acceptance"."""
    known = {
        "received": pgettext("start", "收到"), "first_asked": pgettext("start", "首问"),
        "explained": pgettext("start", "说明"), "accepted": pgettext("start", "受理"),
        "notice_issued": pgettext("start", "一次性告知"),
        "materials_complete": pgettext("start", "材料齐全"), "arrived": pgettext("start", "到达现场"),
        "restored": pgettext("start", "恢复"), "relay_answered": pgettext("start", "外单位反馈"),
        "referred_to_leader": pgettext("start", "提请分管领导"),
        "referred_for_study": pgettext("start", "提交研究"), "consulted": pgettext("start", "咨询请示"),
        "leader_decided": pgettext("start", "领导批示"), "study_done": pgettext("start", "研究完毕"),
        "loss.confirmed": pgettext("start", "损失查实"),
    }  # fmt: skip
    said = (known.get(one) or mid_sentence(event_words(one)) for one in events or ())
    return _either(said)


def _commitment(pack: Pack, rule: Any, edition: Edition | None, on: date | None) -> str:
    if rule.form == "check":
        return _("每一件都看：%(what)s。") % {"what": kept_words(rule.kept_when)}
    whom = pgettext("last", "、").join(kind_words(kind) for kind in rule.applies_to.kinds) or _("每一件")
    length = how_long(edition, rule, on)
    if length == budget_words("on the spot"):
        text = _("%(whom)s：从%(starts)s起，在同一次来访或通话中%(ends)s。")
    elif length == budget_words("same day"):
        text = _("%(whom)s：从%(starts)s起，当日下班前%(ends)s。")
    elif _by_promise(rule):
        text = _("%(whom)s：从%(starts)s起，不晚于%(length)s%(ends)s。")
    else:
        text = _("%(whom)s：从%(starts)s起，%(length)s内%(ends)s。")
    return text % {"whom": whom, "starts": _start(rule.starts), "length": length, "ends": _quoted(rule.ends)}


def kept_words(wanted: KeptWhen | None) -> str:
    """When a check counts as kept."""
    if wanted is None:
        return ""
    if wanted.count:
        return _count(wanted.count)
    if wanted.each:
        return _each(wanted.each)
    if wanted.followed:
        return _followed(wanted.followed)
    parts = wanted.all_of or wanted.any_of or ()
    joint = _("；并且") if wanted.all_of else _("；或者")
    return joint.join(kept_words(part) for part in parts)


def _count(one: Count) -> str:
    values = {"of": mid_sentence(event_words(one.of)), "most": one.at_most, "least": one.at_least}
    most, least = _("“%(of)s”至多 %(most)s 次"), _("“%(of)s”至少 %(least)s 次")
    text = (least if one.at_most is None else most) % values
    return text + (
        _("（写明%(without)s的不算）") % {"without": mid_sentence(field_words(one.without))}
        if one.without
        else ""
    )


def _each(one: Each) -> str:
    has = listed(mid_sentence(field_words(name)) for name in one.has or one.has_any)
    values = {"of": mid_sentence(event_words(one.of)), "has": has}
    where = _("（口头的）") if one.where.get("form") == "oral" else ""
    if one.has:
        return _("每次“%(of)s”%(where)s都有%(has)s") % (values | {"where": where})
    return _("每次“%(of)s”%(where)s至少有其中一项：%(has)s") % (values | {"where": where})


def _followed(one: Followed) -> str:
    return _("“%(of)s”之后要有%(by)s") % {"of": mid_sentence(event_words(one.of)), "by": _quoted(one.by)}


def _duty(pack: Pack, rule: Any, *_unused: Any) -> str:
    values = {"by": post_words(pack, rule.owed_by), "title": said(rule.title)}
    if rule.on_event:
        return _("%(by)s在%(event)s之后要做：%(title)s。") % (values | {"event": _quoted(rule.on_event)})
    if rule.count:
        return _("%(by)s每个周期至少 %(least)s 次：%(title)s。") % (values | {"least": rule.count.min})
    if rule.every:
        return _("%(by)s按期要做：%(title)s。") % values
    return _("%(by)s要做：%(title)s（没有规定周期）。") % values


def _norm(pack: Pack, rule: Any, *_unused: Any) -> str:
    return _("工作人员应当做到：%(check)s。") % {"check": without_stop(said(rule.check))}


def _consequence(pack: Pack, rule: Any, *_unused: Any) -> str:
    what = [measure_words(pack, one) for one in rule.measure]
    what += [_("向当事人致歉")] if rule.apology else []
    what += [_("按公布的标准补偿")] if rule.compensation else []
    what += [_("按%(rule)s处理") % {"rule": said(rule.external_rule)}] if rule.external_rule else []
    times = rule.when.at_least or rule.when.more_than
    often = _("累计达到公布的次数") if isinstance(times, str) else _("累计 %(times)s 次") % {"times": times}
    values = {"event": _quoted(rule.when.event), "what": listed(what), "often": often if times else ""}
    text = _("发生%(event)s%(often)s的，可以：%(what)s。") % values
    if rule.decided_by:
        who = {"who": post_words(pack, rule.decided_by)}
        return sentences(text, _("由%(who)s听取本人申辩后决定，不会自动处理。") % who)
    return text


def _disclosure(pack: Pack, rule: Any, *_unused: Any) -> str:
    to = _("公众") if rule.to == "public" else mid_sentence(_("当事人"))
    what = said(rule.contents) or listed(map(field_words, rule.fields)) or said(rule.title)
    return _("告诉%(to)s：%(what)s。") % {"to": to, "what": without_stop(what)}


def _routing(pack: Pack, rule: Any, edition: Edition | None, on: date | None) -> str:
    named = str(rule.to or rule.is_ or rule.role or "")
    if named.startswith("{"):
        key = named.strip("{}")
        named = str(edition.setting(key, on) if edition and on else pack.settings[key].default)
    who = post_words(pack, named)
    if rule.role and rule.is_:
        text = _("%(role)s是%(who)s。") % {"role": post_words(pack, rule.role), "who": who}
    else:
        then = [post_words(pack, one) for one in rule.then]
        text = _("交%(who)s。") % {"who": _("，再交").join([who, *then])}
    if rule.never:
        never = {"target": _("被投诉人"), "subordinates_of_target": _("其下属"), "handler": _("经办人本人"),
                 "conflict_of_interest": _("有利害关系的人")}  # fmt: skip
        banned = listed(never.get(one, post_words(pack, one)) for one in rule.never)
        return sentences(text, _("不得是：%(who)s。") % {"who": banned})
    return text


def _register(pack: Pack, rule: Any, *_unused: Any) -> str:
    return _("要有记录，写明：%(fields)s。") % {
        "fields": listed(said(one.title) for one in rule.fields.values())
    }


def _arrangement(pack: Pack, rule: Any, *_unused: Any) -> str:
    return _("要设有：%(title)s。怎样看得见：%(shown)s。") % {
        "title": said(rule.title), "shown": without_stop(said(rule.shown_by))}  # fmt: skip


TELLERS: Mapping[type, Callable[..., str]] = {
    Commitment: _commitment,
    Duty: _duty,
    Norm: _norm,
    Consequence: _consequence,
    Disclosure: _disclosure,
    Routing: _routing,
    Register: _register,
    Arrangement: _arrangement,
}


def value_words(edition: Edition, key: str, on: date) -> str:
    """What a setting stands at on a day, in words: the option's label, a length, yes or no."""
    return setting_words(edition.pack.settings[key], edition.setting(key, on))


def setting_words(setting: Setting, value: Any) -> str:
    """A value decided or offered for a setting, in words."""
    for option in setting.options:
        if type(option.value) is type(value) and option.value == value:
            return said(option.label)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value in (None, "", [], {}):
        return _("空缺")
    return _("见所列各条") if isinstance(value, list | tuple | dict) else budget_words(str(value))
