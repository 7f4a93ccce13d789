"""The day ribbon: what each day is, how long runs fold, and what is said to people who do not see it."""

from datetime import date, datetime

import pytest

from shounuo.cases.day_sentences import day_sentences
from shounuo.regulations.calendar_edits import with_days
from shounuo.rules.calendars import compile_calendar, official_china
from shounuo.rules.deadlines import Before, NaturalDays, WorkingDays, WorkingTime, explain
from shounuo.site.folding import arrange, fold, summary
from shounuo.site.ribbon import Cell, Kind, cells_from_trace

CALENDAR = compile_calendar(official_china())
RECEIVED, READY, NOW = datetime(2026, 9, 28, 9, 10), datetime(2026, 10, 8, 10), datetime(2026, 10, 9, 11)
CLOCK = explain(CALENDAR, READY, WorkingDays(4))


def on(cells: list[Cell], day: date) -> Cell:
    return next(cell for cell in cells if cell.date == day)


def ribbon(now: datetime = NOW, language: str = "zh-hans", **facts: datetime) -> list[Cell]:
    return cells_from_trace(CLOCK, now, language, **facts)


def kinds(cells: list[Cell]) -> list[str]:
    return [str(cell.kind) for cell in cells]


def test_a_running_clock_shows_what_is_used_and_what_is_left() -> None:
    assert kinds(ribbon(completed=READY)) == ["completed", "counted", "left", "weekend", "left", "due"]


def test_without_completed_materials_the_first_day_is_the_day_of_receipt() -> None:
    assert ribbon()[0].kind is Kind.RECEIVED


def test_a_make_up_saturday_counts_and_says_so() -> None:
    cell = on(ribbon(), date(2026, 10, 10))
    assert (cell.mark, cell.makeup, cell.name) == ("班", True, "10月10日 周六 调休上班，将计入，第2天")


def test_english_says_the_same() -> None:
    assert (
        on(ribbon(language="en"), date(2026, 10, 10)).name
        == "Sat 10 Oct make-up working day, will count, day 2"
    )


def test_only_today_bears_the_needle() -> None:
    assert [cell.date for cell in ribbon() if cell.is_now] == [NOW.date()]


def test_at_the_due_instant_the_promise_still_stands() -> None:
    assert ribbon(datetime(2026, 10, 13, 17, 30))[-1].kind is Kind.DUE


def test_a_second_after_the_due_instant_the_promise_is_broken() -> None:
    assert ribbon(datetime(2026, 10, 13, 17, 30, 1))[-1].kind is Kind.DUE_BROKEN


def test_the_days_after_a_broken_promise_are_one_cell() -> None:
    late = ribbon(datetime(2026, 10, 16, 9))[-1]
    assert (late.kind, late.folded_count, late.is_now) == (Kind.LATE, 3, True)


def test_done_in_time_leaves_the_rest_unused_and_no_needle() -> None:
    cells = ribbon(datetime(2026, 10, 20, 9), fulfilled=datetime(2026, 10, 10, 15))
    assert kinds(cells)[2:] == ["fulfilled", "weekend", "spare", "due_kept"] and not any(
        cell.is_now for cell in cells
    )


def test_done_late_stays_broken() -> None:
    cells = ribbon(datetime(2026, 10, 20, 9), fulfilled=datetime(2026, 10, 15, 15))
    assert kinds(cells)[-2:] == ["due_broken", "late"] and cells[-1].name.endswith("做到")


def test_the_clock_before_a_restart_is_drawn_in_front_with_its_notice() -> None:
    front = explain(CALENDAR, RECEIVED, WorkingDays(4), [(datetime(2026, 9, 28, 9, 40), READY)], NOW)
    cells = cells_from_trace(CLOCK, NOW, "zh", completed=READY, earlier=front, pause_names=["告知书 0412-1"])
    assert cells[0].kind is Kind.RECEIVED
    assert on(cells, date(2026, 9, 29)).name == "9月29日 周二 因告知书 0412-1暂停，不计"


def test_an_open_pause_has_no_due_cell() -> None:
    trace = explain(CALENDAR, READY, WorkingDays(4), [(datetime(2026, 10, 9, 9), None)], NOW)
    assert kinds(cells_from_trace(trace, NOW, "zh"))[-1] == "paused"


def test_hours_are_told_where_hours_are_counted() -> None:
    trace = explain(CALENDAR, datetime(2026, 10, 9, 15, 30), WorkingTime(8 * 3600))
    assert cells_from_trace(trace, NOW, "zh")[0].name == "10月9日 周五 计入2小时"


def test_less_than_half_hours_are_told_in_minutes() -> None:
    trace = explain(CALENDAR, datetime(2026, 10, 9, 16, 40), WorkingTime(8 * 3600))
    assert cells_from_trace(trace, NOW, "zh")[0].name == "10月9日 周五 计入50分钟"


