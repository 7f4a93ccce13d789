"""Kept, late, overdue and running: each with its denominator, by the day on which it fell due."""

from datetime import date

import pytest

from shounuo.cases import actions
from shounuo.cases.actions import NoticeForm
from shounuo.commitments.models import RunningClock
from shounuo.commitments.tallies import EVER, Period, Tally, by_rule, live_now, tallies
from tests.cases.conftest import at

NOW = at("2026-11-11 10:00:00")
RULE = "handle-in-time"


def finished(hall, ready, done=None, **more):
    """An application with complete papers; 4 working days to handle it."""
    case = hall.in_hand(f"{ready} 09:00:00", **more)
    actions.mark_complete(hall.on(case.stream, "wang", f"{ready} 09:30:00"))
    if done:
        actions.complete(hall.on(case.stream, "wang", done), "已检定合格")
    return case


@pytest.fixture
def november(hall):
    """Due 3, 6 and 9 November: one kept at the very instant, one late, one open; one not yet due; one paused."""
    finished(hall, "2026-10-28", "2026-11-03 17:30:00")
    finished(hall, "2026-11-02", "2026-11-06 17:30:01")
    finished(hall, "2026-11-03")
    finished(hall, "2026-11-10")
    return hall


def of(hall, period=EVER, moment=NOW):
    return by_rule(tallies(hall.cast.house.pk, moment, period))[RULE]


def test_each_clock_is_counted_once_in_its_state(november):
    assert of(november) == Tally(kept=1, late=1, overdue=1, running=1)
    assert (of(november).due, of(november).broken) == (3, 2)


@pytest.mark.parametrize("since, until, counted", [
    (3, 3, Tally(kept=1)), (4, 5, None), (6, 6, Tally(late=1)), (4, 9, Tally(late=1, overdue=1)),
    (16, 30, Tally(running=1)),
])  # fmt: skip
def test_a_clock_belongs_to_the_day_it_falls_due(november, since, until, counted):
    period = Period(date(2026, 11, since), date(2026, 11, until))
    found = by_rule(tallies(november.cast.house.pk, NOW, period)).get(RULE)
    assert found == counted


@pytest.mark.parametrize("moment, counted", [("17:30:00", Tally(running=1)), ("17:30:01", Tally(overdue=1))])
def test_at_the_due_instant_itself_a_matter_is_on_time(hall, moment, counted):
    finished(hall, "2026-11-03")
    assert of(hall, moment=at(f"2026-11-09 {moment}")) == counted


def test_a_provisional_due_is_never_late(hall):
    finished(hall, "2026-11-03")
    RunningClock.objects.filter(rule=RULE).update(provisional=True)
    assert of(hall) == Tally(running=1)


def test_sections_are_counted_apart(november):
    finished(november, "2026-11-03", section="metrology")
    found = tallies(november.cast.house.pk, NOW, rules=[RULE])
    assert list(found) == [(RULE, november.cast.units["metrology"].pk)]


def test_checks_are_counted_beside_clocks(hall):
    case = hall.in_hand("2026-11-02 09:00:00")
    actions.issue_notice(hall.on(case.stream, "wang", "2026-11-02 09:40:00"), NoticeForm(["licence-copy"]))
    found = by_rule(tallies(hall.cast.house.pk, NOW))
    assert found["one-complete-notice"] == Tally(kept=1)


def test_what_waits_for_papers_is_neither_late_nor_due(hall):
    finished(hall, "2026-11-03")
    RunningClock.objects.filter(rule=RULE).update(state="paused", due_at=None)
    assert of(hall) == Tally(running=1)
    assert live_now(hall.cast.house.pk, NOW)["paused"] == 1


def test_another_organisations_matters_are_not_counted(november):
    assert tallies(november.cast.house.pk + 999, NOW) == {}


def test_two_questions_whatever_the_number_of_matters(november, django_assert_num_queries):
    with django_assert_num_queries(2):
        tallies(november.cast.house.pk, NOW)
