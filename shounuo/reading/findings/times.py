"""Quantities of time in a folded text: where they stand, their value in the unit of findings, and their lower bound."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shounuo.reading.lexicon import Entry, entries
from shounuo.reading.lexicon.numerals import NUMBER, NUMERAL_CHARACTERS, read_range

ORDER = ("second", "minute", "hour", "day", "month", "year")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a time unit at characters a to b of a folded text."""

    a: int
    b: int
    value: float
    unit: str
    least: float | None = None


@cache
def _units() -> tuple[str, tuple[tuple[re.Pattern[str], Entry], ...]]:
    units = sorted(entries("units"), key=lambda e: -len(e.name))
    return "|".join(f"(?:{e.pattern})" for e in units), tuple((re.compile(e.pattern), e) for e in units)


@cache
def _quantity() -> re.Pattern[str]:
    unit = _units()[0]
    measure = r"个?(?:法定)?半?"
    return re.compile(
        rf"(?<![{NUMERAL_CHARACTERS}A-Za-z第])(?P<n>{NUMBER})(?:个)?"
        rf"(?:(?:{unit})?(?:[-~]{{1,2}}|至|到)(?P<m>{NUMBER}))?{measure}(?P<u>{unit})"
        rf"(?:(?:零|又)?(?P<k>{NUMBER})(?P<v>分钟|小时))?"
        r"(?P<w>\((?:均?[为指]|按|以)?(?:法定)?工作日(?:计)?\))?"
    )


_DATE = re.compile(r"(?:(?<!个)月|每个月)(?:份)?(?:的)?(?:第)?$|[每当本次上下]月(?:的)?$|年$")
_HINT = re.compile(r"[日天周期拜时头hH分min钟秒月季年夜]")


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of time; days of a date (6月25日) are none."""
    if not _HINT.search(text):
        return
    for match in _quantity().finditer(text):
        if _is_date(text, match):
            continue
        found = _read(match)
        if found is not None:
            yield from _listed(text, found)
            yield found


_LISTED = re.compile(rf"(?<![{NUMERAL_CHARACTERS}A-Za-z第])(?:{NUMBER}个?、){{1,5}}$")
_ONE = re.compile(rf"({NUMBER})个?、")


def _listed(text: str, last: Quantity) -> Iterator[Quantity]:
    """10个、15个工作日: the numbers that share the unit of the last."""
    found = _LISTED.search(text, max(0, last.a - 40), last.a)
    if found is None:
        return
    for match in _ONE.finditer(text, found.start(), last.a):
        try:
            value = read_range(match[1])[1]
        except ValueError:
            continue
        yield Quantity(match.start(), match.end() - 1, value, last.unit)


def _is_date(text: str, match: re.Match[str]) -> bool:
    return match["u"][0] in "日天月" and bool(_DATE.search(text[max(0, match.start() - 6) : match.start()]))


def _read(match: re.Match[str]) -> Quantity | None:
    unit, factor = unit_of(match["u"], match.string, match.start("u"))
    try:
        low, high = read_range(match["n"])
        if match["m"]:
            high = read_range(match["m"])[1]
        if "半" in match.string[match.end("m" if match["m"] else "n") : match.start("u")]:
            low, high = low + 0.5, high + 0.5
        if match["k"] and unit == "hour" and match["v"] == "分钟":
            unit, low, high = "minute", low * 60, high * 60 + read_range(match["k"])[1]
    except ValueError:
        return None
    low, high = low * factor, high * factor
    if match["w"] and unit == "day_unspecified":
        unit = "working_day"
    return Quantity(match.start(), match.end(), tidy(high), unit, tidy(low) if low < high else None)


def tidy(value: float) -> float:
    """Whole numbers as such: 30 rather than 29.999999."""
    return float(round(value)) if abs(value - round(value)) < 1e-6 else round(value, 4)


def unit_of(word: str, text: str, at: int) -> tuple[str, float]:
    """Unit and factor of a unit's word that stands at `at` in `text`."""
    for pattern, entry in _units()[1]:
        match = pattern.match(text, at)
        if match and match[0] == word:
            return entry.get("unit"), float(entry.get("factor", 1))
    raise ValueError(f"{word!r} is no unit of time")
