"""The one way a matter changes: judge, check the verb, append facts, write what they mean.

All in one transaction, by compare-and-swap on the matter's version.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from shounuo.cases import access, permission
from shounuo.cases.actions.moved import unrecorded
from shounuo.cases.actions.standing import PRETENDED, Before, judging_moment, stand
from shounuo.cases.actions.time import catch_up, come_due, deemed_acceptance
from shounuo.cases.actions.writing import project
from shounuo.cases.models import Case, Notice, Words
from shounuo.cases.stream import facts_to_be, latest
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import Conflict, NewFact
from shounuo.ledger.moments import civil, instant
from shounuo.organisation.access import Actor
from shounuo.organisation.actions.recording import Stamp
from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.facts import ON_BEHALF_OF, data_faults
from shounuo.rules.judgement import Judgement, Reason, Verb

CLOCKS_DIFFER = timedelta(minutes=1)
BY_ITSELF = ("warned", "breached", "due_moved")
"""Facts the house records by itself as time passes."""
CATCH_UP_DAYS = 30
"""How far back something may be entered where the edition has no setting `catch_up_days`."""


class NotAllowed(Exception):
    """The verb cannot be done now; ``why`` says so in a code that pages put into words."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code)
        self.why = why


@dataclass(frozen=True, slots=True)
class Put:
    """A fact to record, with the free words and the notice that belong to it."""

    fact: NewFact
    words: Mapping[str, str] = field(default_factory=dict)
    notice: Mapping[str, Any] | None = None


Make = Callable[[Before], Sequence[Put]]


def record(
    stream: UUID, verb: str, make: Make, actor: Actor | None, stamp: Stamp, version: int | None = None
) -> Case:
    """Do one verb to a matter; returns the matter as it then stands.

    ``actor`` None means the person who asked (number and secret were checked before). ``version``
    is what the page showed; raises `Conflict` when the matter has moved on since, `NotAllowed`
    and `NotYours` with the reason when the verb is not possible.
    """
    with transaction.atomic():
        before = stand(stream, stamp.at)
        if version is not None and before.case.version != version:
            raise Conflict(str(stream))
        before = _caught_up(before, stamp)
        _check(before, verb, actor, stamp)
        behalf = access.on_behalf_of(actor, verb, before.case) if actor else ""
        puts = [_in_place_of(behalf, put) for put in make(before)]
        return _enter(before, puts, actor, stamp)


def _in_place_of(absent: str, put: Put) -> Put:
    """What a delegate does keeps both names: theirs as the one who did it, the absent person's in the fact."""
    if not absent:
        return put
    said = {**put.fact.data, ON_BEHALF_OF: absent}
    return replace(put, fact=put.fact._replace(data=said))


def follow_on(stream: UUID, puts: Sequence[Put], stamp: Stamp) -> Case:
    """Record on one matter what follows from a verb on another (a repeat joined, its asker told), inside that
    verb's transaction.
    """
    return _enter(_caught_up(stand(stream, stamp.at), stamp), puts, None, stamp)


def _caught_up(before: Before, stamp: Stamp) -> Before:
    """What has come due meanwhile is recorded first."""
    waits = come_due(before) or unrecorded(before) or deemed_acceptance(before)
    moved = waits and catch_up(before, stamp.at)
    return stand(before.case.stream, stamp.at) if moved else before


def _enter(before: Before, puts: Sequence[Put], actor: Actor | None, stamp: Stamp) -> Case:
    case = _append(before, puts, actor, stamp)
    _keep_words(case, before.case.version, puts, stamp)
    return case


def _check(before: Before, verb: str, actor: Actor | None, stamp: Stamp) -> None:
    if stamp.at < before.case.received_at:
        raise NotAllowed(Reason("before_receipt"))
    check_entry(before.edition, stamp)
    for judged in (before.judged.verbs[verb], *_as_recorded(before, verb)):
        if not judged.allowed:
            raise NotAllowed(judged.why or Reason("not_now"))
    if why := permission.not_yours(actor, verb, before.case, before.facts):
        raise NotAllowed(why) if actor is None else access.NotYours(why)


