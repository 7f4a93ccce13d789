"""Why a clock is due when it is: sentences with moments and clauses, and what the day ribbon is drawn from.

Pure: reads a judged clock, its facts and the edition; the reader's language is the active one. The desk and
the portal can show the same derivation; only the address of a clause differs (``clause_url``).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from shounuo.cases.day_sentences import day_sentences, end_sentence, move_sentence, start_day_sentence
from shounuo.regulations.wording import (
    budget_words,
    clause_label,
    day_words,
    event_words,
    listed,
    mid_sentence,
    said,
    sentences,
)
from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import Budget, Pause, Trace, explain
from shounuo.rules.edition import Edition
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, ClockState, Granted
from shounuo.rules.words import WordsError, parse_words

ClauseUrl = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Link:
    """A clause as cited: its printed label and its page, "" where there is none."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a derivation; ``moment`` is civil, ``end`` marks the one that names the due instant."""

    text: str
    moment: datetime | None = None
    clause: Link | None = None
    end: bool = False


@dataclass(frozen=True, slots=True)
class Derivation:
    """A clock explained. The fields after ``steps`` are what the day ribbon is drawn from.

    ``due`` is civil and None while the clock waits; ``tail`` says how pages name it (``close``: before
    closing, ``due``: with the hour). ``completed`` and ``fulfilled`` are the moments of 齐 and 结; ``started`` is the
    event that started the clock, in words, "" for receipt and complete materials.
    """

    steps: tuple[Step, ...]
    trace: Trace
    now: datetime
    due: datetime | None = None
    provisional: bool = False
    tail: str = "close"
    earlier: Trace | None = None
    completed: datetime | None = None
    fulfilled: datetime | None = None
    pause_names: tuple[str, ...] = ()
    started: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """A clock with everything its sentences need."""

    clock: Clock
    facts: Sequence[Fact]
    edition: Edition
    calendar: Calendar
    now: datetime
    clause_url: ClauseUrl

    def clause(self, key: str) -> Link:
        return Link(clause_label(self.edition.pack, key), self.clause_url(key))

    @property
    def received(self) -> Fact:
        return self.facts[0]

    @property
    def completed(self) -> datetime | None:
        starts = self.clock.started_by == "materials_complete" or self.clock.restarted
        return self.clock.started_at if starts else None

    @property
    def started(self) -> str:
        usual = self.clock.started_by in ("received", "materials_complete")
        return "" if usual else mid_sentence(event_words(self.clock.started_by))

    @property
    def fulfilled(self) -> datetime | None:
        done = self.clock.state in (ClockState.MET, ClockState.MET_LATE)
        return self.clock.ended_at if done else None

    def notice_at(self, moment: datetime) -> Fact | None:
        """The one-time notice given at a moment."""
        return next((f for f in self.facts if f.kind == "notice_issued" and f.at == moment), None)


def derive(
    clock: Clock,
    facts: Sequence[Fact],
    edition: Edition,
    now: datetime,
    clause_url: ClauseUrl = lambda _key: "",
) -> Derivation:
    """Why this clock is due when it is, as it stands at ``now`` (civil); ``facts`` is the matter's stream.

    A restart keeps the days of the run before it; a clock that starts with complete papers shows the days from
    receipt on as not yet counted.
    """
    it = _Told(clock, facts, edition, edition.calendar(clock.calendar), now, clause_url)
    front, earlier, names = _front(it)
    trace = explain(
        it.calendar, clock.started_at, clock.budget, [*front, *clock.pauses], clock.ended_at or now
    )
    names += tuple(_pause_name(it, pause) for pause in clock.pauses)
    steps = (*_before(it), *_start(it, trace), *_pauses(it), *_extensions(it), *_moves(it),
             *_days(it, trace), *_outcome(it))  # fmt: skip
    return Derivation(
        steps=steps, trace=trace, now=now, due=clock.due, provisional=clock.provisional,
        tail=tail_of(clock.due, it.calendar), earlier=earlier, completed=it.completed, fulfilled=it.fulfilled,
        pause_names=names, started=it.started,
    )  # fmt: skip


