"""Checking packs: validation, coverage, examples; one report for people and for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shounuo.rules.edition import edition_for
from shounuo.rules.loading import BUNDLED, Fault, Inspection, inspect_pack
from shounuo.rules.loading.coverage import covered
from shounuo.rules.shapes import SHAPES
from shounuo.rules.stories import read_examples, story_faults

EXAMPLES = "examples"
"""The folder of a pack's worked examples."""


@dataclass(frozen=True, slots=True)
class PackReport:
    """What the check found about one pack; ``by_shape`` gives (clauses, with rule, rules) a shape.

    A warning is said as loudly as a fault and does not fail the check: a draft may not have examples yet.
    """

    id: str
    folder: Path
    clause_ids: tuple[str, ...]
    rules: int
    examples: int
    examples_passed: int
    undecided: tuple[str, ...]
    by_shape: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    def as_json(self, lang: str = "en") -> dict[str, Any]:
        """The report for machines."""
        return {
            "id": self.id,
            "clauses": len(self.clause_ids),
            "clause_ids": list(self.clause_ids),
            "rules": self.rules,
            "examples": self.examples,
            "examples_passed": self.examples_passed,
            "undecided": list(self.undecided),
            "faults": [fault.as_json(lang) for fault in self.faults],
            "warnings": [warning.as_json(lang) for warning in self.warnings],
        }


def bundled_packs() -> tuple[Path, ...]:
    """The folders of the packs that come with the product."""
    return tuple(sorted(path.parent for path in BUNDLED.glob("*/pack.yaml")))


def pack_folders(paths: Iterable[str]) -> tuple[list[Path], list[str]]:
    """The pack folders that paths name (a pack, or a folder of packs), and what is wrong with the paths."""
    found: list[Path] = []
    wrong: list[str] = []
    for path in map(Path, paths):
        inside = sorted(one.parent for one in path.glob("*/pack.yaml")) if path.is_dir() else []
        if path.is_dir() and (inside or any(path.glob("*.yaml"))):
            found += [path] if (path / "pack.yaml").exists() or not inside else inside
        else:
            wrong.append(f"{path}: no pack here (a folder with pack.yaml)")
    return found, wrong


def json_text(reports: Sequence[PackReport], wrong: Sequence[str] = (), lang: str = "en") -> str:
    """The reports as JSON; wrong usage is named under ``errors``."""
    content: dict[str, Any] = {"packs": [report.as_json(lang) for report in reports]}
    if wrong:
        content["errors"] = list(wrong)
    return json.dumps(content, ensure_ascii=False, indent=1)


def check(paths: Sequence[Path] = (), library: Path | None = None) -> list[PackReport]:
    """A report for each pack folder; without paths, for the bundled packs."""
    return [check_pack(path, library) for path in paths or bundled_packs()]


def check_pack(folder: Path, library: Path | None = None) -> PackReport:
    """Validate one pack and run its examples (examples run only when the pack itself is right)."""
    inspection = inspect_pack(folder, library)
    draft = inspection.draft
    examples, passed, faults = _run_examples(folder, inspection)
    return PackReport(
        id=draft.head.id if draft.head else folder.resolve().name,
        folder=folder,
        clause_ids=draft.ids("clauses"),
        rules=sum(1 for _ in draft.rules()),
        examples=examples,
        examples_passed=passed,
        undecided=draft.ids("settings"),
        by_shape=_by_shape(inspection),
        faults=(*inspection.faults, *faults),
        warnings=() if examples else (Fault(f"{EXAMPLES}/", 0, "", "no_examples"),),
    )


def _run_examples(folder: Path, inspection: Inspection) -> tuple[int, int, list[Fault]]:
    stories, documents, total = read_examples(folder)
    faults: list[Fault] = []
    passed = 0
    if inspection.pack is not None:
        edition = edition_for(inspection.pack)
        for read in stories:
            found = story_faults(edition, read)
            passed += not found
            faults += found
    faults += [fault for document in documents for fault in document.faults]
    return total, passed, sorted(faults, key=lambda f: (f.file, f.line))


def _by_shape(inspection: Inspection) -> dict[str, tuple[int, int, int]]:
    draft = inspection.draft
    done = covered(draft)
    clauses = draft.parts.get("clauses", {})
    rules = [shape for _, shape, _, _ in draft.rules()]
    found: dict[str, tuple[int, int, int]] = {}
    for shape in SHAPES:
        listed = [key for key, clause in clauses.items() if shape in clause.shapes]
        with_rule = sum((key, shape) in done for key in listed)
        found[shape] = (len(listed), with_rule, rules.count(shape))
    return found


def main(paths: Sequence[str]) -> int:
    """Print every fault and a line a pack; 1 when there is a fault, 2 for a wrong path."""
    folders, wrong = pack_folders(paths)
    lines = list(wrong)
    reports = [] if wrong else check(folders)
    for report in reports:
        lines += [fault.line_text("en") for fault in report.faults]
        lines += [f"warning: {warning.line_text('en')}" for warning in report.warnings]
        lines.append(
            f"{report.id}: {len(report.clause_ids)} clauses, {report.rules} rules, "
            f"{report.examples_passed}/{report.examples} examples, {len(report.faults)} faults"
        )
    sys.stdout.write("\n".join(lines) + "\n")
    return 2 if wrong else int(any(report.faults for report in reports))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
