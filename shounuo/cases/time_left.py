"""How much of a promise is left or overrun, in the promise's own unit: working days, days, hours or minutes."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shounuo.rules.calendars import Calendar, OutOfCoverage
from shounuo.rules.deadlines import Budget, Months, NaturalDays, NaturalTime, WorkingTime

ONE_DAY = timedelta(days=1)
SOON = 1
"""Days left from which a clock counts as at risk; for a promise in hours or minutes it is its last quarter."""
MOST_DAYS = 400


def left_until(
    calendar: Calendar, due: datetime, now: datetime, budget: Budget | None = None
) -> tuple[str, str]:
    """The chip and the words for a live due instant: late by, today, or so much left.

    ``budget`` says in which unit; without one, and for same-day promises, working days are counted.
    """
    if isinstance(budget, NaturalTime):
        return _in_time(due, now, int((due - now).total_seconds()), budget.seconds)
    if isinstance(budget, WorkingTime) and (left := _office_seconds(calendar, due, now)) is not None:
        return _in_time(due, now, left, budget.seconds, office=True)
    days = _days(calendar, min(now, due), max(now, due), budget)
    if now > due:
        return "breached", _late_days(days, budget)
    if due.date() == now.date():
        return "at_risk", _("今天 %(time)s 前") % {"time": f"{due:%H:%M}"}
    if days is None:
        return "running", _("还在期限内")
    return ("at_risk" if days <= SOON else "running"), _left_days(days, budget)


def _natural(budget: Budget | None) -> bool:
    return isinstance(budget, NaturalDays | Months)


def _days(calendar: Calendar, since: datetime, until: datetime, budget: Budget | None) -> int | None:
    return (until.date() - since.date()).days if _natural(budget) else working_days(calendar, since, until)


def _left_days(days: int, budget: Budget | None) -> str:
    if _natural(budget):
        return ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", days) % {"days": days}
    return ngettext("还剩 %(days)s 个工作日", "还剩 %(days)s 个工作日", days) % {"days": days}


def _late_days(days: int | None, budget: Budget | None) -> str:
    if _natural(budget):
        late = ngettext("逾期 %(days)s 天", "逾期 %(days)s 天", days or 0) % {"days": days}
        return late if days else _("逾期不足 1 天")
    if days:
        return ngettext("逾期 %(days)s 个工作日", "逾期 %(days)s 个工作日", days) % {"days": days}
    return _("逾期不足 1 个工作日")


def _in_time(due: datetime, now: datetime, left: int, whole: int, *, office: bool = False) -> tuple[str, str]:
    """For promises in hours and minutes."""
    amount = {"time": span_words(abs(left), office=office)}
    if now > due:
        return "breached", _("逾期 %(time)s") % amount
    return ("at_risk" if left * 4 <= whole else "running"), _("还剩 %(time)s") % amount


def span_words(seconds: int, *, office: bool = False) -> str:
    """A length of time: "1 小时 20 分钟"; more than two days without its minutes."""
    hours, minutes = divmod(seconds // 60, 60)
    if hours >= 48 and not office:
        return ngettext("%(n)s 天", "%(n)s 天", hours // 24) % {"n": hours // 24}
    named = _("%(n)s 个工作小时") if office else _("%(n)s 小时")
    parts = [named % {"n": hours}] if hours else []
    if minutes or not hours:
        parts.append(_("%(n)s 分钟") % {"n": minutes})
    return " ".join(parts)


def _office_seconds(calendar: Calendar, due: datetime, now: datetime) -> int | None:
    """Seconds of office hours between now and due; None where the calendar does not reach."""
    since, until = min(due, now), max(due, now)
    if (until - since).days > MOST_DAYS:
        return None
    try:
        spans = [span for day in _dates(since, until) for span in calendar.hours(day)]
    except OutOfCoverage:
        return None
    return sum(max(0, int((min(b, until) - max(a, since)).total_seconds())) for a, b in spans)


def _dates(since: datetime, until: datetime) -> list[date]:
    return [since.date() + n * ONE_DAY for n in range((until.date() - since.date()).days + 1)]


def working_days(calendar: Calendar, since: datetime, until: datetime) -> int | None:
    """How many working days close in (since, until]; None beyond the calendar or more than a year away."""
    if (until - since).days > MOST_DAYS:
        return None
    try:
        closings = [calendar.close(day) for day in _dates(since, until)]
    except OutOfCoverage:
        return None
    return sum(close is not None and since < close <= until for close in closings)
