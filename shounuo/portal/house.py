"""Which organisation the portal shows, and under which edition; every page begins here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shounuo.ledger.moments import civil
from shounuo.organisation.models import Unit
from shounuo.portal.access import public_organisations
from shounuo.regulations.editions import NotAdopted, governing
from shounuo.rules.calendars import Calendar
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Pack


class NoHouse(LookupError):
    """No public organisation with an edition in force: the service has not been set up."""


@dataclass(frozen=True, slots=True)
class House:
    """The organisation a page is about, its edition and the moment of the request."""

    unit: Unit
    edition: Edition
    now: datetime

    @property
    def pack(self) -> Pack:
        """The regulation in force."""
        return self.edition.pack

    @property
    def civil(self) -> datetime:
        """The moment of the request in civil time."""
        return civil(self.now)

    @property
    def today(self) -> date:
        """The civil day of the request."""
        return self.civil.date()

    @property
    def calendar(self) -> Calendar:
        """The office calendar: the one called ``office``, else the first."""
        found = self.edition.calendars
        return found.get("office") or next(iter(found.values()))


def house(at: datetime) -> House:
    """The organisation named by SHOUNUO_ORGANISATION, else the first public one; `NoHouse` when there is none."""
    for unit in public_organisations(getattr(settings, "ORGANISATION", "")):
        try:
            return House(unit, governing(unit.pk, at)[1], at)
        except NotAdopted:
            continue
    raise NoHouse


def show(
    request: HttpRequest,
    here: House,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the portal in the organisation's name."""
    named = {"organisation_name": here.unit.name, "house": here, "now": here.civil}
    return render(request, f"portal/{template}.html", {**named, **(context or {})}, status=status)


def clause_url(clause: str) -> str:
    """The public page of a clause."""
    return reverse("portal-clause", args=[clause])


def phones_of(here: House, kind: str = "") -> list[str]:
    """The telephone numbers of the guides, those of one kind of matter first; at most three."""
    services = list(here.pack.services.values())
    ours = [one for one in services if kind in one.kinds] or services
    return list(dict.fromkeys(one.inquiry_phone for one in ours if one.inquiry_phone))[:3]
