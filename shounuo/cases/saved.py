"""Filters that somebody keeps by a name of their own."""

from shounuo.cases.models import SavedFilter
from shounuo.organisation.access import Actor

MOST = 20


def saved_of(actor: Actor) -> list[SavedFilter]:
    """The filters of an actor, by name."""
    return list(SavedFilter.objects.filter(actor=actor.actor_id).order_by("name")[:MOST])
