"""The citizen's ways, clicked through: every kind, rating by the link on the paper, objecting, meeting, large text."""

import re

import pytest

from tests.browser.conftest import NARROW, WIDE, demonstration

pytestmark = pytest.mark.browser

HOW = [
    pytest.param({"width": WIDE}, id="zh-1280"),
    pytest.param({"width": NARROW, "language": "en"}, id="en-390"),
    pytest.param({"width": NARROW, "javascript": False}, id="zh-390-without-javascript"),
]
TYPED = {  # kind: what is answered at each question
    "enquiry": {"topic": "other", "words": "电子秤多久检一次？"},
    "suggestion": {"words": "窗口前请放几把椅子。"},
    "praise": {"praised": "3号窗口的王敏", "words": "冒雨送证上门。"},
}
REPAIR = {"where": "柳荫街 12 号楼 3 单元", "place": "rural", "urgent": "yes", "words": "整栋楼没有电。"}
CHOSEN = {"topic", "place", "urgent"}


@pytest.fixture(scope="module")
def power(tmp_path_factory):
    """The demonstration of an organisation that repairs."""
    folder = tmp_path_factory.mktemp("power")
    with demonstration(folder, "--org", "daqing-power-unit", "--most", "25") as address:
        yield address


def send(citizen, kind, answers, faults):
    """Through the questions of a kind to the receipt; every page is looked at. Number and secret."""
    citizen.go("/ask/").choose("kind", kind).press()
    for name, answer in answers.items():
        faults += sound(citizen, f"{kind}-{name}")
        (citizen.choose if name in CHOSEN else citizen.write)(name, answer)
        citizen.press()
    faults += sound(citizen, f"{kind}-person")
    citizen.write("name", "沈小满").write("phone", "139 0000 7301").press()
    faults += sound(citizen, f"{kind}-check")
    citizen.press()
    faults += sound(citizen, f"{kind}-receipt")
    number = re.search(r"\d{4}-\d{6}", citizen.text)[0]
    return number, re.search(r"(?:[0-9A-Z]{4}[ -]){5}[0-9A-Z]{4}", citizen.text)[0]


def sound(visitor, name):
    """Keeps a picture; what axe finds, where scripts run."""
    visitor.shoot(f"citizen-{name}")
    return visitor.faults() if visitor.scripts else visitor.overflow()


@pytest.fixture
def come(arrive):
    """`arrive`, and whether scripts run in that browser."""

    def here(**how):
        visitor = arrive(**how)
        visitor.scripts = how.get("javascript", True)
        return visitor

    return here


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("kind", TYPED)
def test_every_kind_comes_in_by_the_same_path(come, kind, how):
    faults = []
    number, _secret = send(come(**how), kind, TYPED[kind], faults)
    assert number and faults == []


@pytest.mark.parametrize("how", HOW[:2])
def test_a_fault_is_reported_with_place_and_danger(come, power, how):
    citizen, faults = come(**how), []
    citizen.site = power
    citizen.page.context.add_cookies(
        [{"name": "language", "value": {"zh": "zh-hans", "en": "en"}[citizen.language], "url": power}]
    )
    citizen.go("/ask/?kind=repair")
    for name, answer in REPAIR.items():
        faults += sound(citizen, f"repair-{name}")
        (citizen.choose if name in CHOSEN else citizen.write)(name, answer)
        citizen.press()
    citizen.write("phone", "139 0000 2207").press()
    assert "柳荫街" in citizen.text
    citizen.press()
    faults += sound(citizen, "repair-receipt")
    assert re.search(r"\d{4}-\d{6}", citizen.text) and faults == []


def test_going_back_finds_what_was_typed(come):
    citizen = come()
    citizen.go("/ask/").choose("kind", "suggestion").press().write("words", "窗口前请放几把椅子。").press()
    citizen.page.go_back()
    assert citizen.page.locator('[name="words"]').input_value() == "窗口前请放几把椅子。"
    citizen.press().write("name", "沈").write("phone", "abc").press()
    assert citizen.page.locator('[name="phone"]').input_value() == "abc"
    citizen.write("phone", "１３９００００２２０７").press()
    assert citizen.page.url.endswith("/ask/check/") and "13900002207" in citizen.text
    citizen.page.go_back()
    assert citizen.page.url.endswith("/ask/person/")
    assert citizen.page.locator('[name="name"]').input_value() == "沈"


