"""What the person who asked may do: rate (also by a link that does nothing else), object, meet, supply, withdraw."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.cases import actions
from shounuo.cases.actions import NotAllowed, On
from shounuo.cases.models import Case
from shounuo.cases.reasons import say
from shounuo.cases.receipts import rated_with
from shounuo.ledger.actions import Conflict
from shounuo.organisation.actions import Stamp
from shounuo.portal.actions import count_wrong, may_open
from shounuo.portal.drafts import again, bound
from shounuo.portal.forms import AppointForm, DisputeForm, RatingForm, SuppliedForm, WithdrawForm
from shounuo.portal.house import House, show
from shounuo.portal.matters import Matter, matter_of, missing_papers, not_now
from shounuo.portal.views.entry import public_page
from shounuo.portal.views.opening import address_of
from shounuo.portal.views.progress import matter_page

PARTY = "party"
both = require_http_methods(["GET", "HEAD", "POST"])
Deed = Callable[[On, dict[str, Any]], object]
OWN_DEVICE = frozenset({"rate", "dispute", "withdraw"})
"""What nobody does for the person who asked in a browser where somebody of the house is signed in."""


def _verb(
    request: HttpRequest, here: House, found: Matter, verb: str, form: forms.Form, deed: Deed, then: str
) -> HttpResponse:
    """A page that says what will happen, then the deed; not now: the reason, in the person's words."""
    if verb in OWN_DEVICE and request.user.is_authenticated:
        return show(request, here, "own_device", {"number": found.case.number}, 403)
    if why := not_now(found, verb):
        return show(request, here, "not_now", {"matter": found, "why": why}, 409)
    if request.method == "POST":
        if (refused := _tried(deed, form, here, found.case)) is None:
            return redirect(then, found.case.number)
        if answer := again(request, form, refused):
            return answer
    return show(request, here, verb, {"matter": found, "form": form}, 422 if form.errors else 200)


def _tried(deed: Deed, form: forms.Form, here: House, case: Case) -> str | None:
    """None when it is done, else why not; "" when the form's fields say why."""
    if not form.is_valid():
        return ""
    return _do(lambda on: deed(on, form.cleaned_data), here, case) or None


def _do(deed: Callable[[On], object], here: House, case: Case) -> str:
    """Do it as the person who asked; "" when done, else why not."""
    try:
        deed(On(case.stream, None, Stamp(PARTY, here.now, here.now)))
    except NotAllowed as refused:
        return _("现在不能这样做：%(why)s") % {"why": say(refused.why, here.civil.year)}
    except Conflict:
        return _("事项刚刚有了新进展，请再试一次。")
    return ""


@both
@matter_page
def withdraw(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Take the matter back."""
    found, form = matter_of(case.stream, here.now), bound(request, WithdrawForm)
    return _verb(request, here, found, "withdraw", form, lambda on, said: actions.withdraw(on, said["words"]),
                 "portal-matter")  # fmt: skip


@both
@matter_page
def rate(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Rate the ended matter, once."""
    found, form = matter_of(case.stream, here.now), bound(request, RatingForm)
    return _verb(request, here, found, "rate", form, _rating("portal"), "portal-thanks")


def _rating(through: str) -> Deed:
    return lambda on, said: actions.rate(on, said["level"], said["words"], through, said["reasons"])


@both
@matter_page
def dispute(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Say that it is not solved."""
    found, form = matter_of(case.stream, here.now), bound(request, DisputeForm)
    return _verb(request, here, found, "dispute", form,
                 lambda on, said: actions.dispute(on, said["reason"], said["words"], "portal"),
                 "portal-matter")  # fmt: skip


@both
@matter_page
def appoint(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Ask for a time to meet, or another one."""
    found = matter_of(case.stream, here.now)
    form = bound(request, partial(AppointForm, calendar=here.calendar, now=here.civil,
                                  initial={"date": found.before.judged.appointed_at}))  # fmt: skip
    return _verb(request, here, found, "appoint", form,
                 lambda on, said: actions.appoint(on, said["date"], said["words"]), "portal-matter")  # fmt: skip


@both
@matter_page
def supply(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Say which of the missing papers were sent or brought."""
    found = matter_of(case.stream, here.now)
    form = bound(request, partial(SuppliedForm, missing=missing_papers(found)))
    return _verb(request, here, found, "supply", form, lambda on, _said: actions.say_supplied(on, form.said()),
                 "portal-matter")  # fmt: skip


@require_safe
@matter_page
def thanks(request: HttpRequest, here: House, case: Case) -> HttpResponse:
    """Thank you, and what happens with the rating."""
    if case.rating is None:
        return redirect("portal-matter", case.number)
    return show(
        request,
        here,
        "thanks",
        {"case": case, "may_dispute": matter_of(case.stream, here.now).may("dispute")},
    )


@never_cache
@both
@public_page
def rate_once(request: HttpRequest, here: House, number: str, code: str) -> HttpResponse:
    """Rate by the link on the result letter: it opens nothing else, and works once."""
    case = rated_with(number, code) if may_open(address_of(request), here.now) else None
    if case is None or case.organisation_id != here.unit.pk:
        count_wrong(address_of(request), here.now)
        return show(request, here, "no_rating", status=404)
    if request.user.is_authenticated:
        return show(request, here, "own_device", {"number": number}, 403)
    found = matter_of(case.stream, here.now)
    if case.rating is not None or not found.may("rate"):
        return show(request, here, "thanks", {"once": True, "rated": case.rating is not None})
    form = bound(request, RatingForm)
    if request.method == "POST":
        if (refused := _tried(_rating("link"), form, here, case)) is None:
            return redirect("portal-rate-once", number, code)
        if answer := again(request, form, refused):
            return answer
    return show(
        request, here, "rate", {"matter": found, "form": form, "once": True}, 422 if form.errors else 200
    )
