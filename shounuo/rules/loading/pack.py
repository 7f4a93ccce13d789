"""Loading a pack: read, inherit, check; a whole pack or every fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shounuo.rules.loading.calendars import calendar_faults
from shounuo.rules.loading.coverage import coverage_faults
from shounuo.rules.loading.draft import Draft
from shounuo.rules.loading.faults import Fault, PackFaults
from shounuo.rules.loading.inherit import inherit
from shounuo.rules.loading.reading import draft_of, read_draft
from shounuo.rules.loading.references import References
from shounuo.rules.shapes.pack import Pack

BUNDLED = Path(__file__).resolve().parents[2] / "packs"
"""The packs that come with the product."""

MOST_FAULTS = 1000


@dataclass(frozen=True, slots=True)
class Inspection:
    """A pack folder looked at: the pack when it is right, the faults when not, the draft in any case."""

    draft: Draft
    pack: Pack | None
    faults: tuple[Fault, ...]


def load_pack(path: Path, library: Path | None = None) -> Pack:
    """The pack in a folder. Raises ``PackFaults`` with everything that is wrong.

    ``library`` is the folder in which ``extends`` finds other packs (default: the folder
    beside this one, then the bundled packs).
    """
    inspection = inspect_pack(path, library)
    if inspection.pack is None:
        raise PackFaults(inspection.faults)
    return inspection.pack


def inspect_pack(path: Path, library: Path | None = None) -> Inspection:
    """Look at a pack folder without raising."""
    return _inspection(_checked(read_draft(Path(path)), library, ()))


def inspect_parts(parts: Mapping[str, Any], pack_id: str) -> Inspection:
    """Look at a pack that is at hand as data (file -> what its YAML would give): no text is written or read."""
    return _inspection(_checked(draft_of(parts, pack_id), None, ()))


def _inspection(draft: Draft) -> Inspection:
    faults = draft.all_faults()
    if len(faults) > MOST_FAULTS:
        more = Fault(draft.folder.name, 0, "", "too_many", {"count": len(faults) - MOST_FAULTS})
        faults = [*faults[:MOST_FAULTS], more]
    return Inspection(draft, None if faults else _pack_of(draft), tuple(faults))


def _checked(draft: Draft, library: Path | None, below: tuple[str, ...]) -> Draft:
    if draft.head is not None and draft.head.extends is not None:
        _take_over(draft, library, below)
    if draft.documents:
        References(draft).check()
        calendar_faults(draft)
        draft.faults += coverage_faults(draft)
    return draft


def _take_over(draft: Draft, library: Path | None, below: tuple[str, ...]) -> None:
    assert draft.head is not None and draft.head.extends is not None
    name, document = draft.head.extends.pack, draft.documents["pack"]
    chain = (*below, draft.head.id)
    if name in chain:
        document.faults.append(document.fault(("extends", "pack"), "cycle", chain=" > ".join((*chain, name))))
        return
    folder = _find(name, draft.folder, library)
    if folder is None:
        allowed = tuple(sorted(p.parent.name for p in (library or draft.folder.parent).glob("*/pack.yaml")))
        document.faults.append(
            document.fault(("extends", "pack"), "unknown_pack", value=name, allowed=allowed)
        )
        return
    parent = _checked(read_draft(folder), library, chain)
    found = parent.all_faults()
    if found:
        circle = next((fault for fault in found if fault.code == "cycle"), None)
        code = "cycle" if circle else "parent_has_faults"
        told = circle.values if circle else {"value": name, "first": found[0].line_text()}
        document.faults.append(document.fault(("extends", "pack"), code, **told))
    inherit(draft, parent)


def _find(name: str, folder: Path, library: Path | None) -> Path | None:
    places = (library,) if library else (folder.resolve().parent, BUNDLED)
    return next((place / name for place in places if (place / name / "pack.yaml").is_file()), None)


def _pack_of(draft: Draft) -> Pack:
    assert draft.head is not None
    return Pack(head=draft.head, **draft.parts)
