"""The desk's pages: today, the list, the case page, the papers."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from tests.cases.conftest import Hall
from tests.cases.desk import Desk, desk, text

__all__ = ["desk"]

MONDAY = "2026-09-28 09:10:00"


def test_who_is_not_signed_in_is_sent_to_sign_in(hall: Hall, client: Any) -> None:
    assert client.get("/desk/").url.startswith("/sign-in/?next=/desk/")


def test_an_empty_day_says_what_to_do_first(desk: Desk) -> None:
    page = text(desk.get("zhou", "/desk/"))
    assert "现在没有等您办的事项" in page
    assert "/desk/register/" in page


def test_today_lists_what_waits_for_me_in_order_of_due(desk: Desk, hall: Hall) -> None:
    later = hall.in_hand("2026-09-28 09:10:00")
    actions.mark_complete(hall.on(later.stream, "wang", "2026-09-28 10:00:00"))
    sooner = hall.in_hand("2026-09-23 09:10:00")
    actions.mark_complete(hall.on(sooner.stream, "wang", "2026-09-24 10:00:00"))
    page = text(desk.get("wang", "/desk/"))
    assert page.index(sooner.number) < page.index(later.number)
    assert later.number not in text(desk.get("li", "/desk/"))


def test_today_shows_what_was_handed_to_my_section(desk: Desk, hall: Hall) -> None:
    case = hall.ask(MONDAY)
    actions.hand_over(hall.on(case.stream, "zhou", MONDAY), hall.cast.units["metrology"])
    page = text(desk.get("li", "/desk/"))
    assert "移交到本科室，等待接收" in page
    assert f"/desk/matters/{case.number}/accept_hand_over/" in page


def test_the_menu_leads_only_where_the_reader_may_go(desk: Desk) -> None:
    link = 'href="/desk/register/"'
    assert link in text(desk.get("zhou", "/desk/matters/")) and link not in text(
        desk.get("chen", "/desk/matters/")
    )


def test_today_shows_the_clerk_what_nobody_has_taken_up(desk: Desk, hall: Hall) -> None:
    case = hall.ask(MONDAY, who="party", channel="web")
    assert f"/desk/matters/{case.number}/take_up/" in text(desk.get("zhou", "/desk/"))
    assert case.number not in text(desk.get("he", "/desk/"))


def test_today_shows_the_leader_what_to_decide(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    actions.mark_complete(hall.on(case.stream, "wang", "2026-09-28 10:00:00"))
    ask = hall.on(case.stream, "wang", "2026-09-28 10:30:00")
    actions.request_extension(ask, "handle-in-time", "2 working days", "equipment", "砝码送检")
    page = text(desk.get("chen", "/desk/"))
    assert "等我决定的延期申请" in page and "1 件等我办" in page
    actions.refuse_extension(hall.on(case.stream, "chen", "2026-09-28 10:40:00"), "可以按时")
    assert "等我决定的延期申请" not in text(desk.get("chen", "/desk/"))


@pytest.mark.parametrize(
    "who, sees", [("wang", True), ("zhou", True), ("sun", True), ("he", False), ("wu", False)]
)
def test_the_list_shows_only_what_one_may_see(desk: Desk, hall: Hall, who: str, sees: bool) -> None:
    case = hall.in_hand(MONDAY)
    assert (case.number in text(desk.get(who, "/desk/matters/"))) is sees


def test_not_found_and_not_yours_answer_alike(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    yours = desk.get("he", f"/desk/matters/{case.number}/")
    none = desk.get("he", "/desk/matters/2026-999999/")
    assert yours.status_code == none.status_code == 404
    assert bare(yours, case.number) == bare(none, "2026-999999")


def bare(answer: Any, number: str) -> str:
    """A page without the address asked for and the form tokens, which are new each time."""
    return re.sub(r'(value="|Token": ")\w{64}"', "", text(answer).replace(number, ""))


@pytest.mark.parametrize("tail", ["", "receipt/", "answer/", "notices/3/"])
def test_every_page_of_a_matter_is_404_for_who_may_not_see_it(desk: Desk, hall: Hall, tail: str) -> None:
    case = hall.in_hand(MONDAY)
    assert desk.get("he", f"/desk/matters/{case.number}/{tail}").status_code == 404


@pytest.mark.parametrize(
    "query, found",
    [({"q": "城东"}, True), ({"q": "城西"}, False), ({"q": "衡器检定"}, True), ({"q": "13900002207"}, True),
     ({"state": "in_hand"}, False), ({"state": "open"}, True), ({"kind": "enquiry"}, False),
     ({"section": "metrology"}, True), ({"section": "standards"}, False), ({"clock": "breached"}, False),
     ({"mine": "1"}, True), ({"page": "x"}, True), ({"sort": "nonsense"}, True)],
)  # fmt: skip
def test_filters_stand_in_the_address(desk: Desk, hall: Hall, query: dict[str, str], found: bool) -> None:
    case = hall.in_hand(MONDAY, name="城东粮油店", phone="139 0000 2207".replace(" ", ""))
    assert (case.number in text(desk.get("wang", "/desk/matters/", **query))) is found


def test_a_matter_is_found_by_its_number(desk: Desk, hall: Hall) -> None:
    one, other = hall.in_hand(MONDAY), hall.in_hand(MONDAY)
    page = text(desk.get("wang", "/desk/matters/", q=one.number))
    assert f"/desk/matters/{one.number}/" in page
    assert f"/desk/matters/{other.number}/" not in page


def queries(desk: Desk, path: str) -> int:
    desk.get("wang", path)
    with CaptureQueriesContext(connection) as seen:
        desk.get("wang", path)
    return len(seen)


@pytest.mark.parametrize("path, most", [("/desk/matters/", 16), ("/desk/", 30)])
def test_queries_do_not_grow_with_the_lines(desk: Desk, hall: Hall, path: str, most: int) -> None:
    hall.in_hand(MONDAY)
    before = queries(desk, path)
    for _ in range(8):
        hall.in_hand(MONDAY)
    assert queries(desk, path) <= before <= most


def test_after_a_notice_only_the_papers_it_named_are_missing(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    assert desk.page("wang", case).count("缺：") > 1
    actions.issue_notice(hall.on(case.stream, "wang", "2026-09-28 09:40:00"), NoticeForm(["licence-copy"]))
    page = desk.page("wang", case)
    assert page.count("缺：") == 1 and page.count("已收：") > 1


def test_the_case_page_says_when_and_why(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    actions.issue_notice(hall.on(case.stream, "wang", "2026-09-28 09:40:00"), NoticeForm(["licence-copy"]))
    actions.mark_complete(hall.on(case.stream, "wang", "2026-10-08 10:00:00"))
    desk.stand_still("2026-10-09 11:00:00")
    page = desk.page("wang", case)
    assert "10月13日 周二 下班前" in page
    assert "还剩 4 个工作日" in page
    assert "10月10日 周六" in page
    assert "营业执照副本" in page
    assert f'href="/regulations/{case.adoption_id}/003-4/' in page


def test_the_case_page_keeps_old_and_new_dues_in_sight(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    actions.mark_complete(hall.on(case.stream, "wang", "2026-09-28 10:00:00"))
    on = [
        hall.on(case.stream, who, f"2026-09-28 10:{m}:00")
        for who, m in (("wang", 10), ("chen", 20), ("wang", 30))
    ]
    actions.request_extension(on[0], "handle-in-time", "2 working days", "equipment", "砝码送检")
    actions.grant_extension(on[1])
    actions.tell_extension(on[2], "phone")
    page = desk.page("wang", case)
    assert "10月9日" in page
    assert "10月12日" in page


def test_a_broken_promise_shows_its_proposal_as_a_proposal(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    actions.mark_complete(hall.on(case.stream, "wang", "2026-09-28 10:00:00"))
    desk.stand_still("2026-10-15 10:00:00")
    page = desk.page("wang", case)
    assert "违" in page
    assert "只是建议" in page


def test_the_telephone_number_is_masked_until_asked_for(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY, phone="13900002207")
    assert "13900002207" not in desk.page("wang", case)
    assert "139 •••• 2207" in desk.page("wang", case)
    assert "13900002207" in text(desk.post("wang", f"/desk/matters/{case.number}/", show="phone"))


def test_verbs_of_others_name_whose_they_are(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    page = desk.page("wang", case)
    assert f"/desk/matters/{case.number}/mark_complete/" in page
    assert f"/desk/matters/{case.number}/assign/" not in page
    assert re.search(r"由[^。]*科室负责人[^。]*办理。", page)


def test_both_moments_show_when_something_was_written_down_later(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    desk.stand_still("2026-09-29 10:00:00")
    desk.do("wang", case, "add_note", words="昨天来过电话", at="2026-09-28T15:00")
    page = desk.page("wang", case)
    assert re.search(r"09/28 15:00.*补登于.*09/29 10:00", page, re.S)


def test_the_receipt_can_be_printed_again(desk: Desk, hall: Hall) -> None:
    from shounuo.cases.receipts import secret_of

    case = hall.in_hand(MONDAY)
    page = text(desk.get("zhou", f"/desk/matters/{case.number}/receipt/"))
    assert secret_of(case.stream) in page
    assert "<svg" in page
    assert "周倩" in page


def test_a_notice_is_printed_with_its_five_contents(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    case = actions.issue_notice(hall.on(case.stream, "wang", MONDAY), NoticeForm(["licence-copy"]))
    page = text(desk.get("wang", f"/desk/matters/{case.number}/notices/{case.version}/"))
    contents = [
        "营业执照副本",
        "《中华人民共和国计量法》第九条",
        "4 个工作日",
        "递交申请表",
        "强制检定申请表",
    ]
    assert [
        part for part in [f"{case.number}-1", *contents, "000-0000-0103", "签收人"] if part not in page
    ] == []


def test_the_desk_reads_in_english_too(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    desk.as_("wang").cookies["language"] = "en"
    with translation.override(
        "zh-hans"
    ):  # the page chooses English itself; the next test finds Chinese again
        page = desk.page("wang", case)
    assert "Compulsory verification of weighing instruments" in page
    assert '<html lang="en"' in page
