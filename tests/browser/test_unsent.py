"""A form sent after the sign-in ended, or after another one in another tab: the words are kept, one press sends them."""

import re

import pytest

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.browser
HOW = [
    pytest.param({"width": WIDE}, id="zh-1280"),
    pytest.param({"width": NARROW, "language": "en"}, id="en-390"),
]
REGISTER = "#register button.btn--main"


def registering(arrive, how):
    """A clerk who has written a matter down, has seen what is like it, and has not sent it yet."""
    clerk = arrive(**how).become("zhou").go("/desk/register/")
    with clerk.page.expect_response("**/desk/register/similar/**"):
        clerk.write("words", "叉车怎样登记？")
    return clerk.write("name", "沈")


@pytest.mark.parametrize("how", HOW)
def test_words_outlive_the_sign_in(arrive, how):
    clerk = registering(arrive, how)
    clerk.page.context.clear_cookies(name="sessionid")
    clerk.press(REGISTER).shoot("unsent-sign-in")
    clerk.page.locator('main a[href^="/who/"]').click()
    clerk.press('form:has(input[value="zhou"]) button').shoot("unsent")
    assert "叉车怎样登记？" in clerk.text and clerk.faults() == []
    assert re.search(r"/desk/matters/[\d-]+/receipt/$", clerk.press().page.url)


@pytest.mark.parametrize("how", HOW)
def test_words_outlive_another_sign_in_in_another_tab(arrive, how):
    clerk = registering(arrive, how)
    other = clerk.page.context.new_page()
    other.goto(clerk.site + "/who/")
    other.locator('form:has(input[value="sun"]) button').first.click()
    clerk.press(REGISTER)
    assert "叉车怎样登记？" in clerk.text and clerk.faults() == []
    assert re.search(r"/desk/matters/[\d-]+/receipt/$", clerk.press().page.url)
