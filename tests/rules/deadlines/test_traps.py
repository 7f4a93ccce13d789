"""Traps met in other products (deadlines.md section 8), and the edges that the text decides. Worked out by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar, official_china
from shounuo.rules.deadlines import (
    Before,
    Budget,
    InputError,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    Pause,
    SameDay,
    WorkingDays,
    WorkingTime,
    due,
    figures,
    plus,
)

HOUR = 3600
NINE_TO_FIVE = {str(day): [["09:00", "17:00"]] for day in range(1, 6)}


def at(text: str) -> datetime:
    """ "03-02 09:00" of 2026, or with its own year."""
    return datetime.fromisoformat(text if len(text) > 11 else f"2026-{text}")


def stop(a: str, b: str | None) -> Pause:
    return at(a), None if b is None else at(b)


@pytest.fixture(scope="module")
def office() -> Calendar:
    return compile_calendar(official_china())


def calendar_of(**more: Any) -> Calendar:
    return compile_calendar(CalendarSpec.model_validate({**official_china().model_dump(), **more}))


@pytest.mark.parametrize(
    ("start", "budget", "expected"),
    [
        ("02-13 10:00", WorkingDays(3), "02-25 17:30"),
        ("02-13 10:00", WorkingDays(3, first_day="included"), "02-24 17:30"),
        ("09-18 10:00", WorkingDays(3), "09-22 17:30"),
        ("09-30 10:00", WorkingDays(3), "10-10 17:30"),
        ("05-08 10:00", WorkingDays(2), "05-11 17:30"),
        ("2025-12-31 10:00", WorkingDays(2), "01-05 17:30"),
        ("09-29 10:00", NaturalDays(7, roll=False), "2026-10-07 00:00"),
        ("09-29 10:00", NaturalDays(7), "10-08 17:30"),
        ("09-29 10:00", WorkingDays(7), "10-14 17:30"),
        ("02-13 10:00", NaturalDays(2, roll=False), "02-16 00:00"),
        ("02-13 10:00", NaturalDays(2), "02-24 17:30"),
        ("06-17 10:00", NaturalDays(2), "06-22 17:30"),
    ],
)
def test_dates_worked_out_with_a_paper_calendar(
    office: Calendar, start: str, budget: Budget, expected: str
) -> None:
    assert due(office, at(start), budget).at == at(expected)


@pytest.mark.parametrize(
    "budget", [WorkingDays(5), NaturalDays(7), WorkingTime(30 * HOUR), Months(1), SameDay()]
)
def test_a_holiday_never_makes_a_deadline_earlier(budget: Budget) -> None:
    plain = compile_calendar(
        CalendarSpec.model_validate({"coverage": ["2026-01-01", "2026-12-31"], "weekly": NINE_TO_FIVE})
    )
    closed = compile_calendar(plain.spec.model_copy(update={"off": official_china().off}))
    for day in range(1, 29):
        start = datetime(2026, 9, day, 16)
        before, after = due(plain, start, budget).at, due(closed, start, budget).at
        assert before is not None and after is not None and before <= after


def test_one_day_is_not_read_as_24_business_hours(office: Calendar) -> None:
    assert due(office, at("03-02 10:00"), WorkingDays(1)).at == at("03-03 17:30")
    assert due(office, at("03-02 10:00"), WorkingTime(24 * HOUR)).at == at("03-05 14:30")


def test_a_pause_is_credited_in_working_time_not_in_wall_clock_time(office: Calendar) -> None:
    friday_to_monday = [stop("03-06 16:30", "03-09 09:30")]
    assert due(office, at("03-06 15:30"), WorkingTime(2 * HOUR), friday_to_monday).at == at("03-09 10:30")


def test_lunch_does_not_break_the_sum(office: Calendar) -> None:
    assert due(office, at("03-02 11:30"), WorkingTime(HOUR)).at == at("03-02 14:00")
    assert due(office, at("03-02 12:30"), WorkingTime(HOUR)).at == at("03-02 14:30")
    over_lunch = [stop("03-02 11:30", "03-02 14:00")]
    assert due(office, at("03-02 11:00"), WorkingTime(HOUR), over_lunch).at == at("03-02 14:30")


def test_a_weekend_filing_does_not_count_its_first_working_day_twice(office: Calendar) -> None:
    saturday = figures(office, at("03-07 10:00"), WorkingDays(2))
    assert saturday.counted == (date(2026, 3, 9), date(2026, 3, 10))
    included = figures(office, at("03-07 10:00"), WorkingDays(2, first_day="included"))
    assert included.counted == saturday.counted


def test_an_extension_keeps_the_pause_time_that_was_earned(office: Calendar) -> None:
    paused = [stop("03-03 09:00", "03-04 18:00")]
    longer = plus(WorkingDays(3, "any", "included"), WorkingDays(2))
    assert longer == WorkingDays(5, "any", "included")
    assert due(office, at("03-02 10:00"), longer, paused).at == at("03-10 17:30")


def test_a_holiday_that_is_announced_later_moves_the_due_of_a_new_version_only() -> None:
    first, second = calendar_of(), calendar_of(overrides={"2026-03-03": []})
    assert due(first, at("03-02 10:00"), WorkingDays(1)).day == date(2026, 3, 3)
    assert due(second, at("03-02 10:00"), WorkingDays(1)).day == date(2026, 3, 4)


@pytest.mark.parametrize("clock", ["00:00", "08:00", "17:30", "23:59"])
def test_the_day_of_receipt_does_not_count_whatever_the_time(office: Calendar, clock: str) -> None:
    assert due(office, at(f"03-02 {clock}"), WorkingDays(1)).at == at("03-03 17:30")


@pytest.mark.parametrize(("clock", "day"), [("17:29", 2), ("17:30", 3), ("08:00", 2)])
def test_an_included_first_day_counts_until_it_closes(office: Calendar, clock: str, day: int) -> None:
    answer = figures(
        office, at(f"03-02 {clock}"), WorkingDays(1, first_day="included"), (), at("03-04 09:00")
    )
    assert answer.day == date(2026, 3, day)
    assert answer.days_used == 4 - day


def test_an_included_first_natural_day(office: Calendar) -> None:
    budget = NaturalDays(1, roll=False, first_day="included")
    assert due(office, at("03-02 10:00"), budget).at == at("03-02 17:30")
    assert due(office, at("03-02 17:30"), budget).at == at("03-03 17:30")
    assert due(office, at("03-07 23:00"), budget).at == at("2026-03-08 00:00")


def test_a_budget_that_runs_out_at_closing_is_due_then_not_at_the_next_opening(office: Calendar) -> None:
    assert due(office, at("03-06 16:30"), WorkingTime(HOUR)).at == at("03-06 17:30")


def test_a_zero_budget_is_due_at_its_start_even_at_night_and_in_a_pause(office: Calendar) -> None:
    night = at("03-07 03:00")
    assert due(office, night, WorkingTime(0), [stop("03-06 09:00", None)]).at == night
    assert due(office, night, NaturalTime(0), [stop("03-06 09:00", None)]).at == night


CLOSING = [
    ("close", "03-03 17:29", "03-03 17:30", "03-04 17:30"),
    ("close", "03-03 17:30", "03-03 20:00", "03-03 17:30"),
    ("close", "03-03 09:00", "03-03 17:29", "03-03 17:30"),
    ("close", "03-03 17:30", "03-03 17:30", "03-03 17:30"),
    ("any", "03-03 12:00", "03-03 13:30", "03-03 17:30"),
    ("any", "03-03 11:59", "03-03 13:30", "03-04 17:30"),
    ("any", "03-03 10:00", "03-03 10:00", "03-03 17:30"),
    ("any", "03-02 17:30", "03-03 09:00", "03-03 17:30"),
    ("full", "03-03 09:00", "03-03 17:29", "03-03 17:30"),
    ("full", "03-03 09:00", "03-03 17:30", "03-04 17:30"),
]


@pytest.mark.parametrize(("rule", "begin", "end", "expected"), CLOSING)
def test_which_days_a_pause_takes_out(
    office: Calendar, rule: Any, begin: str, end: str, expected: str
) -> None:
    assert due(office, at("03-02 10:00"), WorkingDays(1, rule), [stop(begin, end)]).at == at(expected)


def test_two_pauses_that_only_lunch_divides_cover_the_whole_day(office: Calendar) -> None:
    halves = [stop("03-03 13:30", "03-03 17:30"), stop("03-03 09:00", "03-03 12:00")]
    assert due(office, at("03-02 10:00"), WorkingDays(1, "full"), halves).at == at("03-04 17:30")


def test_a_half_day_is_one_whole_working_day_that_closes_early() -> None:
    half = calendar_of(overrides={"2026-03-03": [["09:00", "12:00"]]})
    assert due(half, at("03-02 10:00"), WorkingDays(1)).at == at("03-03 12:00")
    afternoon = [stop("03-03 12:00", "03-03 17:30")]
    assert due(half, at("03-02 10:00"), WorkingDays(1, "any"), afternoon).at == at("03-03 12:00")


def test_a_make_up_saturday_is_no_reason_to_roll(office: Calendar) -> None:
    assert due(office, at("10-03 10:00"), NaturalDays(7)).at == at("10-10 17:30")


def test_the_end_at_midnight_belongs_to_the_date_that_ends(office: Calendar) -> None:
    answer = due(office, at("03-02 10:00"), NaturalDays(1, roll=False, day_end="24:00"))
    assert (answer.at, answer.day) == (at("2026-03-04 00:00"), date(2026, 3, 3))


def test_at_the_due_instant_the_matter_is_on_time(office: Calendar) -> None:
    start = at("03-02 10:00")
    assert not figures(office, start, WorkingDays(1), (), at("03-03 17:30")).overdue
    assert figures(office, start, WorkingDays(1), (), at("2026-03-03 17:30:01")).overdue


MONTHS = [
    ("01-31 10:00", 1, "2026-02-28 17:30"),
    ("2024-01-31 10:00", 1, "2024-02-29 17:30"),
    ("03-31 10:00", 1, "2026-04-30 17:30"),
    ("2025-12-31 10:00", 2, "2026-02-28 17:30"),
    ("08-08 10:00", 1, "2026-09-08 17:30"),
    ("2024-02-29 10:00", 12, "2025-02-28 17:30"),
]


@pytest.mark.parametrize(("start", "n", "expected"), MONTHS)
def test_months_end_on_the_same_number_or_the_month_end(
    office: Calendar, start: str, n: int, expected: str
) -> None:
    assert due(office, at(start), Months(n)).at == at(expected)


def test_pauses_push_months_on_by_the_days_they_cover(office: Calendar) -> None:
    two_days = [stop("04-10 09:00", "04-12 00:00")]
    assert due(office, at("04-07 10:00"), Months(1), two_days).at == at("05-09 17:30")
    at_the_end = [stop("05-07 09:00", "05-08 09:00")]
    assert due(office, at("04-07 10:00"), Months(1), at_the_end).at == at("05-08 17:30")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("03-02 17:29", "03-02 17:30"),
        ("03-02 17:30", "03-03 17:30"),
        ("03-07 10:00", "03-09 17:30"),
        ("03-02 08:00", "03-02 17:30"),
    ],
)
def test_same_day_and_on_the_spot(office: Calendar, start: str, expected: str) -> None:
    assert due(office, at(start), SameDay()).at == at(expected)
    assert due(office, at(start), OnTheSpot()).at == at(expected)


def test_a_pause_over_closing_moves_the_same_day_on(office: Calendar) -> None:
    assert due(office, at("03-02 10:00"), SameDay(), [stop("03-02 11:00", "03-03 10:00")]).at == at(
        "03-03 17:30"
    )
    assert due(office, at("03-02 10:00"), SameDay(), [stop("03-02 11:00", None)]).at is None


LEADS = [
    (NaturalDays(7), "03-20 08:00", "2026-03-12 23:59:59"),
    (NaturalDays(7, day_end="24:00"), "03-20 23:00", "2026-03-12 23:59:59"),
    (NaturalDays(7, first_day="included"), "03-20 08:00", "2026-03-13 17:29:59"),
    (WorkingDays(3), "10-09 08:00", "2026-09-28 23:59:59"),
    (WorkingDays(1, first_day="included"), "03-03 08:00", "2026-03-02 17:29:59"),
    (NaturalTime(24 * HOUR), "03-20 08:00", "03-19 08:00"),
    (WorkingTime(3 * HOUR), "03-09 12:00", "03-09 09:00"),
    (WorkingTime(4 * HOUR), "03-09 12:00", "03-06 16:30"),
    (WorkingTime(0), "03-07 12:00", "03-07 12:00"),
    (Months(1), "03-31 20:00", "2026-02-28 23:59:59"),
]


@pytest.mark.parametrize(("budget", "of", "expected"), LEADS)
def test_lead_times_end_at_the_event(office: Calendar, budget: Any, of: str, expected: str) -> None:
    for start in ("01-05 09:00", "05-05 09:00"):
        assert due(office, at(start), Before(budget, at(of))).at == at(expected)


def test_a_pause_lengthens_a_lead_time(office: Calendar) -> None:
    two_days, one_hour = NaturalTime(48 * HOUR), WorkingTime(HOUR)
    paused = [stop("03-18 09:00", "03-19 09:00")]
    assert due(office, at("03-02 09:00"), Before(two_days, at("03-20 08:00")), paused).at == at("03-17 08:00")
    assert due(office, at("03-02 09:00"), Before(one_hour, at("03-18 10:00")), paused).at == at("03-17 16:30")


@pytest.mark.parametrize("of", ["2028-01-03 10:00", "2007-01-01 10:00"])
@pytest.mark.parametrize("budget", [WorkingDays(3), WorkingTime(8 * HOUR), NaturalTime(24 * HOUR)])
def test_a_lead_time_outside_the_calendar(office: Calendar, of: str, budget: Any) -> None:
    assert due(office, at("03-02 09:00"), Before(budget, at(of))).out_of_coverage


def test_figures_of_a_lead_time_that_is_over_are_negative(office: Calendar) -> None:
    before = Before(NaturalTime(24 * HOUR), at("03-20 08:00"))
    assert figures(office, at("03-19 09:00"), before, (), at("03-19 10:00")).remaining_s == -2 * HOUR
    assert figures(office, at("03-19 05:00"), before, (), at("03-19 06:00")).remaining_s == 2 * HOUR


class TestOpenPauses:
    """An open pause leaves the due empty; it is no error, and one that comes too late changes nothing."""

    def test_the_due_is_empty_when_the_pause_comes_first(self, office: Calendar) -> None:
        answer = figures(
            office, at("03-02 10:00"), WorkingTime(8 * HOUR), [stop("03-02 11:00", None)], at("03-09 09:00")
        )
        assert (answer.at, answer.elapsed_s, answer.remaining_s) == (None, HOUR, 7 * HOUR)

    @pytest.mark.parametrize("budget", [WorkingTime(HOUR), NaturalTime(HOUR)])
    def test_a_pause_at_the_due_instant_changes_nothing(self, office: Calendar, budget: Budget) -> None:
        assert due(office, at("03-02 10:00"), budget, [stop("03-02 11:00", None)]).at == at("03-02 11:00")

    def test_a_pause_at_closing_changes_nothing(self, office: Calendar) -> None:
        assert due(office, at("03-02 10:00"), WorkingDays(1), [stop("03-03 17:30", None)]).at == at(
            "03-03 17:30"
        )

    def test_a_day_begun_before_the_pause_counts_in_full(self, office: Calendar) -> None:
        begun = [stop("03-03 15:00", None)]
        assert due(office, at("03-02 10:00"), WorkingDays(1, "full"), begun).at == at("03-03 17:30")
        assert due(office, at("03-02 10:00"), WorkingDays(2, "full"), begun).at is None

    def test_empty_goes_before_out_of_coverage(self) -> None:
        short = calendar_of(coverage=["2026-03-01", "2026-03-03"], provisional_to=None)
        for budget in (
            WorkingDays(9),
            NaturalDays(9),
            WorkingTime(99 * HOUR),
            NaturalTime(999 * HOUR),
            Months(1),
        ):
            assert due(short, at("03-02 10:00"), budget, [stop("03-03 10:00", None)]).out_of_coverage is False
            assert due(short, at("03-02 10:00"), budget, [stop("03-04 10:00", None)]).out_of_coverage is True

    def test_an_open_pause_before_the_roll_can_be_made(self) -> None:
        short = calendar_of(coverage=["2026-03-01", "2026-03-08"], provisional_to=None)
        assert due(short, at("03-06 10:00"), NaturalDays(1), [stop("03-08 10:00", None)]).at is None
        assert due(short, at("03-06 10:00"), NaturalDays(1)).out_of_coverage


class TestCoverage:
    """Nothing is guessed outside the calendar; what rests on the provisional stretch says so."""

    @pytest.mark.parametrize("start", ["2006-12-31 09:00", "2028-01-01 00:00"])
    @pytest.mark.parametrize(
        "budget", [WorkingTime(0), NaturalTime(1), WorkingDays(1), NaturalDays(1), SameDay()]
    )
    def test_a_start_outside(self, office: Calendar, start: str, budget: Budget) -> None:
        assert due(office, at(start), budget).out_of_coverage

    def test_the_last_closing_is_inside_and_one_second_more_is_not(self) -> None:
        short = calendar_of(coverage=["2026-03-01", "2026-03-03"], provisional_to=None)
        assert due(short, at("03-03 17:00"), WorkingTime(1800)).at == at("03-03 17:30")
        assert due(short, at("03-03 17:00"), WorkingTime(1801)).out_of_coverage
        assert due(short, at("03-03 23:00"), NaturalTime(HOUR)).at == at("2026-03-04 00:00")
        assert due(short, at("03-03 23:00"), NaturalTime(HOUR + 1)).out_of_coverage

    def test_figures_after_the_end_say_nothing_else(self) -> None:
        short = calendar_of(coverage=["2026-03-01", "2026-03-03"], provisional_to=None)
        answer = figures(short, at("03-02 10:00"), WorkingDays(1), (), at("03-09 09:00"))
        assert answer.to_json() == {"due": None, "error": "out_of_coverage"}

    def test_figures_inside_a_pause_need_no_dates(self) -> None:
        short = calendar_of(coverage=["2026-03-01", "2026-03-03"], provisional_to=None)
        answer = figures(
            short, at("03-02 10:00"), WorkingDays(1), [stop("03-03 18:00", None)], at("03-09 09:00")
        )
        assert (answer.at, answer.elapsed_s) == (at("03-03 17:30"), 13 * HOUR)

    @pytest.mark.parametrize(
        ("start", "budget", "provisional"),
        [
            ("12-28 10:00", WorkingDays(3), False),
            ("12-28 10:00", WorkingDays(4), True),
            ("12-31 10:00", NaturalDays(3, roll=False, day_end="24:00"), False),
            ("12-31 10:00", NaturalDays(3, roll=True, day_end="24:00"), True),
            ("12-31 10:00", NaturalTime(99 * HOUR), False),
            ("12-01 10:00", Before(WorkingDays(2), at("2027-01-12 09:00")), True),
            ("12-01 10:00", Before(NaturalTime(HOUR), at("2027-01-12 09:00")), False),
            ("12-01 10:00", Before(NaturalDays(1, day_end="24:00"), at("2027-01-12 09:00")), False),
        ],
    )
    def test_what_is_provisional(
        self, office: Calendar, start: str, budget: Budget, provisional: bool
    ) -> None:
        answer = figures(office, at(start), budget)
        assert answer.at is not None and answer.provisional is provisional
        assert ("provisional" in answer.to_json()) is provisional


@pytest.mark.parametrize(
    ("start", "pauses", "now", "field"),
    [
        (datetime.fromisoformat("2026-03-02T09:00+08:00"), [], at("03-02 10:00"), "start"),
        (datetime(2026, 3, 2, 9, 0, 0, 1), [], at("03-02 10:00"), "start"),
        (at("03-02 09:00"), [stop("03-03 09:00", "03-02 09:00")], at("03-02 10:00"), "pauses[0]"),
        (at("03-02 09:00"), [(datetime(2026, 3, 2, 9, 0, 0, 1), None)], at("03-02 10:00"), "pauses[0].from"),
        (at("03-02 09:00"), [], datetime(2026, 3, 2, 9, 0, 0, 1), "now"),
    ],
)
def test_instants_that_cannot_be_meant_are_refused(
    office: Calendar, start: datetime, pauses: list[Pause], now: datetime, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        figures(office, start, WorkingDays(1), pauses, now)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("budget", "extra"),
    [
        (WorkingDays(1), NaturalDays(1)),
        (WorkingTime(1), NaturalTime(1)),
        (SameDay(), SameDay()),
        (Months(1), WorkingDays(1)),
    ],
)
def test_an_extension_of_another_kind_is_refused(budget: Budget, extra: Budget) -> None:
    with pytest.raises(ValueError, match="cannot be extended"):
        plus(budget, extra)


def test_an_extension_of_time_adds_seconds() -> None:
    assert plus(WorkingTime(60), WorkingTime(30)) == WorkingTime(90)
    assert plus(Months(1, roll=False), Months(2)) == Months(3, roll=False)
