"""The bare queue: put in, lease, done, failed."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from shounuo.outbox.models import Message

LEASE = timedelta(minutes=5)
MOST_TRIES = 8


def enqueue(
    key: str, channel: str, payload: dict[str, Any], at: datetime, due_at: datetime | None = None
) -> None:
    """Put a message in, inside the transaction that causes it; the same key a second time changes nothing."""
    message = Message(key=key, channel=channel, payload=payload, created_at=at, due_at=due_at or at)
    Message.objects.bulk_create([message], ignore_conflicts=True)


def lease(worker: str, at: datetime, limit: int = 20) -> list[Message]:
    """Take up to `limit` due messages that nobody holds; a lease that ran out may be taken again."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    waiting = Message.objects.filter(free, sent_at__isnull=True, parked_at__isnull=True, due_at__lte=at)
    taken = []
    for message in waiting.order_by("due_at", "id")[:limit]:
        mine = waiting.filter(pk=message.pk, tries=message.tries)
        if mine.update(leased_by=worker, leased_until=at + LEASE, tries=message.tries + 1):
            message.refresh_from_db()
            taken.append(message)
    return taken


def done(message: Message, at: datetime) -> bool:
    """Mark as carried out; False when the lease was lost meanwhile."""
    return bool(_held(message).update(sent_at=at, leased_until=None, leased_by="", last_error=""))


def failed(message: Message, error: str, at: datetime) -> bool:
    """Try again later, each time after twice as long, or park it when that was the last try."""
    later = at + timedelta(minutes=2**message.tries)
    parked = at if message.tries >= MOST_TRIES else None
    fields = {"due_at": later, "parked_at": parked, "leased_until": None, "leased_by": ""}
    return bool(_held(message).update(last_error=error[:500], **fields))


def _held(message: Message) -> Any:
    """The row as long as this try still owns it."""
    return Message.objects.filter(
        pk=message.pk, tries=message.tries, sent_at__isnull=True, parked_at__isnull=True
    )
