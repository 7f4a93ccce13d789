"""A file read as a regulation: its clauses, what they say, what they leave open, what was set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from shounuo.reading.clauses import split
from shounuo.reading.errors import ReadingError
from shounuo.reading.findings import Findings, find
from shounuo.reading.sources import MOST_CHARACTERS, Source, read_source
from shounuo.reading.text import Regulation

PARTS = ("limits", "duties", "consequences", "disclosures", "gaps")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave."""

    name: str
    source: Source
    regulation: Regulation
    findings: Findings


def read(content: bytes, name: str = "", most: int = MOST_CHARACTERS) -> Reading:
    """Read a file's bytes, if they hold no more than so many characters. Raises ReadingError."""
    source = read_source(content, name)
    if len(source.text) > most:
        raise ReadingError("too_long", limit=most)
    regulation = split(source.text)
    return Reading(name, source, regulation, find(regulation))


def read_text(text: str, name: str = "", most: int = MOST_CHARACTERS) -> Reading:
    """Read a text that is at hand already. Raises ReadingError."""
    return read(text.encode("utf-8", "replace"), name, most)


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as `shounuo read --json` prints it; spans are character positions in `source`."""
    regulation, findings = reading.regulation, reading.findings
    clauses = [
        {
            "id": clause.id,
            "label": clause.label,
            "parent": clause.parent,
            "text": clause.text,
            "span": list(clause.span),
            "article": clause.article,
            "title": clause.title,
            "shapes": list(findings.shapes.get(clause.id, ())),
        }
        for clause in regulation.clauses
    ]
    return {
        "source": regulation.source,
        "name": reading.name,
        "format": reading.source.format,
        "encoding": reading.source.encoding,
        "notes": list(reading.source.notes),
        "clauses": clauses,
        **{part: [_plain(found) for found in getattr(findings, part)] for part in PARTS},
        "residue": [_plain(item) for item in regulation.residue],
    }


def _plain(value: Any) -> Any:
    """Dataclasses as mappings, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
