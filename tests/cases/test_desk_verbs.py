"""Every verb through its page: done, refused, wrong input, and while somebody else was faster."""

from datetime import date
from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.forms import FORMS
from shounuo.cases.models import Case
from shounuo.cases.wording import VERBS
from shounuo.ledger.actions import read
from shounuo.organisation.actions import Stamp, close_unit, found_unit
from shounuo.rules.engine.verbs import PRECONDITIONS
from shounuo.rules.loading import load_pack
from tests.cases.conftest import PACKS, Hall, at
from tests.cases.desk import Desk, desk, text
from tests.cases.verb_table import AT, DONE, complete, in_hand, noticed, requested

__all__ = ["desk"]


def typed(hall: Hall, given: dict[str, Any]) -> dict[str, Any]:
    given = given | ({"person": hall.cast.id(given["person"])} if "person" in given else {})
    first = Case.objects.order_by("pk").first()
    return given | ({"number": first.number} if "number" in given and first else {})


@pytest.mark.parametrize("verb", DONE)
def test_a_verb_is_done_through_its_page(desk: Desk, hall: Hall, verb: str) -> None:
    who, make, given, kind = DONE[verb]
    case = make(hall)
    assert desk.ask(who, case, verb).status_code == 200
    answer = desk.do(who, case, verb, **typed(hall, given))
    assert answer.status_code == 302, text(answer)
    last = read(case.stream)[-1]
    assert (last.kind, last.actor) == (kind, hall.cast.id(who))


@pytest.mark.parametrize("verb", DONE)
def test_asking_for_a_verb_writes_nothing(desk: Desk, hall: Hall, verb: str) -> None:
    who, make, _given, _kind = DONE[verb]
    case = make(hall)
    desk.ask(who, case, verb)
    assert len(read(case.stream)) == case.version


NO_NEED = ("withdraw", "record_visit")
NEEDS_TYPING = [verb for verb, (_who, _make, given, _kind) in DONE.items() if given and verb not in NO_NEED]


@pytest.mark.parametrize("verb", NEEDS_TYPING)
def test_an_empty_form_is_refused_beside_its_fields(desk: Desk, hall: Hall, verb: str) -> None:
    who, make, _given, _kind = DONE[verb]
    case = make(hall)
    answer = desk.do(who, case, verb)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert len(read(case.stream)) == case.version


def test_every_verb_has_a_page_or_is_the_partys(desk: Desk, hall: Hall) -> None:
    assert set(PRECONDITIONS) - set(FORMS) == {"rate"}
    assert set(PRECONDITIONS) == set(VERBS)
    assert set(FORMS) - set(DONE) == {"promise_date", "arrive", "restore"}  # where the regulation knows them


def test_the_partys_rating_has_no_page_at_the_desk(desk: Desk, hall: Hall) -> None:
    assert desk.ask("wang", in_hand(hall), "rate").status_code == 404
    assert desk.ask("wang", in_hand(hall), "abolish").status_code == 404


def test_what_cannot_be_done_now_says_why(desk: Desk, hall: Hall) -> None:
    case = in_hand(hall)
    for answer in (
        desk.ask("wang", case, "complete"),
        desk.do("wang", case, "complete", words="完", result="done"),
    ):
        assert answer.status_code == 409
        assert "还没有确认材料齐全" in text(answer)


def test_what_is_somebody_elses_says_whose(desk: Desk, hall: Hall) -> None:
    case = in_hand(hall)
    for answer in (
        desk.ask("wang", case, "assign"),
        desk.do("wang", case, "assign", person=hall.cast.id("li")),
    ):
        assert answer.status_code == 403
        assert "科室负责人" in text(answer)


