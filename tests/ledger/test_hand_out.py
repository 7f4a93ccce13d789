import threading
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction

from shounuo.ledger.actions import NewFact, append, hand_out, start
from shounuo.ledger.models import Cursor

AT = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@transaction.atomic
def note(*names):
    stream = uuid4()
    append(stream, *start(stream), [NewFact(name, AT) for name in names], AT)


def taken(name="findings", limit=500):
    got = []
    hand_out(name, lambda facts: got.extend(fact.row.kind for fact in facts), limit)
    return got


def in_another_connection(work):
    """Run `work` in a thread with its own connection and wait for it."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)


def test_facts_come_in_order_and_only_once():
    note("a", "b")
    note("c")
    assert taken(limit=2) == ["a", "b"]
    assert taken(limit=2) == ["c"]
    assert taken() == []


def test_each_consumer_has_its_own_position():
    note("a")
    assert taken("findings") == taken("breaches") == ["a"]


def test_a_handler_that_fails_gets_the_same_facts_again():
    note("a")

    def fail(facts):
        Cursor.objects.create(name="written by the handler")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        hand_out("findings", fail)
    assert not Cursor.objects.filter(name="written by the handler").exists()
    assert taken() == ["a"]


def test_facts_that_a_handler_records_come_in_the_next_round():
    note("a")
    hand_out("findings", lambda facts: note("b"))
    assert taken() == ["b"]


@pytest.mark.postgresql
def test_a_fact_with_a_lower_id_that_commits_later_is_not_lost():
    with transaction.atomic():
        note("slow")
        in_another_connection(lambda: note("quick"))
        early = []
        in_another_connection(lambda: early.extend(taken()))
    assert early == []
    assert taken() == ["slow", "quick"]


@pytest.mark.postgresql
def test_of_two_workers_at_the_same_moment_only_one_gets_a_fact():
    note(*"abcdefgh")
    got, inside = [], threading.Barrier(2, timeout=1)

    def slowly(facts):
        got.extend(fact.row.kind for fact in facts)
        with suppress(threading.BrokenBarrierError):
            inside.wait()  # the other worker never arrives here while we hold the position

    threads = [threading.Thread(target=_and_close, args=(slowly,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert "".join(got) == "abcdefgh"


def _and_close(handler):
    hand_out("findings", handler)
    connection.close()
