"""Changing a calendar in the browser: typed or from a file, looked at, kept; who may; what then happens to dues."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from shounuo.ledger.models import Fact
from shounuo.regulations.models import OfficeCalendar, Recomputation
from shounuo.rules.calendars.china import BUNDLED
from tests.commitments.recomputing_scene import run
from tests.regulations.test_calendar_edits import CSV, ICS

YEAR = {"year": "2027", "off": "元旦：2027-01-01 至 2027-01-03", "worked": "2027-01-10", "note": "公布 2027 年安排",
        "document": "国办发明电〔2026〕9号", "title": "", "paper": "", "published": "2026-11-05",
        "version": "1"}  # fmt: skip
DAYS = {"first": "2026-11-20", "last": "", "what": "closed", "hours": "", "name": "停电检修", "note": "配电房检修",
        "document": "", "version": "1"}  # fmt: skip
HOURS = {
    "since": "2026-12-01",
    "week": "周一至周五 08:30-12:00，13:30-17:00",
    "note": "冬季时间",
    "document": "",
    "version": "1",
}


@pytest.fixture
def home(hall: Any) -> int:
    return int(hall.adoption.pk)


def page(home: int, what: str) -> str:
    return reverse("calendar-change", args=[home, "office", what])


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def last() -> OfficeCalendar:
    return OfficeCalendar.objects.filter(name="office").latest("version")


@pytest.mark.parametrize(("what", "typed"), [("year", YEAR), ("days", DAYS), ("hours", HOURS)])
def test_a_change_is_looked_at_before_it_is_kept(
    as_: Any, home: int, what: str, typed: dict[str, str]
) -> None:
    asked = as_("sun").post(page(home, what), typed)
    assert asked.status_code == 200 and "请再看一遍" in words(asked) and last().version == 1
    done = as_("sun").post(page(home, what), {**typed, "confirmed": "1"})
    assert done.status_code == 302 and last().version == 2


def test_who_when_why_and_by_which_notice_is_kept(as_: Any, home: int, hall: Any) -> None:
    as_("sun").post(page(home, "year"), {**YEAR, "confirmed": "1"})
    shown = words(as_("wang").get(reverse("regulation-calendar", args=[home, "office"])))
    assert all(one in shown for one in ("第 2 版", "孙丽", "公布 2027 年安排", "国办发明电〔2026〕9号"))
    fact = Fact.objects.get(stream=hall.cast.house.stream, kind="calendar_kept")
    assert fact.data == {"name": "office", "version": 2, "document": "国办发明电〔2026〕9号"}


def test_the_older_version_can_still_be_looked_at(as_: Any, home: int) -> None:
    as_("sun").post(page(home, "days"), {**DAYS, "confirmed": "1"})
    address = reverse("regulation-calendar", args=[home, "office"])
    assert "停电检修" in words(as_("wang").get(f"{address}?year=2026"))
    old = words(as_("wang").get(f"{address}?year=2026&version=1"))
    assert "停电检修" not in old and "已被取代" in old


@pytest.mark.parametrize(
    ("name", "may"), [("sun", 200), ("chen", 200), ("wu", 200), ("wang", 403), ("zheng", 403)]
)
def test_only_those_the_table_names_may_change_it(as_: Any, home: int, name: str, may: int) -> None:
    assert as_(name).get(page(home, "days")).status_code == may
    as_(name).post(page(home, "days"), {**DAYS, "confirmed": "1"})
    assert last().version == (2 if may == 200 else 1)


@pytest.mark.parametrize(
    ("what", "typed", "reason"),
    [
        ("year", YEAR | {"year": "2029"}, "一年接一年"), ("year", YEAR | {"off": "放假"}, "第 1 行"),
        ("year", YEAR | {"worked": "2027-01-02"}, "既是放假又是上班"), ("days", DAYS | {"last": "2026-11-01"}, "结束日"),
        ("days", DAYS | {"what": "hours", "hours": "17:00-09:00"}, "先后不乱"), ("hours", HOURS | {"week": "明天"}, "星期"),
        ("days", DAYS | {"first": "2035-01-01"}, "日历只到"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    as_: Any, home: int, what: str, typed: dict[str, str], reason: str
) -> None:
    refused = as_("sun").post(page(home, what), {**typed, "confirmed": "1"})
    assert refused.status_code == 422 and reason in words(refused) and last().version == 1
    assert typed["note"] in refused.content.decode()


def test_what_is_unusual_is_pointed_out_and_can_still_be_kept(as_: Any, home: int) -> None:
    asked = words(as_("sun").post(page(home, "year"), YEAR | {"worked": "2027-01-12"}))
    assert "通常是周末" in asked and "法律规定的放假日不在其中" in asked


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", CSV.encode()), ("a.ics", ICS.encode()), ("a.json", (BUNDLED / "2026.json").read_bytes())],
)
def test_a_file_fills_the_form_and_keeps_nothing_yet(as_: Any, home: int, name: str, content: bytes) -> None:
    sent = BytesIO(content)
    sent.name = name
    shown = as_("sun").post(page(home, "year"), {"read": "1", "file": sent})
    assert shown.status_code == 200 and "元旦：" in shown.content.decode() and last().version == 1


def test_a_bad_file_is_refused_beside_its_field(as_: Any, home: int) -> None:
    sent = BytesIO(json.dumps({"year": "x"}).encode())
    sent.name = "a.json"
    refused = as_("sun").post(page(home, "year"), {"read": "1", "file": sent})
    assert refused.status_code == 422 and "JSON 要有" in words(refused)


def test_two_people_at_once_the_second_must_look_again(as_: Any, home: int) -> None:
    as_("sun").post(page(home, "days"), {**DAYS, "confirmed": "1"})
    assert as_("chen").post(page(home, "hours"), {**HOURS, "confirmed": "1"}).status_code == 409


def test_the_dues_that_would_move_are_foreseen_and_then_move(as_: Any, hall: Any, home: int) -> None:
    case = hall.in_hand("2026-11-10 09:00")
    from shounuo.cases import actions

    actions.mark_complete(hall.on(case.stream, "wang", "2026-11-10 10:00"))  # 11, 12, 13, 16 November
    typed = DAYS | {"first": "2026-11-12"}
    asked = words(as_("sun").post(page(home, "days"), typed))
    assert "推后 1" in asked and case.number in asked
    as_("sun").post(page(home, "days"), {**typed, "confirmed": "1"})
    run("2026-11-11 10:01")
    row = Recomputation.objects.get()
    shown = words(as_("wang").get(reverse("recomputation", args=[home, row.pk])))
    assert case.number in shown and "11月17日" in shown and "已完成" in shown
    assert case.number not in words(as_("he").get(reverse("recomputation", args=[home, row.pk])))


def test_the_matrix_leads_to_the_clause_and_on_to_the_matters(as_: Any, hall: Any, home: int) -> None:
    from shounuo.cases import actions

    case = hall.in_hand("2026-11-02 09:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-11-02 10:00"))
    actions.complete(hall.on(case.stream, "wang", "2026-11-03 10:00"), "已检定")
    browser = as_("wang")
    matrix = browser.get(reverse("clause-matrix", args=[home])).content.decode()
    cell = re.search(
        r'class="cell cell--kept" href="([^"]*%E4%BA%8C\.%E7%AC%AC%E4%BA%8C%E6%9D%A1[^"]*)"', matrix
    )
    assert cell is not None
    clause = browser.get(cell[1].replace("&amp;", "&")).content.decode()
    figure = re.search(r'href="(/promises-table/handle-in-time/[^"]*state=kept)"', clause)
    assert figure is not None
    assert case.number in words(browser.get(figure[1].replace("&amp;", "&")))


def test_the_matrix_asks_the_database_a_bounded_number_of_questions(
    as_: Any, home: int, django_assert_max_num_queries: Any
) -> None:
    browser = as_("wang")
    browser.get(reverse("clause-matrix", args=[home]))
    with django_assert_max_num_queries(24):
        browser.get(reverse("clause-matrix", args=[home]))


def test_a_decision_keeps_its_reason_and_stands_in_the_history(as_: Any, home: int) -> None:
    address = reverse("setting", args=[home, "day_kind"])
    typed = {"value": '"working days"', "from_date": "2026-11-11", "document": "", "reason": "与市里口径一致"}
    done = as_("sun").post(address, typed)
    assert done.status_code == 302, words(done)
    assert "与市里口径一致" in words(as_("wang").get(address))
    assert "与市里口径一致" in words(as_("wang").get(reverse("setting-decisions", args=[home])))


def test_every_bad_line_of_a_file_is_listed(as_: Any, home: int) -> None:
    file = BytesIO("日期,名称,类型\n明天,元旦,休\n后天,元旦,休\n".encode())
    file.name = "a.csv"
    answer = as_("sun").post(page(home, "year"), {"read": "1", "file": file, "version": "1"})
    assert answer.status_code == 422
    assert all(one in words(answer) for one in ("第 2 行的“明天”", "第 3 行的“后天”"))
