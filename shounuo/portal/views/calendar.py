"""The office calendar of a year, and when something would be due."""

from calendar import Calendar as Grid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shounuo.cases.derivation import Derivation, derive_budget
from shounuo.portal.forms import DueForm
from shounuo.portal.house import House, show
from shounuo.portal.views.entry import public_page
from shounuo.regulations.wording import budget_words, listed, reads_chinese, said
from shounuo.rules.calendars import Calendar, DayKind
from shounuo.rules.edition import in_force
from shounuo.rules.words import parse_words


@require_safe
@public_page
def office(request: HttpRequest, here: House) -> HttpResponse:
    """The calendar and year in the address (the office's this year by default) by month, and the small form."""
    name, calendar = _chosen(request, here)
    first, last = calendar.coverage[0].year, calendar.spec.last.year
    year = _year(request, here.today.year, first, last)
    form, found = _due(request, here, name, calendar)
    return show(request, here, "calendar", {
        "name": name, "title": dict(published(here))[name], "calendars": published(here),
        "year": year, "months": [_month(calendar, year, n) for n in range(1, 13)], "weekdays": _weekdays(),
        "before": year - 1 if year > first else None, "after": year + 1 if year < last else None,
        "provisional": calendar.is_provisional(date(year, 12, 31)), "hours": _hours(calendar, year),
        "sources": _sources(calendar, year), "form": form, "found": found, "total": _working_days(calendar, year),
    })  # fmt: skip


def published(here: House) -> list[tuple[str, str]]:
    """The calendars of the regulation in force by name, with their titles; that of the office first."""
    kept = here.edition.calendars
    parts = here.pack.calendars
    named = {
        name: said(parts[name].title) if name in parts else _("工作日历") for name in kept if name in parts
    }
    first = next((name for name, one in kept.items() if one is here.calendar), "")
    return sorted((named or {first: _("工作日历")}).items(), key=lambda one: one[0] != first)


def _chosen(request: HttpRequest, here: House) -> tuple[str, Calendar]:
    names = [name for name, _title in published(here)]
    wanted = request.GET.get("calendar", "")
    name = wanted if wanted in names else names[0]
    return name, here.edition.calendars[name]


def _year(request: HttpRequest, this: int, first: int, last: int) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this
    return min(max(year, first), last)


def _due(
    request: HttpRequest, here: House, name: str, calendar: Calendar
) -> tuple[DueForm, Derivation | None]:
    """The form with what was asked, and the answer when it can be told."""
    promises = lengths(here, name)
    if "start" not in request.GET:
        opening = here.civil.replace(second=0)
        return DueForm(initial={"start": opening, "n": 4, "unit": "working day"}, promises=promises), None
    form = DueForm(request.GET, promises=promises)
    if not form.is_valid():
        return form, None
    start = form.cleaned_data["start"].replace(tzinfo=None, second=0, microsecond=0)
    if not calendar.coverage[0] <= start.date() <= calendar.spec.last:
        form.add_error("start", _("日历只到 %(last)s，请填写其中的日子") % {"last": calendar.spec.last})
        return form, None
    words = form.words()
    return form, derive_budget(calendar, start, parse_words(words), words)


def lengths(here: House, name: str) -> list[tuple[str, str]]:
    """Promises counted by a calendar to choose from: budget words and what they belong to; guides first (they count
    by the office's), then commitments.
    """
    found: dict[str, list[str]] = {}
    offices = here.edition.calendars[name] is here.calendar
    for service in here.pack.services.values() if offices else ():
        limit = service.promised_limit or service.statutory_limit
        if limit and not service.immediate:
            found.setdefault(limit, []).append(said(service.title))
    for rule in here.pack.commitments.values():
        ours = rule.form == "clock" and here.edition.calendar_name(rule.calendar, here.today) == name
        for one in rule.within if rule.public and ours else ():
            words = here.edition.resolve(one.value, here.today) if in_force(one, here.today) else None
            if words and "service." not in str(one.value):
                found.setdefault(str(words), []).append(said(rule.title))
    spoken = ((words, listed(titles)) for words, titles in found.items())
    return [(words, clipped(f"{budget_words(words)} · {titles}")) for words, titles in spoken]


def clipped(text: str) -> str:
    """A choice's words, short enough for a phone; what is left out shows as an ellipsis."""
    return Truncator(text).chars(60)


def _weekdays() -> list[str]:
    return list("一二三四五六日") if reads_chinese() else ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def _month(calendar: Calendar, year: int, month: int) -> dict[str, Any]:
    """A month as weeks of days; None fills the corners."""
    weeks = [
        [_day(calendar, day) if day.month == month else None for day in week]
        for week in Grid().monthdatescalendar(year, month)
    ]
    working = sum(1 for week in weeks for day in week if day and day["works"])
    return {"first": date(year, month, 1), "weeks": weeks, "working": working}


def _day(calendar: Calendar, day: date) -> dict[str, Any]:
    kind = calendar.day_kind(day)
    name = calendar.day_name(day, "zh" if reads_chinese() else "en") if kind is DayKind.HOLIDAY else ""
    return {"date": day, "kind": kind.value, "name": name, "words": name or kind_words(kind),
            "works": calendar.is_working_day(day)}  # fmt: skip


def kind_words(kind: DayKind) -> str:
    """What a date is to the office."""
    known: Mapping[DayKind, str] = {
        DayKind.WORKING: _("上班"), DayKind.WEEKEND: _("周末"), DayKind.HOLIDAY: _("放假"),
        DayKind.MAKEUP: _("调休上班"), DayKind.CLOSED: _("不办公"), DayKind.HALF_DAY: _("半天上班"),
    }  # fmt: skip
    return str(known[kind])


def _hours(calendar: Calendar, year: int) -> str:
    """The hours of an ordinary working day."""
    day = calendar.next_working_day(date(year, 6, 1))
    return _("，").join(f"{a:%H:%M}–{b:%H:%M}" for a, b in calendar.hours(day))


def _sources(calendar: Calendar, year: int) -> list[Any]:
    """The notices a year's days come from; one of the next year may touch December."""
    return [one for one in calendar.spec.sources if one.year == year]


def _working_days(calendar: Calendar, year: int) -> str:
    days = sum(calendar.is_working_day(date.fromordinal(n)) for n in range(
        date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))  # fmt: skip
    return budget_words(f"{days} working days")
