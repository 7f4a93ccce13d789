"""Open clocks after a calendar changed: judged again in batches, every move kept, killed or not."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from shounuo.cases import actions
from shounuo.cases.actions.rejudging import rejudge
from shounuo.cases.models import Case
from shounuo.cases.rebuilding import differences
from shounuo.commitments.models import RunningClock
from shounuo.regulations.models import DueMove, Recomputation
from shounuo.rules.calendars import CalendarSpec
from tests.cases.conftest import Hall, at
from tests.commitments.recomputing_scene import WORK, change, close, moves_of, newest, run

RULE = "handle-in-time"  # 4 working days from complete papers: due 2026-03-06 17:30
OLD, NEW = "2026-03-06T17:30:00", "2026-03-09T17:30:00"


def complete(hall: Hall, when: str = "2026-03-02 10:00") -> Case:
    case = hall.in_hand("2026-03-02 09:00")
    return actions.mark_complete(hall.on(case.stream, "wang", when))


@pytest.fixture
def case(hall: Hall) -> Case:
    """An application whose papers were complete on Monday 2 March 2026."""
    return complete(hall)


def clock(case: Case) -> RunningClock:
    return RunningClock.objects.get(stream=case.stream, rule=RULE)


def test_a_new_day_off_moves_the_due_and_keeps_old_new_cause_and_actor(hall: Hall, case: Case) -> None:
    close(hall, "2026-03-05", "2026-03-03 09:00")
    assert run("2026-03-03 09:01") == 1
    assert moves_of(case.stream) == [(at("2026-03-03 09:00"), hall.cast.id("sun"), OLD, NEW)]
    row = DueMove.objects.get(stream=case.stream)
    assert (row.cause, row.source, row.old, row.new) == (
        "calendar",
        "office@2",
        at("2026-03-06 17:30"),
        clock(case).due_at,
    )
    assert list(differences()) == []


def test_the_matter_and_its_marks_follow_the_new_due(hall: Hall, case: Case) -> None:
    close(hall, "2026-03-05", "2026-03-03 09:00")
    run("2026-03-03 09:01")
    assert Case.objects.get(pk=case.pk).due_at == at("2026-03-09 17:30")
    assert clock(case).next_at == at("2026-03-04 17:30")


def test_nothing_is_touched_before_the_transactions_of_the_moment_are_over(hall: Hall, case: Case) -> None:
    close(hall, "2026-03-05", "2026-03-03 09:00")
    assert run("2026-03-03 09:00") == 0
    assert run("2026-03-03 09:00:05") == 1


def test_a_due_before_the_first_changed_day_is_not_even_looked_at(hall: Hall, case: Case) -> None:
    close(hall, "2026-03-09", "2026-03-03 09:00")
    assert run("2026-03-03 09:01") == 0
    assert Recomputation.objects.get().state == "done"


def test_what_was_breached_or_ended_before_stays_as_it_was_counted(hall: Hall) -> None:
    late, done = complete(hall), complete(hall)
    actions.complete(hall.on(done.stream, "wang", "2026-03-03 09:00"), "已检定")
    close(hall, "2026-03-05", "2026-03-07 09:00")
    run("2026-03-07 09:01")
    assert (clock(late).state, clock(late).due_at) == ("breached", at("2026-03-06 17:30"))
    assert clock(done).due_at == at("2026-03-06 17:30")
    assert list(differences()) == []


def test_a_verb_before_the_worker_records_the_move_itself_and_only_once(hall: Hall, case: Case) -> None:
    close(hall, "2026-03-05", "2026-03-03 09:00")
    actions.complete(hall.on(case.stream, "wang", "2026-03-03 09:00:02"), "已检定")
    run("2026-03-03 09:01")
    assert len(moves_of(case.stream)) == 1
    assert clock(case).due_at == at("2026-03-09 17:30")


def test_two_versions_leave_two_moves(hall: Hall, case: Case) -> None:
    close(hall, "2026-03-05", "2026-03-03 09:00")
    close(hall, "2026-03-09", "2026-03-03 09:30")
    run("2026-03-03 10:00")
    assert [(old, new) for _at, _by, old, new in moves_of(case.stream)] == [
        (OLD, NEW),
        (NEW, "2026-03-10T17:30:00"),
    ]
    assert run("2026-03-03 10:01") == 0


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(hall: Hall) -> None:
    cases = [complete(hall) for _ in range(5)]
    close(hall, "2026-03-05", "2026-03-03 09:00")

    def killed(streams: Any, moment: Any) -> Any:
        did = rejudge(streams, moment)
        if cases[2].stream in streams:
            raise KeyboardInterrupt  # as a signal would: behind the writes, before the commit
        return did

    ordered = sorted(cases, key=lambda case: case.stream)
    cases = ordered
    with pytest.raises(KeyboardInterrupt):
        run("2026-03-03 09:01", work=WORK._replace(rejudge=killed), size=2)
    assert [len(moves_of(case.stream)) for case in ordered] == [1, 1, 0, 0, 0]
    run("2026-03-03 09:01:30", worker=uuid4())  # the lease of the dead worker still counts
    assert len(moves_of(ordered[4].stream)) == 0
    run("2026-03-03 09:03", worker=uuid4())
    assert [len(moves_of(case.stream)) for case in ordered] == [1] * 5
    done = Recomputation.objects.get()
    assert (done.state, done.total, done.looked, done.moved) == ("done", 5, 5, 5)
    assert list(differences()) == []


def test_a_matter_that_cannot_be_judged_is_counted_and_holds_up_no_other(hall: Hall) -> None:
    cases = sorted((complete(hall) for _ in range(3)), key=lambda case: case.stream)
    close(hall, "2026-03-05", "2026-03-03 09:00")

    def broken(streams: Any, moment: Any) -> Any:
        if cases[1].stream in streams:
            raise ValueError("unreadable")
        return rejudge(streams, moment)

    run("2026-03-03 09:01", work=WORK._replace(rejudge=broken))
    assert [len(moves_of(case.stream)) for case in cases] == [1, 0, 1]
    done = Recomputation.objects.get()
    assert (done.state, done.looked, done.moved, done.failed) == ("done", 3, 2, 1)


def test_a_worker_whose_lease_was_taken_over_keeps_nothing_it_wrote(hall: Hall, case: Case) -> None:
    close(hall, "2026-03-05", "2026-03-03 09:00")

    def taken_over(streams: Any, moment: Any) -> Any:
        did = rejudge(streams, moment)
        Recomputation.objects.update(lease=uuid4())
        return did

    run("2026-03-03 09:01", work=WORK._replace(rejudge=taken_over))
    assert moves_of(case.stream) == []


def test_the_year_that_was_provisional_becomes_definite(hall: Hall) -> None:
    case = hall.in_hand("2026-12-28 09:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-12-28 10:00"))
    assert (clock(case).provisional, clock(case).next_at) == (True, None)
    spec = CalendarSpec.model_validate(newest(hall).spec)
    first, _last = spec.coverage
    off = spec.off | {date(2027, 1, d) for d in (1, 2, 3)}
    change(hall, "2026-12-28 11:00", coverage=(first, date(2027, 12, 31)), off=off, provisional_to=None,
           provisional_off=frozenset())  # fmt: skip
    run("2026-12-28 11:01")
    found = clock(case)
    assert (found.provisional, found.due_at) == (False, at("2027-01-04 17:30"))
    assert found.next_at is not None
    assert Recomputation.objects.get().settled >= 1
    assert list(differences()) == []
