"""From a pasted text to an adopted, running edition, in a browser: by keys, by forms, on a phone, without a script.

The demonstration has another edition afterwards: this file's name lets it come after the journeys under the first.
"""

import pytest

from tests.browser.conftest import NARROW
from tests.browser.test_journey import ask

pytestmark = pytest.mark.browser

TEXT = """青溪市窗口服务规定
第一条 为了规范窗口服务，制定本规定。
第二条 首问责任人对服务对象的来访、来电负责到底。
第三条 对咨询事项，应当自收到之日起3个工作日内答复。
第四条 申请材料齐全的，自收到之日起6个工作日内办结。
第五条 申请材料不齐全的，应当在2日内一次性书面告知需要补正的全部材料。
第六条 报修事项，城区45分钟内到达现场。
第七条 投诉应当及时处理。
第八条 服务办每月29日前向中心领导报送服务承诺兑现情况表。
第九条 服务承诺应当在大厅公示。
第十条 工作人员一个月内被投诉查实3次以上的，给予通报批评。
"""


def undecided(visitor):
    return int(visitor.page.locator(".tabs .count").first.inner_text())


def brought(visitor, text=TEXT):
    return visitor.become("sun").go("/regulations/drafts/").write("text", text).press()


def by_key(visitor, key):
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)
    return visitor


def test_a_pasted_text_is_reviewed_and_becomes_a_running_edition(arrive):
    sun = brought(arrive())
    found, faults = undecided(sun), sun.faults()
    assert found > 8
    by_key(sun, "a")
    by_key(sun, "r")
    assert undecided(sun) == found - 2
    by_key(by_key(sun, "j"), "k")
    by_key(sun, "e")
    faults += sun.faults()
    sun.press()
    while undecided(sun):
        by_key(sun, "a")
    for page in ("pack", "compare", "try", "decisions"):
        sun.page.locator(f'.tabs a[href$="/{page}/"]').click()
        faults += sun.faults()
    sun.page.locator('.tabs a[href$="/adopt/"]').click()
    faults += sun.faults()
    sun.page.locator('[name="read"]').check()
    sun.press()
    assert "青溪市窗口服务规定" in sun.page.locator("h1").inner_text()
    number, _secret = ask(arrive())
    assert "6个工作日内办结" in sun.go(f"/desk/matters/{number}/").text
    assert faults == []


def test_on_a_phone_the_text_comes_first_then_the_rule(arrive):
    sun = brought(arrive(width=NARROW))
    text, rule = (sun.page.locator(one).bounding_box()["y"] for one in (".review__text", "#rule"))
    assert text < rule
    sun.page.locator(".to-rule a").click()
    assert sun.page.url.endswith("#rule")
    assert sun.faults() == []


LONG = "青溪市窗口服务细则\n" + "".join(
    f"第{n}条 对第{n}类事项，应当自收到之日起{n % 28 + 1}个工作日内答复。\n" for n in range(1, 401)
)


def in_window(visitor, selector):
    """Whether something's upper edge can be seen."""
    top = visitor.page.locator(selector).bounding_box()["y"]
    return 0 <= top < visitor.page.viewport_size["height"]


def test_of_a_long_text_a_page_is_shown_and_a_decision_leaves_the_reader_at_the_place(arrive):
    sun = brought(arrive(), LONG)
    sun.page.locator(".sheets summary").click()
    with sun.page.expect_navigation():
        sun.page.locator(".sheets__list a").nth(1).click()
    faults = sun.faults()
    for _finding in range(30):
        by_key(sun, "j")
    before = sun.page.locator(".tag[aria-current]").get_attribute("id")
    by_key(sun, "a")
    after = sun.page.locator(".tag[aria-current]").get_attribute("id")
    assert before != after and sun.page.locator(f"#{before}").count() == 1
    assert in_window(sun, f"#{before}") and in_window(sun, f"#{after}") and in_window(sun, "#rule-title")
    sun.page.wait_for_function("document.activeElement.id === 'rule'")
    assert faults + sun.faults() == []


def test_on_a_phone_a_decision_leads_to_the_next_rule(arrive):
    sun = brought(arrive(width=NARROW), LONG)
    for _finding in range(3):
        with sun.page.expect_navigation():
            sun.page.locator('#rule button[value="accept"]').first.click()
        assert in_window(sun, "#rule-title")
    sun.page.locator("#rule .phone-only a").click()
    assert in_window(sun, ".tag[aria-current]")


def test_without_a_script_a_finding_is_decided_by_a_button(arrive):
    sun = brought(arrive(javascript=False))
    found = undecided(sun)
    sun.page.locator('#rule button[value="accept"]').first.click()
    assert undecided(sun) == found - 1


@pytest.mark.parametrize(
    "width, language, words", [(1280, "zh", "最多 300000 个字"), (NARROW, "en", "300000")]
)
def test_more_than_is_taken_in_is_told_beside_its_field(arrive, width, language, words):
    sun = arrive(width=width, language=language).become("sun").go("/regulations/drafts/")
    sun.page.evaluate("document.querySelector('main [name=text]').value = '条'.repeat(4_000_000)")
    sun.press()
    assert words in sun.page.locator(".field--error:has([name=text]) .field__error").inner_text()
    assert sun.faults() == []


def test_a_file_that_is_too_big_is_told_and_the_name_stays(arrive, tmp_path):
    (tmp_path / "big.txt").write_bytes(b"x" * 20_000_000)
    sun = arrive().become("sun").go("/regulations/drafts/").write("title", "某规定")
    sun.page.set_input_files("main [name=file]", tmp_path / "big.txt")
    sun.press()
    assert "5 MB" in sun.page.locator(".field--error:has([name=file]) .field__error").inner_text()
    assert sun.page.input_value("main [name=title]") == "某规定"


def test_a_start_that_was_guessed_is_changed_by_one_link(arrive):
    sun = brought(arrive())
    sun.page.locator(".tag--limit").nth(1).click()
    assert "推定" in sun.page.locator("#rule dl").inner_text()
    sun.page.locator("#rule .guessed a").click()
    sun.choose("starts", "materials_complete").press("#rule button.btn--main")
    sun.page.go_back()
    sun.page.go_back()
    sun.page.reload()
    assert "材料齐全" in sun.page.locator("#rule dl").inner_text()
    assert "推定" not in sun.page.locator("#rule dl").inner_text()
