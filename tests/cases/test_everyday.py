"""Everyday service through the actions: repairs, silence, repeats, ratings, objections, late entries."""

from typing import Any

import pytest
from django.utils.translation import override

from shounuo.cases import access, actions
from shounuo.cases.access import NotYours
from shounuo.cases.actions import NotAllowed
from shounuo.cases.derivation import derive
from shounuo.cases.models import Case
from shounuo.cases.rebuilding import differences
from shounuo.commitments.models import Alarm, RunningClock
from shounuo.ledger.actions import read
from shounuo.rules.loading import load_pack
from tests.cases.conftest import PACKS, Hall, at
from tests.cases.verb_table import appealed, disputed, ended, in_hand, rated_badly, repeat

NOON = "2026-09-28 12:00:00"


def kinds(case: Case) -> list[str]:
    return [fact.kind for fact in read(case.stream)]


@pytest.fixture
def power(cast: Any, no_kept_editions: None) -> Hall:
    """The same house under the supply unit's regulation, which knows repairs."""
    return Hall(cast, load_pack(PACKS / "daqing-power-unit"))


def a_repair(hall: Hall, **more: Any) -> Case:
    return hall.ask(
        "2026-09-28 09:00:00",
        kind="repair",
        service="fault-repair",
        words="停电",
        place="rural",
        section="metrology",
        **more,
    )  # noqa: E501


def test_a_repair_runs_by_its_place_from_arrival_to_restoration(power: Hall) -> None:
    case = a_repair(power)
    assert RunningClock.objects.get(stream=case.stream, rule="arrive").due_at == at("2026-09-28 10:30:00")
    actions.arrive(power.on(case.stream, "zhou", "2026-09-28 10:20:00"))
    case = actions.restore(power.on(case.stream, "zhou", "2026-09-28 12:00:00"), "换保险")
    states = dict(RunningClock.objects.filter(stream=case.stream).values_list("rule", "state"))
    assert (case.state, states["arrive"], states["restore"], states["call-back"]) == (
        "completed",
        "met",
        "met",
        "running",
    )
    assert list(differences()) == []


def test_an_urgent_matter_starts_the_clock_of_what_cannot_wait(power: Hall) -> None:
    case = a_repair(power, urgent=True)
    assert RunningClock.objects.filter(stream=case.stream, rule="first-response").exists()


def test_a_bad_rating_is_the_section_heads_and_in_no_list_of_the_handler(power: Hall) -> None:
    case = a_repair(power)
    before = actions.restore(power.on(case.stream, "zhou", "2026-09-28 09:30:00"), "换保险")
    case = actions.rate(power.on(case.stream, "party", "2026-09-28 10:00:00"), 1, "很慢")
    clock = RunningClock.objects.get(stream=case.stream, rule="bad-rating-contact")
    assert (clock.handler, clock.state) == ("", "running")
    assert (case.due_at, case.clock_state) == (before.due_at, before.clock_state)
    actions.contact_rater(power.on(case.stream, "sun", "2026-09-28 11:00:00"), "phone", "嫌来得慢")
    assert RunningClock.objects.get(pk=clock.pk).state == "met"


def silent(hall: Hall) -> Case:
    return hall.ask(
        "2026-03-02 09:00", who="party", channel="portal", service="special-equipment-registration"
    )


def test_silence_is_recorded_by_the_sweep_as_acceptance_from_receipt(hall: Hall) -> None:
    case = silent(hall)
    actions.let_time_pass(case.stream, at("2026-03-09 18:00"))
    deemed = next(fact for fact in read(case.stream) if fact.kind == "accepted")
    assert (deemed.actor, deemed.at, deemed.data["deemed"]) == ("", at("2026-03-09 17:30"), True)
    clock = RunningClock.objects.get(stream=case.stream, rule="handle-in-time")
    assert (clock.started_at, clock.due_at) == (at("2026-03-02 09:00"), at("2026-03-16 17:30"))
    assert Alarm.objects.filter(stream=case.stream, rule="notice-in-time", mark="breach").count() == 1
    assert list(differences()) == []


def test_the_derivation_says_that_silence_counted_as_acceptance(hall: Hall) -> None:
    case = silent(hall)
    actions.let_time_pass(case.stream, at("2026-03-09 18:00"))
    before = actions.stand(case.stream, at("2026-03-10 09:00"))
    clock = next(one for one in before.judged.clocks if one.rule == "handle-in-time")
    with override("zh-hans"):
        told = derive(clock, before.facts, before.edition, before.judged.at).steps[0].text
    assert told.startswith("逾期没有告知补正，视为收到时已经受理，开始起算")


