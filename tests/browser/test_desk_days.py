"""A day of each at the desk, clicked through: clerk, handler, leader; the menus of the head."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_journey import ask, give_notice, take_up_and_hand_over

pytestmark = pytest.mark.browser

NUMBER = r"\d{4}-\d{6}"
HOW = [
    pytest.param({"width": WIDE}, id="zh-1280"),
    pytest.param({"width": NARROW, "language": "en"}, id="en-390"),
]


def register(clerk, words, phone):
    """A matter at the window; its number."""
    clerk.go("/desk/register/").choose("kind", "enquiry").write("words", words).write("phone", phone).press()
    return re.search(NUMBER, clerk.text)[0]


def with_handler(arrive, **how):
    """An application in the hands of metrology: the handler, and its number."""
    number, _secret = ask(arrive())
    take_up_and_hand_over(arrive().become("zhou"), number)
    handler = arrive(**how).become("wang")
    handler.verb(number, "accept_hand_over").press()
    return handler, number


def test_the_clerk_sees_while_typing_that_somebody_asked_already(arrive):
    clerk = arrive().become("zhou")
    first = register(clerk, "电梯年检多久一次？", "139 0000 6611")
    clerk.go("/desk/register/").choose("kind", "enquiry").write("phone", "139 0000 6611")
    clerk.page.locator(f'#similar a[href="/desk/matters/{first}/"]').wait_for()
    assert clerk.page.evaluate("document.activeElement.name") == "phone"
    second = register(clerk, "电梯年检要带什么？", "139 0000 6611")
    clerk.verb(second, "merge").write("number", first).choose("way", "phone").press()
    assert first in clerk.go(f"/desk/matters/{second}/").text


@pytest.mark.parametrize("how", HOW)
def test_the_handler_takes_what_was_handed_over_and_answers(arrive, how):
    clerk = arrive().become("zhou")
    number = register(clerk, "电梯年检多久一次？", "139 0000 6612")
    clerk.verb(number, "hand_over").choose("section", "metrology").choose("reason", "their_remit").press()
    handler = arrive(**how).become("wang").go("/desk/")
    handler.press(f'a[href="/desk/matters/{number}/accept_hand_over/"]').press()
    answer_in_two_tries(handler, number)


def answer_in_two_tries(handler, number):
    """Empty phrases bring a hint; an answer that answers goes."""
    handler.verb(number, "answer").choose("way", "phone").write("words", "正在研究。").press()
    assert handler.page.locator(".inset--risk li").count() >= 1
    handler.write("words", "每年一次，到期前一个月申报。").press()
    handler.go(f"/desk/matters/{number}/")
    assert "每年一次" in handler.text


def test_the_notice_stops_the_clock_until_the_papers_are_complete(arrive):
    handler, number = with_handler(arrive)
    give_notice(handler, number)
    assert number in handler.go("/desk/matters/?mine=1&state=waiting_for_materials").text
    handler.verb(number, "mark_complete").press()
    assert number not in handler.go("/desk/matters/?mine=1&state=waiting_for_materials").text


@pytest.mark.parametrize("how", HOW)
def test_the_leader_approves_an_extension(arrive, how):
    handler, number = with_handler(arrive)
    handler.verb(number, "mark_complete").press()
    handler.verb(number, "request_extension").write("days", "1").choose("reason", "equipment")
    handler.write("words", "砝码送检，还差一次比对。").press()
    leader = arrive(**how).become("chen").go("/desk/approvals/").shoot("approvals")
    leader.press(f'a[href="/desk/matters/{number}/grant_extension/"]').press()
    assert number not in leader.go("/desk/approvals/").text
    assert "/tell_extension/" in handler.go(f"/desk/matters/{number}/").page.locator("main").inner_html()


@pytest.mark.parametrize("how", HOW)
def test_the_board_leads_down_to_one_matter(arrive, how):
    leader = arrive(**how).become("chen").go("/desk/board/")
    leader.press('main table a[href*="due="]')
    leader.press('main tbody a[href^="/desk/matters/2"]')
    assert re.search(f"/desk/matters/{NUMBER}/$", leader.page.url)


def minute(hours):
    """A moment from now, by the clock on the office's wall, as a browser sends it."""
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def test_whoever_is_away_has_somebody_who_stands_in(arrive):
    away = arrive().become("ding").go("/organisation/absences/enter/")
    away.write("from_at", minute(0)).write("to_at", minute(30)).choose("reason", "trip")
    ma = away.page.locator('select[name="delegate"] option', has_text="马骏").get_attribute("value")
    away.choose("delegate", ma).press()
    assert "丁宁" in arrive().become("ma").page.locator(".acting").inner_text()
    away.go("/organisation/absences/").press('main form[action*="/end/"] button')
    assert not arrive().become("ma").page.locator(".acting").count()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [WIDE, 1024, NARROW])
def test_the_head_holds_all_pages_and_covers_nothing(arrive, width, language):
    for who in ("zhou", "lin", "sun"):
        desk = arrive(width, language).become(who).go("/desk/")
        parts = desk.page.locator(".top__in > :not(nav), .top nav > ul, .more-pages > summary")
        boxes = parts.evaluate_all("all => all.map(e => e.getBoundingClientRect().toJSON())")
        assert list(overlapping(boxes)) == []
        desk.page.locator(".more-pages > summary").click()
        assert desk.page.locator('.more-pages a[href="/help/"]').is_visible()
        assert desk.overflow() == []


def overlapping(boxes):
    """Pairs that lie on each other, by more than a hair."""
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
            high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if wide > 1 and high > 1:
                yield one, other


def test_the_menu_opens_by_key_and_without_script(arrive):
    desk = arrive().become("sun").go("/desk/")
    desk.page.locator(".more-pages > summary").focus()
    desk.page.keyboard.press("Enter")
    assert desk.page.locator(".more-pages[open]").count()
    desk.page.keyboard.press("Escape")
    assert not desk.page.locator(".more-pages[open]").count()
    plain = arrive(javascript=False).become("sun").go("/desk/")
    plain.page.locator(".more-pages > summary").click()
    plain.page.locator('.more-pages a[href="/help/"]').click()
    assert plain.page.url.endswith("/help/")
