"""The matters behind one figure of the table of promises."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from shounuo.commitments import access
from shounuo.commitments.forms import PeriodForm
from shounuo.commitments.tallies import CHECK_STATES, EVER, condition
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.organisation.names import names_of
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import access as regulations_access
from shounuo.regulations.editions import edition_of
from shounuo.regulations.rule_wording import promise_sentence
from shounuo.regulations.views.sight import house_or_404
from shounuo.regulations.wording import clause_label, said
from shounuo.rules.edition import Edition
from shounuo.rules.shapes import Commitment

A_PAGE = 30
STATES = {"": lazy("全部"), "kept": lazy("按时"), "late": lazy("没有按时"), "overdue": lazy("逾期未结"),
          "running": lazy("未到期")}  # fmt: skip


@require_safe
@staff_page
def matters(request: HttpRequest, actor: Actor, rule: str) -> HttpResponse:
    """One promise: the clocks or checks of a period and state that the actor may see."""
    house, now = house_or_404(actor), timezone.now()
    adoption, edition, promise = _found(actor, rule, request.GET.get("edition", ""))
    form = PeriodForm(request.GET, civil(now).date(), list(Unit.objects.sections_of(house)))
    state = request.GET.get("state", "") if request.GET.get("state", "") in STATES else ""
    check = promise.form == "check"
    ever = "ever" in request.GET
    found = _rows(actor, rule, form, check, ever)
    page = Paginator(
        found.filter(CHECK_STATES[state] if check else condition(state, now)) if state else found, A_PAGE
    )
    shown = page.get_page(request.GET.get("page"))
    names = names_of(getattr(row, "handler", "") for row in shown)
    services = edition.pack.services
    context = {
        "house": house, "now": civil(now), "form": form, "adoption": adoption, "key": rule,
        "title": said(promise.title), "sentence": promise_sentence(edition, promise, civil(now).date()),
        "clause": promise.clause, "label": clause_label(edition.pack, promise.clause),
        "states": list(STATES.items()), "state": state, "check": check, "page": shown,
        "period": EVER if ever else form.period, "query": form.query,
        "base": f"{'ever=1' if ever else form.query}&edition={adoption}",
        "rows": [_told(row, names, services) for row in shown],
    }  # fmt: skip
    return render(request, "commitments/matters.html", context)


def _found(actor: Actor, rule: str, wanted: str) -> tuple[int, Edition, Commitment]:
    """The promise and its edition: the one the reader came from, else the newest that has it."""
    adoptions = list(regulations_access.adoptions_seen_by(actor).values_list("pk", flat=True))
    asked = [pk for pk in adoptions if str(pk) == wanted]
    for adoption in (*asked, *adoptions):
        edition = edition_of(adoption)
        if promise := edition.pack.commitments.get(rule):
            return adoption, edition, promise
    raise Http404


def _rows(actor: Actor, rule: str, form: PeriodForm, check: bool, ever: bool) -> QuerySet[Any]:
    period = EVER if ever else form.period
    seen: QuerySet[Any] = access.checks_seen_by(actor) if check else access.clocks_seen_by(actor)
    field = "judged_at" if check else "due_at"
    found = seen.filter(period.on(field), rule=rule).select_related("section").order_by(field, "pk")
    only = form.one_section
    return found.filter(section=only) if only else found


def _told(row: Any, names: dict[str, str], services: Any) -> Any:
    """A row with what the page says of it."""
    service = services.get(row.service)
    row.service_words = said(service.title) if service else ""
    row.whose = names.get(getattr(row, "handler", ""), "")
    row.chip = {"kept": "met", "broken": "breached", "pending": "running"}.get(row.state, row.state)
    return row
