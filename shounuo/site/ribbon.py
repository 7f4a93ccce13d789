"""The day ribbon: one cell a day from start to due, drawn from the trace that explains a due instant.

Pure: reads a trace (`shounuo.rules.deadlines.explain`), a moment and a language; gives cells to draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timedelta
from enum import StrEnum

from shounuo.rules.calendars import DayKind
from shounuo.rules.deadlines import Trace, TraceDay, Verdict
from shounuo.site.wording import Wording, say_day, wording


class Kind(StrEnum):
    """What a day is for the reader; each has its own fill, mark and words."""

    RECEIVED = "received"
    COMPLETED = "completed"
    STARTED = "started"
    COUNTED = "counted"
    LEFT = "left"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    PAUSED = "paused"
    IDLE = "idle"
    ROLLED = "rolled"
    DUE = "due"
    DUE_KEPT = "due_kept"
    DUE_BROKEN = "due_broken"
    FULFILLED = "fulfilled"
    SPARE = "spare"
    LATE = "late"
    EVENT = "event"


DUES = frozenset({Kind.DUE, Kind.DUE_KEPT, Kind.DUE_BROKEN})
COUNTING = frozenset({Kind.COUNTED, Kind.LEFT, Kind.SPARE})
NAMED = frozenset({Kind.HOLIDAY, Kind.CLOSED})
PLAIN = {
    Verdict.WEEKEND: Kind.WEEKEND,
    Verdict.HOLIDAY: Kind.HOLIDAY,
    Verdict.CLOSED: Kind.CLOSED,
    Verdict.PAUSED: Kind.PAUSED,
    Verdict.NOT_COUNTED: Kind.IDLE,
    Verdict.ROLLED: Kind.ROLLED,
    Verdict.EVENT: Kind.EVENT,
}


@dataclass(frozen=True)
class Cell:
    """One cell. `when` and `said` make the sentence for people who hear or hover.

    `caption`: the lines under the cell, the last of them the year where `names_year`. `until`: the last date of a
    folded run (`date` itself for one day), and `folded_count` its number of days. `holiday`: what the day off is
    called. `number`: the how-manieth counting day. `this_year`: dates of another year are said with it.
    """

    date: Date
    until: Date
    mark: str
    kind: Kind
    caption: tuple[str, ...]
    when: str
    said: str
    is_now: bool = False
    makeup: bool = False
    folded_count: int = 1
    number: int | None = None
    holiday: str = ""
    now_word: str = ""
    this_year: int = 0
    names_year: bool = False

    @property
    def name(self) -> str:
        """The whole sentence: "10月10日 周六 调休上班，计入，第2天"."""
        return f"{self.when} {self.said}"

    @property
    def classes(self) -> str:
        """CSS classes of the cell."""
        flags = (("day--makeup", self.makeup), ("is-now", self.is_now), ("folded", self.folded_count > 1))
        return " ".join(["day", f"day--{self.kind}", *(name for name, on in flags if on)])


@dataclass(frozen=True)
class _View:
    """What the days are judged against and worded with."""

    trace: Trace
    now: datetime
    completed: datetime | None
    fulfilled: datetime | None
    pause_names: Sequence[str]
    started: str
    language: str
    words: Wording
    this_year: int

    @property
    def late(self) -> bool:
        """Whether the promise is broken: the due instant itself is still on time."""
        return self.trace.due.at is not None and (self.fulfilled or self.now) > self.trace.due.at

    def spare(self, day: Date) -> bool:
        """Whether the budget is no longer needed on this day."""
        return self.fulfilled is not None and not self.late and day > self.fulfilled.date()


def cells_from_trace(
    trace: Trace,
    now: datetime,
    language: str,
    *,
    completed: datetime | None = None,
    fulfilled: datetime | None = None,
    earlier: Trace | None = None,
    pause_names: Sequence[str] = (),
    started: str = "",
) -> list[Cell]:
    """The unfolded cells of a clock at `now` (naive civil time, as `completed` and `fulfilled`).

    `completed`: when the materials became complete (齐). `fulfilled`: when the matter was done. `earlier`:
    the trace of the clock that a restart replaced; its days before this clock's first are drawn in front.
    `pause_names` name the pauses ("告知书 0412-1"), in the places of the pauses given to `explain`. `started`: the
    event that started the clock, in words; "" for receipt and complete materials, which have marks of their own.
    """
    days = [*_days_before(earlier, trace), *trace.days]
    this_year = now.year if days and days[0].date.year == now.year else 0
    view = _View(
        trace, now, completed, fulfilled, pause_names, started, language, wording(language), this_year
    )
    cells = [_cell(day, view, first=at == 0) for at, day in enumerate(days)]
    return [*cells, *_late(view)]


def _days_before(earlier: Trace | None, trace: Trace) -> list[TraceDay]:
    if earlier is None or not trace.days:
        return []
    return [day for day in earlier.days if day.date < trace.days[0].date]


def _cell(day: TraceDay, view: _View, *, first: bool) -> Cell:
    kind = _kind(day, view)
    holiday = (day.name if view.words is wording("zh") else day.name_en) if kind in NAMED else ""
    names_year = day.date.year != view.this_year if first else (day.date.month, day.date.day) == (1, 1)
    return Cell(
        date=day.date,
        until=day.date,
        mark=_mark(kind, day, view.words),
        kind=kind,
        caption=_caption(day, view.words, holiday, first=first, year=names_year),
        when=say_day(day.date, view.language, this_year=view.this_year),
        said=_said(kind, day, view, holiday),
        is_now=view.fulfilled is None and day.date == view.now.date(),
        makeup=_is_makeup(day) and kind in COUNTING,
        number=day.number,
        holiday=holiday,
        now_word=view.words.now,
        this_year=view.this_year,
        names_year=names_year,
    )


def _is_makeup(day: TraceDay) -> bool:
    return day.kind is DayKind.MAKEUP


def _kind(day: TraceDay, view: _View) -> Kind:
    if day.verdict is Verdict.DUE:
        return _due_kind(view)
    if view.fulfilled and view.fulfilled.date() == day.date:
        return Kind.FULFILLED
    if day.verdict is Verdict.RECEIVED_DAY:
        return _start_kind(day, view)
    if day.verdict in PLAIN:
        return PLAIN[day.verdict]
    if view.spare(day.date):
        return Kind.SPARE
    return Kind.COUNTED if day.date <= view.now.date() else Kind.LEFT


def _start_kind(day: TraceDay, view: _View) -> Kind:
    if view.completed and view.completed.date() == day.date:
        return Kind.COMPLETED
    return Kind.STARTED if view.started else Kind.RECEIVED


def _due_kind(view: _View) -> Kind:
    if view.late:
        return Kind.DUE_BROKEN
    return Kind.DUE_KEPT if view.fulfilled else Kind.DUE


def _mark(kind: Kind, day: TraceDay, words: Wording) -> str:
    if kind not in COUNTING:
        return words.marks[kind]
    if _is_makeup(day):
        return words.marks["makeup"]
    if day.seconds is not None:
        return words.hours_mark.format(hours=_hours(day.seconds))
    return str(day.number or "")


def _hours(seconds: int) -> str:
    """Seconds as hours with at most one decimal: 5400 is "1.5"."""
    return f"{round(seconds / 3600, 1):g}"


def _counted(seconds: int, words: Wording) -> str:
    """Time counted on a day: in hours where these are whole or half ones, else in minutes."""
    if seconds % 1800 == 0:
        return words.counted_hours.format(hours=_hours(seconds))
    return words.counted_minutes.format(minutes=f"{seconds / 60:g}")


def _caption(day: TraceDay, words: Wording, holiday: str, *, first: bool, year: bool) -> tuple[str, ...]:
    dated = f"{day.date.month}/{day.date.day}" if first or day.date.day == 1 else f"{day.date.day}"
    brief = holiday.removesuffix("节")[:2] if words.brief_holidays else ""
    lines = (dated, brief or words.short_weekdays[day.date.weekday()])
    return (*lines, str(day.date.year)) if year else lines


def _said(kind: Kind, day: TraceDay, view: _View, holiday: str) -> str:
    words, pause = view.words, _pause_name(day, view)
    if kind is Kind.PAUSED and pause:
        text = words.paused_by.format(name=pause)
    elif kind is Kind.CLOSED and holiday:
        text = words.closed_for.format(name=holiday)
    elif kind in COUNTING and day.seconds is not None:
        text = _counted(day.seconds, words)
    else:
        text = words.said[kind].format(number=day.number, name=holiday, event=view.started)
    parts = [words.makeup] if _is_makeup(day) else []
    return words.comma.join([*parts, text, *([words.half_day] if day.half_day else [])])


def _pause_name(day: TraceDay, view: _View) -> str:
    return next((view.pause_names[at] for at in day.pauses if at < len(view.pause_names)), "")


def _late(view: _View) -> list[Cell]:
    """One folded cell for the days after a broken due day."""
    due_day, end = view.trace.due.day, (view.fulfilled or view.now).date()
    if not view.late or due_day is None or end <= due_day:
        return []
    words, first, count = view.words, due_day + timedelta(days=1), (end - due_day).days
    said = [words.said[Kind.LATE], words.days.format(count=count)]
    return [
        Cell(
            date=first,
            until=end,
            mark=words.marks[Kind.LATE],
            kind=Kind.LATE,
            caption=span_caption(first, end, (first.month, first.day) == (1, 1)),
            when=span(first, end, view.language, view.this_year),
            said=words.comma.join([*said, *([words.said[Kind.FULFILLED]] if view.fulfilled else [])]),
            is_now=view.fulfilled is None,
            folded_count=count,
            now_word=words.now,
            this_year=view.this_year,
        )
    ]


def span(first: Date, last: Date, language: str, this_year: int) -> str:
    """ "10月1日 周四至10月7日 周三", a year where it is another; one day when both are the same."""
    begins = say_day(first, language, this_year=this_year)
    if first == last:
        return begins
    return wording(language).span.format(first=begins, last=say_day(last, language, this_year=first.year))


def span_caption(first: Date, last: Date, year: bool = False) -> tuple[str, ...]:
    """The narrow form under a folded cell: 10/1–7, 9/30–10/8; the years below when it spans two, or `year`."""
    start, years = f"{first.month}/{first.day}", (f"{first.year}",) if year else ()
    if first == last:
        return (start, *years)
    if first.year != last.year:
        return (f"{start}–{last.month}/{last.day}", f"{first.year}–{last.year}")
    end = f"{last.day}" if first.month == last.month else f"{last.month}/{last.day}"
    return (f"{start}–{end}", *years)
