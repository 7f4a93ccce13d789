"""Clocks: when they start, stop, wait and are broken."""

from datetime import datetime

import pytest

from shounuo.rules.engine import judge
from shounuo.rules.judgement import ClockState
from tests.rules.engine.scene import DUE, LATE, RECEIVED, facts, scene

NOTICE = "2026-03-03 10:00 notice_issued form=written materials=[a] by=wang"
COMPLETE = "2026-03-05 10:00 materials_complete by=wang"
DONE = f"{DUE} completed by=wang"


def test_a_clock_ends_at_the_first_of_its_ends() -> None:
    assert scene().clock(DONE, at="2026-03-09 09:00").ended_by == "completed"


def test_equal_to_the_due_instant_is_in_time_and_a_second_later_is_not() -> None:
    assert scene().state(DONE) == "met"
    assert scene().state(f"{LATE} completed by=wang") == "met_late"


def test_a_running_clock_is_breached_one_second_after_its_due_and_stamped_with_it() -> None:
    assert scene().clock(at=DUE).state is ClockState.RUNNING
    late = scene().clock(at="2026-05-01 12:00")
    assert (late.state, str(late.breached_at)[:16]) == (ClockState.BREACHED, DUE)


def test_another_end_of_the_matter_makes_the_clock_void_and_a_breach_stays_one() -> None:
    assert scene().state("2026-03-03 09:00 withdrawn") == "void"
    assert scene().state("2026-03-10 09:00 withdrawn") == "breached"


def test_a_rule_for_another_kind_has_no_clock() -> None:
    assert scene(clock={"applies_to": {"kinds": ["enquiry"]}}).judge(at=DUE).clocks == ()


@pytest.mark.parametrize(
    "applies", [{"services": ["x"]}, {"channels": ["phone"]}, {"where": {"urgent": True}}]
)
def test_service_channel_and_conditions_narrow_a_rule(applies: dict[str, object]) -> None:
    assert scene(clock={"applies_to": applies}).judge(at=DUE).clocks == ()


def test_a_matter_must_have_been_received() -> None:
    with pytest.raises(ValueError, match="nothing was received"):
        judge(scene().edition, facts(RECEIVED), datetime(2026, 1, 1))


def test_a_clock_does_not_start_after_the_end_and_starts_again_after_reopening() -> None:
    rule = scene(clock={"starts": "materials_complete"})
    end = "2026-03-03 09:00 completed by=wang"
    assert rule.judge(end, "2026-03-04 09:00 materials_complete", at=DUE).clocks == ()
    again = rule.judge("2026-03-02 10:00 materials_complete", end, "2026-03-04 09:00 reopened reason=x",
                       "2026-03-04 10:00 materials_complete", at=DUE)  # fmt: skip
    assert [c.no for c in again.clocks] == [1, 2]


def test_a_notice_pauses_and_complete_papers_resume() -> None:
    rule = scene(clock={"while_waiting_for_materials": "pause"})
    assert rule.state(NOTICE) == "paused"
    assert str(rule.clock(NOTICE, COMPLETE, at="2026-03-05 11:00").due) == "2026-03-10 17:30:00"


def test_complete_papers_restart_the_clock_with_the_full_budget() -> None:
    found = scene(clock={"while_waiting_for_materials": "restart"}).clock(
        NOTICE, COMPLETE, at="2026-03-05 11:00"
    )
    assert (str(found.due), len(found.restarted)) == ("2026-03-11 17:30:00", 1)
    assert [m.cause for m in found.moves] == ["paused", "restarted"]


@pytest.mark.parametrize("waiting", ["pause", "restart"])
def test_a_second_new_requirement_while_waiting_keeps_one_pause(waiting: str) -> None:
    rule = scene(clock={"while_waiting_for_materials": waiting})
    second = "2026-03-04 10:00 notice_issued form=written materials=[b] new_requirement=law by=wang"
    assert len(rule.clock(NOTICE, second, at="2026-03-04 11:00").pauses) == 1


