"""How a change of an organisation's regulations is recorded: one fact on the organisation's stream."""

from typing import Any

from django.db.models import F

from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import NewFact
from shounuo.organisation.actions.recording import Stamp
from shounuo.organisation.models import Unit
from shounuo.regulations.models import Adoption, Remark


def record(organisation: Unit, kind: str, data: dict[str, Any], stamp: Stamp, remark: str = "") -> None:
    """Put the change on the stream, with the words of why beside it; editions in memory are made anew."""
    Adoption.objects.filter(organisation=organisation).update(stamp=F("stamp") + 1)
    head = ledger.head(organisation.stream)
    fact = NewFact(kind, stamp.at, stamp.by, data, None, stamp.marks)
    ledger.append(organisation.stream, head.seq, head.hash, [fact], stamp.recorded_at or stamp.at)
    if remark:
        Remark.objects.create(stream=organisation.stream, seq=head.seq + 1, text=remark)
