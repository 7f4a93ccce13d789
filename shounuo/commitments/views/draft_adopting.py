"""Comparing a draft with what is in force, and adopting it. Here, because open clocks are counted on this floor."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.commitments.foreseeing import first_day, following_rules, foresee, with_amendments
from shounuo.commitments.models import RunningClock
from shounuo.commitments.recomputing import bound_by
from shounuo.ledger.actions import Conflict
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import access, actions
from shounuo.regulations.draft_forms import DraftAdoptForm
from shounuo.regulations.drafts.comparing import compare
from shounuo.regulations.editions import edition_of, editions_of
from shounuo.regulations.models import Adoption, SettingDecision
from shounuo.regulations.rule_wording import setting_words, shape_words
from shounuo.regulations.sheet import cited_each
from shounuo.regulations.views.draft_sight import DraftSight, decided_meanwhile, draft_or_404
from shounuo.regulations.views.reviewing import number_of
from shounuo.regulations.wording import said
from shounuo.rules.edition import edition_for
from shounuo.rules.shapes import Pack

ROWS = 300
"""How many changes of a kind are shown at most; the page says how many there are."""
SETTINGS = 50


@require_safe
@staff_page
def compared(request: HttpRequest, actor: Actor, draft: int) -> HttpResponse:
    """What the draft changes against an adopted edition, and what it does to clocks that run."""
    here = draft_or_404(actor, draft)
    adopted = list(access.adoptions_seen_by(actor))
    kept = editions_of(one.pk for one in adopted)
    editions = [(one, said(kept[one.pk].pack.head.title)) for one in adopted]
    chosen = _chosen(here, adopted, number_of(request.GET.get("edition")))
    pack = here.packed.pack
    page: dict[str, Any] = {"editions": editions, "chosen": chosen}
    if chosen is not None and pack is not None:
        before = kept[chosen.pk]
        old = before.pack
        page["found"] = found = compare(before, edition_for(pack), here.now.date())
        clauses = found.clauses[:ROWS]
        page |= {"limits": found.limits[:ROWS], "clauses": clauses, "most": ROWS}
        page["others"] = [(one, shape_words(one.shape)) for one in found.others[:ROWS]]
        named = {*(one.key for one in clauses), *(one.clause for one in found.rules)}
        own = named & set(pack.clauses)
        page["labels"] = cited_each(pack, own) | cited_each(old, named - own)
        page |= clocks_touched(here, pack, here.now.date())
    return render(request, "commitments/draft_compare.html", here.page("compare", **page))


def _chosen(here: DraftSight, editions: list[Adoption], wanted: int) -> Adoption | None:
    """The edition asked for; else the last of the same regulation, else the last of all."""
    own = [one for one in editions if here.draft.adoption_id != one.pk]
    named = [one for one in own if one.pk == wanted]
    same = [one for one in own if one.text.pack == here.draft.pack]
    return next(iter([*named, *same, *own]), None)


def clocks_touched(here: DraftSight, pack: Pack, day: date) -> dict[str, Any]:
    """How many clocks run, which would follow, and a trial on those due first."""
    house = here.draft.organisation_id
    running = RunningClock.objects.live().filter(organisation=house).count()
    editions = with_amendments(house, pack, day)
    rules = following_rules(editions)
    titles = [said(pack.commitments[key].title) for key in rules if key in pack.commitments]
    foresight = foresee(bound_by(house, rules), editions, first_day(day, here.now)) if rules else None
    return {"running": running, "following": titles, "foresight": foresight}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def adopt(request: HttpRequest, actor: Actor, draft: int) -> HttpResponse:
    """From which day; only what somebody has read and decided throughout."""
    here = draft_or_404(actor, draft)
    may = here.open and access.may(actor, "adopt", here.draft.organisation)
    if not may:
        return _show(request, here, None, status=403 if request.method == "POST" else 200)
    form = DraftAdoptForm(request.POST or None, initial={"in_force_from": _first(here)})
    if request.method != "POST" or not form.is_valid():
        return _show(request, here, form, status=422 if form.errors else 200)
    said_, version = form.cleaned_data, number_of(request.POST.get("seen"))
    try:
        done = actions.adopt_draft(
            here.draft, version, said_["in_force_from"], said_["read"], here.stamp, said_["document"]
        )
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _show(request, here, form, status=422)
    except Conflict:
        return decided_meanwhile(request, here.draft)
    messages.success(request, _("已采用，自 %(day)s 起施行。") % {"day": done.in_force_from})
    return redirect("regulation", done.pk)


def _first(here: DraftSight) -> date:
    """Today, or the day from which the text itself is in force."""
    today, pack = here.now.date(), here.packed.pack
    return max(today, date.fromisoformat(pack.head.in_force.from_)) if pack else today


def _show(
    request: HttpRequest, here: DraftSight, form: DraftAdoptForm | None, status: int = 200
) -> HttpResponse:
    pack = here.packed.pack
    before = access.adoptions_seen_by(here.actor).filter(in_force_to__isnull=True).first()
    house = here.draft.organisation_id
    decided = set(
        SettingDecision.objects.filter(organisation=house, pack=here.draft.pack).values_list("key", flat=True)
    )
    settings = [(said(one.title), said(one.question), setting_words(one, one.default))
                for key, one in (pack.settings.items() if pack else ()) if key not in decided]  # fmt: skip
    page: dict[str, Any] = {
        "form": form, "pack": pack, "settings": settings[:SETTINGS], "undecided": len(settings), "before": before,
        "before_title": said(edition_of(before.pk).pack.head.title) if before else "",
    }  # fmt: skip
    if pack is not None and here.open:
        page |= clocks_touched(here, pack, _first(here))
    return render(request, "commitments/draft_adopt.html", here.page("adopt", **page), status=status)
