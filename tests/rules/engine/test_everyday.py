"""Repairs, relays, repeats, ratings, objections: where a matter stands, and what its clocks do."""

from datetime import datetime

import pytest

from shounuo.rules.engine import judge
from shounuo.rules.judgement import ClockState, MatterState
from shounuo.rules.stories.writing import moment
from tests.rules.engine.scene import Scene, facts, scene

REPAIR = "2026-03-02 09:00 received kind=repair place=rural by=zhou"
ARRIVE = {"ends": ["arrived", "restored"], "within": [
    {"value": "45 minutes", "from": "2026-01-01", "when": {"place": "urban"}},
    {"value": "90 minutes", "from": "2026-01-01"}], "handling": False}  # fmt: skip
RATED = {"starts": "rated", "start_where": {"level": [1, 2]}, "ends": ["party_told"], "end_where": {"of": "rating"},
         "within": [{"value": "1 working day", "from": "2026-01-01"}], "handling": False}  # fmt: skip


def of(found: Scene, first: str, *lines: str, at: str):  # type: ignore[no-untyped-def]
    return judge(found.edition, facts([first, *lines]), moment(at))


def test_a_repair_ends_with_the_restoration() -> None:
    judged = of(scene(), REPAIR, "2026-03-02 10:00 restored by=wang", at="2026-03-02 11:00")
    assert (judged.state, judged.verbs["complete"].why.code) == (MatterState.COMPLETED, "ended")
    open_ = of(scene(), REPAIR, at="2026-03-02 11:00")
    reasons = {name: open_.verbs[name].why.code for name in ("answer", "accept", "mark_complete")}
    assert reasons == {
        "answer": "only_enquiries",
        "accept": "only_applications",
        "mark_complete": "only_applications",
    }


@pytest.mark.parametrize(("place", "due"), [("urban", 45), ("rural", 90)])
def test_arrival_is_counted_by_place_and_a_corrected_place_counts_from_the_start(
    place: str, due: int
) -> None:
    first = REPAIR.replace("place=rural ", "")
    line = f"2026-03-02 09:20 corrected corrects=1 reason=wrong_entry data={{place:{place}}} by=zhao"
    clock = of(scene(arrive=ARRIVE), first, line, at="2026-03-02 09:30").clock("arrive")
    assert (clock.due - datetime(2026, 3, 2, 9)).total_seconds() == due * 60


@pytest.mark.parametrize("kind", ["suggestion", "praise"])
def test_suggestions_and_praise_end_with_the_answer(kind: str) -> None:
    first = f"2026-03-02 09:00 received kind={kind} by=zhou"
    assert of(scene(), first, at="2026-03-02 10:00").verbs["answer"].allowed
    ended = of(scene(), first, "2026-03-02 10:00 answered by=zhou", at="2026-03-02 11:00")
    assert ended.state is MatterState.ANSWERED


def test_a_hand_over_told_by_telephone_without_the_number_moves_nothing() -> None:
    lines = ["2026-03-02 09:10 handed_over section=metrology by=zhou", "2026-03-02 09:20 hand_over_accepted person=wang by=wang",  # noqa: E501
             "2026-03-02 09:30 party_told of=section way=phone phone_given=false by=zhou"]  # fmt: skip
    judged = scene().judge(*lines, at="2026-03-02 10:00")
    assert (judged.answerable, judged.verbs["tell_section"].allowed) == ("zhou", True)
    told = scene().judge(
        *lines,
        "2026-03-02 09:40 party_told of=section way=phone phone_given=true by=zhou",
        at="2026-03-02 10:00",
    )
    assert told.answerable == "wang"


def test_a_hand_over_sent_back_leaves_the_matter_where_it_was() -> None:
    lines = [
        "2026-03-02 09:10 handed_over section=metrology by=zhou",
        "2026-03-02 09:20 returned reason=not_ours by=wang",
    ]
    judged = scene().judge(*lines, at="2026-03-02 10:00")
    assert (judged.handing_to, judged.answerable, judged.handler) == (None, "zhou", "zhou")


def test_one_relay_waits_at_a_time_and_its_answer_is_written_once() -> None:
    relayed = "2026-03-02 09:10 relayed to=市供水公司 by=zhou"
    waiting = scene().judge(relayed, at="2026-03-02 10:00").verbs
    assert (waiting["relay"].why.code, waiting["record_relay_answer"].allowed) == ("relay_pending", True)
    done = scene().judge(relayed, "2026-03-02 09:20 relay_answered by=zhou", at="2026-03-02 10:00").verbs
    assert (done["relay"].allowed, done["record_relay_answer"].why.code) == (True, "nothing_relayed")


def test_a_repeat_ends_as_merged_and_is_rated_where_it_went() -> None:
    judged = scene().judge("2026-03-02 09:10 merged into=2026-000007 by=zhou", at="2026-03-02 10:00")
    assert (judged.state, judged.merged_into, judged.clock("clock").state) == (
        MatterState.MERGED,
        "2026-000007",
        ClockState.VOID,
    )
    assert judged.verbs["rate"].why.code == "merged_is_rated_there"


