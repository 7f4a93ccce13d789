"""Matters entered late and corrections of one's own: what is true is kept, what would help oneself is refused."""

from datetime import timedelta

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NotAllowed
from shounuo.ledger.actions import read
from shounuo.organisation.actions import Stamp
from tests.cases.conftest import Hall, at

NOON = "2026-09-28 12:00:00"


def late(hall: Hall, who: str, when: str, now: str) -> Stamp:
    return Stamp(hall.cast.id(who), at(when), at(now), "back_dated")


def test_after_an_outage_a_matter_is_entered_with_its_true_moment_once(hall: Hall) -> None:
    asking = actions.Asking(
        "enquiry", "window", "停电期间登记", "k", staff=hall.cast.id("zhou"), catch_up="outage"
    )
    stamp = late(hall, "zhou", "2026-09-25 16:00:00", "2026-09-28 09:00:00")
    first, again = (actions.take_in(hall.cast.house, asking, stamp, "desk") for _ in range(2))
    fact = read(first.stream)[0]
    assert (again.again, fact.at, fact.recorded_at) == (
        True,
        at("2026-09-25 16:00:00"),
        at("2026-09-28 09:00:00"),
    )
    assert (fact.data["catch_up"], fact.marks) == ("outage", "back_dated")


def test_nothing_is_entered_that_lies_too_far_back(hall: Hall) -> None:
    asking = actions.Asking("enquiry", "window", "旧事", "k", staff=hall.cast.id("zhou"))
    now = "2026-09-28 09:00:00"
    old = Stamp(hall.cast.id("zhou"), at(now) - timedelta(days=30, seconds=1), at(now), "back_dated")
    with pytest.raises(NotAllowed, match="too_long_ago"):
        actions.take_in(hall.cast.house, asking, old, "desk")
    just = Stamp(hall.cast.id("zhou"), at(now) - timedelta(days=30), at(now), "back_dated")
    assert not actions.take_in(hall.cast.house, asking, just, "desk").again


def test_the_section_cannot_take_its_own_breach_away_by_putting_the_kind_right(hall: Hall) -> None:
    case = hall.in_hand("2026-03-02 09:00")
    actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 10:00"))
    actions.let_time_pass(case.stream, at("2026-03-09 09:00"))
    wrong = (1, "wrong_entry", "误登", None, {"kind": "enquiry"})
    with pytest.raises(NotAllowed, match="removes_own_breach"):
        actions.correct(hall.on(case.stream, "zhao", "2026-03-09 10:00"), *wrong)
    assert actions.correct(hall.on(case.stream, "sun", "2026-03-09 10:00"), *wrong).kind == "enquiry"
