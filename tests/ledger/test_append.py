from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from shounuo.ledger import triggers
from shounuo.ledger.actions import Conflict, NewFact, append, head, heads, read, start
from shounuo.ledger.models import Fact

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 10, 12, 9, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture
def stream():
    stream = uuid4()
    facts = [
        NewFact("received", AT, "a1", {"kind": "application", "题": [1, None, True]}),
        NewFact("answered", AT),
    ]
    append(stream, *start(stream), facts, LATER)
    return stream


def test_facts_come_back_as_they_were_recorded(stream):
    first = read(stream)[0]
    assert (first.kind, first.at, first.recorded_at, first.actor) == ("received", AT, LATER, "a1")
    assert first.data == {"kind": "application", "题": [1, None, True]}
    assert type(first.data["题"][2]) is bool


def test_appending_continues_the_chain(stream):
    rows = append(stream, *head(stream), [NewFact("corrected", AT, corrects=2)], LATER)
    assert rows[0].seq == 3
    assert read(stream)[2] == rows[0]


def test_the_head_is_the_last_fact(stream):
    last = read(stream)[-1]
    assert head(stream) == (2, last.hash)
    new = uuid4()
    assert heads([stream, new]) == {stream: head(stream), new: start(new)}


def test_of_two_who_judged_from_the_same_head_the_second_is_refused(stream):
    seen = head(stream)
    append(stream, *seen, [NewFact("note", AT)], LATER)
    with pytest.raises(Conflict), transaction.atomic():
        append(stream, *seen, [NewFact("note", AT)], LATER)
    assert len(read(stream)) == 3


def test_a_conflict_keeps_nothing_of_its_transaction(stream):
    seen = head(stream)
    append(stream, *seen, [NewFact("note", AT)], LATER)
    other = uuid4()
    with transaction.atomic():
        append(other, *start(other), [NewFact("note", AT)], LATER)
        with pytest.raises(Conflict):
            append(stream, *seen, [NewFact("note", AT), NewFact("note", AT)], LATER)
    assert (len(read(other)), len(read(stream))) == (0, 3)


@pytest.mark.parametrize("change", [
    lambda facts: facts.update(kind="x"), lambda facts: facts.delete(), lambda facts: facts.update(txid=7),
])  # fmt: skip
def test_the_database_refuses_to_change_the_record(stream, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Fact.objects.filter(stream=stream))


def test_the_database_refuses_to_replace_a_fact(stream):
    columns = "stream, seq, kind, at, recorded_at, actor, data, corrects, marks, prev, hash, txid"
    clash = f"INSERT INTO ledger_fact ({columns}) SELECT {columns} FROM ledger_fact"
    clash += (
        " ON CONFLICT (stream, seq) DO UPDATE SET kind = 'x'" if connection.vendor == "postgresql" else ""
    )
    replace = clash.replace("INSERT", "INSERT" if connection.vendor == "postgresql" else "REPLACE", 1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(replace)


@pytest.mark.postgresql
def test_postgresql_refuses_to_empty_the_record(stream):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE ledger_fact")


def test_a_trigger_that_is_gone_is_named_and_put_back():
    table = " ON ledger_fact" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER ledger_fact_no_delete{table}")
    assert triggers.missing(connection) == ["ledger_fact_no_delete"]
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.postgresql
def test_a_trigger_that_is_switched_off_is_named_too():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ledger_fact_no_update")
    assert triggers.missing(connection) == ["ledger_fact_no_update"]


@pytest.mark.django_db(transaction=True)
def test_facts_are_recorded_only_inside_a_transaction():
    stream = uuid4()
    with pytest.raises(transaction.TransactionManagementError):
        append(stream, *start(stream), [NewFact("note", AT)], LATER)
