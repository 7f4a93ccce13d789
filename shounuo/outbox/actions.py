"""The queue: put in, lease, done, failed, retry."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from shounuo.outbox.models import Message

LEASE = timedelta(minutes=5)
MOST_TRIES = 8
KEPT = timedelta(days=90)


def enqueue(
    key: str,
    channel: str,
    payload: dict[str, Any],
    at: datetime,
    due_at: datetime | None = None,
    scope: str = "",
) -> None:
    """Put a message in, inside the transaction that causes it; the same key a second time changes nothing."""
    enqueue_all([message(key, channel, payload, at, due_at, scope)])


def message(
    key: str, channel: str, payload: dict[str, Any], at: datetime, due_at: datetime | None, scope: str
) -> Message:
    """A message not yet put in."""
    return Message(key=key, channel=channel, payload=payload, created_at=at, due_at=due_at or at, scope=scope)


def enqueue_all(messages: Iterable[Message]) -> None:
    """Put many in at once."""
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)


def lease(worker: str, at: datetime, limit: int = 20) -> list[Message]:
    """Take up to `limit` due messages that nobody holds; a lease that ran out may be taken again."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    waiting = Message.objects.overdue(at).filter(free)
    taken = []
    for one in waiting.order_by("due_at", "id")[:limit]:
        mine = waiting.filter(pk=one.pk, tries=one.tries)
        if mine.update(leased_by=worker, leased_until=at + LEASE, tries=one.tries + 1):
            one.refresh_from_db()
            taken.append(one)
    return taken


def done(message: Message, at: datetime, reference: str = "") -> bool:
    """Mark as carried out; False when the lease was lost meanwhile."""
    return _end(message, sent_at=at, reference=reference[:120])


def skipped(message: Message, why: str, at: datetime) -> bool:
    """Mark as not needed any more, with the reason's code; False when the lease was lost meanwhile."""
    return _end(message, sent_at=at, not_needed=why[:24])


def _end(message: Message, **fields: Any) -> bool:
    return bool(_held(message).update(leased_until=None, leased_by="", last_error="", **fields))


def failed(message: Message, error: str, at: datetime, final: bool = False) -> bool:
    """Try again later, each time after twice as long, or park it when that was the last try or cannot help."""
    later = at + timedelta(minutes=2**message.tries)
    parked = at if final or message.tries >= MOST_TRIES else None
    fields = {"due_at": later, "parked_at": parked, "leased_until": None, "leased_by": ""}
    return bool(_held(message).update(last_error=error[:500], **fields))


def retry(pk: int, at: datetime) -> bool:
    """Take a parked message up again, with all its tries; False when it is not parked (any more)."""
    parked = Message.objects.parked().filter(pk=pk)
    return bool(parked.update(parked_at=None, tries=0, due_at=at, last_error=""))


def forget_old(at: datetime) -> int:
    """Remove what left long ago (called by the worker); returns how many. What is parked stays."""
    return Message.objects.filter(sent_at__lt=at - KEPT).delete()[0]


def _held(message: Message) -> Any:
    """The row as long as this try still owns it."""
    return Message.objects.waiting().filter(
        pk=message.pk, tries=message.tries, leased_by=message.leased_by, leased_until=message.leased_until
    )
