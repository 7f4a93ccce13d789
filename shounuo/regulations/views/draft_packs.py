"""What a draft becomes: its head, the settings its gaps become, what the loader says, the files to take away."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.ledger.actions import Conflict
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import actions
from shounuo.regulations.bringing import brings
from shounuo.regulations.draft_forms import HeadForm
from shounuo.regulations.drafts.packing import setting_of
from shounuo.regulations.drafts.record import files_to_take
from shounuo.regulations.drafts.review import Item
from shounuo.regulations.views.draft_sight import DraftSight, decided_meanwhile, draft_or_404
from shounuo.regulations.views.reviewing import number_of
from shounuo.regulations.wording import said

GAPS = 100
"""How many are shown a page."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def pack(request: HttpRequest, actor: Actor, draft: int) -> HttpResponse:
    """The head's form, gaps with their settings, faults with links."""
    here = draft_or_404(actor, draft)
    if request.method != "POST":
        return _show(request, here, HeadForm(initial=_initial(here)))
    form = HeadForm(request.POST)
    if not here.may_review:
        return _show(request, here, form, status=403)
    if not form.is_valid():
        return _show(request, here, form, status=422)
    said_ = {name: str(value) for name, value in form.cleaned_data.items()}
    try:
        actions.decide(here.draft, "head", [], said_, number_of(request.POST.get("seen")), here.stamp)
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, here, form, status=422)
    except Conflict:
        return decided_meanwhile(request, here.draft)
    messages.success(request, _("已记下。"))
    return redirect("draft-pack", here.draft.pk)


def _initial(here: DraftSight) -> dict[str, Any]:
    head = here.review.head
    found = here.packed.pack
    day = head.get("in_force_from") or (found.head.in_force.from_ if found else "")
    return {
        "title": head["title"],
        "issuer": head["issuer"],
        "version": head["version"],
        "in_force_from": day,
    }


def _show(request: HttpRequest, here: DraftSight, form: HeadForm, status: int = 200) -> HttpResponse:
    made = here.packed
    gaps = [one for one in here.review.items.values() if one.kind == "gap"]
    listed = Paginator(gaps, GAPS).get_page(request.GET.get("page"))
    page = here.page(
        "pack", form=form, faults=_faults(here), gaps=_gaps(here, listed), page=listed,
        brings=brings(made.pack) if made.pack else None,
        files=made.entries,
    )  # fmt: skip
    return render(request, "regulations/drafts/pack.html", page, status=status)


def _faults(here: DraftSight) -> list[dict[str, str]]:
    """What the loader says, with the finding it is about."""
    language = get_language() or "zh"
    return [
        {"text": fault.line_text(language), "at": here.packed.origins.get(fault.key.split(".")[0], "")}
        for fault in here.packed.faults[:100]
    ]


def _gaps(here: DraftSight, listed: Iterable[Item]) -> list[dict[str, Any]]:
    """What the text leaves open: the setting each becomes and the question asked."""
    settings = here.packed.pack.settings if here.packed.pack else {}
    found = []
    for item in listed:
        key = setting_of(item, here.packed) if item.stays else ""
        setting = settings.get(key)
        found.append({"item": item, "key": key, "question": said(setting.question) if setting else "",
                      "type": setting.type if setting else ""})  # fmt: skip
    return found


@require_safe
@staff_page
def archive(request: HttpRequest, actor: Actor, draft: int) -> HttpResponse:
    """The draft's files as a folder in a zip; the same review gives the same bytes."""
    here = draft_or_404(actor, draft)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, text in files_to_take(here.draft, here.review).items():
            kept.writestr(zipfile.ZipInfo(f"{here.draft.pack}/{name}", LONG_AGO), text)
    answer = HttpResponse(held.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{here.draft.pack}.zip"'
    return answer