def test_who_was_slower_sees_what_changed_and_keeps_their_words(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    shown = case.version
    actions.add_note(hall.on(case.stream, "zhao", "2026-09-28 10:30:00"), "王局来电过问")
    answer = desk.do("wang", case, "complete", version=shown, words="已检定合格", result="done")
    page = text(answer)
    assert answer.status_code == 409
    assert "王局来电过问" in page
    assert "已检定合格" in page
    assert answer.context["form"]["version"].value() == str(shown + 1)
    case.refresh_from_db()
    assert case.state == "in_hand"


def test_who_was_slower_may_go_on_knowingly(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    actions.add_note(hall.on(case.stream, "zhao", "2026-09-28 10:30:00"), "备注")
    answer = desk.do("wang", case, "complete", version=case.version + 1, words="合格", result="done")
    assert answer.status_code == 302


def test_what_was_already_done_is_not_done_twice(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    shown = case.version
    desk.do("wang", case, "complete", version=shown, words="合格", result="done")
    again = desk.do("wang", case, "complete", version=shown, words="合格", result="done")
    assert again.status_code == 409
    assert [f.kind for f in read(case.stream)].count("completed") == 1


def test_a_reminder_of_the_sweep_does_not_stop_the_clerk(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    shown = case.version
    moment = desk.stand_still("2026-10-09 10:00:00")
    actions.let_time_pass(case.stream, moment)
    assert desk.do("wang", case, "complete", version=shown, words="合格", result="done").status_code == 302


def test_a_second_notice_warns_and_is_recorded_as_a_breach(desk: Desk, hall: Hall) -> None:
    case = noticed(hall)
    assert "再次告知将记为违诺，且不停表" in text(desk.ask("wang", case, "issue_notice"))
    desk.do("wang", case, "issue_notice", materials=["licence-copy"], form="written")
    assert "只告知一次" in desk.page("wang", case)
    assert "最多 1 次" in desk.page("wang", case)


def test_an_oral_notice_needs_its_reason_and_its_note(desk: Desk, hall: Hall) -> None:
    answer = desk.do(
        "wang", in_hand(hall), "issue_notice", materials=["licence-copy"], form="oral", remarks="保留我"
    )
    assert answer.status_code == 422
    assert {"oral_reason", "call_note"} <= set(answer.context["form"].errors)
    assert "保留我" in text(answer)


def test_a_notice_can_be_looked_at_before_it_is_given(desk: Desk, hall: Hall) -> None:
    case = in_hand(hall)
    answer = desk.do("wang", case, "issue_notice", materials=["licence-copy"], form="written", preview="1")
    assert "尚未发出" in text(answer)
    assert "《中华人民共和国计量法》第九条" in text(answer)
    assert len(read(case.stream)) == case.version


def test_no_more_time_is_asked_for_than_may_be_given(desk: Desk, hall: Hall) -> None:
    given = {"rule": "handle-in-time", "days": "6", "reason": "equipment", "words": "送检"}
    answer = desk.do("wang", complete(hall), "request_extension", **given)
    assert "最多延长 5 个工作日" in text(answer)


@pytest.mark.parametrize("moment", ["2026-09-28T11:30", "2026-09-27T10:00", "soon"])
def test_a_moment_is_neither_to_come_nor_before_receipt(desk: Desk, hall: Hall, moment: str) -> None:
    answer = desk.do("wang", in_hand(hall), "add_note", words="备注", at=moment)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["at"]


def test_something_written_down_late_does_not_hide_what_came_after(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    desk.do("wang", case, "add_note", words="早上来过", at="2026-09-28T09:30")
    case.refresh_from_db()
    assert (case.state, case.due_at is not None) == ("in_hand", True)


def test_the_leader_reads_what_is_asked_before_deciding(desk: Desk, hall: Hall) -> None:
    page = text(desk.ask("chen", requested(hall), "grant_extension"))
    assert "申请延期 2 个工作日" in page
    assert "砝码送检" in page


@pytest.fixture
def enquired(no_kept_editions: None, cast: Any, monkeypatch: Any) -> tuple[Desk, Case]:
    """The desk of a service centre, and an enquiry."""
    centre = Hall(cast, load_pack(PACKS / "service-centre"))
    page = Desk(centre, monkeypatch)
    page.stand_still("2026-09-28 11:00:00")
    return page, centre.ask(AT, kind="enquiry", service="", words="证书多久能补", section="window")


def test_a_day_is_promised_where_the_regulation_counts_by_it(enquired: tuple[Desk, Case]) -> None:
    page, case = enquired
    early = page.do("zhou", case, "promise_date", day="2026-09-27")
    assert (early.status_code, "已经过去" in text(early)) == (422, True)
    late = page.do("zhou", case, "promise_date", day="2026-12-31")
    assert (late.status_code, "最晚可以承诺到 10月13日" in text(late)) == (422, True)
    assert "最晚 10月13日" in text(page.ask("zhou", case, "promise_date"))
    assert page.do("zhou", case, "promise_date", day="2026-09-29").status_code == 302
    assert "承诺 9月29日 前答复" in page.page("zhou", case)


def test_an_explanation_that_ends_a_promise_is_offered_where_there_is_one(
    enquired: tuple[Desk, Case],
) -> None:
    page, case = enquired
    said = {"reason": "not_public", "words": "涉及他人，依法不能公开"}
    assert page.do("zhou", case, "explain", **said).status_code == 302
    case.refresh_from_db()
    assert (case.clock_state, case.ended_at) == ("met", None)


def test_other_regulations_do_not_offer_it(desk: Desk, hall: Hall) -> None:
    assert "不能公开" not in text(desk.ask("wang", in_hand(hall), "explain"))


def test_the_leader_who_is_asked_is_named_as_the_clocks_owner(desk: Desk, hall: Hall) -> None:
    case = actions.refer_to_leader(hall.on(in_hand(hall).stream, "wang", "2026-09-28 10:00:00"), "拿不准")
    assert "分管领导 陈国安" in desk.page("wang", case)


def test_what_a_second_notice_asks_for_is_shown_as_asked_and_can_be_received(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    desk.do("wang", case, "issue_notice", materials=["licence-copy"], form="written")
    case.refresh_from_db()
    assert "已告知补交" in desk.page("wang", case)
    assert desk.do("wang", case, "receive_materials", materials=["licence-copy"]).status_code == 302


def test_a_closed_section_is_no_longer_offered(desk: Desk, hall: Hall) -> None:
    stamp = Stamp(hall.cast.id("sun"), at("2026-09-01 09:00"))
    archive = found_unit(
        stamp, code="archive", name_zh="档案科", name_en="Archive", kind="section", parent=hall.cast.house
    )
    case = hall.in_hand("2026-09-28 09:10")
    desk.stand_still("2026-10-09 10:00")
    assert "档案科" in text(desk.ask("wang", case, "hand_over"))
    close_unit(stamp, archive, date(2026, 10, 1))
    assert "档案科" not in text(desk.ask("wang", case, "hand_over"))


def test_what_is_refused_stands_beside_its_field(desk: Desk, hall: Hall) -> None:
    case = in_hand(hall)
    desk.do("wang", case, "appoint", date="2026-10-09T09:00")
    answer = desk.do("wang", case, "defer", to="2026-10-08T09:00", reason="busy")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["to"])


def test_a_bureaus_page_asks_in_our_own_words(desk: Desk, hall: Hall) -> None:
    case = complete(hall)
    answer = desk.do("wang", case, "request_extension", rule="handle-in-time", days="0", reason="x", words="")
    errors = answer.context["form"].errors
    assert errors == {"days": ["不能小于 1"], "reason": ["请选择所列的一项"], "words": ["请填写这一项"]}
