"""The desk's pages around the everyday verbs: hints before an answer, what the rated do not read, who decides."""

from shounuo.cases import actions
from shounuo.ledger.actions import read
from tests.cases.conftest import Hall
from tests.cases.desk import Desk, desk, text
from tests.cases.verb_table import (
    complete,
    disputed,
    enquiry,
    handed,
    in_hand,
    rated_badly,
    repeat,
    requested,
)

__all__ = ["desk"]
EMPTY = {"words": "已收悉，按规定办理。", "way": "in_person"}


def test_an_answer_that_says_nothing_is_asked_about_once_and_goes_out_all_the_same(
    desk: Desk, hall: Hall
) -> None:
    case = enquiry(hall)
    asked = desk.do("zhou", case, "answer", **EMPTY)
    assert asked.status_code == 200
    assert "好像没有答到" in text(asked)
    assert "已收悉，按规定办理。" in text(asked)
    assert len(read(case.stream)) == case.version
    assert desk.do("zhou", case, "answer", **EMPTY, checked="1").status_code == 302


def test_the_leader_decides_from_the_list(desk: Desk, hall: Hall) -> None:
    case = requested(hall)
    page = text(desk.get("chen", "/desk/"))
    assert f"/desk/matters/{case.number}/grant_extension/" in page
    assert f"/desk/matters/{case.number}/refuse_extension/" in page


def test_an_objection_and_a_bad_rating_wait_on_the_head_of_sections_list(desk: Desk, hall: Hall) -> None:
    objected, rated = disputed(hall), rated_badly(hall)
    page = text(desk.get("zhao", "/desk/"))
    assert f"/desk/matters/{objected.number}/reopen/" in page
    assert f"/desk/matters/{rated.number}/remedy/" in page
    assert f"/desk/matters/{rated.number}/remedy/" not in text(desk.get("wang", "/desk/"))


def test_the_rated_read_that_they_were_rated_and_not_how(desk: Desk, hall: Hall) -> None:
    case = rated_badly(hall)
    actions.contact_rater(hall.on(case.stream, "zhao", "2026-09-28 10:40:00"), "phone", "嫌跑两趟")
    handler, head = desk.page("wang", case), desk.page("zhao", case)
    assert "当事人已评价" in handler
    assert not any(said in handler for said in ("非常不满意", "太慢", "嫌跑两趟"))
    assert all(said in head for said in ("非常不满意", "太慢", "嫌跑两趟"))


def test_a_stale_page_gives_back_what_was_typed_in_words(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    shown = case.version
    actions.complete(hall.on(case.stream, "wang", "2026-09-28 10:30:00"), "已检定", "done")
    page = text(desk.do("wang", case, "complete", version=shown, words="检定合格", result="certificate"))
    assert "检定合格" in page
    assert "发证" in page
    assert "certificate" not in page


def test_whoever_recorded_it_is_not_named_twice(desk: Desk, hall: Hall) -> None:
    page = desk.get("zhou", f"/desk/matters/{in_hand(hall).number}/")
    line = next(one for one in page.context["timeline"] if "首问登记" in one.text)
    assert (line.text.count("周倩"), line.by) == (1, "")


def test_by_telephone_the_number_is_said_or_it_does_not_count_as_told(desk: Desk, hall: Hall) -> None:
    case = handed(hall)
    answer = desk.do("zhou", case, "tell_section", way="phone")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["phone_given"])
    assert "0000-8800 100" in text(answer)


def test_the_askers_of_merged_repeats_are_named_on_the_first_matter(desk: Desk, hall: Hall) -> None:
    second = repeat(hall)
    first = type(second).objects.exclude(pk=second.pk).get()
    actions.merge(hall.on(second.stream, "wang", "2026-09-28 09:40:00"), first.number, "phone")
    assert f"/desk/matters/{second.number}/" in desk.page("wang", first)
    assert f"/desk/matters/{first.number}/" in desk.page("wang", second)


def test_what_the_own_section_cannot_put_right_says_who_can(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    desk.stand_still("2026-10-12 09:00:00")
    actions.let_time_pass(case.stream, desk.stand_still("2026-10-12 09:00:00"))
    answer = desk.do("wang", case, "complete", words="合格", result="done", at="2026-10-09T17:00")
    assert answer.status_code == 422
    assert "由归口管理部门或分管领导更正" in text(answer)


def test_a_list_says_what_was_asked_and_not_what_was_objected(hall: Hall) -> None:
    from django.utils import timezone

    from shounuo.cases.rows import rows
    from shounuo.ledger.moments import civil

    assert [row.about for row in rows([disputed(hall)], civil(timezone.now()))] == ["衡器检定"]