def derive_budget(
    calendar: Calendar, start: datetime, budget: Budget, words: str, clause: Link | None = None
) -> Derivation:
    """The same for a promise nobody runs, from a chosen start; ``now`` lies before it, so that no day is used up."""
    before = start - timedelta(days=1)
    trace = explain(calendar, start, budget, now=start)
    begins = _("从这一刻起算，期限 %(words)s。") % {"words": budget_words(words)}
    first = sentences(begins, start_day_sentence(trace))
    steps = [Step(first, start, clause), *(Step(text) for text in day_sentences(trace))]
    steps.append(Step(end_sentence(trace, calendar), end=True))
    due = trace.due
    tail = tail_of(due.at, calendar)
    return Derivation(tuple(steps), trace, before, due.at, due.provisional, tail, started=_("起算"))


def tail_of(due: datetime | None, calendar: Calendar) -> str:
    """``close`` when the due instant is that day's closing, else ``due`` (the hour is named)."""
    if due is None or not calendar.coverage[0] <= due.date() <= calendar.spec.last:
        return "due"
    return "close" if calendar.close(due.date()) == due else "due"


def _front(it: _Told) -> tuple[list[Pause], Trace | None, tuple[str, ...]]:
    """The days before this run: pauses that cover them, their trace, their names."""
    clock, begun = it.clock, it.received.at
    if clock.restarted:
        begun = clock.restarted[-1]
    elif clock.started_by != "materials_complete" or begun.date() == clock.started_at.date():
        return [], None, ()
    told = next((f for f in it.facts if f.kind == "notice_issued" and begun <= f.at < clock.started_at), None)
    pauses: list[Pause] = [(told.at, clock.started_at)] if told else []
    if not clock.restarted:
        pauses.insert(0, (begun, told.at if told else clock.started_at))
    names = tuple(_pause_name(it, pause) for pause in pauses)
    return pauses, explain(it.calendar, begun, _full_budget(clock), pauses, clock.started_at), names


def _full_budget(clock: Clock) -> Budget:
    """The budget of a fresh start, without extensions."""
    try:
        found = parse_words(clock.words)
    except WordsError:
        return clock.budget
    return found if isinstance(found, type(clock.budget)) else clock.budget


def _pause_name(it: _Told, pause: Pause) -> str:
    notice = it.notice_at(pause[0])
    if notice is None or not notice.data.get("notice"):
        return _("材料尚未齐全")
    return _("告知书 %(number)s ") % {"number": notice.data["notice"]}


def _before(it: _Told) -> Iterator[Step]:
    """What happened before the run that counts."""
    clock = it.clock
    if clock.restarted:
        begun = clock.restarted[0]
        yield Step(_("%(event)s，期限第一次起算。") % {"event": event_words(clock.started_by)}, begun)
    elif clock.started_by == "materials_complete" and it.received.at != clock.started_at:
        begun = it.received.at
        yield Step(_("收到。期限从材料齐全时才起算，这时还不计。"), begun)
    else:
        return
    for fact in it.facts:
        asked = fact.kind == "notice_issued" and fact.data.get("materials")
        if asked and begun <= fact.at < clock.started_at:
            yield Step(_noticed(it, fact), fact.at)


def _noticed(it: _Told, fact: Fact) -> str:
    values = {"number": fact.data.get("notice", ""), "missing": missing_words(it.edition, it.facts, fact)}
    return _("发出一次性告知书 %(number)s，缺：%(missing)s；等待补齐期间不计。") % values


def missing_words(edition: Edition, facts: Sequence[Fact], notice: Fact) -> str:
    """The papers a notice asked for, by name."""
    service = edition.service(str(facts[0].data.get("service") or ""))
    names = {m.id: said(m.title) for m in service.materials} if service else {}
    return listed(names.get(key, key) for key in notice.data.get("materials", ()))


