"""Who may see a matter and do what with it: one table, which queries, pages, actions and tests share."""

from dataclasses import dataclass

from django.db.models import Q

from shounuo.cases.models import Case, CaseQuerySet
from shounuo.commitments.access import SEES_ALL, SEES_SECTION
from shounuo.organisation.access import Actor
from shounuo.organisation.models import Unit
from shounuo.rules.judgement import Reason

_WORK = frozenset({"handler", "section_head", "answerable_clerk"})

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
    "tell_section": _WORK | {"answerable"},
    "assign": frozenset({"section_head", "duty_supervisor"}),
    "refer_to_leader": _WORK,
    "record_leader_decision": frozenset({"leader_in_charge"}),
    "refer_for_study": _WORK,
    "finish_study": _WORK,
    "promise_date": _WORK,
    "request_extension": _WORK,
    "grant_extension": frozenset({"leader_in_charge"}),
    "refuse_extension": frozenset({"leader_in_charge"}),
    "tell_extension": _WORK,
    "explain": _WORK | {"answerable"},
    "guide": _WORK | {"answerable"},
    "answer": _WORK | {"answerable"},
    "complete": _WORK,
    "decline": _WORK,
    "withdraw": _WORK | {"answerable"},
    "rate": frozenset({"party"}),
    "correct": frozenset({"section_head", "service_office"}),
    "add_note": _WORK | {"answerable", "section_member", "leader_in_charge", "service_office"},
}
"""Verb -> who may do it, as relations to the matter (see ``relations``)."""

HANDS_OUT_PAPERS = _WORK | {"answerable", "first_asked_clerk"}
"""Who prints the party's papers and so reads the secret; with it one may do the party's verbs."""

PARTY_VERBS = frozenset({"withdraw", "rate"})
"""What the person who asked may do with number and secret."""


@dataclass(frozen=True, slots=True)
class NotYours(Exception):
    """The actor may see the matter but this verb belongs to somebody else."""

    why: Reason


def visible(actor: Actor) -> Q:
    """The matters an actor may see, as a condition on Case: their own, those of their units and those handed to
    them, every one of the house for some roles, and for clerks what nobody has taken up."""
    mine = Q(first_asked=actor.actor_id) | Q(handler=actor.actor_id) | Q(answerable=actor.actor_id)
    houses = [held.house_path for held in actor.held if held.role in SEES_ALL]
    units = [held.unit_path for held in actor.held if held.role in SEES_SECTION]
    seen = mine
    for path in houses:
        seen |= Q(organisation__path=path)
    for path in units:
        seen |= Q(section__path__startswith=path) | Q(handing_to__path__startswith=path)
    untaken = [held.house_path for held in actor.held if held.role == "first_asked_clerk"]
    for path in untaken:
        seen |= Q(organisation__path=path, first_asked="")
    return seen


def seen_by(actor: Actor) -> CaseQuerySet:
    """The matters an actor may see."""
    return Case.objects.filter(visible(actor))


def find(actor: Actor, number: str) -> Case | None:
    """A matter by its printed number; None alike when there is none and when it is not the actor's to see."""
    case = Case.objects.select_related("organisation", "section", "handing_to").numbered(number)
    return case if case and seen_by(actor).filter(pk=case.pk).exists() else None


def relations(actor: Actor, case: Case) -> frozenset[str]:
    """What an actor is to a matter: answerable, handler, member or head of its section, leader, …"""
    found = {"handler"} if case.handler == actor.actor_id else set()
    if case.answerable == actor.actor_id:
        found.add("answerable")
        if actor.has("first_asked_clerk") and case.handler in ("", actor.actor_id):
            found.add("answerable_clerk")
    section = case.section or case.organisation
    found |= _in_section(actor, section)
    if case.handing_to and actor.in_unit(case.handing_to.pk):
        found.add("receiving_member")
    in_house = {h.role for h in actor.held if case.organisation.path.startswith(h.house_path)}
    return frozenset(found | (in_house & {"service_office", "duty_supervisor", "first_asked_clerk"}))


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
    if GRANTS[verb] & relations(actor, case):
        return None
    return Reason("not_your_role", {"who": sorted(GRANTS[verb])})


def hands_out_papers(actor: Actor, case: Case) -> bool:
    """Whether an actor may read the secret on the receipt and the notice."""
    return bool(HANDS_OUT_PAPERS & relations(actor, case))


def registers(actor: Actor) -> bool:
    """Whether an actor may register new matters."""
    return bool(GRANTS["register"] & actor.roles)


def today_of(actor: Actor) -> CaseQuerySet:
    """Open matters that wait for this actor, what is due first on top."""
    own = Q(handler=actor.actor_id) | Q(answerable=actor.actor_id)
    handed = Q(handing_to__in=actor.unit_ids)
    return Case.objects.open().filter(own | handed).by_due()
