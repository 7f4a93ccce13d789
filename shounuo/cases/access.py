"""Who may see a matter and do what with it: one table, which queries, pages, actions and tests share."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from shounuo.cases.models import Case, CaseQuerySet
from shounuo.commitments.access import SEES_ALL, SEES_RATINGS, SEES_SECTION, in_scope
from shounuo.organisation.access import Actor
from shounuo.organisation.chains import What
from shounuo.organisation.models import Unit
from shounuo.rules.judgement import Reason

_WORK = frozenset({"handler", "section_head", "answerable_clerk"})
_ASKED = _WORK | {"answerable"}
_OFFICE = frozenset({"service_office", "duty_supervisor"})

GRANTS: dict[str, frozenset[str]] = {
    "register": frozenset({"first_asked_clerk", "handler", "section_head", "duty_supervisor"}),
    "take_up": frozenset({"first_asked_clerk", "section_member", "section_head", "duty_supervisor"}),
    "accept": _WORK,
    "refuse_acceptance": _WORK,
    "issue_notice": _WORK,
    "receive_materials": _WORK | {"first_asked_clerk"},
    "mark_complete": _WORK,
    "hand_over": _WORK,
    "accept_hand_over": frozenset({"receiving_member"}),
    "return_hand_over": frozenset({"receiving_member"}),
    "tell_section": _ASKED,
    "assign": frozenset({"section_head", "duty_supervisor"}),
    "refer_to_leader": _WORK,
    "record_leader_decision": frozenset({"leader_in_charge"}),
    "refer_for_study": _WORK,
    "finish_study": _WORK,
    "consult": _ASKED,
    "promise_date": _WORK,
    "request_extension": _WORK,
    "grant_extension": frozenset({"leader_in_charge"}),
    "refuse_extension": frozenset({"leader_in_charge"}),
    "tell_extension": _WORK,
    "explain": _ASKED,
    "guide": _ASKED,
    "tell_party": _ASKED,
    "appoint": _ASKED | {"party", "first_asked_clerk"},
    "defer": _WORK,
    "record_visit": _ASKED | {"section_member", "first_asked_clerk"},
    "arrive": _WORK | {"section_member"},
    "restore": _WORK | {"section_member"},
    "relay": _WORK,
    "record_relay_answer": _ASKED,
    "answer": _ASKED,
    "complete": _WORK,
    "decline": _WORK,
    "transfer_out": _WORK,
    "merge": _ASKED | {"duty_supervisor"},
    "withdraw": _ASKED | {"party"},
    "tell_askers": _ASKED | {"first_asked"} | _OFFICE,
    "return_visit": _OFFICE | {"section_head", "first_asked_clerk"},
    "rate": frozenset({"party"}),
    "record_rating": _OFFICE,
    "contact_rater": frozenset({"section_head"}) | _OFFICE,
    "remedy": frozenset({"section_head"}) | _OFFICE,
    "appeal_rating": frozenset({"section_head", "leader_in_charge"}),
    "decide_rating_appeal": frozenset({"service_office"}),
    "dispute": _ASKED | _OFFICE | {"party", "first_asked", "first_asked_clerk"},
    "answer_dispute": frozenset({"section_head"}) | _OFFICE,
    "reopen": frozenset({"section_head", "leader_in_charge"}) | _OFFICE,
    "close": _WORK | _OFFICE,
    "correct": frozenset({"section_head", "service_office", "leader_in_charge"}),
    "add_note": _ASKED | {"party", "section_member", "leader_in_charge", "service_office"},
}
"""Verb -> who may do it, as relations to the matter (see ``relations``)."""

HANDS_OUT_PAPERS = _ASKED | _OFFICE | {"first_asked", "first_asked_clerk"}
"""Who prints what goes to the person who asked."""

PARTY_VERBS = frozenset({"withdraw", "rate", "dispute", "appoint", "add_note"})
"""What the person who asked may do with number and secret."""


@dataclass(frozen=True, slots=True)
class NotYours(Exception):
    """The actor may see the matter but this verb belongs to somebody else."""

    why: Reason


GROUP_OF = {
    "front_desk": frozenset(
        {"register", "take_up", "accept_hand_over", "return_hand_over", "record_visit", "appoint"}
    ),
    "approving": frozenset(
        {"assign", "record_leader_decision", "grant_extension", "refuse_extension", "reopen", "correct"}
        | {"decide_rating_appeal", "answer_dispute"}
    ),
}
"""Group of verbs that an absent person may entrust -> its verbs; every other verb is “handling”."""


def group_of(verb: str) -> str:
    """The group a verb belongs to when it is entrusted to a delegate."""
    return next((group for group, verbs in GROUP_OF.items() if verb in verbs), "handling")


def visible(actor: Actor) -> Q:
    """The matters an actor may see, as a condition on Case: those of their posts, and what is in scope of those for
    whom they stand in."""
    seen = _visible(actor)
    for one in actor.standing:
        seen |= _visible(one.actor) & in_scope(one)
    return seen


def _visible(actor: Actor) -> Q:
    """Their own, those of their units and those handed to them, every one of the house for some roles, for clerks
    what nobody has taken up, for a post in the house itself what lies with no section. The organisation is always
    said by itself: lists are read along its index.
    """
    houses = frozenset({actor.organisation_id or 0, *(held.house_id for held in actor.held)})
    all_of = frozenset(held.house_id for held in actor.held if held.role in SEES_ALL)
    if houses - {0} <= all_of:
        return Q(organisation__in=all_of)
    seen = Q(first_asked=actor.actor_id) | Q(handler=actor.actor_id) | Q(answerable=actor.actor_id)
    if all_of:
        seen |= Q(organisation__in=all_of)
    if units := frozenset[int]().union(*(held.reach for held in actor.held if held.role in SEES_SECTION)):
        seen |= Q(section__in=units) | Q(handing_to__in=units)
        if posted := houses & units:
            seen |= Q(organisation__in=posted, section__isnull=True)
    if untaken := {held.house_id for held in actor.held if held.role == "first_asked_clerk"}:
        seen |= Q(organisation__in=untaken, first_asked="")
    return Q(organisation__in=houses) & seen


def seen_by(actor: Actor) -> CaseQuerySet:
    """The matters an actor may see."""
    return Case.objects.filter(visible(actor))


def find(actor: Actor, number: str) -> Case | None:
    """A matter by its printed number; None alike when there is none and when it is not the actor's to see."""
    case = Case.objects.select_related("organisation", "section", "handing_to").numbered(number)
    return case if case and seen_by(actor).filter(pk=case.pk).exists() else None


