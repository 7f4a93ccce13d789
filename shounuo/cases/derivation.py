"""Why a due date is what it is: the steps a citizen can read, and what else a page shows of a clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shounuo.cases.reasons import budget, kind_name, say
from shounuo.cases.telling import Context
from shounuo.cases.wording import own_words, say_date, say_moment
from shounuo.rules.calendars import Calendar, DayKind, OutOfCoverage
from shounuo.rules.deadlines import OnTheSpot, Pause, SameDay, Trace, TraceDay, Verdict, explain
from shounuo.rules.edition import Edition
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, ClockState, DueMove

OFF = {Verdict.WEEKEND, Verdict.HOLIDAY, Verdict.CLOSED}
ONE_DAY = timedelta(days=1)
SOON = 1
"""Working days left from which a clock counts as at risk."""


@dataclass(frozen=True, slots=True)
class Link:
    """A clause chip: its printed label and its page, "" where there is none."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation; ``end`` marks the last."""

    text: str
    moment: datetime | date | None = None
    clause: Link | None = None
    end: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One clock as a page shows it. ``state`` is a chip's name, ``left`` what is left in people's words."""

    clock: Clock
    title: str
    clause: Link
    state: str
    left: str
    now: datetime
    trace: Trace
    steps: Sequence[Step]
    earlier: Trace | None
    completed: datetime | None
    pause_names: Sequence[str]

    @property
    def fulfilled(self) -> datetime | None:
        """When what was promised was done; None for a clock that fell void."""
        return self.clock.ended_at if self.clock.state in (ClockState.MET, ClockState.MET_LATE) else None

    @property
    def live(self) -> bool:
        """Whether the clock still runs, waits or is late without an end."""
        return self.clock.ended_at is None


def card(clock: Clock, facts: Sequence[Fact], now: datetime, context: Context, adoption: int) -> Card:
    """Everything a page shows of one clock at ``now`` (civil)."""
    edition = context.edition
    calendar = edition.calendar(clock.calendar)
    trace = explain(calendar, clock.started_at, clock.budget, clock.pauses, now)
    earlier, pauses = _earlier(clock, calendar, now)
    state, left = standing(clock, calendar, now)
    return Card(
        clock=clock,
        title=own_words(edition.pack.commitments[clock.rule].title),
        clause=clause_link(edition, adoption, clock.clause),
        state=state,
        left=left,
        now=now,
        trace=trace,
        steps=list(_steps(clock, trace, facts, context, adoption)),
        earlier=earlier,
        completed=clock.started_at if clock.restarted or clock.started_by == "materials_complete" else None,
        pause_names=[_notice_at(facts, since) for since, _until in (clock.pauses or pauses)],
    )


def clause_link(edition: Edition, adoption: int, clause: str) -> Link:
    """A clause by its printed label, leading to its page when the regulations have one."""
    found = edition.pack.clauses.get(clause)
    heading = own_words(found.heading) if found and found.heading else ""
    label = " ".join(part for part in (heading, found.label if found else clause) if part)
    try:
        url = reverse("regulation-clause", args=[adoption, clause])
    except NoReverseMatch:
        url = ""
    return Link(label, url)


def _earlier(clock: Clock, calendar: Calendar, now: datetime) -> tuple[Trace | None, list[Pause]]:
    """The days before a restart: the first run with the waits that ended in fresh starts."""
    if not clock.restarted:
        return None, []
    stops = [move.at for move in clock.moves if move.cause == "paused"]
    goes = [move.at for move in clock.moves if move.cause == "restarted"]
    pauses: list[Pause] = list(zip(stops, goes, strict=False))
    return explain(calendar, clock.restarted[0], clock.budget, pauses, now), pauses


def _notice_at(facts: Sequence[Fact], at: datetime) -> str:
    number = next((str(f.data.get("notice", "")) for f in facts if f.kind == "notice_issued" and f.at == at), "")
    return _("告知书 %(number)s") % {"number": number} if number else ""


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
    found = left_until(calendar, clock.due, now)
    return ("provisional" if clock.provisional and found[0] == "running" else found[0]), found[1]


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
    hours = max(1, int((now - due).total_seconds() // 3600))
    return _("逾期不足 1 个工作日") if hours >= 24 else ngettext(
        "逾期 %(hours)s 小时", "逾期 %(hours)s 小时", hours) % {"hours": hours}  # fmt: skip


def working_days(calendar: Calendar, since: datetime, until: datetime) -> int | None:
    """How many working days close in (since, until]; None beyond the calendar or a year away."""
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


def _steps(
    clock: Clock, trace: Trace, facts: Sequence[Fact], context: Context, adoption: int
) -> Iterator[Step]:
    """From the start through every move to the last day."""
    began = clock.restarted[0] if clock.restarted else clock.started_at
    first = next((f for f in facts if f.kind == clock.started_by and f.at == began), None)
    yield Step(_start(clock, trace, first), began, clause_link(context.edition, adoption, clock.clause))
    for move in clock.moves:
        yield Step(_moved(move, clock, facts, context), move.at)
    yield from _off_days(trace)
    if trace.roll:
        yield Step(_("是休息日，期限顺延到 %(to)s") % {"to": say_date(trace.roll[1])}, trace.roll[0])
    for one in clock.extensions:
        if not one.valid and one.why:
            more = {"more": budget(one.by_how_much), "why": say(one.why)}
            yield Step(_("申请延期 %(more)s，未生效：%(why)s") % more, one.requested_at)
    yield _last(clock, trace)


def _start(clock: Clock, trace: Trace, first: Fact | None) -> str:
    said = {"what": kind_name(clock.started_by), "words": budget(clock.words)}
    if isinstance(clock.budget, OnTheSpot):
        return _("%(what)s；承诺当场办完，同一次来访内办完即为兑现，否则按当日下班计算。") % said
    if isinstance(clock.budget, SameDay):
        return _("%(what)s；承诺当日办完，下班后或休息日收到的，算到下一个工作日下班。") % said
    if "first_day_included" in trace.notes:
        return _("%(what)s，承诺 %(words)s，按本单位规定当日计入。") % said
    return _("%(what)s，承诺 %(words)s，当日不计入。") % said


def _moved(move: DueMove, clock: Clock, facts: Sequence[Fact], context: Context) -> str:
    old = say_moment(move.old) if move.old else ""
    new = say_moment(move.new) if move.new else ""
    fact = next((f for f in facts if f.seq == move.seq), None)
    papers = context.papers(fact.data.get("materials")) if fact else ""
    notice = fact.data.get("notice", "") if fact else ""
    said = {"old": old, "new": new, "papers": papers, "notice": notice, "words": budget(clock.words)}
    match move.cause:
        case "paused":
            return _("一次性告知（%(notice)s：缺%(papers)s），期限暂停；原定 %(old)s。") % said
        case "resumed":
            return _("材料补齐，期限继续；改为 %(new)s。") % said
        case "restarted":
            return _("材料补齐，按本单位规定重新起算，承诺 %(words)s，当日不计入；改为 %(new)s。") % said
        case "extended":
            return _("延期已经批准并告知当事人；原定 %(old)s，改为 %(new)s。") % said
        case "promised":
            return _("向当事人承诺了日期；原定 %(old)s，改为 %(new)s。") % said
        case _:
            return _("制度修改，按新的时限计算；原定 %(old)s，改为 %(new)s。") % said


def _off_days(trace: Trace) -> Iterator[Step]:
    """Days off between the start and the due day, runs of one kind together, and make-up days."""
    for (verdict, name), run in groupby(trace.days, key=lambda day: (_told_as(day), own_name(day))):
        days = list(run)
        said = {"from": say_date(days[0].date), "to": say_date(days[-1].date), "name": name}
        when = _("%(from)s至%(to)s") % said if len(days) > 1 else ""
        moment = None if when else days[0].date
        if verdict == "makeup":
            yield Step(when + _("为调休上班日，计入。"), moment)
        elif verdict in OFF:
            what = _("%(name)s放假，不计。") % said if name else _("休息，不计。")
            yield Step(f"{when} {what}" if when else what, moment)


def _told_as(day: TraceDay) -> str:
    if day.kind is DayKind.MAKEUP and day.number is not None:
        return "makeup"
    return str(day.verdict.value) if day.verdict in OFF else ""


def own_name(day: TraceDay) -> str:
    """The holiday's name in the reader's language, for a holiday only."""
    return own_words({"zh": day.name, "en": day.name_en}) if day.verdict is Verdict.HOLIDAY else ""


def _last(clock: Clock, trace: Trace) -> Step:
    if clock.out_of_coverage:
        return Step(_("工作日历还没有公布到那一天，到期日公布后再算。"), end=True)
    if clock.due is None or clock.due_day is None:
        return Step(_("材料补齐之前不计时，到期日待定。"), end=True)
    number = next((day.number for day in reversed(trace.days) if day.number), None)
    said = {"number": number, "time": _time(clock.due), "day": say_date(clock.due_day)}
    text = _("%(day)s是第 %(number)s 天，%(time)s届满。") % said if number else _("%(day)s %(time)s届满。") % said
    if clock.provisional:
        text += _("这一年的放假安排尚未公布，日期为暂定，公布后重新计算。")
    return Step(text, end=True)


def _time(due: datetime) -> str:
    return _("24:00") if due.hour == due.minute == 0 else _("%(time)s 下班时") % {"time": f"{due:%H:%M}"}
