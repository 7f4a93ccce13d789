"""How far off a due instant is, in the steps people plan by: late, today, the next two working days, this week."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shounuo.cases.time_left import working_days
from shounuo.ledger.moments import civil, instant
from shounuo.rules.calendars import Calendar

ONE_DAY = timedelta(days=1)
SOON_DAYS, WEEK = 2, 7
LOOK_AHEAD = 30
"""Days after which the second working day is given up; the calendar may not be published that far."""

STEPS = {
    "late": _("已经逾期"),
    "today": _("今天到期"),
    "soon": _("两个工作日内到期"),
    "week": _("七天内到期"),
    "later": _("以后到期"),
    "none": _("没有在走的时限"),
}
"""Step -> what it is called. Every open matter stands on one of them."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The instants between the steps, in UTC: now, the end of today, of the second working day, of the week."""

    now: datetime
    tonight: datetime
    soon: datetime
    week: datetime

    def on(self, step: str) -> Q:
        """The open matters on a step, as a condition on Case; KeyError for another word."""
        due = {
            "late": Q(due_at__lt=self.now),
            "today": Q(due_at__gte=self.now, due_at__lt=self.tonight),
            "soon": Q(due_at__gte=self.tonight, due_at__lt=self.soon),
            "week": Q(due_at__gte=self.soon, due_at__lt=self.week),
            "later": Q(due_at__gte=self.week),
            "none": Q(due_at__isnull=True),
        }[step]
        return due & Q(ended_at__isnull=True)


def horizon(now: datetime, calendar: Calendar | None) -> Horizon:
    """The steps as seen at `now` (aware) by the calendar of the office; by plain days without one."""
    here = civil(now)
    tonight = datetime.combine(here.date() + ONE_DAY, time())
    soon = _after_working_days(calendar, tonight) if calendar else tonight + SOON_DAYS * ONE_DAY
    week = max(datetime.combine(here.date() + WEEK * ONE_DAY, time()), soon)
    return Horizon(now, instant(tonight), instant(soon), instant(week))


def _after_working_days(calendar: Calendar, tonight: datetime) -> datetime:
    """Midnight after the second working day from tomorrow; after two days where no calendar says."""
    for days in range(SOON_DAYS, LOOK_AHEAD):
        until = tonight + days * ONE_DAY
        counted = working_days(calendar, tonight, until)
        if counted is None or counted >= SOON_DAYS:
            return until if counted is not None else tonight + SOON_DAYS * ONE_DAY
    return tonight + SOON_DAYS * ONE_DAY
