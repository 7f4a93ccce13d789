"""Taking a matter in: one transaction from idempotency key to receipt, written for speed.

Everything the receipt acknowledges is committed before it is returned. The rows are made by
hand here because this is the busiest path of the house: on PostgreSQL they go out as one
statement, on SQLite as a few prepared ones.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from shounuo.cases.actions.recording import NotAllowed, check_entry
from shounuo.cases.actions.standing import judging_moment
from shounuo.cases.counter import section_of
from shounuo.cases.intake_rows import Row, insert_all
from shounuo.cases.models import Case, Intake
from shounuo.cases.projection import case_values, section_ids
from shounuo.cases.receipts import secret_of
from shounuo.cases.search import grams_of
from shounuo.cases.stream import facts_to_be
from shounuo.commitments.actions import Whose, check_row, clock_values
from shounuo.ledger.actions import NewFact
from shounuo.ledger.moments import civil
from shounuo.ledger.rows import new_stream, rows_for_insert, start
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.regulations.editions import governing
from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.judgement import Judgement, Reason


class KeyReused(Exception):
    """The same key came with different contents: nothing was taken in (HTTP 422)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks for. ``key`` makes a repeated submission return the first answer.

    ``place`` says where a fault is (urban, rural, remote), ``urgent`` that it cannot wait, ``in_remit`` whether it is
    the house's to decide (None: nobody has said), ``catch_up`` why it is entered later than it came (outage, paper, …).
    ``staff`` is the actor id of the first employee asked, empty when the matter comes in by itself
    (portal, letter); ``complete`` says that all papers were there, so that it is accepted at once.
    Without a ``section`` it lies with that of the service, else with the section of that employee.
    """

    kind: str
    channel: str
    words: str
    key: str
    service: str = ""
    section: Unit | None = None
    name: str = ""
    phone: str = ""
    address: str = ""
    anonymous: bool = False
    staff: str = ""
    visit: str = ""
    complete: bool = False
    place: str = ""
    urgent: bool = False
    in_remit: bool | None = None
    catch_up: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the party takes away: number, secret, and whether this submission had been taken in before."""

    stream: UUID
    number: str
    secret: str
    again: bool


def take_in(organisation: Unit, asking: Asking, stamp: Stamp, scope: str) -> Receipt:
    """Take a matter in and return its receipt once everything is committed.

    ``scope`` separates the keys of different senders (a session, an API client). Raises
    `KeyReused`, `NotAdopted` when no edition governs the organisation, `NotAllowed` for an
    unknown service or one that is not for this kind of matter.
    """
    adoption, edition = governing(organisation.pk, stamp.at)
    _check_service(asking, edition)
    check_entry(edition, stamp)
    stream = new_stream(stamp.recorded_at or stamp.at)
    lies = _at_counter(organisation, asking, stamp, edition)
    rows, received = _rows(organisation, lies, stamp, scope, adoption, edition, stream, fingerprint(asking))
    try:
        number = insert_all(connection, rows)
    except IntegrityError:
        first = _first_answer(scope, asking)
        if first is None:
            raise
        return first
    return Receipt(stream, f"{received.year}-{number:06d}", secret_of(stream), False)


def _at_counter(organisation: Unit, asking: Asking, stamp: Stamp, edition: Edition) -> Asking:
    """A matter of no section, or of one that is not there, lies with the section of the clerk who took it in; what
    comes in by itself stays everybody's.
    """
    service = edition.service(asking.service)
    if (
        not asking.staff
        or asking.section
        or section_ids(organisation.pk, [service.section if service else ""])
    ):
        return asking
    return replace(asking, section=section_of(asking.staff, organisation.pk, stamp.at))


def _check_service(asking: Asking, edition: Edition) -> None:
    """An application needs a service that takes applications; a repair may name one that takes repairs; one may
    enquire about, suggest or praise anything.
    """
    if asking.kind == "application" and not asking.service:
        raise NotAllowed(Reason("service_needed"))
    if asking.service:
        service = edition.service(asking.service)
        if service is None or (asking.kind in ("application", "repair") and asking.kind not in service.kinds):
            raise NotAllowed(Reason("unknown_service"))


