"""No notice in time counts as acceptance from receipt (行政许可法 32)."""

from datetime import datetime

from shounuo.rules.judgement import ClockState, MatterState
from tests.rules.engine.scene import Scene, scene

RULES = {
    "told": {"ends": ["notice_issued", "accepted", "not_accepted", "materials_complete"], "deemed": "accepted",
             "within": [{"value": "2 working days", "from": "2026-01-01"}], "handling": False},
    "handled": {"starts": "materials_complete", "while_waiting_for_materials": "restart",
                "within": [{"value": "8 working days", "from": "2026-01-01"}]},
    "begun": {"ends": ["accepted", "notice_issued"], "handling": False},
}  # fmt: skip
DUE = "2026-03-04 17:30"
AFTER = "2026-03-04 17:30:01"


def silent() -> Scene:
    return scene(**RULES)


def test_at_the_due_instant_nothing_is_deemed() -> None:
    judged = silent().judge(at=DUE)
    assert (judged.accepted, judged.complete, judged.deemed_at) == (False, False, None)


def test_one_second_later_it_counts_as_accepted_and_complete() -> None:
    judged = silent().judge(at=AFTER)
    assert (judged.accepted, judged.complete, judged.state) == (True, True, MatterState.IN_HAND)
    assert judged.deemed_at == datetime(2026, 3, 4, 17, 30)


def test_what_runs_from_complete_papers_runs_from_receipt() -> None:
    clock = silent().clock(at=AFTER, rule="handled")
    assert (clock.started_at, clock.due) == (datetime(2026, 3, 2, 9), datetime(2026, 3, 12, 17, 30))


def test_silence_ends_no_promise_of_acting() -> None:
    judged = silent().judge(at=AFTER)
    assert judged.clock("told").state is ClockState.BREACHED
    assert judged.clock("begun").state is ClockState.RUNNING


def test_the_systems_own_record_changes_nothing() -> None:
    record = "2026-03-04 17:30 accepted deemed=true as_from=2026-03-02T09:00"
    told, silently = silent().judge(record, at="2026-03-05 09:00"), silent().judge(at="2026-03-05 09:00")
    assert (told.clocks, told.accepted, told.deemed_at) == (
        silently.clocks,
        silently.accepted,
        silently.deemed_at,
    )


def test_a_record_of_silence_that_was_none_counts_for_nothing() -> None:
    lines = ("2026-03-03 09:00 notice_issued materials=[a] form=written by=wang",
             "2026-03-04 17:30 accepted deemed=true as_from=2026-03-02T09:00")  # fmt: skip
    judged = silent().judge(*lines, at="2026-03-05 09:00")
    assert (judged.accepted, judged.state, judged.deemed_at) == (False, MatterState.WAITING, None)


def test_papers_asked_for_afterwards_stop_nothing_unless_the_requirement_is_new() -> None:
    asked = "2026-03-05 09:00 notice_issued materials=[a] form=written by=wang"
    late = silent().judge(asked, at="2026-03-05 10:00")
    assert (late.state, late.clock("handled").state) == (MatterState.IN_HAND, ClockState.RUNNING)
    new = silent().judge(f"{asked} new_requirement=rule_changed", at="2026-03-05 10:00")
    assert (new.state, new.clock("handled").state) == (MatterState.WAITING, ClockState.PAUSED)


def test_a_notice_in_time_or_an_acceptance_leaves_nothing_to_be_deemed() -> None:
    for said in ("2026-03-04 17:30 notice_issued form=written by=wang", "2026-03-03 09:00 accepted by=wang"):
        assert silent().judge(said, at="2026-03-20 09:00").deemed_at is None


def test_a_matter_that_ended_before_is_not_accepted_any_more() -> None:
    assert silent().judge("2026-03-03 09:00 withdrawn by=party", at="2026-03-20 09:00").deemed_at is None
