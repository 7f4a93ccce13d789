"""The bundled official calendar, held against two independent sources."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from shounuo.rules.calendars import Calendar, DayKind, OutOfCoverage, compile_calendar, official_china

HOLIDAY_CN = Path(__file__).parents[2] / "data" / "holiday_cn"
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
WORKING_DAYS = [
    249,
    251,
    250,
    250,
    250,
    249,
    250,
    250,
    249,
    250,
    249,
    250,
    250,
    249,
    250,
    249,
    249,
    251,
    248,
    248,
]
LISTED_IN_THE_NEXT_YEAR = ["2007-12-29", "2007-12-31", "2011-12-31", "2018-12-29", "2018-12-31"]


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return compile_calendar(official_china())


def days() -> list[date]:
    return [FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1)]


def listed() -> dict[date, bool]:
    """Is the date off? From all files of holiday-cn, as they stand."""
    files = [json.loads((HOLIDAY_CN / f"{year}.json").read_text("utf-8")) for year in range(2007, 2028)]
    return {date.fromisoformat(day["date"]): day["isOffDay"] for file in files for day in file["days"]}


def test_all_7305_days_agree_with_chinesecalendar(calendar: Calendar) -> None:
    assert len(days()) == 7305
    assert [d for d in days() if calendar.is_working_day(d) != chinese_calendar.is_workday(d)] == []


def test_all_days_agree_with_holiday_cn(calendar: Calendar) -> None:
    off = listed()
    expected = {d: not off[d] if d in off else d.isoweekday() < 6 for d in days()}
    assert [d for d in days() if calendar.is_working_day(d) != expected[d]] == []


def test_the_working_days_of_each_year(calendar: Calendar) -> None:
    found = [sum(calendar.is_working_day(d) for d in days() if d.year == year) for year in range(2007, 2027)]
    assert found == WORKING_DAYS


@pytest.mark.parametrize("text", LISTED_IN_THE_NEXT_YEAR)
def test_december_is_read_from_the_notice_of_the_next_year(calendar: Calendar, text: str) -> None:
    d = date.fromisoformat(text)
    before = compile_calendar(official_china(to_year=d.year))
    assert calendar.is_working_day(d) is chinese_calendar.is_workday(d)
    assert before.is_working_day(d) is not calendar.is_working_day(d)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2015-09-03", False),
        ("2015-09-06", True),
        ("2019-05-02", False),
        ("2019-05-05", True),
        ("2020-01-31", False),
        ("2020-02-01", False),
        ("2020-02-03", True),
    ],
)
def test_changes_in_mid_year_are_in(calendar: Calendar, day: str, working: bool) -> None:
    assert calendar.is_working_day(date.fromisoformat(day)) is working


def test_off_holds_the_weekend_days_inside_a_block() -> None:
    spec = official_china()
    assert {date(2026, 10, 3), date(2026, 10, 4), date(2014, 4, 6), date(2015, 6, 21)} <= spec.off


def test_a_hall_that_opens_on_saturdays_is_shut_on_a_holiday_saturday() -> None:
    week = {str(day): [["09:00", "17:00"]] for day in range(1, 8)}
    calendar = compile_calendar(official_china(weekly=week))
    assert not calendar.is_working_day(date(2026, 10, 3))
    assert calendar.is_working_day(date(2026, 10, 17))


def test_every_year_names_its_notice() -> None:
    sources = official_china().sources
    assert {source.year for source in sources} == set(range(2007, 2027))
    assert all(".gov.cn/" in source.paper and source.title for source in sources)
    assert [source.year for source in sources if source.note] == [2015, 2019, 2020]


def test_the_notices_are_those_of_holiday_cn() -> None:
    papers = [
        json.loads((HOLIDAY_CN / f"{year}.json").read_text("utf-8"))["papers"] for year in range(2007, 2027)
    ]
    assert [source.paper for source in official_china().sources] == [
        paper for year in papers for paper in year
    ]


def test_holidays_have_names_in_both_languages(calendar: Calendar) -> None:
    named = {calendar.day_name(d, "en") for d in days() if calendar.day_kind(d) is DayKind.HOLIDAY}
    assert "" not in named
    assert calendar.day_name(date(2026, 10, 1), "zh") == "国庆节"
    assert calendar.day_name(date(2020, 10, 1), "en") == "National Day and Mid-Autumn Festival"
    assert calendar.day_name(date(2026, 10, 10)) == ""


def test_2027_is_provisional_with_the_thirteen_days_fixed_by_law(calendar: Calendar) -> None:
    year = [date(2027, 1, 1) + timedelta(days=i) for i in range(365)]
    closed = {d for d in year if calendar.day_kind(d) is DayKind.HOLIDAY}
    assert calendar.provisional_to == date(2027, 12, 31)
    assert len(closed) == 13 and all(calendar.is_provisional(d) for d in year)
    assert not any(calendar.day_kind(d) is DayKind.MAKEUP for d in year)


def test_the_lunar_days_of_2027_agree_with_the_holidays_package(calendar: Calendar) -> None:
    other = holidays.country_holidays("CN", years=2027)
    by_law = {d for d, name in other.items() if "observed" not in name}
    assert by_law == {d for d in calendar.spec.provisional_off if d.year == 2027}


def test_after_the_provisional_year_nothing_is_guessed(calendar: Calendar) -> None:
    with pytest.raises(OutOfCoverage):
        calendar.is_working_day(date(2028, 1, 3))


def test_an_earlier_version_ends_where_its_notices_ended() -> None:
    spec = official_china(to_year=2025)
    assert spec.coverage == (FIRST, date(2025, 12, 31)) and spec.provisional_to is None
    assert max(source.year for source in spec.sources) == 2025


@pytest.mark.parametrize("year", [2006, 2027])
def test_a_year_without_a_notice_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        official_china(to_year=year)


def test_an_office_brings_its_own_hours_seasons_and_half_days() -> None:
    summer = {"from": "06-01", "to": "09-30", "weekly": {"1": [["09:00", "12:00"], ["15:00", "18:00"]]}}
    spec = official_china(seasons=[summer], overrides={"2026-02-13": [["09:00", "12:00"]]})
    calendar = compile_calendar(spec)
    assert calendar.hours(date(2026, 7, 6))[1][1].hour == 18
    assert calendar.day_kind(date(2026, 2, 13)) is DayKind.HALF_DAY
