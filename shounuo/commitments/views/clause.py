"""A clause: its words, its rules in words, what it leaves open, and the evidence so far.

Here and not among the regulations, because evidence is counted from clocks, one floor up.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shounuo.commitments.tallies import Tally, by_rule, tallies
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations import sheet
from shounuo.regulations.views.sight import Sight, sight_of
from shounuo.regulations.wording import clause_label, said


@require_safe
@staff_page
def clause(request: HttpRequest, actor: Actor, adoption: int, clause: str) -> HttpResponse:
    """One clause of an adopted edition."""
    here = sight_of(actor, adoption)
    found = here.pack.clauses.get(clause)
    if found is None:
        raise Http404
    order = sheet.keys_in_order(here.pack)
    place = order.index(clause)
    page = {
        "here": here,
        "now": civil(here.now),
        "key": clause,
        "label": clause_label(here.pack, clause),
        "text": said(found.text),
        "other": _other_language(found.text),
        "reason": said(found.reason),
        "rules": _with_evidence(here, sheet.rule_sheets(here.edition, clause, here.today)),
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


def _with_evidence(here: Sight, rules: list[sheet.RuleSheet]) -> list[tuple[sheet.RuleSheet, Tally | None]]:
    counted = [one.key for one in rules if one.counted]
    found = by_rule(tallies(here.organisation.pk, here.now, rules=counted)) if counted else {}
    return [(one, found.get(one.key, Tally()) if one.counted else None) for one in rules]
