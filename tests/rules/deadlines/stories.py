"""Random calendars, budgets and pauses for the differential tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar
from shounuo.rules.deadlines import (
    Before,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    SameDay,
    WorkingDays,
    WorkingTime,
)

FIRST = date(2026, 1, 20)
HOURS = (
    [],
    [["09:00", "12:00"], ["13:30", "17:30"]],
    [["09:00", "12:00"]],
    [["00:00", "24:00"]],
    [["20:00", "24:00"]],
    [["00:00", "02:00"], ["08:15", "08:16"], ["22:00", "24:00"]],
    [["08:00", "12:00"], ["12:00", "18:00"]],
)
EDGES = (
    "00:00",
    "00:01",
    "08:59",
    "09:00",
    "11:59",
    "12:00",
    "12:30",
    "13:30",
    "17:29",
    "17:30",
    "17:31",
    "20:00",
    "23:59",
)


def dates(length: int) -> st.SearchStrategy[date]:
    return st.integers(0, length - 1).map(lambda i: FIRST + timedelta(days=i))


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, object]:
    plain = draw(st.sampled_from(HOURS[1:]))
    return {str(day): draw(st.sampled_from(HOURS)) if draw(st.booleans()) else plain for day in range(1, 8)}


@st.composite
def calendars(draw: st.DrawFn, length: int = 45) -> Calendar:
    season = {
        "from": draw(st.sampled_from(["02-10", "12-01", "01-25"])),
        "to": "02-14",
        "weekly": draw(weeks()),
    }
    firm = draw(st.integers(20, length))
    return compile_calendar(
        CalendarSpec.model_validate(
            {
                "coverage": [FIRST, FIRST + timedelta(days=firm - 1)],
                "provisional_to": FIRST + timedelta(days=length - 1) if firm < length else None,
                "provisional_off": draw(st.sets(dates(length), max_size=4)),
                "weekly": draw(weeks()),
                "seasons": [season] if draw(st.booleans()) else [],
                "off": draw(st.sets(dates(length), max_size=8)),
                "makeup": draw(st.sets(dates(length), max_size=4)),
                "makeup_as": draw(st.integers(1, 7)),
                "overrides": {
                    d: draw(st.sampled_from(HOURS)) for d in draw(st.sets(dates(length), max_size=4))
                },
            }
        )
    )


@st.composite
def instants(draw: st.DrawFn, length: int = 45) -> datetime:
    day = draw(st.integers(-2, length + 2))
    clock = draw(st.sampled_from(EDGES) | st.integers(0, 1439).map(lambda m: f"{m // 60:02}:{m % 60:02}"))
    return datetime.fromisoformat(f"{FIRST + timedelta(days=day)}T{clock}")


@st.composite
def pauses(draw: st.DrawFn, length: int = 45) -> list[tuple[datetime, datetime | None]]:
    found: list[tuple[datetime, datetime | None]] = []
    for _ in range(draw(st.integers(0, 4))):
        a, b = sorted([draw(instants(length)), draw(instants(length))])
        if draw(st.booleans()):
            b = a + (b - a) % timedelta(days=2)
        found.append((a, None if draw(st.integers(0, 7)) == 0 else b))
    return found


RULES = st.sampled_from(["close", "any", "full"])
ENDS = st.sampled_from(["office_close", "24:00"])
FIRST_DAYS = st.sampled_from(["excluded", "included"])
MINUTES = st.integers(0, 60 * 24 * 6) | st.sampled_from([0, 1, 180, 240, 420, 840, 1440])
SIMPLE = st.one_of(
    st.builds(WorkingTime, MINUTES.map(lambda m: m * 60)),
    st.builds(NaturalTime, MINUTES.map(lambda m: m * 60)),
    st.builds(WorkingDays, st.integers(1, 12), RULES, FIRST_DAYS),
    st.builds(NaturalDays, st.integers(1, 20), st.booleans(), ENDS, FIRST_DAYS),
    st.builds(Months, st.integers(1, 2), st.booleans(), ENDS),
)
BUDGETS = st.one_of(SIMPLE, st.just(SameDay()), st.just(OnTheSpot()), st.builds(Before, SIMPLE, instants()))
