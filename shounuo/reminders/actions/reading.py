"""Marking one's own reminders as read."""

from datetime import datetime

from shounuo.reminders.models import Reminder


def read(person: int, pk: int, at: datetime) -> bool:
    """Mark one as read; False when it is not this person's, or was read before."""
    return bool(Reminder.objects.filter(pk=pk, person=person, read_at__isnull=True).update(read_at=at))


def read_all(person: int, until: datetime, at: datetime) -> int:
    """Mark as read what was there when the page was shown; what came since stays unread."""
    mine = Reminder.objects.filter(person=person, read_at__isnull=True, created_at__lte=until)
    return mine.update(read_at=at)
