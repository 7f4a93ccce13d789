"""A year's notice, typed or from a file, becomes the next version of a calendar."""

from datetime import date

import pytest

from shounuo.regulations import calendar_edits as edits
from shounuo.regulations.calendar_files import read_file
from shounuo.regulations.calendar_notice import (
    Notice,
    check,
    concerns,
    off_lines,
    read_off,
    read_worked,
    worked_lines,
)
from shounuo.regulations.refusals import Refused
from shounuo.rules.calendars import CalendarSpec, compile_calendar, official_china
from shounuo.rules.calendars.changes import day_changes, first_change
from shounuo.rules.calendars.china import BUNDLED

JSON_2026 = (BUNDLED / "2026.json").read_bytes()
TODAY = date(2026, 11, 11)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


@pytest.fixture(scope="module")
def office() -> CalendarSpec:
    return official_china()


def notice_2027(**more: object) -> Notice:
    off = {
        "元旦": days("2027-01-01", "2027-01-02", "2027-01-03"),
        "春节": days("2027-02-05", "2027-02-06", "2027-02-07"),
    }
    values = {"year": 2027, "off": off, "worked": days("2027-02-20"), "paper": "国办发明电〔2026〕9号"} | more
    return Notice(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", range(2016, 2027))
def test_year_by_year_the_notices_give_the_bundled_calendar(year: int) -> None:
    before, after = official_china(to_year=year - 1), official_china(to_year=year)
    made = edits.with_notice(before, read_file("x.json", (BUNDLED / f"{year}.json").read_bytes()))
    assert made.coverage == after.coverage
    assert list(day_changes(compile_calendar(made), compile_calendar(after))) == []


def test_a_year_published_for_the_first_time_is_definite_and_the_next_provisional(
    office: CalendarSpec,
) -> None:
    made = compile_calendar(edits.with_notice(office, notice_2027()))
    assert made.coverage[1] == date(2027, 12, 31) and made.provisional_to == date(2028, 12, 31)
    assert not made.is_working_day(date(2027, 2, 5)) and made.is_working_day(date(2027, 2, 20))
    assert made.day_name(date(2028, 5, 28)) == "端午节" and made.is_provisional(date(2028, 5, 28))


def test_the_first_change_is_the_first_day_that_was_only_provisional(office: CalendarSpec) -> None:
    made = edits.with_notice(office, notice_2027())
    assert first_change(compile_calendar(office), compile_calendar(made)) == date(2027, 1, 1)


def test_a_changed_notice_of_a_year_takes_the_place_of_the_first(office: CalendarSpec) -> None:
    once = edits.with_notice(office, notice_2027())
    again = compile_calendar(
        edits.with_notice(once, notice_2027(worked=(), off={"元旦": days("2027-01-01")}))
    )
    assert again.is_working_day(date(2027, 2, 5)) and not again.is_working_day(date(2027, 2, 20))


def test_a_year_cannot_be_left_out(office: CalendarSpec) -> None:
    with pytest.raises(Refused, match="2007 至 2027"):
        check(notice_2027(year=2028), office)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"worked": days("2027-01-01")}, "worked"), ({"worked": days("2029-01-01")}, "worked"), ({"off": {}}, "off"),
     ({"off": {"元旦": days("2025-12-31")}}, "off")],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_beside_its_field(
    office: CalendarSpec, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        check(notice_2027(**more), office)
    assert refused.value.field == field


def test_a_make_up_day_in_the_week_and_missing_holidays_are_pointed_out_not_refused() -> None:
    said = concerns(notice_2027(worked=days("2027-02-22")), TODAY)
    assert any("周一" in one and "周末" in one for one in said)
    assert any("10月1日" in one for one in said)


def test_lines_go_out_and_come_back(office: CalendarSpec) -> None:
    notice = notice_2027()
    assert read_off(off_lines(notice), 2027) == notice.off
    assert read_worked(worked_lines(notice), 2027) == notice.worked


def test_dates_are_read_as_people_write_them() -> None:
    typed = "元旦：1月1日至1月3日\n春节 2027/2/5 - 2027/2/7，2027年2月9日"
    found = read_off(typed, 2027)
    assert found["元旦"] == days("2027-01-01", "2027-01-02", "2027-01-03")
    assert found["春节"] == days("2027-02-05", "2027-02-06", "2027-02-07", "2027-02-09")


@pytest.mark.parametrize("typed", ["2027-01-01", "元旦", "元旦 2027-02-30", "元旦 2027-01-03 至 2027-01-01"])
def test_a_line_that_does_not_fit_is_named(typed: str) -> None:
    with pytest.raises(Refused, match="第 2 行"):
        read_off(f"元旦 2027-01-01\n{typed}", 2027)


CSV = "日期,名称,类型\n2027-01-01,元旦,休\n2027-01-02,元旦,休\n2027-02-20,春节,班\n"
ICS = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
DTEND;VALUE=DATE:20270103
SUMMARY:元旦 休
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270220
SUMMARY:春节（班）
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", CSV.encode()), ("a.csv", CSV.encode("gb18030")), ("a.csv", CSV.replace(",", ";").encode("utf-8-sig")),
     ("a.ics", ICS.encode()), ("a.ics", ICS.replace("\n", "\r\n").replace("SUMMARY:元", "SUMMARY:\r\n 元").encode())],
)  # fmt: skip
def test_csv_and_icalendar_files_say_the_same(name: str, content: bytes) -> None:
    found = read_file(name, content)
    assert (found.year, found.off, found.worked) == (
        2027,
        {"元旦": days("2027-01-01", "2027-01-02")},
        days("2027-02-20"),
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"{}", b"[1]", b'{"year": 2027, "off": 3}', b"x" * 300_000, "日期,类型\n明天,休".encode(),
     "名称,类型\n元旦,休".encode(), b"{" * 5_000, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT"],
)  # fmt: skip
def test_other_files_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refused):
        read_file("a.txt", content)


def test_days_set_apart_and_given_back(office: CalendarSpec) -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 2)
    shut = edits.with_days(office, first, last, (), "搬迁")
    made = compile_calendar(shut)
    assert not made.is_working_day(last) and made.day_name(last) == "搬迁"
    assert edits.with_days(shut, first, last, None) == office


def test_other_hours_from_a_day_leave_the_days_before_as_they_were(office: CalendarSpec) -> None:
    longer = {str(day): ((28800, 64800),) for day in range(1, 6)}
    made = edits.with_hours(office, date(2026, 12, 1), longer, [])
    changed = [one.day for one in day_changes(compile_calendar(office), compile_calendar(made))]
    assert changed[0] == date(2026, 12, 1)
    assert compile_calendar(made).close(date(2026, 12, 1)).hour == 18  # type: ignore[union-attr]
