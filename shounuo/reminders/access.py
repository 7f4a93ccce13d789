"""Whose reminders somebody reads (their own, nobody else's), and who looks after what leaves the house."""

from django.db.models import QuerySet

from shounuo.organisation.access import Actor
from shounuo.organisation.models import Person, Unit
from shounuo.outbox.models import Message, MessageQuerySet
from shounuo.reminders.models import Preference, Reminder

OFFICE = frozenset({"service_office", "administrator"})

GRANTS: dict[str, frozenset[str]] = {
    "see_outbox": OFFICE | {"auditor"},
    "retry_message": OFFICE,
}
"""Verb -> the roles that may do it in their own organisation."""

MOST_COUNTED = 99


def may(actor: Actor, verb: str) -> bool:
    """Whether an actor may do a verb to their organisation's messages."""
    return bool(GRANTS[verb] & actor.roles)


def sees_outbox(actor: Actor) -> bool:
    """Whether an actor may see what leaves the house."""
    return may(actor, "see_outbox")


def reminders_of(actor: Actor) -> QuerySet[Reminder]:
    """The actor's own reminders, the newest first; nobody reads another's."""
    mine = Reminder.objects.filter(person=actor.person_id)
    return mine.select_related("instead_of", "organisation").order_by("-created_at", "-pk")


def unread(actor: Actor) -> int:
    """How many the actor has not read, up to one more than `MOST_COUNTED`."""
    if actor.person_id is None:
        return 0
    waiting = Reminder.objects.filter(person=actor.person_id, read_at__isnull=True)
    return len(waiting.values_list("pk", flat=True)[: MOST_COUNTED + 1])


def preference_of(actor: Actor) -> Preference | None:
    """The actor's own preferences, the usual ones when none were kept; None for an account without a person."""
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    if person is None:
        return None
    return Preference.objects.select_related("person").filter(person=person).first() or Preference(
        person=person
    )


def messages_of(actor: Actor) -> MessageQuerySet:
    """What leaves the actor's organisation, for those who may see it."""
    houses = {held.house_path for held in actor.held if held.role in GRANTS["see_outbox"]}
    ids = Unit.objects.filter(path__in=houses).values_list("pk", flat=True)
    return Message.objects.filter(scope__in=[str(pk) for pk in ids])