def test_continue_means_that_nothing_happens() -> None:
    assert str(scene().clock(NOTICE, COMPLETE, at="2026-03-05 11:00").due)[:16] == DUE


def test_a_second_notice_or_one_without_papers_does_not_pause() -> None:
    rule = scene(clock={"while_waiting_for_materials": "pause"})
    bare = "2026-03-02 09:30 notice_issued form=written refusal_reasons=[x] by=wang"
    assert rule.state(bare, at="2026-03-03 11:00") == "running"
    assert rule.state(bare, NOTICE, at="2026-03-03 11:00") == "running"


def test_a_notice_at_or_after_the_due_instant_changes_nothing() -> None:
    rule = scene(clock={"while_waiting_for_materials": "pause"})
    assert rule.state(f"{DUE} notice_issued form=written materials=[a]") == "breached"
    assert rule.state("2026-03-09 09:00 notice_issued form=written materials=[a]") == "breached"


def test_complete_papers_without_a_pause_change_nothing() -> None:
    assert (
        scene(clock={"while_waiting_for_materials": "pause"}).clock(COMPLETE, at="2026-03-05 11:00").moves
        == ()
    )


def test_on_the_spot_is_judged_by_the_visit() -> None:
    rule = scene(clock={"starts": "first_asked", "within": [{"value": "on the spot", "from": "2026-01-01"}]})
    asked = "2026-03-02 17:00 first_asked person=zhou visit=v1 by=zhou"
    same = rule.clock(asked, "2026-03-02 19:00 completed visit=v1 by=zhou", at="2026-03-03 09:00")
    assert (same.state, same.same_visit, same.breached_at) == (ClockState.MET, True, None)
    assert rule.state(asked, "2026-03-02 19:00 completed visit=v2 by=zhou") == "met_late"


def test_an_end_of_unknown_time_is_neither_kept_nor_late() -> None:
    found = scene().clock("2026-03-20 09:00 completed result=time_unknown", at="2026-03-21 09:00")
    assert (found.state, found.breached_at) == (ClockState.VOID, None)


PROMISE = {"within": [{"by": "promised_date", "else": "4 working days", "from": "2026-01-01"}]}


def test_the_first_promise_sets_the_due_and_a_second_changes_nothing() -> None:
    said = [
        "2026-03-02 10:00 date_promised date=2026-03-04",
        "2026-03-03 10:00 date_promised date=2026-03-05",
    ]
    found = scene(clock=PROMISE).clock(*said, at="2026-03-03 11:00")
    assert (str(found.due), found.words) == ("2026-03-04 17:30:00", "by 2026-03-04")


def test_a_promise_beyond_the_longest_is_named_and_does_not_count() -> None:
    judged = scene(clock=PROMISE).judge(
        "2026-03-02 10:00 date_promised date=2026-03-20", at="2026-03-03 09:00"
    )
    assert str(judged.clocks[0].due)[:16] == DUE
    assert [f.code for f in judged.findings] == ["promise_beyond_longest"]


def test_a_promised_moment_is_exact_and_today_means_closing_time() -> None:
    exact = "2026-03-02 10:00 date_promised date=2026-03-04 moment=2026-03-04T11:00"
    assert str(
        scene(clock=PROMISE)
        .clock("2026-03-02 10:00 date_promised date=2026-03-02", at="2026-03-02 11:00")
        .due
    ) == ("2026-03-02 17:30:00")
    words = '2026-03-02 10:00 date_promised date=2026-03-04 moment="2026-03-04 11:00"'
    assert str(scene(clock=PROMISE).clock(words, at="2026-03-03 11:00").due) == "2026-03-04 11:00:00", exact


