"""One matter: its clocks and why they are due when they are, its history, and what can be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shounuo.cases import permission
from shounuo.cases import wording as w
from shounuo.cases.actions import askers
from shounuo.cases.clock_cards import Card, card, clause_link
from shounuo.cases.forms import FORMS, Sight
from shounuo.cases.forms.notice import material_label
from shounuo.cases.models import Case, Party
from shounuo.cases.papers import listed_papers
from shounuo.cases.projection import leading
from shounuo.cases.reasons import say, say_finding
from shounuo.cases.rows import masked, title_of
from shounuo.cases.telling import timeline
from shounuo.cases.views.sight import case_or_404, sight_of
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor
from shounuo.organisation.views.entry import staff_page
from shounuo.regulations.wording import said
from shounuo.rules.judgement import CheckState, Clock, Reason

MAIN = ("complete", "answer", "arrive", "restore", "accept_hand_over", "take_up", "record_leader_decision",
        "grant_extension", "mark_complete", "tell_extension", "tell_section", "accept")  # fmt: skip
"""Verbs that may stand first, the weightiest before the others."""
RARE = frozenset({
    "consult", "tell_party", "appoint", "defer", "record_visit", "relay", "guide", "decline", "transfer_out", "merge",
    "withdraw", "refer_for_study", "refuse_acceptance", "correct", "dispute", "reopen", "close",
})  # fmt: skip
"""Verbs that stand behind one more click, where there are others to do."""
NEVER = frozenset({"only_repairs", "only_applications", "only_enquiries", "ends_with_answer"})
"""Reasons that hold for a kind of matter, whatever happens to it."""


@dataclass(frozen=True, slots=True)
class Button:
    """A verb on the page: to press, or why not."""

    name: str
    title: str
    note: str
    key: str = ""
    main: bool = False
    refused: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def matter(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The case page. A POST with `show=phone` only shows the telephone number: it writes nothing."""
    sight = sight_of(case_or_404(actor, number), actor)
    shown = request.method == "POST" and request.POST.get("show") == "phone"
    return render(request, "cases/matter.html", page_of(sight) | {"phone_shown": shown})


def page_of(sight: Sight) -> dict[str, Any]:
    """Everything the case page shows."""
    before, context = sight.before, sight.context
    case, judged = before.case, before.judged
    words = list(case.words.order_by("seq"))
    notices = list(case.notices.order_by("seq"))
    request = next((one.text for one in words if one.label == "request"), "")
    cards = clock_cards(sight)
    shown = [c for c in cards if c.live] or ([cards[0]] if cards and case.ended else [])
    can, cannot = buttons(sight)
    often = [b for b in can if b.main or b.name not in RARE]
    party = Party.objects.filter(case=case).first()
    return {
        "case": case, "judged": judged, "title": title_of(case, before.edition, request), "words": request,
        "cards": shown, "done": [c for c in cards if c not in shown], "now": civil(sight.now),
        "timeline": timeline(before.facts, [one for one in words if one.label != "request"], notices, context),
        "can": often or can, "cannot": cannot,
        "rare": [b for b in can if b not in often] if often else [],
        "checks": checks(sight), "papers": papers(sight), "party": party,
        "phone": masked(party.phone) if party else "", "findings": findings(sight),
        "proposals": proposals(sight), "people": people(sight), "letters": listed_papers(before.facts),
        "askers": askers(case),
        "rating": w.LEVELS[case.rating] if case.rating and context.sees_rating else "",
    }  # fmt: skip


def findings(sight: Sight) -> list[str]:
    """What to look at, each once, with the promise that it is about."""
    rules = sight.before.edition.pack.commitments
    told = []
    for found in sight.before.judged.findings:
        title = said(rules[found.rule].title) if found.rule in rules else ""
        words = {"title": title, "words": say_finding(found)}
        told.append(_("%(title)s：%(words)s") % words if title else words["words"])
    return list(dict.fromkeys(told))


def clock_cards(sight: Sight) -> list[Card]:
    """The leading clock first, then the live ones by due, then those that ended."""
    judged, now = sight.before.judged, civil(sight.now)
    lead = leading(judged.clocks)
    order = sorted(
        (c for c in judged.clocks if sight.context.sees_rating or not c.hidden_from_rated),
        key=lambda c: (c is not lead, c.ended_at is not None, c.due is None, c.due or c.started_at),
    )
    adoption = sight.before.case.adoption_id
    return [
        card(clock, sight.before.facts, now, sight.before.edition, adoption, owner_of(clock, sight))
        for clock in order
    ]