def ids_of(actor: Actor) -> frozenset[str]:
    """The actor ids in whose place somebody acts: their own, and of those they stand in for."""
    return frozenset({actor.actor_id, *(one.actor.actor_id for one in actor.standing)})


def relations(actor: Actor, case: Case) -> frozenset[str]:
    """What an actor is to a matter, by themselves or in the place of somebody absent."""
    about = What(case.kind, case.service)
    standing = [own_relations(one.actor, case) for one in actor.standing if one.covers(about)]
    return own_relations(actor, case).union(*standing)


def own_relations(actor: Actor, case: Case) -> frozenset[str]:
    """What an actor is to a matter by themselves: answerable, handler, member or head of its section, leader, …"""
    named = {"handler": case.handler, "answerable": case.answerable, "first_asked": case.first_asked}
    found = {name for name, who in named.items() if who == actor.actor_id}
    if "answerable" in found and actor.has("first_asked_clerk") and case.handler in ("", actor.actor_id):
        found.add("answerable_clerk")
    section = case.section or case.organisation
    found |= _in_section(actor, section)
    if case.handing_to and actor.in_unit(case.handing_to.pk):
        found.add("receiving_member")
    in_house = {h.role for h in actor.held if case.organisation.path.startswith(h.house_path)}
    return frozenset(
        found | (in_house & {"service_office", "duty_supervisor", "first_asked_clerk", "auditor"})
    )