def test_a_promise_made_before_the_start_counts() -> None:
    told = ["2026-03-02 10:00 date_promised date=2026-03-05", "2026-03-03 09:00 materials_complete"]
    late_start = {"starts": "materials_complete", **PROMISE}
    assert str(scene(clock=late_start).clock(*told, at="2026-03-03 10:00").due) == "2026-03-05 17:30:00"
    only = {"starts": "materials_complete", "within": [{"by": "promised_date", "from": "2026-01-01"}]}
    assert str(scene(clock=only).clock(*told, at="2026-03-03 10:00").due) == "2026-03-05 17:30:00"


@pytest.mark.parametrize(
    "within",
    [{"by": "promised_date", "from": "2026-01-01"}, {"value": "by the date promised", "from": "2026-01-01"},
     {"value": "1 day", "from": "2027-01-01"}, {"value": "1 day", "from": "2026-01-01", "when": {"urgent": True}}],
)  # fmt: skip
def test_without_a_limit_there_is_no_clock_and_it_is_said(within: dict[str, object]) -> None:
    judged = scene(clock={"within": [within]}).judge(at=DUE)
    assert (judged.clocks, [f.code for f in judged.findings]) == ((), ["no_limit_set"])


def test_a_provisional_due_is_never_breached() -> None:
    rule = scene(clock={"starts": "materials_complete"})
    start = "2026-12-30 09:00 materials_complete"
    judged = rule.judge(start, at="2027-03-01 09:00")
    assert (judged.clocks[0].state, judged.clocks[0].provisional) == (ClockState.RUNNING, True)
    assert [f.code for f in judged.findings] == ["due_is_provisional"]
    ended = rule.judge(start, "2027-03-01 09:00 completed", at="2027-03-02 09:00")
    assert (ended.clocks[0].state.value, [f.code for f in ended.findings]) == (
        "met",
        ["ended_after_provisional_due"],
    )
    in_time = rule.judge(start, "2026-12-31 09:00 completed", at="2027-03-02 09:00")
    assert in_time.findings == ()


def test_beyond_the_calendar_nothing_is_guessed() -> None:
    rule = scene(
        clock={
            "starts": "materials_complete",
            "within": [{"value": "300 working days", "from": "2026-01-01"}],
        }
    )
    judged = rule.judge("2026-12-30 09:00 materials_complete", at="2027-03-01 09:00")
    assert (judged.clocks[0].due, judged.clocks[0].state.value) == (None, "running")
    assert [f.code for f in judged.findings] == ["calendar_not_published"]


def amended(value: str, running: str, since: str = "2026-03-04", **more: object) -> dict[str, object]:
    old = {"value": "4 working days", "from": "2026-01-01", "to": "2026-03-03"}
    return {"within": [old, {"value": value, "from": since, "running_clocks": running, **more}]}


def test_an_amended_value_binds_running_clocks_only_when_it_says_so() -> None:
    assert str(scene(clock=amended("9 working days", "keep")).clock(at="2026-03-05 09:00").due)[:16] == DUE
    moved = scene(clock=amended("9 working days", "follow")).clock(at="2026-03-05 09:00")
    assert (str(moved.due), moved.moves[-1].cause) == ("2026-03-13 17:30:00", "amended")


def test_a_lengthened_limit_is_in_time_however_late_one_looks() -> None:
    rule = scene(clock=amended("9 working days", "follow"))
    assert rule.state("2026-03-13 17:30 completed by=wang") == "met"
    assert rule.state(at="2026-03-13 17:30") == "running"


def test_a_shortened_limit_is_breached_at_its_own_due() -> None:
    rule = scene(clock=amended("3 working days", "follow"))
    assert str(rule.clock(at="2026-03-20 09:00").breached_at) == "2026-03-05 17:30:00"
    assert rule.state("2026-03-06 09:00 completed by=wang") == "met_late"


