"""`shounuo packs check`: what it counts, what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from shounuo.rules.checking import check, check_pack, main, pack_folders
from shounuo.site.commands import packs
from tests.rules.tiny import FILES, STORY, write_pack, write_story

runner = CliRunner()


def run(*arguments: str):
    app = typer.Typer()
    packs.register(app)
    return runner.invoke(app, ["packs", *arguments], env={"LANG": "C", "COLUMNS": "120"})


def right(folder: Path) -> Path:
    return write_story(write_pack(folder))


def wrong(folder: Path) -> Path:
    return write_pack(folder, norms="polite: {}\n")


def test_json_names_what_the_issue_asks_for(tmp_path: Path) -> None:
    result = run("check", str(right(tmp_path)), "--json")
    (pack,) = json.loads(result.stdout)["packs"]
    assert result.exit_code == 0
    assert pack == {
        "id": "tiny",
        "clauses": 5,
        "clause_ids": ["c.1", "c.2", "c.3", "c.4", "c.5"],
        "rules": 11,
        "examples": 1,
        "examples_passed": 1,
        "undecided": ["day_kind", "longest"],
        "faults": [],
        "warnings": [],
    }


def test_a_pack_without_examples_is_warned_of_in_words_and_in_json(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    shown, told = run("check", str(folder)), run("check", str(folder), "--json")
    (pack,) = json.loads(told.stdout)["packs"]
    assert (shown.exit_code, told.exit_code) == (0, 0)
    assert [one["code"] for one in pack["warnings"]] == ["no_examples"] and pack["faults"] == []
    assert "there is no example" in shown.stdout


def test_a_fault_gives_exit_code_one_and_json_all_the_same(tmp_path: Path) -> None:
    result = run("check", str(wrong(tmp_path)), "--json")
    (pack,) = json.loads(result.stdout)["packs"]
    assert result.exit_code == 1
    assert {"file", "line", "key", "message"} <= set(pack["faults"][0])
    assert pack["clauses"] == 5


def test_a_failed_example_is_a_fault(tmp_path: Path) -> None:
    folder = write_story(write_pack(tmp_path), STORY.replace("17:30", "17:31"))
    result = run("check", str(folder), "--json")
    (pack,) = json.loads(result.stdout)["packs"]
    assert (result.exit_code, pack["examples"], pack["examples_passed"]) == (1, 1, 0)


@pytest.mark.parametrize("argument", ["no-such-folder", "--bogus"])
def test_wrong_usage_gives_exit_code_two_and_json_all_the_same(argument: str) -> None:
    result = run("check", argument, "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 2
    assert answer["packs"] == [] and argument in answer["errors"][0]


def test_an_empty_folder_is_wrong_usage_and_a_pack_without_head_is_a_fault(tmp_path: Path) -> None:
    assert run("check", str(tmp_path)).exit_code == 2
    assert run("check", str(write_pack(tmp_path, pack=None) and (tmp_path / "tiny"))).exit_code == 1


def test_a_folder_of_packs_checks_each(tmp_path: Path) -> None:
    right(tmp_path)
    folders, problems = pack_folders([str(tmp_path)])
    assert [folder.name for folder in folders] == ["tiny"] and not problems


def test_people_get_a_table_with_the_shapes_and_the_faults(tmp_path: Path) -> None:
    shown = run("check", str(right(tmp_path))).stdout
    assert "commitment" in shown and "examples passed 1/1" in shown
    spoiled = run("check", str(wrong(tmp_path))).stdout
    assert "norms.yaml:1: polite.title" in spoiled


def test_people_may_read_it_in_chinese(tmp_path: Path) -> None:
    assert "5 条款，11 条规则" in run("check", str(right(tmp_path)), "--lang", "zh").stdout


def test_the_coverage_counts_clauses_by_shape(tmp_path: Path) -> None:
    by_shape = check_pack(right(tmp_path)).by_shape
    assert by_shape["commitment"] == (2, 2, 4)
    assert by_shape["definition"] == (1, 0, 0)


def test_without_paths_the_bundled_packs_are_checked() -> None:
    assert {"quality-bureau", "service-centre"} <= {report.id for report in check()}


def test_the_module_itself_can_be_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(right(tmp_path))]) == 0
    assert "1/1 examples, 0 faults" in capsys.readouterr().out
    assert main([str(tmp_path / "none")]) == 2


def test_broken_packs_still_count_their_clauses(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, pack=FILES["pack"] + "colour: red\n")
    report = check_pack(folder)
    assert report.id == "tiny" and len(report.clause_ids) == 5 and report.faults


def test_the_schema_is_printed_and_written(tmp_path: Path) -> None:
    out = tmp_path / "pack.schema.json"
    assert run("schema", "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text())["$defs"] == json.loads(run("schema").stdout)["$defs"]
