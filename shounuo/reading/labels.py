"""Clause labels as Chinese regulations print them: 第三条, 一、, （二）, 1., 1、, (1), ①, 4.1.1.

A mark has a `style` (how it is printed), a `family` (styles that writers mix in one list: `1、` and `2.`) and numbers.
This module knows how marks look; whether one begins a clause where it stands is decided in `accepting`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HAN_DIGITS = "一二三四五六七八九十百零〇两"
RANK = {
    name: rank
    for rank, name in enumerate(
        ["篇", "编", "部分", "章", "节", "条", "一", "(一)", "1", "1.1", "(1)", "①", "a"]
    )
}
"""Family -> its usual depth."""
LAW_UNITS = frozenset({"篇", "编", "部分", "章", "节", "条"})
DIVISIONS = LAW_UNITS - {"条"}

_HAN = f"[{HAN_DIGITS}]"
_GAP = r"[ \u3000]{0,2}"
_LAW = (
    rf"第{_GAP}(?P<law>\d{{1,3}}|{_HAN}{{1,7}}){_GAP}(?P<unit>篇|编|部分|章|节|条)(?:之(?P<sub>{_HAN}))?"
    r"(?:[、.．](?!\d))?"
)
_PAREN_HAN = rf"[（(〔【\[][ \u3000]?(?P<paren_han>{_HAN}{{1,4}})[ \u3000]?[)）〕】\]][、.．]?"
_PAREN = r"[（(][ \u3000]?(?P<paren>\d{1,2})[ \u3000]?[)）][、.．]?"
_ENCLOSED = r"(?P<enclosed>[①-⑳㉑-㉟❶-❿⑴-⒇⒈-⒛㈠-㈩㊀-㊉])[、.．]?"
_DIGITS_FREE = r"(?<![\d.．,A-Za-z_@/~～\-])(?<!\d[:：])"
_HALF_PAREN = rf"{_DIGITS_FREE}(?P<half_paren>\d{{1,2}})[)）][、.．]?"
_DECIMAL = (
    rf"{_DIGITS_FREE}(?P<decimal>[1-9１-９]\d?(?:[.．][1-9１-９]\d?){{1,5}})(?![\d%％])(?:[.．、](?!\d))?"
)
_NUMBER = rf"{_DIGITS_FREE}(?P<number>\d{{1,2}}) ?(?P<point>[、.．])(?!\d)"
_HAN_NUMBER = rf"(?<![第{HAN_DIGITS}])(?P<han>{_HAN}{{1,3}}) ?(?P<han_point>[、.．])"
_LETTER = r"(?<![A-Za-z\d.@/])(?P<letter>[A-Za-z])(?P<letter_point>[)）、.．])(?![A-Za-z\d])"
_BARE = rf"{_DIGITS_FREE}(?P<bare>[1-9]\d?)(?![\d:：.．%％、,，)）\-—~～/])"
_LOOSE = rf"(?P<loose>{_HAN}{{1,3}})(?:[:：，,]|(?=[ \u3000\t]))|(?P<colon>\d{{1,2}})[:：，,](?!\d)"
_HALF_HAN = rf"(?P<half_han>{_HAN}{{1,3}})[)）][、.．]?"
_BOXED = rf"[【\[]第(?P<boxed>\d{{1,3}}|{_HAN}{{1,7}})(?P<boxed_unit>章|节|条)[】\]]"
_PIAN = rf"[【\[]?篇(?P<pian>{_HAN}{{1,3}})(?:[】\]]|(?=[:：]))"

_WITHIN = "|".join(
    [_LAW, _PAREN_HAN, _PAREN, _HALF_PAREN, _DECIMAL, _NUMBER, _HAN_NUMBER, _ENCLOSED, _LETTER, _BARE]
)
WITHIN = re.compile(_WITHIN)
AT_START = re.compile("|".join([_WITHIN, _HALF_HAN, _LOOSE, _BOXED, _PIAN]))
BULLET = re.compile(r"[●○•·▪■□◆◇★☆▲△※➢➤►✓√][ \u3000\t]*|(?:[-–*+]|—{1,2})[ \u3000\t]+|——")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label where it was found; `numbers` has one number, decimals have several."""

    style: str
    family: str
    numbers: tuple[int, ...]
    start: int
    end: int

    @property
    def number(self) -> int:
        """Its place among its siblings."""
        return self.numbers[-1]