def test_an_amendment_leaves_alone_what_is_breached_promised_or_not_meant() -> None:
    late = amended("9 working days", "follow", since="2026-03-10")
    assert scene(clock=late).state() == "breached"
    other = amended("9 working days", "follow", when={"urgent": True})
    assert str(scene(clock=other).clock(at="2026-03-05 09:00").due)[:16] == DUE
    same = amended("4 working days", "follow")
    assert scene(clock=same).clock(at="2026-03-05 09:00").moves == ()
    promised = {"within": [{"by": "promised_date", "else": "4 working days", "from": "2026-01-01", "to": "2026-03-03"},
                           {"value": "9 working days", "from": "2026-03-04", "running_clocks": "follow"}]}  # fmt: skip
    told = scene(clock=promised).clock(
        "2026-03-02 10:00 date_promised date=2026-03-05", at="2026-03-05 09:00"
    )
    assert str(told.due) == "2026-03-05 17:30:00"


def test_an_amendment_keeps_the_extension_given_before_it() -> None:
    extension = {"granted_by": "leader", "up_to": "5 working days"}
    rule = scene(clock=amended("5 working days", "follow") | {"extension": extension})
    found = rule.clock(
        '2026-03-02 10:00 extension_requested by_how_much="2 working days" reason=x by=wang',
        '2026-03-02 11:00 extension_granted by_how_much="2 working days" by=chen',
        "2026-03-02 12:00 party_told of=extension", at="2026-03-05 09:00")  # fmt: skip
    assert str(found.due) == "2026-03-11 17:30:00"
    hours = scene(clock=amended("90 hours", "follow") | {"extension": extension})
    lost = hours.clock(
        '2026-03-02 10:00 extension_requested by_how_much="2 working days" reason=x by=wang',
        '2026-03-02 11:00 extension_granted by_how_much="2 working days" by=chen',
        "2026-03-02 12:00 party_told of=extension", at="2026-03-05 09:00")  # fmt: skip
    assert str(lost.due) == "2026-03-06 03:00:00"


def test_warn_marks_fall_on_legal_moments_and_only_while_running() -> None:
    rule = scene(clock={"warn": ["50%", "1 working day left"], "while_waiting_for_materials": "pause"})
    assert [str(w.at) for w in rule.clock(at="2026-03-02 10:00").warnings] == [
        "2026-03-04 17:30:00",
        "2026-03-06 09:00:00",
    ]
    assert rule.clock(NOTICE, at="2026-03-03 11:00").warnings == ()


def test_warnings_of_an_unknown_due_are_none() -> None:
    long = {"warn": ["50%"], "within": [{"value": "500 working days", "from": "2026-01-01"}]}
    assert scene(clock=long).clock(at="2026-03-03 11:00").warnings == ()


def test_a_correction_puts_a_moment_right() -> None:
    late, right = (
        f"{LATE} completed by=wang",
        '2026-03-09 09:00 corrected corrects=2 reason=typing by=zhao at="2026-03-06 17:00"',
    )
    assert scene().state(late, right) == "met"
    assert scene().state(late, right, at="2026-03-08 09:00") == "met_late"


def test_a_correction_puts_data_right_and_a_correction_of_a_correction_counts_for_nothing() -> None:
    right = "2026-03-03 09:00 corrected corrects=1 reason=typing by=zhao data={kind: enquiry}"
    again = "2026-03-03 10:00 corrected corrects=2 reason=typing by=zhao data={reason: other}"
    nothing = "2026-03-03 11:00 corrected corrects=99 reason=typing by=zhao"
    assert scene().judge(right, again, nothing, at=DUE).kind == "enquiry"


def test_facts_count_in_the_order_of_their_legal_moments() -> None:
    back_dated = ["2026-03-05 10:00 completed by=wang", "2026-03-03 10:00 assigned person=li by=zhao"]
    assert scene().judge(*back_dated, at=DUE).handler == "li"


def test_a_promised_day_may_be_kept_as_text_date_or_moment() -> None:
    from shounuo.rules.engine.history import day

    wanted = datetime(2026, 3, 4).date()
    assert day("2026-03-04T11:00") == day(wanted) == day(datetime(2026, 3, 4, 11)) == wanted
