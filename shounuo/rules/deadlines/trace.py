"""Why a due instant is what it is: the day-by-day walk, kept as values that a page can draw and a sentence can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shounuo.rules.calendars import Calendar, DayKind, OutOfCoverage

from . import walk
from .budgets import Before, Budget, Months, NaturalDays, NaturalTime, WorkingTime
from .due import Due, due_date, is_provisional
from .instants import Pause, check_instant, check_pauses
from .pausing import open_since

ONE_DAY = timedelta(days=1)
LONGEST = 1000


class Verdict(StrEnum):
    """What a date did for the budget."""

    RECEIVED_DAY = "received_day"
    COUNTED = "counted"
    MAKEUP_COUNTED = "makeup_counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    PAUSED = "paused"
    NOT_COUNTED = "not_counted"
    ROLLED = "rolled"
    DUE = "due"
    EVENT = "event"


OFF = {DayKind.WEEKEND: Verdict.WEEKEND, DayKind.HOLIDAY: Verdict.HOLIDAY, DayKind.CLOSED: Verdict.CLOSED}


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One date of the walk.

    `number` is the how-manieth counting date it is (budgets in days), `seconds` the time counted on it
    (budgets of time). `name` and `name_en` are the holiday's. `kind` is what the date is to the office: a
    due date may be a make-up day. `pauses` are the places, in the pauses given, of those that touch the
    date. `ends` is its day-end, for half days.
    """

    date: date
    verdict: Verdict
    kind: DayKind
    name: str = ""
    name_en: str = ""
    number: int | None = None
    seconds: int | None = None
    half_day: bool = False
    provisional: bool = False
    pauses: tuple[int, ...] = ()
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The derivation of a due instant: every date from the start to the due date, or as far as it can be
    told.

    `roll` is (from, to) when the last day fell on a day off and moved. `notes` are codes, in this order
    when they apply: `first_day_included`, `rolled`, `half_day`, `provisional`, `waiting` (an open pause),
    `out_of_coverage`, `cut`. `now` is the moment the trace was asked for, where the needle stands.
    """

    due: Due
    budget: Budget
    start: datetime
    days: tuple[TraceDay, ...]
    roll: tuple[date, date] | None = None
    notes: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    now: datetime | None = None


def explain(
    calendar: Calendar,
    start: datetime,
    budget: Budget,
    pauses: Iterable[Pause] = (),
    now: datetime | None = None,
) -> Trace:
    """The due instant with the walk that leads to it. Without a due instant the walk ends at `now`, or at
    the open pause.

    `InputError` for an instant or a pause that cannot be used. At most 1,000 dates are told (`cut`).
    """
    check_instant(start, "start")
    checked = check_pauses(pauses)
    due = _due(calendar, start, budget, checked)
    last = _last(calendar, start, budget, checked, due, now)
    days = tuple(_days(calendar, start, budget, checked, due, last))
    roll = _roll(calendar, start, budget, checked, due)
    return Trace(due, budget, start, days, roll, tuple(_notes(start, due, days, roll, last)), checked, now)


def _due(calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause]) -> Due:
    try:
        at = walk.walk_due(calendar, start, budget, pauses)
    except OutOfCoverage:
        return Due(None, out_of_coverage=True)
    if at is None:
        return Due(None)
    return Due(at, is_provisional(calendar, budget, at), day=due_date(start, budget, at))


def _last(
    calendar: Calendar,
    start: datetime,
    budget: Budget,
    pauses: Sequence[Pause],
    due: Due,
    now: datetime | None,
) -> date:
    """The last date to tell."""
    if isinstance(budget, Before):
        return min(budget.of.date(), calendar.spec.last)
    if due.day is not None:
        return due.day
    if due.out_of_coverage:
        return calendar.spec.last
    since = open_since(pauses) or start
    return min(max(since, start, now or start).date(), calendar.spec.last)


def _roll(
    calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause], due: Due
) -> tuple[date, date] | None:
    if due.day is None or not isinstance(budget, NaturalDays | Months):
        return None
    end = walk.nth_date(calendar, start, budget, pauses)
    return None if end is None or end == due.day else (end, due.day)


def _notes(
    start: datetime, due: Due, days: Sequence[TraceDay], roll: tuple[date, date] | None, last: date
) -> Iterator[str]:
    if days and days[0].date == start.date() and days[0].number == 1:
        yield "first_day_included"
    if roll:
        yield "rolled"
    if any(day.verdict is Verdict.DUE and day.half_day for day in days):
        yield "half_day"
    if due.provisional:
        yield "provisional"
    if due.at is None:
        yield "out_of_coverage" if due.out_of_coverage else "waiting"
    if days and days[-1].date < last:
        yield "cut"


def _days(
    calendar: Calendar, start: datetime, budget: Budget, pauses: Sequence[Pause], due: Due, last: date
) -> Iterator[TraceDay]:
    first = start.date()
    if isinstance(budget, Before):
        first, start = due.day or last, due.at or start
    teller = _Teller(calendar, start, budget, pauses, due, last)
    d = max(first, calendar.coverage[0])
    for _ in range(LONGEST):
        if d > last:
            return
        yield teller.day(d)
        d += ONE_DAY


class _Teller:
    """Judges one date after the other; remembers how many have counted."""

    def __init__(
        self,
        calendar: Calendar,
        start: datetime,
        budget: Budget,
        pauses: Sequence[Pause],
        due: Due,
        last: date,
    ) -> None:
        self.calendar, self.start, self.pauses, self.due = calendar, start, pauses, due
        self.lead = isinstance(budget, Before)
        inner = walk.without_roll(budget.budget) if isinstance(budget, Before) else budget
        self.budget, self.number = inner, 0
        self.by_time = isinstance(inner, WorkingTime | NaturalTime)
        self.natural = walk.is_natural(inner)
        self.event = budget.of if isinstance(budget, Before) else None
        self.counting = set() if self.by_time else self._counting(inner, last)

    def _counting(self, budget: Budget, last: date) -> set[date]:
        found: set[date] = set()
        wanted = walk.days_wanted(budget, self.start)
        try:
            for d in walk.counting_dates(self.calendar, self.start, budget, self.pauses):
                if d > last or len(found) == wanted:
                    break
                found.add(d)
        except OutOfCoverage:
            pass
        return found

    def day(self, d: date) -> TraceDay:
        calendar, kind = self.calendar, self.calendar.day_kind(d)
        seconds = self._seconds(d) if self.by_time else None
        counts = bool(seconds) if self.by_time else d in self.counting
        if counts and not self.by_time:
            self.number += 1
        return TraceDay(
            date=d,
            verdict=self._verdict(d, kind, counts),
            kind=kind,
            name=calendar.day_name(d, "zh"),
            name_en=calendar.day_name(d, "en"),
            number=self.number if counts and not self.by_time else None,
            seconds=seconds,
            half_day=kind is DayKind.HALF_DAY,
            provisional=calendar.is_provisional(d),
            pauses=self._touching(d),
            ends=walk.day_end(calendar, d, getattr(self.budget, "day_end", "office_close")),
        )

    def _verdict(self, d: date, kind: DayKind, counts: bool) -> Verdict:
        if self.event is not None and d == self.event.date():
            return Verdict.EVENT
        if d == self.due.day:
            return Verdict.DUE
        if counts:
            return Verdict.MAKEUP_COUNTED if kind is DayKind.MAKEUP else Verdict.COUNTED
        if d == self.start.date():
            return Verdict.RECEIVED_DAY
        if kind in OFF and not self.natural:
            return OFF[kind]
        if self._touching(d):
            return Verdict.PAUSED
        return Verdict.ROLLED if self.natural and not self.by_time else Verdict.NOT_COUNTED

    def _seconds(self, d: date) -> int:
        """Time counted on d, inside [start, due) or, for a lead time, [due, event)."""
        begin = max(self.start, walk.midnight(d))
        end = walk.midnight(d) + ONE_DAY
        stop = self.event if self.lead else self.due.at
        return walk.walk_counted(
            self.calendar, begin, min(end, stop) if stop else end, self.natural, self.pauses
        )

    def _touching(self, d: date) -> tuple[int, ...]:
        begin, end = walk.midnight(d), walk.midnight(d) + ONE_DAY
        return tuple(
            i for i, (a, b) in enumerate(self.pauses) if a < end and (b is None or b > begin) and (a != b)
        )
