"""What goes on paper, on screen and for the printer; the PDF of the same content is typeset by the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.actions import NoticeForm
from shounuo.cases.actions.notices import compose
from shounuo.cases.clock_cards import clause_page
from shounuo.cases.forms import Sight
from shounuo.cases.models import Case, Notice
from shounuo.cases.papers import Codes, Paper, source_of, title_of_kind, write
from shounuo.cases.papers.codes import codes_for, drawn
from shounuo.cases.papers.notice import notice_parts
from shounuo.cases.views.sight import case_or_404, sight_of
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page

MOST_FACTS = 10_000


@require_safe
@staff_page
def receipt(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The receipt, when the matter came in and whenever it is printed again."""
    return _page(request, actor, number, 1)


@require_safe
@staff_page
def paper(request: HttpRequest, actor: Actor, number: str, seq: int) -> HttpResponse:
    """The paper that belongs to a fact: notice, extension letter, result letter, reply."""
    return _page(request, actor, number, seq)


def _page(request: HttpRequest, actor: Actor, number: str, seq: int) -> HttpResponse:
    case = case_or_404(actor, number)
    found, sight = staff_paper(request, actor, case, seq)
    pdf = _pdf(case, seq) if access.hands_out_papers(actor, case) else ""
    page = {"case": case, "paper": found, "codes": drawn(found.codes), "pdf": pdf, "now": civil(sight.now),
            "registers": access.registers(actor)}  # fmt: skip
    return render(request, "cases/paper_page.html", page)


def staff_paper(request: HttpRequest, actor: Actor, case: Case, seq: int) -> tuple[Paper, Sight]:
    """A paper as its page and its PDF show it; secret and codes only for those who hand papers out. 404 for none."""
    sight = sight_of(case, actor)
    codes = codes_for(request, case, secret=access.reads_secret(actor, case))
    adoption = case.adoption_id
    source = source_of(sight.before, sight.context, lambda clause: clause_page(adoption, clause), codes)
    found = write(source, seq) if seq <= MOST_FACTS else None
    if found is None:
        raise Http404
    return found, sight


def _pdf(case: Case, seq: int) -> str:
    """The address of the PDF, "" where nothing typesets."""
    try:
        return reverse("desk-paper-pdf", args=[case.number, seq])
    except NoReverseMatch:
        return ""


def letter(sight: Sight, form: NoticeForm) -> Paper:
    """The notice that these decisions would make, for looking at it first."""
    before = sight.before
    count = Notice.objects.filter(case=before.case).count() + 1
    words = {"reasons": form.refusal, "remarks": form.remarks, "call_note": form.call_note}
    source = source_of(before, sight.context, lambda _clause: "", Codes())
    return Paper(
        kind="notice", title=title_of_kind("notice_issued"), number=f"{before.case.number}-{count}",
        matter=before.case.number,
        unit=before.case.organisation.name, signed=civil(sight.now), to=source.to,
        parts=notice_parts(compose(before, form), words),
    )  # fmt: skip