def check_entry(edition: Edition, stamp: Stamp) -> None:
    """Refuse a moment to come, and one that lies further back than may still be entered."""
    recorded = stamp.recorded_at or stamp.at
    if stamp.at > recorded + CLOCKS_DIFFER:
        raise NotAllowed(Reason("moment_in_future"))
    if stamp.marks in PRETENDED:
        return
    days = _days(edition, stamp)
    if stamp.at < recorded - timedelta(days=days):
        raise NotAllowed(Reason("too_long_ago", {"days": days}))


def _days(edition: Edition, stamp: Stamp) -> int:
    if "catch_up_days" not in edition.pack.settings:
        return CATCH_UP_DAYS
    return int(edition.setting("catch_up_days", civil(stamp.at).date()))


def _as_recorded(before: Before, verb: str) -> Iterator[Verb]:
    """The verb in the light of what people already recorded for later moments: what is dated back must fit that
    too, so that nobody ends a matter a second time, and earlier.
    """
    later = [f.at for f in before.facts if f.at > before.judged.at and f.kind not in BY_ITSELF and f.by]
    if later:
        yield judge(before.edition, before.facts, max(later)).verbs[verb]


def _append(before: Before, puts: Sequence[Put], actor: Actor | None, stamp: Stamp) -> Case:
    new = [put.fact for put in puts]
    for fact in new:
        if faults := data_faults(fact.kind, _said(fact)):
            raise ValueError(f"{fact.kind}: {'; '.join(faults)}")
    case = before.case
    recorded = stamp.recorded_at or stamp.at
    facts = [*before.facts, *facts_to_be(new, case.version)]
    at = judging_moment(stamp)
    moment = latest(facts, civil(at))
    judged = judge(before.edition, facts, moment, with_verbs=False)
    if actor is not None and _looks_back(new, stamp):
        _check_gain(before, judged, actor)
    rows = ledger.append(case.stream, case.version, case.head, new, recorded)
    return project(case, facts, judged, rows[-1], max(at, instant(moment)))


def _looks_back(new: Sequence[NewFact], stamp: Stamp) -> bool:
    """Whether facts say something about the past: corrections, and what is entered later than it happened."""
    late = stamp.at < (stamp.recorded_at or stamp.at) - CLOCKS_DIFFER and stamp.marks not in PRETENDED
    return late or any(fact.kind == "corrected" for fact in new)


def _check_gain(before: Before, after: Judgement, actor: Actor) -> None:
    """Nobody takes away a breach of their own or of their section: somebody outside of it puts the record right."""
    if not access.gains(actor, before.case):
        return
    then = judge(before.edition, before.facts, latest(before.facts, after.at), with_verbs=False)
    kept = {(c.rule, c.no) for c in after.clocks if c.breached_at}
    lost = [c for c in then.clocks if c.breached_at and (c.rule, c.no) not in kept]
    if lost:
        raise NotAllowed(Reason("removes_own_breach", {"rule": lost[0].rule}))


def _said(fact: NewFact) -> dict[str, Any]:
    return fact.data if fact.corrects is None else {**fact.data, "corrects": fact.corrects}


def _keep_words(case: Case, after: int, puts: Sequence[Put], stamp: Stamp) -> None:
    words = [
        Words(case_id=case.stream, seq=seq, label=label, text=text)
        for seq, put in enumerate(puts, after + 1)
        for label, text in put.words.items()
        if text
    ]
    Words.objects.bulk_create(words)
    for seq, put in enumerate(puts, after + 1):
        if put.notice is not None:
            Notice.objects.create(
                case_id=case.stream,
                seq=seq,
                number=put.fact.data["notice"],
                body=dict(put.notice),
                issued_at=stamp.at,
                issued_by=stamp.by,
            )


def one(stamp: Stamp, kind: str, words: Mapping[str, str] | None = None, **data: Any) -> Put:
    """One fact at the stamp's moment, empty values left out."""
    said = {key: value for key, value in data.items() if value not in (None, "", [], ())}
    return Put(NewFact(kind, stamp.at, stamp.by, said, None, stamp.marks), words or {})


def simply(kind: str, stamp: Stamp, words: Mapping[str, str] | None = None, **data: Any) -> Make:
    """A verb that records one fact whatever the matter's state."""
    return lambda _before: [one(stamp, kind, words, **data)]
