"""A clause: its words, its rules in words, what it leaves open, and the evidence so far.

Here and not among the regulations, because evidence is counted from clocks, one floor up.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shounuo.commitments.access import may_count
from shounuo.commitments.forms import PeriodForm
from shounuo.commitments.tallies import EVER, Tally, by_rule, tallies
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import sheet
from shounuo.regulations.views.sight import Sight, sight_of
from shounuo.regulations.wording import as_printed, clause_label, said


@require_safe
@staff_page
def clause(request: HttpRequest, actor: Actor, adoption: int, clause: str) -> HttpResponse:
    """One clause of an adopted edition."""
    here = sight_of(actor, adoption)
    found = here.pack.clauses.get(clause)
    if found is None:
        raise Http404
    form = _form(request, here)
    order = sheet.keys_in_order(here.pack)
    place = order.index(clause)
    page = {
        "here": here,
        "now": civil(here.now),
        "key": clause,
        "label": clause_label(here.pack, clause),
        "printed": as_printed(here.pack, clause),
        "text": said(found.text),
        "other": _other_language(found.text),
        "reason": said(found.reason),
        "rules": _with_evidence(here, sheet.rule_sheets(here.edition, clause, here.today), form),
        "period": form.period if form else None,
        "section": form.one_section if form else None,
        "base": f"{form.query if form else 'ever=1'}&edition={adoption}",
        "query": form.query if form else "",
        "gaps": sheet.gaps_of(here.edition, clause, here.today),
        "open": sheet.opened(here.edition, sheet.settings_of_clause(here.pack, clause), here.today),
        "place": place + 1,
        "total": len(order),
        "before": order[place - 1] if place else "",
        "after": order[place + 1] if place + 1 < len(order) else "",
    }
    return render(request, "commitments/clause.html", page)


def _other_language(text: dict[str, str]) -> tuple[str, str] | None:
    """The same words in the other language, with its code."""
    other = next((code for code in text if text[code] != said(text)), None)
    return (other, text[other]) if other else None


def _form(request: HttpRequest, here: Sight) -> PeriodForm | None:
    """The period and section the reader came with, from the matrix; None for everything so far."""
    if not any(request.GET.get(name) for name in ("month", "since", "until", "section")):
        return None
    return PeriodForm(request.GET, here.today, list(Unit.objects.sections_of(here.organisation)))


def _with_evidence(
    here: Sight, rules: list[sheet.RuleSheet], form: PeriodForm | None
) -> list[tuple[sheet.RuleSheet, Tally | None]]:
    counted = [one.key for one in rules if one.counted]
    every = (
        tallies(here.organisation.pk, here.now, form.period if form else EVER, counted, may_count(here.actor))
        if counted
        else {}
    )
    if form and form.one_section:
        every = {key: one for key, one in every.items() if key[1] == form.one_section.pk}
    found = by_rule(every)
    return [(one, found.get(one.key, Tally()) if one.counted else None) for one in rules]
