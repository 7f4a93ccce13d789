"""The page of the one-time notice: what it says about time is true for this matter and this notice."""

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.cases.models import Case
from tests.cases.conftest import Hall
from tests.cases.desk import Desk, desk, text

__all__ = ["desk"]

MORNING, LATER = "2026-09-28 09:10:00", "2026-09-28 10:00:00"
HANDLING = "“申请在规定或承诺时限内办结”"
NOTHING = "这件事现在没有会因缺材料而暂停的时限。"


def page(desk: Desk, case: Case, who: str = "wang") -> str:
    return text(desk.ask(who, case, "issue_notice"))


def counting(hall: Hall) -> Case:
    case = hall.in_hand(MORNING)
    return actions.mark_complete(hall.on(case.stream, "wang", LATER))


def test_it_names_the_clock_that_it_stops(desk: Desk, hall: Hall) -> None:
    assert f"勾选了材料的，{HANDLING}暂停到补齐为止。" in page(desk, counting(hall))


def test_before_a_clock_runs_nothing_is_promised(desk: Desk, hall: Hall) -> None:
    assert NOTHING in page(desk, hall.in_hand(MORNING))


@pytest.mark.parametrize("service", ["", "weighing-instrument-verification"])
def test_an_enquiry_is_not_told_of_a_pause(desk: Desk, hall: Hall, service: str) -> None:
    case = hall.ask(MORNING, kind="enquiry", service=service, section="window")
    found = page(desk, case, "zhou")
    assert "为止" not in found
    assert (NOTHING in found) is bool(service)


def test_a_second_notice_stops_only_for_a_new_requirement(desk: Desk, hall: Hall) -> None:
    case = counting(hall)
    on = hall.on(case.stream, "wang", "2026-09-28 10:10:00")
    actions.issue_notice(on, NoticeForm(["licence-copy"]))
    assert f"{HANDLING}已经暂停，补齐为止。" in page(desk, case)
    actions.mark_complete(hall.on(case.stream, "wang", "2026-09-28 10:20:00"))
    found = page(desk, case)
    assert "不停表" in found
    assert f"勾选了材料、又写明是新要求的，{HANDLING}才暂停，到补齐为止。" in found


def test_a_late_clock_is_not_said_to_pause(desk: Desk, hall: Hall) -> None:
    case = counting(hall)
    desk.stand_still("2026-11-02 10:00:00")
    assert NOTHING in page(desk, case)


def test_the_matter_promises_no_pause_either(desk: Desk, hall: Hall) -> None:
    assert "暂停到补齐为止" not in desk.page("wang", hall.in_hand(MORNING))
