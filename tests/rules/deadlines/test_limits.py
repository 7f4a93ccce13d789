"""Open pauses and the ends of the calendar: what is empty, what is unknown, what is provisional. By hand."""

from __future__ import annotations

import pytest

from shounuo.rules.calendars import Calendar
from shounuo.rules.deadlines import (
    Before,
    Budget,
    Months,
    NaturalDays,
    NaturalTime,
    SameDay,
    WorkingDays,
    WorkingTime,
    due,
    figures,
)
from tests.rules.deadlines.by_hand import HOUR, at, calendar_of, stop


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
