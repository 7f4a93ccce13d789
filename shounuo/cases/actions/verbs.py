"""Every verb of a matter, one function each. All say what they record; `record` does the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from shounuo.cases.actions.recording import NotAllowed, Put, one, record, simply
from shounuo.cases.actions.standing import Before
from shounuo.cases.models import Case
from shounuo.ledger.moments import civil
from shounuo.organisation.access import Actor, leader_in_charge
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.rules.judgement import ClockState, Reason
from shounuo.rules.words import WordsError, parse_words


@dataclass(frozen=True, slots=True)
class On:
    """Which matter, who, when, and the version the page showed (None: whatever it is now)."""

    stream: UUID
    actor: Actor | None
    stamp: Stamp
    version: int | None = None


def do(on: On, verb: str, kind: str, words: Mapping[str, str] | None = None, **data: Any) -> Case:
    """Record one fact by a verb."""
    return record(on.stream, verb, simply(kind, on.stamp, words, **data), on.actor, on.stamp, on.version)


def take_up(on: On, section: Unit, visit: str = "") -> Case:
    """Become the first asked of a matter that came in without staff (003-4/一.第二条.a)."""
    return do(on, "take_up", "first_asked", person=on.stamp.by, section=section.code, visit=visit)


def accept(on: On) -> Case:
    """Accept an application."""
    return do(on, "accept", "accepted")


def refuse_acceptance(on: On, reasons: Sequence[str], words: str) -> Case:
    """Refuse to accept, with reasons; the party is told (行政许可法 32)."""
    return do(on, "refuse_acceptance", "not_accepted", {"reasons": words}, reasons=list(reasons), told=True)


def receive_materials(on: On, materials: Sequence[str]) -> Case:
    """Take in some of the papers that were asked for."""
    return do(on, "receive_materials", "material_received", materials=list(materials))


def mark_complete(on: On, visit: str = "") -> Case:
    """Say that all papers are here; the clock starts, resumes or starts afresh."""

    def make(before: Before) -> list[Put]:
        missing = list(before.judged.asked)
        accepted = [] if before.judged.accepted else [one(on.stamp, "accepted")]
        received = [one(on.stamp, "material_received", materials=missing)] if missing else []
        return [*accepted, *received, one(on.stamp, "materials_complete", visit=visit)]

    return record(on.stream, "mark_complete", make, on.actor, on.stamp, on.version)


def hand_over(on: On, section: Unit, reason: str = "", words: str = "") -> Case:
    """Hand the matter to another section; answerability stays until it is accepted and the party told."""
    if section.organisation_id is None:
        raise NotAllowed(Reason("not_a_section"))
    return do(on, "hand_over", "handed_over", {"reasons": words}, section=section.code, reason=reason)


def accept_hand_over(on: On) -> Case:
    """Take over a matter that was handed to one's section."""

    def make(before: Before) -> list[Put]:
        section = before.judged.handing_to
        return [one(on.stamp, "hand_over_accepted", section=section, person=on.stamp.by)]

    return record(on.stream, "accept_hand_over", make, on.actor, on.stamp, on.version)


def return_hand_over(on: On, reason: str, words: str) -> Case:
    """Send a hand-over back; the matter stays with whoever had it."""
    return do(on, "return_hand_over", "returned", {"reasons": words}, reason=reason)


def tell_section(on: On, way: str, phone_given: bool = True) -> Case:
    """Tell the party which section now has the matter; by telephone it counts only with the section's number."""
    if way != "phone":
        return do(on, "tell_section", "party_told", of="section", way=way)
    if not phone_given:
        raise NotAllowed(Reason("phone_number_not_given"))
    return do(on, "tell_section", "party_told", of="section", way=way, phone_given=True)


def assign(on: On, person: str, section: Unit) -> Case:
    """Give the matter to a member of the section; ``person`` is an actor id."""
    return do(on, "assign", "assigned", person=person, section=section.code)


def refer_to_leader(on: On, words: str) -> Case:
    """Ask the leader in charge; the leader's clock starts, and is the leader's own (003-4/二.第一条.d)."""

    def make(before: Before) -> list[Put]:
        unit = before.case.section or before.case.organisation
        leader = leader_in_charge(unit, on.stamp.at)
        account = leader.account.actor if leader and leader.account else None
        return [one(on.stamp, "referred_to_leader", {"question": words}, leader=account)]

    return record(on.stream, "refer_to_leader", make, on.actor, on.stamp, on.version)


def record_leader_decision(on: On, words: str) -> Case:
    """The leader in charge has decided."""
    return do(on, "record_leader_decision", "leader_decided", {"decision": words})


def refer_for_study(on: On, words: str, section: Unit | None = None) -> Case:
    """Refer for study, perhaps to another section; the study clock starts (003-4/二.第一条.e)."""
    by = section.code if section else None
    return do(on, "refer_for_study", "referred_for_study", {"question": words}, section=by)


