"""The trace tells every date from the start to the due date, as a clerk would."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import given, settings

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar, official_china
from shounuo.rules.deadlines import (
    Before,
    Budget,
    NaturalDays,
    NaturalTime,
    Pause,
    SameDay,
    Trace,
    Verdict,
    WorkingDays,
    WorkingTime,
    explain,
    figures,
)
from tests.rules.deadlines.by_hand import at
from tests.rules.deadlines.stories import BUDGETS, calendars, instants, pauses

HOUR = 3600


def ribbon(trace: Trace) -> list[str]:
    """ "10-09 counted 1" and so on."""
    return [f"{d.date:%m-%d} {d.verdict}" + (f" {d.number}" if d.number else "") for d in trace.days]


def test_the_sketch_of_the_case_page(office: Calendar) -> None:
    trace = explain(office, at("10-08 10:00"), WorkingDays(4))
    assert ribbon(trace) == [
        "10-08 received_day",
        "10-09 counted 1",
        "10-10 makeup_counted 2",
        "10-11 weekend",
        "10-12 counted 3",
        "10-13 due 4",
    ]
    assert trace.due.at == at("10-13 17:30") and trace.notes == ()


def test_holidays_carry_their_name_and_pauses_their_place(office: Calendar) -> None:
    stops: list[Pause] = [(at("09-28 09:40"), at("09-30 10:00")), (at("10-01 00:00"), at("10-02 00:00"))]
    days = explain(office, at("09-28 09:10"), WorkingDays(2), stops).days
    assert [d.verdict for d in days[:4]] == ["received_day", "paused", "counted", "holiday"]
    assert (days[3].name, days[3].name_en) == ("国庆节", "National Day")
    assert [d.pauses for d in days[:4]] == [(0,), (0,), (0,), (1,)]


def test_the_counted_dates_are_those_of_the_figures(office: Calendar) -> None:
    stops: list[Pause] = [(at("09-21 16:00"), at("09-23 10:00"))]
    trace = explain(office, at("09-18 10:00"), WorkingDays(6), stops)
    numbered = tuple(d.date for d in trace.days if d.number)
    assert numbered == figures(office, at("09-18 10:00"), WorkingDays(6), stops).counted


def test_a_roll_is_told_from_where_to_where(office: Calendar) -> None:
    trace = explain(office, at("09-29 10:00"), NaturalDays(7))
    assert trace.roll == (date(2026, 10, 6), date(2026, 10, 8))
    assert ribbon(trace)[-3:] == ["10-06 counted 7", "10-07 rolled", "10-08 due"]
    assert trace.notes == ("rolled",)


def test_an_included_first_day_is_number_one(office: Calendar) -> None:
    trace = explain(office, at("03-02 10:00"), WorkingDays(2, first_day="included"))
    assert ribbon(trace) == ["03-02 counted 1", "03-03 due 2"]
    assert trace.notes == ("first_day_included",)


def test_the_same_day_is_due_on_its_first_day(office: Calendar) -> None:
    assert ribbon(explain(office, at("03-02 10:00"), SameDay())) == ["03-02 due 1"]
    assert ribbon(explain(office, at("03-07 10:00"), SameDay()))[:2] == [
        "03-07 received_day",
        "03-08 weekend",
    ]


def test_budgets_of_time_tell_the_seconds_of_each_date(office: Calendar) -> None:
    trace = explain(office, at("03-06 16:30"), WorkingTime(2 * HOUR))
    assert [(d.verdict, d.seconds) for d in trace.days] == [
        ("counted", HOUR), ("weekend", 0), ("weekend", 0), ("due", HOUR),
    ]  # fmt: skip
    night = explain(office, at("03-06 23:00"), NaturalTime(2 * HOUR))
    assert [(d.verdict, d.seconds) for d in night.days] == [("counted", HOUR), ("due", HOUR)]


def test_a_half_day_that_is_due_is_noted_with_its_closing() -> None:
    spec = official_china(overrides={"2026-03-03": [["09:00", "12:00"]], "2026-03-04": []})
    calendar = compile_calendar(spec)
    due = explain(calendar, at("03-02 10:00"), WorkingDays(1))
    assert due.notes == ("half_day",) and due.days[-1].ends == at("03-03 12:00")
    assert ribbon(explain(calendar, at("03-02 10:00"), WorkingDays(2)))[2] == "03-04 closed"


def test_an_open_pause_is_told_up_to_now(office: Calendar) -> None:
    trace = explain(office, at("03-02 10:00"), WorkingDays(2), [(at("03-03 18:00"), None)], at("03-05 09:00"))
    assert ribbon(trace) == ["03-02 received_day", "03-03 counted 1", "03-04 paused", "03-05 paused"]
    assert trace.notes == ("waiting",) and trace.due.at is None


def test_a_provisional_due_says_so_day_by_day(office: Calendar) -> None:
    trace = explain(office, at("12-30 10:00"), WorkingDays(2))
    assert trace.notes == ("provisional",)
    assert [d.provisional for d in trace.days] == [False, False, True, True, True, True]


def test_a_lead_time_ends_with_the_event(office: Calendar) -> None:
    trace = explain(office, at("03-02 10:00"), Before(WorkingDays(2), at("03-05 08:00")))
    assert trace.due.at == at("03-02 23:59:59")
    assert ribbon(trace) == ["03-02 due", "03-03 counted 1", "03-04 counted 2", "03-05 event"]


def test_a_lead_time_in_hours(office: Calendar) -> None:
    trace = explain(office, at("03-02 10:00"), Before(WorkingTime(4 * HOUR), at("03-05 10:00")))
    assert [(d.verdict, d.seconds) for d in trace.days] == [("due", 3 * HOUR), ("event", HOUR)]


def test_out_of_coverage_is_told_to_the_end_and_cut(office: Calendar) -> None:
    week = {str(day): [["09:00", "17:00"]] for day in range(1, 6)}
    short = compile_calendar(
        CalendarSpec.model_validate({"coverage": ["2026-03-01", "2026-03-04"], "weekly": week})
    )
    trace = explain(short, at("03-02 10:00"), WorkingDays(9))
    assert ribbon(trace) == ["03-02 received_day", "03-03 counted 1", "03-04 counted 2"]
    assert trace.notes == ("out_of_coverage",)
    long = explain(office, datetime(2020, 3, 2), WorkingDays(99999))
    assert len(long.days) == 1000 and long.notes == ("out_of_coverage", "cut")


def test_a_night_without_work_is_not_counted(office: Calendar) -> None:
    trace = explain(office, at("03-02 18:00"), WorkingTime(HOUR))
    assert [d.verdict for d in trace.days] == ["received_day", "due"]
    stops: list[Pause] = [(at("03-03 08:00"), at("03-04 09:00"))]
    paused = explain(office, at("03-02 18:00"), WorkingTime(HOUR), stops)
    assert [d.verdict for d in paused.days] == ["received_day", "paused", "due"]


@settings(max_examples=150, deadline=None)
@given(calendars(), instants(), BUDGETS, pauses(), instants())
def test_a_trace_is_one_run_of_dates_that_numbers_what_counts(
    calendar: Calendar, start: datetime, budget: Budget, stops: list[Pause], now: datetime
) -> None:
    trace = explain(calendar, start, budget, stops, now)
    dates = [d.date.toordinal() for d in trace.days]
    assert dates == list(range(dates[0], dates[0] + len(dates))) if dates else True
    numbers = [d.number for d in trace.days if d.number]
    assert numbers == list(range(1, len(numbers) + 1))
    if trace.due.day is not None and not isinstance(budget, Before):
        assert trace.days[-1].verdict is Verdict.DUE and trace.days[-1].date == trace.due.day


@settings(max_examples=150, deadline=None)
@given(calendars(), instants(), pauses())
def test_the_seconds_of_the_dates_add_up_to_the_budget(
    calendar: Calendar, start: datetime, stops: Any
) -> None:
    for budget in (WorkingTime(5 * HOUR), NaturalTime(30 * HOUR)):
        trace = explain(calendar, start, budget, stops)
        if trace.due.at is not None:
            assert sum(d.seconds or 0 for d in trace.days) == budget.seconds
