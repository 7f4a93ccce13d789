"""`shounuo read`: JSON for programs, tables for people, a draft pack in a folder, refusals on one line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from shounuo.rules.loading.pack import inspect_pack
from shounuo.site.cli import app

HALL = Path(__file__).resolve().parent / "numberings" / "web_page.txt"
UNITS = {
    "minute",
    "hour",
    "calendar_day",
    "working_day",
    "day_unspecified",
    "month",
    "same_day",
    "on_the_spot",
}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, words)])


def printed(*words: str | Path) -> dict:
    return json.loads(run(*words, "--json").stdout)


def test_json_has_every_part_the_issue_names() -> None:
    found = printed(HALL)
    parts = {"source", "clauses", "limits", "duties", "consequences", "disclosures", "gaps", "residue"}
    assert parts <= set(found)
    assert found["source"] == HALL.read_text(encoding="utf-8")


def test_a_clause_has_id_label_parent_text_span_and_shapes() -> None:
    found = printed(HALL)
    clause = next(one for one in found["clauses"] if one["id"] == "三.2")
    a, b = clause["span"]
    assert (clause["label"], clause["parent"]) == ("2、", "三")
    assert found["source"][a:b] == "2、承诺件在5个工作日内办结；" and isinstance(clause["shapes"], list)


def test_quotes_are_verbatim_and_units_are_those_of_the_issue() -> None:
    found = printed(HALL)
    assert {limit["unit"] for limit in found["limits"]} <= UNITS
    for part in ("limits", "duties", "consequences", "disclosures", "gaps"):
        assert all(one["quote"] in found["source"] for one in found[part])


def test_people_see_tables_in_their_language() -> None:
    zh, en = run(HALL, "--lang", "zh").stdout, run(HALL, "--lang", "en").stdout
    assert "条款" in zh and "放到一边" in zh
    assert "clause" in en and "Set aside" in en


def test_a_draft_pack_is_written_and_loads(tmp_path: Path) -> None:
    result = run(HALL, "--out", tmp_path / "linhe-hall")
    assert result.exit_code == 0
    assert inspect_pack(tmp_path / "linhe-hall").faults == ()


def test_an_existing_pack_is_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: hall\n")
    result = run(HALL, "--out", folder, "--lang", "zh")
    assert result.exit_code == 1 and "不覆盖" in result.stderr
    assert (folder / "pack.yaml").read_text() == "id: hall\n"


def test_a_folder_whose_name_is_no_pack_id_is_refused(tmp_path: Path) -> None:
    result = run(HALL, "--out", tmp_path / "大厅")
    assert result.exit_code == 1 and not (tmp_path / "大厅").exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 junk"])
def test_a_file_that_cannot_be_read_is_one_line_and_exit_code_1(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    result = run(file, "--lang", "zh")
    assert result.exit_code == 1 and len(result.stderr.splitlines()) == 1 and str(file) in result.stderr


def test_a_missing_file_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    result = run(tmp_path / "none.txt", "--json")
    assert result.exit_code == 1 and result.stdout == "" and "none.txt" in result.stderr


def test_a_text_whose_draft_no_pack_could_hold_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text("".join(f"第{n}条 好。\n" for n in range(1, 29_000)), encoding="utf-8")
    done = run(text, "--out", tmp_path / "hall", "--lang", "zh")
    assert done.exit_code == 1 and "clauses.yaml" in done.stderr and "--out" in done.stderr
    assert not (tmp_path / "hall").exists()


def test_a_draft_of_more_than_a_mebibyte_loads(tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text(
        "".join(f"第{n}条 {'青溪河穿城而过，两岸有柳。' * 50}\n" for n in range(1, 601)), encoding="utf-8"
    )
    assert run(text, "--out", tmp_path / "hall").exit_code == 0
    assert (tmp_path / "hall" / "clauses.yaml").stat().st_size > 1024 * 1024
    assert inspect_pack(tmp_path / "hall").faults == ()
