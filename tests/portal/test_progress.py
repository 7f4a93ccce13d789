"""What the person who asked sees and may do."""

from collections.abc import Callable
from datetime import datetime

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.cases.models import Case
from tests.cases.conftest import Hall
from tests.portal.conftest import Visitor

pytestmark = pytest.mark.django_db


def complete(hall: Hall, day: str = "2026-11-09", done: str = "2026-11-12 16:00:00") -> Case:
    """An application of four working days with complete papers at 10:00 of ``day``, done at ``done``."""
    case = hall.in_hand(f"{day} 09:10:00")
    actions.mark_complete(hall.on(case.stream, "wang", f"{day} 10:00:00"))
    return (
        actions.complete(hall.on(case.stream, "wang", done), "检定合格，证书在窗口领取。") if done else case
    )


def page_of(visitor: Visitor, case: Case, tail: str = "") -> str:
    visitor.open(case)
    return str(visitor.client.get(f"/progress/{case.number}/{tail}").content.decode())


def test_the_page_says_when_it_is_due_and_why(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    stand_at("2026-11-10 10:00:00")
    page = page_of(visitor, complete(hall, done=""))
    assert "最迟" in page and "11月13日 周五 下班前" in page
    assert "第 4 个工作日是 11月13日 周五，17:30 下班时届满。" in page


def test_the_page_names_who_is_responsible(visitor: Visitor, hall: Hall) -> None:
    page = page_of(visitor, complete(hall))
    assert all(name in page for name in ("周倩", "王敏", "计量科"))


def test_notes_and_requests_inside_the_house_are_not_shown(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall, done="")
    actions.add_note(hall.on(case.stream, "wang", "2026-11-09 11:00:00"), "内部备注甲")
    actions.request_extension(
        hall.on(case.stream, "wang", "2026-11-09 11:30:00"),
        "handle-in-time",
        "2 working days",
        "equipment",
        "内部理由乙",
    )
    page = page_of(visitor, case)
    assert "内部备注甲" not in page and "内部理由乙" not in page and "备注" not in page


def test_the_answer_is_shown(visitor: Visitor, hall: Hall) -> None:
    assert "检定合格，证书在窗口领取。" in page_of(visitor, complete(hall))


def test_what_to_bring_is_listed_and_its_notice_can_be_printed(visitor: Visitor, hall: Hall) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-11-09 09:40:00"), NoticeForm(["licence-copy"]))
    seq = case.notices.get().seq
    assert "营业执照副本" in page_of(visitor, case) and "营业执照副本" in page_of(
        visitor, case, f"notice/{seq}/"
    )


def test_the_matter_is_rated_once_and_by_choice(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall)
    address = f"/progress/{case.number}/rate/"
    assert "checked" not in page_of(visitor, case, "rate/")
    assert visitor.refused(address, words="好").status_code == 422
    assert visitor.client.post(address, {"level": "4"}).headers["Location"].endswith("/thanks/")
    visitor.client.post(address, {"level": "1"})
    assert Case.objects.get().rating == 4


@pytest.mark.parametrize("level", ["0", "6", "-1", "五", "4.5"])
def test_a_rating_that_is_not_offered_is_refused(visitor: Visitor, hall: Hall, level: str) -> None:
    case = complete(hall)
    visitor.open(case)
    assert visitor.refused(f"/progress/{case.number}/rate/", level=level).status_code == 422


def test_taking_back_asks_first_and_then_does_it(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall, done="")
    assert "全部作废" in page_of(visitor, case, "withdraw/") and Case.objects.get().state == "in_hand"
    visitor.client.post(f"/progress/{case.number}/withdraw/", {"words": ""})
    assert Case.objects.get().state == "withdrawn"


def test_a_broken_promise_is_said_plainly(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    stand_at("2026-11-16 10:00:00")
    assert "没有按期办结" in page_of(visitor, complete(hall, done=""))


def test_looking_writes_no_fact_and_moves_no_version(visitor: Visitor, hall: Hall) -> None:
    case = complete(hall)
    before = Case.objects.values().get()
    for tail in ("", "rate/", "withdraw/", "thanks/"):
        page_of(visitor, case, tail)
    assert Case.objects.values().get() == before


def test_while_papers_are_missing_no_lesser_promise_is_shown_as_the_due(
    visitor: Visitor, hall: Hall, stand_at: Callable[[str], datetime]
) -> None:
    stand_at("2026-11-10 10:00:00")
    case = hall.in_hand("2026-11-09 09:10:00")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-11-09 09:40:00"), NoticeForm(["licence-copy"]))
    page = page_of(visitor, case)
    assert "请补齐下面列出的材料" in page and "最迟" not in page and "及时告知是否齐备" not in page
