"""One way a matter changes: checked, by compare-and-swap, all or nothing."""

from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NotAllowed, NoticeForm, On
from shounuo.cases.models import Case, Notice, Words
from shounuo.cases.rebuilding import differences
from shounuo.commitments.models import CheckResult, RunningClock
from shounuo.ledger import actions as ledger
from shounuo.ledger.actions import Conflict
from shounuo.ledger.models import Fact
from shounuo.organisation.actions import Stamp
from tests.cases.conftest import Hall, at

NOON = "2026-03-02 12:00"


@pytest.fixture
def case(hall: Hall) -> Case:
    return hall.in_hand("2026-03-02 09:00")


def counts(case: Case) -> tuple[int, ...]:
    return (Fact.objects.filter(stream=case.stream).count(), Words.objects.filter(case=case).count(),
            Notice.objects.count(), RunningClock.objects.filter(stream=case.stream).count(), Case.objects.get(pk=case.pk).version)  # fmt: skip  # noqa: E501


def late(hall: Hall, case: Case, who: str, when: str, now: str) -> On:
    """What is written down at `now` about `when`."""
    return On(
        case.stream, hall.cast.actor(who, at(now)), Stamp(hall.cast.id(who), at(when), at(now), "back_dated")
    )


def test_the_second_actor_on_the_same_version_gets_a_conflict(hall: Hall, case: Case) -> None:
    actions.add_note(hall.on(case.stream, "wang", NOON, case.version), "甲")
    before = counts(case)
    with pytest.raises(Conflict):
        actions.add_note(hall.on(case.stream, "zhao", NOON, case.version), "乙")
    assert counts(case) == before


