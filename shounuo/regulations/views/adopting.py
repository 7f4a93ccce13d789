"""The editions an organisation has adopted, and those it could adopt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import access
from shounuo.regulations.bundled import bundled_heads
from shounuo.regulations.editions import edition_of
from shounuo.regulations.models import Adoption
from shounuo.regulations.views.sight import Sight, house_or_404


@require_safe
@staff_page
def regulations(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is in force, what was, and what could be adopted."""
    house, now = house_or_404(actor), timezone.now()
    adoptions = list(access.adoptions_seen_by(actor))
    names = names_of(one.adopted_by for one in adoptions)
    found = [
        {
            "here": Sight(one, edition_of(one.pk), actor, now),
            "by": names.get(one.adopted_by, ""),
            **_counts(one),
        }
        for one in adoptions
    ]
    page = {
        "house": house,
        "now": civil(now),
        "adoptions": found,
        "bundled": _bundled(adoptions),
        "may_adopt": access.may(actor, "adopt", house),
    }
    return render(request, "regulations/regulations.html", page)


def _counts(adoption: Adoption) -> dict[str, Any]:
    edition = edition_of(adoption.pk)
    return {
        "clauses": len(edition.pack.clauses),
        "rules": sum(1 for _rule in edition.pack.rules()),
        "settings": len(edition.pack.settings),
        "undecided": len(edition.undecided()),
    }


def _bundled(adoptions: list[Adoption]) -> list[dict[str, Any]]:
    newest = {one.text.pack: one for one in reversed(adoptions)}
    return [
        {"head": head, "same": head.id in newest and newest[head.id].text.version == head.version}
        for head in bundled_heads()
    ]