def finish_study(on: On, words: str) -> Case:
    """The study is done."""
    return do(on, "finish_study", "study_done", {"result": words})


def promise_date(on: On, day: date) -> Case:
    """Promise a day by which the party is answered (003-5/一.¶3.b), no later than may be promised: nobody is told a
    day that the clock would not keep.
    """

    def make(before: Before) -> list[Put]:
        latest = latest_promise(before)
        if day < civil(on.stamp.at).date():
            raise NotAllowed(Reason("promise_in_the_past"))
        if latest and day > latest:
            raise NotAllowed(Reason("promise_too_late", {"date": latest}))
        return [one(on.stamp, "date_promised", date=day.isoformat())]

    return record(on.stream, "promise_date", make, on.actor, on.stamp, on.version)


def latest_promise(before: Before) -> date | None:
    """The last day that may be promised: while nothing is promised, the clocks that a promise moves fall due on it."""
    rules = before.edition.pack.commitments
    due = [
        clock.due.date()
        for clock in before.judged.clocks
        if clock.due
        and clock.ended_at is None
        and any(w.by == "promised_date" for w in rules[clock.rule].within)
    ]
    return min(due, default=None)


def request_extension(on: On, rule: str, by_how_much: str, reason: str, words: str) -> Case:
    """Ask for more time before the due (003-4/二.第五条.b)."""

    def make(before: Before) -> list[Put]:
        clock = before.judged.clock(rule)
        known = before.edition.pack.commitments.get(rule)
        if clock is None or known is None or not known.extension or clock.state is not ClockState.RUNNING:
            raise NotAllowed(Reason("no_clock_to_extend"))
        if type(_words(by_how_much)) is not type(clock.budget):
            raise NotAllowed(Reason("other_kind_of_time"))
        said = {"rule": rule, "by_how_much": by_how_much, "reason": reason}
        return [one(on.stamp, "extension_requested", {"reasons": words}, **said)]

    return record(on.stream, "request_extension", make, on.actor, on.stamp, on.version)


def _words(text: str) -> Any:
    try:
        return parse_words(text)
    except WordsError:
        return None


def _request(before: Before) -> tuple[int, Mapping[str, Any], str]:
    asked = [f for f in before.facts if f.kind == "extension_requested"][-1]
    return asked.seq, asked.data, asked.by


def grant_extension(on: On) -> Case:
    """Grant what was asked; somebody else than the one who asked. Counts once the party is told."""

    def make(before: Before) -> list[Put]:
        seq, asked, by = _request(before)
        if by == on.stamp.by:
            raise NotAllowed(Reason("granted_by_the_asker"))
        return [
            one(
                on.stamp,
                "extension_granted",
                rule=asked.get("rule"),
                by_how_much=asked["by_how_much"],
                request=seq,
            )
        ]

    return record(on.stream, "grant_extension", make, on.actor, on.stamp, on.version)


def refuse_extension(on: On, words: str) -> Case:
    """Refuse more time; the due stands."""

    def make(before: Before) -> list[Put]:
        seq, asked, _by = _request(before)
        return [one(on.stamp, "extension_refused", {"reasons": words}, rule=asked.get("rule"), request=seq)]

    return record(on.stream, "refuse_extension", make, on.actor, on.stamp, on.version)


def tell_extension(on: On, way: str) -> Case:
    """Tell the party of the extension and its reason; only now it counts."""
    return do(on, "tell_extension", "party_told", of="extension", way=way)


def explain(on: On, words: str, reason: str = "") -> Case:
    """Explain to the party how things stand."""
    return do(on, "explain", "explained", {"answer": words}, reason=reason)


def guide(on: On, section: Unit, way: str, phone_given: bool = False) -> Case:
    """Show the party the right section: point, lead, or give its number (003-4/一.第三条.c, 第四条.b)."""
    return do(on, "guide", "guided", section=section.code, way=way, phone_given=phone_given)


def answer(on: On, words: str, way: str, visit: str = "") -> Case:
    """Answer an enquiry, a suggestion or praise; that ends it."""
    return do(on, "answer", "answered", {"answer": words}, way=way, visit=visit)


def complete(on: On, words: str, result: str = "", visit: str = "") -> Case:
    """Finish an application and tell the party the result."""
    return do(on, "complete", "completed", {"answer": words}, result=result, visit=visit)


def decline(on: On, reasons: Sequence[str], words: str) -> Case:
    """Decline an application or a repair, with reasons."""
    return do(on, "decline", "declined", {"reasons": words}, reasons=list(reasons))


def withdraw(on: On, words: str = "") -> Case:
    """The party takes the matter back; running clocks fall void."""
    return do(on, "withdraw", "withdrawn", {"reasons": words})


def add_note(on: On, words: str) -> Case:
    """Keep a note inside the house."""
    return do(on, "add_note", "note", {"note": words})
