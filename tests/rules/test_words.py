"""Budget words mean what docs/packs.md says, and nothing else is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shounuo.rules.deadlines import (
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    SameDay,
    WorkingDays,
    WorkingTime,
)
from shounuo.rules.words import (
    MOST,
    LeadTime,
    Promised,
    WordsError,
    fill,
    is_mark,
    is_period,
    parse_words,
    say_words,
    template_names,
    variants,
)

TABLE = [
    ("4 working days", WorkingDays(4, pause_rule="close", first_day="excluded"), "4 个工作日"),
    ("1 working day", WorkingDays(1), "1 个工作日"),
    ("7 days", NaturalDays(7, roll=True, day_end="office_close"), "7 日"),
    ("21 calendar days", NaturalDays(21, roll=False, day_end="24:00"), "21 个日历日"),
    ("2 hours", NaturalTime(7200), "2 小时"),
    ("45 minutes", NaturalTime(2700), "45 分钟"),
    ("3 working hours", WorkingTime(10800), "3 个工作小时"),
    ("2 months", Months(2, roll=True, day_end="office_close"), "2 个月"),
    ("same day", SameDay(), "当日"),
    ("on the spot", OnTheSpot(), "当场"),
    ("by the date promised", Promised(), "承诺之日前"),
    ("7 days before", LeadTime(NaturalDays(7)), "提前 7 日"),
    ("24 hours before", LeadTime(NaturalTime(86400)), "提前 24 小时"),
    ("3 working days before", LeadTime(WorkingDays(3)), "提前 3 个工作日"),
]


@pytest.mark.parametrize(("words", "budget", "chinese"), TABLE)
def test_the_table_of_words(words: str, budget: object, chinese: str) -> None:
    assert parse_words(words) == budget
    assert say_words(words, "zh") == chinese
    assert say_words(words, "en") == words


def test_the_first_day_can_be_included() -> None:
    assert parse_words("2 days", first_day="included") == NaturalDays(2, first_day="included")
    with pytest.raises(WordsError, match="included or excluded"):
        parse_words("2 days", first_day="both")


@pytest.mark.parametrize(
    "text",
    ["", "days", "4", "0 days", "-1 days", "1.5 days", "4  days", " 4 days", "4 days ", "4 Days", "four days",
     "4 weeks", "4 days after", "4 working", "99999999 days", "٤ days", "4 days\n", "same  day", "{x} days"],
)  # fmt: skip
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(WordsError):
        parse_words(text)


def test_the_error_shows_right_words() -> None:
    with pytest.raises(WordsError, match="4 working days"):
        parse_words("soon")


@given(
    n=st.integers(1, MOST),
    unit=st.sampled_from(["working day", "day", "working hour", "hour", "minute", "month"]),
)
def test_every_number_and_unit_reads_back_as_said(n: int, unit: str) -> None:
    said = say_words(f"{n} {unit}s", "en")
    assert parse_words(said) == parse_words(f"{n} {unit}s")
    assert said == f"{n} {unit}" + ("" if n == 1 else "s")


@given(st.text(max_size=30))
def test_any_text_is_a_budget_or_a_words_error(text: str) -> None:
    try:
        assert parse_words(text) is not None
    except WordsError as error:
        assert str(error)


def test_a_template_is_filled_and_an_empty_value_leaves_nothing() -> None:
    assert fill("2 {day_kind}", {"day_kind": "days"}) == "2 days"
    assert fill("{n}", {"n": 3}) == 3
    assert fill("{service.promised_limit}", {"service.promised_limit": ""}) is None
    assert fill("plain", {}) == "plain"


def test_stray_braces_are_refused() -> None:
    for text in ("{a", "a}", "{a}}", "{{a}"):
        with pytest.raises(WordsError):
            template_names(text)


def test_every_variant_of_a_template_is_tried() -> None:
    assert set(variants("{n} {kind}", {"n": [1, 2], "kind": ["days", "hours"]})) == {
        "1 days", "1 hours", "2 days", "2 hours"}  # fmt: skip


def test_periods_and_marks() -> None:
    assert is_period("12 months") and is_period("calendar_month") and not is_period("a while")
    assert (
        is_mark("50%")
        and is_mark("1 working day left")
        and not is_mark("0%")
        and not is_mark("1 day before left")
    )
