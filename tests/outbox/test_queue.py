from datetime import UTC, datetime, timedelta

import pytest

from shounuo.outbox.actions import LEASE, MOST_TRIES, done, enqueue, failed, lease
from shounuo.outbox.models import Message

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)


def test_the_same_key_is_put_in_once():
    enqueue("receipt:1", "sms", {"to": "p1"}, AT)
    enqueue("receipt:1", "sms", {"to": "p2"}, AT)
    assert [message.payload for message in Message.objects.all()] == [{"to": "p1"}]


def test_a_message_is_leased_to_one_worker():
    enqueue("receipt:1", "sms", {}, AT)
    assert [message.key for message in lease("one", AT)] == ["receipt:1"]
    assert lease("two", AT) == []


def test_a_lease_that_ran_out_is_taken_over_and_the_first_worker_loses_it():
    enqueue("receipt:1", "sms", {}, AT)
    first = lease("one", AT)[0]
    second = lease("two", AT + LEASE)[0]
    assert not done(first, AT + LEASE)
    assert done(second, AT + LEASE)


def test_a_message_is_not_sent_before_it_is_due():
    enqueue("receipt:1", "sms", {}, AT, AT + timedelta(hours=1))
    assert lease("one", AT) == []


def test_a_failure_waits_longer_each_time_and_is_parked_in_the_end():
    enqueue("receipt:1", "sms", {}, AT)
    at = AT
    for _ in range(MOST_TRIES):
        message = lease("one", at)[0]
        failed(message, "no network", at)
        assert lease("one", at) == []
        at = Message.objects.get().due_at
    assert Message.objects.get().parked_at is not None
    assert lease("one", at + timedelta(days=99)) == []
