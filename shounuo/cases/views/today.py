"""Today: what waits for me, in the order in which it is due; and what waits for my decision."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shounuo.cases import access, waiting
from shounuo.cases.groups import MOST, own_by_due, queued, with_lines
from shounuo.cases.horizon import Horizon, horizon
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.absences import waiting_for
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.editions import NotAdopted, governing

SHORT = 5
"""Lines of a queue of decisions on the page of the day; the approvals list the others."""
TILES = ("late", "today", "soon", "paused")


@require_safe
@staff_page
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The first page of the day."""
    now = timezone.now()
    own = own_by_due(waiting.own(actor), steps_at(actor, now))
    first = [group for key in waiting.QUEUES for group in queued(actor, [key], _most(key))]
    drawn = with_lines([*first, *own], civil(now), actor)
    groups = drawn[len(first) :]
    page = {
        "first": drawn[: len(first)],
        "groups": [group for group in groups if group.total],
        "tiles": [group for group in groups if group.key in TILES],
        "total": _mine(actor),
        "untaken": sum(group.total for group in first if group.key == "untaken"),
        "has_own": any(group.total for group in groups),
        "registers": access.registers(actor),
        "decides": waiting.decides(actor),
        "now": civil(now),
    }
    return render(request, "cases/today.html", page)


def _most(key: str) -> int:
    return SHORT if waiting.QUEUES[key].decision else MOST


def _mine(actor: Actor) -> int:
    """How many matters wait for the reader by name or for their decision, each once."""
    found = access.today_of(actor) | waiting.to_extend(actor) | waiting.with_leader(actor)
    return found.order_by().count()


def steps_at(actor: Actor, now: datetime) -> Horizon:
    """Late, today, soon, … by the calendar of the reader's office; by plain days where none is adopted."""
    try:
        _adoption, edition = governing(actor.organisation_id or 0, now)
    except NotAdopted:
        return horizon(now, None)
    return horizon(now, edition.calendar("office"))


@require_safe
@staff_page
def approvals(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for the reader's decision: extensions, the leader's word, objections, appeals, absences."""
    now = timezone.now()
    keys = [key for key, queue in waiting.QUEUES.items() if queue.decision]
    groups = with_lines(queued(actor, keys), civil(now), actor)
    absences = waiting_for(actor, now)
    page = {
        "groups": groups,
        "absences": absences,
        "total": sum(group.total for group in groups) + len(absences),
        "decides": waiting.decides(actor),
        "now": civil(now),
    }
    return render(request, "cases/approvals.html", page)
