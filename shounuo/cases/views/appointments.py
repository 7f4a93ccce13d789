"""Who comes when: the appointments of a week, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.models import Case
from shounuo.cases.rows import Row, rows
from shounuo.ledger.moments import civil, instant
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """One day and who is expected, by the hour."""

    day: date
    expected: Sequence[tuple[datetime, Row]]


@require_safe
@staff_page
def appointments(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The week that `?week=2026-W48` names, else this one."""
    now = timezone.now()
    first = _monday(request.GET.get("week", ""), civil(now).date())
    since, until = (instant(datetime.combine(day, time())) for day in (first, first + WEEK))
    found = access.seen_by(actor).filter(appointed_at__gte=since, appointed_at__lt=until)
    cases = list(found.select_related("section", "handing_to").order_by("appointed_at", "pk"))
    page = {
        "days": _days(cases, civil(now)),
        "first": first,
        "last": first + WEEK - timedelta(days=1),
        "before": _week(first - WEEK),
        "after": _week(first + WEEK),
        "total": len(cases),
        "now": civil(now),
    }
    return render(request, "cases/appointments.html", page)


def _monday(named: str, today: date) -> date:
    """The first day of a week such as 2026-W48; of this week for anything else."""
    try:
        return datetime.strptime(f"{named}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return today - timedelta(days=today.weekday())


def _week(day: date) -> str:
    return f"{day:%G-W%V}"


def _days(cases: Sequence[Case], now: datetime) -> list[Day]:
    lines = zip(cases, rows(cases, now, ribbons=False), strict=True)
    timed = [(civil(case.appointed_at), row) for case, row in lines if case.appointed_at]
    return [Day(day, list(same)) for day, same in groupby(timed, key=lambda pair: pair[0].date())]
