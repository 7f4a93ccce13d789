"""Whose clocks somebody may see one by one. How often a promise was kept is for everybody in post, except what
ratings began: a figure of one would tell those who were rated how.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from shounuo.commitments.models import Alarm, CheckResult, ClockQuerySet, RunningClock
from shounuo.organisation.access import Actor, Standing
from shounuo.regulations.editions import rules_begun_by

SEES_ALL = frozenset({"leader_in_charge", "service_office", "duty_supervisor", "auditor"})
"""Roles that see every matter and every clock of their organisation."""

SEES_SECTION = frozenset({"handler", "section_head", "first_asked_clerk"})
"""Roles that see the matters and clocks of the unit they hold the role in."""

SEES_RATINGS = frozenset({"service_office", "duty_supervisor", "leader_in_charge", "auditor", "section_head"})
"""Who reads how a matter was rated; the rated themselves never, whatever post they hold."""

OVER_UNITS = frozenset({"leader_in_charge", "section_head"})
"""Roles that read ratings only of the units that they lead."""

WorkedOn = Callable[[frozenset[str]], QuerySet[Any, Any]]
_worked_on: list[WorkedOn] = []


def worked_on_is(question: WorkedOn) -> None:
    """Take the question that only the floor of matters can answer: the streams on which some actors worked."""
    _worked_on[:] = [question]


def in_scope(standing: Standing) -> Q:
    """The matters that a delegation is about, by their kind and service; one for some verbs lets see all."""
    scope = Q()
    for reach in standing.reaches:
        if reach.scope == "kinds":
            scope &= Q(kind__in=reach.values)
        elif reach.scope == "services":
            scope &= Q(service__in=reach.values)
    return scope


def visible(actor: Actor) -> Q:
    """The clocks and checks an actor may see, as a condition on their rows; with those of the absent they stand for."""
    seen = _visible(actor)
    for one in actor.standing:
        seen |= _visible(one.actor) & in_scope(one)
    return seen


def _visible(actor: Actor) -> Q:
    seen = Q(pk__in=())
    for held in actor.held:
        if held.role in SEES_ALL:
            seen |= Q(organisation=held.house_id)
        if held.role in SEES_SECTION:
            seen |= Q(section__in=held.reach)
    return seen


def may_count(actor: Actor) -> Q:
    """The clocks that may be in a figure an actor reads, as a condition: all but those that began with a rating
    which is not theirs to read.
    """
    houses = {actor.organisation_id or 0, *(held.house_id for held in actor.held)}
    hidden = rules_begun_by("rated", houses)
    return ~Q(rule__in=hidden) | _ratings_read_by(actor) if hidden else Q()


def _ratings_read_by(actor: Actor) -> Q:
    """The rows of matters whose rating an actor may read: of their units or house, and never their own work."""
    seen = Q(pk__in=())
    for held in actor.held:
        if held.role in OVER_UNITS:
            seen |= Q(section__in=held.reach) | Q(section__isnull=True, organisation__in=held.reach)
        elif held.role in SEES_RATINGS:
            seen |= Q(organisation=held.house_id)
    themselves = frozenset({actor.actor_id, *(one.actor.actor_id for one in actor.standing)})
    for streams in _worked_on:
        seen &= ~Q(stream__in=streams(themselves))
    return seen


def clocks_seen_by(actor: Actor, counted: Q | None = None) -> ClockQuerySet:
    """The clocks an actor may see: of their sections, and their own; of those that ratings began what they may count
    (`counted`: as a page has asked already).
    """
    own = Q(handler=actor.actor_id)
    for one in actor.standing:
        own |= Q(handler=one.actor.actor_id) & in_scope(one)
    seen = RunningClock.objects.filter(visible(actor) | own)
    return seen.filter(may_count(actor) if counted is None else counted)


def checks_seen_by(actor: Actor) -> QuerySet[CheckResult]:
    """The results of checks an actor may see."""
    return CheckResult.objects.filter(visible(actor))


def alarms_seen_by(actor: Actor, counted: Q | None = None) -> QuerySet[Alarm]:
    """The alarms of clocks an actor may see."""
    clock = clocks_seen_by(actor, counted).filter(
        stream=OuterRef("stream"), rule=OuterRef("rule"), no=OuterRef("no")
    )
    return Alarm.objects.filter(Exists(clock))
