"""A file of days off that has faults: every bad line is told, with its number and why."""

import csv
import json
from collections.abc import Iterator

import pytest

from shounuo.regulations.calendar_files import MOST_FAULTS, BadLines, read_file
from shounuo.regulations.refusals import Refused


def faults(name: str, text: str) -> list[str]:
    with pytest.raises(BadLines) as refused:
        read_file(name, text.encode())
    return refused.value.faults


def test_every_bad_row_of_a_table_is_told() -> None:
    text = "日期,名称,类型\n明天,元旦,休\n2027-01-02,元旦,休\n2027-02-30,春节,班\n\n2027-05-01,,休\n"
    assert faults("a.csv", text) == [
        "第 2 行的“明天”不是一个日期。", "第 4 行的“2027-02-30”不是一个日期。", "第 6 行没有节日名称。",
    ]  # fmt: skip


def test_a_row_after_a_cell_of_two_lines_has_the_files_number() -> None:
    text = '日期,名称,类型\n2027-01-01,"元\n旦",休\n明天,元旦,休\n'
    assert faults("a.csv", text) == ["第 4 行的“明天”不是一个日期。"]


def test_of_very_many_the_first_are_told_and_the_others_counted() -> None:
    found = faults("a.csv", "日期,名称,类型\n" + "明天,元旦,休\n" * (MOST_FAULTS + 7))
    assert (len(found), found[-1]) == (MOST_FAULTS + 1, "另有 7 行也不对。")


def test_every_bad_event_of_a_calendar_is_told() -> None:
    events = ["SUMMARY:元旦", "DTSTART:2027\nSUMMARY:春节", "DTSTART:20270501\nDTEND:20270401\nSUMMARY:劳动节",
              "DTSTART:20271001\nSUMMARY:国庆节"]  # fmt: skip
    text = "\n".join(["BEGIN:VCALENDAR", *(f"BEGIN:VEVENT\n{one}\nEND:VEVENT" for one in events)])
    assert faults("a.ics", text) == [
        "第 2 行起的事件没有日期。", "第 6 行的“2027”不是一个日期。",
        "第 11 行的起止日期不对：2027-05-01 至 2027-04-01。",
    ]  # fmt: skip


def test_every_bad_day_of_a_json_file_is_told() -> None:
    text = json.dumps(
        {"year": 2027, "off": {"元旦": ["2027-13-01", "2027-01-02"]}, "worked": ["x"]}, indent=1
    )
    assert faults("a.json", text) == ["第 5 行的“2027-13-01”不是一个日期。", "第 10 行的“x”不是一个日期。"]


def test_where_a_file_stops_being_json_is_told() -> None:
    assert faults("a.json", '{"year": 2027,\n "off": {]}') == ["第 2 行第 10 个字起不是 JSON。"]


@pytest.fixture
def short_fields() -> Iterator[None]:
    """Python's reader refuses longer fields; the bound is one for the whole process."""
    before = csv.field_size_limit(1_000)
    yield
    csv.field_size_limit(before)


def test_a_table_that_cannot_be_read_as_one_is_refused(short_fields: None) -> None:
    with pytest.raises(Refused, match="CSV"):
        read_file("a.csv", b'2027-01-01,"' + b"x" * 2_000)
