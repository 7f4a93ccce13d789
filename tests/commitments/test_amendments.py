"""An amended value that binds running clocks: they follow from its day on, everything else stays as it was."""

from datetime import date
from typing import Any

import pytest

from shounuo.cases import actions
from shounuo.cases.models import Case
from shounuo.cases.rebuilding import differences
from shounuo.commitments.foreseeing import first_day, following_rules, foresee, with_amendments
from shounuo.commitments.models import RunningClock
from shounuo.commitments.recomputing import bound_by
from shounuo.organisation.actions import Stamp
from shounuo.regulations.actions import adopt
from shounuo.regulations.models import DueMove, Recomputation
from shounuo.rules.shapes import Pack, Within
from tests.cases.conftest import Hall, at
from tests.commitments.recomputing_scene import close, run

RULE = "handle-in-time"  # 4 working days from complete papers: due 2026-03-06 17:30
OLD, NEW = at("2026-03-06 17:30"), at("2026-03-10 17:30")


def amended(pack: Pack, running_clocks: str) -> Pack:
    """The same regulation with six working days, in force from 4 March 2026."""
    rule = pack.commitments[RULE]
    value = Within.model_validate(
        {"from": "2026-03-04", "value": "6 working days", "running_clocks": running_clocks}
    )
    changed = rule.model_copy(update={"within": (value,)})
    head = pack.head.model_copy(update={"version": "amended"})
    return pack.model_copy(update={"head": head, "commitments": {**pack.commitments, RULE: changed}})


@pytest.fixture
def case(hall: Hall) -> Case:
    """An application whose papers were complete on Monday 2 March 2026."""
    case = hall.in_hand("2026-03-02 09:00")
    return actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 10:00"))


def take_on(hall: Hall, pack: Pack, way: str = "follow") -> None:
    adopt(
        hall.cast.house,
        amended(pack, way),
        date(2026, 3, 4),
        Stamp(hall.cast.id("chen"), at("2026-03-03 09:00")),
    )


def clock(case: Case) -> RunningClock:
    return RunningClock.objects.get(stream=case.stream, rule=RULE)


def test_running_clocks_follow_from_the_day_on_and_not_before(
    hall: Hall, case: Case, bureau_pack: Pack
) -> None:
    take_on(hall, bureau_pack)
    run("2026-03-03 23:59")
    assert clock(case).due_at == OLD
    run("2026-03-04 00:01")
    assert (clock(case).due_at, clock(case).words) == (NEW, "6 working days")
    assert list(differences()) == []


def test_the_move_names_the_amendment_and_who_adopted_it(hall: Hall, case: Case, bureau_pack: Pack) -> None:
    take_on(hall, bureau_pack)
    run("2026-03-04 08:00")
    move = DueMove.objects.get(stream=case.stream)
    assert (move.cause, move.source, move.by, move.at) == (
        "amended",
        "2026-03-04",
        hall.cast.id("chen"),
        at("2026-03-04 00:00"),
    )
    assert (move.old, move.new) == (OLD, NEW)


def test_an_edition_adopted_on_its_first_day_binds_from_its_adoption_on(
    hall: Hall, case: Case, bureau_pack: Pack
) -> None:
    morning = hall.in_hand("2026-03-04 09:00")
    actions.mark_complete(hall.on(morning.stream, "wang", "2026-03-04 09:30"))
    close(hall, "2026-03-05", "2026-03-04 10:00")
    run("2026-03-04 10:30")
    adopt(
        hall.cast.house,
        amended(bureau_pack, "follow"),
        date(2026, 3, 4),
        Stamp(hall.cast.id("chen"), at("2026-03-04 11:00")),
    )
    run("2026-03-04 11:30")
    for one in (case, morning):
        moves = list(DueMove.objects.filter(stream=one.stream).order_by("at"))
        assert [(move.cause, move.by) for move in moves] == [
            ("calendar", hall.cast.id("sun")),
            ("amended", hall.cast.id("chen")),
        ]
        assert moves[-1].at == at("2026-03-04 11:00")
        assert moves[0].new == moves[1].old and moves[1].new == clock(one).due_at
    assert list(differences()) == []


def test_where_clocks_keep_nothing_is_planned_and_nothing_moves(
    hall: Hall, case: Case, bureau_pack: Pack
) -> None:
    take_on(hall, bureau_pack, "keep")
    run("2026-03-04 08:00")
    assert clock(case).due_at == OLD and not Recomputation.objects.exists()


def test_a_clock_breached_before_the_day_stays_breached(hall: Hall, bureau_pack: Pack) -> None:
    early = hall.in_hand("2026-02-24 09:00")
    actions.mark_complete(hall.on(early.stream, "wang", "2026-02-24 10:00"))
    take_on(hall, bureau_pack)
    run("2026-03-04 08:00")
    assert (clock(early).state, clock(early).due_at) == (
        "breached",
        at("2026-02-28 17:30"),
    )  # a Saturday worked for the Spring Festival


def test_a_clock_that_starts_later_in_an_old_matter_has_the_new_value(hall: Hall, bureau_pack: Pack) -> None:
    old = hall.in_hand("2026-03-02 09:00")
    take_on(hall, bureau_pack)
    actions.mark_complete(hall.on(old.stream, "wang", "2026-03-05 10:00"))
    assert clock(old).due_at == at("2026-03-13 17:30")


def test_what_is_foreseen_is_what_then_happens(hall: Hall, case: Case, bureau_pack: Pack) -> None:
    house: Any = hall.cast.house
    editions = with_amendments(house.pk, amended(bureau_pack, "follow"), date(2026, 3, 4))
    rules = following_rules(editions)
    seen = foresee(bound_by(house.pk, rules), editions, first_day(date(2026, 3, 4), at("2026-03-03 09:00")))
    take_on(hall, bureau_pack)
    run("2026-03-04 08:00")
    move = DueMove.objects.get(stream=case.stream)
    assert rules == [RULE] and (seen.touched, seen.looked, seen.later) == (1, 1, 1)
    assert [(at(str(m.old)[:16]), at(str(m.new)[:16])) for m in seen.moves] == [(move.old, move.new)]
