"""A pack may take rules over from another, under its own clause ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from shounuo.rules.loading import Fault, inspect_pack, load_pack
from shounuo.rules.shapes import Pack
from tests.rules.tiny import FILES, write_pack

HEAD = """\
id: child
title: {zh: 子, en: Child}
issuer: {zh: 某中心, en: A centre}
source: {zh: 自拟, en: Made up}
version: "1"
in_force: {from: 2026-01-01}
extends:
  pack: tiny
  only: [ONLY]
  clause_map: {MAP}
"""
CLAUSES = """\
d.2: {label: 二, text: {zh: 按时, en: In time}, shapes: [commitment], gaps: [A36]}
"""


def child(folder: Path, only: str, mapping: str, clauses: str = CLAUSES, **files: str) -> Path:
    write_pack(folder)
    pack = folder / "child"
    pack.mkdir(exist_ok=True)
    files = {"pack": HEAD.replace("[ONLY]", only).replace("MAP", mapping), "clauses": clauses, **files}
    for name, text in files.items():
        (pack / f"{name}.yaml").write_text(text, encoding="utf-8")
    return pack


def loaded(folder: Path, only: str, mapping: str, **files: str) -> Pack:
    return load_pack(child(folder, only, mapping, **files))


def faults(folder: Path, only: str, mapping: str, **files: str) -> list[Fault]:
    return list(inspect_pack(child(folder, only, mapping, **files)).faults)


def test_a_rule_taken_by_id_bears_the_own_clause(tmp_path: Path) -> None:
    pack = loaded(tmp_path, "[leaders-word]", "c.2: d.2")
    assert list(pack.commitments) == ["leaders-word"]
    assert pack.commitments["leaders-word"].clause == "d.2"
    assert list(pack.clauses) == ["d.2"]


def test_what_the_rules_lean_on_comes_along_but_not_the_services(tmp_path: Path) -> None:
    pack = loaded(tmp_path, "[leaders-word]", "c.2: d.2")
    assert "day_kind" in pack.settings and pack.settings["day_kind"].clauses == ("d.2",)
    assert "office" in pack.calendars and "leader" in pack.roles and "warning" in pack.measures
    assert not pack.services


def test_services_come_along_when_asked(tmp_path: Path) -> None:
    folder = child(tmp_path, "[leaders-word]", "c.2: d.2")
    text = (folder / "pack.yaml").read_text() + "  services: true\n"
    (folder / "pack.yaml").write_text(text)
    assert list(load_pack(folder).services) == ["licence"]


def test_a_star_takes_every_rule_of_the_clauses_that_begin_so(tmp_path: Path) -> None:
    clauses = CLAUSES.replace("[commitment]", "[commitment, routing]")
    pack = loaded(tmp_path, '["c.2*"]', '"c.*": "d.*"', clauses=clauses, services=FILES["services"])
    assert set(pack.commitments) == {"leaders-word", "promised", "in-time"}
    assert pack.routing["asked"].clause == "d.2"


def test_an_own_rule_overrides_the_inherited_one(tmp_path: Path) -> None:
    own = (
        "leaders-word:\n  title: {zh: 领导, en: Leader}\n  clause: d.2\n  starts: received\n"
        "  ends: answered\n  within: {value: 5 days, from: 2026-01-01}\n"
    )
    pack = loaded(tmp_path, "[leaders-word]", "c.2: d.2", commitments=own)
    assert pack.commitments["leaders-word"].within[0].value == "5 days"


def test_a_consequence_that_is_not_taken_is_not_named(tmp_path: Path) -> None:
    services = FILES["services"]
    pack = loaded(tmp_path, "[in-time]", "c.2: d.2", services=services)
    assert pack.commitments["in-time"].breach == ()


@pytest.mark.parametrize(
    ("only", "mapping", "code", "key"),
    [
        ("[no-such-rule]", "c.2: d.2", "nothing_taken", "extends.only[0]"),
        ("[leaders-word]", "c.7: d.2", "nothing_taken", "extends.clause_map.c.7"),
        ("[leaders-word]", "c.2: d.9", "unknown_clause", "extends.clause_map.c.2"),
        ("[leaders-word]", "", "unmapped_rule", "extends.clause_map"),
        ("all", "c.2: d.2", "unmapped_rule", "extends.clause_map"),
    ],
)
def test_what_matches_nothing_is_a_fault(
    tmp_path: Path, only: str, mapping: str, code: str, key: str
) -> None:
    assert (code, key) in [(f.code, f.key) for f in faults(tmp_path, only, mapping)]


def test_a_clause_of_its_own_without_rule_is_a_fault(tmp_path: Path) -> None:
    clauses = CLAUSES + "d.3: {label: 三, text: {zh: 三, en: Three}, shapes: [norm]}\n"
    found = faults(tmp_path, "[leaders-word]", "c.2: d.2", clauses=clauses)
    assert [(f.code, f.key) for f in found] == [("clause_without_rule", "d.3.shapes")]


def test_faults_of_every_inherited_part_are_seen_not_only_of_the_first(tmp_path: Path) -> None:
    found = faults(tmp_path, "[leaders-word, in-time, late]", "{c.2: d.2, c.3: d.3}"[1:-1])
    assert "unknown_clause" in [f.code for f in found]
    assert ("../tiny/commitments.yaml", "unknown_service") in [(f.file, f.code) for f in found]


def test_a_rule_may_be_inherited_twice_over(tmp_path: Path) -> None:
    child(tmp_path, "[leaders-word]", "c.2: d.2")
    grandchild = tmp_path / "grandchild"
    grandchild.mkdir()
    head = HEAD.replace("id: child", "id: grandchild").replace("pack: tiny", "pack: child")
    head = head.replace("[ONLY]", "[leaders-word]").replace("MAP", "d.2: e.2")
    (grandchild / "pack.yaml").write_text(head, encoding="utf-8")
    (grandchild / "clauses.yaml").write_text(CLAUSES.replace("d.2", "e.2"), encoding="utf-8")
    pack = load_pack(grandchild)
    assert pack.commitments["leaders-word"].clause == "e.2" and "day_kind" in pack.settings


def test_an_unknown_pack_and_a_circle_are_refused(tmp_path: Path) -> None:
    folder = child(tmp_path, "[leaders-word]", "c.2: d.2")
    head = (folder / "pack.yaml").read_text()
    (folder / "pack.yaml").write_text(head.replace("pack: tiny", "pack: nobody"))
    assert "unknown_pack" in [f.code for f in inspect_pack(folder).faults]
    (folder / "pack.yaml").write_text(head)
    (tmp_path / "tiny" / "pack.yaml").write_text(FILES["pack"] + "extends: {pack: child}\n")
    assert {"cycle", "parent_has_faults"} & {f.code for f in inspect_pack(folder).faults}
    assert "cycle" in [f.code for f in inspect_pack(tmp_path / "tiny").faults] + [
        f.code for f in inspect_pack(folder).faults
    ]


def test_a_parent_with_faults_is_named(tmp_path: Path) -> None:
    folder = child(tmp_path, "[leaders-word]", "c.2: d.2")
    (tmp_path / "tiny" / "norms.yaml").write_text("polite: {}\n")
    assert "parent_has_faults" in [f.code for f in inspect_pack(folder).faults]
