import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shounuo.ledger.chain import canonical, digest, genesis, keepable
from shounuo.ledger.rows import NewFact, new_stream, rows_for_insert, start

STREAM = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
AT = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_characters="\x00", codec="utf-8")),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text("abc中", max_size=3), part, max_size=3),
)


def test_a_hash_can_be_recomputed_with_the_standard_library_alone():
    fields = [1, genesis(STREAM), STREAM.hex, 1, "received", "2026-10-12T09:30:00.000000Z",
              "2026-10-12T09:30:00.000000Z", "a1", {"b": 1, "a": "中"}, None, ""]  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert (
        digest(genesis(STREAM), STREAM, 1, "received", AT, AT, "a1", {"a": "中", "b": 1}, None, "")
        == expected
    )


def test_the_zone_in_which_a_moment_is_written_does_not_change_the_hash():
    shanghai = AT.astimezone(timezone(timedelta(hours=8)))
    one, other = (digest("0" * 64, STREAM, 1, "k", at, AT, "", {}, None, "") for at in (AT, shanghai))
    assert one == other


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        digest("0" * 64, STREAM, 1, "k", AT.replace(tzinfo=None), AT, "", {}, None, "")


@pytest.mark.parametrize("position, value", [
    (0, "1" * 64), (1, UUID(int=5)), (2, 2), (3, "other"), (4, AT + timedelta(microseconds=1)),
    (5, AT + timedelta(1)), (6, "b"), (7, {"n": 2}), (8, 1), (9, "demo"),
])  # fmt: skip
def test_every_field_changes_the_hash(position, value):
    fields = ["0" * 64, STREAM, 3, "k", AT, AT, "a", {"n": 1}, None, ""]
    changed = [*fields[:position], value, *fields[position + 1 :]]
    assert digest(*fields) != digest(*changed)


@given(plain)
def test_what_is_kept_survives_json(value):
    keepable(value)
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize("bad", [1.5, {"a": [1.0]}, {1: "a"}, "a\x00b", {"a": AT}, {"a": b"x"}])
def test_what_a_database_would_change_is_refused(bad):
    with pytest.raises((TypeError, ValueError), match=r"data|data\.a"):
        keepable(bad)


def test_rows_are_numbered_and_chained():
    rows = rows_for_insert(STREAM, *start(STREAM), [NewFact("a", AT), NewFact("b", AT, corrects=1)], AT)
    assert [(row.seq, row.prev) for row in rows] == [(1, genesis(STREAM)), (2, rows[0].hash)]


def test_stream_ids_are_unlike_and_in_the_order_of_time():
    ids = [new_stream(AT + timedelta(milliseconds=n)) for n in range(50)]
    assert ids == sorted(set(ids))
    assert {(one.version, one.variant) for one in ids} == {(7, "specified in RFC 4122")}


def test_a_fact_corrects_only_an_earlier_one():
    with pytest.raises(ValueError, match="cannot correct"):
        rows_for_insert(STREAM, *start(STREAM), [NewFact("a", AT, corrects=1)], AT)
