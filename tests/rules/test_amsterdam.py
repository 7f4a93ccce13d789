"""The pack from abroad: 93 promises, two of them amended, Dutch holidays, and nights on which the clock changes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation

from shounuo.ledger.moments import civil, instant
from shounuo.regulations.wording import said
from shounuo.rules.applies import applies
from shounuo.rules.calendar_parts import compiled, spec_of
from shounuo.rules.calendars import DayKind
from shounuo.rules.calendars.netherlands import FIRST_YEAR, LAST_YEAR, public_days
from shounuo.rules.checking import check_pack
from shounuo.rules.deadlines import NaturalDays, NaturalTime, WorkingDays, WorkingTime, due
from shounuo.rules.edition import Edition, edition_for
from shounuo.rules.engine import judge
from shounuo.rules.loading import BUNDLED, load_pack
from shounuo.rules.shapes import CalendarPart, Pack
from shounuo.rules.stories.writing import a_fact

FOLDER = BUNDLED / "amsterdam"
AMENDED = ("klok", "lantaarnpaal-straatverlichting")
WEEK = {str(day): [["09:00", "17:00"]] for day in range(1, 6)}
BEFORE_SPRING, SPRING = datetime(2026, 3, 28, 12), date(2026, 3, 29)
BEFORE_AUTUMN, AUTUMN = datetime(2026, 10, 24, 12), date(2026, 10, 25)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(FOLDER)


@pytest.fixture(scope="module")
def edition(pack: Pack) -> Edition:
    return edition_for(pack)


def part(**more: Any) -> CalendarPart:
    title = {"zh": "办公时间", "en": "Office hours"}
    return CalendarPart.model_validate({"title": title, "base": "netherlands", "weekly": WEEK, **more})


def test_the_pack_has_no_fault_and_every_story_holds() -> None:
    report = check_pack(FOLDER)
    assert [fault.line_text() for fault in report.faults] == []
    assert report.examples == report.examples_passed >= 12
    assert len(report.clause_ids) == 110


def test_there_are_ninety_three_promises_as_the_source_counts_them(pack: Pack) -> None:
    said_first = Counter(one.within[0].value for one in pack.commitments.values())
    assert said_first == {
        "3 working days": 42, "{unspecified_limit}": 1, "5 working days": 31, "21 {calendar_day_words}": 19,
    }  # fmt: skip
    assert set(pack.commitments) == set(pack.services)


def test_exactly_one_promise_with_handling_looks_at_the_reports_of_each_service(edition: Edition) -> None:
    for service in edition.pack.services:
        guide, rules = edition.service(service), edition.pack.commitments.values()
        found = [r for r in rules if r.handling and applies(r.applies_to, "report", {}, service, guide)]
        assert len(found) == 1, service


def test_two_promises_are_amended_and_say_what_running_clocks_do(pack: Pack) -> None:
    amended = {key: rule.within for key, rule in pack.commitments.items() if len(rule.within) > 1}
    assert tuple(amended) == AMENDED
    for key in AMENDED:
        old, new = amended[key]
        assert date.fromisoformat(new.from_) - date.fromisoformat(str(old.to)) == timedelta(days=1)
        assert "running_clocks" in new.model_fields_set


@pytest.mark.parametrize(
    ("running", "expected"),
    [("keep", datetime(2019, 11, 16)), ("follow", datetime(2019, 11, 25, 17))],
)
def test_a_clock_that_runs_over_the_amendment_is_kept_or_follows(
    edition: Edition, running: str, expected: datetime
) -> None:
    rule = edition.pack.commitments["klok"]
    new = rule.within[1].model_copy(update={"running_clocks": running})
    changed = rule.model_copy(update={"within": (rule.within[0], new)})
    pack = edition.pack.model_copy(update={"commitments": {"klok": changed}})
    facts = [a_fact(1, "2019-10-25 09:00 received kind=report service=klok channel=portal by=noor")]
    (clock,) = judge(edition_for(pack), facts, datetime(2019, 11, 5, 9)).clocks
    assert clock.due == expected


def test_the_calendar_that_a_setting_chooses_is_that_of_the_start_day(pack: Pack) -> None:
    edition = edition_for(pack, {"office_calendar": ((date(2026, 1, 1), "weekdays"),)})
    rule = "{office_calendar}"
    assert edition.calendar_name(rule, date(2025, 12, 31)) == "office"
    assert edition.calendar_name(rule, date(2026, 1, 1)) == edition.calendar_name(rule) == "weekdays"
    facts = [a_fact(1, "2026-04-02 15:00 received kind=report service=grofvuil by=noor")]
    (clock,) = judge(edition, facts, datetime(2026, 4, 3)).clocks
    assert (clock.calendar, clock.due) == ("weekdays", datetime(2026, 4, 7, 17))


def test_every_text_is_in_dutch_chinese_and_english_and_readers_get_theirs(pack: Pack) -> None:
    title = pack.services["ratten"].title
    assert set(title) == {"nl", "zh", "en"}
    for language, words in (("zh-hans", "老鼠"), ("en", "Rats"), ("nl", "老鼠")):
        with translation.override(language):
            assert said(title) == words
    with translation.override("en"):
        assert said({"nl": "Ratten"}) == "Ratten"


def test_the_source_and_its_licence_are_named(pack: Pack) -> None:
    notice = (FOLDER / "NOTICE").read_text(encoding="utf-8")
    assert pack.head.licence == "MPL-2.0"
    for word in ("adbe8fc77af20db807dff5322096e15d6a5b26de", "Gemeente Amsterdam", "Amsterdam/signals"):
        assert word in notice and word in pack.head.source["en"]


# --- Dutch holidays ---------------------------------------------------------------------------------------------

OFF_2024_TO_2027 = """
2024-01-01 2024-04-01 2024-05-09 2024-05-20 2024-12-25 2024-12-26
2025-01-01 2025-04-21 2025-05-05 2025-05-29 2025-06-09 2025-12-25 2025-12-26
2026-01-01 2026-04-06 2026-04-27 2026-05-14 2026-05-25 2026-12-25
2027-01-01 2027-03-29 2027-04-27 2027-05-06 2027-05-17
"""
"""Weekdays off by hand: Easter is 31 March 2024, 20 April 2025, 5 April 2026, 28 March 2027; King's Day 2024 is a
Saturday, 2025 moves to Saturday 26 April; Christmas 2026 is Friday and Saturday, 2027 Saturday and Sunday."""


def test_the_weekdays_off_of_four_years_are_those_counted_by_hand(edition: Edition) -> None:
    calendar = edition.calendar("office")
    days = (date(2024, 1, 1) + timedelta(days=i) for i in range(4 * 365 + 1))
    off = [day.isoformat() for day in days if day.isoweekday() < 6 and not calendar.is_working_day(day)]
    assert off == OFF_2024_TO_2027.split()


def easter(year: int) -> date:
    """Easter Sunday by Butcher's rule."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    shift = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + shift - 7 * ((a + 11 * h + 22 * shift) // 451) + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_movable_days_stand_at_their_distance_from_easter(year: int) -> None:
    found = {key: day for day, (key, _) in public_days().items() if day.year == year}
    distance = {"good-friday": -2, "easter-monday": 1, "ascension-day": 39, "whit-monday": 50}
    assert {key: (found[key] - easter(year)).days for key in distance} == distance
    assert found["kings-day"] == date(year, 4, 26 if date(year, 4, 27).isoweekday() == 7 else 27)
    assert ("liberation-day" in found) == (year % 5 == 0)