def _start(it: _Told, trace: Trace) -> Iterator[Step]:
    clock = it.clock
    event = event_words("materials_complete" if clock.restarted else clock.started_by)
    if clock.started_by == "accepted" and any(f.data.get("deemed") for f in it.facts):
        event = _("逾期没有告知补正，视为收到时已经受理")
    values = {"event": event, "words": promise_words(clock.words, clock.started_at.year)}
    text = (
        _("%(event)s，重新起算，期限 %(words)s。")
        if clock.restarted
        else _("%(event)s，开始起算，期限 %(words)s。")
    )
    said_all = sentences(text % values, start_day_sentence(trace))
    yield Step(said_all, clock.started_at, it.clause(clock.clause))


def promise_words(words: str, this_year: int | None = None) -> str:
    """A clock's budget words for people; a promised date is said as a date."""
    if words.startswith("by 2"):
        return _("至 %(day)s") % {"day": day_words(datetime.fromisoformat(words[3:]).date(), this_year)}
    return budget_words(words)


def _pauses(it: _Told) -> Iterator[Step]:
    for begun, ended in it.clock.pauses:
        fact = it.notice_at(begun)
        yield Step(_noticed(it, fact) if fact else _("期限暂停。"), begun)
        if ended is not None:
            yield Step(_("材料补齐，期限继续计算。"), ended)


def _extensions(it: _Told) -> Iterator[Step]:
    clause = it.clause(it.edition.pack.commitments[it.clock.rule].clause)
    for one in it.clock.extensions:
        words = {"words": budget_words(one.by_how_much)}
        if one.valid:
            yield Step(_("延期 %(words)s：到期前申请、批准并已告知，计入期限。") % words, one.told_at, clause)
        elif one.told_at or one.granted_at:
            text = _("申请延期 %(words)s，不改变期限：%(why)s。") % (words | {"why": void_words(one)})
            yield Step(text, one.told_at or one.granted_at)


def void_words(one: Granted) -> str:
    """Why an extension does not count."""
    known = {
        "party_not_told": _("尚未告知当事人"),
        "not_before_due": _("没有在到期前完成申请、批准和告知"),
        "granted_by_the_asker": _("批准人与申请人是同一人"),
        "too_many_extensions": _("超过可以延期的次数"),
        "too_long_an_extension": _("超过可以延长的期限"),
        "other_kind_of_time": _("与期限的计时方式不同"),
        "ended_by_restart": _("期限已重新起算"),
    }
    return str(known.get(one.why.code if one.why else "", _("不符合条件")))


def _moves(it: _Told) -> Iterator[Step]:
    for move in it.clock.moves:
        if move.cause in ("promised", "amended", "calendar") and move.new is not None:
            yield Step(move_sentence(move, move.at.year), move.at)


def _days(it: _Told, trace: Trace) -> Iterator[Step]:
    if not it.clock.same_visit:
        yield from (Step(text) for text in day_sentences(trace))
        yield Step(end_sentence(trace, it.calendar), end=True)


def _outcome(it: _Told) -> Iterator[Step]:
    clock, event = it.clock, {"event": event_words(it.clock.ended_by or "")}
    if clock.state is ClockState.MET and clock.same_visit:
        yield Step(_("%(event)s，就在同一次来访中，当场兑现。") % event, clock.ended_at, end=True)
    elif clock.state is ClockState.MET:
        yield Step(_("%(event)s，在期限内。") % event, clock.ended_at)
    elif clock.state is ClockState.MET_LATE:
        yield Step(_("%(event)s，已超过期限。") % event, clock.ended_at)
    elif clock.state is ClockState.BREACHED:
        yield Step(_("到期时没有办结，承诺没有兑现。"), clock.breached_at)
    elif clock.state is ClockState.VOID:
        yield Step(_("%(event)s，这个期限不再计算。") % event, clock.ended_at)
