"""Long random histories: after any changes of the calendar, rows written in batches are what judging afresh gives."""

import random
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.cases.actions.recording import NotAllowed
from shounuo.cases.actions.rejudging import rejudge
from shounuo.cases.actions.standing import stand
from shounuo.cases.models import Case
from shounuo.cases.rebuilding import differences
from shounuo.commitments.models import RunningClock
from shounuo.ledger.moments import civil, instant
from shounuo.regulations.models import DueMove, OfficeCalendar, Recomputation
from shounuo.rules.calendars import CalendarSpec
from tests.cases.conftest import Hall
from tests.commitments.recomputing_scene import WORK, change, newest, run

BEGIN = datetime(2026, 12, 14, 9, 0)
STEPS = 14


def step(rng: random.Random, hall: Hall, cases: list[Case], when: str) -> None:
    case = rng.choice(cases)
    on = hall.on(case.stream, "wang", when)
    verb = rng.choice(["notice", "complete_papers", "refer", "finish", "nothing"])
    try:
        if verb == "notice":
            form = NoticeForm(materials=["licence-copy"], form="written")
            actions.issue_notice(on, form)
        elif verb == "complete_papers":
            actions.mark_complete(on)
        elif verb == "refer":
            actions.refer_to_leader(on, "请示")
        elif verb == "finish":
            actions.complete(on, "已办")
    except NotAllowed:
        pass


def alter(rng: random.Random, hall: Hall, when: str) -> None:
    """A day closed or opened somewhere ahead, or the first weeks of 2027 published."""
    spec = CalendarSpec.model_validate(newest(hall).spec)
    day = BEGIN.date() + timedelta(days=rng.randrange(2, 40))
    hours = rng.choice([(), ((9 * 3600, 12 * 3600),), ((9 * 3600, 12 * 3600), (48600, 63000))])
    values: dict[str, object] = {"overrides": {**spec.overrides, day: hours}}
    if rng.random() < 0.3 and spec.coverage[1].year == 2026:
        values |= {"coverage": (spec.coverage[0], date(2027, 12, 31)), "provisional_to": None,
                   "provisional_off": frozenset(), "off": spec.off | {date(2027, 1, 1)}}  # fmt: skip
    with suppress(ValueError):  # the day already had these hours
        change(hall, when, **values)


class Killed(BaseException):
    pass


def work_at_random(rng: random.Random, moment: datetime) -> datetime:
    """Run the worker to its end in small batches, killed now and then behind a batch's writes."""

    def maybe_killed(streams: object, now: datetime) -> object:
        did = rejudge(streams, now)  # type: ignore[arg-type]
        if rng.random() < 0.2:
            raise Killed
        return did

    while Recomputation.objects.exclude(state="done").exists() or not planned():
        moment += timedelta(minutes=2)
        try:
            run(
                f"{moment:%Y-%m-%d %H:%M:%S}",
                uuid4(),
                WORK._replace(rejudge=maybe_killed),
                size=rng.randrange(1, 4),
            )  # type: ignore[arg-type]
        except Killed:
            continue
    return moment


def planned() -> bool:
    return (
        Recomputation.objects.filter(calendar__isnull=False).count()
        == OfficeCalendar.objects.filter(changed_from__isnull=False).count()
    )


@pytest.mark.parametrize("seed", range(6))
def test_recomputed_clocks_are_what_judging_afresh_gives(seed: int, hall: Hall) -> None:
    rng = random.Random(seed)
    cases = [hall.in_hand(f"{BEGIN + timedelta(minutes=i):%Y-%m-%d %H:%M}") for i in range(6)]
    moment = BEGIN + timedelta(hours=1)
    for _ in range(STEPS):
        moment += timedelta(hours=rng.randrange(1, 20), seconds=rng.randrange(3600))
        when = f"{moment:%Y-%m-%d %H:%M:%S}"
        alter(rng, hall, when) if rng.random() < 0.35 else step(rng, hall, cases, when)
    moment = work_at_random(rng, moment + timedelta(minutes=1))
    for case in cases:
        judged = stand(case.stream, instant(moment)).judged
        rows = {(r.rule, r.no): (r.state, r.due_at and civil(r.due_at), r.provisional)
                for r in RunningClock.objects.filter(stream=case.stream)}  # fmt: skip
        wanted = {(c.rule, c.no): (c.state.value, c.due, c.provisional) for c in judged.clocks}
        open_now = {
            key for key, clock in zip(wanted, judged.clocks, strict=True) if clock.state.value == "running"
        }
        assert {key: rows[key] for key in open_now} == {key: wanted[key] for key in open_now}
        told = sum(m.cause == "calendar" for c in judged.clocks for m in c.moves)
        assert DueMove.objects.filter(stream=case.stream).count() == told
    assert list(differences()) == []