def test_an_office_may_work_on_a_holiday_or_take_one_that_is_optional() -> None:
    strict = compiled(part(also_off=["liberation-day"]))
    worked = compiled(part(worked=["good-friday", "liberation-day"]))
    good_friday, liberation = date(2026, 4, 3), date(2026, 5, 5)
    assert not strict.is_working_day(good_friday) and not strict.is_working_day(liberation)
    assert worked.is_working_day(good_friday) and worked.is_working_day(date(2025, 5, 5))
    assert strict.day_kind(liberation) is DayKind.HOLIDAY
    assert (strict.day_name(liberation, "zh"), strict.day_name(liberation, "en")) == (
        "解放日",
        "Liberation Day",
    )


def test_a_day_that_is_no_dutch_holiday_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no Dutch holiday 'boxing-day'; allowed: ascension-day"):
        spec_of(part(worked=["boxing-day"]))
    with pytest.raises(ValueError, match="base china has no such names"):
        spec_of(part(base="china", also_off=["kings-day"]))


def test_after_the_last_year_nothing_is_guessed(edition: Edition) -> None:
    calendar = edition.calendar("office")
    assert calendar.coverage == (date(2015, 1, 1), date(2030, 12, 31))
    assert due(calendar, datetime(2030, 12, 30, 10), WorkingDays(1)).at == datetime(2030, 12, 31, 17)
    assert due(calendar, datetime(2030, 12, 30, 10), WorkingDays(2)).out_of_coverage


