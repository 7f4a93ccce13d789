"""What was recomputed, how far it has come, and every due that moved."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from shounuo.commitments import access
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.models import DueMove, Recomputation
from shounuo.regulations.views.calendars import titles_of
from shounuo.regulations.views.sight import Sight, sight_of
from shounuo.regulations.wording import said

A_PAGE = 30
WAYS = {"": lazy("全部"), "later": lazy("推后"), "earlier": lazy("提前"), "other": lazy("原来没有到期日")}


@require_safe
@staff_page
def recomputations(request: HttpRequest, actor: Actor, adoption: int) -> HttpResponse:
    """Every recomputation, the newest first."""
    here = sight_of(actor, adoption)
    rows = Recomputation.objects.filter(organisation=here.organisation).order_by("-asked_at", "-pk")
    page = Paginator(rows.select_related("calendar", "adoption__text"), A_PAGE).get_page(
        request.GET.get("page")
    )
    names = names_of(row.asked_by for row in page)
    titles = titles_of(here)
    context = {"here": here, "now": civil(here.now), "page": page,
               "rows": [told(row, titles, names) for row in page]}  # fmt: skip
    return render(request, "commitments/recomputations.html", context)


def told(row: Recomputation, titles: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    """A recomputation as pages show it."""
    total = max(row.total, row.looked)
    return {
        "row": row, "cause": _cause(row, titles), "by": names.get(row.asked_by, ""), "at": civil(row.asked_at),
        "total": total, "share": row.looked * 100 // total if total else 100 * (row.state == "done"),
        "chip": {"waiting": "no_evidence", "running": "running", "done": "met"}[row.state],
        "why": row.calendar.note if row.calendar else "", "document": row.calendar.document if row.calendar else "",
    }  # fmt: skip


def _cause(row: Recomputation, titles: dict[str, str]) -> str:
    if row.calendar is not None:
        words = {"title": titles.get(row.calendar.name, row.calendar.name), "n": row.calendar.version}
        return _("日历“%(title)s”第 %(n)s 版") % words
    assert row.adoption is not None
    return _("修订的数值自 %(day)s 起适用于在办事项（版本 %(version)s）") % {
        "day": row.day, "version": row.adoption.text.version}  # fmt: skip


@require_safe
@staff_page
def recomputation(request: HttpRequest, actor: Actor, adoption: int, number: int) -> HttpResponse:
    """One recomputation: its progress, and the moves of the matters the reader may see."""
    here = sight_of(actor, adoption)
    rows = Recomputation.objects.select_related("calendar", "adoption__text")
    row = rows.filter(pk=number, organisation=here.organisation).first()
    if row is None:
        raise Http404
    way = request.GET.get("way", "") if request.GET.get("way", "") in WAYS else ""
    page = Paginator(_moves(row, actor, way), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here, "now": civil(here.now), "one": told(row, titles_of(here), names_of([row.asked_by])),
        "page": page, "rows": [_shown(here, move) for move in page], "ways": list(WAYS.items()), "way": way,
    }  # fmt: skip
    return render(request, "commitments/recomputation.html", context)


def _moves(row: Recomputation, actor: Actor, way: str) -> QuerySet[DueMove]:
    source = f"{row.calendar.name}@{row.calendar.version}" if row.calendar else row.day.isoformat()
    clock = access.clocks_seen_by(actor).filter(
        stream=OuterRef("stream"), rule=OuterRef("rule"), no=OuterRef("no")
    )
    found = DueMove.objects.filter(Exists(clock), organisation=row.organisation_id, source=source)
    if way == "later":
        found = found.filter(new__gt=F("old"))
    elif way == "earlier":
        found = found.filter(new__lt=F("old"))
    elif way == "other":
        found = found.filter(old__isnull=True)
    return found.order_by("id")


def _shown(here: Sight, move: DueMove) -> DueMove:
    """A move with its promise's title; moments become civil."""
    rule = here.pack.commitments.get(move.rule)
    move.title = said(rule.title) if rule else move.rule  # type: ignore[attr-defined]
    return move
