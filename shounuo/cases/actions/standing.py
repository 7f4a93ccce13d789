"""A matter as it stands at a moment: row, edition, facts and judgement. Read only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shounuo.cases.models import Case
from shounuo.cases.stream import facts_of
from shounuo.ledger import actions as ledger
from shounuo.ledger.moments import civil
from shounuo.organisation.actions.recording import Stamp
from shounuo.regulations.editions import edition_of
from shounuo.rules.edition import Edition
from shounuo.rules.engine import judge
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Judgement

PRETENDED = ("demo", "import")
"""Marks of facts whose moment of writing says nothing about when they were known."""
ROUNDS = 3
"""How often a matter is read until its row and its facts agree; a damaged one never does, and is read as it is."""


@dataclass(frozen=True, slots=True)
class Before:
    """A matter as it stood when the verb was judged."""

    case: Case
    edition: Edition
    facts: Sequence[Fact]
    judged: Judgement


def judging_moment(stamp: Stamp) -> datetime:
    """When to judge from: now, also for what is written down late; demonstrations and imports live in their own time."""
    if stamp.marks in PRETENDED:
        return stamp.at
    return max(stamp.recorded_at or stamp.at, stamp.at)


def stand(stream: UUID, at: datetime) -> Before:
    """A matter, its edition, facts and judgement at a moment."""
    case, facts = _together(stream)
    edition = edition_of(case.adoption_id)
    return Before(case, edition, facts, judge(edition, facts, max(civil(at), facts[0].at)))


def _together(stream: UUID) -> tuple[Case, list[Fact]]:
    """The row and the facts of one moment: read again when another's transaction ended between the two questions."""
    matters = Case.objects.select_related("organisation", "section", "handing_to")
    for _round in range(ROUNDS):
        case, facts = matters.get(stream=stream), facts_of(ledger.read(stream))
        if len(facts) == case.version:
            break
    return case, facts
