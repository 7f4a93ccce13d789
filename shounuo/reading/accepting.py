"""Whether a mark begins a clause where it stands, or is a reference, a quantity or part of a sentence.

At the beginning of a line almost every mark does. Within a line it must stand after the end of a sentence (or after a
colon, a blank, a heading), and continue an open list or begin one whose second member follows.
"""

import re
from dataclasses import dataclass

from shounuo.reading.labels import DIVISIONS, HAN_DIGITS, LAW_UNITS, Mark, at_start
from shounuo.reading.lines import CLOSERS, ENDERS, HAN, like_a_heading, trimmed
from shounuo.reading.residue import BLANK
from shounuo.reading.tree import Node, Tree

LARGEST_DECIMAL = 50
LONGEST_DIVISION = 60

_REFERENCE = re.compile(
    r"[ \u3000]*(?:规定|的|至第|、第|至|和第|或第|或者第|及第|与第|以及第|所[列述称指规]|"
    r"第[一二三四五六七八九十\d]+[款项]|之规定|款|项|中的|，第)"
)
_PAREN_REFERENCE = re.compile(r"[ \u3000]*(?:[、，,和或至及]\s*[（(第]|项|款|目|类|种情形|条|点)")
_UNIT = re.compile(
    r"[ \u3000]*(?:个|小时|分钟|天|秒|万|亿|元|倍|米|公里|千米|千克|公斤|平方|立方|吨|[%％℃°]|MPa|kPa|kV|kW|厘米|毫米|折|"
    r"[年月日](?![常度度内历志程报终间])|周(?!期|边|末|到|转)|人次|次|级地震|时(?!间|限|效)|分(?!类|级|工|析|为|别|公|支))"
)
_HAN_LIST = re.compile(f"[{HAN_DIGITS}][、至到或]")
_SOON_HAN = re.compile(rf"[ \u3000]*[{HAN}“\"《「（(A-Za-z]")
_BEFORE_PAREN = "第见及和或至款项条附表图式例注点"
_BEFORE_NUMBER = "、，,第约近共达满为至到或和之~～-—"


@dataclass(slots=True)
class Spot:
    """Where a mark stands: the text, the end of its line, and what is known around it."""

    text: str
    end: int
    tree: Tree
    unfinished: bool = False
    """whether the line before it stopped in the middle of a sentence"""
    next_mark: Mark | None = None
    """the mark with which the next line begins"""
    parts: frozenset[int] = frozenset()
    """first numbers of the decimals with which lines of the text begin"""
    pairs: frozenset[int] = frozenset()
    """starts of the marks with number 1 whose number 2 follows in the line"""


def begins_line(mark: Mark, spot: Spot) -> bool:
    """Whether a mark at the beginning of a line begins a clause."""
    if mark.family in LAW_UNITS:
        return _law_begins(mark, spot)
    after = mark.end
    if mark.family == "1.1":
        return _decimal_begins(mark, spot)
    if mark.style in ("1 ", "一 ", "1:"):
        return _loose_begins(mark, spot)
    if spot.unfinished and mark.number != 1 and not spot.tree.continues(mark):
        return False
    if mark.family == "一" and _HAN_LIST.match(spot.text, after):
        return False
    if mark.family == "a" and not (spot.tree.continues(mark) or _next_follows(mark, spot)):
        return False
    return not (mark.family in ("(一)", "(1)") and _is_reference(mark, spot.text))


def _next_follows(mark: Mark, spot: Spot) -> bool:
    following = spot.next_mark
    return (
        mark.number == 1 and following is not None and following.style == mark.style and following.number == 2
    )


def _is_reference(mark: Mark, text: str) -> bool:
    """Whether it is cited rather than begun: （一）项, (1)、(2), ①②."""
    if _PAREN_REFERENCE.match(text, mark.end):
        return True
    following = at_start(text, mark.end)
    return following is not None and following.family == mark.family


def _law_begins(mark: Mark, spot: Spot) -> bool:
    if mark.family == "篇":
        return (
            like_a_heading(spot.text[mark.end : spot.end].lstrip(BLANK + "：:").strip(BLANK))
            or mark.end == spot.end
        )
    continues = mark.number == 1 or spot.tree.continues(mark)
    if _REFERENCE.match(spot.text, mark.end) and not (
        continues and spot.text[mark.end : mark.end + 1] in BLANK + "\n"
    ):
        return False
    if mark.family in DIVISIONS and spot.end - mark.end > LONGEST_DIVISION and not continues:
        return False
    return continues or not spot.unfinished


def _decimal_begins(mark: Mark, spot: Spot) -> bool:
    if mark.numbers[0] > LARGEST_DECIMAL or (len(mark.numbers) == 2 and _UNIT.match(spot.text, mark.end)):
        return False
    return not spot.unfinished or spot.tree.continues(mark)


