"""The papers of a matter for the person who asked, on screen and for the printer."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from shounuo.cases.models import Case
from shounuo.cases.papers import Paper, source_of, write
from shounuo.cases.papers.codes import codes_for, drawn
from shounuo.cases.telling import context_of
from shounuo.portal.house import House, clause_url, show
from shounuo.portal.matters import matter_of
from shounuo.portal.views.progress import matter_page


@dataclass(frozen=True, slots=True)
class PartyPaper:
    """A paper of an opened matter."""

    here: House
    case: Case
    seq: int
    paper: Paper


def party_page(view: Callable[[HttpRequest, PartyPaper], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page `view(request, found)` about one paper of a matter this session opened; 404 for a fact without paper."""

    @matter_page
    def page(request: HttpRequest, here: House, case: Case, seq: int) -> HttpResponse:
        before = matter_of(case.stream, here.now).before
        context = context_of(before.case, before.edition, before.facts)
        source = source_of(before, context, clause_url, codes_for(request, before.case, secret=True))
        found = write(source, seq)
        if found is None:
            raise Http404
        return view(request, PartyPaper(here, before.case, seq, found))

    return page


@require_safe
@party_page
def paper(request: HttpRequest, found: PartyPaper) -> HttpResponse:
    """A paper as it was given."""
    number = found.case.number
    try:
        pdf = reverse("portal-paper-pdf", args=[number, found.seq])
    except NoReverseMatch:
        pdf = ""
    return show(request, found.here, "paper", {"case": found.case, "paper": found.paper,
                                               "codes": drawn(found.paper.codes), "pdf": pdf})  # fmt: skip
