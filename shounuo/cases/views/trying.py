"""A draft tried on the matters of the last months, beside the edition that governs today."""

from contextlib import suppress
from datetime import date, timedelta
from time import monotonic
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shounuo.cases.trying import MOST, Tried, streams_since, try_on
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.drafts.packing import for_the_past
from shounuo.regulations.editions import NotAdopted, governing
from shounuo.regulations.rule_wording import how_long
from shounuo.regulations.sheet import cited_each
from shounuo.regulations.versions import calendars_of
from shounuo.regulations.views.draft_sight import DraftSight, draft_or_404
from shounuo.regulations.wording import said
from shounuo.rules.calendar_parts import compiled
from shounuo.rules.edition import Edition

MONTHS = (3, 6, 12, 24)
SECONDS = 15
"""How long somebody waits at most; what was judged by then is shown, and how much that is."""


@require_safe
@staff_page
def tried(request: HttpRequest, actor: Actor, draft: int) -> HttpResponse:
    """Kept and late by promise, under the draft and under today's edition."""
    here = draft_or_404(actor, draft)
    wanted = request.GET.get("months", "")
    months = int(wanted) if wanted in map(str, MONTHS) else 12
    page: dict[str, Any] = {"months": months, "choices": MONTHS, "most": MOST, "seconds": SECONDS}
    if wanted and here.packed.pack is not None:
        page |= _trial(here, months)
    return render(request, "cases/trying.html", here.page("try", **page))


def _trial(here: DraftSight, months: int) -> dict[str, Any]:
    house = here.draft.organisation_id
    editions = [_as_edition(here)]
    with suppress(NotAdopted):
        editions.append(governing(house, here.now)[1])
    total, streams = streams_since(house, here.now - timedelta(days=round(months * 30.44)))
    until = monotonic() + SECONDS
    judged, counts = try_on(streams, editions, civil(here.now), lambda: monotonic() < until)
    tables = [_rows(edition, found, here.now.date()) for edition, found in zip(editions, counts, strict=True)]
    return {
        "total_matters": total, "asked": len(streams), "judged": judged, "tables": tables, "done": True,
        "today_title": said(editions[1].pack.head.title) if len(editions) > 1 else "",
    }  # fmt: skip


def _as_edition(here: DraftSight) -> Edition:
    """The draft as an edition: its promises as if always in force, by the organisation's own calendars."""
    pack = here.packed.pack
    assert pack is not None
    calendars, versions = calendars_of(here.draft.organisation_id)
    own = {key: compiled(part) for key, part in pack.calendars.items() if key not in calendars}
    return Edition(for_the_past(pack), {}, {**own, **calendars}, versions)


def _rows(edition: Edition, found: tuple[Tried, ...], on: date) -> list[dict[str, Any]]:
    rules = edition.pack.commitments
    clauses = cited_each(edition.pack, {one.clause for one in rules.values()})
    return [
        {"tried": one, "title": said(rules[one.rule].title), "clause": clauses[rules[one.rule].clause],
         "length": how_long(edition, rules[one.rule], on)}
        for one in found
    ]  # fmt: skip
