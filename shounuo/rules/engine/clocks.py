"""Clocks of a matter: one fold over the facts for each commitment that applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from shounuo.rules.applies import fits
from shounuo.rules.deadlines import NaturalTime, warn_moment
from shounuo.rules.edition import VERSION_MARK, Amendment, Edition
from shounuo.rules.engine.extensions import Extensions
from shounuo.rules.engine.history import day, moment
from shounuo.rules.engine.keeping import deem_accepted
from shounuo.rules.engine.matter import Matter, applies_to_matter
from shounuo.rules.engine.running import Running, until
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import Clock, ClockState, Finding, Warning_
from shounuo.rules.shapes import Commitment, Within
from shounuo.rules.words import parse_words

TIME_UNKNOWN = "time_unknown"
"""An end whose moment the source does not tell: the clock can be neither kept nor late."""


PROMISED = "by the date promised"

AFTER_THE_END = frozenset({"rated", "disputed", "rating_appealed", "return_visited", "rating_appeal_decided"})
"""Facts about an ended matter from which a promise may still run: contact after a bad rating, a return visit."""


class ClockFold:
    """Follows one commitment through the facts of one matter."""

    def __init__(self, edition: Edition, rule_id: str, rule: Commitment) -> None:
        self.edition, self.rule_id, self.rule = edition, rule_id, rule
        self.runs: list[Running] = []
        self.findings: list[Finding] = []
        self.open: Running | None = None
        self.extensions = Extensions(edition, rule_id, rule)
        own = [Amendment(moment(w.from_), w) for w in rule.within if w.running_clocks == "follow"]
        self.following = sorted((*own, *edition.amendments.get(rule_id, ())), key=lambda one: one.since)

    def take(self, fact: Fact, matter: Matter) -> None:
        """Let one more fact count; ``matter`` already contains it."""
        run = self.open
        if run is None:
            if self._begins(fact, matter) and self._looks_at(fact, matter):
                self._start(fact, matter)
            return
        self._see(run, fact.at)
        if fact.kind in (self.rule.ends or ()) and fits(self.rule.end_where, fact.data):
            run.end, self.open = fact, None
        elif matter.ended and matter.ended_seq == fact.seq:
            run.void_by, self.open = fact, None
        elif run.breached_at is None:
            self._disturb(run, fact, matter)

    def _begins(self, fact: Fact, matter: Matter) -> bool:
        """The rule's own events; and a matter that is opened again has its promise of being handled again."""
        if fact.kind == "reopened":
            return self.rule.handling and bool(self.runs)
        return fact.kind in (self.rule.starts or ())

    def deem(self, deemed: Fact, matter: Matter) -> None:
        """Deemed acceptance ends no promise of acting, but what runs from complete papers runs from receipt."""
        starts = set(self.rule.starts or ()) & {"accepted", "materials_complete"}
        if self.open is None and starts and self._looks_at(deemed, matter):
            self._start(replace(deemed, at=moment(deemed.data["as_from"])), matter)
        elif self.open is not None and self.open.suspended_at is not None:
            self.open.resume(deemed)

    def passed_unheeded(self, at: datetime) -> datetime | None:
        """When a promise passed whose passing counts as acceptance; None when it has not, or says nothing so."""
        if self.rule.deemed is None or self.open is None:
            return None
        self._see(self.open, at)
        return self.open.breached_at

    def _looks_at(self, fact: Fact, matter: Matter) -> bool:
        return (
            applies_to_matter(self.edition, self.rule, matter)
            and fits(self.rule.start_where, fact.data)
            and (not matter.ended or matter.ended_seq == fact.seq or fact.kind in AFTER_THE_END)
        )

    def _start(self, fact: Fact, matter: Matter) -> None:
        words, within = self.edition.within(self.rule, fact.at, matter.service, matter.data)
        if within is not None and within.by == "promised_date" and words is None and matter.promised:
            words = PROMISED
        on = fact.at.date()
        told = matter.promised if words == PROMISED else None
        if words is None or within is None or (words == PROMISED and told is None):
            self.findings.append(Finding("no_limit_set", self.rule_id, fact.seq))
            return
        budget = promise_budget(told, fact.at, self.rule, self.edition) if told else self._budget(words, on)
        key = self.edition.calendar_key(self.edition.calendar_name(self.rule.calendar, on), fact.at)
        self.open = Running(
            rule_id=self.rule_id,
            rule=self.rule,
            no=len(self.runs) + 1,
            calendar=self.edition.calendars[key],
            counted_by=key,
            counted_since=fact.at,
            start=fact,
            started_at=fact.at,
            words=words,
            within=within,
            full_budget=budget,
            budget=budget,
            waiting=str(self.edition.resolve(self.rule.while_waiting_for_materials, on)),
            service=matter.service,
            about=dict(matter.data) if self.following else {},
            promised=told is not None,
        )
        self.runs.append(self.open)
        if within.by == "promised_date" and matter.promised is not None and not told:
            self._promise(self.open, matter.promised)

    def _budget(self, words: str, on: Any) -> Any:
        first = self.rule.first_day
        return parse_words(words, first_day=str(self.edition.resolve(first, on)) if first else None)

    def _disturb(self, run: Running, fact: Fact, matter: Matter) -> None:
        if fact.kind == "notice_issued" and run.waiting != "continue":
            if fact.data.get("materials") and matter.lawful_notice(fact):
                run.pause(fact)
        elif fact.kind == "materials_complete":
            run.resume(fact)
        elif fact.kind == "date_promised" and run.within.by == "promised_date" and matter.promised is fact:
            self._promise(run, fact)
        else:
            self.extensions.take(run, fact)

    def _promise(self, run: Running, fact: Fact) -> None:
        """The first promise sets the due, never later than the longest promise allowed."""
        old = run.due().at
        longest = run.budget
        run.budget = promise_budget(fact, run.started_at, self.rule, self.edition)
        run._due = None
        new = run.due().at
        if old is not None and new is not None and new > old:
            run.budget, run._due = longest, None
            self.findings.append(Finding("promise_beyond_longest", self.rule_id, fact.seq))
            return
        run.words, run.promised = f"by {fact.data['date']}", True
        run.move(fact.at, "promised", fact.seq, old)

    def clocks(self, at: datetime) -> list[Clock]:
        """The clocks as they stand at ``at``."""
        return [self._clock(run, at) for run in self.runs]

    def _clock(self, run: Running, at: datetime) -> Clock:
        if run.end is None and run.void_by is None:
            self._see(run, at)
        found = run.due()
        clock = Clock(
            rule=run.rule_id,
            no=run.no,
            state=_state(run),
            calendar=run.counted_by,
            started_at=run.started_at,
            started_by=run.start.kind,
            words=run.words,
            clause=run.within.clause or run.rule.clause,
            budget=run.budget,
            pauses=tuple(run.pauses),
            due=found.at,
            due_day=found.day,
            provisional=found.provisional,
            out_of_coverage=found.out_of_coverage,
            ended_at=run.end.at if run.end else (run.void_by.at if run.void_by else None),
            ended_by=run.end.kind if run.end else (run.void_by.kind if run.void_by else None),
            breached_at=None if same_visit(run) or time_unknown(run) else run.breached_at,
            same_visit=same_visit(run),
            handling=run.rule.handling,
            urgent=run.rule.urgent,
            extensions=tuple(run.extensions),
            moves=tuple(run.moves),
            restarted=tuple(run.restarted),
        )
        return replace(clock, warnings=self._warnings(run)) if clock.state is ClockState.RUNNING else clock

    def _warnings(self, run: Running) -> tuple[Warning_, ...]:
        if run.due().at is None:
            return ()
        marks = (
            Warning_(mark, when)
            for mark in run.rule.warn
            if (when := warn_moment(run.calendar, run.started_at, run.budget, tuple(run.pauses), mark))
        )
        return tuple(sorted(marks, key=lambda w: w.at))

    def _see(self, run: Running, at: datetime) -> None:
        """Let time pass until ``at``: amendments that bind running clocks and versions of the calendar in their
        order, then the breach.
        """
        if self.edition.versions:
            self._recount(run, at)
        self._amend_until(run, at)
        run.see(at)

    def _recount(self, run: Running, at: datetime) -> None:
        name = run.counted_by.partition(VERSION_MARK)[0]
        for version in self.edition.versions.get(name, ()):
            if run.counted_since < version.since <= at:
                self._amend_until(run, version.since)
                run.recount(version.since, version.key, self.edition.calendars[version.key])

    def _amend_until(self, run: Running, at: datetime) -> None:
        for since, amended in self.following:
            if max(run.amended_at, run.started_at) < since <= at:
                self._amend(run, since, amended)

    def _amend(self, run: Running, since: datetime, amended: Within) -> None:
        """An amended value binds a clock that is neither breached by then nor bound to a promised date."""
        run.see(since)
        if run.breached_at is not None or run.promised or not self._meant(run, amended):
            return
        run.amended_at = since
        on = since.date()
        words = self.edition.resolve_within(amended, on, run.service, run.started_at, self.rule.calendar)
        if words and words != run.words:
            old = run.due().at
            run.words, run.within, run.full_budget = words, amended, self._budget(words, on)
            run.budget = run.extended(run.full_budget)
            run.move(since, "amended", None, old)

    def _meant(self, run: Running, amended: Within) -> bool:
        return fits(amended.when, run.about, self.edition.service(run.service))


