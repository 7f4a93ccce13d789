"""Quick registration: a new matter in twenty seconds, without a mouse."""

from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shounuo.cases import access
from shounuo.cases.actions import KeyReused, NotAllowed, take_in
from shounuo.cases.forms import RegisterForm
from shounuo.cases.forms.notice import material_label
from shounuo.cases.forms.places import place_of
from shounuo.cases.forms.register import kinds_of
from shounuo.cases.models import Channel, Kind, Words
from shounuo.cases.reasons import say
from shounuo.cases.rows import rows
from shounuo.ledger.moments import civil, day_of
from shounuo.organisation.access import Actor
from shounuo.organisation.actions import Stamp
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.editions import NotAdopted, governing

LOOK_BACK = timedelta(days=30)
ALIKE, LOOKED_AT, SHOWN = 0.6, 200, 5
LEAST_WORDS, LEAST_PHONE = 4, 7
"""Characters and digits from which on one looks for duplicates."""
COMPARED = 300
"""How many characters of the words are compared."""
JUST_NOW = timedelta(minutes=1)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def register(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form, and what becomes of it: a receipt, or the form again with what was typed."""
    house = _house_or_404(actor)
    try:
        form = _form(request, house)
    except NotAdopted:
        return render(request, "cases/not_adopted.html", status=409)
    sent = request.method == "POST" and "look" not in request.POST
    taken = _take_in(request, actor, house, form) if sent and form.is_valid() else None
    return taken or render(request, "cases/register.html", _page(form), status=422 if sent else 200)


def _house_or_404(actor: Actor) -> Unit:
    if not access.registers(actor) or actor.organisation_id is None:
        raise Http404
    return Unit.objects.get(pk=actor.organisation_id)


def _form(request: HttpRequest, house: Unit) -> RegisterForm:
    now = timezone.now()
    _adoption, edition = governing(house.pk, now)
    sections = {unit.code: unit for unit in Unit.objects.sections_of(house).open_on(day_of(now))}
    if request.method == "POST":
        return RegisterForm(edition, sections, now, data=request.POST)
    kind = request.GET.get("kind", "")
    fresh = {
        "kind": kind if kind in dict(kinds_of(edition)) else Kind.ENQUIRY,
        "channel": Channel.WINDOW,
        "visit": uuid4().hex,
        "key": uuid4().hex,
    }
    return RegisterForm(edition, sections, now, initial=fresh)


def _page(form: RegisterForm) -> dict[str, Any]:
    service = form.chosen
    papers = [{"name": material_label(m), "here": False} for m in service.materials] if service else []
    return {"form": form, "service": service, "papers": papers, "look_back": LOOK_BACK.days, "shown": False}


def _take_in(request: HttpRequest, actor: Actor, house: Unit, form: RegisterForm) -> HttpResponse | None:
    """Redirect to the receipt; None with an error on the form when intake refused."""
    now, at = form.now, form.cleaned_data["received"]
    past = at is not None and at < now - JUST_NOW
    stamp = Stamp(actor.actor_id, at, now, "back_dated") if past else Stamp(actor.actor_id, now, now)
    try:
        receipt = take_in(house, form.asking(actor), stamp, f"desk:{actor.actor_id}"[:64])
    except KeyReused:
        form.add_error(None, _("这张登记单已经提交过，内容与这次不同。请重新打开登记页，再登记一次。"))
    except NotAllowed as refused:
        form.add_error(place_of(refused.why, form), say(refused.why, civil(now).year))
    except NotAdopted:
        form.add_error("received", _("收到的那一天还没有施行中的制度，不能登记到那一天。"))
    else:
        if receipt.again:
            messages.info(request, _("这张登记单已经提交过，这是原来的回执，没有重复登记。"))
        return redirect("desk-receipt", receipt.number)
    return None


@require_POST
@staff_page
def parts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The checklist of the service picked so far; that nothing is in force any more is said in its place."""
    house = _house_or_404(actor)
    try:
        page = _page(_form(request, house))
    except NotAdopted:
        page = {"not_adopted": True}
    return render(request, "cases/register_papers.html", page)


@require_POST
@staff_page
def similar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Matters of the last days with the same telephone number or much the same words. Nothing is written.

    Asked while typing: what is shown already (`shown`) is not sent again, so that the page keeps still.
    """
    _house_or_404(actor)
    now = timezone.now()
    phone, words = _digits(request.POST.get("phone", "")), request.POST.get("words", "").strip()
    looked = len(phone) >= LEAST_PHONE or len(words) >= LEAST_WORDS
    recent = access.seen_by(actor).filter(received_at__gte=now - LOOK_BACK)
    found = _same_phone(recent, phone) | _same_words(recent, words)
    cases = list(recent.filter(pk__in=found).select_related("section").order_by("-received_at")[:SHOWN])
    shown = " ".join([str(looked), *(case.number for case in cases)])
    if shown == request.POST.get("shown"):
        return HttpResponse(status=204)
    lines = rows(cases, civil(now), ribbons=False)
    page = {"rows": lines, "looked": looked, "shown": shown, "look_back": LOOK_BACK.days}
    return render(request, "cases/register_similar.html", page)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def _same_phone(recent: Any, typed: str) -> set[int]:
    if len(typed) < LEAST_PHONE:
        return set()
    phones = recent.exclude(party__phone="").values_list("pk", "party__phone").order_by("-pk")[:5000]
    return {pk for pk, known in phones if _digits(known) == typed}


def _same_words(recent: Any, words: str) -> set[int]:
    if len(words) < LEAST_WORDS:
        return set()
    streams = recent.order_by("-received_at").values("stream")[:LOOKED_AT]
    texts = Words.objects.filter(case__in=list(streams.values_list("stream", flat=True)), label="request")
    typed = SequenceMatcher(None, "", words[:COMPARED])
    return {pk for pk, text in texts.values_list("case__pk", "text") if _alike(typed, text[:COMPARED])}


def _alike(typed: "SequenceMatcher[str]", known: str) -> bool:
    """Much the same; the quick upper bounds come first, the exact measure takes the square of the length."""
    typed.set_seq1(known)
    return typed.real_quick_ratio() >= ALIKE and typed.quick_ratio() >= ALIKE and typed.ratio() >= ALIKE
