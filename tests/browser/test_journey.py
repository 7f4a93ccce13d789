"""The whole path, clicked through: asked, taken up, handed over, one notice, complete, finished, read, rated."""

import re

import pytest

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.browser

SERVICE = "weighing-instrument-verification"
HOW = [
    pytest.param({"width": WIDE}, id="zh-1280"),
    pytest.param({"width": NARROW, "language": "en"}, id="en-390"),
    pytest.param({"width": WIDE, "javascript": False}, id="zh-without-javascript"),
]


def ask(citizen, words="菜市场两台电子秤到期，请安排检定。"):
    """The citizen's way through the questions to a receipt: number and secret."""
    citizen.go("/ask/").choose("kind", "application").press()
    citizen.choose("topic", SERVICE).press()
    citizen.write("words", words).press()
    citizen.write("name", "沈小满").write("phone", "139 0000 7301").press()
    citizen.press()
    number = re.search(r"\d{4}-\d{6}", citizen.text)[0]
    secret = re.search(r"(?:[0-9A-Z]{4}[ -]){5}[0-9A-Z]{4}", citizen.text)[0]
    return number, secret


def take_up_and_hand_over(clerk, number):
    """The clerk becomes the first asked and hands the matter to metrology."""
    clerk.verb(number, "take_up").choose("section", "metrology").press()
    clerk.verb(number, "hand_over").choose("section", "metrology").choose("reason", "their_remit").press()
    clerk.verb(number, "tell_section").choose("way", "phone").press()


def give_notice(handler, number):
    """One complete notice that asks for two papers; the handler sees the letter before it goes."""
    handler.verb(number, "issue_notice")
    handler.choose("materials", "application-form").choose("materials", "licence-copy").choose(
        "form", "written"
    )
    handler.press('button[name="preview"]')
    assert "《中华人民共和国计量法》第九条" in handler.text or handler.language == "en"
    handler.press()


@pytest.mark.parametrize("how", HOW)
def test_a_matter_goes_its_whole_way(arrive, how):
    citizen, clerk, handler = arrive(**how), arrive(**how), arrive(**how)
    number, secret = ask(citizen)
    citizen.shoot("receipt")
    clerk.become("zhou")
    take_up_and_hand_over(clerk, number)
    handler.become("wang").verb(number, "accept_hand_over").press()
    give_notice(handler, number)
    handler.verb(number, "mark_complete").press()
    handler.go(f"/desk/matters/{number}/").shoot("case")
    handler.verb(number, "complete").choose("result", "certificate").write(
        "words", "检定合格，请到3号窗口领取证书。"
    ).press()
    read_and_rate(arrive(**how), number, secret)


def read_and_rate(citizen, number, secret):
    """Number and secret open the matter in another browser; the reason of the date stands there."""
    citizen.go("/progress/").write("number", number).write("secret", secret.lower()).press()
    assert number in citizen.text
    assert {"zh": "第二条", "en": "Article 2"}[citizen.language] in citizen.text
    assert {"zh": "为什么是这一天", "en": "Why this date"}[citizen.language] in citizen.text
    citizen.shoot("progress")
    citizen.go(f"/progress/{number}/rate/").choose("level", "5").write("words", "说到做到。").press()
    assert citizen.page.url.endswith("/thanks/")
    citizen.go(f"/progress/{number}/")
    assert not citizen.page.locator(f'a[href="/progress/{number}/rate/"]').count()


def test_each_wrong_use_is_refused_with_its_reason(arrive):
    number, _secret = ask(arrive())
    clerk, handler = arrive().become("zhou"), arrive().become("wang")
    assert "由值班主任、科室负责人办理" in clerk.verb(number, "assign").text
    take_up_and_hand_over(clerk, number)
    assert "已经有首问责任人" in clerk.verb(number, "take_up").text
    handler.verb(number, "accept_hand_over").press()
    give_notice(handler, number)
    assert "正等待当事人补齐材料" in handler.verb(number, "complete").text
    assert "再次告知将记为违诺" in handler.verb(number, "issue_notice").text
    handler.verb(number, "mark_complete").press()
    handler.verb(number, "complete").choose("result", "done").press()
    assert handler.page.locator(".field__error").count() == 1
    handler.write("words", "已办好。").press()
    assert "已办结" in handler.verb(number, "complete").text


def test_a_broken_promise_cannot_be_extended_any_more(arrive):
    handler = arrive().become("zhao").go("/desk/matters/?clock=breached&state=in_hand")
    late = handler.page.locator('main a[href^="/desk/matters/2"]').first.get_attribute("href")
    assert "已经逾期；逾期的时限不能延期" in handler.go(f"{late}request_extension/").text


def test_an_oral_notice_without_its_reason_is_refused_beside_the_field_and_keeps_what_was_typed(arrive):
    number, _secret = ask(arrive())
    clerk, handler = arrive().become("zhou"), arrive().become("wang")
    take_up_and_hand_over(clerk, number)
    handler.verb(number, "accept_hand_over").press()
    handler.verb(number, "issue_notice").choose("materials", "licence-copy").choose("form", "oral").press()
    assert "口头告知要写明理由" in handler.text
    assert handler.page.locator('[name="materials"][value="licence-copy"]').is_checked()


def test_a_wrong_secret_opens_nothing(arrive):
    citizen = arrive()
    number, _secret = ask(citizen)
    stranger = arrive().go("/progress/").write("number", number).write("secret", "A" * 24).press()
    assert stranger.page.locator("[data-errors]").count() == 1
    assert "菜市场" not in stranger.go(f"/progress/{number}/").text


def test_a_clerk_registers_at_the_window_in_a_few_keys(arrive):
    clerk = arrive().become("zhou").go("/desk/").shoot("today")
    clerk.page.keyboard.press("n")
    clerk.page.wait_for_url("**/desk/register/")
    clerk.shoot("register")
    clerk.choose("kind", "enquiry").write("words", "开米粉店，秤要不要检定？").write(
        "phone", "139 0000 5512"
    ).press()
    assert re.search(r"\d{4}-\d{6}", clerk.text)


def test_sending_an_empty_form_names_every_field_and_keeps_the_rest(arrive):
    clerk = arrive().become("zhou").go("/desk/register/")
    clerk.write("name", "沈小满").press()
    assert clerk.page.locator(".field__error").count() >= 1
    assert clerk.page.locator('[name="name"]').input_value() == "沈小满"
