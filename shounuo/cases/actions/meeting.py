"""Meeting the person who asked: appointments, deferrals, visits, return visits, telling them something."""

from datetime import datetime

from shounuo.cases.actions.recording import NotAllowed, Put, one, record
from shounuo.cases.actions.standing import Before
from shounuo.cases.actions.verbs import On, do
from shounuo.cases.models import Case
from shounuo.ledger.moments import civil
from shounuo.rules.judgement import Reason


def tell_party(on: On, of: str, way: str, words: str = "") -> Case:
    """Tell the person who asked something that the rules count: contact, result, feedback, delay, …"""
    return do(on, "tell_party", "party_told", {"answer": words}, of=of, way=way)


def consult(on: On, words: str) -> Case:
    """Ask those who know what the rules mean; the person who asked is told afterwards (003-4/三.第三条)."""
    return do(on, "consult", "consulted", {"question": words})


def appoint(on: On, date: datetime, words: str = "") -> Case:
    """Make an appointment for a moment to come (aware)."""
    _check_to_come(on, date)
    return do(on, "appoint", "appointed", {"reasons": words}, date=civil(date).isoformat())


def defer(on: On, to: datetime, reason: str, words: str, way: str = "") -> Case:
    """Put a service off to a later moment (aware), with a reason; ``way`` when the person was told at once."""
    _check_to_come(on, to)

    def make(before: Before) -> list[Put]:
        agreed = before.judged.appointed_at
        if agreed is not None and civil(to) <= agreed:
            raise NotAllowed(Reason("not_later_than_agreed", {"agreed": agreed}))
        deferred = one(on.stamp, "deferred", {"reasons": words}, to=civil(to).isoformat(), reason=reason)
        return [deferred, one(on.stamp, "party_told", of="deferral", way=way)] if way else [deferred]

    return record(on.stream, "defer", make, on.actor, on.stamp, on.version)


def _check_to_come(on: On, moment: datetime) -> None:
    if moment <= on.stamp.at:
        raise NotAllowed(Reason("moment_has_passed"))


def record_visit(on: On, visit: str, words: str = "") -> Case:
    """The person who asked came; ``visit`` is the id under which acts of the same visit belong together."""
    return do(on, "record_visit", "visited", {"note": words}, visit=visit)


def return_visit(on: On, way: str, reached: bool, satisfied: bool | None, words: str) -> Case:
    """Call back after the end, by somebody else than the handler; not reached is kept as such."""
    said = {"way": way, "reached": reached} | (
        {"satisfied": satisfied} if reached and satisfied is not None else {}
    )
    return do(on, "return_visit", "return_visited", {"note": words}, **said)


def say_supplied(on: On, words: str) -> Case:
    """The person who asked says which papers they sent or brought; whether all are here is for the handler to say."""
    return do(on, "add_note", "note", {"note": words}, note="supplied")
