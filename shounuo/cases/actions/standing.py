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
    case = Case.objects.select_related("organisation", "section", "handing_to").get(stream=stream)
    edition = edition_of(case.adoption_id)
    facts = facts_of(ledger.read(stream))
    return Before(case, edition, facts, judge(edition, facts, max(civil(at), facts[0].at)))
