"""The words and forms by which a regulation is read: YAML files that a jurist can extend.

A file has `about` and `entries`. An entry has either `word` (plain words) or `form` (a regular expression in which
`{name}` stands for a set of words, such as `{client}`), `from` (the text it was first needed for, or `known`), and what
else the file's `about` says. Sets of words are the files whose entries have a `set`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from shounuo.reading.lexicon.numerals import NUMBER
from shounuo.rules.loading.reader import read_document

FOLDER = Path(__file__).resolve().parent
_PLACE = re.compile(r"\{([a-z_]+)\}")


class BrokenLexicon(ValueError):
    """A lexicon file cannot be read; the message names file, entry and reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon."""

    name: str
    """what findings give as their pattern"""
    pattern: str
    """regular expression, its sets put in"""
    origin: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        """A further value of the entry."""
        return self.values.get(key, default)


@cache
def entries(file: str) -> tuple[Entry, ...]:
    """The entries of `lexicon/<file>.yaml`, in the order of the file."""
    return tuple(_entry(file, number, raw) for number, raw in enumerate(_raw(file)))


@cache
def alternation(file: str) -> str:
    """All entries of a file as one expression, longer words first."""
    return join(entry.pattern for entry in entries(file))


@cache
def sets() -> Mapping[str, str]:
    """Every set of words: name -> one expression that matches any of them."""
    found: dict[str, list[str]] = {}
    for raw in _raw("words"):
        found.setdefault(raw["set"], []).extend(re.escape(word) for word in raw["words"])
    return {"number": NUMBER} | {name: join(words) for name, words in found.items()}


def fill(form: str, where: str = "") -> str:
    """`form` with every `{set}` put in."""

    def put(match: re.Match[str]) -> str:
        if match[1] not in sets():
            raise BrokenLexicon(f"{where}: there is no set of words called {match[1]!r}")
        return sets()[match[1]]

    return _PLACE.sub(put, form)


@cache
def context(name: str) -> re.Pattern[str]:
    """The expression of that name in `contexts.yaml`: what the surroundings of a finding look like."""
    return next(re.compile(entry.pattern) for entry in entries("contexts") if entry.name == name)


def join(patterns: Iterator[str] | list[str]) -> str:
    """One expression for several, longer ones tried first."""
    return "(?:" + "|".join(sorted(patterns, key=lambda p: (-len(p), p))) + ")"


def files() -> tuple[str, ...]:
    """Names of all lexicon files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def _raw(file: str) -> list[dict[str, Any]]:
    document = read_document(FOLDER / f"{file}.yaml")
    if document.faults or not isinstance(document.data, dict):
        raise BrokenLexicon(f"{file}.yaml: {[fault.code for fault in document.faults] or 'no entries'}")
    raw: list[dict[str, Any]] = document.data["entries"]
    return raw


def _entry(file: str, number: int, raw: dict[str, Any]) -> Entry:
    where = f"{file}.yaml, entry {number + 1}"
    if "form" in raw:
        pattern = fill(raw["form"], where)
    elif "word" in raw:
        pattern = re.escape(raw["word"])
    else:
        raise BrokenLexicon(f"{where}: neither word nor form")
    try:
        re.compile(pattern)
    except re.error as error:
        raise BrokenLexicon(f"{where}: {error}") from None
    rest = {key: value for key, value in raw.items() if key not in ("form", "word", "from")}
    for key in ("before", "after"):
        if key in rest:
            rest[key] = fill(rest[key], where)
    name = raw.get("name") or raw.get("word") or raw.get("measure") or f"{file}-{number + 1}"
    return Entry(
        str(name),
        pattern,
        raw.get("from", ""),
        rest,
    )
