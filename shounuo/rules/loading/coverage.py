"""Every shape a clause lists has a rule that names the clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shounuo.rules.loading.draft import Draft
from shounuo.rules.loading.faults import Fault
from shounuo.rules.shapes.pack import RULE_FILES


def covered(draft: Draft) -> set[tuple[str, str]]:
    """(clause, shape) pairs that have a rule; a rule that has faults of its own still counts here."""
    found = {(clause, shape) for _, shape, _, rule in draft.rules() for clause in rule.clauses()}
    for file, (shape, _model) in RULE_FILES.items():
        document = draft.documents.get(file)
        data = document.data if document else None
        for key, raw in (data if isinstance(data, dict) else {}).items():
            if key not in draft.parts.get(file, {}) and isinstance(raw, dict):
                found.update((clause, shape) for clause in _named(raw))
    return found


def _named(raw: dict[str, Any]) -> Iterator[str]:
    also = raw.get("also")
    for clause in (raw.get("clause"), *(also if isinstance(also, list) else [also])):
        if isinstance(clause, str):
            yield clause


def coverage_faults(draft: Draft) -> Iterator[Fault]:
    """Clauses without a rule of a shape they list, shapes and gaps that do not meet, contents that differ."""
    yield from _clauses_without_rule(draft)
    yield from _unlisted_shapes(draft)
    yield from _gaps(draft)
    yield from _contents(draft)


def _clauses_without_rule(draft: Draft) -> Iterator[Fault]:
    document, done, unread = draft.documents["clauses"], covered(draft), _unread(draft)
    for key, clause in draft.parts.get("clauses", {}).items():
        for shape in clause.shapes:
            if shape != "definition" and shape not in unread and (key, shape) not in done:
                yield document.fault((key, "shapes"), "clause_without_rule", clause=key, shape=shape)


def _unread(draft: Draft) -> set[str]:
    """Shapes whose file could not be read: what it says of clauses is not known."""
    documents = ((shape, draft.documents.get(file)) for file, (shape, _model) in RULE_FILES.items())
    return {shape for shape, document in documents if document and document.data is None and document.faults}


def _unlisted_shapes(draft: Draft) -> Iterator[Fault]:
    clauses = draft.parts.get("clauses", {})
    for file, shape, key, rule in draft.rules():
        for clause in rule.clauses():
            if clause in clauses and shape not in clauses[clause].shapes:
                document = draft.document_of(file, key)
                allowed = tuple(clauses[clause].shapes)
                yield document.fault((key,), "unlisted_shape", clause=clause, shape=shape, allowed=allowed)


def _gaps(draft: Draft) -> Iterator[Fault]:
    """Every gap of a clause is settled by a setting, and every setting that settles one has its clause."""
    settled = {gap for setting in draft.parts.get("settings", {}).values() for gap in setting.settles}
    listed: set[str] = set()
    for key, clause in draft.parts.get("clauses", {}).items():
        listed.update(clause.gaps)
        for gap in clause.gaps:
            if gap not in settled:
                yield draft.documents["clauses"].fault((key, "gaps"), "gap_without_setting", gap=gap)
    for key, setting in draft.parts.get("settings", {}).items():
        document = draft.document_of("settings", key)
        for gap in setting.settles:
            if gap not in listed and not document.file.startswith("../"):
                yield document.fault((key, "settles"), "settles_nothing", gap=gap)


def _contents(draft: Draft) -> Iterator[Fault]:
    if draft.head is None or not draft.head.contents:
        return
    here = draft.ids("clauses")
    for index, clause in enumerate(draft.head.contents):
        if clause not in here:
            yield draft.documents["pack"].fault(("contents", index), "contents_missing", clause=clause)
    for clause in here:
        if clause not in draft.head.contents:
            yield draft.documents["clauses"].fault((clause,), "not_in_contents", clause=clause)
