"""What is no part of the regulation: page numbers and headers, navigation, publication lines, markup, control characters.

Nothing is dropped: what is set aside is reported with its place and the reason (a name of `residue.yaml`, or
`page_header`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shounuo.reading.labels import at_start
from shounuo.reading.text import Residue, Span
from shounuo.rules.loading.reader import read_document

BLANK = " \t\n\r\f\v\xa0\u3000\x85\u1680\u2028\u2029\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
FORMS = Path(__file__).with_name("residue.yaml")
LONGEST_LINE = 200
LONGEST_HEADER = 40
FEWEST_ROWS, LONGEST_ROW = 3, 250

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_BLANKS = re.compile(f"[{BLANK}]*")
_HAN = "\u4e00-\u9fff"
_NUMBER_IN_WORD = re.compile(rf"(?<=[{_HAN}])[ ]{{1,4}}(\d{{1,3}})[ ]{{1,4}}(?=[{_HAN}])")
_STRAY_BLANK = re.compile(rf"(?<=[{_HAN}])[ ](?=[{_HAN}])")
MEASURES = (
    "个日天时分秒周月年季旬次人元％%项类级条款章节页万千百亿名家份件倍号米公里里户点层楼区度种岁吨升克平亩台套辆部张册本单位"
    "处所间字步环届期批期组班路站线楼室门窗位科股至到或和以及不内前后小工自"
)
"""Signs that follow a number in running text; after them a number is meant."""
BEFORE_NUMBER = "第近达过为于至满每按共计约超前后内是有等在到从以和或、各加减乘除比仅满逾足少多低高不"


@cache
def forms(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(reason, expression) of each kind of residue; `part` is `lines` or `signs`."""
    document = read_document(FORMS)
    if document.faults:
        raise ValueError(f"{FORMS.name}: {document.faults[0].line_text()}")
    found = document.data[part].items()
    return tuple((why, re.compile("|".join(f"(?:{p})" for p in form["patterns"]))) for why, form in found)


def line_reason(line: str) -> str | None:
    """Why a whole line (blanks at its ends removed) is no part of the regulation; None when it is."""
    if not line or len(line) > LONGEST_LINE:
        return None
    return next((why for why, form in forms("lines") if form.fullmatch(line)), None)


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    why: str | None
    new_page: bool


def find(source: str) -> tuple[Residue, ...]:
    """All residue of a text in its order, without overlaps; whole lines take the blanks after them along."""
    signs = [*_signs(source), *_numbers_in_words(source)]
    lines = _lines(source, sorted(signs))
    for line in _numbered_rows(lines):
        line.why = None
    for line in _page_headers(lines):
        line.why = "page_header"
    for line in _listed_contents(lines):
        line.why = "contents"
    starts = [line.start for line in lines[1:]] + [len(source)]
    whole = [
        (line.start, min(_after_blanks(source, line.end), following), line.why)
        for line, following in zip(lines, starts, strict=False)
        if line.why is not None
    ]
    inside = _outside_of(whole, sorted(signs))
    return tuple(
        Residue(source[a:b].strip(BLANK), (a, b), why) for a, b, why in sorted([*whole, *inside]) if why
    )


def _signs(source: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    found = sorted((m.start(), m.end(), why) for why, form in forms("signs") for m in form.finditer(source))
    for start, end, why in found:
        if start >= at:
            yield start, end, why
            at = end


def _numbers_in_words(source: str) -> Iterator[tuple[int, int, str]]:
    """Page numbers that copying left inside a word: 合 2 作精神. They grow along the text."""
    last = 0
    if len(_STRAY_BLANK.findall(source, 0, 200_000)) < 3:
        return
    for found in _NUMBER_IN_WORD.finditer(source):
        before, after = source[found.start() - 1], source[found.end()]
        number = int(found[1])
        if after not in MEASURES and before not in BEFORE_NUMBER and number > last:
            last = number
            yield found.start(), found.end(), "page_number"


def _lines(source: str, signs: list[tuple[int, int, str]]) -> list[_Line]:
    """Lines that are not blank; signs set aside already do not count as their text."""
    found, page, next_sign = [], False, 0
    at = 0
    for match in LINE.finditer(source):
        page = page or "\f" in source[at : match.start()]
        at = match.end()
        text, next_sign = _kept(source, match.span(), signs, next_sign)
        if text:
            found.append(_Line(match.start(), match.end(), text, line_reason(text), page))
            page = False
    return found


def _kept(source: str, span: Span, signs: list[tuple[int, int, str]], first: int) -> tuple[str, int]:
    """A line's text without the signs in it, and the number of the next sign."""
    start, end = span
    kept = []
    while first < len(signs) and signs[first][0] < end:
        kept.append(source[start : max(start, signs[first][0])])
        start = max(start, signs[first][1])
        first += 1
    return ("".join(kept) + source[start:end]).strip(BLANK), first


def _page_headers(lines: list[_Line]) -> list[_Line]:
    """Short lines that come again beside page breaks or page numbers."""
    beside = [line for line in _beside_breaks(lines) if _may_be_header(line)]
    often = Counter(line.text for line in beside)
    pages = 1 + sum(line.new_page or line.why == "page_number" for line in lines)
    return [line for line in beside if often[line.text] >= (2 if pages <= 4 else 3)]


def _numbered_rows(lines: list[_Line]) -> list[_Line]:
    """Lines of one number each that count rows and not pages: 1, 2, 3 close together in a text without page breaks."""
    alone = [line for line in lines if line.why == "page_number" and line.text.isdecimal()]
    counted = [int(line.text) for line in alone] == list(range(1, len(alone) + 1))
    if len(alone) < FEWEST_ROWS or not counted or any(line.new_page for line in lines):
        return []
    return alone if alone[-1].end - alone[0].start <= LONGEST_ROW * len(alone) else []


def _listed_contents(lines: list[_Line]) -> list[_Line]:
    """The lines after 目录 that come again further down, up to the first that does not."""
    at = next((at for at, line in enumerate(lines[:200]) if line.why == "contents"), len(lines))
    later = Counter(_bare(line.text) for line in lines[at + 1 :] if len(line.text) <= LONGEST_HEADER)
    found = []
    for line in lines[at + 1 :]:
        if line.why is None:
            if later[_bare(line.text)] < 2:
                break
            found.append(line)
        later[_bare(line.text)] -= 1
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _beside_breaks(lines: list[_Line]) -> Iterator[_Line]:
    given: set[int] = set()
    for at, line in enumerate(lines):
        near = [at - 1, at + 1] if line.why == "page_number" else [at - 1, at] if line.new_page else []
        for neighbour in near:
            if 0 <= neighbour < len(lines) and neighbour not in given:
                given.add(neighbour)
                yield lines[neighbour]


def _may_be_header(line: _Line) -> bool:
    short = len(line.text) <= LONGEST_HEADER and line.text[-1] not in "。；;：:，,、"
    return line.why is None and short and at_start(line.text, 0) is None


def _after_blanks(source: str, at: int) -> int:
    found = _BLANKS.match(source, at)
    return found.end() if found else at


def _outside_of(
    whole: list[tuple[int, int, str]], signs: list[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """The signs that are not inside a whole line of residue."""
    lines = iter(sorted(whole, key=lambda one: one[0]))
    line = next(lines, None)
    for start, end, why in signs:
        while line and line[1] <= start:
            line = next(lines, None)
        if line is None or start < line[0]:
            yield start, end, why
