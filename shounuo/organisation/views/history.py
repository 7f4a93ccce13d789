"""The page that says who changed what in the organisation, and from when."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shounuo.organisation import history as record
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import staff_page
from shounuo.organisation.views.sight import house_of, need, page

PAGE = 50


@require_safe
@staff_page
def history(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All changes, or those of one unit or one kind; the newest first."""
    house = house_of(actor)
    need(actor, "see_history", house)
    units = list(Unit.objects.within(house).order_by("path"))
    chosen = [one for one in units if one.code == request.GET.get("unit")]
    what = request.GET.get("what", "")
    facts = record.facts_of(chosen or units)
    if what in record.CHANGES:
        facts = facts.filter(data__change=what)
    shown = Paginator(facts, PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": "history",
        "shown": shown,
        "changes": record.told(list(shown)),
        "units": units,
        "unit": chosen[0].code if chosen else "",
        "kinds": record.CHANGES.items(),
        "what": what,
    }
    return page(request, actor, "history", context)