def promise_budget(promise: Fact, started: datetime, rule: Commitment, edition: Edition) -> Any:
    """A promise as a budget: its exact moment where one was given, else the promised day's closing."""
    if exact := promise.data.get("moment"):
        return NaturalTime(int((moment(exact) - started).total_seconds()))
    return until(day(promise.data["date"]), started)


def same_visit(run: Running) -> bool:
    """An on-the-spot matter that ended in the visit it began in is kept, whatever the hour."""
    begun = run.start.data.get("visit")
    return bool(run.end and begun and run.words == "on the spot" and run.end.data.get("visit") == begun)


def time_unknown(run: Running) -> bool:
    """Whether the end's moment is not known."""
    return run.end is not None and run.end.data.get("result") == TIME_UNKNOWN


def _state(run: Running) -> ClockState:
    if time_unknown(run):
        return ClockState.VOID
    if run.end is not None:
        late = run.breached_at is not None and not same_visit(run)
        return ClockState.MET_LATE if late else ClockState.MET
    if run.breached_at is not None:
        return ClockState.BREACHED
    if run.void_by is not None:
        return ClockState.VOID
    found = run.due()
    return ClockState.PAUSED if found.at is None and not found.out_of_coverage else ClockState.RUNNING


def follow(
    edition: Edition, facts: Sequence[Fact], at: datetime | None = None
) -> tuple[Matter, list[ClockFold]]:
    """Fold the facts once, through the matter and through every commitment with a clock, until ``at``.

    What follows from silence (deemed acceptance) is worked out here; the system's own fact of it is only the record.
    """
    matter, folds = Matter(), [ClockFold(edition, i, r) for i, r in edition.clock_rules()]
    silent = any(each.rule.deemed for each in folds)
    for fact in facts:
        if silent:
            _hear_silence(matter, folds, fact.at)
        if fact.kind == "accepted" and fact.data.get("deemed"):
            continue
        matter.take(fact)
        for each in folds:
            each.take(fact, matter)
    if silent and at is not None:
        _hear_silence(matter, folds, at)
    return matter, folds


def _hear_silence(matter: Matter, folds: Sequence[ClockFold], at: datetime) -> None:
    if matter.accepted or matter.ended or matter.received_at is None:
        return
    passed = [when for each in folds if (when := each.passed_unheeded(at)) is not None]
    if passed:
        deemed = deem_accepted(matter, min(passed))
        for each in folds:
            each.deem(deemed, matter)
