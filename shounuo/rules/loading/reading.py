"""Reading a pack folder into a draft: every file, every part, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shounuo.rules.loading.draft import FILES, PART_FILES, REQUIRED, Draft
from shounuo.rules.loading.faults import Fault
from shounuo.rules.loading.parts import check_ids, entries, name_of, validate, validate_each
from shounuo.rules.loading.reader import PACK_FILE, Document, read_document
from shounuo.rules.shapes.base import Text
from shounuo.rules.shapes.pack import PackHead

VOCABULARY = ("roles", "measures")
_TEXT: TypeAdapter[dict[str, str]] = TypeAdapter(Text)


def read_draft(folder: Path) -> Draft:
    """A pack folder as read, with the faults of its files and parts; nothing is looked up yet."""
    draft = Draft(folder)
    if not folder.is_dir():
        draft.faults.append(Fault(folder.name, 0, "", "not_a_folder"))
        return draft
    _unknown_files(draft)
    for file in FILES:
        if (folder / f"{file}.yaml").exists() or file in REQUIRED:
            draft.documents[file] = read_document(folder / f"{file}.yaml", bounds=PACK_FILE)
    _take_apart(draft)
    return draft


def draft_of(parts: Mapping[str, Any], pack_id: str) -> Draft:
    """A pack that is at hand as data, file -> what its YAML would give, with the same faults; they name no lines.

    Nothing bounds it: whoever made the data did.
    """
    draft = Draft(Path(pack_id))
    for file in FILES:
        if file in parts:
            draft.documents[file] = Document(f"{file}.yaml", parts[file], {(): 0})
        elif file in REQUIRED:
            missing = Fault(f"{file}.yaml", 0, "", "missing_file")
            draft.documents[file] = Document(f"{file}.yaml", faults=[missing])
    _take_apart(draft)
    return draft


def _take_apart(draft: Draft) -> None:
    _read_head(draft)
    for file, model in PART_FILES.items():
        if file in draft.documents:
            draft.parts[file] = validate_each(model, draft.documents[file])
            if file != "clauses":
                check_ids(draft.documents[file])
    _read_vocabulary(draft)


def _unknown_files(draft: Draft) -> None:
    for path in sorted(draft.folder.iterdir()):
        if path.suffix in (".yaml", ".yml") and (path.stem not in FILES or path.suffix == ".yml"):
            allowed = tuple(f"{file}.yaml" for file in FILES)
            draft.faults.append(Fault(path.name, 0, "", "unknown_file", {}, allowed))


def _read_head(draft: Draft) -> None:
    document = draft.documents["pack"]
    if not entries(document):
        return
    draft.head = validate(PackHead, document, (), document.data)
    if draft.head is None:
        return
    if draft.head.id != draft.folder.resolve().name:
        document.faults.append(
            document.fault(("id",), "wrong_pack_id", value=draft.head.id, folder=draft.folder.resolve().name)
        )
    if draft.head.published:
        check_day(document, ("published",), draft.head.published)
    check_span(document, ("in_force",), draft.head.in_force.from_, draft.head.in_force.to)


def check_day(document: Document, path: tuple[str | int, ...], day: str) -> bool:
    """A date that exists."""
    try:
        date.fromisoformat(day)
    except ValueError:
        document.faults.append(document.fault(path, "bad_date", value=day))
        return False
    return True


def check_span(document: Document, path: tuple[str | int, ...], start: str, end: str | None) -> None:
    """Two dates that exist, in their order."""
    fine = check_day(document, (*path, "from"), start)
    if end is not None and check_day(document, (*path, "to"), end) and fine and end < start:
        document.faults.append(document.fault((*path, "to"), "dates_reversed", start=start, end=end))


def _read_vocabulary(draft: Draft) -> None:
    document = draft.documents.get("vocabulary")
    if document is None:
        return
    data = entries(document)
    for key in data:
        if key not in VOCABULARY:
            document.faults.append(document.fault((key,), "unknown_key", allowed=VOCABULARY))
    for key in VOCABULARY:
        draft.parts[key] = _named_texts(document, key, data.get(key, {}))


def _named_texts(document: Document, key: str, data: Any) -> dict[str, dict[str, str]]:
    if not isinstance(data, dict):
        document.faults.append(document.fault((key,), "not_a_mapping", found=name_of(data)))
        return {}
    check_ids(document, (key,))
    for name, value in data.items():
        try:
            _TEXT.validate_python(value)
        except ValidationError as error:
            problem = error.errors()[0]["msg"]
            document.faults.append(document.fault((key, name), "wrong_value", problem=problem))
    return {name: value for name, value in data.items() if isinstance(value, dict)}