def test_clearing_asks_even_without_scripts(come):
    citizen = come(javascript=False)
    citizen.go("/ask/?kind=praise").write("praised", "3号窗口").press().go("/ask/clear/")
    citizen.page.get_by_text("不清空，接着填").click()
    assert citizen.page.url.endswith("/ask/words/")
    citizen.go("/ask/clear/").press()
    assert citizen.page.url.endswith("/ask/kind/")


def answered(come, number):
    """The clerk takes the enquiry up and answers it."""
    clerk = come().become("zhou")
    clerk.verb(number, "take_up").choose("section", "metrology").press()
    clerk.verb(number, "answer").choose("way", "web").write(
        "words", "一年检一次，到期前一个月可以约。"
    ).press()
    return clerk


@pytest.mark.parametrize("how", HOW)
def test_rating_by_the_link_of_the_letter_and_objecting(come, how):
    faults = []
    number, secret = send(come(**how), "enquiry", TYPED["enquiry"], faults)
    answered(come, number)
    citizen = come(**how)
    citizen.go("/progress/").write("number", number).write("secret", secret).press()
    faults += sound(citizen, "progress-answered")
    citizen.page.locator('a[href*="/papers/"]').first.click()
    faults += sound(citizen, "letter")
    code = rating_path(citizen)
    rate_once(come(**how), code, faults)
    object_to_it(citizen, number, faults)
    assert faults == []


def rating_path(citizen):
    """Where the second code of the reply leads."""
    codes = citizen.page.locator("figure.letter__code")
    assert codes.count() == 2
    return codes.nth(1).get_attribute("data-address").removeprefix(citizen.site)


def rate_once(anybody, code, faults):
    """Somebody with the paper in hand rates; a second time is refused."""
    anybody.go(code)
    faults += sound(anybody, "rate-once")
    assert anybody.page.locator('[name="level"]:checked').count() == 0
    anybody.choose("level", "2").choose("reasons", "slow").write("words", "等了三天。").press()
    faults += sound(anybody, "rated-once")
    assert anybody.go(code).page.locator('[name="level"]').count() == 0


def object_to_it(citizen, number, faults):
    citizen.go(f"/progress/{number}/dispute/")
    faults += sound(citizen, "dispute")
    citizen.press()
    assert citizen.page.locator(".field__error").count() == 2
    citizen.choose("reason", "not_answered").write("words", "没有说到哪里去约。").press()
    faults += sound(citizen, "progress-disputed")
    assert "没有说到哪里去约。" in citizen.text


def test_before_the_end_it_says_why_not(come):
    citizen = come()
    number, _secret = send(citizen, "enquiry", TYPED["enquiry"], [])
    assert "办结以后" in citizen.go(f"/progress/{number}/rate/").text
    assert sound(citizen, "not-now") == []


@pytest.mark.parametrize("how", HOW)
def test_large_text_stays_inside_the_window(come, how):
    citizen = come(**how)
    citizen.go("/").page.locator('button[name="text"]').first.click()
    assert citizen.page.locator('html[data-text="large"]').count() == 1
    pages = (
        "/",
        "/ask/kind/",
        "/guides/",
        "/progress/",
        "/complaints/",
        "/calendar/",
        "/regulation/",
        "/wall/",
    )
    assert [fault for path in pages for fault in sound(citizen.go(path), "large")] == []


@pytest.mark.parametrize("how", HOW)
def test_the_wall_screen_is_sound(come, how):
    board = come(**how).go("/wall/")
    assert sound(board, "board") == [] and board.page.locator(".board__promises li").count() >= 1


def test_the_path_is_walked_with_the_keyboard_alone(come):
    citizen = come().go("/ask/?kind=suggestion")
    citizen.page.keyboard.press("Tab")
    assert citizen.page.evaluate("document.activeElement.className") == "skip"
    citizen.page.locator('[name="words"]').focus()
    citizen.page.keyboard.type("窗口前请放几把椅子。")
    citizen.page.keyboard.press("Tab")
    citizen.page.keyboard.press("Enter")
    citizen.page.wait_for_url("**/ask/person/")
