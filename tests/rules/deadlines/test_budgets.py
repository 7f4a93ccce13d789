"""Budgets and their JSON are inverse; the batch on plain cases."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given

import shounuo.rules.deadlines as deadlines
from shounuo.rules.calendars import CalendarSpec, compile_calendar
from shounuo.rules.deadlines import (
    Before,
    Budget,
    Months,
    NaturalDays,
    NaturalTime,
    Pause,
    SameDay,
    WorkingDays,
    WorkingTime,
    budget_from_json,
    budget_to_json,
    due_many,
)
from shounuo.rules.deadlines.batch import OUT_OF_COVERAGE, to_seconds
from shounuo.rules.deadlines.instants import paused_at, pauses_from_json
from shounuo.rules.deadlines.pausing import open_since
from tests.rules.deadlines.stories import BUDGETS

WEEK = {str(day): [["09:00", "12:00"], ["13:30", "17:30"]] for day in range(1, 6)}
CALENDAR = compile_calendar(
    CalendarSpec.model_validate({"coverage": ["2026-03-02", "2026-03-15"], "weekly": WEEK})
)
MONDAY = datetime(2026, 3, 2, 16, 30)


@given(BUDGETS)
def test_a_budget_survives_its_json(budget: Budget) -> None:
    assert budget_from_json(budget_to_json(budget)) == budget


def test_the_json_of_a_budget_writes_every_term_out() -> None:
    before = Before(Months(1), datetime(2026, 3, 20, 8))
    assert budget_to_json(before) == {
        "kind": "before",
        "budget": {"kind": "months", "n": 1, "roll": True, "day_end": "office_close"},
        "of": "2026-03-20T08:00:00",
    }
    assert budget_to_json(SameDay()) == {"kind": "same_day"}


def test_pauses_may_be_missing_and_stay_in_the_order_given() -> None:
    assert pauses_from_json(None) == ()
    texts = [["2026-03-04T09:00:00", None], ["2026-03-02T09:00:00", "2026-03-03T09:00:00"]]
    pauses = pauses_from_json(texts)
    assert [start.day for start, _ in pauses] == [4, 2]
    assert not paused_at(pauses, datetime(2026, 3, 3, 9)) and paused_at(pauses, datetime(2027, 1, 1))


def test_an_open_stretch_begins_with_the_pauses_that_lead_into_it() -> None:
    pauses: list[Pause] = [
        (datetime(2026, 3, 4), None),
        (datetime(2026, 3, 2), datetime(2026, 3, 3)),
        (datetime(2026, 3, 3), datetime(2026, 3, 4)),
    ]
    assert open_since(pauses) == datetime(2026, 3, 2)
    assert open_since(pauses[1:]) is None


@pytest.mark.parametrize(
    ("budget", "due"),
    [
        (WorkingTime(3600), datetime(2026, 3, 2, 17, 30)),
        (WorkingTime(3601), datetime(2026, 3, 3, 9, 0, 1)),
        (WorkingTime(0), MONDAY),
        (NaturalTime(60), datetime(2026, 3, 2, 16, 31)),
        (WorkingDays(1), datetime(2026, 3, 3, 17, 30)),
        (WorkingDays(1, first_day="included"), datetime(2026, 3, 2, 17, 30)),
        (NaturalDays(5), datetime(2026, 3, 9, 17, 30)),
        (NaturalDays(5, day_end="24:00", first_day="included"), datetime(2026, 3, 7)),
        (Before(WorkingTime(3600), datetime(2026, 3, 4, 9, 30)), datetime(2026, 3, 3, 17)),
    ],
)
def test_the_batch_on_a_monday_afternoon(budget: Budget, due: datetime) -> None:
    starts = np.array([to_seconds(MONDAY), to_seconds(MONDAY.replace(year=2025))])
    assert due_many(CALENDAR, starts, budget).tolist() == [to_seconds(due), OUT_OF_COVERAGE]


@pytest.mark.parametrize(
    "budget",
    [
        WorkingTime(10**9),
        WorkingTime(70 * 3600),
        NaturalTime(10**9),
        NaturalTime(14 * 86400),
        WorkingDays(99),
        NaturalDays(14),
        Months(1),
        Before(WorkingTime(3600), datetime(2027, 1, 1)),
    ],
)
def test_the_batch_never_guesses_beyond_the_calendar(budget: Budget) -> None:
    assert due_many(CALENDAR, np.array([to_seconds(MONDAY)]), budget).tolist() == [OUT_OF_COVERAGE]


def test_the_last_closing_is_inside_also_beside_a_start_that_leads_beyond() -> None:
    friday = datetime(2026, 3, 13, 16, 30)
    starts = np.array([to_seconds(friday), to_seconds(friday.replace(minute=31))])
    answers = due_many(CALENDAR, starts, WorkingTime(3600))
    assert answers.tolist() == [to_seconds(datetime(2026, 3, 13, 17, 30)), OUT_OF_COVERAGE]


def test_nothing_in_nothing_out() -> None:
    assert due_many(CALENDAR, np.array([], dtype=np.int64), WorkingTime(1)).tolist() == []


def test_numpy_is_imported_only_for_the_batch() -> None:
    assert deadlines.due_many is due_many
    with pytest.raises(AttributeError):
        _ = deadlines.due_all


def test_a_program_that_asks_for_one_due_instant_never_loads_numpy() -> None:
    import subprocess
    import sys

    code = "import sys, shounuo.rules.deadlines; sys.exit('numpy' in sys.modules or 'django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
