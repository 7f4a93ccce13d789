"""Writing clock, check and alarm rows from a judgement; and the sweep over what has come due."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, Q

from shounuo.commitments.models import Alarm, CheckResult, RunningClock, SweepMark
from shounuo.ledger.moments import instant
from shounuo.rules.judgement import Check, Clock, ClockState, Judgement

log = logging.getLogger("shounuo.sweep")

LONGEST_STEP_BACK = timedelta(minutes=5)


class ClockSetBack(RuntimeError):
    """The machine's clock jumped back by more than five minutes: nothing is swept until it is put right."""


class Whose(NamedTuple):
    """The matter's own values that its clock and check rows repeat for lists and tables."""

    stream: UUID
    organisation_id: int
    section_id: int | None
    kind: str
    service: str
    handler: str


Raised = frozenset[tuple[str, int, str, datetime]]
"""Marks and breaches that already have their fact, as (rule, no, mark, legal moment in civil time)."""


def write(whose: Whose, judged: Judgement, raised: Raised = frozenset()) -> None:
    """Make the clock and check rows of a matter say what the judgement says."""
    clocks = [clock_row(whose, clock, raised) for clock in judged.clocks]
    checks = [check_row(whose, check) for check in judged.checks if check.over]
    _take_away(RunningClock, whose.stream, {(row.rule, row.no) for row in clocks}, ("rule", "no"))
    _take_away(CheckResult, whose.stream, {(row.rule,) for row in checks}, ("rule",))
    write_clocks(clocks)
    write_checks(checks)


def _take_away(model: type[Model], stream: UUID, kept: set[tuple[Any, ...]], key: tuple[str, ...]) -> None:
    """Rows that no longer follow, after a correction or an entry dated back."""
    rows = model._default_manager.filter(stream=stream).values_list("pk", *key)
    if stale := [pk for pk, *rest in rows if tuple(rest) not in kept]:
        model._default_manager.filter(pk__in=stale).delete()


def write_clocks(rows: Sequence[RunningClock]) -> None:
    """Insert or overwrite clock rows, of one or many matters."""
    if rows:
        RunningClock.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["stream", "rule", "no"], update_fields=CLOCK_FIELDS
        )


def write_checks(rows: Sequence[CheckResult]) -> None:
    """Insert or overwrite check rows, of one or many matters."""
    if rows:
        CheckResult.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["stream", "rule"], update_fields=CHECK_FIELDS
        )


def clock_values(whose: Whose, clock: Clock, raised: Raised) -> dict[str, Any]:
    """The row of one clock."""
    return {
        "stream": whose.stream,
        "rule": clock.rule,
        "no": clock.no,
        "organisation_id": whose.organisation_id,
        "section_id": whose.section_id,
        "kind": whose.kind,
        "service": whose.service,
        "handler": answers_for(clock, whose.handler),
        "clause": clock.clause,
        "words": clock.words,
        "state": clock.state.value,
        "started_at": instant(clock.started_at),
        "due_at": instant(clock.due) if clock.due else None,
        "provisional": clock.provisional,
        "ended_at": instant(clock.ended_at) if clock.ended_at else None,
        "breached_at": instant(clock.breached_at) if clock.breached_at else None,
        "handling": clock.handling,
        "urgent": clock.urgent,
        "next_at": next_look(clock, raised),
    }


def answers_for(clock: Clock, handler: str) -> str:
    """The actor id of whoever answers for a clock: the handler, unless the rule names somebody else; "" where the
    facts do not say who that is, so that a clock which a rating began is never the rated one's.
    """
    return handler if clock.owner in ("handler", "answerable") else clock.owner_id or ""


def clock_row(whose: Whose, clock: Clock, raised: Raised) -> RunningClock:
    """The row of one clock as an unsaved object."""
    return RunningClock(**clock_values(whose, clock, raised))


def check_row(whose: Whose, check: Check) -> CheckResult:
    """The row of one check as an unsaved object."""
    assert check.at is not None
    return CheckResult(
        stream=whose.stream,
        rule=check.rule,
        organisation_id=whose.organisation_id,
        section_id=whose.section_id,
        kind=whose.kind,
        service=whose.service,
        clause=check.clause,
        state=check.state.value,
        judged_at=instant(check.at),
    )


CLOCK_FIELDS = [
    f.attname for f in RunningClock._meta.concrete_fields if f.attname not in ("id", "stream", "rule", "no")
]
CHECK_FIELDS = [
    f.attname for f in CheckResult._meta.concrete_fields if f.attname not in ("id", "stream", "rule")
]


