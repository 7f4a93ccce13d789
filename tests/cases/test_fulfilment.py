"""How promises were kept, as it was known at a moment."""

from dataclasses import asdict
from typing import Any

from shounuo.cases import actions
from shounuo.cases.actions import On
from shounuo.cases.fulfilment import fulfilment
from shounuo.cases.models import Case
from shounuo.ledger.models import Fact
from shounuo.organisation.actions import Stamp
from tests.cases.conftest import Hall, at


def ready(hall: Hall) -> Case:
    """Due on Friday 6 March 2026 at 17:30."""
    case = hall.in_hand("2026-03-02 09:00")
    return actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 10:00"))


def total(when: str) -> dict[str, int]:
    return {key: count for key, count in asdict(fulfilment(at(when)).total).items() if count}


def written(hall: Hall, case: Case, who: str, when: str, now: str) -> Any:
    return On(
        case.stream, hall.cast.actor(who, at(now)), Stamp(hall.cast.id(who), at(when), at(now), "back_dated")
    )


def test_an_open_matter_is_counted_by_its_due(hall: Hall) -> None:
    ready(hall)
    assert total("2026-03-06 17:30") == {"matters": 1, "open": 1, "with_due": 1}
    assert total("2026-03-06 17:30:01") == {"matters": 1, "open": 1, "with_due": 1, "open_overdue": 1}


def test_a_matter_counts_as_it_stood(hall: Hall) -> None:
    actions.complete(hall.on(ready(hall).stream, "wang", "2026-03-05 10:00"), "已检定")
    assert total("2026-03-04 10:00") == {"matters": 1, "open": 1, "with_due": 1}
    assert total("2026-03-05 10:00") == {"matters": 1, "closed": 1, "with_due": 1, "kept": 1}
    assert total("2026-03-01 10:00") == {}


def test_an_extension_told_later_does_not_count_before(hall: Hall) -> None:
    case = ready(hall)
    actions.request_extension(
        hall.on(case.stream, "wang", "2026-03-05 09:00"),
        "handle-in-time",
        "2 working days",
        "field_work",
        "x",
    )
    actions.grant_extension(hall.on(case.stream, "chen", "2026-03-05 10:00"))
    actions.tell_extension(hall.on(case.stream, "wang", "2026-03-06 09:00"), "phone")
    assert "open_overdue" not in total("2026-03-09 10:00")
    actions.complete(hall.on(case.stream, "wang", "2026-03-09 11:00"), "已检定")
    assert total("2026-03-09 12:00")["kept"] == 1


def test_what_is_written_later_was_not_known_before(hall: Hall) -> None:
    case = ready(hall)
    case = actions.complete(hall.on(case.stream, "wang", "2026-03-09 08:50"), "已检定")
    put_right = (case.version, "outage", "停电", "2026-03-06T17:00:00")
    actions.correct(hall.on(case.stream, "sun", "2026-03-09 09:00"), *put_right)
    assert total("2026-03-08 12:00") == {"matters": 1, "open": 1, "with_due": 1, "open_overdue": 1}
    assert total("2026-03-09 09:00")["kept"] == 1


def test_a_receipt_put_right_to_earlier_was_not_known_then(hall: Hall) -> None:
    case = hall.in_hand("2026-03-02 09:00")
    actions.correct(
        hall.on(case.stream, "zhao", "2026-03-02 12:00"), 1, "typing", "误", "2026-03-02T08:30:00"
    )
    assert total("2026-03-02 08:45") == {}
    assert total("2026-03-02 12:00")["matters"] == 1


def test_a_withdrawn_matter_is_closed_and_neither_kept_nor_late(hall: Hall) -> None:
    actions.withdraw(hall.on(ready(hall).stream, "party", "2026-03-03 10:00"))
    assert total("2026-03-20 10:00") == {"matters": 1, "closed": 1, "with_due": 1}


def test_each_promise_has_its_line_with_checks(hall: Hall) -> None:
    case = hall.in_hand("2026-03-02 09:00")
    actions.issue_notice(
        hall.on(case.stream, "wang", "2026-03-02 10:00"), actions.NoticeForm(["licence-copy"])
    )
    lines = fulfilment(at("2026-03-02 11:00")).lines
    assert (lines["one-complete-notice", "metrology"].kept, lines["notice-in-time", "metrology"].kept) == (
        1,
        1,
    )


def test_rows_and_facts_give_the_same_table(hall: Hall) -> None:
    late = ready(hall)
    actions.complete(hall.on(late.stream, "wang", "2026-03-09 10:00"), "已检定")
    from_rows = fulfilment(at("2026-03-10 09:00")).as_json()
    actions.add_note(hall.on(late.stream, "wang", "2026-03-11 09:00"), "附注")
    assert fulfilment(at("2026-03-10 09:00")).as_json() == from_rows
    assert Fact.objects.filter(stream=late.stream, kind="note").exists()
