"""A pack that is at hand as data is looked at like one in a folder; a pack's file may be larger than others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shounuo.rules.edition import pack_digest
from shounuo.rules.loading import BUNDLED, inspect_parts, load_pack
from shounuo.rules.loading.reader import ORDINARY, read_document
from shounuo.rules.loading.reading import read_draft
from tests.rules.tiny import FILES, inspect_pack, write_pack


def data_of(folder: Path) -> dict[str, Any]:
    return {file: one.data for file, one in read_draft(folder).documents.items()}


def test_data_gives_the_pack_that_its_folder_gives(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, services=FILES["services"].replace("1.10", '"1.10"'))
    found = inspect_parts(data_of(folder), "tiny")
    assert found.pack is not None and pack_digest(found.pack) == pack_digest(load_pack(folder))


def test_a_bundled_pack_as_data_is_the_same() -> None:
    found = inspect_parts(data_of(BUNDLED / "quality-bureau"), "quality-bureau")
    assert found.pack is not None
    assert pack_digest(found.pack) == pack_digest(load_pack(BUNDLED / "quality-bureau"))


def test_faults_of_data_name_no_line(tmp_path: Path) -> None:
    faults = inspect_parts({"pack": {"id": "other"}, "clauses": {"c.1": {"label": 3}}}, "tiny").faults
    assert {"missing_key", "wrong_value"} <= {one.code for one in faults}
    assert {one.line for one in faults} == {0}


@pytest.mark.parametrize("file", ["pack", "clauses"])
def test_data_without_a_file_that_every_pack_has_is_refused(tmp_path: Path, file: str) -> None:
    data = data_of(write_pack(tmp_path))
    del data[file]
    assert (f"{file}.yaml", "missing_file") in [(f.file, f.code) for f in inspect_parts(data, "tiny").faults]


def test_a_file_of_a_pack_may_be_larger_than_others(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, clauses=FILES["clauses"] + "# long\n" * 200_000)
    assert [f.code for f in read_document(folder / "clauses.yaml").faults] == ["too_big"]
    assert (folder / "clauses.yaml").stat().st_size > ORDINARY.size
    assert inspect_pack(folder).faults == ()
