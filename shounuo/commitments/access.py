"""Whose clocks somebody may see one by one. How often a promise was kept is for everybody in post."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from shounuo.commitments.models import Alarm, CheckResult, ClockQuerySet, RunningClock
from shounuo.organisation.access import Actor

SEES_ALL = frozenset({"leader_in_charge", "service_office", "duty_supervisor", "auditor"})
"""Roles that see every matter and every clock of their organisation."""

SEES_SECTION = frozenset({"handler", "section_head", "first_asked_clerk"})
"""Roles that see the matters and clocks of the unit they hold the role in."""


def visible(actor: Actor) -> Q:
    """The clocks and checks an actor may see, as a condition on their rows."""
    seen = Q(pk__in=())
    for held in actor.held:
        if held.role in SEES_ALL:
            seen |= Q(organisation=held.house_id)
        if held.role in SEES_SECTION:
            seen |= Q(section__in=held.reach)
    return seen


def clocks_seen_by(actor: Actor) -> ClockQuerySet:
    """The clocks an actor may see: of their sections, and their own."""
    return RunningClock.objects.filter(visible(actor) | Q(handler=actor.actor_id))


def checks_seen_by(actor: Actor) -> QuerySet[CheckResult]:
    """The results of checks an actor may see."""
    return CheckResult.objects.filter(visible(actor))


def alarms_seen_by(actor: Actor) -> QuerySet[Alarm]:
    """The alarms of clocks an actor may see."""
    clock = clocks_seen_by(actor).filter(stream=OuterRef("stream"), rule=OuterRef("rule"), no=OuterRef("no"))
    return Alarm.objects.filter(Exists(clock))
