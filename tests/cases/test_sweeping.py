"""Many matters at once come out as each by itself, and another worker in between changes nothing."""

from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm, let_time_pass, sweeping
from shounuo.cases.actions.sweeping import let_time_pass_together
from shounuo.cases.models import Case
from shounuo.cases.rebuilding import differences
from shounuo.commitments.models import Alarm, RunningClock
from shounuo.ledger.models import Fact
from tests.cases.conftest import Hall, at

MOMENTS = ("2026-03-04 18:00", "2026-03-06 17:30:01", "2026-06-01 09:00")


def several(hall: Hall) -> list[Any]:
    """Matters in different states: running, waiting for papers, finished late before anybody looked, untouched."""
    running, waiting, done = (hall.in_hand("2026-03-02 09:00") for _n in range(3))
    for one in (running, waiting, done):
        actions.mark_complete(hall.on(one.stream, "wang", "2026-03-02 10:00"))
    form = NoticeForm(["licence-copy"], new_requirement="law")
    actions.issue_notice(hall.on(waiting.stream, "wang", "2026-03-03 10:00"), form)
    return [one.stream for one in (running, waiting, done, hall.ask("2026-03-02 09:00"))]


def seen(streams: list[Any]) -> list[list[tuple[Any, ...]]]:
    """Facts, alarms, clock rows and case rows, by place in the list instead of id."""
    place = {stream: n for n, stream in enumerate(streams)}
    facts = (
        Fact.objects.filter(stream__in=streams, kind__in=("warned", "breached"))
        .order_by("stream", "seq")
        .values_list("stream", "seq", "kind", "at", "data")
    )
    alarms = Alarm.objects.filter(stream__in=streams).values_list("stream", "rule", "no", "mark", "at")
    clocks = RunningClock.objects.filter(stream__in=streams).values_list(
        "stream", "rule", "no", "state", "due_at", "next_at"
    )
    cases = Case.objects.filter(stream__in=streams).values_list(
        "stream", "version", "state", "due_at", "clock_state"
    )
    return [
        sorted(map(str, ((place[row[0]], *row[1:]) for row in rows)))
        for rows in (facts, alarms, clocks, cases)
    ]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_page_at_once_is_the_same_as_one_by_one(hall: Hall, moment: str) -> None:
    alone, together = several(hall), several(hall)
    moved = sum(let_time_pass(stream, at(moment)) for stream in alone)
    assert let_time_pass_together(together, at(moment)) == moved > 0
    assert seen(together) == seen(alone)
    assert let_time_pass_together(together, at(moment)) == 0


def test_what_was_swept_is_what_the_facts_say(hall: Hall) -> None:
    streams = several(hall)
    for moment in MOMENTS:
        let_time_pass_together(streams, at(moment))
    assert list(differences()) == []


def test_a_matter_that_another_worker_did_in_between_is_not_done_twice(hall: Hall, monkeypatch: Any) -> None:
    streams, real, times = several(hall), sweeping._write, []

    def write(passed: Any, when: Any) -> None:
        if not times:
            times.append(1)
            raise sweeping.Conflict("another was first")
        real(passed, when)

    monkeypatch.setattr(sweeping, "_write", write)
    assert let_time_pass_together(streams, at(MOMENTS[1])) > 0
    told = Fact.objects.filter(stream=streams[0], kind="breached", data__rule="handle-in-time")
    assert told.count() == 1


def test_a_matter_with_more_than_alarms_goes_the_single_way(hall: Hall, monkeypatch: Any) -> None:
    streams = several(hall)
    monkeypatch.setattr(
        sweeping, "unrecorded", lambda before: [before] if before.case.stream == streams[0] else []
    )
    assert let_time_pass_together(streams, at(MOMENTS[1])) > 0
    assert Alarm.objects.filter(stream=streams[0], mark="breach", rule="handle-in-time").count() == 1