@pytest.mark.parametrize(
    "part", ["shounuo.cases.actions.recording.project", "shounuo.cases.actions.recording._keep_words"]
)
def test_a_failure_in_the_middle_leaves_nothing(
    hall: Hall, case: Case, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(case)
    monkeypatch.setattr(part, lambda *_a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.issue_notice(hall.on(case.stream, "wang", NOON), NoticeForm(["licence-copy"]))
    assert counts(case) == before


def test_a_refused_verb_writes_nothing(hall: Hall, case: Case) -> None:
    before = counts(case)
    for refused in (lambda: actions.complete(hall.on(case.stream, "wang", NOON), "x"),
                    lambda: actions.rate(hall.on(case.stream, "party", NOON), 5),
                    lambda: actions.rate(hall.on(case.stream, "party", NOON), 9)):  # fmt: skip
        with pytest.raises(NotAllowed):
            refused()
    assert counts(case) == before


def test_the_party_may_only_do_what_is_the_partys(hall: Hall, case: Case) -> None:
    with pytest.raises(NotAllowed, match="not_for_party"):
        actions.accept(hall.on(case.stream, "party", NOON))


def test_nothing_is_dated_before_the_receipt_or_into_the_future(hall: Hall, case: Case) -> None:
    with pytest.raises(NotAllowed, match="before_receipt"):
        actions.add_note(late(hall, case, "wang", "2026-03-02 08:59", NOON), "x")
    with pytest.raises(NotAllowed, match="moment_in_future"):
        actions.add_note(late(hall, case, "wang", "2026-03-02 12:02", NOON), "x")


def test_an_entry_dated_back_leaves_the_row_as_it_stands_now(hall: Hall, case: Case) -> None:
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 11:00"))
    actions.complete(hall.on(case.stream, "wang", NOON), "已检定")
    after = actions.add_note(late(hall, case, "wang", "2026-03-02 10:00", "2026-03-03 09:00"), "补记")
    assert after.state == "completed"
    assert list(differences()) == []


def test_a_late_end_cannot_be_dated_back_into_time(hall: Hall, case: Case) -> None:
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 11:00"))
    actions.complete(hall.on(case.stream, "wang", "2026-03-09 10:00"), "已检定")
    with pytest.raises(NotAllowed, match="ended"):
        actions.complete(late(hall, case, "wang", "2026-03-06 17:00", "2026-03-09 11:00"), "已检定")


def test_an_end_entered_after_an_outage_is_put_right_by_somebody_outside_the_section(
    hall: Hall, case: Case
) -> None:
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 11:00"))
    actions.let_time_pass(case.stream, at("2026-03-09 09:00"))
    with pytest.raises(NotAllowed, match="removes_own_breach"):
        actions.complete(late(hall, case, "wang", "2026-03-06 17:00", "2026-03-09 11:00"), "已检定")
    case = actions.complete(hall.on(case.stream, "wang", "2026-03-09 11:00"), "已检定")
    actions.correct(
        hall.on(case.stream, "sun", "2026-03-09 12:00"), case.version, "outage", "停电", "2026-03-06T17:00:00"
    )
    assert RunningClock.objects.get(stream=case.stream, rule="handle-in-time").state == "met"


def test_only_a_real_clock_and_its_own_kind_of_time_are_extended(hall: Hall, case: Case) -> None:
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 11:00"))
    on = hall.on(case.stream, "wang", NOON)
    none, other = "no_clock_to_extend", "other_kind_of_time"
    refused = [("nothing", "1 working day", none), ("notice-in-time", "1 working day", none)]
    refused += [("handle-in-time", "soon", other), ("handle-in-time", "2 days", other)]
    for rule, more, code in refused:
        with pytest.raises(NotAllowed, match=code):
            actions.request_extension(on, rule, more, "field_work", "x")


def test_the_asker_does_not_grant(hall: Hall, case: Case) -> None:
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 11:00"))
    actions.request_extension(
        hall.on(case.stream, "wang", NOON), "handle-in-time", "1 working day", "field_work", "x"
    )
    leader = hall.cast.actor("chen", at(NOON))
    with pytest.raises(NotAllowed, match="granted_by_the_asker"):
        actions.grant_extension(On(case.stream, leader, Stamp(hall.cast.id("wang"), at(NOON))))


def test_a_correction_keeps_both_and_moves_the_row(hall: Hall, case: Case) -> None:
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 11:00"))
    case = actions.complete(hall.on(case.stream, "wang", "2026-03-09 10:00"), "已检定")
    said = (case.version, "typing", "误记一天", "2026-03-06T17:00:00")
    with pytest.raises(NotAllowed, match="removes_own_breach"):
        actions.correct(hall.on(case.stream, "zhao", "2026-03-10 09:00"), *said)
    case = actions.correct(hall.on(case.stream, "sun", "2026-03-10 09:00"), *said)
    assert (case.ended_at, case.clock_state) == (at("2026-03-06 17:00"), "met")
    assert list(differences()) == []


def test_a_correction_takes_away_the_clock_that_no_longer_follows(hall: Hall, case: Case) -> None:
    case = actions.refer_to_leader(hall.on(case.stream, "wang", NOON), "请示")
    received = Fact.objects.get(stream=case.stream, kind="received")
    actions.correct(hall.on(case.stream, "zhao", "2026-03-02 13:00"), received.seq, "typing", "误",
                    data={"kind": "efficiency_complaint"})  # fmt: skip
    assert not RunningClock.objects.filter(stream=case.stream, rule="leaders-word").exists()
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("seq", "when", "code"),
    [(99, None, "nothing_to_correct"), (3, "2026-03-02T08:00:00", "before_receipt"), (3, "2027-01-01T08:00:00", "moment_in_future"),  # noqa: E501
     (1, "2026-03-02T10:00:00", "before_receipt")],
)  # fmt: skip
def test_a_correction_must_make_sense(hall: Hall, case: Case, seq: int, when: str | None, code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        actions.correct(hall.on(case.stream, "zhao", NOON), seq, "typing", "x", when)


def test_a_correction_of_unknown_data_is_refused(hall: Hall, case: Case) -> None:
    with pytest.raises(ValueError, match="unknown field 'name'"):
        actions.correct(hall.on(case.stream, "zhao", NOON), 1, "typing", "x", data={"name": "林小满"})


PLANTED = [(Case, {"state": "received", "ended_at": None}), (Case, {"handler": "x"}), (Case, {"due_at": None}), (Case, {"channel": "post"}),  # noqa: E501
           (Case, {"version": 1}), (RunningClock, {"state": "paused"}), (RunningClock, {"words": "9 working days"}),
           (CheckResult, {"state": "pending"}), (CheckResult, {"clause": "x"})]  # fmt: skip


@pytest.mark.parametrize(("model", "edit"), PLANTED)
def test_a_planted_edit_is_named(hall: Hall, case: Case, model: Any, edit: dict[str, Any]) -> None:
    actions.issue_notice(hall.on(case.stream, "wang", NOON), NoticeForm(["licence-copy"]))
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-03 09:00"))
    assert list(differences()) == []
    row = model.objects.filter(stream=case.stream).order_by("pk").last()
    model.objects.filter(pk=row.pk).update(**edit)
    assert any(next(iter(edit)) in line for line in differences())


def test_deleted_and_invented_rows_are_named(hall: Hall, case: Case) -> None:
    actions.issue_notice(hall.on(case.stream, "wang", NOON), NoticeForm(["licence-copy"]))
    RunningClock.objects.filter(stream=case.stream, rule="notice-in-time").delete()
    CheckResult.objects.filter(stream=case.stream, rule="notice-in-writing").update(rule="invented")
    told = "\n".join(differences())
    for line in (
        "clock notice-in-time 1 is missing",
        "check notice-in-writing is missing",
        "check invented follows from no fact",
    ):
        assert line in told


def test_a_deleted_matter_is_named_by_its_facts_and_clocks(hall: Hall) -> None:
    from shounuo.cases.models import Intake, Lookup, Party

    case = hall.ask("2026-03-02 09:00")
    for model in (Words, Party, Lookup):
        model.objects.filter(case=case).delete()
    Intake.objects.all().delete()
    Case.objects.all().delete()
    told = "\n".join(differences())
    assert f"{case.stream}: facts of a matter without its row" in told
    assert "belongs to no matter" in told


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_actors_at_the_same_moment_one_gets_a_conflict(
    bureau_pack: Any, transactional_db: None
) -> None:
    from tests.conftest import FOUNDED, make_cast
    from tests.outbox.test_two_workers import at_once

    hall = Hall(make_cast(Stamp("", FOUNDED, marks="demo")), bureau_pack)
    case = hall.in_hand("2026-03-02 09:00")

    def note(n: int) -> str:
        try:
            actions.add_note(hall.on(case.stream, "wang", NOON, case.version), f"{n}")
        except Conflict:
            return "conflict"
        return "done"

    assert sorted(at_once(4, note)) == ["conflict"] * 3 + ["done"]
    assert Fact.objects.filter(stream=case.stream, kind="note").count() == 1
    assert list(differences()) == []


def test_a_matter_that_moves_while_it_is_read_is_read_again(hall: Hall, case: Case, monkeypatch: Any) -> None:
    really, moved = ledger.read, []

    def read_late(stream: Any) -> Any:
        if not moved:
            moved.append(True)  # between the row and the facts somebody else's transaction ends
            actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 09:30"))
        return really(stream)

    monkeypatch.setattr(ledger, "read", read_late)
    with pytest.raises(Conflict):
        actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 09:31", case.version))
    assert moved
