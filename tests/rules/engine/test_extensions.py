"""Extensions: requested, granted by another and told, all before the due; every other way is void."""

import pytest

from shounuo.rules.judgement import ClockState, Granted
from tests.rules.engine.scene import DUE, Scene, scene

ASK = '2026-03-03 09:00 extension_requested by_how_much="2 working days" reason=x by=wang'
GRANT = '2026-03-03 10:00 extension_granted by_how_much="2 working days" by=chen'
TELL = "2026-03-03 11:00 party_told of=extension by=wang"


def rule(**more: object) -> Scene:
    extension = {"granted_by": "leader", "at_most": 1, "up_to": "3 working days"} | more
    return scene(clock={"extension": extension, "while_waiting_for_materials": "restart"})


def last(*lines: str, at: str = "2026-03-06 12:00", **more: object) -> Granted:
    return rule(**more).clock(*lines, at=at).extensions[-1]


def why(*lines: str, **more: object) -> str:
    found = last(*lines, **more).why
    assert found is not None
    return found.code


def test_a_valid_extension_moves_the_due_and_keeps_the_old_one() -> None:
    found = rule().clock(ASK, GRANT, TELL, at="2026-03-06 12:00")
    assert (str(found.due), str(found.moves[-1].old)[:16]) == ("2026-03-10 17:30:00", DUE)
    assert found.extensions[0].valid


def test_until_the_party_is_told_the_old_due_stands() -> None:
    found = rule().clock(ASK, GRANT, at="2026-03-06 12:00")
    assert (str(found.due)[:16], why(ASK, GRANT)) == (DUE, "party_not_told")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([ASK], "waiting_for_decision"),
        ([f'{DUE} extension_requested by_how_much="1 working day" reason=x by=wang'], "not_before_due"),
        (
            [ASK, '2026-03-03 10:00 extension_granted by_how_much="2 working days" by=wang', TELL],
            "granted_by_the_asker",
        ),
        ([ASK, "2026-03-03 10:00 extension_refused by=chen", GRANT, TELL], "refused"),
        ([ASK, GRANT, f"{DUE} party_told of=extension"], "not_before_due"),
        ([ASK, GRANT.replace("2 working", "4 working"), TELL], "too_long_an_extension"),
        ([ASK, GRANT.replace("2 working days", "2 hours"), TELL], "too_long_an_extension"),
        ([ASK, GRANT.replace("2 working days", "soon"), TELL], "too_long_an_extension"),
        ([ASK, GRANT.replace("2 working days", "2 days before"), TELL], "too_long_an_extension"),
    ],
)
def test_each_way_of_being_void_is_named(lines: list[str], reason: str) -> None:
    assert why(*lines, at="2026-03-06 17:30") == reason
    assert str(rule().clock(*lines, at="2026-03-06 17:30").due)[:16] == DUE


def test_no_more_than_allowed_in_number_and_in_all() -> None:
    again = [
        line.replace("2026-03-03", "2026-03-04").replace("2 working", "1 working")
        for line in (ASK, GRANT, TELL)
    ]
    assert why(ASK, GRANT, TELL, *again) == "too_many_extensions"
    assert last(ASK, GRANT, TELL, *again, at_most=2).valid
    longer = [line.replace("1 working", "2 working") for line in again]
    assert why(ASK, GRANT, TELL, *longer, at_most=2) == "too_long_an_extension"


def test_another_kind_of_time_than_the_clock_is_void() -> None:
    lines = [ASK, GRANT.replace("2 working days", "2 days"), TELL]
    assert why(*lines, up_to="3 days") == "other_kind_of_time"


def test_a_length_nobody_decided_does_not_bound() -> None:
    named = {"granted_by": "leader", "up_to": "{longest_extension}"}
    undecided = scene(clock={"extension": named}, settings={"longest_extension": ""})
    assert undecided.clock(ASK, GRANT, TELL, at="2026-03-06 12:00").extensions[-1].valid
    spoilt = undecided.clock(ASK, GRANT.replace("2 working days", "soon"), TELL, at="2026-03-06 12:00")
    assert spoilt.extensions[-1].why is not None


def test_a_breached_clock_is_never_extended() -> None:
    after = [line.replace("2026-03-03", "2026-03-09") for line in (ASK, GRANT, TELL)]
    found = rule().clock(*after, at="2026-03-09 12:00")
    assert (found.state, found.extensions) == (ClockState.BREACHED, ())


def test_a_breached_clock_is_never_restarted() -> None:
    lines = [
        "2026-03-09 09:00 notice_issued form=written materials=[a]",
        "2026-03-09 10:00 materials_complete",
    ]
    assert rule().clock(*lines, at="2026-03-09 12:00").state is ClockState.BREACHED


def test_a_restart_ends_an_extension_and_leaves_a_void_one_as_it_was() -> None:
    lines = [
        "2026-03-04 09:00 notice_issued form=written materials=[a]",
        "2026-03-05 10:00 materials_complete",
    ]
    assert why(ASK, GRANT, TELL, *lines) == "ended_by_restart"
    assert why(ASK, "2026-03-03 10:00 extension_refused by=chen", *lines) == "refused"


def test_a_request_for_another_rule_or_a_rule_without_extension_is_not_followed() -> None:
    other = ASK.replace("by_how_much", "rule=other by_how_much")
    assert rule().clock(other, GRANT, at="2026-03-03 12:00").extensions == ()
    assert scene().clock(ASK, GRANT, TELL, at="2026-03-03 12:00").extensions == ()


def test_a_decision_or_telling_without_a_request_changes_nothing() -> None:
    assert rule().clock(GRANT, TELL, at="2026-03-03 12:00").extensions == ()
    assert why(ASK, TELL, at="2026-03-03 12:00") == "waiting_for_decision"


def test_telling_counts_for_what_was_granted_even_when_something_was_asked_after_it() -> None:
    again = ASK.replace("09:00", "10:30")
    found = rule(at_most=2).clock(ASK, GRANT, again, TELL, at="2026-03-06 12:00").extensions
    assert [(one.valid, one.why and one.why.code) for one in found] == [
        (True, None),
        (False, "waiting_for_decision"),
    ]


def test_what_is_granted_and_not_told_yet_counts_against_the_number_allowed() -> None:
    again = [ASK.replace("09:00", "10:30"), GRANT.replace("10:00", "10:40")]
    found = rule().clock(ASK, GRANT, *again, TELL, at="2026-03-06 12:00").extensions
    assert [(one.valid, one.why and one.why.code) for one in found] == [
        (True, None),
        (False, "too_many_extensions"),
    ]


def test_telling_something_else_does_not_make_it_count() -> None:
    assert (
        why(ASK, GRANT, TELL.replace("of=extension", "of=section"), at="2026-03-03 12:00") == "party_not_told"
    )


def test_what_was_asked_before_a_matter_was_opened_again_is_not_decided_for_its_new_clock() -> None:
    ended = ("2026-03-03 09:30 completed by=wang", "2026-03-03 09:40 reopened reason=x by=wang")
    found = rule().judge(ASK, *ended, GRANT, TELL, at="2026-03-04 12:00").clocks
    assert [one.extensions for one in found if one.no == 2] == [()]
