"""Where a matter stands and who answers for it."""

import pytest

from tests.rules.engine.scene import DUE, RECEIVED, scene

OVER = "2026-03-02 09:10 handed_over section=metrology by=zhou"
TAKEN = "2026-03-02 09:20 hand_over_accepted by=wang"
TOLD = "2026-03-02 09:30 party_told of=section by=zhou"


def judged(*lines: str, at: str = DUE):  # type: ignore[no-untyped-def]
    return scene().judge(*lines, at=at)


@pytest.mark.parametrize("lines", [[OVER, TAKEN, TOLD], [OVER, TOLD, TAKEN]])
def test_the_first_asked_answers_until_the_hand_over_is_accepted_and_the_party_told(lines: list[str]) -> None:
    assert judged(*lines).answerable == "wang"
    assert judged(*lines[:2]).answerable == "zhou"
    assert judged(*lines).first_asked == "zhou"


def test_a_second_hand_over_must_be_told_again() -> None:
    again = [
        "2026-03-03 09:00 handed_over section=standards by=wang",
        "2026-03-03 09:10 hand_over_accepted by=li",
    ]
    assert judged(OVER, TAKEN, TOLD, *again).answerable == "wang"
    assert judged(OVER, TAKEN, TOLD, *again, "2026-03-03 09:20 party_told of=section").answerable == "li"


def test_showing_the_way_to_the_same_section_counts_as_telling() -> None:
    way = "2026-03-02 09:05 guided section={} way=point_out by=zhou"
    assert judged(way.format("metrology"), OVER, TAKEN).answerable == "wang"
    assert judged(way.format("standards"), OVER, TAKEN).answerable == "zhou"


def test_accepting_gives_handler_and_section_from_whoever_names_them() -> None:
    found = judged(
        "2026-03-02 09:10 handed_over section=metrology person=li by=zhou",
        "2026-03-02 09:20 hand_over_accepted",
    )
    assert (found.handler, found.section) == ("li", "metrology")
    alone = judged("2026-03-02 09:20 hand_over_accepted")
    assert (alone.handler, alone.section) == ("zhou", None)


def test_a_pending_hand_over_names_its_section() -> None:
    assert judged(OVER).handing_to == "metrology"


def test_nobody_answers_for_an_ended_matter_until_it_is_reopened() -> None:
    end = "2026-03-03 09:00 completed by=wang"
    assert judged(end).answerable is None
    assert judged(end, "2026-03-04 09:00 reopened reason=x").answerable == "zhou"


def test_the_party_is_never_their_own_first_asked() -> None:
    found = judged("2026-03-02 10:00 first_asked person=li section=window visit=v1 by=li")
    assert found.first_asked == "li"
    from datetime import datetime

    from shounuo.rules.engine import judge
    from tests.rules.engine.scene import facts

    alone = judge(scene().edition, facts(RECEIVED.replace("by=zhou", "by=party")), datetime(2026, 3, 3))
    assert (alone.first_asked, alone.handler) == (None, None)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("accepted", "in_hand"),
        ("notice_issued form=written materials=[a]", "waiting_for_materials"),
        ("notice_issued form=written", "received"),
        ("referred_to_leader", "with_leader"),
        ("referred_for_study", "in_study"),
        ("declined reasons=[x]", "declined"),
        ("not_accepted reasons=[x]", "not_accepted"),
        ("restored", "completed"),
        ("transferred_out to=x", "transferred_out"),
        ("merged into=x", "merged"),
        ("answered", "received"),
        ("consulted", "received"),
    ],
)
def test_states_follow_the_facts(line: str, state: str) -> None:
    assert judged(f"2026-03-03 09:00 {line}").state.value == state


def test_nothing_moves_the_state_of_an_ended_matter() -> None:
    lines = [
        "2026-03-03 09:00 completed",
        "2026-03-04 09:00 accepted",
        "2026-03-04 10:00 declined reasons=[x]",
    ]
    assert (
        judged(*lines, "2026-03-04 11:00 notice_issued form=written materials=[a]").state.value == "completed"
    )


def test_papers_that_come_are_no_longer_missing() -> None:
    lines = [
        "2026-03-03 09:00 notice_issued form=written materials=[a, b]",
        "2026-03-03 10:00 material_received materials=[a]",
    ]
    assert judged(*lines).missing == ("b",)
    assert judged(*lines, "2026-03-03 11:00 materials_complete").missing == ()


def test_what_a_second_notice_asks_for_can_be_received_though_it_stops_nothing() -> None:
    lines = [
        "2026-03-03 09:00 notice_issued form=written materials=[a]",
        "2026-03-03 11:00 materials_complete",
        "2026-03-03 12:00 notice_issued form=written materials=[b]",
    ]
    found = judged(*lines)
    assert (found.missing, found.asked, found.complete, found.state.value) == ((), ("b",), True, "in_hand")
    assert found.verbs["receive_materials"].allowed
    again = judged(*lines, "2026-03-03 13:00 material_received materials=[b]")
    assert (again.asked, again.verbs["receive_materials"].allowed) == ((), False)


def test_a_new_requirement_adds_to_what_is_still_missing() -> None:
    lines = [
        "2026-03-03 09:00 notice_issued form=written materials=[a]",
        "2026-03-03 12:00 notice_issued form=written materials=[b] new_requirement=law",
    ]
    assert judged(*lines).missing == ("a", "b")


def test_an_assignment_changes_what_it_names() -> None:
    assert judged("2026-03-03 09:00 assigned section=standards").handler == "zhou"


def test_the_first_rating_stays() -> None:
    lines = ["2026-03-03 09:00 completed", "2026-03-03 10:00 rated level=2", "2026-03-03 11:00 rated level=5"]
    assert judged(*lines).rating == 2


def test_a_matter_of_another_kind_follows_its_new_rules() -> None:
    found = judged("2026-03-03 09:00 reclassified kind=enquiry", "2026-03-03 10:00 answered")
    assert (found.kind, found.state.value) == ("enquiry", "answered")


def test_an_undecided_import_says_why() -> None:
    found = judged("2026-03-02 09:00 note note=unusable_times", "2026-03-02 09:00 note note=call")
    assert [finding.code for finding in found.findings] == ["unusable_times"]