def test_silence_is_recorded_once_however_often_the_sweep_looks(hall: Hall) -> None:
    case = silent(hall)
    for hour in ("18:00", "18:01", "19:00"):
        actions.let_time_pass(case.stream, at(f"2026-03-09 {hour}"))
    assert kinds(case).count("accepted") == 1


def test_the_first_verb_after_silence_records_it_too(hall: Hall) -> None:
    case = silent(hall)
    actions.take_up(hall.on(case.stream, "zhou", "2026-03-10 09:00"), hall.cast.units["metrology"])
    assert kinds(case)[-2:] == ["accepted", "first_asked"]
    with pytest.raises(NotAllowed, match="already_accepted"):
        actions.accept(hall.on(case.stream, "zhao", "2026-03-10 09:05"))


def test_a_repeat_keeps_its_asker_who_is_told_when_the_first_has_ended(hall: Hall) -> None:
    second = repeat(hall)
    first = Case.objects.exclude(pk=second.pk).get()
    merged = actions.merge(hall.on(second.stream, "wang", "2026-09-28 09:40:00"), first.number, "phone")
    assert (merged.state, merged.merged_into, kinds(first)[-1]) == ("merged", first.number, "joined")
    assert [one.pk for one in actions.askers(first)] == [merged.pk]
    actions.mark_complete(hall.on(first.stream, "wang", NOON))
    actions.complete(hall.on(first.stream, "wang", NOON), "已检定")
    actions.tell_askers(hall.on(first.stream, "wang", NOON), "phone", "已检定")
    told = read(second.stream)[-1]
    assert (told.kind, told.data["of"]) == ("party_told", "result")
    assert list(differences()) == []


def test_a_repeat_is_merged_only_into_an_earlier_open_matter_of_its_kind(hall: Hall) -> None:
    second = repeat(hall)
    first = Case.objects.exclude(pk=second.pk).get()
    other = hall.in_hand("2026-09-28 08:00:00", kind="enquiry", service="")
    done = hall.in_hand("2026-09-28 08:30:00")
    actions.withdraw(hall.on(done.stream, "party", "2026-09-28 09:00:00"))
    refused = {(second, "2026-999999"): "no_such_matter", (second, second.number): "merged_with_itself", (first, second.number): "merged_with_later",  # noqa: E501
               (second, other.number): "merged_with_other_kind", (second, done.number): "merged_with_ended"}  # fmt: skip
    for (case, number), code in refused.items():
        with pytest.raises(NotAllowed, match=code):
            actions.merge(hall.on(case.stream, "wang", "2026-09-28 09:40:00"), number, "phone")
    assert "joined" not in kinds(first)


def test_a_failure_on_the_other_matter_leaves_both_as_they_were(hall: Hall, monkeypatch: Any) -> None:
    second = repeat(hall)
    first = Case.objects.exclude(pk=second.pk).get()
    monkeypatch.setattr("shounuo.cases.actions.elsewhere.follow_on", lambda *_a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.merge(hall.on(second.stream, "wang", "2026-09-28 09:40:00"), first.number, "phone")
    second.refresh_from_db()
    assert (second.state, "merged" in kinds(second)) == ("received", False)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("sun", True),
        ("zhao", True),
        ("chen", True),
        ("zheng", True),
        ("wang", False),
        ("zhou", False),
        ("li", False),
    ],
)  # noqa: E501
def test_a_rating_is_hidden_from_the_rated(hall: Hall, who: str, sees: bool) -> None:
    assert access.sees_rating(hall.cast.actor(who, at(NOON)), rated_badly(hall)) is sees


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("wang", "not_your_role"),
        ("li", "not_your_role"),
        ("zhao", "not_your_role"),
        ("zhou", "not_your_role"),
    ],
)  # noqa: E501
def test_nobody_of_those_rated_writes_a_rating_down(hall: Hall, who: str, code: str) -> None:
    case = ended(hall)
    with pytest.raises(NotYours) as refused:
        actions.record_rating(hall.on(case.stream, who, NOON), 5, "phone", "很好")
    assert refused.value.why.code == code
    for verb in (actions.rate,):
        with pytest.raises(NotYours):
            verb(hall.on(case.stream, who, NOON), 5)


def test_a_supervisor_who_handled_the_matter_does_not_write_its_rating_down(hall: Hall) -> None:
    case = hall.in_hand("2026-09-28 09:10:00", handler="wang")
    actions.assign(
        hall.on(case.stream, "zhao", "2026-09-28 09:20:00"), hall.cast.id("sun"), hall.cast.units["metrology"]
    )
    case = actions.withdraw(hall.on(case.stream, "sun", "2026-09-28 09:30:00"))
    case = actions.reopen(hall.on(case.stream, "zhao", "2026-09-28 09:40:00"), "other", "误撤")
    actions.mark_complete(hall.on(case.stream, "sun", "2026-09-28 10:00:00"))
    actions.complete(hall.on(case.stream, "sun", "2026-09-28 10:10:00"), "已检定")
    with pytest.raises(NotYours) as refused:
        actions.record_rating(hall.on(case.stream, "sun", NOON), 5, "phone", "很好")
    assert refused.value.why.code == "not_by_the_rated"


