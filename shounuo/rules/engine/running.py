"""One clock while it runs: budget, pauses, restarts, moves. Mutable only inside the fold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import Budget, Due, NaturalDays, Pause, SameDay, due, plus
from shounuo.rules.facts import Fact
from shounuo.rules.judgement import DueMove, Granted, Reason
from shounuo.rules.shapes import Commitment, Within
from shounuo.rules.words import parse_words


@dataclass(slots=True)
class Running:
    """The working copy of a clock."""

    rule_id: str
    rule: Commitment
    no: int
    calendar: Calendar
    start: Fact
    started_at: datetime
    words: str
    within: Within
    full_budget: Budget
    budget: Budget
    waiting: str
    service: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    counted_by: str = ""
    counted_since: datetime = datetime.min  # noqa: DTZ901 - civil time
    amended_at: datetime = datetime.min  # noqa: DTZ901 - civil time
    promised: bool = False
    pauses: list[Pause] = field(default_factory=list)
    suspended_at: datetime | None = None
    extensions: list[Granted] = field(default_factory=list)
    moves: list[DueMove] = field(default_factory=list)
    restarted: list[datetime] = field(default_factory=list)
    breached_at: datetime | None = None
    end: Fact | None = None
    void_by: Fact | None = None
    _due: Due | None = None

    def due(self) -> Due:
        """The due instant in force now; worked out once until something moves it."""
        if self._due is None:
            if self.suspended_at is not None:
                self._due = Due(at=None, provisional=False, out_of_coverage=False, day=None)
            else:
                self._due = due(self.calendar, self.started_at, self.budget, tuple(self.pauses))
        return self._due

    def firm_due(self) -> datetime | None:
        """The due instant a breach can be declared on: never a provisional one."""
        now = self.due()
        return None if now.provisional else now.at

    def see(self, at: datetime) -> None:
        """Stamp the breach with the legal moment once ``at`` is past the due in force."""
        firm = self.firm_due()
        if self.breached_at is None and firm is not None and at > firm:
            self.breached_at = firm

    def move(self, at: datetime, cause: str, seq: int | None, old: datetime | None) -> None:
        """Keep what the due was and what it became."""
        self._due = None
        new = self.due().at
        if new != old:
            self.moves.append(DueMove(at, old, new, cause, seq))

    def recount(self, since: datetime, key: str, calendar: Calendar) -> None:
        """From a moment on another version of the calendar counts; a clock breached by then stays as it was."""
        self.see(since)
        self.counted_since = since
        if self.breached_at is None:
            old, self.counted_by, self.calendar = self.due().at, key, calendar
            self.move(since, "calendar", None, old)

    def extended(self, budget: Budget) -> Budget:
        """A budget with the extensions in force added, as far as they are of its kind."""
        for one in self.extensions:
            extra = parse_words(one.by_how_much) if one.valid else None
            if type(extra) is type(budget):
                budget = plus(budget, extra)
        return budget

    def pause(self, fact: Fact) -> None:
        """A lawful notice stops the clock; with ``restart`` it waits for a fresh start."""
        if self.pauses and self.pauses[-1][1] is None:
            return
        old = self.due().at
        if self.waiting == "restart":
            self.suspended_at = fact.at
        self.pauses.append((fact.at, None))
        self.move(fact.at, "paused", fact.seq, old)

    def resume(self, fact: Fact) -> None:
        """Complete papers end the pause, or start the clock afresh with the full budget."""
        if not self.pauses or self.pauses[-1][1] is not None:
            return
        self.pauses[-1] = (self.pauses[-1][0], fact.at)
        if self.suspended_at is None:
            self.move(fact.at, "resumed", fact.seq, None)
            return
        self.suspended_at = None
        self.restarted.append(self.started_at)
        self.started_at, self.pauses, self.budget = fact.at, [], self.full_budget
        self.extensions = [_not_carried(e) for e in self.extensions]
        self.move(fact.at, "restarted", fact.seq, None)


def _not_carried(extension: Granted) -> Granted:
    """An extension given before a restart stays in the record and no longer counts."""
    return replace(extension, valid=False, why=Reason("ended_by_restart")) if extension.valid else extension


def until(promised: date, started: datetime) -> Budget:
    """A promised date as a budget: its closing time; on a day off the next working day's (民法典 203)."""
    days = (promised - started.date()).days
    return SameDay() if days <= 0 else NaturalDays(days, roll=True, day_end="office_close")
