"""The PDF of a paper, for those who hand papers out and for the person who asked; no cache keeps it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.papers import Paper
from shounuo.cases.views.papers import staff_paper
from shounuo.cases.views.sight import case_or_404
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.portal.views.papers import PartyPaper, party_page
from shounuo.site.typesetting import NoChineseFont, pdf_of


@require_safe
@staff_page
def staff_pdf(request: HttpRequest, actor: Actor, number: str, seq: int) -> HttpResponse:
    """A paper for those who hand it out; 404 for everybody else."""
    case = case_or_404(actor, number)
    if not access.hands_out_papers(actor, case):
        raise Http404
    return answer(request, staff_paper(request, actor, case, seq)[0])


@require_safe
@party_page
def party_pdf(request: HttpRequest, found: PartyPaper) -> HttpResponse:
    """A paper for the person who asked, opened by number and secret."""
    return answer(request, found.paper)


def answer(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The PDF, or a page that says what is missing on this machine and how to print all the same."""
    try:
        content = pdf_of(paper)
    except NoChineseFont:
        return render(request, "no_font.html", status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{paper.filename}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