def test_a_rating_by_call_needs_its_note_and_says_how_it_came(hall: Hall) -> None:
    case = ended(hall)
    with pytest.raises(NotAllowed, match="rating_needs_call_note"):
        actions.record_rating(hall.on(case.stream, "sun", NOON), 2, "phone", " ")
    actions.record_rating(hall.on(case.stream, "sun", NOON), 2, "phone", "太慢")
    assert read(case.stream)[-1].data == {
        "level": 2,
        "through": "call",
        "channel": "phone",
        "call_note": True,
    }


def test_an_appeal_is_decided_by_somebody_else_and_takes_the_rating_out_of_the_figures(hall: Hall) -> None:
    case = appealed(hall)
    with pytest.raises(NotYours):
        actions.decide_rating_appeal(hall.on(case.stream, "zhao", NOON), True, "x")
    case = actions.decide_rating_appeal(hall.on(case.stream, "sun", NOON), True, "核实属实")
    assert case.rating is None
    assert list(differences()) == []


def test_an_appeal_that_is_dismissed_leaves_the_rating(hall: Hall) -> None:
    assert actions.decide_rating_appeal(hall.on(appealed(hall).stream, "sun", NOON), False, "x").rating == 1


def test_a_rating_is_never_corrected(hall: Hall) -> None:
    case = rated_badly(hall)
    with pytest.raises(NotAllowed, match="never_corrected"):
        actions.correct(hall.on(case.stream, "sun", NOON), case.version, "other", "x", data={"level": 5})


def test_a_matter_opened_again_is_handled_again_in_time(hall: Hall) -> None:
    case = actions.reopen(hall.on(disputed(hall).stream, "zhao", NOON), "dispute_upheld", "复检")
    assert (case.state, case.disputed, case.due_at) == ("in_hand", False, at("2026-10-09 17:30:00"))
    assert RunningClock.objects.filter(stream=case.stream, rule="handle-in-time").count() == 2
    assert list(differences()) == []


def test_the_handler_does_not_call_back_or_answer_objections_to_the_own_work(hall: Hall) -> None:
    case = hall.in_hand("2026-09-28 09:10:00")
    actions.assign(
        hall.on(case.stream, "zhao", "2026-09-28 09:20:00"),
        hall.cast.id("zhao"),
        hall.cast.units["metrology"],
    )
    actions.mark_complete(hall.on(case.stream, "zhao", "2026-09-28 10:00:00"))
    actions.complete(hall.on(case.stream, "zhao", "2026-09-28 10:10:00"), "已检定")
    actions.dispute(hall.on(case.stream, "party", "2026-09-28 10:20:00"), "not_solved", "不准")
    for verb, said in (
        (actions.return_visit, ("phone", True, True, "好")),
        (actions.answer_dispute, ("好",)),
    ):
        with pytest.raises(NotYours) as refused:
            verb(hall.on(case.stream, "zhao", NOON), *said)  # type: ignore[operator]
        assert refused.value.why.code == "not_by_the_handler"


def test_a_transfer_tells_the_person_where_it_went_before_it_ends(hall: Hall) -> None:
    case = actions.transfer_out(
        hall.on(in_hand(hall).stream, "wang", NOON), " 市供水公司 ", "phone", "属供水公司职责"
    )
    assert (case.state, kinds(case)[-2:]) == ("transferred_out", ["party_told", "transferred_out"])
    assert read(case.stream)[-1].data["to"] == "市供水公司"


def test_what_is_put_off_lies_later_than_what_was_agreed(hall: Hall) -> None:
    case = in_hand(hall)
    with pytest.raises(NotAllowed, match="moment_has_passed"):
        actions.appoint(hall.on(case.stream, "wang", NOON), at("2026-09-28 11:59:00"))
    case = actions.appoint(hall.on(case.stream, "wang", NOON), at("2026-09-30 09:00:00"))
    assert case.appointed_at == at("2026-09-30 09:00:00")
    with pytest.raises(NotAllowed, match="not_later_than_agreed"):
        actions.defer(hall.on(case.stream, "wang", NOON), at("2026-09-30 09:00:00"), "busy", "")
    case = actions.defer(hall.on(case.stream, "wang", NOON), at("2026-10-08 09:00:00"), "busy", "", "phone")
    assert (case.appointed_at, kinds(case)[-2:]) == (at("2026-10-08 09:00:00"), ["deferred", "party_told"])
