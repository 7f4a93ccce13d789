"""Adopting an edition: what it brings, what it changes, and what its binding values do to clocks that run.

Here and not among the regulations, because open clocks are counted one floor up.
"""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shounuo.commitments.foreseeing import first_day, following_rules, foresee, with_amendments
from shounuo.commitments.recomputing import bound_by
from shounuo.ledger.actions import Conflict
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.actions import Stamp
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import access, actions
from shounuo.regulations.bringing import brings, changes
from shounuo.regulations.bundled import bundled_pack
from shounuo.regulations.editions import edition_of
from shounuo.regulations.forms import AdoptForm
from shounuo.regulations.views.sight import changed_meanwhile, house_or_404
from shounuo.regulations.wording import said
from shounuo.rules.loading.faults import PackFaults
from shounuo.rules.shapes import Pack


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def adopt(request: HttpRequest, actor: Actor, pack: str) -> HttpResponse:
    """What an edition brings, from which day; asked once more before it is done."""
    house = house_or_404(actor)
    try:
        brought = bundled_pack(pack)
    except PackFaults:
        messages.error(request, _("这部制度的数据有错，不能采用；请用 shounuo packs check 查看。"))
        return redirect("regulation-list")
    if brought is None:
        raise Http404
    if not access.may(actor, "adopt", house):
        return _show(request, actor, brought, None, status=403)
    form = AdoptForm(request.POST or None, initial={"in_force_from": timezone.localdate()})
    if request.method != "POST" or not form.is_valid():
        return _show(request, actor, brought, form, status=422 if form.errors else 200)
    if "confirmed" not in request.POST:
        return _show(request, actor, brought, form, confirm="back" not in request.POST)
    return _adopt(request, actor, house, brought, form)


def _adopt(request: HttpRequest, actor: Actor, house: Unit, pack: Pack, form: AdoptForm) -> HttpResponse:
    said, now = form.cleaned_data, timezone.now()
    try:
        done = actions.adopt(house, pack, said["in_force_from"], Stamp(actor.actor_id, now), said["document"])
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, actor, pack, form, status=422)
    except Conflict:
        return changed_meanwhile(request)
    messages.success(request, _("已采用，自 %(day)s 起施行。") % {"day": done.in_force_from})
    return redirect("regulation", done.pk)


def _show(
    request: HttpRequest,
    actor: Actor,
    pack: Pack,
    form: AdoptForm | None,
    confirm: bool = False,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    before = access.adoptions_seen_by(actor).filter(in_force_to__isnull=True).first()
    page = {
        "pack": pack,
        "form": form,
        "confirm": confirm,
        "brings": brings(pack),
        "before": before,
        "before_title": said(edition_of(before.pk).pack.head.title) if before else "",
        "changes": changes(edition_of(before.pk).pack, pack)
        if before and before.text.pack == pack.head.id
        else None,
        "now": civil(now),
    }
    if confirm and form is not None and before:
        page |= _foreseen(house_or_404(actor), pack, form.cleaned_data["in_force_from"], now)
    return render(request, "regulations/adopt.html", page, status=status)


def _foreseen(house: Unit, pack: Pack, day: date, now: datetime) -> dict[str, Any]:
    """What the edition's values that bind running clocks would do to them."""
    editions = with_amendments(house.pk, pack, day)
    rules = following_rules(editions)
    titles = [said(pack.commitments[key].title) for key in rules if key in pack.commitments]
    foresight = foresee(bound_by(house.pk, rules), editions, first_day(day, now)) if rules else None
    return {"following": titles, "foresight": foresight}