def test_those_who_joined_are_told_after_the_end_before_it_is_closed() -> None:
    joined, ended = "2026-03-02 09:10 joined of=2026-000009 by=zhou", "2026-03-03 09:00 completed by=zhou"
    verbs = scene().judge(joined, ended, at="2026-03-03 10:00").verbs
    assert (verbs["tell_askers"].allowed, verbs["close"].why.code) == (True, "askers_not_told")
    told = (
        scene()
        .judge(joined, ended, "2026-03-03 10:00 party_told of=askers by=zhou", at="2026-03-03 11:00")
        .verbs
    )
    assert (told["tell_askers"].why.code, told["close"].allowed) == ("askers_told", True)


END = "2026-03-03 09:00 completed by=wang"


@pytest.mark.parametrize(("level", "started"), [(1, True), (2, True), (3, False)])
def test_a_bad_rating_starts_its_clock_after_the_end(level: int, started: bool) -> None:
    judged = scene(clock={}, rated=RATED).judge(
        END, f"2026-03-03 10:00 rated level={level} by=party", at="2026-03-03 11:00"
    )
    clock = judged.clock("rated")
    assert (clock is not None) is started
    assert clock is None or (clock.owner, clock.hidden_from_rated, clock.due) == (
        "section_head",
        True,
        datetime(2026, 3, 4, 17, 30),
    )


def test_an_upheld_appeal_sets_the_rating_aside_and_keeps_that_it_was_given() -> None:
    lines = [
        END,
        "2026-03-03 10:00 rated level=1 by=party",
        "2026-03-03 11:00 rating_appealed reason=mistaken by=zhao",
    ]
    assert scene().judge(*lines, at="2026-03-03 12:00").rating == 1
    judged = scene().judge(
        *lines, "2026-03-03 12:00 rating_appeal_decided upheld=true by=sun", at="2026-03-03 13:00"
    )
    assert (judged.rating, judged.rating_set_aside, judged.verbs["rate"].why.code) == (
        None,
        True,
        "already_rated",
    )
    assert judged.verbs["remedy"].why.code == "no_bad_rating"


def test_nothing_is_rated_by_default() -> None:
    assert scene().judge(END, "2026-03-30 09:00 closed", at="2026-12-01 09:00").rating is None


def test_an_objection_waits_until_it_is_answered_or_the_matter_opened_again() -> None:
    said = [END, "2026-03-04 09:00 disputed reason=not_solved by=party"]
    waiting = scene().judge(*said, at="2026-03-04 10:00")
    assert (waiting.disputed, waiting.verbs["close"].why.code) == (True, "dispute_pending")
    assert (
        not scene()
        .judge(*said, "2026-03-04 11:00 explained reason=dispute by=zhao", at="2026-03-04 12:00")
        .disputed
    )
    assert (
        not scene().judge(*said, "2026-03-04 11:00 reopened reason=x by=zhao", at="2026-03-04 12:00").disputed
    )


def test_a_matter_opened_again_has_its_promise_anew_and_keeps_how_the_first_ended() -> None:
    judged = scene().judge(END, "2026-03-05 09:00 reopened reason=fault_again by=zhao", at="2026-03-05 10:00")
    first, second = judged.clocks
    assert (first.state, second.no, second.state, second.due) == (
        ClockState.MET,
        2,
        ClockState.RUNNING,
        datetime(2026, 3, 11, 17, 30),
    )
    assert (judged.state, judged.ended_at, judged.answerable) == (MatterState.IN_HAND, None, "zhou")


def test_clocks_of_one_matter_have_their_own_owners() -> None:
    rules = {
        "clock": {},
        "word": {"starts": "referred_to_leader", "owner": "leader_in_charge"},
        "first": {"owner": "first_asked"},
    }
    lines = [
        "2026-03-02 09:10 assigned person=wang by=zhao",
        "2026-03-02 09:20 referred_to_leader leader=chen by=wang",
    ]
    found = {
        c.rule: (c.owner, c.owner_id) for c in scene(**rules).judge(*lines, at="2026-03-02 10:00").clocks
    }
    assert found == {
        "clock": ("handler", "wang"),
        "word": ("leader_in_charge", "chen"),
        "first": ("first_asked", "zhou"),
    }


def test_an_appointment_put_off_shows_the_later_moment() -> None:
    lines = ["2026-03-02 09:10 appointed date=2026-03-04T09:00 by=zhou".replace("T", " ").replace("2026-03-04 09:00", '"2026-03-04 09:00"'),  # noqa: E501
             '2026-03-03 09:10 deferred to="2026-03-06 10:00" reason=busy by=zhou']  # fmt: skip
    assert scene().judge(*lines, at="2026-03-03 10:00").appointed_at == datetime(2026, 3, 6, 10)
