"""The text without its residue, line by line, with the way back to the source."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shounuo.reading.labels import BULLET, Mark, at_start
from shounuo.reading.residue import BLANK, LINE
from shounuo.reading.text import Residue, Span

HAN = "\u4e00-\u9fff"
ENDERS = "。；;！!？?…"
CLOSERS = "”’」』）)】》〉\"'"
OPEN_ENDS = "，,、（(《“‘「—"
"""A line that ends in one of these goes on."""
CONTINUERS = "应须的地得必不和与及或并且但而将等者至内之所可会，,。；;、：:）)》”"
"""Signs with which a line that continues a sentence often begins."""
LONGEST_HEADING = 30
LONGEST_LEAD = 10
FILLED_LINES, NARROWEST, WIDEST, SLACK = 0.3, 30, 130, 4

_TIME = re.compile(r"[\d一二三四五六七八九十两半]\s?(?:个?(?:工作)?[日天月周年]|个?(?:工作)?小时|分钟)")
_MODAL = re.compile(r"应当|必须|不得|严禁|须在|当场|可以|下列|如下")
_NOT_IN_HEADING = re.compile(r"[，,。；;：:！!？?\t]")
_PUNCTUATION = re.compile(r"[^\w\s]")
_STRAY_BLANK = re.compile(rf"(?<=[{HAN}])[ \t]{{1,2}}(?=[{HAN}])")


class Clean:
    """A source without its residue; `source_at` leads back."""

    def __init__(self, source: str, residue: Sequence[Residue]) -> None:
        kept, at = [], 0
        for item in residue:
            kept.append((at, item.span[0]))
            at = item.span[1]
        kept.append((at, len(source)))
        self._kept = [(a, b) for a, b in kept if a < b]
        self.text = "".join(source[a:b] for a, b in self._kept)
        self._starts, total = [], 0
        for a, b in self._kept:
            self._starts.append(total)
            total += b - a

    def source_at(self, at: int) -> int:
        """Where the character `at` of the clean text stands in the source."""
        run = bisect_right(self._starts, at) - 1
        return self._kept[run][0] + at - self._starts[run]

    def source_spans(self, a: int, b: int) -> Iterator[Span]:
        """The runs of the source that make up `text[a:b]`."""
        run = bisect_right(self._starts, a) - 1
        while a < b:
            start, end = self._kept[run]
            begin = start + a - self._starts[run]
            length = min(b - a, end - begin)
            yield begin, begin + length
            a += length
            run += 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: where its first sign, its words after a bullet, and its end stand."""

    start: int
    words: int
    end: int
    indent: int
    mark: Mark | None
    bullet: bool


def lines_of(text: str) -> list[Line]:
    """The lines of a text."""
    found = []
    for match in LINE.finditer(text):
        start, end = trimmed(text, *match.span())
        if start < end:
            bullet = BULLET.match(text, start, end)
            words = bullet.end() if bullet else start
            mark = at_start(text, words) if words < end else None
            mark = mark if mark and mark.end <= end else None
            found.append(Line(start, words, end, start - match.start(), mark, bullet is not None))
    return found


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without the blanks at its ends."""
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return start, end


def ended(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` ends a sentence or leads into a list."""
    while end > start and text[end - 1] in CLOSERS:
        end -= 1
    return end > start and (text[end - 1] in ENDERS or text[end - 1] in "：:")


def like_a_heading(text: str) -> bool:
    """Short, without the punctuation, the modal verbs and the times of sentences."""
    if not 1 <= len(text) <= LONGEST_HEADING or _NOT_IN_HEADING.search(text):
        return False
    return not (_MODAL.search(text) or _TIME.search(text))


def width(text: str, line: Line) -> int:
    """Columns of a line: wide signs count two."""
    start, end = line.start - line.indent, line.end
    return sum(2 if c > "\u02ff" else 1 for c in text[start:end]) if end - start <= WIDEST else WIDEST + 1


def wrapped_at(text: str, lines: Sequence[Line]) -> int | None:
    """The width at which the text was broken into lines; None when each line is a paragraph of its own."""
    widths = sorted(width(text, line) for line in lines)
    if len(widths) < 8:
        return None
    full = widths[int(0.95 * (len(widths) - 1))]
    filled = sum(full - SLACK <= one <= full + 1 for one in widths)
    return full if NARROWEST <= full <= WIDEST and filled >= FILLED_LINES * len(widths) else None


def without_stray_blanks(text: str, a: int, b: int, first: bool) -> Iterator[Span]:
    """The runs of a sentence between blanks that copying left between two Han characters.

    A blank after a few words at the beginning of a clause (`first`) stays: it sets off the clause's heading.
    """
    begin = a
    for blank in _STRAY_BLANK.finditer(text, a, b):
        if (
            first
            and blank.start() - begin <= LONGEST_LEAD
            and not _PUNCTUATION.search(text, begin, blank.start())
        ):
            continue
        yield a, blank.start()
        a = blank.end()
    yield a, b
