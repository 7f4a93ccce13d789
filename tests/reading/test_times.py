"""Quantities of time are found with value, unit and range; dates and look-alikes are not."""

import pytest

from shounuo.reading.findings.fold import fold_text
from shounuo.reading.findings.times import quantities

FOUND = [
    ("在三个工作日内", [(3, "working_day")]), ("２日内", [(2, "day_unspecified")]), ("两个小时内", [(2, "hour")]),
    ("半小时内", [(0.5, "hour")]), ("一个半小时", [(1.5, "hour")]), ("30分钟", [(30, "minute")]),
    ("一刻钟", [(15, "minute")]), ("3个自然日", [(3, "calendar_day")]), ("一周内", [(7, "day_unspecified")]),
    ("两个月内", [(2, "month")]), ("三五天内", [(5, "day_unspecified")]), ("3～5个工作日", [(5, "working_day")]),
    ("3-5日", [(5, "day_unspecified")]), ("三至五日", [(5, "day_unspecified")]), ("3日至5日内", [(5, "day_unspecified")]),
    ("1小时30分钟内", [(90, "minute")]), ("半个工作日", [(0.5, "working_day")]), ("二十四小时", [(24, "hour")]),
    ("10个、15个工作日以内", [(10, "working_day"), (15, "working_day")]), ("24h内", [(24, "hour")]),
    ("一百二十分钟", [(120, "minute")]),
]  # fmt: skip
NOT_FOUND = [
    "每月29日",
    "6月25日",
    "次月5日前",
    "二〇二四年三月一日",
    "第3日",
    "日常工作",
    "3周年",
    "编号A3天",
    "一天然气站",
]


@pytest.mark.parametrize(("printed", "expected"), FOUND)
def test_a_quantity_of_time_is_found(printed: str, expected: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in quantities(fold_text(printed))] == expected


@pytest.mark.parametrize("printed", NOT_FOUND)
def test_a_date_or_another_word_is_no_quantity(printed: str) -> None:
    assert [q for q in quantities(fold_text(printed)) if q.unit != "year"] == []


def test_a_range_keeps_its_lower_end() -> None:
    (found,) = quantities("7-15个工作日内")
    assert (found.least, found.value) == (7, 15)
