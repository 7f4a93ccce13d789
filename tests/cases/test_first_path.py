"""The first path: asked, told once, complete, finished, rated; and the due date in between."""

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NotAllowed, NoticeForm
from shounuo.cases.models import Case
from shounuo.commitments.models import RunningClock
from tests.cases.conftest import Hall, at


def clock_of(case: Case, rule: str) -> RunningClock:
    return RunningClock.objects.get(stream=case.stream, rule=rule)


def test_the_whole_path_over_national_day(hall: Hall) -> None:
    case = hall.in_hand("2026-09-28 09:10:00")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-09-28 09:40:00"), NoticeForm(["licence-copy"]))
    case = actions.mark_complete(hall.on(case.stream, "wang", "2026-10-08 10:00:00"))
    assert case.due_at == at("2026-10-13 17:30:00")
    case = actions.complete(hall.on(case.stream, "wang", "2026-10-13 17:30:00"), "已检定合格")
    assert (case.state, clock_of(case, "handle-in-time").state) == ("completed", "met")
    case = actions.rate(hall.on(case.stream, "party", "2026-10-14 08:00:00"), 5, "很快")
    assert case.rating == 5


def test_one_second_after_the_due_instant_is_late(hall: Hall) -> None:
    case = hall.in_hand("2026-09-28 09:10:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-10-08 10:00:00"))
    case = actions.complete(hall.on(case.stream, "wang", "2026-10-13 17:30:01"), "已检定")
    row = clock_of(case, "handle-in-time")
    assert (row.state, row.breached_at) == ("met_late", at("2026-10-13 17:30:00"))


def test_completing_before_papers_are_complete_is_refused(hall: Hall) -> None:
    case = hall.in_hand("2026-09-28 09:10:00")
    with pytest.raises(NotAllowed) as refused:
        actions.complete(hall.on(case.stream, "wang", "2026-09-28 10:00:00"), "完")
    assert refused.value.why.code == "materials_not_complete"
