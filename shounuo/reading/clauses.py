"""A text to its clauses: every character in exactly one clause or set aside."""

import re

from shounuo.reading import residue as residues
from shounuo.reading.accepting import Spot, begins_line, begins_within, first_of_pairs
from shounuo.reading.assembling import assembled
from shounuo.reading.errors import ReadingError
from shounuo.reading.labels import DIVISIONS, Mark, within
from shounuo.reading.lines import (
    CONTINUERS,
    ENDERS,
    HAN,
    LONGEST_LEAD,
    OPEN_ENDS,
    SLACK,
    Clean,
    Line,
    ended,
    like_a_heading,
    lines_of,
    trimmed,
    width,
    wrapped_at,
)
from shounuo.reading.text import Regulation
from shounuo.reading.tree import Tree

MOST_CLAUSES = 30_000
SHORTEST_BROKEN_LINE = 15
LONGEST_GLUED = 14

_GLUED = re.compile(rf"[{HAN}“”《》、]{{2,{LONGEST_GLUED}}}\Z")
_ANNEX = re.compile(
    r"附\s*件\s*[一二三四五六七八九十\d]{0,3}\s*(?:[:：]|$)|附\s*[:：]|附\s*[表录图]\s*[一二三四五六七八九十\d]{0,3}\s*(?:[:：]|$)"
)


def split(source: str) -> Regulation:
    """The clauses of a text. Raises ReadingError (too_many_clauses)."""
    set_aside = residues.find(source)
    clean = Clean(source, set_aside)
    reader = _Reader(clean.text)
    reader.read()
    return assembled(source, clean, reader.tree.nodes, set_aside)


