"""A pack while it is read: its files, the parts that are right so far, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shounuo.rules.loading.faults import Fault
from shounuo.rules.loading.reader import Document
from shounuo.rules.shapes.base import Part
from shounuo.rules.shapes.pack import RULE_FILES, CalendarPart, Clause, PackHead, Setting
from shounuo.rules.shapes.service import Service

PART_FILES: dict[str, type[Part]] = {
    "clauses": Clause,
    **{name: model for name, (_shape, model) in RULE_FILES.items()},
    "services": Service,
    "settings": Setting,
    "calendars": CalendarPart,
}
"""Files that map ids to parts, with the model of a part."""

FILES = ("pack", *PART_FILES, "vocabulary")
REQUIRED = ("pack", "clauses")


@dataclass(slots=True)
class Draft:
    """One pack folder as read. ``parts[file][id]`` are the parts that are right;
    ``origin`` says which draft and document an id came from (inherited ones from the parent)."""

    folder: Path
    head: PackHead | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    origin: dict[tuple[str, str], Document] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def ids(self, file: str) -> tuple[str, ...]:
        """Every id of a file, wrong parts included, inherited ones too."""
        document = self.documents.get(file)
        data = document.data if document is not None else None
        raw = data if isinstance(data, dict) else {}
        return tuple(dict.fromkeys((*raw, *self.parts.get(file, ()))))

    def named(self, word: str) -> tuple[str, ...]:
        """The ids of the vocabulary's ``roles`` or ``measures``."""
        return tuple(self.parts.get(word, ()))

    def rules(self) -> Iterator[tuple[str, str, str, Any]]:
        """Every rule as (file, shape, id, rule)."""
        for file, (shape, _model) in RULE_FILES.items():
            for key, rule in self.parts.get(file, {}).items():
                yield file, shape, key, rule

    def document_of(self, file: str, key: str) -> Document:
        """Where a part was read."""
        own = "vocabulary" if file in ("roles", "measures") else file
        return self.origin.get((file, key)) or self.documents[own]

    def all_faults(self) -> list[Fault]:
        """Everything wrong, each once: whole files first (the rest may follow from them), then by file and line."""
        found = list(self.faults)
        for document in self.documents.values():
            found += document.faults
        seen: dict[tuple[Any, ...], Fault] = {}
        for fault in found:
            seen.setdefault((fault.file, fault.line, fault.key, fault.code, str(fault.values)), fault)
        return sorted(seen.values(), key=lambda f: (bool(f.key), f.file, f.line))
