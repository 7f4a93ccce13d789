"""Clocks as staff pages show them: title, clause, chip, what is left in people's words, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shounuo.cases.derivation import Derivation, Link, derive
from shounuo.regulations.wording import clause_label, said
from shounuo.rules.calendars import Calendar, OutOfCoverage
from shounuo.rules.edition import Edition
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, ClockState

ONE_DAY = timedelta(days=1)
SOON = 1
"""Working days left from which a clock counts as at risk."""


@dataclass(frozen=True, slots=True)
class Card:
    """One clock as a page shows it. ``state`` is a chip's name, ``left`` what is left in people's words."""

    clock: Clock
    title: str
    clause: Link
    state: str
    left: str
    why: Derivation

    @property
    def live(self) -> bool:
        """Whether the clock still runs, waits or is late without an end."""
        return self.clock.ended_at is None


def card(clock: Clock, facts: Sequence[Fact], now: datetime, edition: Edition, adoption: int) -> Card:
    """Everything a page shows of one clock at ``now`` (civil)."""
    state, left = standing(clock, edition.calendar(clock.calendar), now)
    return Card(
        clock=clock,
        title=said(edition.pack.commitments[clock.rule].title),
        clause=clause_link(edition, adoption, clock.clause),
        state=state,
        left=left,
        why=derive(clock, facts, edition, now, lambda clause: clause_page(adoption, clause)),
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
    state, left = left_until(calendar, clock.due, now)
    return ("provisional" if clock.provisional and state == "running" else state), left


def left_until(calendar: Calendar, due: datetime, now: datetime) -> tuple[str, str]:
    """The chip and the words for a live due instant: late by, today, or so many working days left."""
    if now > due:
        return "breached", _late(calendar, due, now)
    if due.date() == now.date():
        return "at_risk", _("今天 %(time)s 前") % {"time": f"{due:%H:%M}"}
    days = working_days(calendar, now, due)
    if days is None:
        return "running", _("还在期限内")
    text = ngettext("还剩 %(days)s 个工作日", "还剩 %(days)s 个工作日", days) % {"days": days}
    return ("at_risk" if days <= SOON else "running"), text


def _late(calendar: Calendar, due: datetime, now: datetime) -> str:
    days = working_days(calendar, due, now)
    if days:
        return ngettext("逾期 %(days)s 个工作日", "逾期 %(days)s 个工作日", days) % {"days": days}
    return _("逾期不足 1 个工作日")


def working_days(calendar: Calendar, since: datetime, until: datetime) -> int | None:
    """How many working days close in (since, until]; None beyond the calendar or more than a year away."""
    if (until - since).days > 400:
        return None
    day, found = since.date(), 0
    try:
        while day <= until.date():
            close = calendar.close(day)
            found += close is not None and since < close <= until
            day += ONE_DAY
    except OutOfCoverage:
        return None
    return found
