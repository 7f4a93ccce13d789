"""Each kind of tampering, by somebody who can switch the triggers off, is found and its fact is named."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from shounuo.ledger.actions import NewFact, append, head, start
from shounuo.ledger.chain import digest
from shounuo.ledger.models import Fact
from shounuo.ledger.rows import COLUMNS, FactRow, rows_for_insert
from shounuo.ledger.verifying import verify

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.fixture
def record(no_triggers):
    """Two streams of five facts, and no triggers."""
    for stream in (ONE, TWO):
        append(stream, *start(stream), [NewFact("note", AT, "a", {"n": n}) for n in range(1, 6)], AT)


def fact(seq, stream=TWO):
    return Fact.objects.filter(stream=stream, seq=seq)


def rehash(seq, **changes):
    """Change a fact and give it the hash that fits its new content."""
    fact(seq).update(**changes)
    row = FactRow(*fact(seq).values_list(*COLUMNS).get())
    fact(seq).update(hash=digest(row.prev, *row[:9]))


def swap():
    fact(3).update(seq=99)
    fact(4).update(seq=3)
    fact(99).update(seq=4)


def exchange_contents():
    third, fourth = fact(3).get(), fact(4).get()
    fact(3).update(data=fourth.data, hash=fourth.hash)
    fact(4).update(data=third.data, hash=third.hash)


def insert():
    """Push a fact in between, renumbering those behind it."""
    for seq in (5, 4, 3):
        fact(seq).update(seq=seq + 1)
    before = fact(2).get()
    row = rows_for_insert(TWO, 2, before.hash, [NewFact("note", AT)], AT)[0]
    Fact.objects.create(**row._asdict())


def rewrite_the_tail():
    """Remove the third fact and those behind it, and write them again out of turn with hashes that fit."""
    before = fact(2).get()
    rows = rows_for_insert(TWO, 2, before.hash, [NewFact("note", AT) for _ in range(3)], AT)
    Fact.objects.filter(stream=TWO, seq__gte=3).delete()
    for row in reversed(rows):
        Fact.objects.create(**row._asdict())


TAMPERING = {
    "data": (lambda: fact(3).update(data={"n": 99}), 3, "hash"),
    "legal moment": (lambda: fact(3).update(at=datetime(2026, 10, 11, tzinfo=UTC)), 3, "hash"),
    "moment of writing": (lambda: fact(5).update(recorded_at=datetime(2026, 10, 11, tzinfo=UTC)), 5, "hash"),
    "actor": (lambda: fact(1).update(actor="b"), 1, "hash"),
    "kind": (lambda: fact(4).update(kind="answered"), 4, "hash"),
    "marks": (lambda: fact(4).update(marks="import"), 4, "hash"),
    "what it corrects": (lambda: fact(4).update(corrects=2), 4, "hash"),
    "delete the first": (lambda: fact(1).delete(), 2, "gap"),
    "delete one in the middle": (lambda: fact(3).delete(), 4, "gap"),
    "swap two": (swap, 3, "prev"),
    "exchange contents": (exchange_contents, 3, "hash"),
    "change and re-hash one": (lambda: rehash(3, data={"n": 99}), 4, "prev"),
    "insert": (insert, 4, "prev"),
    "move to another stream": (lambda: fact(5).update(stream=ONE, seq=6), 6, "prev"),
    "write out of turn": (rewrite_the_tail, 4, "order"),
    "unreadable data": (lambda: fact(2).update(data={"n": 1.5}), 2, "hash"),
}


def test_an_honest_record_verifies(record):
    seen = verify()
    assert (seen.facts, seen.streams, seen.fault) == (10, 2, None)


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found_and_named(record, kind):
    tamper, seq, what = TAMPERING[kind]
    tamper()
    fault = verify().fault
    assert (fault.seq, fault.what) == (seq, what)


def test_cutting_a_tail_is_not_found_until_checkpoints_exist(record):
    fact(5).delete()
    assert verify().fault is None
    assert head(TWO).seq == 4