def han_number(text: str) -> int:
    """The number of 二十一, 一百零五, 一〇五 or 21 (any digits). ValueError for anything else."""
    if text.isdigit():
        return int(text)
    if not any(unit in text for unit in "十百"):
        return int("".join(str("〇一二三四五六七八九".index(_plain(c))) for c in text))
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.partition("十")
    value = 100 * (han_number(hundreds) if hundreds else 0) if "百" in text else 0
    tens = tens.lstrip("零〇")
    value += 10 * (han_number(tens) if tens else 1) if ten else 0
    last = ones if ten else rest
    last = last.lstrip("零〇")
    return value + (han_number(last) if last else 0)


def _plain(digit: str) -> str:
    return {"零": "〇", "两": "二"}.get(digit, digit)


def at_start(text: str, at: int) -> Mark | None:
    """The mark that stands at `at`, if any."""
    found = AT_START.match(text, at)
    return _mark(found) if found else None


def within(text: str, start: int, end: int) -> Iterator[Mark]:
    """Everything between `start` and `end` that looks like a mark, in order."""
    for found in WITHIN.finditer(text, start, end):
        mark = _mark(found)
        if mark is not None:
            yield mark


def _mark(found: re.Match[str]) -> Mark | None:
    try:
        style, family, numbers = _kind(found, found.lastgroup or "")
    except ValueError:
        return None
    return Mark(style, family, numbers, found.start(), found.end()) if numbers[-1] else None


def _kind(found: re.Match[str], last: str) -> tuple[str, str, tuple[int, ...]]:
    """Style, family and numbers from the part of the pattern that matched, known by its last group."""
    if last in ("unit", "sub"):
        return found["unit"], found["unit"], (han_number(found["law"]),)
    if last == "boxed_unit":
        return found["boxed_unit"], found["boxed_unit"], (han_number(found["boxed"]),)
    if last == "decimal":
        return "1.1", "1.1", tuple(int(n) for n in re.split("[.．]", found["decimal"]))
    if last == "enclosed":
        return _enclosed(found["enclosed"])
    if last == "letter_point":
        letter, point = found["letter"], found["letter_point"].translate(_HALF_POINTS)
        return ("a" if letter.islower() else "A") + point, "a", (ord(letter.lower()) - 96,)
    name = _POINTED.get(last, last)
    style, family = _PLAIN[name]
    point = found[last].translate(_HALF_POINTS) if last in _POINTED else ""
    return style + point, family, (han_number(found[name]),)


_POINTED = {"point": "number", "han_point": "han"}
_HALF_POINTS = str.maketrans("）．", ").")
_PLAIN = {
    "paren_han": ("(一)", "(一)"),
    "paren": ("(1)", "(1)"),
    "half_paren": ("1)", "(1)"),
    "half_han": ("一)", "(一)"),
    "number": ("1", "1"),
    "han": ("一", "一"),
    "loose": ("一 ", "一"),
    "colon": ("1:", "1"),
    "bare": ("1 ", "1"),
    "pian": ("篇", "篇"),
}
"""Part of the pattern -> style (the point is added) and family."""


def _enclosed(sign: str) -> tuple[str, str, tuple[int, ...]]:
    name = unicodedata.name(sign)
    number = int(unicodedata.numeric(sign))
    if "IDEOGRAPH" in name:
        return "㈠", "(一)", (number,)
    if name.startswith("PARENTHESIZED"):
        return "⑴", "(1)", (number,)
    return ("⒈", "1", (number,)) if "FULL STOP" in name else ("①", "①", (number,))
