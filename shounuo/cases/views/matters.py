"""The list of matters: filters in the address, pages, counts that stop at a thousand."""

from datetime import datetime
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from shounuo.cases import access
from shounuo.cases.forms import FilterForm
from shounuo.cases.forms.filters import NEWEST, SORTS
from shounuo.cases.horizon import horizon
from shounuo.cases.listing import as_sheet
from shounuo.cases.models import CaseQuerySet
from shounuo.cases.newest import Newest
from shounuo.cases.rows import rows
from shounuo.cases.saved import saved_of
from shounuo.commitments import sheets
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.editions import NotAdopted, governing
from shounuo.regulations.wording import said
from shounuo.rules.edition import Edition

PER_PAGE, CAP = 50, 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Counts no further than `CAP`; what lies behind is found by filtering."""

    @cached_property
    def reached(self) -> int:
        """How many there are, at most one more than the cap."""
        return cast("CaseQuerySet | Newest", self.object_list).reached(CAP + 1)

    @cached_property
    def count(self) -> int:
        """How many the pages show."""
        return min(self.reached, CAP)

    @property
    def more(self) -> bool:
        """Whether there are more than the pages show."""
        return self.reached > CAP


@require_safe
@staff_page
def matters(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every matter the reader may see, filtered and sorted as the address says."""
    now = timezone.now()
    known = _known(actor, now)
    form, found = _asked(request, actor, now, known)
    pages = CappedPaginator(_in_order(form, found), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = {
        "form": form, "page": page, "more": pages.more, "cap": CAP, "saved": saved_of(actor),
        "query": request.GET.urlencode(), "now": civil(now), "registers": access.registers(actor),
        "rows": rows(page.object_list, civil(now), known, ribbons=False),
    }  # fmt: skip
    return render(request, "cases/matters.html", shown, status=422 if form.errors else 200)


@require_safe
@staff_page
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same matters as a spreadsheet, without what tells who asked; the list tells what cannot be used."""
    now = timezone.now()
    known = _known(actor, now)
    form, found = _asked(request, actor, now, known)
    if form.errors:
        return redirect(f"{reverse('desk-matters')}?{request.GET.urlencode()}")
    listed = list(_sorted(form, found)[: sheets.MOST + 1])
    answer = HttpResponse(
        as_sheet(listed[: sheets.MOST], now, known, len(listed) > sheets.MOST), content_type=XLSX
    )
    answer["Content-Disposition"] = f'attachment; filename="matters-{civil(now):%Y%m%d-%H%M}.xlsx"'
    return answer


def _asked(
    request: HttpRequest, actor: Actor, now: datetime, known: dict[int, Edition]
) -> tuple[FilterForm, CaseQuerySet]:
    """The filters of the address, and the matters that fit."""
    services = {
        key: said(one.title) for edition in known.values() for key, one in edition.pack.services.items()
    }
    steps = next((horizon(now, edition.calendar("office")) for edition in known.values()), None)
    form = FilterForm(request.GET, _sections(actor), services, steps)
    return form, form.apply(access.seen_by(actor), actor)


def _known(actor: Actor, now: datetime) -> dict[int, Edition]:
    """The edition in force in the reader's house, by its adoption; none where none is adopted."""
    try:
        adoption, edition = governing(actor.organisation_id or 0, now)
    except NotAdopted:
        return {}
    return {adoption: edition}


def _sections(actor: Actor) -> list[Unit]:
    return list(
        Unit.objects.filter(organisation=actor.organisation_id or 0, kind=Unit.Kind.SECTION).order_by("path")
    )


def _in_order(form: FilterForm, found: CaseQuerySet) -> Any:
    """The matters in the order asked for, read no further than a page needs."""
    return form.by_words if form.by_words and form.sort == NEWEST else _sorted(form, found)


def _sorted(form: FilterForm, found: CaseQuerySet) -> CaseQuerySet:
    return found.order_by(*SORTS[form.sort]).select_related("section", "handing_to")
