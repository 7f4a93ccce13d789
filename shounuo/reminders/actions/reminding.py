"""Telling staff: a reminder for each person, and the messages that carry it out of the house."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from shounuo.cases.models import Case
from shounuo.ledger.moments import civil, instant
from shounuo.organisation.models import Person
from shounuo.outbox.actions import enqueue_all, message
from shounuo.outbox.models import Message
from shounuo.reminders.line import office_calendar
from shounuo.reminders.models import Preference, Reminder
from shounuo.reminders.recipients import Hearer, Recipients
from shounuo.reminders.timing import Quiet, leaves_at
from shounuo.rules.calendars import Calendar

OLD_MARKS = ("demo",)
NO_MESSAGE_AFTER = READ_AFTER = timedelta(days=4)
"""What a demonstration pretends to have happened longer ago than this leaves no message, or counts as read."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told to whom: one cause at one level."""

    kind: str
    level: str
    cause: str
    case: Case
    hearers: Sequence[Hearer]
    moment: datetime
    rule: str = ""
    no: int = 0
    mark: str = ""
    due_at: datetime | None = None
    urgent: bool = False


@transaction.atomic
def remind(
    told: Iterable[Told], recipients: Recipients, at: datetime, channels: frozenset[str]
) -> list[Reminder]:
    """Keep each (cause, level, person) once, with its messages; returns the reminders asked for.

    `channels`: the ways out of the house that this installation has.
    """
    told = list(told)
    rows = [(one, _row(one, hearer, at)) for one in told for hearer in one.hearers]
    reminders = [row for _one, row in rows]
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True, batch_size=500)
    wishes = preferences({row.person_id for row in reminders})
    enqueue_all(
        sent
        for one, row in rows
        for sent in _messages(one, row, wishes[row.person_id], recipients, at, channels)
    )
    return reminders


def _row(one: Told, hearer: Hearer, at: datetime) -> Reminder:
    stale = one.case.marks in OLD_MARKS and one.moment < at - READ_AFTER
    return Reminder(
        person_id=hearer.person, instead_of_id=hearer.instead_of, organisation_id=one.case.organisation_id,
        kind=one.kind, level=one.level, cause=one.cause, stream=one.case.stream, number=one.case.number,
        rule=one.rule, no=one.no, mark=one.mark, at=one.moment, due_at=one.due_at, urgent=one.urgent,
        created_at=at, read_at=at if stale else None,
    )  # fmt: skip


def preferences(people: Iterable[int]) -> dict[int, Preference]:
    """What each person prefers; the usual for those who never chose."""
    wanted = list(people)
    kept = {
        one.person_id: one for one in Preference.objects.filter(person__in=wanted).select_related("person")
    }
    missing = Person.objects.filter(pk__in=[one for one in wanted if one not in kept])
    return kept | {person.pk: Preference(person=person) for person in missing}


def _messages(
    one: Told, row: Reminder, wish: Preference, recipients: Recipients, at: datetime, channels: frozenset[str]
) -> list[Message]:
    if one.case.marks in OLD_MARKS and one.moment < at - NO_MESSAGE_AFTER:
        return []
    ways = [way for way in wish.channels(one.kind, one.urgent) & channels if wish.address(way)]
    if not ways:
        return []
    due = instant(leaves_at(civil(at), _calendar(one, recipients), one.urgent, quiet_of(wish)))
    payload = {"what": "reminder", "kind": one.kind, "cause": one.cause, "level": one.level,
               "person": row.person_id, "number": row.number}  # fmt: skip
    return [
        message(f"reminder:{way}:{_key(row)}", way, payload, at, max(due, at), str(row.organisation_id))
        for way in sorted(ways)
    ]


def _calendar(one: Told, recipients: Recipients) -> Calendar | None:
    edition = recipients.edition(one.case.organisation)
    return office_calendar(edition) if edition else None


def _key(row: Reminder) -> str:
    return sha256(f"{row.cause}|{row.level}|{row.person_id}".encode()).hexdigest()[:40]


def quiet_of(wish: Preference) -> Quiet:
    """A person's quiet hours, or None."""
    since, until = wish.quiet_from, wish.quiet_until
    return (since, until) if since is not None and until is not None else None
