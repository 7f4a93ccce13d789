"""Ask or apply: one question a page, check your answers, receipt. Answers wait in the session until they are sent."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.cases.actions import Asking, KeyReused, NotAllowed, take_in
from shounuo.cases.models import Kind
from shounuo.cases.receipts import secret_of
from shounuo.organisation.actions import Stamp
from shounuo.portal.access import by_stream, sections_of
from shounuo.portal.codes import qr_of
from shounuo.portal.forms import KindForm, PersonForm, TopicForm, WordsForm
from shounuo.portal.house import House, show
from shounuo.portal.matters import matter_of, open_for, waiting_words
from shounuo.portal.views.entry import public_page
from shounuo.portal.views.guides import limit_words
from shounuo.regulations.wording import said
from shounuo.rules.shapes import Service

STEPS = ("kind", "topic", "words", "person", "check")
OTHER = "other"
Draft = dict[str, str]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def begin(request: HttpRequest, here: House) -> HttpResponse:
    """The first question still open; a service in the address answers the first two; POST clears what was typed."""
    if request.method == "POST":
        request.session.pop("ask", None)
        return redirect("portal-ask")
    service = here.pack.services.get(request.GET.get("service", ""))
    if service is not None:
        kind = "enquiry" if "enquiry" in service.kinds else "application"
        request.session["ask"] = _draft(request) | {"kind": kind, "topic": request.GET["service"]}
        return redirect("portal-ask-step", first_open(here, _draft(request)))
    return redirect(
        "portal-ask-step", "kind" if not _draft(request).get("kind") else first_open(here, _draft(request))
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def step(request: HttpRequest, here: House, step: str) -> HttpResponse:
    """One question; an earlier one that is still open comes first."""
    if step not in STEPS:
        raise Http404
    if step == "check" and request.method == "POST" and _sent_before(request):
        return redirect("portal-receipt")
    draft = _draft(request)
    reached = first_open(here, draft)
    if STEPS.index(step) > STEPS.index(reached):
        return redirect("portal-ask-step", reached)
    if step == "check":
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
    reached = first_open(here, draft)
    following = STEPS[STEPS.index(step) + 1]
    return reached if changing or STEPS.index(reached) < STEPS.index(following) else following


def first_open(here: House, draft: Draft) -> str:
    """The first question without a valid answer; ``check`` when all are answered."""
    return next((s for s in STEPS[:-1] if not form_of(here, s, draft, draft).is_valid()), "check")


def form_of(here: House, step: str, draft: Draft, data: Mapping[str, Any] | None) -> forms.Form:
    """The form of a question; what was answered before stands in it."""
    initial = {key: value for key, value in draft.items() if key != "key"}
    if step == "kind":
        return KindForm(data, applications=bool(_applicable(here)), initial=initial)
    if step == "topic":
        return TopicForm(data, topics=topics(here, draft), question=_topic_question(draft), initial=initial)
    if step == "words":
        return WordsForm(data, initial=initial)
    return PersonForm(data, anonymous=draft.get("kind") == "enquiry", initial=initial)


def _topic_question(draft: Draft) -> str:
    return _("您要办哪一项？") if draft.get("kind") == "application" else _("您想问的和哪一项有关？")


def _with_limit(service: Service) -> str:
    title, limit = said(service.title), limit_words(service)
    return _("%(title)s（%(details)s）") % {"title": title, "details": limit} if limit else title


def _applicable(here: House) -> list[tuple[str, Service]]:
    """The services that can be applied for on these pages."""
    services = here.pack.services.items()
    return [(key, s) for key, s in services if "application" in s.kinds and "portal" in s.channels]


def topics(here: House, draft: Draft) -> list[tuple[str, str]]:
    """What may be chosen: services that can be applied for here, or every subject and "something else"."""
    services = [(key, s) for key, s in here.pack.services.items() if set(s.kinds) & set(Kind.values)]
    if draft.get("kind") == "application":
        return [(key, _with_limit(s)) for key, s in _applicable(here)]
    about = [(key, said(s.title)) for key, s in services if "enquiry" not in s.kinds]
    general = [(key, said(s.title)) for key, s in services if "enquiry" in s.kinds]
    return [*about, *general, (OTHER, _("说不清，或者是别的事"))]


def _question(request: HttpRequest, here: House, step: str, form: forms.Form) -> HttpResponse:
    position = STEPS.index(step) + 1
    changing = request.GET.get("change") == "1"
    before = "check" if changing else (STEPS[position - 2] if position > 1 else "")
    back = reverse("portal-ask-step", args=[before]) if before else reverse("portal-wall")
    context = {"form": form, "step": position, "steps": len(STEPS), "back": back, "name": step,
               "single": len(form.fields) == 1}  # fmt: skip
    return show(request, here, "ask", context, 422 if form.errors else 200)


def _check(request: HttpRequest, here: House, draft: Draft) -> HttpResponse:
    """Everything answered, with a way to change each; sending takes it in."""
    problem = ""
    if request.method == "POST":
        try:
            receipt = take_in(here.unit, asking_of(here, draft), Stamp("party", here.now, here.now), "portal")
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
    context = {"answers": answers(here, draft), "key": draft["key"], "problem": problem, "draft": draft,
               "step": len(STEPS), "steps": len(STEPS), "back": reverse("portal-ask-step", args=["person"])}  # fmt: skip
    return show(request, here, "check", context, 409 if problem else 200)


def _sent_before(request: HttpRequest) -> bool:
    """Whether this very form was sent already (a double click, or back and again)."""
    key = request.POST.get("key", "")
    return bool(key) and key == request.session.get("sent") and "receipt" in request.session


def asking_of(here: House, draft: Draft) -> Asking:
    """The draft as what is asked of the house."""
    topic = draft["topic"]
    service = here.pack.services.get(topic)
    section = sections_of(here.unit).filter(code=service.section).first() if service else None
    kind = draft["kind"]
    return Asking(
        kind=kind,
        channel="portal",
        words=draft["words"],
        key=draft["key"],
        service=topic if service and (kind == "enquiry" or kind in service.kinds) else "",
        section=section,
        name=draft["name"],
        phone=draft["phone"],
        anonymous=not draft["name"],
    )


def answers(here: House, draft: Draft) -> list[dict[str, str]]:
    """Each question with its answer and the address to change it."""
    who = draft["name"] or _("不留姓名")
    rows = [
        ("kind", _("您想做什么"), dict(KindForm().fields["kind"].choices)[draft["kind"]]),  # type: ignore[attr-defined]
        ("topic", _("哪一项"), dict(topics(here, draft))[draft["topic"]]),
        ("words", _("您的话"), draft["words"]),
        ("person", _("姓名"), who),
        ("person", _("电话"), draft["phone"] or _("没有留")),
    ]
    return [{"label": label, "text": str(text), "url": reverse("portal-ask-step", args=[s]) + "?change=1"}
            for s, label, text in rows]  # fmt: skip


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
