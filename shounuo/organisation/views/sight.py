"""Finding what an office page is about; "not found" and "not yours" answer alike."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shounuo.ledger.actions import Conflict
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor, may
from shounuo.organisation.actions import NotPossible, Stamp
from shounuo.organisation.forms.fields import Asking
from shounuo.organisation.models import Person, Unit

CHOSEN = "new"
"""The field of a new password, which Django's rules for good ones may refuse."""


def house_of(actor: Actor) -> Unit:
    """The organisation whose pages somebody sees; 404 for who holds no post."""
    at = actor.organisation_id if actor.held else None
    house = None if at is None else Unit.objects.filter(pk=at).first()
    if house is None or not may(actor, "see_directory", house):
        raise Http404
    return house


def unit_or_404(actor: Actor, pk: int) -> Unit:
    """A unit of the actor's organisation."""
    unit = Unit.objects.within(house_of(actor)).filter(pk=pk).select_related("organisation").first()
    if unit is None:
        raise Http404
    return unit


def person_or_404(actor: Actor, pk: int) -> Person:
    """A person of the actor's organisation."""
    found = Person.objects.filter(organisation=house_of(actor)).select_related("account", "organisation")
    person = found.filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def need(actor: Actor, verb: str, unit: Unit) -> None:
    """403 for whom the table of access does not name."""
    if not may(actor, verb, unit):
        raise PermissionDenied


def done(form: Asking, act: Callable[[Stamp], Any], actor: Actor) -> tuple[bool, Any]:
    """Do it now in the actor's name; what the house refuses stands on the form, with what was typed."""
    try:
        return True, act(Stamp(actor.actor_id, timezone.now()))
    except NotPossible as refused:
        form.refuse(str(refused), refused.field)
    except ValidationError as refused:
        form.refuse(" ".join(refused.messages), CHOSEN)
    except Conflict:
        form.refuse(_("别人刚刚改了同一处，请再看一遍后重试。"))
    return False, None


def once(request: HttpRequest, act: Callable[[Stamp], Any], actor: Actor, said: str) -> Any:
    """Do what one button asks, and say so, or why not."""
    try:
        found = act(Stamp(actor.actor_id, timezone.now()))
    except (NotPossible, Conflict) as refused:
        messages.error(request, str(refused) or _("别人刚刚改了同一处，请再看一遍后重试。"))
        return None
    messages.success(request, said)
    return found


def page(
    request: HttpRequest, actor: Actor, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """An office page with what all of them show."""
    house = house_of(actor)
    shared = {"house": house, "now": civil(timezone.now()), "tabs": tabs(actor, house)}
    return render(request, f"organisation/{template}.html", {**shared, **context}, status=status)


def tabs(actor: Actor, house: Unit) -> list[tuple[str, str, str]]:
    """The office's pages that this reader may open: key, address name, label."""
    found = [
        ("units", "organisation-units", _("部门和岗位")),
        ("people", "organisation-people", _("人员")),
        ("absences", "organisation-absences", _("不在岗")),
        ("duty", "organisation-duty", _("值班")),
    ]
    if may(actor, "see_history", house):
        found.append(("history", "organisation-history", _("变动记录")))
    return found
