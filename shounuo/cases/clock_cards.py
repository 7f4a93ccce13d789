"""Clocks as staff pages show them: title, clause, chip, what is left in people's words, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from shounuo.cases.derivation import Derivation, Link, derive
from shounuo.cases.time_left import left_until
from shounuo.cases.wording import LATE
from shounuo.regulations.wording import clause_label, said
from shounuo.rules.calendars import Calendar
from shounuo.rules.edition import Edition
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, ClockState


@dataclass(frozen=True, slots=True)
class Card:
    """One clock as a page shows it. ``state`` is a chip's name, ``left`` what is left in people's words."""

    clock: Clock
    title: str
    clause: Link
    state: str
    left: str
    why: Derivation
    owner: str = ""

    @property
    def word(self) -> str:
        """What a chip says of a clock that ended: late with what."""
        late = self.clock.state is ClockState.MET_LATE
        return str(LATE.get(self.clock.ended_by or "", "")) if late else ""

    @property
    def live(self) -> bool:
        """Whether the clock still runs, waits or is late without an end."""
        return self.clock.ended_at is None


def card(
    clock: Clock, facts: Sequence[Fact], now: datetime, edition: Edition, adoption: int, owner: str = ""
) -> Card:
    """Everything a page shows of one clock at ``now`` (civil)."""
    state, left = standing(clock, edition.calendar(clock.calendar), now)
    return Card(
        clock=clock,
        title=said(edition.pack.commitments[clock.rule].title),
        clause=clause_link(edition, adoption, clock.clause),
        state=state,
        left=left,
        why=derive(clock, facts, edition, now, lambda clause: clause_page(adoption, clause)),
        owner=owner,
    )


def clause_link(edition: Edition, adoption: int, clause: str) -> Link:
    """A clause by its printed label, leading to its page."""
    return Link(clause_label(edition.pack, clause), clause_page(adoption, clause))


def clause_page(adoption: int, clause: str) -> str:
    """The staff page of a clause, "" where the regulations have brought none."""
    try:
        return reverse("regulation-clause", args=[adoption, clause])
    except NoReverseMatch:
        return ""


def standing(clock: Clock, calendar: Calendar, now: datetime) -> tuple[str, str]:
    """A clock's chip and how much is left, in words."""
    if clock.state is ClockState.MET:
        return "met", _("已在期限内做到")
    if clock.state is ClockState.MET_LATE:
        return "met_late", _("做到了，但已逾期")
    if clock.state is ClockState.VOID:
        return "void", _("事项终结，不再计时")
    if clock.state is ClockState.PAUSED:
        return "paused", _("等待补齐材料，不计时")
    if clock.due is None:
        return "out_of_coverage", _("到期日还算不出来")
    state, left = left_until(calendar, clock.due, now, clock.budget)
    return ("provisional" if clock.provisional and state == "running" else state), left