def _in_section(actor: Actor, section: Unit) -> set[str]:
    found = set()
    if actor.in_unit(section.pk):
        found.add("section_member")
    if actor.has("section_head", section):
        found.add("section_head")
    if actor.has("leader_in_charge", section):
        found.add("leader_in_charge")
    return found


def refusal(actor: Actor, verb: str, case: Case) -> Reason | None:
    """Why an actor who may see the matter may not do the verb; None when they may."""
    if GRANTS[verb] & own_relations(actor, case) or on_behalf_of(actor, verb, case):
        return None
    return Reason("not_your_role", {"who": sorted(GRANTS[verb])})


def on_behalf_of(actor: Actor, verb: str, case: Case) -> str:
    """In whose place an actor does the verb, as an actor id; "" when it is theirs, or nobody's they stand in for."""
    if GRANTS[verb] & own_relations(actor, case):
        return ""
    what = What(case.kind, case.service, group_of(verb))
    able = (one.actor for one in actor.standing if one.covers(what))
    return next((one.actor_id for one in able if GRANTS[verb] & own_relations(one, case)), "")


def hands_out_papers(actor: Actor, case: Case) -> bool:
    """Whether an actor prints the papers of a matter."""
    return bool(HANDS_OUT_PAPERS & relations(actor, case))


def reads_secret(actor: Actor, case: Case) -> bool:
    """Whether the papers an actor prints carry the secret and the code to rate: at the counter and by the office while
    the matter is open, afterwards only by somebody who is not rated, since with them one may do the party's verbs.
    """
    found, counter = relations(actor, case), _OFFICE | {"first_asked_clerk"}
    if not case.ended:
        return bool((counter | {"first_asked"}) & found)
    return bool(counter & found) and not is_rated(actor, case)


def is_rated(actor: Actor, case: Case) -> bool:
    """Whether a rating of this matter is one of the actor's own work: handler, first asked, member of the section."""
    return bool({"handler", "answerable", "first_asked", "section_member"} & relations(actor, case))


def sees_rating(actor: Actor, case: Case) -> bool:
    """Whether an actor may read level and words of a rating, and the clocks it began."""
    found = relations(actor, case)
    return bool(SEES_RATINGS & found) and not {"handler", "answerable", "first_asked"} & found


def worked_on(actors: frozenset[str]) -> QuerySet[Case, Any]:
    """The streams of the matters of which any of these is handler, answerable or first asked."""
    named = Q(handler__in=actors) | Q(answerable__in=actors) | Q(first_asked__in=actors)
    return Case.objects.filter(named).order_by().values("stream")


def gains(actor: Actor, case: Case) -> bool:
    """Whether a breach of this matter that is taken away would be the actor's own or their section's."""
    return bool(
        {"handler", "answerable", "first_asked", "section_member", "section_head"} & relations(actor, case)
    )


def registers(actor: Actor) -> bool:
    """Whether an actor may register new matters."""
    return bool(GRANTS["register"] & actor.roles)


def today_of(actor: Actor) -> CaseQuerySet:
    """Open matters that wait for this actor, what is due first on top."""
    return Case.objects.open().filter(Q(handing_to__in=actor.unit_ids) | mine(actor)).by_due()


def mine(actor: Actor) -> Q:
    """Matters that name the actor, and in scope those that name somebody they stand in for."""
    named = _named(actor)
    for one in actor.standing:
        named |= _named(one.actor) & in_scope(one)
    return named


def _named(actor: Actor) -> Q:
    return Q(handler=actor.actor_id) | Q(answerable=actor.actor_id)
