"""Telling those who asked, at the number they left. A courtesy beside what the law requires to be told: the fact
`party_told` is recorded by whoever told the party, never by this."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shounuo.cases.models import Case, Party
from shounuo.ledger.moments import civil, instant
from shounuo.ledger.rows import FactRow
from shounuo.outbox.actions import enqueue_all, message
from shounuo.outbox.models import Message
from shounuo.reminders.timing import in_party_hours

KINDS = frozenset(
    {
        "notice_issued",
        "party_told",
        "answered",
        "completed",
        "declined",
        "not_accepted",
        "appointed",
        "deferred",
    }
)
"""Kinds of fact the party gets a message of."""

TOLD_OF = frozenset({"extension", "section"})
"""What a `party_told` may be of, to be repeated in a message."""

IN_PERSON = frozenset({"in_person", "message"})
"""Ways after which no message follows: the person stood there, or has one already."""

TOO_OLD = timedelta(days=4)
"""What is recorded later than this after it happened is no news to anybody; a long weekend is shorter."""


def tell_parties(rows: Sequence[FactRow], cases: Mapping[UUID, Case], at: datetime) -> None:
    """Put a message into the outbox for each fact that concerns a party who left a number; each fact once."""
    wanted = [row for row in rows if _concerns(row, at)]
    streams = {row.stream for row in wanted}
    reached = set(
        Party.objects.filter(case__stream__in=streams).exclude(phone="").values_list("pk", flat=True)
    )
    enqueue_all(_message(row, cases[row.stream], at) for row in wanted if row.stream in reached & set(cases))


def _concerns(row: FactRow, at: datetime) -> bool:
    if row.kind not in KINDS or row.at < at - TOO_OLD:
        return False
    if row.kind == "party_told" and row.data.get("of") not in TOLD_OF:
        return False
    return row.data.get("way") not in IN_PERSON


def _message(row: FactRow, case: Case, at: datetime) -> Message:
    payload: dict[str, Any] = {"what": "party", "kind": row.kind, "of": str(row.data.get("of", "")),
                               "stream": row.stream.hex, "number": case.number}  # fmt: skip
    due = max(at, instant(in_party_hours(civil(at))))
    return message(f"party:{row.stream.hex}:{row.seq}", "sms", payload, at, due, str(case.organisation_id))
