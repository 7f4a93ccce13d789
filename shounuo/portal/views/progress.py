"""An opened matter: where it stands, why it is due when it is, taking it back, rating it."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.cases.actions import NotAllowed, On
from shounuo.cases.actions import rate as rate_matter
from shounuo.cases.actions import withdraw as withdraw_matter
from shounuo.cases.models import Case, Notice
from shounuo.ledger.actions import Conflict
from shounuo.organisation.actions import Stamp
from shounuo.portal.codes import qr_of
from shounuo.portal.forms import RatingForm, WithdrawForm
from shounuo.portal.house import House, show
from shounuo.portal.matters import matter_of, notices_of, opened, waiting_words
from shounuo.portal.timeline import timeline
from shounuo.portal.views.entry import public_page
from shounuo.regulations.wording import budget_words, said

PARTY = "party"


def matter_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about a matter this session opened: `view(request, here, case, …)`; others are asked for the secret.

    A number that does not exist and one that was not opened answer alike.
    """

    @wraps(view)
    def page(request: HttpRequest, here: House, /, number: str, **more: int) -> HttpResponse:
        case = opened(request, number)
        if case is None or case.organisation_id != here.unit.pk:
            return redirect(f"{reverse('portal-progress')}?{urlencode({'number': number[:40]})}")
        return view(request, here, case, **more)

    wrapped: Callable[..., HttpResponse] = page
    return never_cache(public_page(wrapped))


@require_safe
@matter_page
def matter(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Where the matter stands."""
    found = matter_of(case.stream, here.now)
    return show(request, here, "matter", {
        "matter": found, "notices": notices_of(found), "timeline": timeline(found), "waiting": waiting_words(found),
    })  # fmt: skip


@require_safe
@matter_page
def notice(request: HttpRequest, here: House, case: Case, seq: int) -> HttpResponse:
    """A one-time notice as it was given, for paper."""
    found: Notice | None = case.notices.filter(seq=seq).first()
    if found is None:
        return redirect("portal-matter", case.number)
    body = found.body
    papers = {one["id"]: said(one["title"]) for one in body.get("all_materials", ())}
    return show(request, here, "notice", {
        "notice": found, "case": case, "title": said(body.get("title")), "qr": qr_of(request, case),
        "papers": [papers.get(key, key) for key in body.get("materials", ())],
        "basis": [said(one) for one in body.get("basis", ())],
        "procedure": [said(one) for one in body.get("procedure", ())],
        "limits": {key: budget_words(words) for key, words in body.get("limit", {}).items() if words},
        "phone": body.get("inquiry_phone", ""), "complaint_phone": body.get("complaint_phone", ""),
        "words": {one.label: one.text for one in case.words.filter(seq=seq, label__in=("reasons", "remarks"))},
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@matter_page
def withdraw(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Take the matter back: a page that says what will happen, then the deed."""
    found = matter_of(case.stream, here.now)
    if not found.may_withdraw:
        return redirect("portal-matter", case.number)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if refused := _do(withdraw_matter, here, case, form.cleaned_data["words"]):
            form.add_error(None, refused)
        else:
            return redirect("portal-matter", case.number)
    return show(request, here, "withdraw", {"matter": found, "form": form}, 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@matter_page
def rate(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Rate the ended matter, once."""
    found = matter_of(case.stream, here.now)
    if not found.may_rate:
        return redirect("portal-matter", case.number)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if refused := _do(rate_matter, here, case, form.cleaned_data["level"], form.cleaned_data["words"]):
            form.add_error(None, refused)
        else:
            return redirect("portal-thanks", case.number)
    return show(request, here, "rate", {"matter": found, "form": form}, 422 if form.errors else 200)


def _do(verb: Callable[..., Case], here: House, case: Case, *said_by_party: object) -> str:
    """Do the verb as the person who asked; "" when done, else why not."""
    try:
        verb(On(case.stream, None, Stamp(PARTY, here.now, here.now)), *said_by_party)
    except NotAllowed:
        return _("现在不能这样做：事项的状态刚刚变了，请回到进度页看一看。")
    except Conflict:
        return _("事项刚刚有了新进展，请再试一次。")
    return ""


@require_safe
@matter_page
def thanks(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Thank you, and what happens with the rating."""
    if case.rating is None:
        return redirect("portal-matter", case.number)
    return show(request, here, "thanks", {"case": case})
