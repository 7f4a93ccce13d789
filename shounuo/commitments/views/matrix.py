"""The clause matrix of an edition for a period and a section."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shounuo.commitments.access import may_count
from shounuo.commitments.forms import PeriodForm
from shounuo.commitments.matrix import (
    STANDINGS,
    Cell,
    at_risk_until,
    cells,
    counted_rules,
    counts_of,
    evidence,
)
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.views.sight import sight_of


@require_safe
@staff_page
def matrix(request: HttpRequest, actor: Actor, adoption: int) -> HttpResponse:
    """Every clause a cell; a cell leads to the clause with the same period and section."""
    here = sight_of(actor, adoption)
    form = PeriodForm(request.GET, here.today, list(Unit.objects.sections_of(here.organisation)))
    section = form.one_section
    found = evidence(
        here.organisation.pk, counted_rules(here.edition), here.now, at_risk_until(here.edition, civil(here.now)),
        form.period, section.pk if section else None, may_count(actor),
    )  # fmt: skip
    every = cells(here.edition, found)
    state = request.GET.get("state", "") if request.GET.get("state", "") in STANDINGS else ""
    shown = [cell for cell in every if not state or cell.standing == state]
    page = {
        "here": here, "now": civil(here.now), "form": form, "period": form.period, "query": form.query,
        "groups": _groups(shown), "counts": counts_of(every), "state": state, "total": len(every),
        "found": len(shown), "section": section,
    }  # fmt: skip
    return render(request, "commitments/matrix.html", page)


def _groups(shown: list[Cell]) -> list[tuple[str, list[Cell]]]:
    return [(heading, list(same)) for heading, same in groupby(shown, key=lambda cell: cell.heading)]
