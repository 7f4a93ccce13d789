"""Letting time pass for a matter: warnings and breaches, each once, stamped with the legal moment."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from shounuo.cases.actions.moved import facts_of_moves, keep_rows, unrecorded
from shounuo.cases.actions.standing import Before, stand
from shounuo.cases.actions.writing import project, whose
from shounuo.cases.projection import raised, section_ids
from shounuo.cases.stream import facts_to_be, latest
from shounuo.commitments import actions as commitments
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import Conflict, NewFact
from shounuo.ledger.moments import civil, instant
from shounuo.rules.engine import judge
from shounuo.rules.judgement import ClockState

Come = tuple[str, int, str, datetime]
"""(rule, no, mark or “breach”, legal moment in civil time)."""


def let_time_pass(stream: UUID, at: datetime) -> bool:
    """Record what has come due for one matter until `at`; False when another worker was first or nothing has."""
    try:
        with transaction.atomic():
            return catch_up(stand(stream, at), at)
    except Conflict:
        return False


def catch_up(before: Before, at: datetime) -> bool:
    """Record what has come due, inside the caller's transaction; whether there was anything."""
    case = before.case
    come = come_due(before)
    new = [fact_of(one, case.marks) for one in come] + facts_of_moves(before, unrecorded(before))
    new += deemed_acceptance(before)
    new.sort(key=lambda fact: fact.at)
    facts = [*before.facts, *facts_to_be(new, case.version)]
    moment = latest(facts, civil(at))
    judged = judge(before.edition, facts, moment, with_verbs=False)
    recorded = ledger.append(case.stream, case.version, case.head, new, at) if new else []
    last = recorded[-1] if recorded else ledger.read(case.stream)[-1]
    keep_rows(case.organisation_id, recorded)
    project(case, facts, judged, last, max(at, instant(moment)))
    whole = whose(case, judged, section_ids(case.organisation_id, [judged.section]))
    commitments.raise_alarms(whole, judged.clocks, marks_of(come), at)
    return bool(new)


def marks_of(come: Iterable[Come]) -> list[Come]:
    """What has come, with its moments as the database keeps them."""
    return [(rule, no, mark, instant(when)) for rule, no, mark, when in come]


def deemed_acceptance(before: Before) -> list[NewFact]:
    """The system's record that silence counted as acceptance, once; judgement works it out by itself."""
    judged, marks = before.judged, before.case.marks
    known = any(f.kind == "accepted" and f.data.get("deemed") for f in before.facts)
    if judged.deemed_at is None or known:
        return []
    said = {"deemed": True, "as_from": judged.received_at.isoformat()}
    return [NewFact("accepted", instant(judged.deemed_at), "", said, None, marks)]


def come_due(before: Before) -> list[Come]:
    """Marks and breaches that have come and have no fact yet, in legal order.

    A clock that is already breached is not warned about any more.
    """
    done = raised(before.facts)
    now, found = before.judged.at, []
    for clock in before.judged.clocks:
        if clock.breached_at is not None:
            found.append((clock.rule, clock.no, "breach", clock.breached_at))
        elif clock.state is ClockState.RUNNING and not clock.provisional:
            found += [(clock.rule, clock.no, w.mark, w.at) for w in clock.warnings if w.at <= now]
    return sorted((one for one in found if one not in done), key=lambda one: one[3])


def fact_of(come: Come, marks: str) -> NewFact:
    """The fact of a mark or breach, at its legal moment."""
    rule, no, mark, at = come
    if mark == "breach":
        data = {"rule": rule, "no": no, "due": at.isoformat()}
        return NewFact("breached", instant(at), "", data, None, marks)
    return NewFact("warned", instant(at), "", {"rule": rule, "no": no, "mark": mark}, None, marks)
