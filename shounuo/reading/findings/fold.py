"""A clause's words folded for matching: full-width to half-width, white space out, every character's place kept."""

from dataclasses import dataclass

from shounuo.reading.text import Clause

_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad",
    )
)
_ALIKE = {
    "—": "-",
    "–": "-",
    "―": "-",
    "─": "-",
    "～": "~",
    "∼": "~",
    "﹣": "-",
    "○": "〇",
    "Ｏ": "O",
    "﹔": ";",
    "﹕": ":",
}
_TABLE = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{ord(mark): plain for mark, plain in _ALIKE.items()},
}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text of a clause; `places[i]` is the position of its i-th character in the clause's text."""

    clause: Clause
    text: str
    places: tuple[int, ...]

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Where the folded characters a to b stand in the source."""
        return self.clause.source_span(self.places[a], self.places[b - 1] + 1)


def fold_text(text: str) -> str:
    """`text` folded, for words that come from elsewhere than a clause."""
    return "".join(text.translate(_INVISIBLE).translate(_TABLE).split())


def fold(clause: Clause) -> Folded:
    """The clause folded."""
    kept = [(i, c) for i, c in enumerate(clause.text) if not c.isspace() and ord(c) not in _INVISIBLE]
    text = "".join(c for _, c in kept).translate(_TABLE)
    return Folded(clause, text, tuple(i for i, _ in kept))
