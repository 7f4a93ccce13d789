"""The calendars by which an organisation's days are counted: the list, one of them year by year, its versions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import access
from shounuo.regulations.calendar_sheet import CalendarSheet, calendar_sheet
from shounuo.regulations.editions import editions_of
from shounuo.regulations.models import Adoption, OfficeCalendar
from shounuo.regulations.views.sight import Sight, sight_of
from shounuo.regulations.wording import said
from shounuo.regulations.year_table import (
    Difference,
    changed,
    months,
    out_of_the_ordinary,
    weekday_words,
    years_of,
)
from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.calendars.changes import day_changes


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a calendar: who made it, when (civil), why, by which notice, and what it changed from when."""

    number: int
    by: str
    at: datetime
    note: str
    document: str
    changed_from: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest version of a calendar, or an earlier one that is looked at."""

    name: str
    title: str
    version: int
    newest: int
    spec: CalendarSpec
    calendar: Calendar
    sheet: CalendarSheet
    rules: int
    """How many promises of this regulation count their days by it."""


def titles_of(here: Sight) -> dict[str, str]:
    """The calendars of the regulations that govern or governed, by name: this one's first; those for imports stay out."""
    rows = Adoption.objects.filter(organisation=here.organisation, purpose="").order_by("-in_force_from")
    packs = [here.pack, *(one.pack for one in editions_of(rows.values_list("pk", flat=True)).values())]
    found: dict[str, str] = {}
    for pack in packs:
        for name, part in pack.calendars.items():
            found.setdefault(name, said(part.title))
    return found


def kept_or_404(here: Sight, name: str, version: int | None = None) -> Kept:
    """A calendar of the organisation by its name: the newest version, or one by its number."""
    title = titles_of(here).get(name)
    rows = OfficeCalendar.objects.filter(organisation=here.organisation, name=name).order_by("-version")
    newest = rows.first()
    row = newest if version is None else rows.filter(version=version).first()
    if title is None or newest is None or row is None:
        raise Http404
    return _kept(here, row, title, newest.version)


def _kept(here: Sight, row: OfficeCalendar, title: str, newest: int) -> Kept:
    spec = CalendarSpec.model_validate(row.spec)
    rules = [rule for _key, rule in here.edition.clock_rules()
             if here.edition.calendar_name(rule.calendar, here.today) == row.name]  # fmt: skip
    sheet = calendar_sheet(title, spec, here.today)
    return Kept(row.name, title, row.version, newest, spec, compile_calendar(spec), sheet, len(rules))


@require_safe
@staff_page
def calendars(request: HttpRequest, actor: Actor, adoption: int) -> HttpResponse:
    """Every calendar: what is published, what is provisional, who changed it last and why."""
    here = sight_of(actor, adoption)
    found = [kept_or_404(here, name) for name in titles_of(here)]
    rows = OfficeCalendar.objects.filter(organisation=here.organisation)
    last = {row.name: row for row in rows.order_by("version")}
    names = names_of(row.made_by for row in last.values())
    page = {
        "here": here,
        "now": civil(here.now),
        "calendars": [(one, _version(last[one.name], names)) for one in found],
    }
    return render(request, "regulations/calendars.html", page)


def _version(row: OfficeCalendar, names: dict[str, str]) -> Version:
    note = _(row.note) if row.note else ""
    by = names.get(row.made_by, "")
    return Version(row.version, by, civil(row.made_at), note, row.document, row.changed_from)


@require_safe
@staff_page
def calendar(request: HttpRequest, actor: Actor, adoption: int, name: str) -> HttpResponse:
    """A calendar year by year, with what is out of the ordinary, its sources and its versions."""
    here = sight_of(actor, adoption)
    kept = kept_or_404(here, name, _number(request.GET.get("version", "")))
    first, last = years_of(kept.calendar)
    year = min(max(_number(request.GET.get("year", "")) or here.today.year, first), last)
    rows = list(OfficeCalendar.objects.filter(organisation=here.organisation, name=name).order_by("-version"))
    names = names_of(row.made_by for row in rows)
    months_ = months(kept.calendar, year)
    page = {
        "here": here, "now": civil(here.now), "kept": kept, "year": year, "months": months_,
        "weekdays": weekday_words(), "working": sum(month.working for month in months_),
        "stretches": out_of_the_ordinary(kept.calendar, year),
        "sources": [one for one in kept.sheet.sources if one.year == year],
        "before": year - 1 if year > first else None, "after": year + 1 if year < last else None,
        "provisional": kept.calendar.is_provisional(date(year, 12, 31)),
        "versions": [_version(row, names) for row in rows], "difference": _difference(kept, rows),
        "may_keep": access.may(actor, "keep_calendar", here.organisation),
    }  # fmt: skip
    return render(request, "regulations/calendar.html", page)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _difference(kept: Kept, rows: list[OfficeCalendar]) -> Difference | None:
    """What the version shown changed, against the one before it."""
    before = next((row for row in rows if row.version == kept.version - 1), None)
    if before is None:
        return None
    old = compile_calendar(CalendarSpec.model_validate(before.spec))
    return changed(old, kept.calendar, day_changes(old, kept.calendar))
