"""The lexicon's files can be read, extended and trusted."""

import re
from pathlib import Path

import pytest

from shounuo.reading import lexicon
from tests.reading.reading_of import found_in

FILES = [file for file in lexicon.files() if file != "words"]


@pytest.mark.parametrize("file", FILES)
def test_every_entry_compiles_and_says_where_it_comes_from(file: str) -> None:
    for entry in lexicon.entries(file):
        re.compile(entry.pattern)
        assert entry.origin, entry.name


@pytest.mark.parametrize(
    "file", [file for file in FILES if file not in ("moments", "limit_kinds", "recurrences")]
)
def test_no_two_entries_are_the_same(file: str) -> None:
    patterns = [
        (e.pattern, str(e.get("before")), str(e.get("after")), str(e.get("values")))
        for e in lexicon.entries(file)
    ]
    assert len(patterns) == len(set(patterns))


def test_every_file_tells_what_it_is_about() -> None:
    for path in lexicon.FOLDER.glob("*.yaml"):
        assert path.read_text("utf-8").startswith("about:"), path.name


def test_every_unit_is_one_of_the_units_of_findings() -> None:
    units = {"minute", "hour", "calendar_day", "working_day", "day_unspecified", "month", "second", "year"}
    assert {e.get("unit") for e in lexicon.entries("units")} == units


def test_expressions_over_the_text_have_bounded_repetition() -> None:
    unbounded = re.compile(r"(?<!\\)\][*+]|\)[*+](?!\?)|\.[*+]")
    allowed = {"fill", "ends_condition"}
    for file in FILES:
        for entry in lexicon.entries(file):
            assert entry.name in allowed or not unbounded.search(entry.pattern), (file, entry.name)


def lexicon_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("about: x\nentries:\n  - {name: a}\n", "neither word nor form"),
        ("about: x\nentries:\n  - {form: '(a'}\n", "entry 1"),
        ("about: x\nentries:\n  - {form: '{nobody}'}\n", "no set of words called 'nobody'"),
        ("about: [", "own.yaml"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexicon.sets()
    lexicon_folder(tmp_path, monkeypatch, text)
    lexicon.entries.cache_clear()
    with pytest.raises(lexicon.BrokenLexicon, match=re.escape(told)):
        lexicon.entries("own")
    lexicon.entries.cache_clear()


def test_a_word_of_the_lexicon_is_the_pattern_of_its_finding() -> None:
    (gap,) = [g for g in found_in("应当从速办理。").gaps if g.kind == "vague_word"]
    assert gap.pattern == "从速"
