"""The sweep: each mark and breach once, at its legal moment, whoever looks and however late."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm, let_time_pass
from shounuo.cases.models import Case
from shounuo.commitments.actions import ClockSetBack, sweep
from shounuo.commitments.models import Alarm, RunningClock
from shounuo.ledger.models import Fact
from shounuo.site.loops import sweep as sweep_all
from tests.cases.conftest import Hall, at, bureau_pack, hall  # noqa: F401

RULE = "handle-in-time"  # 4 working days from complete papers: due 2026-03-06 17:30
BREACH = "2026-03-06 17:30:01"


@pytest.fixture
def case(hall: Hall) -> Case:  # noqa: F811
    """An application whose papers were complete on Monday 2 March 2026."""
    case = hall.in_hand("2026-03-02 09:00")
    return actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 10:00"))


def swept(when: str) -> int:
    return sweep_all(at(when))


def marks(case: Case) -> list[tuple[str, datetime]]:
    return list(Alarm.objects.filter(stream=case.stream, rule=RULE).order_by("at").values_list("mark", "at"))


def facts(case: Case, kind: str) -> list[Fact]:
    return [
        f
        for f in Fact.objects.filter(stream=case.stream, kind=kind).order_by("seq")
        if f.data["rule"] == RULE
    ]


def test_nothing_is_raised_before_its_moment(case: Case) -> None:
    swept("2026-03-04 17:29:59")
    assert marks(case) == []


def test_each_mark_is_raised_once_at_its_legal_moment(case: Case) -> None:
    for when in ("2026-03-04 18:00", "2026-03-04 18:01", "2026-03-06 10:00", "2026-03-06 11:00"):
        swept(when)
    wanted = [("50%", at("2026-03-04 17:30")), ("1 working day left", at("2026-03-06 09:00"))]
    assert marks(case) == wanted
    assert [(f.data["mark"], f.at) for f in facts(case, "warned")] == wanted


def test_at_the_due_instant_nothing_is_late_and_a_second_later_it_is(case: Case) -> None:
    swept("2026-03-06 17:30")
    assert facts(case, "breached") == []
    swept(BREACH)
    assert [f.at for f in facts(case, "breached")] == [at("2026-03-06 17:30")]


def test_a_breach_found_months_later_bears_the_due_instant_and_comes_once(case: Case) -> None:
    swept("2026-06-01 09:00")
    assert swept("2026-06-01 09:05") == 0
    breach = facts(case, "breached")
    assert [(f.at, f.recorded_at) for f in breach] == [(at("2026-03-06 17:30"), at("2026-06-01 09:00"))]
    assert RunningClock.objects.get(stream=case.stream, rule=RULE).next_at is None


def test_a_late_look_does_not_warn_of_what_is_already_broken(case: Case) -> None:
    swept("2026-06-01 09:00")
    assert [mark for mark, _at in marks(case)] == ["breach"]


def test_what_ended_late_before_any_sweep_still_gets_its_breach(hall: Hall, case: Case) -> None:  # noqa: F811
    actions.complete(hall.on(case.stream, "wang", "2026-03-09 09:00"), "已检定")
    assert [f.at for f in facts(case, "breached")] == [at("2026-03-06 17:30")]
    assert swept("2026-03-09 10:00") == 0


def test_a_correction_that_makes_the_end_late_gets_its_breach(hall: Hall, case: Case) -> None:  # noqa: F811
    case = actions.complete(hall.on(case.stream, "wang", "2026-03-06 17:00"), "已检定")
    actions.correct(
        hall.on(case.stream, "zhao", "2026-03-10 09:00"),
        case.version,
        "typing",
        "误记",
        "2026-03-09T09:00:00",
    )
    swept("2026-03-10 10:00")
    assert [f.at for f in facts(case, "breached")] == [at("2026-03-06 17:30")]


def test_a_waiting_clock_is_neither_warned_nor_broken(hall: Hall, case: Case) -> None:  # noqa: F811
    form = NoticeForm(["licence-copy"], new_requirement="law")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-03-03 10:00"), form)
    swept("2026-06-01 09:00")
    assert marks(case) == []


def test_an_extension_moves_the_marks(hall: Hall, case: Case) -> None:  # noqa: F811
    extend(hall, case)
    for when in ("2026-03-04 18:00", "2026-03-10 10:00", "2026-03-10 17:30"):
        swept(when)
    assert marks(case) == [("50%", at("2026-03-05 17:30")), ("1 working day left", at("2026-03-10 09:00"))]


def extend(hall: Hall, case: Case) -> None:  # noqa: F811
    def on(who: str, hour: int) -> Any:
        return hall.on(case.stream, who, f"2026-03-03 {hour:02}:00")

    actions.request_extension(on("wang", 9), RULE, "2 working days", "field_work", "现场")
    actions.grant_extension(on("chen", 10))
    actions.tell_extension(on("wang", 11), "phone")


def test_a_provisional_due_is_never_swept(hall: Hall) -> None:  # noqa: F811
    case = hall.in_hand("2026-12-30 09:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-12-30 10:00"))
    clock = RunningClock.objects.get(stream=case.stream, rule=RULE)
    assert (clock.provisional, clock.next_at) == (True, None)
    swept("2027-03-01 09:00")
    assert facts(case, "breached") == []


def test_a_clock_set_back_more_than_five_minutes_is_refused(case: Case) -> None:
    swept("2026-03-03 10:00")
    swept("2026-03-03 09:55")
    with pytest.raises(ClockSetBack):
        swept("2026-03-03 09:54:59")


def test_a_sweep_behind_the_last_fact_does_not_turn_the_row_back(hall: Hall, case: Case) -> None:  # noqa: F811
    actions.complete(hall.on(case.stream, "wang", "2026-03-03 10:00:05"), "已检定")
    let_time_pass(case.stream, at("2026-03-03 10:00"))
    assert Case.objects.get(pk=case.pk).state == "completed"


def test_one_matter_that_cannot_be_judged_holds_up_no_other(hall: Hall, case: Case) -> None:  # noqa: F811
    other = hall.in_hand("2026-03-02 09:00")
    actions.mark_complete(hall.on(other.stream, "wang", "2026-03-02 10:00"))

    def fails_once(stream: UUID, when: datetime) -> bool:
        if stream == case.stream:
            raise RuntimeError
        return let_time_pass(stream, when)

    assert sweep(at(BREACH), fails_once) == 1
    assert facts(other, "breached")


def test_more_than_a_thousand_due_are_all_handled(hall: Hall, case: Case) -> None:  # noqa: F811
    house, seen = case.organisation_id, set()
    RunningClock.objects.all().delete()
    common = {"rule": RULE, "no": 1, "organisation_id": house, "kind": "application", "clause": "c", "words": "4 working days",  # noqa: E501
              "state": "running", "started_at": at("2026-03-02 10:00"), "next_at": at(BREACH)}  # fmt: skip
    RunningClock.objects.bulk_create(RunningClock(stream=UUID(int=n), **common) for n in range(2500))

    def take(stream: UUID, _when: datetime) -> bool:
        seen.add(stream)
        RunningClock.objects.filter(stream=stream).update(next_at=None)
        return True

    later = at(BREACH) + timedelta(days=1)
    assert (sweep(later, take), len(seen), sweep(later, take)) == (2500, 2500, 0)


def test_one_that_cannot_be_judged_holds_up_no_other(hall: Hall, case: Case) -> None:  # noqa: F811
    RunningClock.objects.update(next_at=at(BREACH))
    bad = case.stream
    other = RunningClock.objects.filter(stream=bad).first()
    assert other is not None
    other.pk, other.stream = None, UUID(int=7)
    other._state.adding = True
    RunningClock.objects.bulk_create([other])

    def take(stream: UUID, _when: datetime) -> bool:
        if stream == bad:
            raise ValueError("cannot be judged")
        return True

    assert sweep(at(BREACH) + timedelta(days=1), take, page=1) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_raise_nothing_twice(bureau_pack: Any, transactional_db: None) -> None:  # noqa: F811
    from shounuo.organisation.actions import Stamp
    from tests.conftest import FOUNDED, make_cast
    from tests.outbox.test_two_workers import at_once

    hall = Hall(make_cast(Stamp("", FOUNDED, marks="demo")), bureau_pack)  # noqa: F811
    cases = [hall.in_hand("2026-03-02 09:00") for _ in range(6)]
    for case in cases:
        actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 10:00"))
    at_once(4, lambda _n: sweep_all(at(BREACH)))
    assert [len(facts(case, "breached")) for case in cases] == [1] * 6
    assert [len(marks(case)) for case in cases] == [1] * 6
    assert date(2026, 3, 6) == at(BREACH).date()
