"""What every template may use."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shounuo.organisation.access import Actor, Standing
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import actor_of
from shounuo.portal.access import public_organisations
from shounuo.reminders.access import unread
from shounuo.site.dates import people_date


def house(request: HttpRequest) -> dict[str, Any]:
    """`demo` (demonstration mode), `actor` (who is signed in, or None), `unread` (their reminders, counted when
    a page draws the bell), `organisation_name`, and who the reader is in words (asked only where a page shows them, and
    once however often it does).
    """
    actor = actor_of(request)
    return {
        "demo": settings.DEMO,
        "actor": actor,
        "unread": cache(lambda: unread(actor) if actor else 0),
        "organisation_name": cache(lambda: organisation_name(actor)),
        "who_unit": cache(lambda: unit_words(actor)),
        "acting_for": _("、").join(one.actor.name for one in _once(actor)),
        "acting_until": lambda: _until(actor),
    }


def organisation_name(actor: Actor | None) -> str:
    """The name of the reader's organisation; for the public of the one that the portal shows."""
    if actor is not None and actor.organisation_id is not None:
        return Unit.objects.get(pk=actor.organisation_id).name
    shown = public_organisations(settings.ORGANISATION).first()
    return shown.name if shown else ""


def unit_words(actor: Actor | None) -> str:
    """The units in which the reader holds posts."""
    found = Unit.objects.filter(pk__in=actor.unit_ids).order_by("path") if actor else ()
    return _("、").join(unit.name for unit in found)


def _once(actor: Actor | None) -> list[Standing]:
    """Each person stood in for once, though several chains may lead there."""
    return list({one.actor.actor_id: one for one in (actor.standing if actor else ())}.values())


def _until(actor: Actor | None) -> str:
    ends = [one.until for one in _once(actor)]
    return (
        people_date(min(ends), get_language() or "zh-hans", this_year=timezone.localtime().year)
        if ends
        else ""
    )
