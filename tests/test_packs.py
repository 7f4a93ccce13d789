"""The bundled packs: right, complete, and guarded so that one wrong edit is seen."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from shounuo.rules.checking import PackReport, check_pack
from shounuo.rules.loading import BUNDLED
from shounuo.rules.loading.schema import schema_text

PACKS = ("quality-bureau", "service-centre")
SEED = 20130707
EXPECTED = re.compile(
    r"(?P<key>\b(?:due|state|counted|started|ended|breached|due_day)): (?P<value>\[[^\]]*\]|[^,}\n]+)"
)


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Copies of the bundled packs that a test may spoil."""
    for name in PACKS:
        shutil.copytree(BUNDLED / name, tmp_path / name)
    return tmp_path


def checked(folder: Path) -> PackReport:
    return check_pack(folder, folder.parent)


CLAUSES = {
    "life-oasis": 47,
    "daqing-power-unit": 35,
    "county-power": 67,
    "cixian-power": 67,
    "quality-bureau": 63,
    "service-centre": 29,
    "amsterdam": 110,
}
"""Clauses of each bundled pack; the first six are the 308 of the seed regulations."""


@pytest.mark.parametrize(("name", "clauses"), CLAUSES.items())
def test_a_bundled_pack_has_no_fault_and_every_clause(name: str, clauses: int) -> None:
    report = check_pack(BUNDLED / name)
    assert [fault.line_text() for fault in report.faults] == []
    assert len(report.clause_ids) == clauses
    assert report.examples == report.examples_passed >= 10


@pytest.mark.parametrize("name", PACKS)
def test_a_bundled_pack_has_services_with_full_guides_and_its_contents(name: str) -> None:
    from shounuo.rules.loading import load_pack

    pack = load_pack(BUNDLED / name)
    assert len(pack.services) >= 6
    assert pack.head.contents == tuple(pack.clauses)


def test_the_schema_in_the_tree_is_the_one_the_models_give() -> None:
    assert (BUNDLED / "pack.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_has_a_part_for_every_file() -> None:
    definitions = json.loads(schema_text())["$defs"]
    files = {path.name for name in PACKS for path in (BUNDLED / name).glob("*.yaml")}
    assert files <= set(definitions)


@pytest.mark.parametrize("name", PACKS)
def test_removing_or_misspelling_any_clause_makes_the_check_fail(copies: Path, name: str) -> None:
    file = copies / name / "clauses.yaml"
    text = file.read_text(encoding="utf-8")
    ids = list(checked(copies / name).clause_ids)
    for clause in random.Random(SEED).sample(ids, 6):
        assert f"{clause}" in text
        file.write_text(misspelt(text, clause), encoding="utf-8")
        assert checked(copies / name).faults, clause
        file.write_text(without(text, clause), encoding="utf-8")
        assert checked(copies / name).faults, clause


def misspelt(text: str, clause: str) -> str:
    """The clause's own key with one character more."""
    return re.sub(
        rf'^(["\']?){re.escape(clause)}\1:', lambda m: m[0].replace(clause, clause + "x"), text, flags=re.M
    )


def without(text: str, clause: str) -> str:
    """The text without the clause and what belongs to it."""
    return re.sub(rf'^(["\']?){re.escape(clause)}\1:.*\n(?:[ \t].*\n|\n)*', "", text, flags=re.M)


@pytest.mark.parametrize("name", PACKS)
def test_one_wrong_expectation_in_an_example_makes_the_check_fail(copies: Path, name: str) -> None:
    places = [
        (file, found.span("value"), found["key"], found["value"])
        for file in sorted((copies / name / "examples").glob("*.yaml"))
        for found in EXPECTED.finditer(file.read_text(encoding="utf-8"))
    ]
    assert len(places) > 30
    for file, span, key, value in random.Random(SEED).sample(places, 12):
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: span[0]] + changed(key, value) + text[span[1] :], encoding="utf-8")
        report = checked(copies / name)
        assert [f for f in report.faults if f.file == f"examples/{file.name}"], (file.name, key, value)
        file.write_text(text, encoding="utf-8")


def changed(key: str, value: str) -> str:
    """Another expectation of the same kind."""
    value = value.strip()
    if key == "state":
        return {"met": "breached", "kept": "broken"}.get(value, "met" if value != "broken" else "kept")
    if key == "counted":
        return "[]" if value != "[]" else "[2026-01-05]"
    if value == "null":
        return "2026-01-05" if key == "due_day" else "2026-01-05 17:30"
    return value.replace("20", "19", 1)


def test_one_wrong_edit_in_a_rule_makes_the_check_fail(copies: Path) -> None:
    file = copies / "quality-bureau" / "commitments.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in (("2 {day_kind}", "3 {day_kind}"), ("clause:", "clausse:"), ("starts: ", "starts: un")):
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        assert checked(copies / "quality-bureau").faults, old


def test_every_bundled_pack_is_known_here() -> None:
    assert {folder.name for folder in BUNDLED.iterdir() if folder.is_dir()} == set(CLAUSES)


def test_the_six_seed_regulations_have_308_clauses() -> None:
    assert sum(count for name, count in CLAUSES.items() if name != "amsterdam") == 308
