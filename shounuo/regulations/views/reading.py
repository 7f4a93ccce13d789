"""A regulation clause by clause."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import sheet
from shounuo.regulations.forms import ClauseFilter
from shounuo.regulations.views.sight import sight_of

CLAUSES = 300
"""How many are shown a page."""


@require_safe
@staff_page
def regulation(request: HttpRequest, actor: Actor, adoption: int) -> HttpResponse:
    """The clauses in order, with what each leads to and what it leaves open."""
    here = sight_of(actor, adoption)
    every = sheet.rows(here.edition, here.today)
    wanted = ClauseFilter(request.GET, every)
    found = wanted.apply(every)
    listed = Paginator(found, CLAUSES).get_page(request.GET.get("page"))
    page = {
        "here": here,
        "page": listed,
        "now": civil(here.now),
        "filter": wanted,
        "groups": list(sheet.by_heading(listed)),
        "found": len(found),
        "total": len(every),
        "rules": sum(1 for _rule in here.pack.rules()),
        "undecided": len(here.edition.undecided()),
        "settings": len(here.pack.settings),
        "services": len(here.pack.services),
    }
    return render(request, "regulations/regulation.html", page)
