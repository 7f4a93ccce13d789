"""The board of what will be late: open matters by section and by how far off their due instants are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.horizon import STEPS, Horizon, horizon
from shounuo.cases.models import CaseQuerySet, State
from shounuo.cases.rows import rows
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.editions import NotAdopted, governing

NEXT = 12
SCREEN = ("late", "today", "soon", "week")
EVERY = 60
"""Seconds after which the wall screen asks again, by an HTTP header: it needs no script."""
WARNING = ("late", "today", "soon")
"""The steps that a head acts on; the first of them are listed below the table."""


@dataclass(frozen=True, slots=True)
class Line:
    """One section: how many open matters stand on each step, how many of them wait for papers."""

    name: str
    code: str
    counts: Sequence[tuple[str, int]]
    paused: int
    total: int


@require_safe
@staff_page
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What will be late, of the matters the reader may see; ``screen=1`` in big letters for a wall."""
    now = timezone.now()
    try:
        _adoption, edition = governing(actor.organisation_id or 0, now)
    except NotAdopted:
        return render(request, "cases/not_adopted.html", status=409)
    steps = horizon(now, edition.calendar("office"))
    seen = access.seen_by(actor).open()
    lines = _lines(seen, steps)
    if request.GET.get("screen") == "1":
        return _screen(request, lines, now)
    warned = seen.filter(due_at__lt=steps.soon).select_related("section", "handing_to").by_due()[:NEXT]
    page = {
        "lines": lines,
        "whole": _sum(lines),
        "steps": STEPS,
        "rows": rows(warned, civil(now)),
        "now": civil(now),
    }
    return render(request, "cases/board.html", page)


def _screen(request: HttpRequest, lines: Sequence[Line], now: datetime) -> HttpResponse:
    """Counts only: nobody and no matter is named on a wall."""
    page = {"lines": lines, "whole": _sum(lines), "steps": STEPS, "shown": SCREEN, "now": civil(now)}
    answer = render(request, "cases/board_screen.html", page)
    answer.headers["Refresh"] = str(EVERY)
    return answer


def _lines(seen: CaseQuerySet, steps: Horizon) -> list[Line]:
    counts = {step: Count("pk", filter=steps.on(step)) for step in STEPS}
    waiting = Count("pk", filter=Q(state=State.WAITING))
    found = seen.order_by().values("section").annotate(total=Count("pk"), waiting=waiting, **counts)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[row["section"] for row in found])}
    lines = [_line(row, units.get(row["section"])) for row in found]
    return sorted(lines, key=lambda line: [-n for _step, n in line.counts])


def _line(row: Mapping[str, Any], unit: Unit | None) -> Line:
    counts = [(step, row[step]) for step in STEPS]
    name, code = (unit.name, unit.code) if unit else (_("还没有分到科室"), "")
    return Line(name, code, counts, row["waiting"], row["total"])


def _sum(lines: Sequence[Line]) -> Line:
    counts = [(step, sum(dict(line.counts)[step] for line in lines)) for step in STEPS]
    return Line("", "", counts, sum(line.paused for line in lines), sum(line.total for line in lines))
