"""The climbing line: planned at a breach, walked when each step's moment has come and the clock is still broken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from shounuo.cases.models import Case
from shounuo.commitments.models import RunningClock
from shounuo.ledger.moments import civil, instant
from shounuo.reminders.actions.reminding import Told, remind
from shounuo.reminders.causes import clock_cause
from shounuo.reminders.line import office_calendar, steps
from shounuo.reminders.models import Climb, Level, Reminder
from shounuo.reminders.recipients import Hearer, Recipients

PAGE = 500
Clocks = Mapping[tuple[UUID, str, int, datetime | None], RunningClock]
Heard = dict[str, set[tuple[str, int]]]


def plan_climb(broken: Iterable[tuple[Case, RunningClock]], recipients: Recipients) -> None:
    """Put the steps after each breach down, each once."""
    rows = [row for case, clock in broken for row in _steps(case, clock, recipients)]
    Climb.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _steps(case: Case, clock: RunningClock, recipients: Recipients) -> Iterator[Climb]:
    edition = recipients.edition(case.organisation)
    if edition is None or clock.breached_at is None:
        return
    for step in steps(edition, civil(clock.breached_at), office_calendar(edition)):
        yield Climb(
            stream=clock.stream, rule=clock.rule, no=clock.no, breached_at=clock.breached_at,
            level=step.level, look_at=instant(step.at),
        )  # fmt: skip


def climb(at: datetime, channels: frozenset[str]) -> int:
    """Take every step whose moment has come, each once whatever the number of workers; returns how many."""
    taken = 0
    while more := _page(at, channels):
        taken += more
    return taken


@transaction.atomic
def _page(at: datetime, channels: frozenset[str]) -> int:
    """Some steps. Their rows are locked: another worker waits, and then finds them done."""
    waiting = Climb.objects.select_for_update().filter(done_at__isnull=True, look_at__lte=at)
    page = list(waiting.order_by("look_at", "pk")[:PAGE])
    clocks = _still_broken(page)
    broken = [step for step in page if (step.stream, step.rule, step.no, step.breached_at) in clocks]
    Climb.objects.filter(pk__in=[step.pk for step in page]).update(done_at=at)
    Climb.objects.filter(pk__in=[step.pk for step in broken]).update(told=True)
    recipients = Recipients(at)
    remind(list(_told_of(broken, clocks, recipients)), recipients, at, channels)
    return len(page)


def _told_of(broken: Sequence[Climb], clocks: Clocks, recipients: Recipients) -> Iterator[Told]:
    """Step by step in the order of time, so that a later one sees who has heard from an earlier one."""
    cases, heard = _cases(broken), _heard(broken)
    for step in broken:
        told = _told(step, cases[step.stream], clocks, heard, recipients)
        heard.setdefault(told.cause, set()).update((step.level, one.person) for one in told.hearers)
        yield told


def _heard(broken: Sequence[Climb]) -> Heard:
    """Who has heard of each breach, as which level."""
    found: Heard = {}
    causes = [_cause(step) for step in broken]
    for cause, level, person in Reminder.objects.filter(cause__in=causes).values_list(
        "cause", "level", "person"
    ):
        found.setdefault(cause, set()).add((level, person))
    return found


def _cause(step: Climb) -> str:
    return clock_cause(step.stream, step.rule, step.no, "breach", step.breached_at)


def _still_broken(page: Sequence[Climb]) -> Clocks:
    clocks = RunningClock.objects.filter(
        stream__in={step.stream for step in page}, state=RunningClock.State.BREACHED, ended_at__isnull=True
    )
    return {(one.stream, one.rule, one.no, one.breached_at): one for one in clocks}


def _cases(page: Sequence[Climb]) -> dict[UUID, Case]:
    found = Case.objects.filter(stream__in={step.stream for step in page})
    return {case.stream: case for case in found.select_related("organisation", "section")}


def _told(step: Climb, case: Case, clocks: Clocks, heard: Heard, recipients: Recipients) -> Told:
    clock, cause = clocks[step.stream, step.rule, step.no, step.breached_at], _cause(step)
    below = {person for level, person in heard.get(cause, ()) if level != step.level}
    hearers = _hearers(step.level, case, clock, below, recipients)
    return Told(
        "climbed", step.level, cause, case, hearers, step.breached_at, step.rule, step.no, "breach",
        clock.due_at, clock.urgent,
    )  # fmt: skip


def _hearers(
    level: str, case: Case, clock: RunningClock, below: set[int], recipients: Recipients
) -> list[Hearer]:
    """Who has not heard of this breach already, as a level below; else the next level up."""
    for one in dict.fromkeys((level, Level.LEADER, Level.OFFICE)):
        heard = recipients.hear(one, case, clock)
        if found := [hearer for hearer in heard if hearer.person not in below]:
            return found
    return []
