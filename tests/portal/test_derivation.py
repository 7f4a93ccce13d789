"""Why this date: the sentences of a clock, and the same pages under another regulation."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm, stand
from shounuo.cases.derivation import Derivation, derive, derive_budget
from shounuo.cases.models import Case
from shounuo.organisation.actions import Stamp
from shounuo.regulations.actions import adopt
from shounuo.rules.calendars import compile_calendar, official_china
from shounuo.rules.judgement import DueMove
from shounuo.rules.loading import load_pack
from shounuo.rules.words import parse_words
from shounuo.site.ribbon import cells_from_trace
from tests.cases.conftest import PACKS, Hall, at

pytestmark = pytest.mark.django_db
CALENDAR = compile_calendar(official_china())


def why(case: Case, rule: str, when: str) -> Derivation:
    before = stand(case.stream, at(when))
    clock = before.judged.clock(rule)
    assert clock is not None
    return derive(clock, before.facts, before.edition, before.judged.at, lambda key: f"/{key}/")


def texts(found: Derivation) -> list[str]:
    return [step.text for step in found.steps]


def test_the_days_before_complete_papers_are_told_with_the_notice(hall: Hall) -> None:
    case = hall.in_hand("2026-09-28 09:10:00")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-09-28 09:40:00"), NoticeForm(["licence-copy"]))
    actions.mark_complete(hall.on(case.stream, "wang", "2026-10-08 10:00:00"))
    found = why(case, "handle-in-time", "2026-10-09 11:00:00")
    assert texts(found) == [
        "收到。期限从材料齐全时才起算，这时还不计。",
        f"发出一次性告知书 {case.number}-1，缺：营业执照副本；等待补齐期间不计。",
        "材料齐全，开始起算，期限 4 个工作日。当日不计，从次日数起。",
        "10月10日 周六 调休上班，计入。",
        "10月11日 周日 休息，不计。",
        "第 4 个工作日是 10月13日 周二，17:30 下班时届满。",
    ]
    assert found.due == datetime(2026, 10, 13, 17, 30) and found.tail == "close"
    assert found.steps[2].clause is not None and found.steps[2].clause.url == "/003-4/二.第二条/"


def test_an_extension_counts_and_says_so_only_once_it_was_told(hall: Hall) -> None:
    case = hall.in_hand("2026-11-09 09:10:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-11-09 10:00:00"))
    actions.request_extension(
        hall.on(case.stream, "wang", "2026-11-10 10:00:00"),
        "handle-in-time",
        "2 working days",
        "equipment",
        "",
    )
    actions.grant_extension(hall.on(case.stream, "chen", "2026-11-10 11:00:00"))
    untold = why(case, "handle-in-time", "2026-11-10 12:00:00")
    actions.tell_extension(hall.on(case.stream, "wang", "2026-11-10 14:00:00"), "phone")
    told = why(case, "handle-in-time", "2026-11-10 15:00:00")
    assert "申请延期 2 个工作日，不改变期限：尚未告知当事人。" in texts(untold)
    assert (untold.due, told.due) == (datetime(2026, 11, 13, 17, 30), datetime(2026, 11, 17, 17, 30))


def test_a_broken_promise_and_a_withdrawn_matter_end_with_what_happened(hall: Hall) -> None:
    case = hall.in_hand("2026-11-02 09:10:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-11-02 10:00:00"))
    assert texts(why(case, "handle-in-time", "2026-11-09 10:00:00"))[-1] == "到期时没有办结，承诺没有兑现。"
    actions.withdraw(hall.on(case.stream, "party", "2026-11-03 10:00:00"))
    assert texts(why(case, "handle-in-time", "2026-11-09 10:00:00"))[-1] == "撤回，这个期限不再计算。"


@pytest.mark.parametrize(
    ("start", "words", "end"),
    [
        ("2026-10-09 15:30", "8 working hours", "上班时间计满 8 小时，到 10月10日 周六 16:30 届满。"),
        (
            "2026-09-24 10:00",
            "7 days",
            "第 7 日是 10月1日 周四，逢休息日顺延到 10月8日 周四，17:30 下班时届满。",
        ),
        ("2026-08-31 10:00", "1 month", "满 1 个月是 9月30日 周三，17:30 下班时届满。"),
        (
            "2026-11-20 18:00",
            "same day",
            "起算时不在办公时间，顺到下一个工作日：11月23日 周一，17:30 下班时届满。",
        ),
        ("2026-11-20 09:00", "same day", "当日就要办好：11月20日 周五，17:30 下班时届满。"),
        ("2026-11-20 23:30", "45 minutes", "连续计满 45 分钟，到 11月21日 周六 00:15 届满。"),
    ],
)
def test_every_kind_of_length_says_where_it_ends(start: str, words: str, end: str) -> None:
    budget: Any = parse_words(words)
    assert derive_budget(CALENDAR, datetime.fromisoformat(start), budget, words).steps[-1].text == end


def referred(hall: Hall) -> Case:
    case = hall.in_hand("2026-09-28 09:10:00")
    return actions.refer_to_leader(hall.on(case.stream, "wang", "2026-09-28 10:00:00"), "怎样收费")


def test_a_clock_started_by_another_event_names_it_on_its_ribbon(hall: Hall) -> None:
    found = why(referred(hall), "leaders-word", "2026-09-28 11:00:00")
    cells = cells_from_trace(found.trace, found.now, "zh", started=found.started)
    assert cells[0].said == "提请分管领导，当日不计"


def test_a_clock_started_afresh_says_by_what(hall: Hall) -> None:
    case = referred(hall)
    actions.issue_notice(hall.on(case.stream, "wang", "2026-09-28 14:00:00"), NoticeForm(["licence-copy"]))
    actions.mark_complete(hall.on(case.stream, "wang", "2026-09-29 10:00:00"))
    said = texts(why(case, "leaders-word", "2026-09-29 11:00:00"))
    assert said[0] == "提请分管领导，期限第一次起算。"
    assert any(text.startswith("材料齐全，重新起算") for text in said)


@pytest.mark.parametrize("now", [datetime(2026, 12, 30, 12), datetime(2027, 1, 2, 12)])
def test_a_day_is_said_with_its_year_where_its_sentence_begins_in_another(hall: Hall, now: datetime) -> None:
    before = stand(hall.in_hand("2026-12-29 09:10:00").stream, at("2026-12-30 12:00:00"))
    move = DueMove(datetime(2026, 12, 30, 9), None, datetime(2027, 1, 8, 17, 30), "promised", 9)
    clock = replace(before.judged.clocks[0], words="by 2027-01-08", moves=(move,))
    said = texts(derive(clock, before.facts, before.edition, now))
    assert "期限 至 2027年1月8日 周五" in said[0] and "改为 2027年1月8日 周五 17:30" in "".join(said)


def test_a_due_that_cannot_be_told_says_why() -> None:
    budget: Any = parse_words("400 working days")
    found = derive_budget(CALENDAR, datetime(2026, 11, 20, 9), budget, "400 working days")
    assert found.due is None and "尚未公布" in found.steps[-1].text


def test_the_portal_serves_another_regulation_as_well(cast: Any, client: Any, fresh_editions: None) -> None:
    pack = load_pack(PACKS / "service-centre")
    adopt(cast.house, pack, date(2026, 1, 7), Stamp(cast.id("sun"), datetime(2026, 1, 6, 1, 0, tzinfo=UTC)))
    pages = ["/", "/complaints/", "/guides/", "/calendar/", "/regulation/"]
    pages += [f"/guides/{key}/" for key in pack.services] + [f"/regulation/{key}/" for key in pack.clauses]
    pages += [f"/promises/{key}/" for key, rule in pack.commitments.items() if rule.public]
    assert {page: status for page in pages if (status := client.get(page).status_code) != 200} == {}