def test_the_holiday_library_is_asked_only_for_a_dutch_calendar() -> None:
    assert importlib.util.find_spec("holidays")
    code = (
        "import sys; from shounuo.rules.loading import BUNDLED, load_pack; from shounuo.rules.edition import edition_for;"
        "edition_for(load_pack(BUNDLED / 'service-centre')); assert 'holidays' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=BUNDLED.parents[1])


# --- nights on which the clock changes --------------------------------------------------------------------------


@pytest.fixture
def amsterdam() -> Any:
    with override_settings(TIME_ZONE="Europe/Amsterdam"):
        yield


def real_hours(a: datetime, b: datetime) -> float:
    return (instant(b).astimezone(UTC) - instant(a).astimezone(UTC)) / timedelta(hours=1)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
def test_a_day_ends_at_24_however_many_hours_it_has(
    edition: Edition, amsterdam: None, day: date, hours: int
) -> None:
    begins, ends = (datetime.combine(day + timedelta(days=i), datetime.min.time()) for i in (0, 1))
    found = due(edition.calendar("office"), begins - timedelta(days=3), NaturalDays(3, False, "24:00"))
    assert (found.at, found.day) == (ends, day)
    assert real_hours(begins, ends) == hours
    assert civil(instant(ends)) == ends


@pytest.mark.parametrize("start", [BEFORE_SPRING, BEFORE_AUTUMN])
def test_office_hours_never_notice_a_clock_change(edition: Edition, amsterdam: None, start: datetime) -> None:
    calendar, friday = edition.calendar("office"), start - timedelta(days=1)
    monday = (start + timedelta(days=2)).replace(hour=12)
    found = due(calendar, friday, WorkingTime(8 * 3600)).at
    assert found == monday
    assert due(calendar, friday, WorkingDays(1)).at == monday.replace(hour=17)


@pytest.mark.parametrize(("start", "hours"), [(BEFORE_SPRING, 23), (BEFORE_AUTUMN, 25)])
def test_hours_are_counted_on_the_face_of_the_clock(
    edition: Edition, amsterdam: None, start: datetime, hours: int
) -> None:
    found = due(edition.calendar("office"), start, NaturalTime(24 * 3600)).at
    assert found == start + timedelta(days=1)
    assert real_hours(start, found) == hours


def test_an_hour_that_does_not_exist_is_kept_as_the_same_moment_an_hour_later(
    edition: Edition, amsterdam: None
) -> None:
    found = due(edition.calendar("office"), datetime(2026, 3, 29, 0, 30), NaturalTime(2 * 3600)).at
    assert found == datetime(2026, 3, 29, 2, 30)
    assert instant(found).astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert civil(instant(found)) == datetime(2026, 3, 29, 3, 30)
    assert civil(instant(civil(instant(found)))) == datetime(2026, 3, 29, 3, 30)


def test_an_hour_that_exists_twice_means_its_first_pass(amsterdam: None) -> None:
    assert instant(datetime(2026, 10, 25, 2, 30)).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_every_moment_of_a_night_goes_through_civil_time_and_back_unchanged(
    amsterdam: None, night: date
) -> None:
    first = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(hours=2)
    for minutes in range(0, 8 * 60, 10):
        at = first + timedelta(minutes=minutes)
        assert instant(civil(at)).astimezone(UTC) == at


def test_both_passes_of_the_repeated_hour_read_alike_on_the_clock(amsterdam: None) -> None:
    first, second = (civil(datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in (0, 1))
    assert first == second == datetime(2026, 10, 25, 2, 30)
    assert (first.fold, second.fold) == (0, 1)