def next_look(clock: Clock, raised: Raised) -> datetime | None:
    """When the sweep must look at a clock: its next mark or its due instant not yet raised."""
    if clock.breached_at is not None:
        done = (clock.rule, clock.no, "breach", clock.breached_at) in raised
        return None if done else instant(clock.breached_at)
    if clock.provisional or clock.state is not ClockState.RUNNING or clock.due is None:
        return None
    moments = [w.at for w in clock.warnings if (clock.rule, clock.no, w.mark, w.at) not in raised]
    # The breach begins one second after the due instant: at the instant itself the matter is on time.
    return instant(min([*moments, clock.due + timedelta(seconds=1)]))


Marks = Iterable[tuple[str, int, str, datetime]]
"""(rule, no, mark or “breach”, legal moment)."""


def raise_alarms(whose: Whose, clocks: Sequence[Clock], marks: Marks, at: datetime) -> None:
    """Keep each mark once, with whoever answers for its clock; a second node that raises the same changes nothing."""
    raise_all([(whose, clocks, marks)], at)


def raise_all(alarms: Iterable[tuple[Whose, Sequence[Clock], Marks]], at: datetime) -> None:
    """The same for many matters at once."""
    rows = [row for whose, clocks, marks in alarms for row in _alarms(whose, clocks, marks, at)]
    Alarm.objects.bulk_create(rows, ignore_conflicts=True)


def _alarms(whose: Whose, clocks: Sequence[Clock], marks: Marks, at: datetime) -> Iterator[Alarm]:
    owners = {(clock.rule, clock.no): answers_for(clock, whose.handler) for clock in clocks}
    for rule, no, mark, moment in marks:
        yield Alarm(
            stream=whose.stream, rule=rule, no=no, mark=mark, at=moment, raised_at=at,
            organisation_id=whose.organisation_id, handler=owners.get((rule, no), ""),
        )  # fmt: skip


Advance = Callable[[UUID, datetime], bool]
Together = Callable[[Sequence[UUID], datetime], int]


def sweep(at: datetime, advance: Advance, together: Together | None = None, page: int = 250) -> int:
    """Let time pass for every matter with a mark or a due instant behind `at`; returns how many moved.

    `advance(stream, at)` records what has come due for one matter and returns whether it did; `together`
    does a page of them and returns for how many. Any number of nodes may sweep at once: a matter's facts
    are appended by compare-and-swap, so one of them records and the others see nothing left. Raises
    `ClockSetBack`.
    """
    _mark(at)
    return sum(_page_advanced(streams, at, advance, together) for streams in _waiting(at, page))


def _page_advanced(streams: Sequence[UUID], at: datetime, advance: Advance, together: Together | None) -> int:
    """A page at once; one by one when that does not work, so that what is wrong is known by its matter."""
    if together is not None:
        try:
            return together(streams, at)
        except Exception:
            log.exception("the sweep could not take a page at once")
    return sum(_advanced(advance, stream, at) for stream in streams)


def _waiting(at: datetime, page: int) -> Iterator[list[UUID]]:
    """Each matter once, page by page behind the last one seen: one that cannot be judged holds up no other."""
    rows = (
        RunningClock.objects.needing_attention(at)
        .order_by("next_at", "pk")
        .values_list("next_at", "pk", "stream")
    )
    seen: set[UUID] = set()
    last: tuple[datetime, int] | None = None
    while found := list((rows.filter(_behind(*last)) if last else rows)[:page]):
        last = found[-1][0], found[-1][1]  # type: ignore[assignment]  # the query leaves rows without out
        new = dict.fromkeys(stream for _next_at, _pk, stream in found if stream not in seen)
        seen |= new.keys()
        if new:
            yield list(new)


def _behind(next_at: datetime, pk: int) -> Q:
    return Q(next_at__gt=next_at) | Q(next_at=next_at, pk__gt=pk)


def _advanced(advance: Advance, stream: UUID, at: datetime) -> bool:
    """One matter; what goes wrong with it is logged and holds up no other."""
    try:
        return advance(stream, at)
    except Exception:
        log.exception("the sweep could not judge %s", stream)
        return False


def _mark(at: datetime) -> None:
    mark, new = SweepMark.objects.get_or_create(name="sweep", defaults={"last_at": at})
    if new:
        return
    if at < mark.last_at - LONGEST_STEP_BACK:
        raise ClockSetBack(f"the last sweep ran at {mark.last_at.isoformat()}, now it is {at.isoformat()}")
    if at > mark.last_at:
        SweepMark.objects.filter(pk=mark.pk, last_at__lt=at).update(last_at=at)
