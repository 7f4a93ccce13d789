"""Bringing a regulation's text, and what became of each: the list, the form."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from shounuo.organisation.access import Actor
from shounuo.organisation.actions import Stamp
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.reading.drafting.draft import quoted
from shounuo.reading.reading import Reading
from shounuo.regulations import access, actions
from shounuo.regulations.draft_forms import MOST_BYTES, BringForm
from shounuo.regulations.editions import editions_of
from shounuo.regulations.models import Draft
from shounuo.regulations.uploads import BoundedFile, read_past
from shounuo.regulations.views.sight import house_or_404
from shounuo.regulations.wording import said

SHOWN = 20


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form for a text, with the drafts there are; a text that can be read opens its review.

    What is sent is looked at only here, with bounds of its own, and the token with it: `_bring` checks it.
    """
    house = house_or_404(actor)
    if not access.may(actor, "review_draft", house):
        return _show(request, actor, house, None, status=403 if request.method == "POST" else 200)
    if request.method != "POST":
        return _show(request, actor, house, BringForm(None, None, _editions(actor)))
    file = BoundedFile(request, MOST_BYTES)
    request.upload_handlers.insert(0, file)
    try:
        return _bring(request, actor, house, file)
    except RequestDataTooBig:
        read_past(request)
        form = BringForm({}, None, _editions(actor), too_much="text")
        return _show(request, actor, house, form, status=413)


@csrf_protect
def _bring(request: HttpRequest, actor: Actor, house: Unit, file: BoundedFile) -> HttpResponse:
    posted = request.POST, request.FILES
    form = BringForm(*posted, _editions(actor), too_much="file" if file.too_big else "")
    if not form.is_valid():
        return _show(request, actor, house, form, status=413 if file.too_big else 422)
    said_ = form.cleaned_data
    reading: Reading = said_["reading"]
    title = said_["title"] or _title(reading)
    stamp = Stamp(actor.actor_id, timezone.now())
    try:
        draft = actions.bring(house, reading, _digest(form), title, said_["edition"], stamp)
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, actor, house, form, status=422)
    clauses = len(reading.regulation.clauses)
    messages.success(request, _("读出 %(n)s 条。请逐处看过，再定。") % {"n": clauses})
    return redirect("draft-review", draft.pk)


def _digest(form: BringForm) -> str:
    file = form.cleaned_data.get("file")
    if not file:
        return hashlib.sha256(form.cleaned_data["text"].encode()).hexdigest()
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()


def _title(reading: Reading) -> str:
    titles = (one.text for one in reading.regulation.clauses[:20] if one.title and one.text.strip())
    return quoted(next(titles, "") or reading.name or _("未命名的制度"), 80)


def _editions(actor: Actor) -> list[tuple[str, str]]:
    """The regulations adopted so far: pack and title, the newest edition of each."""
    adopted = list(access.adoptions_seen_by(actor))
    kept = editions_of(one.pk for one in adopted)
    found: dict[str, str] = {}
    for one in adopted:
        found.setdefault(one.text.pack, said(kept[one.pk].pack.head.title))
    return list(found.items())


def _show(
    request: HttpRequest, actor: Actor, house: Unit, form: BringForm | None, status: int = 200
) -> HttpResponse:
    page = Paginator(access.drafts_seen_by(actor).defer("reading"), SHOWN).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {"house": house, "form": form, "drafts": _listed(page.object_list), "page": page}
    return render(request, "regulations/drafts/bring.html", shown, status=status)


def _listed(drafts: Iterable[Draft]) -> list[dict[str, Any]]:
    """Drafts with who brought them."""
    found = list(drafts)
    names = names_of(one.brought_by for one in found)
    return [{"draft": one, "by": names.get(one.brought_by, "")} for one in found]
