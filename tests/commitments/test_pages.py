"""The table of promises, the matters behind its figures, and a clause with its evidence."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shounuo.cases.actions.time import let_time_pass
from shounuo.commitments.actions import sweep
from shounuo.organisation.actions import Stamp
from shounuo.regulations.actions import adopt
from tests.cases.conftest import at
from tests.commitments.test_tallies import finished, november
from tests.conftest import CAST

__all__ = ["november"]

HANDLE = reverse("promise-matters", args=["handle-in-time"])


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def figures(answer, title):
    """The numbers of one promise's line: due, kept, late, overdue, share, running."""
    line = answer.content.decode().split(f">{title}</a>")[1].split("</tr>")[0]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", line, re.S)]


def test_everybody_in_post_reads_how_promises_are_kept(as_, november):
    for name in CAST:
        answer = as_(name).get(reverse("promise-table"))
        assert figures(answer, "申请在规定或承诺时限内办结") == ["3", "1", "1", "1", "33.3%", "1"]


def test_who_is_not_signed_in_is_sent_to_sign_in(client, hall):
    assert client.get(reverse("promise-table")).url.startswith(reverse("sign-in"))


PERIODS = [
    ("since=2026-11-04&until=2026-11-09", ["2", "0", "1", "1", "0%", "0"]),
    ("month=2026-11&section=metrology", ["3", "1", "1", "1", "33.3%", "1"]),
    ("since=2026-11-16", ["0", "0", "0", "0", "—", "1"]),
]


@pytest.mark.parametrize("query, found", PERIODS)
def test_the_period_and_the_section_are_in_the_address(as_, november, query, found):
    answer = as_("sun").get(reverse("promise-table") + f"?{query}")
    assert figures(answer, "申请在规定或承诺时限内办结") == found


@pytest.mark.parametrize("query", ["month=2026-01", "section=standards"])
def test_a_period_or_section_without_matters_says_so(as_, november, query):
    assert "这一期没有到期的事项" in words(as_("sun").get(reverse("promise-table") + f"?{query}"))


def test_a_period_that_ends_before_it_begins_is_told_beside_the_field(as_, november):
    text = as_("sun").get(reverse("promise-table") + "?since=2026-11-09&until=2026-11-04").content.decode()
    assert "截止日早于开始日" in text.split('id="id_until-error"')[1][:60] and 'value="2026-11-04"' in text


@pytest.mark.parametrize("query", ["until=9999-12-31", "since=0001-01-01"])
def test_a_day_no_calendar_has_is_told_beside_its_field(as_, query):
    page = as_("sun").get(f"{reverse('promise-table')}?{query}")
    assert page.status_code == 200
    assert f"id_{query[:5]}-error" in page.content.decode()


def test_every_figure_opens_its_matters(as_, november):
    states = {"kept": 1, "late": 1, "overdue": 1, "running": 1, "": 4}
    found = {state: as_("sun").get(f"{HANDLE}?ever=1&state={state}").context["rows"] for state in states}
    assert {state: len(rows) for state, rows in found.items()} == states


def test_matters_are_listed_for_those_who_may_see_them(as_, november):
    expected = {"sun": 4, "chen": 4, "zhao": 4, "wang": 4, "li": 4, "he": 0, "wu": 0}
    answers = {name: as_(name).get(f"{HANDLE}?ever=1") for name in expected}
    assert {name: len(answer.context["rows"]) for name, answer in answers.items()} == expected
    for name, answer in answers.items():
        assert len(set(re.findall(r"2026-\d{6}", answer.content.decode()))) == expected[name]


def test_an_unknown_promise_does_not_exist(as_, november):
    assert as_("sun").get(reverse("promise-matters", args=["none"])).status_code == 404


def test_alarms_say_what_when_by_law_and_whose(as_, november):
    sweep(at("2026-11-10 09:00:00"), let_time_pass)
    shown = as_("sun").get(reverse("promise-table"))
    first = [one for one in shown.context["alarms"] if one.breach][0]
    assert first.title == "申请在规定或承诺时限内办结"
    assert (f"{first.moment:%m-%d %H:%M}", first.whose) == ("11-09 17:30", "王敏")
    assert not as_("he").get(reverse("promise-table")).context["alarms"]


def test_what_is_due_next_comes_first(as_, november):
    finished(november, "2026-11-09")
    coming = as_("sun").get(reverse("promise-table")).context["next"]
    handling = [f"{one.moment:%m-%d}" for one in coming if one.title == "申请在规定或承诺时限内办结"]
    assert handling == ["11-13", "11-16"]


def test_the_clause_shows_its_evidence_so_far(as_, november):
    page = reverse("regulation-clause", args=[november.adoption.pk, "003-4/二.第二条"])
    assert "到期的 3 次中按时 1 次，33.3%" in words(as_("wang").get(page))


def test_an_english_clause_page_cites_in_english_and_says_what_is_printed(as_, hall):
    page = reverse("regulation-clause", args=[hall.adoption.pk, "003-4/二.第二条"])
    browser = as_("sun")
    browser.cookies["language"] = "en"
    shown = browser.get(page)
    assert "<h1>Part 2. Time-limited completion, Article 2</h1>" in shown.content.decode()
    assert '<span lang="zh-Hans">二、限时办结制度 第二条</span>' in shown.content.decode()


WAITING = [("003-4/五.第二条.1", "由“责任追究”部分执行"), ("003-4/一.第二条.b", "由“监督检查”部分执行"),
           ("003-4/序", "没有规则：只讲目的，不设义务"), ("003-4/一.第二条.a", "登记、移交、审批和告知时照此办理"),
           ("003-4/二.第一条.d", "还没有记录：没有事项走到这一步")]  # fmt: skip


@pytest.mark.parametrize("clause, told", WAITING)
def test_a_rule_says_what_applies_it_or_that_its_part_is_still_to_come(as_, hall, clause, told):
    page = reverse("regulation-clause", args=[hall.adoption.pk, clause])
    assert told in words(as_("wang").get(page))


def questions(browser):
    """How many questions the table asks the database."""
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("promise-table"))
    return len(asked)


def test_the_number_of_questions_does_not_grow_with_the_matters(as_, november):
    """Eight to know who reads (session, account, person, posts, units, absences, their units' names, unread), and
    twelve for the table: house, edition, sections, what ratings begin, clocks, checks, live, alarms, coming, names,
    and twice the numbers of the matters listed.
    """
    browser = as_("sun")
    browser.get(reverse("promise-table"))
    before = questions(browser)
    for _ in range(3):
        finished(november, "2026-11-09")
    assert questions(browser) == before == 20


def test_without_an_edition_the_page_says_what_to_do_first(client, cast):
    client.force_login(cast.people["sun"].account)
    assert "还没有施行中的制度" in words(client.get(reverse("promise-table")))


def test_a_promise_that_only_an_earlier_edition_had_keeps_its_name(as_, november, bureau_pack):
    promises = {key: one for key, one in bureau_pack.commitments.items() if key != "handle-in-time"}
    head = bureau_pack.head.model_copy(update={"version": "2"})
    later = bureau_pack.model_copy(update={"head": head, "commitments": promises})
    stamp = Stamp(november.cast.id("sun"), at("2026-11-10 10:00"))
    adopt(november.cast.house, later, date(2026, 11, 10), stamp)
    page = words(as_("sun").get(reverse("promise-table")))
    assert "申请在规定或承诺时限内办结" in page
    assert "handle-in-time" not in page
