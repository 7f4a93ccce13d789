"""Finding matters by words: pairs of characters for Chinese, whole words and prefixes for the rest.

A matter's request, name and telephone number become a set of grams in `Lookup`. A gram index answers
two-character words, which neither database's own text search knows; both databases are asked the same
question. Order and exact adjacency of grams are not kept: it finds a little more, never less.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 2000
"""How many characters of the request are looked at."""
MOST_GRAMS = 400
LAST_DIGITS = 4
_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿々〇]+|[^\W_㐀-䶿一-鿿豈-﫿々〇]+")
_DIGIT_BREAKS = re.compile(r"(?<=\d)[\s\-()+.]+(?=\d)")


def grams_of(request: str, name: str = "", phone: str = "", outside: str = "") -> str:
    """Everything a matter is found by, as grams with a space between."""
    found: dict[str, None] = {}
    for text in (name, _digits(phone), outside, request[:LONGEST]):
        found.update(dict.fromkeys(_grams(text)))
    return " ".join(list(found)[:MOST_GRAMS])


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdecimal())


def _runs(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _RUN.findall(_DIGIT_BREAKS.sub("", plain))


def _grams(text: str) -> Iterator[str]:
    for run in _runs(text):
        if not _chinese(run):
            yield run
            if run.isdecimal() and len(run) > LAST_DIGITS:
                yield run[-LAST_DIGITS:]
        elif len(run) == 1:
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def _chinese(run: str) -> bool:
    """Or another script written without spaces, such as Korean."""
    return run[0] >= "㐀"


def wanted(text: str) -> list[tuple[str, bool]]:
    """The grams a search asks for, all of them; True where the gram is only the beginning of one."""
    asked: dict[tuple[str, bool], None] = {}
    for run in _runs(text):
        if _chinese(run) and len(run) > 1:
            asked.update(dict.fromkeys((run[i : i + 2], False) for i in range(len(run) - 1)))
        else:
            asked[(run, not run.isdecimal())] = None
    return list(asked)


def postgresql_query(asked: Iterable[tuple[str, bool]]) -> str:
    """As a tsquery. Runs hold letters and digits only, so quoting is all that is needed."""
    return " & ".join(f"'{gram}'{':*' if begins else ''}" for gram, begins in asked)


def sqlite_query(asked: Iterable[tuple[str, bool]]) -> str:
    """As an FTS5 query."""
    return " AND ".join(f'"{gram}"{"*" if begins else ""}' for gram, begins in asked)
