"""What goes elsewhere: relayed and answered, transferred out, merged with an earlier matter."""

from django.db import transaction

from shounuo.cases import access
from shounuo.cases.actions.recording import NotAllowed, Put, follow_on, one, record
from shounuo.cases.actions.standing import Before
from shounuo.cases.actions.verbs import On, do
from shounuo.cases.models import Case
from shounuo.rules.judgement import Reason


def relay(on: On, to: str, way: str, words: str) -> Case:
    """Pass a question on to another body and keep the matter; ``to`` names the addressee (000/三(五).a)."""
    return do(on, "relay", "relayed", {"question": words}, to=to.strip(), way=way)


def record_relay_answer(on: On, words: str) -> Case:
    """What the other body answered; it is passed on to the person who asked by telling or answering them."""
    return do(on, "record_relay_answer", "relay_answered", {"result": words})


def transfer_out(on: On, to: str, way: str, words: str) -> Case:
    """Hand the matter to the body whose remit it is and tell the person where it went; that ends it here."""

    def make(before: Before) -> list[Put]:
        told = one(on.stamp, "party_told", {"answer": words}, of="transfer", way=way)
        return [told, one(on.stamp, "transferred_out", {"reasons": words}, to=to.strip(), way=way)]

    return record(on.stream, "transfer_out", make, on.actor, on.stamp, on.version)


def merge(on: On, number: str, way: str, words: str = "") -> Case:
    """Merge a repeat into the earlier open matter with this number; its asker is told, and stays one of the askers.

    The earlier matter keeps its own clocks, which are due first, so that nothing is won by merging.
    """
    found: list[Case] = []

    def make(before: Before) -> list[Put]:
        found.append(_target(on, number))
        _check_target(before.case, found[0])
        told = one(on.stamp, "party_told", {"answer": words}, of="merge", way=way)
        return [told, one(on.stamp, "merged", into=found[0].number)]

    with transaction.atomic():
        merged = record(on.stream, "merge", make, on.actor, on.stamp, on.version)
        follow_on(found[0].stream, [one(on.stamp, "joined", of=merged.number)], on.stamp)
    return merged


def _target(on: On, number: str) -> Case:
    found = access.find(on.actor, number) if on.actor else None
    if found is None:
        raise NotAllowed(Reason("no_such_matter"))
    return found


def _check_target(case: Case, into: Case) -> None:
    if into.pk == case.pk:
        raise NotAllowed(Reason("merged_with_itself"))
    if into.ended:
        raise NotAllowed(Reason("merged_with_ended"))
    if into.organisation_id != case.organisation_id or into.kind != case.kind:
        raise NotAllowed(Reason("merged_with_other_kind"))
    if (into.received_at, into.pk) > (case.received_at, case.pk):
        raise NotAllowed(Reason("merged_with_later"))


def askers(case: Case) -> list[Case]:
    """The repeats that were merged into a matter, whose askers are told of its result."""
    same = Case.objects.filter(organisation=case.organisation_id, merged_into=case.number)
    return list(same.select_related("party").order_by("received_at", "pk"))


def tell_askers(on: On, way: str, words: str) -> Case:
    """Tell everybody whose repeat was merged how the matter ended; each of their matters keeps that they were told."""
    with transaction.atomic():
        case = do(on, "tell_askers", "party_told", {"answer": words}, of="askers", way=way)
        for repeat in askers(case):
            follow_on(
                repeat.stream,
                [one(on.stamp, "party_told", {"answer": words}, of="result", way=way)],
                on.stamp,
            )
    return case
