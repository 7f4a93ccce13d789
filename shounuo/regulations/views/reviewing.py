"""Side by side: the text with what was found in it, and the rule that a finding becomes; deciding about it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from shounuo.ledger.actions import Conflict
from shounuo.organisation.access import Actor
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import actions
from shounuo.regulations.draft_forms import START, AddForm, MergeForm, SplitForm, ValuesForm
from shounuo.regulations.drafts import wording
from shounuo.regulations.drafts.checks import find_quote
from shounuo.regulations.drafts.record import review_of
from shounuo.regulations.drafts.review import Decision, Item, Review
from shounuo.regulations.drafts.sheets import sheet_at
from shounuo.regulations.drafts.text_pane import contents, passages, sheet_of
from shounuo.regulations.views.draft_sight import DraftSight, decided_meanwhile, draft_or_404

DECISIONS = 50
OTHERS = 20
"""How many findings are offered to be merged with one: the nearest of the clause."""
FORMS = ("edit", "split", "merge", "add")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: the finding and clause chosen, the sheet (from 0), what they do there, the form."""

    item: Item | None
    clause: str
    sheet: int = 0
    do: str = ""
    form: forms.Form | None = None
    kind: str = "limit"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def review(request: HttpRequest, actor: Actor, draft: int) -> HttpResponse:
    """The page, and every decision about a finding."""
    here = draft_or_404(actor, draft)
    if request.method == "POST":
        if not here.may_review:
            return _show(request, here, _place(here, request.POST), status=403)
        return _decide(request, here)
    place = _place(here, request.GET)
    do = request.GET.get("do", "")
    if do in FORMS and here.may_review:
        place = _with_form(here.review, place, do, _kind(request.GET))
    return _show(request, here, place)


def _kind(given: Any) -> str:
    return given.get("of", "") if given.get("of", "") in START else "limit"


def _place(here: DraftSight, given: Any) -> Place:
    """What was asked for by finding, clause or page; else the first that nobody has decided about."""
    found = here.review
    places = found.material.places
    key, clause = given.get("at", ""), given.get("clause", "")
    if key not in found.items and clause in places:
        key = next((one.key for one in found.of_clause(clause)), "")
    elif key not in found.items and (page := number_of(given.get("page"))) > 0:
        return _first_of_sheet(found, min(page, len(found.material.sheets)) - 1)
    elif key not in found.items:
        key = found.next_pending() or next(iter(found.items), "")
    item = found.items.get(key)
    if item is None:
        clause = clause if clause in places else next(iter(places), "")
        return Place(None, clause, _sheet_of_clause(found, clause) if clause else 0)
    return Place(item, item.clause, sheet_of(found, item))


def _sheet_of_clause(found: Review, clause: str) -> int:
    at = found.material.places[clause]
    return sheet_at(found.material.sheets, at, found.material.regulation.clauses[at].span[0])


def _first_of_sheet(found: Review, sheet: int) -> Place:
    """The first undecided finding there, else the first finding, else the first clause."""
    own = [one for one in found.items.values() if sheet_of(found, one) == sheet]
    item = next((one for one in own if not one.decided), next(iter(own), None))
    first = found.material.regulation.clauses[found.material.sheets[sheet][0].at].id
    return Place(item, item.clause if item else first, sheet)


def _with_form(found: Review, place: Place, do: str, kind: str, data: Any = None) -> Place:
    item = place.item
    form: forms.Form | None = None
    if do == "add" and place.clause:
        form = AddForm(kind, data)
    elif item is not None and do == "edit":
        form = ValuesForm(item.kind, item.values, data)
    elif item is not None and do == "split" and item.kind != "shape":
        form = SplitForm(data, initial={"part_1": item.quote})
    elif item is not None and do == "merge" and (others := _others(found, item)):
        form = MergeForm(others, data)
    return replace(place, do=do if form else "", form=form, kind=kind)


def _others(found: Review, item: Item) -> list[Item]:
    if item.kind == "shape":
        return []
    same = [one for one in found.of_clause(item.clause) if one.kind == item.kind and one.key != item.key]
    near = sorted(same, key=lambda one: abs(one.span[0] - item.span[0]))[:OTHERS]
    return sorted(near, key=lambda one: one.span)


def _decide(request: HttpRequest, here: DraftSight) -> HttpResponse:
    found, post = here.review, request.POST
    do, place = post.get("do", ""), _place(here, post)
    if do in FORMS:
        place = _with_form(found, place, do, _kind(post), post)
        if place.form is None or not place.form.is_valid():
            return _show(request, here, place, status=422)
    try:
        keys, said = _meant(found, place, do, post)
        note = (place.form.cleaned_data.get("note", "") if place.form else post.get("note", "")).strip()
        version = actions.decide(here.draft, do, keys, said, number_of(post.get("version")), here.stamp, note)
    except actions.Refused as refused:
        if place.form is not None:
            place.form.add_error(refused.field if refused.field in place.form.fields else None, str(refused))
        else:
            messages.error(request, str(refused))
        return _show(request, here, place, status=422)
    except Conflict:
        return decided_meanwhile(request, here.draft)
    return _onward(here, place, do, version)


