"""From facts to reminders and messages: what the ledger hands out, in order and each exactly once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from shounuo.cases.models import Case
from shounuo.commitments.models import RunningClock
from shounuo.ledger.actions import Handed
from shounuo.ledger.moments import instant
from shounuo.ledger.rows import FactRow
from shounuo.organisation.models import Unit
from shounuo.reminders import actions
from shounuo.reminders.actions import Told
from shounuo.reminders.actions.parties import KINDS as PARTY_KINDS
from shounuo.reminders.causes import clock_cause, fact_cause
from shounuo.reminders.models import Level
from shounuo.reminders.recipients import Hearer, Recipients
from shounuo.rules.engine.history import moment

CLOCK_KINDS = frozenset({"warned", "breached"})
STAFF_KINDS = frozenset(
    {"handed_over", "assigned", "hand_over_accepted", "extension_requested", "referred_to_leader",
     "extension_granted", "extension_refused"}
)  # fmt: skip
KINDS = CLOCK_KINDS | STAFF_KINDS | PARTY_KINDS
Clocks = Mapping[tuple[UUID, str, int], RunningClock]


class Batch(NamedTuple):
    """Facts to tell of, with the matters and clocks they are about."""

    rows: Sequence[FactRow]
    cases: Mapping[UUID, Case]
    clocks: Clocks
    recipients: Recipients


def tell(handed: Sequence[Handed], at: datetime) -> None:
    """The consumer: staff get reminders, parties messages. Imported history tells nobody anything."""
    rows = [one.row for one in handed if one.row.kind in KINDS and one.row.marks != "import"]
    if not rows:
        return
    batch = _batch(rows, at)
    channels = channels_here()
    actions.remind(_told(batch), batch.recipients, at, channels)
    actions.plan_climb(_broken(batch), batch.recipients)
    if "sms" in channels:
        actions.tell_parties(batch.rows, batch.cases, at)


def channels_here() -> frozenset[str]:
    """The ways out of the house that this installation has."""
    return frozenset(getattr(settings, "CHANNELS", ()))


def _batch(rows: Sequence[FactRow], at: datetime) -> Batch:
    streams = {row.stream for row in rows}
    cases = Case.objects.filter(stream__in=streams).select_related("organisation", "section", "handing_to")
    found = {case.stream: case for case in cases}
    about = {row.stream for row in rows if row.kind in CLOCK_KINDS}
    clocks = {(c.stream, c.rule, c.no): c for c in RunningClock.objects.filter(stream__in=about)}
    return Batch([row for row in rows if row.stream in found], found, clocks, Recipients(at))


def _told(batch: Batch) -> Iterator[Told]:
    for row in batch.rows:
        told = _of_clock(row, batch) if row.kind in CLOCK_KINDS else _of_staff(row, batch)
        if told is not None:
            yield told


def _broken(batch: Batch) -> Iterable[tuple[Case, RunningClock]]:
    for row in batch.rows:
        clock = batch.clocks.get(_key(row)) if row.kind == "breached" else None
        if clock is not None and clock.breached_at is not None and clock.ended_at is None:
            yield batch.cases[row.stream], clock


def _key(row: FactRow) -> tuple[UUID, str, int]:
    return row.stream, str(row.data.get("rule", "")), int(row.data.get("no", 0))


def _of_clock(row: FactRow, batch: Batch) -> Told | None:
    """A mark or breach, to whoever handles the matter; a warning that events have overtaken is no news."""
    clock, case = batch.clocks.get(_key(row)), batch.cases[row.stream]
    breach = row.kind == "breached"
    if clock is None or (not breach and clock.state != RunningClock.State.RUNNING):
        return None
    mark = "breach" if breach else str(row.data.get("mark", ""))
    when = instant(moment(row.data["due"])) if breach else row.at
    cause = clock_cause(row.stream, clock.rule, clock.no, mark, when)
    hearers = batch.recipients.hear(Level.OWN, case, clock)
    return Told(
        row.kind,
        Level.OWN,
        cause,
        case,
        hearers,
        when,
        clock.rule,
        clock.no,
        mark,
        clock.due_at,
        clock.urgent,
    )


def _of_staff(row: FactRow, batch: Batch) -> Told | None:
    """What waits for somebody: a matter handed over, assigned, or a decision asked for or taken."""
    case = batch.cases[row.stream]
    kind, level, hearers = _waiting_for(row, case, batch.recipients)
    others = [one for one in hearers if not _did_it(row, one, batch.recipients, case)]
    if not kind or not others:
        return None
    return Told(
        kind, level, fact_cause(row.stream, row.seq), case, others, row.at, mark=row.kind, due_at=case.due_at
    )


def _waiting_for(row: FactRow, case: Case, recipients: Recipients) -> tuple[str, str, list[Hearer]]:
    match row.kind:
        case "handed_over":
            unit = Unit.objects.filter(
                organisation=case.organisation_id, code=str(row.data.get("section", ""))
            ).first()
            waits = unit is not None and case.handing_to_id == unit.pk  # else it was accepted meanwhile
            return "incoming", Level.SECTION_HEAD, recipients.of_unit(unit, case) if unit and waits else []
        case "assigned" | "hand_over_accepted":
            return "assigned", Level.OWN, recipients.of_actor(str(row.data.get("person", "")), case)
        case "extension_requested" | "referred_to_leader":
            return "to_decide", Level.LEADER, recipients.hear(Level.LEADER, case)
        case "extension_granted" | "extension_refused":
            return "decided", Level.OWN, recipients.hear(Level.OWN, case)
    return "", "", []


def _did_it(row: FactRow, one: Hearer, recipients: Recipients, case: Case) -> bool:
    """Whether the hearer recorded the fact themselves."""
    return one.instead_of is None and one.person in recipients.persons(row.actor)
