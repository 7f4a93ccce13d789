"""Who may read an organisation's regulations, adopt them and decide what they leave open."""

from django.db.models import QuerySet

from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.regulations.models import Adoption, AdoptionQuerySet, Draft

DECIDERS = frozenset({"service_office", "leader_in_charge"})

GRANTS: dict[str, frozenset[str]] = {
    "adopt": DECIDERS,
    "decide_setting": DECIDERS,
    "review_draft": DECIDERS,
    "keep_calendar": DECIDERS | {"administrator"},
}
"""Verb -> the roles that may do it in their own organisation; everybody in post there may read."""


def may(actor: Actor, verb: str, organisation: Unit) -> bool:
    """Whether an actor may do a verb to an organisation's regulations."""
    return any(held.role in GRANTS[verb] and held.house_path == organisation.path for held in actor.held)


def house_of(actor: Actor) -> Unit | None:
    """The organisation whose regulations an actor reads; None for somebody without a post."""
    if actor.organisation_id is None or not actor.held:
        return None
    return Unit.objects.filter(pk=actor.organisation_id).first()


def adoptions_seen_by(actor: Actor) -> AdoptionQuerySet:
    """The editions that the actor's organisation has adopted, newest first; editions for imports stay out."""
    if actor.organisation_id is None or not actor.held:
        return Adoption.objects.none()
    seen = Adoption.objects.filter(organisation=actor.organisation_id, purpose="")
    return seen.select_related("text", "organisation").order_by("-in_force_from", "-pk")


def find(actor: Actor, adoption_id: int) -> Adoption | None:
    """An adoption by its id; None alike when there is none and when it is another organisation's."""
    return adoptions_seen_by(actor).filter(pk=adoption_id).first()


def drafts_seen_by(actor: Actor) -> QuerySet[Draft]:
    """The texts under review in the actor's organisation, newest first."""
    if actor.organisation_id is None or not actor.held:
        return Draft.objects.none()
    return (
        Draft.objects.filter(organisation=actor.organisation_id)
        .select_related("organisation")
        .order_by("-pk")
    )


def find_draft(actor: Actor, draft_id: int) -> Draft | None:
    """A draft by its id; None alike when there is none and when it is another organisation's."""
    return drafts_seen_by(actor).filter(pk=draft_id).first()
