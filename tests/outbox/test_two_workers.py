"""Real concurrency: separate connections at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from shounuo.organisation.actions import count_try
from shounuo.outbox.actions import enqueue, lease
from shounuo.outbox.models import Message
from shounuo.outbox.sending import Outgoing, Receipt, send_due

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)


def at_once(number, work):
    """Results of `work(n)` done by `number` connections that begin together."""
    ready = Barrier(number, timeout=20)

    def one(n):
        connection.ensure_connection()
        ready.wait()
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def test_no_message_is_leased_by_two_workers():
    for n in range(40):
        enqueue(f"receipt:{n}", "sms", {}, AT)
    taken = [message.key for got in at_once(6, lambda n: lease(f"worker {n}", AT, 40)) for message in got]
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 40


def test_tries_sent_at_the_same_time_are_counted_one_by_one():
    allowed = at_once(12, lambda n: count_try("wang", AT))
    assert allowed.count(True) == 5


def test_two_workers_carry_each_message_out_once():
    for n in range(60):
        enqueue(f"receipt:{n}", "sms", {}, AT)
    carried: list[str] = []

    class Carrier:
        channel = "sms"

        def send(self, message):
            carried.append(message.id)
            return Receipt()

    def work(n):
        while send_due(f"worker {n}", AT, {"sms": Carrier()}, lambda m, at: Outgoing(m.id_outside, "1", "t")):
            pass

    at_once(4, work)
    assert len(carried) == len(set(carried)) == 60
    assert not Message.objects.waiting().exists()
