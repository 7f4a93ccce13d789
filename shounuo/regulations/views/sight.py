"""An adopted edition as its pages see it: found by access, with the day it is looked at."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.regulations import access
from shounuo.regulations.editions import edition_of
from shounuo.regulations.models import Adoption
from shounuo.regulations.wording import said
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Pack


@dataclass(frozen=True, slots=True)
class Sight:
    """An adoption, its compiled edition, who looks, and when (aware)."""

    adoption: Adoption
    edition: Edition
    actor: Actor
    now: datetime

    @property
    def pack(self) -> Pack:
        """The regulation."""
        return self.edition.pack

    @property
    def title(self) -> str:
        """The regulation's name in the reader's language."""
        return said(self.pack.head.title)

    @property
    def organisation(self) -> Unit:
        """Whose edition it is."""
        return self.adoption.organisation

    @property
    def today(self) -> date:
        """The civil day."""
        return civil(self.now).date()

    @property
    def in_force(self) -> bool:
        """Whether it governs what is received today."""
        until = self.adoption.in_force_to
        return self.adoption.in_force_from <= self.today and (until is None or self.today < until)

    @property
    def ended(self) -> bool:
        """Whether another edition has taken its place."""
        return self.adoption.in_force_to is not None and self.adoption.in_force_to <= self.today


def sight_of(actor: Actor, adoption_id: int) -> Sight:
    """The adoption with this id, seen now; "not found" and "not yours" answer alike."""
    adoption = access.find(actor, adoption_id)
    if adoption is None:
        raise Http404
    return Sight(adoption, edition_of(adoption.pk), actor, timezone.now())


def house_or_404(actor: Actor) -> Unit:
    """The organisation of somebody in post."""
    house = access.house_of(actor)
    if house is None:
        raise Http404
    return house


def changed_meanwhile(request: HttpRequest) -> HttpResponse:
    """409: somebody else changed the organisation's regulations while this page was open."""
    reason = _("刚才有人同时改动了本单位的制度，请重看一遍再定。")
    return render(request, "409.html", {"reason": reason}, status=409)