def test_a_due_at_24_00_belongs_to_the_day_that_ends() -> None:
    trace = explain(CALENDAR, READY, NaturalDays(2, roll=False, day_end="24:00"))
    assert cells_from_trace(trace, NOW, "zh")[-1].date == date(2026, 10, 10)


def test_a_lead_time_ends_with_the_event() -> None:
    trace = explain(CALENDAR, READY, Before(NaturalDays(7), datetime(2026, 10, 28, 8)))
    assert cells_from_trace(trace, NOW, "zh")[-1].kind is Kind.EVENT


def test_a_week_off_folds_into_one_cell_with_its_name() -> None:
    trace = explain(CALENDAR, RECEIVED, WorkingDays(4))
    folded = on(fold(cells_from_trace(trace, RECEIVED, "zh"), "zh"), date(2026, 10, 1))
    assert (folded.mark, folded.folded_count, folded.caption) == ("休×7", 7, ("10/1–7",))
    assert folded.name == "10月1日 周四至10月7日 周三 国庆节，休息7天，不计"


def test_today_never_folds_away() -> None:
    trace, today = explain(CALENDAR, RECEIVED, WorkingDays(4)), datetime(2026, 10, 3, 9)
    cells = fold(cells_from_trace(trace, today, "zh"), "zh", over=1)
    assert on(cells, today.date()).folded_count == 1 and on(cells, today.date()).is_now


@pytest.mark.parametrize(
    ("days", "size", "layout"),
    [
        (4, "large", "strip"),
        (20, "large", "weeks"),
        (60, "large", "strip"),
        (4, "small", "strip"),
        (60, "small", "ticks"),
    ],
)
def test_the_layout_follows_the_length(days: int, size: str, layout: str) -> None:
    trace = explain(CALENDAR, RECEIVED, WorkingDays(days))
    assert arrange(cells_from_trace(trace, NOW, "zh"), size, "zh")[1] == layout


def test_folding_loses_no_day() -> None:
    cells = cells_from_trace(explain(CALENDAR, RECEIVED, WorkingDays(60)), NOW, "zh")
    assert sum(cell.folded_count for cell in fold(cells, "zh", over=1, counted_over=2)) == len(cells)


def test_the_summary_says_from_when_due_when_and_what_today_is() -> None:
    said = summary(ribbon(), "zh")
    assert said == "期限日历条：10月8日 周四起，10月13日 周二到期，今天 10月9日 周五 计入，第1天"


def test_no_cells_say_nothing() -> None:
    assert summary([], "zh") == ""


def test_every_kind_has_a_mark_and_words_in_both_languages() -> None:
    from shounuo.site.wording import CHINESE, ENGLISH

    for words in (CHINESE, ENGLISH):
        assert set(words.said) == set(Kind)
        assert set(words.marks) | {"counted", "left", "spare"} == {*Kind, "makeup"}


def test_a_clock_started_by_another_event_names_it() -> None:
    cells = cells_from_trace(CLOCK, NOW, "zh", started="提请分管领导")
    assert (cells[0].mark, cells[0].name) == ("起", "10月8日 周四 提请分管领导，当日不计")


def test_a_day_that_the_office_closed_says_its_name() -> None:
    spec = with_days(official_china(), date(2026, 10, 9), date(2026, 10, 9), (), "消防检修")
    trace = explain(compile_calendar(spec), READY, WorkingDays(4))
    assert on(cells_from_trace(trace, NOW, "zh"), date(2026, 10, 9)).said == "消防检修，不办公，不计"
    assert day_sentences(trace)[0] == "10月9日 周五 消防检修，不办公，不计。"


ACROSS = explain(CALENDAR, datetime(2026, 12, 30, 10), WorkingDays(4))
DECEMBER = datetime(2026, 12, 30, 11)


def test_a_day_of_another_year_is_said_with_its_year() -> None:
    cells = cells_from_trace(ACROSS, DECEMBER, "zh")
    assert [cells[1].when, cells[-1].when] == ["12月31日 周四", "2027年1月6日 周三"]
    assert summary(cells, "zh").startswith("期限日历条：12月30日 周三起，2027年1月6日 周三到期")


def test_the_caption_of_a_new_years_day_has_the_year() -> None:
    assert on(cells_from_trace(ACROSS, DECEMBER, "zh"), date(2027, 1, 1)).caption == ("1/1", "元旦", "2027")


def test_a_folded_run_over_two_years_says_both() -> None:
    trace = explain(CALENDAR, datetime(2026, 11, 22, 10), NaturalDays(365))
    folded = fold(cells_from_trace(trace, datetime(2026, 11, 22, 11), "zh"), "zh", over=1, counted_over=2)[1]
    assert folded.caption == ("11/23–11/21", "2026–2027")
    assert folded.when == "11月23日 周一至2027年11月21日 周日"


def test_a_ribbon_of_another_year_than_the_readers_begins_with_its_year() -> None:
    cells = cells_from_trace(ACROSS, datetime(2027, 1, 8, 9), "zh")
    assert (cells[0].caption, cells[0].when) == (("12/30", "三", "2026"), "2026年12月30日 周三")
