"""What waits for somebody: the queues, the approvals, today's totals, the manual."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shounuo.cases import actions, groups
from shounuo.cases.models import Case
from shounuo.cases.rebuilding import differences
from shounuo.cases.rows import clipped
from shounuo.cases.verb_words import VERBS
from shounuo.cases.views import manual
from shounuo.organisation.actions import Away, enter_absence
from shounuo.organisation.models import Absence
from tests.cases.conftest import Hall, at
from tests.cases.desk import Desk, desk, text

__all__ = ["desk"]

MONDAY = "2026-09-28 09:10:00"


def asked(hall: Hall, when: str = "2026-09-28 10:30:00") -> Case:
    """A matter whose handler asks for more time."""
    case = hall.in_hand(MONDAY)
    actions.mark_complete(hall.on(case.stream, "wang", "2026-09-28 10:00:00"))
    on = hall.on(case.stream, "wang", when)
    actions.request_extension(on, "handle-in-time", "2 working days", "equipment", "砝码送检")
    return case


def test_an_extension_waits_until_it_is_decided(desk: Desk, hall: Hall) -> None:
    case = asked(hall)
    assert case.number in text(desk.get("chen", "/desk/approvals/"))
    assert Case.objects.get(pk=case.pk).extension_asked
    actions.refuse_extension(hall.on(case.stream, "chen", "2026-09-28 10:40:00"), "可以按时")
    assert case.number not in text(desk.get("chen", "/desk/approvals/"))
    assert not list(differences())


def test_an_extension_that_came_too_late_to_decide_waits_for_nobody(desk: Desk, hall: Hall) -> None:
    case = asked(hall)
    actions.let_time_pass(case.stream, at("2026-11-02 10:00:00"))
    assert not Case.objects.get(pk=case.pk).extension_asked
    assert not list(differences())


def test_the_leaders_word_is_an_approval(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand(MONDAY)
    actions.refer_to_leader(hall.on(case.stream, "wang", "2026-09-28 10:00:00"), "拿不准")
    assert f"/{case.number}/record_leader_decision/" in text(desk.get("chen", "/desk/approvals/"))


def test_who_decides_nothing_is_told_so_and_not_led_there(desk: Desk, hall: Hall) -> None:
    asked(hall)
    page = text(desk.get("wang", "/desk/approvals/"))
    assert "您的岗位不作审批" in page
    assert 'href="/desk/approvals/"' not in text(desk.get("wang", "/desk/"))


def test_the_list_shows_all_of_a_queue(desk: Desk, hall: Hall) -> None:
    case, other = asked(hall), hall.in_hand(MONDAY)
    page = text(desk.get("chen", "/desk/matters/", waits="decide"))
    assert case.number in page and other.number not in page


@pytest.fixture
def two_lines(monkeypatch: Any) -> None:
    monkeypatch.setattr(groups, "MOST", 2)


@pytest.mark.usefixtures("two_lines")
def test_today_draws_few_lines_and_counts_all(desk: Desk, hall: Hall) -> None:
    made = [hall.in_hand(MONDAY) for _ in range(4)]
    page = text(desk.get("wang", "/desk/"))
    assert sum(f"/desk/matters/{case.number}/" in page for case in made) == 2
    assert "看全部 4 件" in page and "4 件等我办" in page


@pytest.mark.usefixtures("two_lines")
def test_the_way_to_all_lists_all(desk: Desk, hall: Hall) -> None:
    made = [hall.in_hand(MONDAY) for _ in range(4)]
    page = text(desk.get("wang", "/desk/"))
    query = page.split('href="/desk/matters/?mine=1&amp;')[1].split('"')[0].replace("&amp;", "&")
    found = text(desk.as_("wang").get(f"/desk/matters/?mine=1&{query}"))
    assert all(case.number in found for case in made)


def test_the_questions_about_decisions_read_short_indexes(desk: Desk, hall: Hall) -> None:
    asked(hall)
    with CaptureQueriesContext(connection) as seen:
        desk.get("chen", "/desk/")
    facts = [q["sql"] for q in seen if "ledger_fact" in q["sql"]]
    assert len(facts) == 1
    assert facts[0].split("WHERE")[1].startswith(' "ledger_fact"."stream" IN (')


@pytest.mark.parametrize("path", ["/desk/", "/desk/approvals/"])
def test_what_is_asked_stands_in_the_line(desk: Desk, hall: Hall, path: str) -> None:
    case = asked(hall)
    page = text(desk.get("chen", path))
    assert "申请延期 2 个工作日（申请在规定或承诺时限内办结）" in page
    assert "砝码送检" in page and "王敏 ·" in page and "10:30" in page
    assert f"/{case.number}/grant_extension/" in page


@pytest.mark.parametrize("path", ["/desk/", "/desk/approvals/"])
def test_nobody_is_led_to_decide_their_own_request(desk: Desk, hall: Hall, path: str) -> None:
    case, other = asked(hall), hall.in_hand(MONDAY, "li")
    actions.mark_complete(hall.on(other.stream, "li", "2026-09-28 10:00:00"))
    on = hall.on(other.stream, "li", "2026-09-28 10:30:00")
    actions.request_extension(on, "handle-in-time", "1 working day", "equipment", "仪器送检")
    period = at("2026-09-28 10:40:00"), at("2026-09-30 08:00")
    away = Away(*period, Absence.Reason.TRIP, delegate=hall.cast.people["wang"])
    enter_absence(hall.stamp("chen", "2026-09-28 10:40:00"), hall.cast.people["chen"], away)
    page = text(desk.get("wang", path))
    assert f"/{other.number}/grant_extension/" in page
    assert case.number in page and f"/{case.number}/grant_extension/" not in page
    assert "申请人不能批准自己的延期申请。" in page


def test_what_is_asked_costs_the_same_for_one_and_for_many(desk: Desk, hall: Hall) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get("chen", "/desk/approvals/")
        return len(seen)

    asked(hall)
    questions()
    one = questions()
    for _ in range(3):
        asked(hall)
    assert questions() == one


def test_absences_wait_with_the_rest(desk: Desk, hall: Hall) -> None:
    away = Away(at("2026-09-29 09:00"), at("2026-09-30 09:00"), Absence.Reason.TRIP)
    enter_absence(hall.stamp("li", MONDAY), hall.cast.people["li"], away, needs_approval=True)
    page = text(desk.get("zhao", "/desk/approvals/"))
    assert "不在岗，等我批准" in page and 'name="next" value="/desk/approvals/"' in page


def test_the_board_on_a_wall_names_nobody(desk: Desk, hall: Hall) -> None:
    case = hall.in_hand("2026-09-01 09:10:00")
    answer = desk.get("chen", "/desk/board/", screen="1")
    assert answer.headers["Refresh"] == "60"
    assert case.number not in text(answer) and "计量科" in text(answer)


def test_the_manual_explains_every_verb_and_state(desk: Desk, hall: Hall) -> None:
    told = {verb for verbs in manual.GROUPS.values() for verb in verbs}
    assert told == set(VERBS) - {"rate"}
    assert set(manual.STATES) == set(manual.State)
    assert desk.get("zhou", "/help/").status_code == 200


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("字" * 60, "字" * 60),
        ("字" * 61, "字" * 59 + "…"),
        ("I bought a kitchen scale in a shop and it weighs wrong, I live near", None),
        ("x" * 80, "x" * 59 + "…"),
        ("第一行\n第二行", "第一行 第二行"),
    ],
)
def test_a_request_is_cut_at_the_end_of_a_word_and_says_so(words: str, shown: str | None) -> None:
    assert clipped(words) == (shown or "I bought a kitchen scale in a shop and it weighs wrong, I…")
    assert len(clipped(words)) <= 60


def test_the_line_of_a_matter_shows_that_its_request_goes_on(desk: Desk, hall: Hall) -> None:
    hall.in_hand(MONDAY, words="word " * 30)
    page = text(desk.get("wang", "/desk/"))
    assert "word word…" in page and "word wor…" not in page