def _loose_begins(mark: Mark, spot: Spot) -> bool:
    """A number with a blank, a colon or nothing after it: in sequence, and looking like a list."""
    if mark.end == spot.end:
        return mark.number == 1 or spot.tree.continues(mark)
    if _UNIT.match(spot.text, mark.end) or not _SOON_HAN.match(spot.text, mark.end):
        return False
    following = spot.next_mark
    leads = following is not None and (
        (following.family == "1.1" and mark.style == "1 " and following.numbers[:-1] == mark.numbers)
        or (following.style == mark.style and following.number == mark.number + 1)
    )
    if spot.text[mark.end] not in BLANK and mark.style == "1 ":
        heading = like_a_heading(spot.text[mark.end : min(spot.end, mark.end + 40)].strip(BLANK + "；;。"))
        return heading and (leads or _next_part(mark, spot.tree) or spot.tree.continues(mark))
    return leads or spot.tree.continues(mark) or _next_part(mark, spot.tree) or _first_part(mark, spot)


def _first_part(mark: Mark, spot: Spot) -> bool:
    """Whether a bare 1 heads a part that has no decimals: those of 2 follow."""
    words = spot.text[mark.end : min(spot.end, mark.end + 40)].strip(BLANK)
    return mark.style == "1 " and bool({mark.number, mark.number + 1} & spot.parts) and like_a_heading(words)


def _next_part(mark: Mark, tree: Tree) -> bool:
    """Whether a bare 5 comes after 4.x."""
    return mark.style == "1 " and tree.last_part == mark.number - 1 and tree.last_part > 0


def begins_within(mark: Mark, start: int, spot: Spot) -> bool:
    """Whether a mark inside a line begins a clause; `start` is where the words of the clause before it begin."""
    before = _before(spot.text, start, mark.start)
    if mark.family in LAW_UNITS:
        return _law_within(mark, before, spot)
    if mark.family == "1.1":
        return _decimal_within(mark, before, spot)
    if mark.style == "1 ":
        return _bare_within(mark, before, spot)
    if not (spot.tree.continues(mark) or mark.start in spot.pairs):
        return False
    if mark.family == "一":
        return before.free and not _HAN_LIST.match(spot.text, mark.end)
    if mark.family == "1":
        return before.free
    if mark.family == "a":
        return before.free
    if _is_reference(mark, spot.text) or before.sign in _BEFORE_PAREN:
        return False
    return before.free or before.sign in "，,、" or mark.style not in ("1)",)


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a mark within a line."""

    sign: str
    ends: bool
    """a sentence ends there, or a colon leads in"""
    gap: bool
    heading: bool
    """the words since the last mark are like a heading"""

    @property
    def free(self) -> bool:
        return self.ends or (self.gap and self.sign not in _BEFORE_NUMBER)


def _before(text: str, start: int, at: int) -> _Before:
    _, end = trimmed(text, start, at)
    sign = text[end - 1] if end > start else ""
    close = end
    while close > start and text[close - 1] in CLOSERS:
        close -= 1
    ends = end == start or text[close - 1] in ENDERS + "：:" if close > start else True
    heading = end - start <= 40 and like_a_heading(text[start:end].strip(BLANK))
    return _Before(sign, ends, end < at, heading)


def _law_within(mark: Mark, before: _Before, spot: Spot) -> bool:
    if _REFERENCE.match(spot.text, mark.end) or mark.family in ("篇", "部分"):
        return False
    in_order = spot.tree.continues(mark) or (mark.number == 1 and spot.tree.opens(mark))
    if mark.family in DIVISIONS:
        soon = spot.text[mark.end : mark.end + 1] in BLANK or spot.text[mark.end : mark.end + 1] in "：:"
        return in_order and (before.ends or (before.gap and soon))
    apart = mark.end < spot.end and spot.text[mark.end] in BLANK
    if in_order:
        return before.ends or (before.gap and apart) or (before.heading and _under_heading(spot.tree.current))
    return before.ends and apart and spot.tree.skips(mark)


def _under_heading(node: Node | None) -> bool:
    return node is not None and (
        node.family in DIVISIONS or node.kind in ("title", "heading") or node.family == "一"
    )


def _decimal_within(mark: Mark, before: _Before, spot: Spot) -> bool:
    if _UNIT.match(spot.text, mark.end) or mark.numbers[0] > LARGEST_DECIMAL:
        return False
    if spot.tree.continues(mark):
        return before.free or (before.heading and mark.number == 1)
    return before.ends and spot.tree.skips(mark)


def _bare_within(mark: Mark, before: _Before, spot: Spot) -> bool:
    """A heading that was glued to the sentence before it: 。4 管理内容与要求 4.1 …"""
    if not before.ends or before.sign in "：:" or mark.end >= spot.end or spot.text[mark.end] not in BLANK:
        return False
    following = re.compile(rf"{mark.number}[.．]1(?!\d)").search(
        spot.text, mark.end, min(spot.end, mark.end + 50)
    )
    end = following.start() if following else spot.end
    words = spot.text[mark.end : min(end, mark.end + 60)].strip(BLANK)
    return like_a_heading(words) and not _UNIT.match(spot.text, mark.end)


def first_of_pairs(marks: list[Mark], next_mark: Mark | None) -> frozenset[int]:
    """Starts of the marks with number 1 that are followed by number 2 of their family, in the line or right after it.

    Bare numbers (扣3分) are quantities here.
    """
    following: dict[str, int] = {next_mark.family: next_mark.number} if next_mark else {}
    found = []
    for mark in reversed(marks):
        if len(mark.numbers) == 1 and mark.style != "1 ":
            if mark.number == 1 and following.get(mark.family) == 2:
                found.append(mark.start)
            following[mark.family] = mark.number
    return frozenset(found)
