"""A pack that is right loads; every kind of fault is refused with file, line, key and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from shounuo.rules.loading import PackFaults, inspect_pack, load_pack
from shounuo.rules.loading.faults import MESSAGES
from tests.rules.tiny import FILES, line_of, spoiled, write_pack
from tests.rules.wrong_lines import WRONG_LINES


def test_a_right_pack_loads_with_every_part(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert pack.head.id == "tiny"
    assert {shape for shape, _, _ in pack.rules()} == {
        "commitment",
        "duty",
        "norm",
        "consequence",
        "disclosure",
        "routing",
        "register",
        "arrangement",
    }
    assert [key for _, key, _ in pack.rules_of_clause("c.5")] == ["told-once"]


def test_dates_clause_ids_and_written_numbers_stay_text(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert pack.head.published == "2026-01-01"
    assert pack.services["licence"].version == "1.10"


def test_a_clause_id_that_looks_like_a_number_stays_text(tmp_path: Path) -> None:
    changed = {name: text.replace("c.2", "4.10") for name, text in FILES.items()}
    pack = load_pack(write_pack(tmp_path, **changed))
    assert pack.commitments["in-time"].clause == "4.10"


def test_on_and_no_are_words(tmp_path: Path) -> None:
    text = FILES["settings"].replace("{value: days,", "{value: on,").replace('"2 {day_kind}"', "x")
    commitments = FILES["commitments"].replace('"2 {day_kind}"', "2 days")
    pack = load_pack(write_pack(tmp_path, settings=text, commitments=commitments))
    assert pack.settings["day_kind"].options[1].value == "on"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "code"), WRONG_LINES, ids=[f"{c[4]}-{c[3]}" for c in WRONG_LINES]
)
def test_a_wrong_line_is_refused_with_file_line_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str, code: str
) -> None:
    faults = spoiled(tmp_path, file, old, new)
    found = [fault for fault in faults if (fault.code, fault.key) == (code, key)]
    assert found, [fault.line_text() for fault in faults]
    assert found[0].line > 0
    assert found[0].line_text("en").startswith(f"{found[0].file}:{found[0].line}: {key}")


def test_the_line_is_the_line_of_the_wrong_key(tmp_path: Path) -> None:
    fault = next(f for f in spoiled(tmp_path, "commitments", "handling: true", "handeling: true"))
    assert (fault.file, fault.line) == ("commitments.yaml", line_of("commitments", "handling: true"))
    assert "handling" in fault.allowed and "within" in fault.allowed


def test_a_material_that_is_listed_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    paper = "{id: form-a, title: {zh: 表, en: Form}}"
    fault = spoiled(tmp_path, "services", f"[{paper}]", f"[{paper}, {paper}]")[0]
    assert (fault.key.split(".", 1)[1], fault.code) == ("materials[1].id", "duplicate_key")


def test_a_broken_file_is_named_first_and_not_blamed_on_the_clauses(tmp_path: Path) -> None:
    faults = spoiled(tmp_path, "commitments", "  handling: true", "\thandling: true")
    assert (faults[0].file, faults[0].code) == ("commitments.yaml", "broken_yaml")
    assert "clause_without_rule" not in {fault.code for fault in faults}


def test_the_allowed_words_are_named(tmp_path: Path) -> None:
    fault = spoiled(tmp_path, "commitments", "granted_by: leader", "granted_by: boss")[0]
    assert fault.allowed == ("leader", "office")
    assert "没有角色“boss”；可用：leader、office" in fault.line_text("zh")


def test_every_fault_is_collected_not_only_the_first(tmp_path: Path) -> None:
    text = (
        FILES["commitments"]
        .replace("starts: received", "starts: recieved")
        .replace("granted_by: leader", "granted_by: x")
    )
    faults = inspect_pack(write_pack(tmp_path, commitments=text, norms="a: [")).faults
    assert {"unknown_event", "unknown_role", "broken_yaml"} <= {fault.code for fault in faults}


def test_a_pack_with_faults_is_never_returned(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, norms="polite: {}\n")
    with pytest.raises(PackFaults) as caught:
        load_pack(folder)
    assert "norms.yaml:1: polite.title: the key is missing" in str(caught.value)


def test_removing_any_rule_file_leaves_a_clause_without_rule(tmp_path: Path) -> None:
    for file in ("commitments", "duties", "norms", "disclosures", "routing", "registers", "arrangements"):
        codes = {f.code for f in inspect_pack(write_pack(tmp_path / file, **{file: None})).faults}
        assert "clause_without_rule" in codes, file


def test_a_missing_file_a_wrong_name_and_a_folder_in_place_of_a_file_are_named(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, clauses=None)
    (folder / "commitment.yaml").write_text("a: b\n")
    (folder / "norms.yaml").unlink()
    (folder / "norms.yaml").mkdir()
    found = {(fault.file, fault.code) for fault in inspect_pack(folder).faults}
    assert {
        ("clauses.yaml", "missing_file"),
        ("commitment.yaml", "unknown_file"),
        ("norms.yaml", "not_a_file"),
    } <= found


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert [f.code for f in inspect_pack(tmp_path / "none").faults] == ["not_a_folder"]


def test_every_message_has_both_languages_with_the_same_values() -> None:
    import string

    for code, (zh, en) in MESSAGES.items():
        names = [{f[1] for f in string.Formatter().parse(text) if f[1]} for text in (zh, en)]
        assert names[0] == names[1], code
        assert any("\u4e00" <= c <= "\u9fff" for c in zh) or code == "wrong_value", code


def test_of_many_faults_the_first_thousand_are_listed(tmp_path: Path) -> None:
    text = FILES["norms"] + "".join(f"n{i}: {{}}\n" for i in range(500))
    faults = inspect_pack(write_pack(tmp_path, norms=text)).faults
    assert len(faults) == 1001 and faults[-1].code == "too_many"


def test_long_words_are_cut_and_long_lists_shortened(tmp_path: Path) -> None:
    faults = spoiled(tmp_path, "commitments", "granted_by: leader", "granted_by: " + "x" * 5000)
    assert all(len(fault.line_text()) < 2000 for fault in faults)


def test_a_clause_among_many_is_refused_with_those_that_begin_alike(tmp_path: Path) -> None:
    more = "".join(
        f"long-{i}: {{label: x, text: {{zh: 一, en: x}}, shapes: [definition], reason: {{zh: 一, en: x}}}}\n"
        for i in range(50)
    )
    text = FILES["commitments"].replace("clause: c.5", "clause: long-99")
    pack = FILES["pack"].replace("contents: [c.1, c.2, c.3, c.4, c.5]\n", "")
    faults = inspect_pack(
        write_pack(tmp_path, clauses=FILES["clauses"] + more, commitments=text, pack=pack)
    ).faults
    (fault,) = [f for f in faults if f.code == "unknown_clause"]
    assert len(fault.allowed) == 40 and set(fault.allowed) <= {f"long-{i}" for i in range(50)}
