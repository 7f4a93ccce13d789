"""Office hours of a date, kinds of dates, and what a calendar refuses."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shounuo.rules.calendars import Calendar, CalendarSpec, DayKind, OutOfCoverage, compile_calendar
from shounuo.rules.calendars.spec import clock_seconds

DAY = [["09:00", "12:00"], ["13:30", "17:30"]]
MORNING = [["09:00", "12:00"]]
WEEK = {**{str(day): DAY for day in range(1, 6)}, "6": [], "7": []}
WINTER = {"from": "11-15", "to": "03-15", "weekly": {"1": [["10:00", "16:00"]]}}


def spec_of(**more: Any) -> CalendarSpec:
    data = {"coverage": ["2026-01-01", "2026-12-31"], "weekly": WEEK, **more}
    return CalendarSpec.model_validate(data)


def calendar_of(**more: Any) -> Calendar:
    return compile_calendar(spec_of(**more))


def clock(calendar: Calendar, day: str) -> list[str]:
    return [f"{a:%H:%M}-{b:%H:%M}" for a, b in calendar.hours(date.fromisoformat(day))]


def test_an_ordinary_day_has_the_hours_of_its_weekday() -> None:
    assert clock(calendar_of(), "2026-03-02") == ["09:00-12:00", "13:30-17:30"]
    assert clock(calendar_of(), "2026-03-07") == []


def test_an_override_goes_before_makeup_and_makeup_before_off() -> None:
    both = {"off": ["2026-03-07"], "makeup": ["2026-03-07"]}
    assert clock(calendar_of(off=["2026-03-02"]), "2026-03-02") == []
    assert clock(calendar_of(**both), "2026-03-07") == ["09:00-12:00", "13:30-17:30"]
    assert clock(calendar_of(**both, overrides={"2026-03-07": MORNING}), "2026-03-07") == ["09:00-12:00"]


def test_a_makeup_day_has_the_hours_of_the_season_in_force() -> None:
    calendar = calendar_of(seasons=[WINTER], makeup=["2026-02-14", "2026-05-09"])
    assert clock(calendar, "2026-02-14") == ["10:00-16:00"]
    assert clock(calendar, "2026-05-09") == ["09:00-12:00", "13:30-17:30"]


@pytest.mark.parametrize(
    ("day", "winter"), [("2026-03-09", True), ("2026-03-16", False), ("2026-11-16", True)]
)
def test_a_season_may_wrap_the_end_of_the_year(day: str, winter: bool) -> None:
    assert (clock(calendar_of(seasons=[WINTER]), day) == ["10:00-16:00"]) is winter


def test_a_season_includes_its_first_and_last_day() -> None:
    summer = {"from": "06-01", "to": "06-08", "weekly": {"1": MORNING}}
    calendar = calendar_of(seasons=[summer])
    assert clock(calendar, "2026-06-01") == clock(calendar, "2026-06-08") == ["09:00-12:00"]
    assert clock(calendar, "2026-06-15") == ["09:00-12:00", "13:30-17:30"]


def test_makeup_as_names_the_weekday_that_is_copied() -> None:
    calendar = calendar_of(weekly={**WEEK, "5": MORNING}, makeup=["2026-03-07"], makeup_as=5)
    assert clock(calendar, "2026-03-07") == ["09:00-12:00"]


def test_midnight_closing_is_the_next_date_at_zero() -> None:
    calendar = calendar_of(weekly={"1": [["20:00", "24:00"]]})
    assert calendar.close(date(2026, 3, 2)) == datetime(2026, 3, 3)
    assert calendar.open_(date(2026, 3, 2)) == datetime(2026, 3, 2, 20)
    assert calendar.close(date(2026, 3, 3)) is None and calendar.open_(date(2026, 3, 3)) is None


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-03-02", DayKind.WORKING),
        ("2026-03-07", DayKind.WEEKEND),
        ("2026-03-03", DayKind.HOLIDAY),
        ("2026-03-08", DayKind.MAKEUP),
        ("2026-03-04", DayKind.CLOSED),
        ("2026-03-05", DayKind.HALF_DAY),
        ("2026-03-14", DayKind.HALF_DAY),
        ("2026-03-15", DayKind.MAKEUP),
        ("2026-03-06", DayKind.WORKING),
        ("2026-12-25", DayKind.WORKING),
    ],
)
def test_each_date_has_a_kind(day: str, kind: DayKind) -> None:
    calendar = calendar_of(
        off=["2026-03-03"],
        makeup=["2026-03-08", "2026-03-15"],
        overrides={
            "2026-03-04": [],
            "2026-03-05": MORNING,
            "2026-03-14": MORNING,
            "2026-03-15": DAY,
            "2026-03-06": DAY,
        },
    )
    assert calendar.day_kind(date.fromisoformat(day)) is kind


def test_a_weekday_without_hours_is_closed_not_a_weekend() -> None:
    assert calendar_of(weekly={"2": DAY}).day_kind(date(2026, 3, 2)) is DayKind.CLOSED


def test_names_fall_back_to_chinese() -> None:
    names = {"2026-03-03": {"zh": "庙会"}, "2026-03-04": {"zh": "停电", "en": "Power cut"}}
    calendar = calendar_of(names=names)
    assert calendar.day_name(date(2026, 3, 3), "en") == "庙会"
    assert calendar.day_name(date(2026, 3, 4), "en") == "Power cut"
    assert calendar.day_name(date(2026, 3, 5), "en") == ""


def test_the_next_working_day_is_at_or_after() -> None:
    calendar = calendar_of()
    assert calendar.next_working_day(date(2026, 3, 6)) == date(2026, 3, 6)
    assert calendar.next_working_day(date(2026, 3, 7)) == date(2026, 3, 9)
    with pytest.raises(OutOfCoverage):
        calendar_of(off=["2026-12-31"]).next_working_day(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-03-02T08:00", "2026-03-02T09:00"),
        ("2026-03-02T10:00", "2026-03-02T10:00"),
        ("2026-03-02T12:00", "2026-03-02T13:30"),
        ("2026-03-06T17:30", "2026-03-09T09:00"),
        ("2026-03-07T10:00", "2026-03-09T09:00"),
    ],
)
def test_the_next_opening(at: str, opening: str) -> None:
    assert calendar_of().next_opening(datetime.fromisoformat(at)) == datetime.fromisoformat(opening)


@pytest.mark.parametrize(
    ("n", "day"), [(1, "2026-03-09"), (2, "2026-03-10"), (0, "2026-03-06"), (-1, "2026-03-05")]
)
def test_adding_working_days(n: int, day: str) -> None:
    assert calendar_of().add_working_days(date(2026, 3, 6), n) == date.fromisoformat(day)


def test_adding_working_days_from_a_day_off() -> None:
    assert calendar_of().add_working_days(date(2026, 3, 7), -1) == date(2026, 3, 6)
    assert calendar_of().add_working_days(date(2026, 3, 7), 1) == date(2026, 3, 9)


@pytest.mark.parametrize(("day", "n"), [("2026-12-31", 1), ("2026-01-01", -1), ("2027-01-01", 0)])
def test_nothing_outside_the_calendar_is_answered(day: str, n: int) -> None:
    with pytest.raises(OutOfCoverage):
        calendar_of().add_working_days(date.fromisoformat(day), n)


def test_provisional_days_off_hold_only_after_the_coverage() -> None:
    calendar = calendar_of(
        provisional_to="2027-01-31", provisional_off=["2026-03-02", "2027-01-01"], off=["2027-01-04"]
    )
    assert calendar.is_working_day(date(2026, 3, 2)) and calendar.is_working_day(date(2027, 1, 4))
    assert calendar.day_kind(date(2027, 1, 1)) is DayKind.HOLIDAY
    assert calendar.is_provisional(date(2027, 1, 31)) and not calendar.is_provisional(date(2027, 2, 1))
    assert calendar.end == datetime(2027, 2, 1)


def test_a_calendar_never_changes_and_equals_only_itself() -> None:
    calendar = calendar_of()
    with pytest.raises(AttributeError):
        calendar.spec = spec_of()
    assert calendar != calendar_of() and len({calendar, calendar}) == 1


def test_a_calendar_survives_its_own_json() -> None:
    spec = spec_of(seasons=[WINTER], makeup=["2026-03-07"], overrides={"2026-03-05": [["09:00:30", "24:00"]]})
    again = CalendarSpec.model_validate(json.loads(json.dumps(spec.to_json())))
    assert again == spec
    assert CalendarSpec.model_validate(spec.model_dump()) == spec


def test_seconds_and_instants_are_inverse() -> None:
    calendar, t = calendar_of(), datetime(2026, 3, 2, 10, 20, 30)
    assert calendar.instant(calendar.seconds(t)) == t
    assert calendar.instant(0) == datetime(2026, 1, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weekly", {"8": DAY}),
        ("weekly", {"1": [["12:00", "09:00"]]}),
        ("weekly", {"1": [["09:00", "12:00"], ["11:00", "13:00"]]}),
        ("weekly", {"1": [["09:00", "24:01"]]}),
        ("weekly", {"1": [["09:00"]]}),
        ("weekly", {"1": "09:00-12:00"}),
        ("weekly", {"1": [["9", "12:00"]]}),
        ("weekly", {"1": [["09:60", "12:00"]]}),
        ("coverage", ["2026-12-31", "2026-01-01"]),
        ("coverage", ["2026-01-01T00:00:00", "2026-12-31"]),
        ("coverage", [20454, 20818]),
        ("off", ["2026-02-30"]),
        ("makeup_as", 8),
        ("makeup_as", True),
        ("seasons", [{**WINTER, "from": "02-30"}]),
        ("seasons", [{**WINTER, "from": "2-1"}]),
        ("seasons", [{**WINTER, "from": 201}]),
        ("tz", "Asia/Nowhere"),
        ("provisional_to", "2026-12-31"),
        ("holidays", []),
    ],
)
def test_a_calendar_that_cannot_be_meant_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        spec_of(**{field: value})


def test_other_zones_are_allowed_and_hours_are_sorted() -> None:
    spec = spec_of(tz="America/New_York", weekly={"1": [["13:00", "14:00"], ["09:00", "12:00"]]})
    assert spec.weekly["1"] == ((32400, 43200), (46800, 50400))
    assert clock_seconds("24:00") == 86400


def test_every_date_without_seasons_agrees_with_the_rulebook() -> None:
    calendar = calendar_of(off=["2026-05-01"], makeup=["2026-05-09"], overrides={"2026-05-04": MORNING})
    rules, first = calendar.tables.rules, date(2026, 1, 1)
    expected = [rules.hours(first + timedelta(days=i)) for i in range(calendar.tables.size)]
    assert calendar.tables.patterns == expected
