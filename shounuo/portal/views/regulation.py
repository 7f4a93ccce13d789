"""The regulation in force, to be read: every clause with what it leads to and what was decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from shounuo.portal.house import House, clause_url, show
from shounuo.portal.views.entry import public_page
from shounuo.regulations.rule_wording import rule_sentence, shape_words, value_words
from shounuo.regulations.wording import clause_label, said, said_label, without_numbers


@require_safe
@public_page
def text(request: HttpRequest, here: House) -> HttpResponse:
    """Every clause in order, under its part's heading."""
    parts: list[dict[str, Any]] = []
    for key, clause in here.pack.clauses.items():
        heading = said(clause.heading)
        if not parts or parts[-1]["heading"] != heading:
            parts.append({"heading": heading, "clauses": []})
        rules = [said(rule.title) for _shape, _key, rule in here.pack.rules_of_clause(key)]
        parts[-1]["clauses"].append({"url": clause_url(key), "label": said_label(clause), "text": said(clause.text),
                                     "rules": rules, "reason": said(clause.reason)})  # fmt: skip
    head = here.pack.head
    return show(request, here, "regulation", {"parts": parts, "title": said(head.title), "issuer": said(head.issuer),
                                              "head": head, "count": len(here.pack.clauses),
                                              "undecided": len(here.edition.undecided())})  # fmt: skip


@require_safe
@public_page
def clause(request: HttpRequest, here: House, clause: str) -> HttpResponse:
    """One clause: its words, the rules it leads to, and what it leaves open."""
    found = here.pack.clauses.get(clause)
    if found is None:
        raise Http404
    keys = list(here.pack.clauses)
    at = keys.index(clause)
    near = [
        (keys[i], clause_label(here.pack, keys[i])) if 0 <= i < len(keys) else None for i in (at - 1, at + 1)
    ]
    return show(request, here, "clause", {
        "clause": found, "label": clause_label(here.pack, clause), "text": said(found.text), "reason": said(found.reason),
        "rules": rules_of(here, clause), "settings": settings_of(here, clause),
        "before": _link(near[0]), "after": _link(near[1]), "title": said(here.pack.head.title),
    })  # fmt: skip


def _link(near: tuple[str, str] | None) -> dict[str, str] | None:
    return {"url": clause_url(near[0]), "label": near[1]} if near else None


def rules_of(here: House, clause: str) -> list[dict[str, str]]:
    """What a clause leads to, in sentences; promises link to how they are kept."""
    found = []
    for shape, key, rule in here.pack.rules_of_clause(clause):
        kept = shape == "commitment" and getattr(rule, "public", False)
        found.append({
            "shape": shape_words(shape), "title": said(rule.title), "note": without_numbers(said(rule.note)),
            "sentence": rule_sentence(here.pack, rule, here.edition, here.today),
            "url": reverse("portal-promise", args=[key]) if kept else "",
        })  # fmt: skip
    return found


def settings_of(here: House, clause: str) -> list[dict[str, Any]]:
    """What a clause leaves open: the question, what stands now, whether somebody decided."""
    undecided = here.edition.undecided()
    return [
        {"title": said(one.title), "question": said(one.question), "value": value_words(here.edition, key, here.today),
         "decided": key not in undecided}
        for key, one in here.pack.settings.items()
        if clause in one.clauses
    ]  # fmt: skip
