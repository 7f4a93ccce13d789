"""The office calendars by which an organisation's days are counted: read only."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.calendar_sheet import CalendarSheet, calendar_sheet
from shounuo.regulations.models import OfficeCalendar
from shounuo.regulations.views.sight import sight_of
from shounuo.regulations.wording import said
from shounuo.rules.calendars import CalendarSpec


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a calendar: who made it, when (civil), why."""

    number: int
    by: str
    at: datetime
    note: str


@require_safe
@staff_page
def calendars(request: HttpRequest, actor: Actor, adoption: int) -> HttpResponse:
    """The newest version of each calendar with its sources, and the versions before it."""
    here = sight_of(actor, adoption)
    kept = list(OfficeCalendar.objects.filter(organisation=here.organisation).order_by("name", "-version"))
    names = names_of(row.made_by for row in kept)
    found: dict[str, tuple[CalendarSheet, list[Version]]] = {}
    for row in kept:
        if row.name not in found:
            part = here.pack.calendars.get(row.name)
            found[row.name] = calendar_sheet(said(part.title) if part else row.name, _spec(row)), []
        note = _(row.note) if row.note else ""
        found[row.name][1].append(Version(row.version, names.get(row.made_by, ""), civil(row.made_at), note))
    page = {"here": here, "now": civil(here.now), "calendars": list(found.values())}
    return render(request, "regulations/calendars.html", page)


def _spec(row: OfficeCalendar) -> CalendarSpec:
    return CalendarSpec.model_validate(row.spec)
