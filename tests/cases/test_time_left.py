"""What is left of a promise, in the promise's own unit."""

from datetime import datetime
from functools import cache

import pytest
from django.utils.translation import override

from shounuo.cases.time_left import left_until
from shounuo.rules.calendars import Calendar, compile_calendar, official_china
from shounuo.rules.deadlines import Budget, Months, NaturalDays, NaturalTime, WorkingDays, WorkingTime

WEDNESDAY, FRIDAY = "2026-11-11 10:00", "2026-11-13 17:30"


@cache
def calendar() -> Calendar:
    return compile_calendar(official_china())


def said(due: str, now: str, budget: Budget | None) -> tuple[str, str]:
    with override("zh-hans"):
        return left_until(calendar(), datetime.fromisoformat(due), datetime.fromisoformat(now), budget)


@pytest.mark.parametrize(
    ("due", "now", "budget", "chip", "words"),
    [
        (FRIDAY, WEDNESDAY, WorkingDays(4), "running", "还剩 3 个工作日"),
        (FRIDAY, WEDNESDAY, None, "running", "还剩 3 个工作日"),
        (FRIDAY, "2026-11-13 09:00", WorkingDays(4), "at_risk", "今天 17:30 前"),
        (WEDNESDAY, "2026-11-16 18:00", WorkingDays(4), "breached", "逾期 4 个工作日"),
        ("2026-11-16 17:30", WEDNESDAY, NaturalDays(7), "running", "还剩 5 天"),
        ("2026-11-16 17:30", "2026-11-18 10:00", NaturalDays(7), "breached", "逾期 2 天"),
        ("2026-12-11 17:30", WEDNESDAY, Months(1), "running", "还剩 30 天"),
        ("2026-11-11 11:30", WEDNESDAY, NaturalTime(5400), "running", "还剩 1 小时 30 分钟"),
        ("2026-11-11 10:20", WEDNESDAY, NaturalTime(5400), "at_risk", "还剩 20 分钟"),
        (WEDNESDAY, "2026-11-11 12:05", NaturalTime(5400), "breached", "逾期 2 小时 5 分钟"),
        ("2026-11-15 10:00", WEDNESDAY, NaturalTime(5 * 86400), "running", "还剩 4 天"),
        ("2026-11-12 09:30", "2026-11-11 16:30", WorkingTime(7200), "running", "还剩 1 个工作小时 30 分钟"),
        ("2026-11-12 09:30", "2026-11-12 09:15", WorkingTime(7200), "at_risk", "还剩 15 分钟"),
    ],
)
def test_what_is_left_is_told_in_the_unit_of_the_promise(
    due: str, now: str, budget: Budget | None, chip: str, words: str
) -> None:
    assert said(due, now, budget) == (chip, words)
