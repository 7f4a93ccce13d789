"""Taking over another pack's rules under this pack's clause ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from shounuo.rules.loading.draft import Draft
from shounuo.rules.loading.reader import Document, Path_
from shounuo.rules.loading.walk import words
from shounuo.rules.shapes.base import Part, Rule
from shounuo.rules.shapes.commitment import Commitment
from shounuo.rules.shapes.pack import RULE_FILES, Extends
from shounuo.rules.words import WordsError, template_names

Taken = list[tuple[str, str, Any]]


def matches(pattern: str, word: str) -> bool:
    """An exact id, or a beginning followed by ``*``."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def inherit(draft: Draft, parent: Draft) -> None:
    """Add the parent's rules (and what they lean on) to the draft; its own parts win."""
    assert draft.head is not None and draft.head.extends is not None
    extends = draft.head.extends
    _check_extends(draft, parent, extends)
    mapping = _mapping(draft, parent, extends)
    taken = [(file, key, rule) for file, _, key, rule in parent.rules() if _wanted(extends.only, key, rule)]
    taken = [(file, key, rule) for file, key, rule in taken if key not in draft.ids(file)]
    taken = list(_mapped(draft, taken, mapping))
    _keep_known_consequences(draft, taken)
    for file, key, rule in taken:
        _add(draft, parent, file, key, rule)
    _lean_on(draft, parent, mapping)


def _add(draft: Draft, parent: Draft, file: str, key: str, part: Any) -> None:
    draft.parts.setdefault(file, {})[key] = part
    draft.origin[file, key] = _elsewhere(draft, parent, parent.document_of(file, key))


def _elsewhere(draft: Draft, parent: Draft, document: Document) -> Document:
    """The parent's document under a name that says where it is; one a file, so that its faults stay here."""
    name = document.file if document.file.startswith("../") else f"../{parent.folder.name}/{document.file}"
    if name not in draft.documents:
        draft.documents[name] = replace(document, file=name, faults=[])
    return draft.documents[name]


def _wanted(only: Any, key: str, rule: Rule) -> bool:
    if only == "all":
        return True
    return any(matches(pattern, word) for pattern in only for word in (key, *rule.clauses()))


def _mapping(draft: Draft, parent: Draft, extends: Extends) -> dict[str, str]:
    """Parent clause -> own clause: as ``clause_map`` says, else the same id."""
    own = set(draft.ids("clauses"))
    found = {clause: clause for clause in parent.ids("clauses") if clause in own}
    for left, right in extends.clause_map.items():
        if left.endswith("*") and right.endswith("*"):
            for clause in parent.ids("clauses"):
                target = right[:-1] + clause[len(left) - 1 :]
                if matches(left, clause) and target in own:
                    found.setdefault(clause, target)
    found.update({left: right for left, right in extends.clause_map.items() if not left.endswith("*")})
    return found


def _check_extends(draft: Draft, parent: Draft, extends: Extends) -> None:
    document = draft.documents["pack"]
    theirs, own = parent.ids("clauses"), draft.ids("clauses")
    known = (*theirs, *(key for file in RULE_FILES for key in parent.ids(file)))
    patterns = () if extends.only == "all" else extends.only
    for index, pattern in enumerate(patterns):
        if not any(matches(pattern, word) for word in known):
            where: Path_ = ("extends", "only", index)
            document.faults.append(document.fault(where, "nothing_taken", value=pattern, allowed=theirs))
    for left, right in extends.clause_map.items():
        place = ("extends", "clause_map", left)
        if not any(matches(left, clause) for clause in theirs):
            document.faults.append(document.fault(place, "nothing_taken", value=left, allowed=theirs))
        if not any(matches(right, clause) for clause in own):
            document.faults.append(document.fault(place, "unknown_clause", value=right, allowed=own))


def _mapped(draft: Draft, taken: Taken, mapping: dict[str, str]) -> Iterator[tuple[str, str, Any]]:
    document = draft.documents["pack"]
    for file, key, rule in taken:
        clauses = list(dict.fromkeys(mapping[c] for c in (rule.clause, *rule.also) if c in mapping))
        if not clauses:
            place = ("extends", "clause_map")
            document.faults.append(document.fault(place, "unmapped_rule", rule=key, clause=rule.clause))
            continue
        changes: dict[str, Any] = {"clause": clauses[0], "also": tuple(clauses[1:])}
        if isinstance(rule, Commitment):
            changes["within"] = tuple(
                one.model_copy(update={"clause": mapping.get(one.clause or "")}) for one in rule.within
            )
        yield file, key, rule.model_copy(update=changes)


def _keep_known_consequences(draft: Draft, taken: Taken) -> None:
    """A consequence that is not taken over is not named by the rules that are."""
    known = {*draft.ids("consequences"), *(key for file, key, _ in taken if file == "consequences")}
    for index, (file, key, rule) in enumerate(taken):
        named = getattr(rule, "breach", ())
        if any(one not in known for one in named):
            kept = tuple(one for one in named if one in known)
            taken[index] = (file, key, rule.model_copy(update={"breach": kept}))


def _lean_on(draft: Draft, parent: Draft, mapping: dict[str, str]) -> None:
    """Calendars, vocabulary, services when asked, and the settings that are used or mapped."""
    assert draft.head is not None and draft.head.extends is not None
    for word in ("roles", "measures"):
        draft.parts[word] = {**parent.parts.get(word, {}), **draft.parts.get(word, {})}
        for key in draft.parts[word]:
            draft.origin.setdefault((word, key), _vocabulary_of(draft, parent, word, key))
    files = ("calendars", "services") if draft.head.extends.services else ("calendars",)
    for file in files:
        for key, part in parent.parts.get(file, {}).items():
            if key not in draft.ids(file):
                _add(draft, parent, file, key, part)
    _settings(draft, parent, mapping)


def _vocabulary_of(draft: Draft, parent: Draft, word: str, key: str) -> Document:
    own = draft.documents.get("vocabulary")
    mine = own is not None and isinstance(own.data, dict) and key in (own.data.get(word) or {})
    if own is not None and mine:
        return own
    return _elsewhere(draft, parent, parent.document_of(word, key))


def _settings(draft: Draft, parent: Draft, mapping: dict[str, str]) -> None:
    users = _users(draft)
    for key, setting in parent.parts.get("settings", {}).items():
        if key in draft.ids("settings"):
            continue
        clauses = tuple(dict.fromkeys(mapping[c] for c in setting.clauses if c in mapping))
        clauses = clauses or tuple(dict.fromkeys(users.get(key, ())))
        if clauses:
            _add(draft, parent, "settings", key, setting.model_copy(update={"clauses": clauses}))


def _users(draft: Draft) -> dict[str, list[str]]:
    """Setting -> main clauses of the rules that name it."""
    found: dict[str, list[str]] = {}
    for _, _, _, rule in draft.rules():
        for name in _names(rule):
            found.setdefault(name, []).append(rule.clause)
    return found


def _names(part: Part) -> Iterable[str]:
    for word in words(part, ()):
        try:
            yield from template_names(word.value)
        except WordsError:
            continue
