"""The one way a matter changes: judge, check the verb, append facts, write what they mean.

All in one transaction, by compare-and-swap on the matter's version.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from shounuo.cases import access
from shounuo.cases.actions.standing import Before, judging_moment, stand
from shounuo.cases.actions.time import catch_up, come_due
from shounuo.cases.actions.writing import project
from shounuo.cases.models import Case, Notice, Words
from shounuo.cases.stream import facts_to_be, latest
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import Conflict, NewFact
from shounuo.ledger.moments import civil, instant
from shounuo.organisation.access import Actor
from shounuo.organisation.actions.recording import Stamp
from shounuo.rules.engine import judge
from shounuo.rules.facts import data_faults
from shounuo.rules.judgement import Reason, Verb

CLOCKS_DIFFER = timedelta(minutes=1)
BY_ITSELF = ("warned", "breached", "due_moved")
"""Facts the house records by itself as time passes."""


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
        if come_due(before) and catch_up(before, stamp.at):
            before = stand(stream, stamp.at)
        _check(before, verb, actor, stamp)
        puts = list(make(before))
        case = _append(before, puts, stamp)
        _keep_words(case, before.case.version, puts, stamp)
    return case


def _check(before: Before, verb: str, actor: Actor | None, stamp: Stamp) -> None:
    if stamp.at < before.case.received_at:
        raise NotAllowed(Reason("before_receipt"))
    if stamp.recorded_at is not None and stamp.at > stamp.recorded_at + CLOCKS_DIFFER:
        raise NotAllowed(Reason("moment_in_future"))
    for judged in (before.judged.verbs[verb], *_as_recorded(before, verb)):
        if not judged.allowed:
            raise NotAllowed(judged.why or Reason("not_now"))
    if actor is None:
        if verb not in access.PARTY_VERBS:
            raise NotAllowed(Reason("not_for_party"))
    elif why := access.refusal(actor, verb, before.case):
        raise access.NotYours(why)


def _as_recorded(before: Before, verb: str) -> Iterator[Verb]:
    """The verb in the light of what people already recorded for later moments: what is dated back must fit that
    too, so that nobody ends a matter a second time, and earlier.
    """
    later = [f.at for f in before.facts if f.at > before.judged.at and f.kind not in BY_ITSELF]
    if later:
        yield judge(before.edition, before.facts, max(later)).verbs[verb]


def _append(before: Before, puts: Sequence[Put], stamp: Stamp) -> Case:
    new = [put.fact for put in puts]
    for fact in new:
        if faults := data_faults(fact.kind, _said(fact)):
            raise ValueError(f"{fact.kind}: {'; '.join(faults)}")
    case = before.case
    recorded = stamp.recorded_at or stamp.at
    rows = ledger.append(case.stream, case.version, case.head, new, recorded)
    facts = [*before.facts, *facts_to_be(new, case.version)]
    at = judging_moment(stamp)
    moment = latest(facts, civil(at))
    judged = judge(before.edition, facts, moment, with_verbs=False)
    return project(case, facts, judged, rows[-1], max(at, instant(moment)))


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
