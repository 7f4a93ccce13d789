"""What YAML may say: core types, one document, no aliases or tags, bounded size, depth and time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shounuo.rules.loading.reader import ORDINARY, read_document
from tests.rules.tiny import inspect_pack, write_pack

REFUSED = [
    ("duplicate_key", "a: 1\nb: 2\na: 3\n", 3, "a"),
    ("duplicate_key", "a:\n  b: 1\n  b: 2\n", 3, "a.b"),
    ("alias", "a: &x [1]\n", 1, "a"),
    ("alias", "a: 1\nb: *x\n", 2, "b"),
    ("alias", "a: 1\n&k b: 2\n", 2, ""),
    ("tag", "a: !!python/object:os.system x\n", 1, "a"),
    ("tag", "a: 1\nb: !!int 3\n", 2, "b"),
    ("directive", "%YAML 1.1\n---\na: yes\n", 2, ""),
    ("many_documents", "a: 1\n---\nb: 2\n", 2, ""),
    ("odd_key", "? [a, b]\n: 1\n", 1, ""),
    ("big_number", "a: " + "9" * 400 + "\n", 1, "a"),
    ("broken_yaml", "a: 1\nb: [1\nc: 2\n", 3, ""),
    ("broken_yaml", "a: 1\n\tb: 2\n", 2, ""),
    ("broken_yaml", "a: \x07\n", 1, ""),
    ("empty", "", 1, ""),
    ("empty", "# nothing\n", 1, ""),
    ("too_deep", "[" * 21 + "]" * 21, 1, "[0][0][0]"),
]


def read(folder: Path, text: str | bytes):
    path = folder / "norms.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_document(path)


@pytest.mark.parametrize(("code", "text", "line", "key"), REFUSED)
def test_it_is_refused_with_its_line(tmp_path: Path, code: str, text: str, line: int, key: str) -> None:
    faults = read(tmp_path, text).faults
    assert (code, line, key) in [(f.code, f.line, f.key) for f in faults]


@pytest.mark.parametrize("text", ["a: 中文\n".encode("gbk"), "a: 1\n".encode("utf-16"), b"a: 1\nb: \xff\n"])
def test_wrong_encodings_are_refused(tmp_path: Path, text: bytes) -> None:
    assert [f.code for f in read(tmp_path, text).faults] == ["wrong_encoding"]


def test_core_types_only(tmp_path: Path) -> None:
    text = "[1, 1.5, true, null, ~, on, yes, no, 2013-07-07, 12:30, 1_000, 0o17, 0x1F, .inf, '1', -3, 1e3]"
    assert read(tmp_path, text).data == [
        1,
        1.5,
        True,
        None,
        None,
        "on",
        "yes",
        "no",
        "2013-07-07",
        "12:30",
        "1_000",
        "0o17",
        "0x1F",
        ".inf",
        "1",
        -3,
        1000.0,
    ]


def test_keys_are_always_text(tmp_path: Path) -> None:
    assert read(tmp_path, "1: a\ntrue: b\n~: c\n4.10: d\n").data == {
        "1": "a",
        "true": "b",
        "~": "c",
        "4.10": "d",
    }


def test_a_byte_order_mark_is_taken(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1\n").data == {"a": 1}


def test_twenty_levels_are_enough(tmp_path: Path) -> None:
    assert not read(tmp_path, "[" * 20 + "]" * 20).faults


def test_a_file_over_one_mebibyte_is_refused(tmp_path: Path) -> None:
    assert [f.code for f in read(tmp_path, b"a: " + b"x" * ORDINARY.size).faults] == ["too_big"]


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "{a: " * 250_000, "- " * 500_000, "? " * 500_000, "a: " * 300_000, "- a\n" * 250_000,
     "[" + "[]," * 300_000 + "]", "&a " * 300_000, "%YAML " + "1" * 900_000, "#\n" * 500_000,
     "'" * 1_000_001, "!" * 1_000_000],
    ids=lambda text: text[:4].strip(),
)  # fmt: skip
def test_hostile_text_is_answered_in_bounded_time(tmp_path: Path, text: str) -> None:
    start = time.monotonic()
    document = read(tmp_path, text)
    assert document.faults
    assert time.monotonic() - start < 20


def test_too_many_nodes_are_refused(tmp_path: Path) -> None:
    assert [f.code for f in read(tmp_path, "- a\n" * (ORDINARY.nodes + 1)).faults] == ["too_many_nodes"]


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n", "3\n"])
def test_a_file_that_is_not_a_mapping_is_refused(tmp_path: Path, text: str) -> None:
    faults = inspect_pack(write_pack(tmp_path, norms=text)).faults
    assert ("norms.yaml", "not_a_mapping") in [(f.file, f.code) for f in faults]


@pytest.mark.parametrize("file", ["pack", "clauses", "vocabulary", "settings", "commitments"])
def test_any_file_may_be_anything_without_a_crash(tmp_path: Path, file: str) -> None:
    for text in ("x\n", "- a\n", "a: 1\n", "a: {b: [1, {c: null}]}\n", "roles: 3\n", "id: [1]\n", ""):
        assert inspect_pack(write_pack(tmp_path, **{file: text})).faults


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(
    value=VALUES,
    file=st.sampled_from(["pack", "clauses", "commitments", "settings", "vocabulary", "calendars"]),
)
def test_odd_values_give_faults_never_exceptions(tmp_path_factory, value: object, file: str) -> None:
    import json

    folder = write_pack(tmp_path_factory.mktemp("odd"), **{file: json.dumps({"x": value})})
    assert inspect_pack(folder).faults


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="ab:-[]{}&*!%#|>'\"?,\\ \n\t1.~中", max_size=40) | st.binary(max_size=30))
def test_any_text_is_read_or_refused_but_never_raises(tmp_path_factory, text: str | bytes) -> None:
    document = read(tmp_path_factory.mktemp("any"), text)
    assert document.data is not None or document.faults
