"""Whether a value may be decided for a setting: by its type, and by every rule that it would change. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shounuo.regulations.refusals import Refused
from shounuo.regulations.wording import said
from shounuo.rules.deadlines.budgets import Budget
from shounuo.rules.loading.vocabulary import PHRASES
from shounuo.rules.loading.walk import words
from shounuo.rules.shapes import Pack, Setting
from shounuo.rules.words import WordsError, is_mark, is_period, parse_words, template_names, variants

MOST_NUMBER = 100_000
LONGEST_TEXT = 300
MOST_ROWS = 200

_SCALARS = (str, int, bool, type(None))


def checked(pack: Pack, key: str, value: Any) -> Any:
    """The value, when it may be decided for the pack's setting; `Refused` with the reason when not."""
    setting = pack.settings.get(key)
    if setting is None:
        raise Refused(_("本制度没有这一项待定事项。"))
    _CHECKS[setting.type](setting, value)
    _fits_rules(pack, key, value)
    return value


def offered(setting: Setting) -> list[Any]:
    """The values the regulation itself brings: its options and its default."""
    return [*(option.value for option in setting.options), setting.default]


def may_stay_open(setting: Setting) -> bool:
    """Whether “no value” is one of the ways of deciding."""
    return None in offered(setting)


def is_words(value: str) -> bool:
    """Whether text is budget words."""
    try:
        parse_words(value)
    except WordsError:
        return False
    return True


def _choice(setting: Setting, value: Any) -> None:
    if not any(type(value) is type(one.value) and value == one.value for one in setting.options):
        raise Refused(_("请从所列选项中选择。"), "value")


def _duration(setting: Setting, value: Any) -> None:
    if value is None and may_stay_open(setting):
        return
    if not isinstance(value, str) or not (is_words(value) or _period_of(setting, value)):
        raise Refused(_("这不是系统认得的时长。可以写：3 个工作日、7 日、2 小时、当日。"), "value")
    if is_words(value) and not isinstance(parse_words(value), _kinds(setting)):
        raise Refused(_("这里要的是一段时间，不能写成“提前”或“承诺之日”。"), "value")


def _kinds(setting: Setting) -> tuple[type, ...]:
    """Lengths of time; lead times and promised dates only where the regulation itself offers one."""
    found = [parse_words(one) for one in offered(setting) if isinstance(one, str) and is_words(one)]
    return (*Budget.__args__, *(type(one) for one in found))


def _period_of(setting: Setting, value: str) -> bool:
    periods = [one for one in offered(setting) if isinstance(one, str) and not is_words(one)]
    return bool(periods) and is_period(value)


def _number(setting: Setting, value: Any) -> None:
    if type(value) is not int or not 0 <= value <= MOST_NUMBER:
        raise Refused(_("请填 0 到 %(most)s 之间的整数。") % {"most": MOST_NUMBER}, "value")


def _yes_no(setting: Setting, value: Any) -> None:
    if type(value) is not bool:
        raise Refused(_("请选择“是”或“否”。"), "value")


def _text(setting: Setting, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise Refused(_("请填写内容。"), "value")
    if len(value) > LONGEST_TEXT:
        raise Refused(_("最多 %(most)s 个字。") % {"most": LONGEST_TEXT}, "value")


def columns_of(setting: Setting) -> tuple[str, ...]:
    """The columns of a table setting, as its default has them."""
    rows = setting.default if isinstance(setting.default, list | tuple) else ()
    return tuple(rows[0]) if rows and isinstance(rows[0], Mapping) else ()


def _table(setting: Setting, value: Any) -> None:
    columns = columns_of(setting)
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > MOST_ROWS:
        raise Refused(_("请按行填写，最多 %(most)s 行。") % {"most": MOST_ROWS}, "value")
    for row in value:
        fits = isinstance(row, Mapping) and (not columns or set(row) == set(columns))
        if not fits or not all(isinstance(cell, _SCALARS) for cell in row.values()):
            raise Refused(
                _("每一行都要有这几列：%(columns)s。") % {"columns": _("、").join(columns)}, "value"
            )


_CHECKS: Mapping[str, Callable[[Setting, Any], None]] = {
    "choice": _choice,
    "duration": _duration,
    "number": _number,
    "yes_no": _yes_no,
    "text": _text,
    "contact": _text,
    "table": _table,
}

_READS: Mapping[str, Callable[[str], bool]] = {
    "words": is_words,
    "period": is_period,
    "number": str.isdecimal,
    "mark": is_mark,
}


def _fits_rules(pack: Pack, key: str, value: Any) -> None:
    """Every phrase that the setting stands in still reads as a phrase, whatever the other settings are."""
    values = {name: offered(setting) for name, setting in pack.settings.items()} | {key: [value]}
    for _shape, _id, rule in pack.rules():
        for word in words(rule, ()):
            reads = _READS.get(PHRASES.get((word.model, word.field), ""))
            if reads is None or key not in template_names(word.value):
                continue
            if not all(one is None or reads(str(one)) for one in variants(word.value, values)):
                said_ = {"value": value, "rule": said(rule.title)}
                raise Refused(_("“%(value)s”用在“%(rule)s”里读不通。") % said_, "value")
