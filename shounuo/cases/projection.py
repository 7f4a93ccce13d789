"""What a judgement means for the case row and its clock rows. Values only; actions write them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from shounuo.ledger.moments import instant
from shounuo.organisation.models import Unit
from shounuo.rules.engine import UNDECIDED
from shounuo.rules.engine.history import moment
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, ClockState, Judgement

LIVE = (ClockState.RUNNING, ClockState.PAUSED, ClockState.BREACHED)


def leading(clocks: Sequence[Clock]) -> Clock | None:
    """The clock a list shows: the live one that is due first, else the matter's handling clock. Clocks that a
    rating began are in no list: they would tell those who were rated how.
    """
    clocks = [c for c in clocks if not c.hidden_from_rated]
    live = [c for c in clocks if c.ended_at is None and c.state in LIVE]
    if live:
        return min(live, key=lambda c: (c.due is None, c.due or c.started_at))
    return next((c for c in reversed(clocks) if c.handling), clocks[-1] if clocks else None)


def raised(facts: Iterable[Fact]) -> frozenset[tuple[str, int, str, datetime]]:
    """Marks and breaches that already have their fact, each with its legal moment."""
    found = set()
    for fact in facts:
        if fact.kind == "warned":
            found.add((fact.data["rule"], fact.data["no"], fact.data["mark"], fact.at))
        elif fact.kind == "breached":
            found.add((fact.data["rule"], fact.data["no"], "breach", moment(fact.data["due"])))
    return frozenset(found)


def case_values(judged: Judgement, sections: dict[str, int]) -> dict[str, Any]:
    """The case row's columns that follow from a judgement; ``sections`` maps unit codes to ids."""
    lead = leading(judged.clocks)
    live = lead is not None and lead.ended_at is None
    return {
        "kind": judged.kind,
        "service": judged.service or "",
        "state": judged.state.value,
        "received_at": instant(judged.received_at),
        "ended_at": instant(judged.ended_at) if judged.ended_at else None,
        "first_asked": judged.first_asked or "",
        "answerable": judged.answerable or "",
        "handler": judged.handler or "",
        "section_id": sections.get(judged.section or ""),
        "handing_to_id": sections.get(judged.handing_to or ""),
        "due_at": instant(lead.due) if lead and lead.due and live else None,
        "provisional": bool(lead and live and lead.provisional),
        "clock_state": lead.state.value if lead else "",
        "rating": judged.rating,
        "appointed_at": instant(judged.appointed_at) if judged.appointed_at else None,
        "merged_into": judged.merged_into or "",
        "disputed": judged.disputed,
        "extension_asked": judged.extension_asked,
        "rating_appealed": judged.rating_appealed,
        "to_remedy": judged.to_remedy,
        "undecided": any(finding.code in UNDECIDED for finding in judged.findings),
    }


def section_ids(organisation_id: int, codes: Iterable[str | None]) -> dict[str, int]:
    """Ids of an organisation's units by code."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    return dict(Unit.objects.filter(organisation=organisation_id, code__in=wanted).values_list("code", "pk"))