def owner_of(clock: Clock, sight: Sight) -> str:
    """Who answers for a clock: what they are to the matter and, where known, their name."""
    role = str(w.OWNERS[clock.owner])
    name = sight.context.who(clock.owner_id) if clock.owner_id else ""
    return _("%(role)s %(name)s") % {"role": role, "name": name} if name else role


def buttons(sight: Sight) -> tuple[list[Button], list[Button]]:
    """The verbs to press now, and the others with the reason why not: not now, or somebody else's."""
    can, cannot, year = [], [], civil(sight.now).year
    for name, words in w.VERBS.items():
        refused, warns = why_not(sight, name)
        if refused is None:
            can.append(Button(name, str(words.title), say(warns, year) or str(words.does), words.key))
        elif not _never(sight, name):
            cannot.append(Button(name, str(words.title), "", refused=refused))
    main = next((name for name in MAIN if any(b.name == name for b in can)), "")
    marked = [Button(b.name, b.title, b.note, b.key, b.name == main) for b in can]
    return sorted(marked, key=lambda b: not b.main), cannot


def _never(sight: Sight, verb: str) -> bool:
    """Whether a verb is not of this kind of matter at all: no reader waits for it."""
    why = sight.before.judged.verbs[verb].why
    return why is not None and why.code in NEVER


def why_not(sight: Sight, verb: str) -> tuple[str | None, Reason | None]:
    """Why the verb cannot be done now by this person (None: it can), and what doing it would break."""
    judged, year = sight.before.judged.verbs[verb], civil(sight.now).year
    if not judged.allowed:
        return say(judged.why or Reason("not_now"), year), None
    if verb not in FORMS:
        return say(Reason("not_your_role", {"who": ["party"]})), None
    why = permission.not_yours(sight.actor, verb, sight.before.case, sight.before.facts)
    return (say(why, year), None) if why else (None, judged.warns)


def checks(sight: Sight) -> list[dict[str, Any]]:
    """Promises judged per matter: kept or broken, and why."""
    rules, adoption = sight.before.edition.pack.commitments, sight.before.case.adoption_id
    state = {CheckState.KEPT: "met", CheckState.BROKEN: "breached", CheckState.PENDING: "no_evidence"}
    return [
        {
            "title": said(rules[one.rule].title),
            "clause": clause_link(sight.before.edition, adoption, one.clause),
            "state": state[one.state],
            "why": say(one.why, civil(sight.now).year),
        }
        for one in sight.before.judged.checks
        if one.over
    ]


def papers(sight: Sight) -> list[dict[str, Any]]:
    """The service's checklist: asked for, received, or not spoken of yet. A notice names all that is missing, so
    what it does not name is there.
    """
    service = sight.before.edition.service(sight.before.case.service)
    if service is None:
        return []
    judged, facts = sight.before.judged, sight.before.facts
    noticed = any(f.kind == "notice_issued" and f.data.get("materials") for f in facts)
    received = {one for f in facts if f.kind == "material_received" for one in f.data["materials"]}
    notes = {True: w.PAPER_ASKED, False: ""}
    return [
        {
            "name": material_label(m),
            "here": m.id not in judged.asked and (judged.complete or m.id in received or noticed),
            "asked": m.id in judged.asked,
            "note": notes[m.id in judged.asked],
        }
        for m in service.materials
    ]


def proposals(sight: Sight) -> list[dict[str, Any]]:
    """What may follow from a breach; a person decides."""
    pack, adoption = sight.before.edition.pack, sight.before.case.adoption_id
    return [
        {
            "title": said(pack.consequences[one.consequence].title),
            "because": sight.context.rule(one.because),
            "clause": clause_link(sight.before.edition, adoption, one.clause),
            "at": one.at,
        }
        for one in sight.before.judged.proposals
    ]


def people(sight: Sight) -> Mapping[str, str]:
    """First asked, answerable and handler by name; "" for nobody."""
    case: Case = sight.before.case
    named = {"first_asked": case.first_asked, "answerable": case.answerable, "handler": case.handler}
    return {role: sight.context.who(actor) if actor else "" for role, actor in named.items()}