class _Reader:
    """Reads a clean text line by line into a tree."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines_of(text)
        self.full = wrapped_at(text, self.lines)
        self.tree = Tree()
        self.parts = frozenset(ln.mark.numbers[0] for ln in self.lines if ln.mark and ln.mark.family == "1.1")

    def read(self) -> None:
        for number, line in enumerate(self.lines):
            self._line(number, line)
            if len(self.tree.nodes) > MOST_CLAUSES:
                raise ReadingError("too_many_clauses", limit=MOST_CLAUSES)

    def _line(self, number: int, line: Line) -> None:
        following = self.lines[number + 1] if number + 1 < len(self.lines) else None
        next_mark = following.mark if following else None
        spot = Spot(self.text, line.end, self.tree, self._unfinished(number), next_mark, parts=self.parts)
        at = self._opening(number, line, spot)
        marks = list(within(self.text, at, line.end))
        spot.pairs = first_of_pairs(marks, spot.next_mark)
        for mark in marks:
            if mark.start >= at and begins_within(mark, at, spot):
                self._words(at, mark.start)
                at = self._labelled(mark, mark.start)
        self._ending(at, line, following)

    def _opening(self, number: int, line: Line, spot: Spot) -> int:
        """Begin the line's first clause, or go on with the last one; where its words begin."""
        if line.mark is not None and begins_line(line.mark, spot):
            return self._labelled(line.mark, line.start)
        if self.tree.current is not None and not line.bullet and self._goes_on(number, line, spot):
            return line.start
        self.tree.unlabelled("bullet" if line.bullet else self._kind(number, line), line.start)
        return line.words

    def _labelled(self, mark: Mark, start: int) -> int:
        self.tree.label(mark, start)
        at = mark.end
        if mark.family == "篇" and self.text[at : at + 1] in ("：", ":"):
            at += 1
        return at

    def _words(self, start: int, end: int) -> None:
        start, end = trimmed(self.text, start, end)
        if start < end and self.tree.nodes:
            self.tree.nodes[-1].add(self.text, start, end)

    def _unfinished(self, number: int) -> bool:
        """Whether the line before stopped in the middle of a sentence."""
        if number == 0:
            return False
        line = self.lines[number - 1]
        if self.text[line.end - 1] in OPEN_ENDS:
            return True
        filled = self.full is not None and width(self.text, line) >= self.full - SLACK
        if ended(self.text, line.start, line.end):
            return filled and self.text[line.end - 1] in "；;"
        if filled:
            return True
        last = self.tree.nodes[-1]
        start = last.body[-1][0] if last.body else line.end
        words = self.text[start : line.end]
        return len(words) > SHORTEST_BROKEN_LINE and any(sign in words for sign in "，,。；;")

    def _goes_on(self, number: int, line: Line, spot: Spot) -> bool:
        last = self.tree.nodes[-1]
        if last.kind == "label" and not last.body and last.family not in DIVISIONS:
            return True
        if spot.unfinished:
            return last.kind != "heading"
        return self._filled_paragraph(number, line)

    def _filled_paragraph(self, number: int, line: Line) -> bool:
        """In a text broken into lines: a full line, and the next not indented as its paragraphs are."""
        if self.full is None or line.indent or self.tree.nodes[-1].kind in ("title", "heading"):
            return False
        before = self.lines[number - 1]
        return width(self.text, before) >= self.full - 2 and self._indents

    @property
    def _indents(self) -> bool:
        return 5 * sum(line.indent >= 2 for line in self.lines[:200]) >= len(self.lines[:200])

    def _kind(self, number: int, line: Line) -> str:
        """What an unlabelled line is: title, heading or paragraph."""
        words = self.text[line.start : line.end] if line.end - line.start <= 40 else ""
        if not self.tree.started and like_a_heading(words):
            return "heading" if self._has_title() and self._list_next(number) else "title"
        if _ANNEX.match(words):
            return "annex"
        if like_a_heading(words) and self._heads_next(number):
            return "heading"
        if words[-1:] in ("：", ":") and like_a_heading(words[:-1]) and self._sentence_next(number, words):
            return "heading"
        return "paragraph"

    def _has_title(self) -> bool:
        last = self.tree.nodes[-1] if self.tree.nodes else None
        return last is not None and (last.kind == "title" or (last.family == "篇" and bool(last.body)))

    def _list_next(self, number: int) -> bool:
        """Whether the next line begins a list of single items."""
        mark = self.lines[number + 1].mark if number + 1 < len(self.lines) else None
        return mark is not None and mark.number == 1 and mark.family in ("1", "(1)", "①")

    def _heads_next(self, number: int) -> bool:
        """Whether the next line is a list's beginning or a sentence."""
        if number + 1 >= len(self.lines):
            return False
        line = self.lines[number + 1]
        if line.mark is not None:
            return line.mark.number == 1 or line.mark.family == "1.1"
        return self._is_sentence(line) or self._leads_in(line)

    def _leads_in(self, line: Line) -> bool:
        """Whether a line is a few words with a colon: 业务接待："""
        words = self.text[line.start : min(line.end, line.start + LONGEST_LEAD + 2)]
        return (
            line.end - line.start <= LONGEST_LEAD + 1
            and words[-1:] in ("：", ":")
            and like_a_heading(words[:-1])
        )

    def _sentence_next(self, number: int, words: str) -> bool:
        """Whether a few words with a colon stand over a sentence that bears no mark."""
        line = self.lines[number + 1] if number + 1 < len(self.lines) else None
        few = len(words) <= LONGEST_LEAD + 1
        return few and line is not None and line.mark is None and not line.bullet and self._is_sentence(line)

    def _is_sentence(self, line: Line) -> bool:
        return any(sign in ENDERS for sign in self.text[line.start : min(line.end, line.start + 400)])

    def _ending(self, at: int, line: Line, following: Line | None) -> None:
        """The rest of the line; a heading that was glued to its last sentence becomes a clause of its own."""
        glued = self._glued(at, line, following)
        self._words(at, glued if glued is not None else line.end)
        if glued is not None:
            self.tree.unlabelled("heading", glued)
            self._words(glued, line.end)

    def _glued(self, at: int, line: Line, following: Line | None) -> int | None:
        tail_start = max(at, line.end - LONGEST_GLUED - 1)
        end_of_sentence = max(self.text.rfind(sign, tail_start, line.end) for sign in "。！!？?")
        if end_of_sentence < 0 or following is None:
            return None
        start, end = trimmed(self.text, end_of_sentence + 1, line.end)
        if not _GLUED.match(self.text, start, end) or not like_a_heading(self.text[start:end]):
            return None
        if self.full is not None and width(self.text, line) >= self.full - SLACK:
            return None
        goes_on = following.mark is None and self.text[following.start] in CONTINUERS
        return None if goes_on else start
