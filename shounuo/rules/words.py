"""Budget words: how a regulation says a time ("4 working days"), and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Any, Literal, cast

from shounuo.rules.deadlines.budgets import (
    Budget,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    SameDay,
    WorkingDays,
    WorkingTime,
)

FirstDay = Literal["included", "excluded"]
MOST = 100_000
"""No promise counts further than this; it also keeps hostile numbers small."""

UNITS: Mapping[str, tuple[str, str]] = {
    "working day": ("个工作日", "working_days"),
    "calendar day": ("个日历日", "calendar_days"),
    "day": ("日", "days"),
    "working hour": ("个工作小时", "working_hours"),
    "hour": ("小时", "hours"),
    "minute": ("分钟", "minutes"),
    "month": ("个月", "months"),
}
"""Unit (singular) -> its Chinese words and its plural id."""

WHOLE: Mapping[str, str] = {"same day": "当日", "on the spot": "当场", "by the date promised": "承诺之日前"}
"""Words that stand alone -> Chinese."""

EXAMPLES = (
    "4 working days",
    "7 days",
    "21 calendar days",
    "2 hours",
    "45 minutes",
    "3 working hours",
    "2 months",
    "same day",
    "on the spot",
    "7 working days before",
)

_WORDS = re.compile(
    r"(?P<n>[0-9]{1,6}) (?P<unit>working day|working hour|calendar day|day|hour|minute|month)s?(?P<before> before)?\Z"
)
_PERIOD = re.compile(r"[0-9]{1,4} (working day|day|week|month|quarter|year)s?\Z")
_MARK_PERCENT = re.compile(r"([1-9][0-9]?|100)%\Z")
_NAME = re.compile(r"\{([^{}]*)\}")

PERIODS: Mapping[str, tuple[str, str]] = {
    "calendar_month": ("自然月", "a calendar month"),
    "quarter": ("季度", "a quarter"),
    "half_year": ("半年", "half a year"),
    "calendar_year": ("自然年", "a calendar year"),
    "permanent": ("永久", "for good"),
    "unlimited": ("不限", "without end"),
}
"""Period words that are not a number of units."""


class WordsError(ValueError):
    """Text that is no budget; the message gives examples of right words."""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """The latest lawful moment before a planned event (``7 days before``); ``budget`` must fit in between."""

    budget: Budget


@dataclass(frozen=True, slots=True)
class Promised:
    """The closing time of the date that was promised."""


def parse_words(text: str, first_day: str | None = None) -> Any:
    """The budget that words mean: a ``Budget``, a ``LeadTime`` or ``Promised``.

    ``first_day`` (``included`` or ``excluded``) overrides the default for days. Raises
    ``WordsError`` for anything that is not in the table of docs/packs.md.
    """
    if first_day not in (None, "included", "excluded"):
        raise WordsError(f"first_day is included or excluded, not {first_day!r}")
    return _parsed(text, cast(FirstDay, first_day or "excluded"))


@lru_cache(maxsize=4096)
def _parsed(text: str, first_day: FirstDay) -> Any:
    if text in WHOLE:
        return {"same day": SameDay(), "on the spot": OnTheSpot()}.get(text, Promised())
    found = _WORDS.match(text)
    if not found:
        raise WordsError(f"{text!r} are not budget words; say for example {', '.join(EXAMPLES)}")
    n, unit = int(found["n"]), found["unit"]
    if not 1 <= n <= MOST:
        raise WordsError(f"the number in {text!r} must be from 1 to {MOST}")
    budget = _budget(n, unit, first_day)
    return LeadTime(budget) if found["before"] else budget


def _budget(n: int, unit: str, first_day: FirstDay) -> Budget:
    match unit:
        case "working day":
            return WorkingDays(n, first_day=first_day)
        case "calendar day":
            return NaturalDays(n, roll=False, day_end="24:00", first_day=first_day)
        case "day":
            return NaturalDays(n, roll=True, day_end="office_close", first_day=first_day)
        case "month":
            return Months(n, roll=True, day_end="office_close")
        case "working hour":
            return WorkingTime(n * 3600)
        case _:
            return NaturalTime(n * (3600 if unit == "hour" else 60))


def say_words(text: str, lang: str = "zh") -> str:
    """Budget words for people: ``4 个工作日``, ``4 working days``. Raises ``WordsError``."""
    parse_words(text)
    zh = lang.startswith("zh")
    if text in WHOLE:
        return WHOLE[text] if zh else text
    found = cast("re.Match[str]", _WORDS.match(text))
    n, unit = int(found["n"]), found["unit"]
    if not zh:
        return f"{n} {unit}{'' if n == 1 else 's'}{' before' if found['before'] else ''}"
    said = f"{n} {UNITS[unit][0]}"
    return f"提前 {said}" if found["before"] else said


def is_period(text: str) -> bool:
    """Whether text is a period: ``3 years``, ``calendar_month``, ``permanent``."""
    return text in PERIODS or bool(_PERIOD.match(text))


def is_mark(text: str) -> bool:
    """Whether text is a warn mark: ``50%`` or ``1 working day left``."""
    if text.endswith(" left"):
        found = _WORDS.match(text.removesuffix(" left"))
        return bool(found and not found["before"] and 1 <= int(found["n"]) <= MOST)
    return bool(_MARK_PERCENT.match(text))


def template_names(text: str) -> tuple[str, ...]:
    """The names in braces: ``2 {day_kind}`` -> ``day_kind``. Raises ``WordsError`` for stray braces."""
    if "{" in _NAME.sub("", text) or "}" in _NAME.sub("", text):
        raise WordsError(f"the braces in {text!r} do not pair")
    return tuple(_NAME.findall(text))


def fill(text: str, values: Mapping[str, Any]) -> Any:
    """A template with its values. A template that is one name alone gives that value with its type;
    one that mentions an empty value (None or "") gives None."""
    names = template_names(text)
    if not names:
        return text
    if any(values.get(name) in (None, "") for name in names):
        return None
    if text == "{" + names[0] + "}":
        return values[names[0]]
    return _NAME.sub(lambda found: str(values[found[1]]), text)


def variants(text: str, choices: Mapping[str, Sequence[Any]], most: int = 256) -> Iterator[Any]:
    """Every way a template can come out, given the possible values of each name; at most ``most``."""
    names = tuple(dict.fromkeys(template_names(text)))
    for combination in islice(product(*(choices.get(name, ()) for name in names)), most):
        yield fill(text, dict(zip(names, combination, strict=True)))