def number_of(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def _meant(found: Review, place: Place, do: str, post: Any) -> tuple[list[str], dict[str, Any]]:
    """The findings a decision is about, and what it says."""
    item, form = place.item, place.form
    said = form.cleaned_data if form else {}
    own = [item.key] if item else []
    if do in ("accept", "reject") and post.get("whole"):
        return [one.key for one in found.of_clause(place.clause) if not one.decided], {}
    if isinstance(form, AddForm):
        return [], _added(found, place, form)
    if isinstance(form, ValuesForm):
        return own, {"values": form.values()}
    if isinstance(form, SplitForm):
        assert item is not None
        parts = [said[name].strip() for name in ("part_1", "part_2")]
        spans = [find_quote(found, item.clause, text, f"part_{no}") for no, text in enumerate(parts, 1)]
        return own, {"parts": [_span(text, span) for text, span in zip(parts, spans, strict=True)]}
    if isinstance(form, MergeForm):
        assert item is not None
        other = found.items[said["other"]]
        span = min(item.span[0], other.span[0]), max(item.span[1], other.span[1])
        return [*own, other.key], _span(found.material.regulation.source[slice(*span)], span)
    return ([], {"undoes": number_of(post.get("undoes"))}) if do == "undo" else (own, {})


def _span(quote: str, span: tuple[int, int]) -> dict[str, Any]:
    return {"quote": quote, "from": span[0], "to": span[1]}


def _added(found: Review, place: Place, form: AddForm) -> dict[str, Any]:
    """What was overlooked; a rule for the whole clause has the clause's words."""
    if place.kind == "shape":
        clause = found.material.regulation.clause(place.clause)
        quote, span = clause.text.strip(), find_quote(found, clause.id, clause.text.strip()[:20], "shape")
        span = span[0], clause.span[1]
        quote = found.material.regulation.source[slice(*span)].strip()
    else:
        quote = form.cleaned_data["quote"].strip()
        span = find_quote(found, place.clause, quote, "quote")
    values = {**START[place.kind], **form.values()}
    if place.kind == "limit" and not values["title"]:
        values["title"] = quote[:30]
    return {"kind": place.kind, "clause": place.clause, "values": values, **_span(quote, span)}


def _onward(here: DraftSight, place: Place, do: str, version: int) -> HttpResponse:
    """To what comes next: the parts of a split, else the next finding that nobody has decided about."""
    found = review_of(here.draft)  # as it is after the decision
    key = place.item.key if place.item else ""
    after = {"split": f"{key}.1", "merge": f"merged-{version}", "note": key, "undo": key}.get(do)
    target = after if after in found.items else found.next_pending(key) or key
    where = {"at": target} if target in found.items else {"clause": place.clause}
    return redirect(f"{reverse('draft-review', args=[here.draft.pk])}?{urlencode(where)}#here")


def _show(request: HttpRequest, here: DraftSight, place: Place, status: int = 200) -> HttpResponse:
    found, item = here.review, place.item
    clauses, sheets = found.material.regulation.clauses, found.material.sheets
    before, after = found.neighbours(item.key) if item else ("", "")
    told = _told(found, item)
    key = item.key if item else ""
    shown = here.page(
        "review",
        passages=passages(found, place.sheet, place.clause, key) if sheets else [],
        item=item, place=place, clause=clauses[found.material.places[place.clause]] if place.clause else None,
        before=before, after=after,
        details=wording.details(item) if item else [], told=told, names=_names(told),
        others=_others(found, item) if item else [], kinds=wording.KINDS.items(),
        clause_pending=sum(not one.decided for one in found.of_clause(place.clause)),
        aside=found.material.regulation.residue, contents=contents(found) if len(sheets) > 1 else [],
        number=place.sheet + 1,
    )  # fmt: skip
    return render(request, "regulations/drafts/review.html", shown, status=status)


def _told(found: Review, item: Item | None) -> list[Decision]:
    """The decisions that made a finding what it is, the latest first."""
    if item is None:
        return []
    stems = {item.key, *(item.key.rsplit(".", no)[0] for no in range(1, item.key.count(".") + 1))}
    made = [
        one
        for one in found.decisions
        if stems & set(one.keys) or item.key in (f"added-{one.seq}", f"merged-{one.seq}")
    ]
    return made[::-1]


def _names(told: list[Decision]) -> dict[str, str]:
    return names_of(one.by for one in told)


@require_safe
@staff_page
def decisions(request: HttpRequest, actor: Actor, draft: int) -> HttpResponse:
    """Who decided what, the latest first."""
    here = draft_or_404(actor, draft)
    page = Paginator(here.review.decisions[::-1], DECISIONS).get_page(request.GET.get("page"))
    names = names_of(one.by for one in page)
    return render(
        request, "regulations/drafts/decisions.html", here.page("decisions", page=page, names=names)
    )
