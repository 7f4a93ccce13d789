"""Who comes when: the appointments of a week, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.models import Case, CaseQuerySet
from shounuo.cases.rows import Row, rows
from shounuo.ledger.moments import begin_of, civil
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
    """The week that `?week=2026-W48` names, else that of the next appointment, else this one."""
    now, seen = timezone.now(), access.seen_by(actor)
    today = civil(now).date()
    first = _named(request.GET.get("week", "")) or _monday(_next_day(seen, today) or today)
    found = seen.filter(appointed_at__gte=begin_of(first), appointed_at__lt=begin_of(first + WEEK))
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


def _named(week: str) -> date | None:
    """The first day of a week such as 2026-W48."""
    try:
        return datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None


def _next_day(seen: CaseQuerySet, today: date) -> date | None:
    """When somebody is expected next, today included: at the end of a week the rest of it is empty."""
    coming = seen.filter(appointed_at__gte=begin_of(today)).order_by("appointed_at")
    moment = coming.values_list("appointed_at", flat=True).first()
    return civil(moment).date() if moment else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(day: date) -> str:
    return f"{day:%G-W%V}"


def _days(cases: Sequence[Case], now: datetime) -> list[Day]:
    lines = zip(cases, rows(cases, now, ribbons=False), strict=True)
    timed = [(civil(case.appointed_at), row) for case, row in lines if case.appointed_at]
    return [Day(day, list(same)) for day, same in groupby(timed, key=lambda pair: pair[0].date())]
