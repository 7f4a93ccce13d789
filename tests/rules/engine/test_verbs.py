"""Verbs: what may be done now and, if not, the first reason why."""

import pytest

from tests.rules.engine.scene import DUE, scene

NOTICE = "2026-03-02 10:00 notice_issued form=written materials=[a] by=wang"
READY = "2026-03-02 10:00 materials_complete by=wang"
END = "2026-03-03 09:00 completed by=wang"
ASK = '2026-03-03 09:00 extension_requested by_how_much="2 working days" reason=x by=wang'
GRANT = '2026-03-03 10:00 extension_granted by_how_much="2 working days" by=chen'
TELL = "2026-03-03 11:00 party_told of=extension by=wang"
OVER = "2026-03-02 09:10 handed_over section=metrology by=zhou"
TAKEN = "2026-03-02 09:20 hand_over_accepted by=wang"
PARTY = "2026-03-02 09:00 reclassified kind=enquiry"
RULE = {"extension": {"granted_by": "leader", "up_to": "3 working days"},
        "within": [{"by": "promised_date", "else": "4 working days", "from": "2026-01-01"}]}  # fmt: skip


def why(verb: str, *lines: str, at: str = "2026-03-05 09:00", **rules: dict[str, object]) -> str | None:
    found = scene(**(rules or {"clock": RULE})).judge(*lines, at=at).verbs[verb]
    assert found.allowed == (found.why is None)
    return found.why.code if found.why else None


@pytest.mark.parametrize(
    ("verb", "lines", "reason"),
    [
        ("take_up", [], "already_taken_up"),
        ("accept", [], None),
        ("accept", ["2026-03-02 10:00 accepted"], "already_accepted"),
        ("accept", [READY], "already_accepted"),
        ("accept", [PARTY], "only_applications"),
        ("answer", [], "only_enquiries"),
        ("answer", [PARTY], None),
        ("receive_materials", [], "nothing_asked_for"),
        ("receive_materials", [NOTICE], None),
        ("mark_complete", [NOTICE], None),
        ("mark_complete", [READY], "already_complete"),
        ("complete", [], "materials_not_complete"),
        ("complete", [NOTICE], "waiting_for_materials"),
        ("complete", [READY], None),
        ("complete", [READY, END], "ended"),
        ("decline", [], "not_accepted_yet"),
        ("decline", ["2026-03-02 10:00 accepted"], None),
        ("hand_over", [], None),
        ("hand_over", [OVER], "hand_over_pending"),
        ("accept_hand_over", [], "no_hand_over_pending"),
        ("accept_hand_over", [OVER], None),
        ("tell_section", [], "nothing_handed_over"),
        ("tell_section", [OVER], None),
        ("tell_section", [OVER, TAKEN], None),
        ("tell_section", [OVER, TAKEN, "2026-03-02 09:30 party_told of=section"], "already_told"),
        ("refer_to_leader", ["2026-03-02 10:00 referred_to_leader"], "already_with_leader"),
        ("record_leader_decision", [], "not_with_leader"),
        ("record_leader_decision", ["2026-03-02 10:00 referred_to_leader"], None),
        ("refer_for_study", ["2026-03-02 10:00 referred_for_study"], "already_in_study"),
        ("finish_study", [], "not_in_study"),
        ("finish_study", ["2026-03-02 10:00 referred_for_study"], None),
        ("promise_date", [], None),
        ("promise_date", ["2026-03-02 10:00 date_promised date=2026-03-04"], "already_promised"),
        ("request_extension", [], None),
        ("request_extension", [ASK], "request_pending"),
        ("request_extension", [ASK, GRANT], "granted_not_told"),
        ("request_extension", [ASK, GRANT, TELL], "too_many_extensions"),
        ("grant_extension", [], "no_request"),
        ("grant_extension", [ASK], None),
        ("tell_extension", [ASK], "nothing_granted_to_tell"),
        ("tell_extension", [ASK, GRANT], None),
        ("rate", [], "not_ended"),
        ("rate", [READY, END], None),
        ("rate", [READY, END, "2026-03-04 09:00 rated level=5"], "already_rated"),
        ("rate", ["2026-03-03 09:00 withdrawn"], "withdrawn"),
        ("correct", [READY, END], None),
    ],
)
def test_each_verb_has_its_reason(verb: str, lines: list[str], reason: str | None) -> None:
    assert why(verb, *lines) == reason


def test_nothing_is_extended_after_the_breach() -> None:
    assert why("request_extension", at="2026-03-20 09:00") == "breached_never_extended"
    assert why("grant_extension", ASK, at="2026-03-20 09:00") == "breached_never_extended"


def test_no_clock_no_extension_and_no_promise() -> None:
    assert why("request_extension", clock={}) == "no_clock_to_extend"
    assert why("promise_date", clock={}) == "no_promise_here"


def test_a_breached_clock_does_not_keep_another_from_being_extended() -> None:
    short = RULE | {"within": [{"value": "1 working day", "from": "2026-01-01"}]}
    assert why("request_extension", clock=RULE, short=short) is None
    assert why("grant_extension", ASK.replace("by_how", "rule=clock by_how"), clock=RULE, short=short) is None
    late = ASK.replace("by_how", "rule=short by_how")
    assert why("grant_extension", late, clock=RULE, short=short) == "breached_never_extended"


def test_a_clock_with_room_left_may_still_be_extended() -> None:
    lines = [line.replace("by_how", "rule=clock by_how") for line in (ASK, GRANT)]
    assert why("request_extension", *lines, TELL, clock=RULE, other=RULE) is None


def test_a_second_notice_is_warned_of_but_not_forbidden() -> None:
    found = scene().judge(NOTICE, at=DUE).verbs["issue_notice"]
    assert found.allowed and found.warns is not None and found.warns.code == "second_notice_is_a_breach"
    assert scene().judge(at=DUE).verbs["issue_notice"].warns is None


def test_verbs_can_be_left_out() -> None:
    from shounuo.rules.engine import judge
    from shounuo.rules.stories.writing import moment
    from tests.rules.engine.scene import RECEIVED, facts

    assert judge(scene().edition, facts(RECEIVED), moment(DUE), with_verbs=False).verbs == {}
