"""Ask, apply, report a repair, suggest, praise: one question a page, check your answers, receipt.

Answers wait in the session until they are sent; what each kind asks is in ``portal.paths``.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.cases.actions import Asking, KeyReused, NotAllowed, Receipt
from shounuo.cases.receipts import secret_of
from shounuo.organisation.actions import Stamp
from shounuo.portal.access import by_stream, sections_of
from shounuo.portal.actions import TooMany, send
from shounuo.portal.codes import qr_of
from shounuo.portal.drafts import again, bound, draft_of, forget, keep, keep_typed, mark_of, settle
from shounuo.portal.house import House, phones_of, show
from shounuo.portal.matters import matter_of, open_for, waiting_words
from shounuo.portal.paths import FIELDS, LAST, Draft, asked, full_words, kind_for, service_of, steps_of, ways
from shounuo.portal.questions import answers, form_of
from shounuo.portal.views.entry import public_page
from shounuo.portal.views.opening import address_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def begin(request: HttpRequest, here: House) -> HttpResponse:
    """The first question still open; a service or a kind in the address answers it; POST clears what was typed."""
    if request.method == "POST":
        forget(request)
        return redirect("portal-ask")
    service = here.pack.services.get(request.GET.get("service", ""))
    kind = request.GET.get("kind", "")
    if service is not None:
        known = {"kind": kind_for(here, service), "topic": request.GET["service"]}
        keep(request, draft_of(request) | known)
    elif kind in {way.kind for way in ways(here)}:
        keep(request, draft_of(request) | {"kind": kind})
    return redirect("portal-ask-step", first_open(here, draft_of(request)))


@never_cache
@require_safe
@public_page
def clear(request: HttpRequest, here: House) -> HttpResponse:
    """Ask before what was typed is thrown away."""
    draft = draft_of(request)
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
    draft = draft_of(request)
    steps, reached = steps_of(here, draft), first_open(here, draft)
    if step not in steps or steps.index(step) > steps.index(reached):
        if request.method == "POST":
            keep_typed(request)
        return redirect("portal-ask-step", reached)
    if step == LAST:
        return _check(request, here, draft)
    form = bound(request, lambda data: form_of(here, step, draft, data), once=False)
    if request.method != "POST":
        return _question(request, here, step, form)
    if not form.is_valid():
        return again(request, form) or _question(request, here, step, form)
    settle(request)
    draft = keep(request, draft | form.cleaned_data)
    return redirect("portal-ask-step", _after(here, step, draft, request.GET.get("change") == "1"))


def _after(here: House, step: str, draft: Draft, changing: bool) -> str:
    """The next question; back to the answers when one of them was changed and none is open."""
    steps, reached = steps_of(here, draft), first_open(here, draft)
    following = steps[steps.index(step) + 1]
    return reached if changing or steps.index(reached) < steps.index(following) else following


def first_open(here: House, draft: Draft) -> str:
    """The first question not asked yet, or without a valid answer; ``check`` when all are answered."""
    steps = steps_of(here, draft)[:-1]
    return next((step for step in steps if not _answered(here, step, draft)), LAST)


def _answered(here: House, step: str, draft: Draft) -> bool:
    """Whether it was asked, even if nothing had to be said, and the answer holds."""
    return all(name in draft for name in FIELDS[step]) and form_of(here, step, draft, draft).is_valid()


def _question(request: HttpRequest, here: House, step: str, form: forms.Form) -> HttpResponse:
    steps = steps_of(here, draft_of(request))
    position = steps.index(step) + 1
    changing = request.GET.get("change") == "1"
    before = LAST if changing else (steps[position - 2] if position > 1 else "")
    back = reverse("portal-ask-step", args=[before]) if before else reverse("portal-wall")
    context = {"form": form, "step": position, "steps": len(steps), "back": back, "name": step,
               "single": len(form.fields) == 1,
               "phones": phones_of(here, "repair") if step == "urgent" else []}  # fmt: skip
    return show(request, here, "ask", context, 422 if form.errors else 200)


def _check(request: HttpRequest, here: House, draft: Draft) -> HttpResponse:
    """Everything answered, with a way to change each; sending takes in what was shown here."""
    draft = draft if "key" in draft else keep(request, draft)
    shown = asked(here, draft)
    mark, problem = mark_of(draft, shown), ""
    if request.method == "POST" and request.POST.get("key") != mark:
        problem = _("这一页打开以后，有的答案又改过。下面是现在的答案，请再核对一遍。")
    elif request.method == "POST":
        stamp, most = Stamp("party", here.now, here.now), settings.INTAKE_PER_ADDRESS
        try:
            receipt = send(here.unit, asking_of(here, shown, draft["key"]), stamp, address_of(request), most)
        except TooMany:
            return too_many(request, here)
        except KeyReused:
            problem = _("这一次填写已经送出过，内容与现在不同。请先看回执；要问别的事，请清空重填。")
        except NotAllowed:
            problem = _("这项服务现在不能在网上办，请回到第二步另选，或到窗口办理。")
        else:
            return _taken(request, receipt, mark)
    steps = steps_of(here, draft)
    context = {"answers": answers(here, shown), "key": mark, "problem": problem, "draft": draft,
               "step": len(steps), "steps": len(steps),
               "back": reverse("portal-ask-step", args=[steps[-2]])}  # fmt: skip
    return show(request, here, "check", context, 409 if problem else 200)


def _taken(request: HttpRequest, receipt: Receipt, mark: str) -> HttpResponse:
    """To the receipt; what was typed is forgotten, and which form was sent is remembered."""
    forget(request)
    request.session["sent"] = mark
    request.session["receipt"] = receipt.stream.hex
    open_for(request, receipt.stream)
    return redirect("portal-receipt")


def too_many(request: HttpRequest, here: House) -> HttpResponse:
    """429: this address has sent too much today; what was typed stays, and the telephone is named."""
    return show(request, here, "too_many", {"phones": phones_of(here)}, 429)


def _sent_before(request: HttpRequest) -> bool:
    """Whether this very form was sent already (a double click, or back and again)."""
    key = request.POST.get("key", "")
    return bool(key) and key == request.session.get("sent") and "receipt" in request.session


def asking_of(here: House, said: Draft, key: str) -> Asking:
    """The answers of one way (`asked`) as what is asked of the house; ``key`` makes sending twice one matter."""
    service = service_of(here, said)
    about = here.pack.services.get(service or said.get("topic", ""))
    section = sections_of(here.unit).filter(code=about.section).first() if about else None
    more: Mapping[str, Any] = {}
    if said["kind"] == "repair":
        more = {"place": said.get("place", ""), "urgent": said.get("urgent") == "yes"}
    return Asking(
        kind=said["kind"],
        channel="portal",
        words=full_words(said),
        key=key,
        service=service,
        section=section,
        name=said["name"],
        phone=said["phone"],
        address=said.get("where", ""),
        anonymous=not said["name"],
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
