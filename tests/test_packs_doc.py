"""docs/packs.md names every key, and its blocks are a pack without faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shounuo.rules.checking import check_pack
from shounuo.rules.loading.draft import PART_FILES
from shounuo.rules.loading.parts import keys_of
from shounuo.rules.shapes import commitment, others, pack, service
from shounuo.rules.shapes.base import Part
from shounuo.rules.stories import models

DOC = Path(__file__).parents[1] / "docs" / "packs.md"
TEXT = DOC.read_text(encoding="utf-8")
MODELS = sorted(
    {
        value
        for module in (commitment, others, pack, service, models)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Part) and value.__module__ == module.__name__
    }
    - {pack.Pack},
    key=lambda model: model.__name__,
)


def named(key: str) -> bool:
    """In code marks, or as a key of an example."""
    word = rf"(?<![\w-]){re.escape(key)}(?![\w-])"
    return bool(re.search(rf"`[^`\n]*{word}[^`\n]*`|{word}:", TEXT))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_of_a_model_is_named(model: type[Part]) -> None:
    assert [key for key in keys_of(model) if not named(key)] == []


def test_every_file_is_named() -> None:
    assert all(f"`{file}.yaml`" in TEXT for file in PART_FILES)


def write_blocks(folder: Path) -> Path:
    for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.S):
        for file, content in re.findall(r"^# (\S+\.yaml)\n(.*?)(?=^# \S+\.yaml\n|\Z)", block, re.S | re.M):
            path = folder / "tiny" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    return folder / "tiny"


def test_the_blocks_are_one_right_pack(tmp_path: Path) -> None:
    report = check_pack(write_blocks(tmp_path), tmp_path)
    assert [fault.line_text() for fault in report.faults] == []
    assert report.examples_passed == 1
