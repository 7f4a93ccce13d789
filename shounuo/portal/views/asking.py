"""Ask, apply, report a repair, suggest, praise: one question a page, check your answers, receipt.

Answers wait in the session until they are sent; what each kind asks is in ``portal.paths``.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.cases.actions import Asking, KeyReused, NotAllowed
from shounuo.cases.receipts import secret_of
from shounuo.organisation.actions import Stamp
from shounuo.portal.access import by_stream, sections_of
from shounuo.portal.actions import TooMany, send
from shounuo.portal.codes import qr_of
from shounuo.portal.house import House, phones_of, show
from shounuo.portal.matters import matter_of, open_for, waiting_words
from shounuo.portal.paths import FIELDS, LAST, Draft, full_words, kind_for, service_of, steps_of, ways
from shounuo.portal.questions import answers, form_of
from shounuo.portal.views.entry import public_page
from shounuo.portal.views.opening import address_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def begin(request: HttpRequest, here: House) -> HttpResponse:
    """The first question still open; a service or a kind in the address answers it; POST clears what was typed."""
    if request.method == "POST":
        request.session.pop("ask", None)
        return redirect("portal-ask")
    service = here.pack.services.get(request.GET.get("service", ""))
    kind = request.GET.get("kind", "")
    if service is not None:
        known = {"kind": kind_for(here, service), "topic": request.GET["service"]}
        request.session["ask"] = _draft(request) | known
    elif kind in {way.kind for way in ways(here)}:
        request.session["ask"] = _draft(request) | {"kind": kind}
    return redirect("portal-ask-step", first_open(here, _draft(request)))


@never_cache
@require_safe
@public_page
def clear(request: HttpRequest, here: House) -> HttpResponse:
    """Ask before what was typed is thrown away."""
    draft = _draft(request)
    return (
        show(request, here, "clear", {"back": first_open(here, draft)}) if draft else redirect("portal-ask")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def step(request: HttpRequest, here: House, step: str) -> HttpResponse:
    """One question; an earlier one that is still open comes first."""
    if step not in FIELDS and step != LAST:
        raise Http404
    if step == LAST and request.method == "POST" and _sent_before(request):
        return redirect("portal-receipt")
    draft = _draft(request)
    steps, reached = steps_of(here, draft), first_open(here, draft)
    if step not in steps or steps.index(step) > steps.index(reached):
        return redirect("portal-ask-step", reached)
    if step == LAST:
        return _check(request, here, draft)
    form = form_of(here, step, draft, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        draft |= form.cleaned_data | {"key": draft.get("key") or uuid4().hex}
        request.session["ask"] = draft
        return redirect("portal-ask-step", _after(here, step, draft, request.GET.get("change") == "1"))
    return _question(request, here, step, form)


def _draft(request: HttpRequest) -> Draft:
    return dict(request.session.get("ask", {}))


def _after(here: House, step: str, draft: Draft, changing: bool) -> str:
    """The next question; back to the answers when one of them was changed and none is open."""
    steps, reached = steps_of(here, draft), first_open(here, draft)
    following = steps[steps.index(step) + 1]
    return reached if changing or steps.index(reached) < steps.index(following) else following


def first_open(here: House, draft: Draft) -> str:
    """The first question without a valid answer; ``check`` when all are answered."""
    steps = steps_of(here, draft)[:-1]
    return next((s for s in steps if not form_of(here, s, draft, draft).is_valid()), LAST)


def _question(request: HttpRequest, here: House, step: str, form: forms.Form) -> HttpResponse:
    steps = steps_of(here, _draft(request))
    position = steps.index(step) + 1
    changing = request.GET.get("change") == "1"
    before = LAST if changing else (steps[position - 2] if position > 1 else "")
    back = reverse("portal-ask-step", args=[before]) if before else reverse("portal-wall")
    context = {"form": form, "step": position, "steps": len(steps), "back": back, "name": step,
               "single": len(form.fields) == 1,
               "phones": phones_of(here, "repair") if step == "urgent" else []}  # fmt: skip
    return show(request, here, "ask", context, 422 if form.errors else 200)


def _check(request: HttpRequest, here: House, draft: Draft) -> HttpResponse:
    """Everything answered, with a way to change each; sending takes it in."""
    problem = ""
    if request.method == "POST":
        stamp, most = Stamp("party", here.now, here.now), settings.INTAKE_PER_ADDRESS
        try:
            receipt = send(here.unit, asking_of(here, draft), stamp, address_of(request), most)
        except TooMany:
            return too_many(request, here)
        except KeyReused:
            problem = _("这一次填写已经送出过，内容与现在不同。请先看回执；要问别的事，请清空重填。")
        except NotAllowed:
            problem = _("这项服务现在不能在网上办，请回到第二步另选，或到窗口办理。")
        else:
            request.session.pop("ask", None)
            request.session["sent"] = draft["key"]
            request.session["receipt"] = receipt.stream.hex
            open_for(request, receipt.stream)
            return redirect("portal-receipt")
    steps = steps_of(here, draft)
    context = {"answers": answers(here, draft), "key": draft["key"], "problem": problem, "draft": draft,
               "step": len(steps), "steps": len(steps),
               "back": reverse("portal-ask-step", args=[steps[-2]])}  # fmt: skip
    return show(request, here, "check", context, 409 if problem else 200)


def too_many(request: HttpRequest, here: House) -> HttpResponse:
    """429: this address has sent too much today; what was typed stays, and the telephone is named."""
    return show(request, here, "too_many", {"phones": phones_of(here)}, 429)


def _sent_before(request: HttpRequest) -> bool:
    """Whether this very form was sent already (a double click, or back and again)."""
    key = request.POST.get("key", "")
    return bool(key) and key == request.session.get("sent") and "receipt" in request.session


def asking_of(here: House, draft: Draft) -> Asking:
    """The draft as what is asked of the house."""
    service = service_of(here, draft)
    about = here.pack.services.get(service or draft.get("topic", ""))
    section = sections_of(here.unit).filter(code=about.section).first() if about else None
    more: Mapping[str, Any] = {}
    if draft["kind"] == "repair":
        more = {"place": draft.get("place", ""), "urgent": draft.get("urgent") == "yes"}
    return Asking(
        kind=draft["kind"],
        channel="portal",
        words=full_words(draft),
        key=draft["key"],
        service=service,
        section=section,
        name=draft["name"],
        phone=draft["phone"],
        address=draft.get("where", "") if draft["kind"] == "repair" else "",
        anonymous=not draft["name"],
        more={key: value for key, value in more.items() if value != ""},
    )


@never_cache
@require_safe
@public_page
def receipt(request: HttpRequest, here: House) -> HttpResponse:
    """Number, secret, QR code, when it is due and why; shown to the session that sent it."""
    case = by_stream(request.session.get("receipt"))
    if case is None:
        return redirect("portal-ask")
    found = matter_of(case.stream, here.now)
    return show(request, here, "receipt", {"case": case, "secret": secret_of(case.stream), "qr": qr_of(request, case),
                                           "matter": found, "waiting": waiting_words(found)})  # fmt: skip