def new_facts(asking: Asking, edition: Edition, stamp: Stamp) -> list[NewFact]:
    """The facts of an intake: received, first asked, and accepted with complete papers."""
    service = edition.service(asking.service)
    section = asking.section.code if asking.section else (service.section if service else "")
    said = {"kind": asking.kind, "service": asking.service, "channel": asking.channel, "visit": asking.visit,
            "section": section, "place": asking.place, "urgent": asking.urgent or None, "in_remit": asking.in_remit,
            "catch_up": asking.catch_up, **asking.more}  # fmt: skip
    by = asking.staff or "party"
    facts = [_fact(stamp, "received", by, said)]
    if asking.staff:
        facts.append(
            _fact(stamp, "first_asked", by, {"person": by, "section": section, "visit": asking.visit})
        )
    if asking.complete and asking.staff:
        facts.append(_fact(stamp, "accepted", by, {}))
        facts.append(_fact(stamp, "materials_complete", by, {"visit": asking.visit}))
    return facts


def _fact(stamp: Stamp, kind: str, by: str, data: dict[str, Any]) -> NewFact:
    return NewFact(
        kind, stamp.at, by, {k: v for k, v in data.items() if v not in ("", None)}, None, stamp.marks
    )


def _rows(
    organisation: Unit,
    asking: Asking,
    stamp: Stamp,
    scope: str,
    adoption: int,
    edition: Edition,
    stream: UUID,
    mark: str,
) -> tuple[list[Row], datetime]:
    new = new_facts(asking, edition, stamp)
    recorded = stamp.recorded_at or stamp.at
    at = judging_moment(stamp)
    judged = judge(edition, facts_to_be(new, 0), civil(at), with_verbs=False)
    chained = rows_for_insert(stream, *start(stream), new, recorded)
    section = asking.section
    sections = {section.code: section.pk} if section else section_ids(organisation.pk, [judged.section])
    case = case_values(judged, sections) | {
        "stream": stream, "version": len(chained), "head": chained[-1].hash, "judged_at": at,
        "adoption_id": adoption, "organisation_id": organisation.pk, "channel": asking.channel,
        "marks": stamp.marks if stamp.marks != "back_dated" else "", "outside": None,
    }  # fmt: skip
    rows = [
        Row("cases_case", case),
        *(Row("ledger_fact", fact._asdict()) for fact in chained),
        Row("cases_words", {"stream": stream, "seq": 1, "label": "request", "text": asking.words}),
        Row("cases_party", {"stream": stream, "name": asking.name, "phone": asking.phone, "address": asking.address,
                            "anonymous": asking.anonymous}),
        Row("cases_lookup", {"stream": stream, "grams": grams_of(asking.words, asking.name, asking.phone),
                             "received_at": case["received_at"]}),
        Row("cases_intake", {"scope": scope, "key": asking.key, "fingerprint": mark,
                             "stream": stream, "at": recorded}),
    ]  # fmt: skip
    return rows + _clock_rows(organisation, judged, stream, case["section_id"]), civil(stamp.at)


def _clock_rows(organisation: Unit, judged: Judgement, stream: UUID, section: int | None) -> list[Row]:
    whose = Whose(stream, organisation.pk, section, judged.kind, judged.service or "", judged.handler or "")
    clocks = [Row("commitments_runningclock", clock_values(whose, c, frozenset())) for c in judged.clocks]
    checks = [check_row(whose, c) for c in judged.checks if c.over]
    return clocks + [Row("commitments_checkresult", _columns(check)) for check in checks]


def _columns(check: Any) -> dict[str, Any]:
    return {f.attname: getattr(check, f.attname) for f in check._meta.concrete_fields if f.attname != "id"}


def fingerprint(asking: Asking) -> str:
    """A digest of what was asked, to tell a repeated submission from a reused key."""
    said = (asking.kind, asking.channel, asking.service, asking.words, asking.name, asking.phone, asking.address,
            asking.section.code if asking.section else "", asking.anonymous, asking.complete, asking.place,
            asking.urgent, asking.in_remit, asking.catch_up, sorted(asking.more.items()))  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _first_answer(scope: str, asking: Asking) -> Receipt | None:
    with transaction.atomic():
        first = Intake.objects.filter(scope=scope, key=asking.key).first()
        if first is None:
            return None
        if first.fingerprint != fingerprint(asking):
            raise KeyReused(asking.key)
        case = Case.objects.get(stream=first.stream)
    return Receipt(first.stream, case.number, secret_of(first.stream), True)
