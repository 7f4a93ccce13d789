"""What goes on paper: the receipt and the one-time notice, each with a code to the progress page."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.actions import NoticeForm
from shounuo.cases.actions.notices import compose
from shounuo.cases.forms import Sight
from shounuo.cases.forms.notice import material_label
from shounuo.cases.models import Case, Notice, Party
from shounuo.cases.reasons import budget
from shounuo.cases.receipts import secret_of
from shounuo.cases.rows import title_of
from shounuo.cases.views.matter import clock_cards, people
from shounuo.cases.views.sight import case_or_404, sight_of
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.wording import said
from shounuo.rules.shapes.service import Material, Service


@dataclass(frozen=True, slots=True)
class Letter:
    """A one-time notice as its paper shows it."""

    number: str
    service: str
    missing: list[str]
    all_papers: list[str]
    basis: list[str]
    steps: list[str]
    promised: str
    statutory: str
    inquiry_phone: str
    complaint_phone: str
    oral: bool = False
    words: dict[str, str] = field(default_factory=dict)


@require_safe
@staff_page
def receipt(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The receipt, when the matter came in and whenever it is printed again."""
    sight = sight_of(case_or_404(actor, number), actor)
    case = sight.before.case
    words = case.words.filter(label="request").first()
    cards = sorted(clock_cards(sight), key=lambda one: not one.clock.handling)
    service = sight.before.edition.service(case.service)
    received = sight.before.facts[0]
    page = {
        "case": case, "secret": _secret(actor, case), "qr": code_of(request, case),
        "title": title_of(case, sight.before.edition, words.text if words else ""), "people": people(sight),
        "lead": cards[0] if cards and cards[0].clock.handling else None,
        "limit": _limit(service), "words": words.text if words else "",
        "recorded": received.recorded_at if not case.marks and _later(received.at, received.recorded_at) else None,
        "received": received.at, "now": civil(sight.now),
    }  # fmt: skip
    return render(request, "cases/receipt.html", page)


def _secret(actor: Actor, case: Case) -> str:
    """The secret, for those who hand the papers out; "" for those who only look."""
    return secret_of(case.stream) if access.hands_out_papers(actor, case) else ""


def _limit(service: Service | None) -> str:
    """The published limit of a service, which counts from complete papers."""
    words = (service.promised_limit or service.statutory_limit) if service else None
    return budget(words) if words else ""


def _later(at: datetime, recorded: datetime) -> bool:
    return (recorded - at).total_seconds() >= 60


@require_safe
@staff_page
def notice(request: HttpRequest, actor: Actor, number: str, seq: int) -> HttpResponse:
    """A notice as it was given, to print and sign."""
    sight = sight_of(case_or_404(actor, number), actor)
    case = sight.before.case
    found = case.notices.filter(seq=seq).first()
    if found is None:
        raise Http404
    words = {one.label: one.text for one in case.words.filter(seq=seq)}
    fact = next(f for f in sight.before.facts if f.seq == seq)
    page = {
        "case": case, "letter": _letter(found.body, found.number, words, fact.data.get("form") == "oral"),
        "party": Party.objects.filter(case=case).first(), "issued": civil(found.issued_at),
        "by": sight.context.who(found.issued_by), "unit": case.organisation.name, "qr": code_of(request, case),
        "address": progress_address(request, case), "secret": _secret(actor, case), "fact": fact, "now": civil(sight.now),
    }  # fmt: skip
    return render(request, "cases/notice.html", page)


def letter(sight: Sight, form: NoticeForm) -> Letter:
    """The notice that these decisions would make, for looking at it first."""
    before = sight.before
    number = f"{before.case.number}-{Notice.objects.filter(case=before.case).count() + 1}"
    words = {"reasons": form.refusal, "remarks": form.remarks}
    return _letter(compose(before, form), number, words, form.form == "oral")


def _letter(body: dict[str, Any], number: str, words: dict[str, str], oral: bool) -> Letter:
    papers = {m["id"]: material_label(Material.model_validate(m)) for m in body["all_materials"]}
    limit = body.get("limit") or {}
    return Letter(
        number=number,
        service=said(body.get("title")),
        missing=[papers.get(one, one) for one in body["materials"]],
        all_papers=list(papers.values()),
        basis=[said(one) for one in body["basis"]],
        steps=[said(one) for one in body["procedure"]],
        promised=budget(limit["promised"]) if limit.get("promised") else "",
        statutory=budget(limit["statutory"]) if limit.get("statutory") else "",
        inquiry_phone=body.get("inquiry_phone", ""),
        complaint_phone=body.get("complaint_phone", ""),
        oral=oral,
        words={label: text for label, text in words.items() if text},
    )


def progress_address(request: HttpRequest, case: Case) -> str:
    """Where the party follows the matter; the site's address until the portal has its page."""
    try:
        path = reverse("portal-progress")
    except NoReverseMatch:
        path = "/"
    return request.build_absolute_uri(f"{path}?number={case.number}")


def code_of(request: HttpRequest, case: Case) -> SafeString:
    """The progress page's address as a QR code (SVG). The secret is not in it."""
    svg = segno.make(progress_address(request, case), error="m", micro=False)
    return mark_safe(svg.svg_inline(scale=4, border=2, omitsize=True))  # noqa: S308 - made here, not typed
