"""The digest: once a day, at the time somebody chose, what came in since the last one."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from shounuo.ledger.moments import civil
from shounuo.outbox.actions import enqueue
from shounuo.reminders.line import office_calendar
from shounuo.reminders.models import Preference, Reminder
from shounuo.reminders.recipients import Recipients
from shounuo.rules.calendars import OutOfCoverage

FIRST_REACH, WINDOW = timedelta(days=7), timedelta(hours=2)
"""How far back the first digest looks; how much later than chosen one may still come, rather than the next day."""


def send_digests(at: datetime, channels: frozenset[str]) -> int:
    """Put together the digests whose time has come; returns how many were put into the outbox."""
    if "mail" not in channels:
        return 0
    recipients = Recipients(at)
    return sum(_send(wish, recipients, at) for wish in _waiting(at))


def _waiting(at: datetime) -> Iterator[Preference]:
    now = civil(at)
    earliest = (now - WINDOW).time() if (now - WINDOW).date() == now.date() else time()
    new_day = Q(last_digest_on__isnull=True) | Q(last_digest_on__lt=now.date())
    wishes = Preference.objects.filter(
        new_day, digest=True, digest_at__gt=earliest, digest_at__lte=now.time()
    ).exclude(email="")
    yield from wishes.select_related("person__organisation").order_by("pk")


@transaction.atomic
def _send(wish: Preference, recipients: Recipients, at: datetime) -> bool:
    """One person's digest, by compare-and-swap on the day; on days off none, and none when nothing came."""
    day = civil(at).date()
    edition = recipients.edition(wish.person.organisation)
    calendar = office_calendar(edition) if edition else None
    try:
        if calendar and not calendar.is_working_day(day):
            return False
    except OutOfCoverage:
        pass
    mine = Preference.objects.filter(pk=wish.pk, last_digest_on=wish.last_digest_on)
    if not mine.update(last_digest_on=day, last_digest_at=at):
        return False
    since = wish.last_digest_at or at - FIRST_REACH
    came = Reminder.objects.filter(
        person=wish.person_id, created_at__gt=since, created_at__lte=at, read_at__isnull=True
    )
    if not came.exists():
        return False
    payload = {"what": "digest", "kind": "digest", "person": wish.person_id, "since": since.isoformat(),
               "until": at.isoformat()}  # fmt: skip
    key = f"digest:{wish.person_id}:{day.isoformat()}"
    enqueue(key, "mail", payload, at, scope=str(wish.person.organisation_id))
    return True
