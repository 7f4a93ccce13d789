"""Reading one YAML file: core types only, every node with its line, hostile input bounded.

YAML 1.2 core schema; dates and clause ids stay text and ``on``, ``yes``, ``no`` are words.
Keys are always text. Aliases, anchors, tags, directives and duplicate keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scanner import Scanner, ScannerError

from shounuo.rules.loading.faults import Fault, key_text

MOST_DEPTH = 20
MOST_DIGITS = 300
LONGEST_SHOWN = 300
LONGEST_NAME = 256


class Bounds(NamedTuple):
    """How many bytes and how many keys and items a file may have. A node takes about 25 us, so they bound the time."""

    size: int
    nodes: int


ORDINARY = Bounds(1024 * 1024, 60_000)
PACK_FILE = Bounds(4 * 1024 * 1024, 200_000)
"""A file of a pack: the clauses of a text of 300,000 characters take 1.4 MB and 80,000 nodes."""

Path_ = tuple[str | int, ...]

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})


@dataclass(slots=True)
class Document:
    """One file's data, the line of every key and item, and how plain numbers were written."""

    file: str
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    raw: dict[Path_, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """The line of a path, or of its nearest parent that is in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(
        self, path: Path_, code: str, *, allowed: tuple[str, ...] = (), line: int = 0, **values: Any
    ) -> Fault:
        """A fault at a path of this file; an item of what was written without a list has no number."""
        while path and isinstance(path[-1], int) and path not in self.lines:
            path = path[:-1]
        told = {name: _short(value) for name, value in values.items()}
        return Fault(self.file, line or self.line(path), _short(key_text(path)), code, told, allowed)


def _short(value: Any) -> Any:
    """Long words of hostile files are cut in messages."""
    return value[:LONGEST_SHOWN] + "…" if isinstance(value, str) and len(value) > LONGEST_SHOWN else value


_LIBRARY_FAILURES = (ValueError, LookupError, AttributeError, TypeError, AssertionError, StopIteration)
"""What the YAML library raises on some broken texts in place of its own errors."""


class _Stop(Exception):
    """Nothing more can be read from this file."""


def read_document(path: Path, name: str | None = None, bounds: Bounds = ORDINARY) -> Document:
    """The document of one file; what is wrong with it is in ``faults``, and then ``data`` may be None."""
    document = Document(name or path.name)
    try:
        text = _text_of(path, document, bounds.size)
        document.data = _Composer(document, text, bounds.nodes).compose()
    except _Stop:
        document.data = None
    except RecursionError:
        document.faults.append(document.fault((), "too_deep", limit=MOST_DEPTH))
        document.data = None
    return document


def _text_of(path: Path, document: Document, most: int) -> str:
    if not path.is_file():
        code = "not_a_file" if path.exists() else "missing_file"
        document.faults.append(Fault(document.file, 0, "", code))
        raise _Stop
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        size = path.stat().st_size
        document.faults.append(Fault(document.file, 0, "", "too_big", {"size": size, "limit": most}))
        raise _Stop
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        document.faults.append(Fault(document.file, line, "", "wrong_encoding", {"byte": error.start + 1}))
        raise _Stop from None


class _Scanner(Scanner):
    """A scanner that stops at endless tags and names, on which the library takes quadratic time."""

    def _bounded(self, what: str) -> None:
        ahead = self.reader.prefix(LONGEST_NAME)
        if len(ahead) == LONGEST_NAME and not any(c.isspace() for c in ahead):
            raise ScannerError(None, None, f"the {what} is too long", self.reader.get_mark())

    def scan_tag(self) -> Any:
        self._bounded("tag")
        return super().scan_tag()

    def scan_anchor(self, TokenClass: Any) -> Any:
        self._bounded("name")
        return super().scan_anchor(TokenClass)


class _Composer:
    """Builds plain dicts, lists and scalars from the parser's events."""

    def __init__(self, document: Document, text: str, most: int) -> None:
        self.document = document
        self.most = most
        self.nodes = 0
        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = _Scanner
        self.events: Iterator[Any] = yaml.parse(text)

    def refuse(self, path: Path_, code: str, event: Any, **values: Any) -> None:
        line = event.start_mark.line + 1
        self.document.faults.append(self.document.fault(path, code, line=line, **values))

    def compose(self) -> Any:
        try:
            return self._document()
        except ReaderError as error:
            problem = f"character {error.character!r} is not allowed ({error.reason})"
            self.document.faults.append(self.document.fault((), "broken_yaml", problem=problem))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(str(error.problem or error.context).split())
            line = mark.line + 1 if mark else 1
            self.document.faults.append(self.document.fault((), "broken_yaml", line=line, problem=problem))
        except (YAMLError, *_LIBRARY_FAILURES) as error:
            self.document.faults.append(self.document.fault((), "broken_yaml", problem=type(error).__name__))
        raise _Stop

    def _document(self) -> Any:
        next(self.events)  # the stream starts
        event = next(self.events)
        if isinstance(event, events.StreamEndEvent):
            self.document.faults.append(Fault(self.document.file, 1, "", "empty"))
            raise _Stop
        if event.version or event.tags:
            self.refuse((), "directive", event)
        data = self._node(next(self.events), ())
        next(self.events)  # the document ends
        event = next(self.events)
        if not isinstance(event, events.StreamEndEvent):
            self.refuse((), "many_documents", event)
        if data is None:
            self.document.faults.append(Fault(self.document.file, 1, "", "empty"))
            raise _Stop
        return data

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > self.most:
            self.refuse((), "too_many_nodes", event, limit=self.most)
            raise _Stop

    def _node(self, event: Any, path: Path_) -> Any:
        self._count(event)
        if isinstance(event, events.AliasEvent):
            self.refuse(path, "alias", event, name=f"*{event.anchor}")
            return None
        if event.anchor:
            self.refuse(path, "alias", event, name=f"&{event.anchor}")
        if event.tag:
            self.refuse(path, "tag", event, name=str(event.tag))
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= MOST_DEPTH:
            self.refuse(path[:3], "too_deep", event, limit=MOST_DEPTH)
            raise _Stop
        return self._list(path) if isinstance(event, events.SequenceStartEvent) else self._mapping(path)

    def _list(self, path: Path_) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), events.SequenceEndEvent):
            place = (*path, len(items))
            self.document.lines[place] = event.start_mark.line + 1
            items.append(self._node(event, place))
        return items

    def _mapping(self, path: Path_) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not isinstance(event := next(self.events), events.MappingEndEvent):
            key = self._key(event, path)
            place = (*path, key)
            if key in pairs:
                self.refuse(place, "duplicate_key", event, first=self.document.lines[place])
            else:
                self.document.lines[place] = event.start_mark.line + 1
            value = self._node(next(self.events), place)
            pairs.setdefault(key, value)
        return pairs

    def _key(self, event: Any, path: Path_) -> str:
        if not isinstance(event, events.ScalarEvent):
            self.refuse(path, "alias" if isinstance(event, events.AliasEvent) else "odd_key", event, name="*")
            raise _Stop
        if event.anchor:
            self.refuse(path, "alias", event, name=f"&{event.anchor}")
        if event.tag:
            self.refuse(path, "tag", event, name=str(event.tag))
        return str(event.value)

    def _scalar(self, event: Any, path: Path_) -> Any:
        text = str(event.value)
        if event.style or event.tag:
            return text
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        return self._number(text, event, path)

    def _number(self, text: str, event: Any, path: Path_) -> Any:
        whole = _INT.match(text)
        if not whole and not _FLOAT.match(text):
            return text
        if len(text) > MOST_DIGITS:
            self.refuse(path, "big_number", event)
            return None
        self.document.raw[path] = text
        return int(text) if whole else float(text)
