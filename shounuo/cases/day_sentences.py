"""The days between start and due as sentences: which are off, which are worked, where the limit ends."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shounuo.regulations.wording import day_words, listed, moment_words, reads_chinese, sentences
from shounuo.rules.calendars import Calendar, DayKind
from shounuo.rules.deadlines import (
    Before,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    SameDay,
    Trace,
    TraceDay,
    Verdict,
    WorkingDays,
    WorkingTime,
)
from shounuo.rules.judgement import DueMove

FEW = 3
"""So many single weekends are named; more are counted."""


def start_day_sentence(trace: Trace) -> str:
    """Whether the day of the start counts."""
    if isinstance(trace.budget, WorkingDays | NaturalDays | Months):
        included = "first_day_included" in trace.notes
        return _("当日计入。") if included else _("当日不计，从次日数起。")
    if isinstance(trace.budget, WorkingTime):
        return _("只计上班时间。")
    return ""


def day_sentences(trace: Trace) -> list[str]:
    """Days off, make-up days and pauses between start and due, in order; the due day comes with the end."""
    between, year = [day for day in trace.days if day.date > trace.start.date()], trace.start.year
    return [text for _first, text in sorted([*_holidays(between, year), *_others(between, year)])]


def _others(days: Sequence[TraceDay], year: int) -> Iterator[tuple[date, str]]:
    makeup = [day.date for day in days if day.kind is DayKind.MAKEUP and day.verdict is not Verdict.PAUSED]
    if makeup:
        said = listed(day_words(day, year) for day in makeup)
        yield makeup[0], _("%(days)s 调休上班，计入。") % {"days": said}
    weekend = [day.date for day in days if day.verdict is Verdict.WEEKEND]
    if weekend and len(_runs(weekend)) <= FEW:
        yield weekend[0], _("%(days)s 休息，不计。") % {"days": _spans(weekend, year)}
    elif weekend:
        yield weekend[0], _("其间周末 %(count)s 天休息，不计。") % {"count": len(weekend)}
    yield from _closed([day for day in days if day.verdict is Verdict.CLOSED], year)
    paused = [day.date for day in days if day.verdict is Verdict.PAUSED]
    if paused:
        yield paused[0], _("%(days)s 暂停，不计。") % {"days": _spans(paused, year)}


def _closed(days: Sequence[TraceDay], year: int) -> Iterator[tuple[date, str]]:
    """Days that the office closed, each name by itself."""
    for name in dict.fromkeys(map(_name, days)):
        dates = [day.date for day in days if _name(day) == name]
        text = _("%(days)s %(name)s，不办公，不计。") if name else _("%(days)s 不办公，不计。")
        yield dates[0], text % {"days": _spans(dates, year), "name": name}


def _holidays(days: Sequence[TraceDay], year: int) -> Iterator[tuple[date, str]]:
    named = [day for day in days if day.verdict is Verdict.HOLIDAY]
    for name, group in groupby(named, key=_name):
        dates = [day.date for day in group]
        values = {"days": _spans(dates, year), "name": name, "count": len(dates)}
        if name:
            yield (
                dates[0],
                ngettext(
                    "%(days)s %(name)s放假 %(count)s 天，不计。",
                    "%(days)s %(name)s放假 %(count)s 天，不计。",
                    len(dates),
                )
                % values,
            )
        else:
            yield dates[0], _("%(days)s 放假，不计。") % values


def _name(day: TraceDay) -> str:
    return day.name if reads_chinese() else day.name_en


def _runs(dates: Sequence[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for one in dates:
        if runs and runs[-1][-1] + timedelta(days=1) == one:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _spans(dates: Sequence[date], year: int) -> str:
    """Dates in a row as spans: "10月1日 周四至10月7日 周三"; another year than ``year`` is said."""
    spans = (
        day_words(run[0], year)
        if len(run) == 1
        else _("%(first)s至%(last)s")
        % {"first": day_words(run[0], year), "last": day_words(run[-1], run[0].year)}
        for run in _runs(dates)
    )
    return listed(spans)


def end_sentence(trace: Trace, calendar: Calendar) -> str:
    """Where the limit ends, or why that cannot be told."""
    due = trace.due
    if due.at is None:
        if "out_of_coverage" in trace.notes:
            return _("期限会落到放假安排尚未公布的日子，公布后才能算出。")
        return _("期限暂停中；恢复计算后才能算出到期的日子。")
    text = _end(trace, due.day or due.at.date(), _when(due.at, due.day or due.at.date(), calendar))
    if due.provisional:
        year = due.at.year
        later = _("%(year)s 年的放假安排尚未公布，这一天是暂定的，公布后重新计算并告知。")
        return sentences(text, later % {"year": year})
    return text


def _end(trace: Trace, day: date, when: str) -> str:
    budget, spoken = trace.budget, day_words(day, trace.start.year)
    values = {"n": getattr(budget, "n", 0), "day": spoken, "when": when}
    half = _("（半天上班）") if "half_day" in trace.notes else ""
    if isinstance(budget, WorkingDays):
        return _("第 %(n)s 个工作日是 %(day)s，%(when)s届满。") % values + half
    if isinstance(budget, NaturalDays | Months):
        return _rolled(trace, values, isinstance(budget, Months)) + half
    if isinstance(budget, SameDay | OnTheSpot):
        on = _("当日就要办好：%(day)s，%(when)s届满。") if day == trace.start.date() else None
        return (on or _("起算时不在办公时间，顺到下一个工作日：%(day)s，%(when)s届满。")) % values + half
    if isinstance(budget, Before):
        return _("最迟在 %(day)s，%(when)s。") % values
    return _hours(budget, values)


def _rolled(trace: Trace, values: dict[str, object], months: bool) -> str:
    if not trace.roll:
        text = (
            _("满 %(n)s 个月是 %(day)s，%(when)s届满。")
            if months
            else _("第 %(n)s 日是 %(day)s，%(when)s届满。")
        )
        return text % values
    text = (
        _("满 %(n)s 个月是 %(last)s，逢休息日顺延到 %(day)s，%(when)s届满。")
        if months
        else _("第 %(n)s 日是 %(last)s，逢休息日顺延到 %(day)s，%(when)s届满。")
    )
    return text % (values | {"last": day_words(trace.roll[0], trace.start.year)})


def _hours(budget: WorkingTime | NaturalTime, values: dict[str, object]) -> str:
    minutes, seconds = divmod(budget.seconds, 60)
    if minutes % 60 == 0 and not seconds:
        hours = minutes // 60
        said = ngettext("%(amount)s 小时", "%(amount)s 小时", hours) % {"amount": hours}
    else:
        said = ngettext("%(amount)s 分钟", "%(amount)s 分钟", minutes) % {
            "amount": f"{budget.seconds / 60:g}"
        }
    whole = values | {"said": said}
    if isinstance(budget, WorkingTime):
        return _("上班时间计满 %(said)s，到 %(day)s %(when)s届满。") % whole
    return _("连续计满 %(said)s，到 %(day)s %(when)s届满。") % whole


def _when(at: datetime, day: date, calendar: Calendar) -> str:
    """The hour of the due instant, and that it is closing time when it is."""
    if at.time() == time(0) and at.date() > day:
        return _("%(hour)s ") % {"hour": "24:00"}
    known = calendar.coverage[0] <= at.date() <= calendar.spec.last
    if known and calendar.close(at.date()) == at:
        return _("%(hour)s 下班时") % {"hour": f"{at:%H:%M}"}
    return _("%(hour)s ") % {"hour": f"{at:%H:%M}"}


def move_sentence(move: DueMove, year: int) -> str:
    """Why a due moved without an event of the matter's own, and to when."""
    new = {"new": moment_words(move.new, year) if move.new else ""}
    if move.cause == "promised":
        return _("承诺了答复日期，期限改为 %(new)s。") % new
    if move.cause == "calendar":
        return _("日历有了新的版本，期限改为 %(new)s。") % new
    return _("制度修订后适用于在办事项，期限改为 %(new)s。") % new
