"""How fast is the deadline engine? `python bench/bench_deadlines.py [rounds]` prints a table; nothing passes or
fails.

One due instant (days, hours, with three pauses, checked, with all figures, with the trace), the batch
beside the nearest library functions in the same run, and the compilation of ten years. Medians with the
range over the rounds. The libraries do less: busday_offset knows days only, CustomBusinessHour neither
lunch, make-up days nor pauses.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from shounuo.rules.calendars import Calendar, CalendarSpec, compile_calendar, official_china
from shounuo.rules.calendars.tables import Tables
from shounuo.rules.deadlines import (
    Budget,
    NaturalDays,
    NaturalTime,
    Pause,
    WorkingDays,
    WorkingTime,
    due,
    due_at,
    due_many,
    explain,
    figures,
)
from shounuo.rules.deadlines.batch import EPOCH, to_seconds

FIRST, LAST = date(2017, 1, 1), date(2026, 12, 31)
SINGLE, MANY = 2_000, 2_000_000
BUDGETS: list[tuple[str, Budget]] = [
    ("working_time 50 h", WorkingTime(180_000)),
    ("working_days 10", WorkingDays(10)),
    ("natural_days 15", NaturalDays(15)),
    ("natural_time 240 h", NaturalTime(864_000)),
]


def ten_years() -> CalendarSpec:
    spec = official_china(to_year=2026)
    return spec.model_copy(update={"coverage": (FIRST, LAST)})


def measure(rounds: int, count: int, run: Callable[[], object]) -> tuple[float, float, float]:
    """Median, least and most seconds for one of `count`."""
    run()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        times.append((time.perf_counter() - begin) / count)
    return statistics.median(times), min(times), max(times)


def row(name: str, figures: tuple[float, float, float]) -> None:
    median, least, most = figures
    rate = 1 / median
    rated = f"{rate / 1e6:8.1f} million/s" if rate >= 1e6 else f"{rate:8.0f} /s"
    print(f"{name:<52} {median * 1e6:11.3f} us  ({least * 1e6:.3f}-{most * 1e6:.3f})  {rated}")


def three_pauses(start: datetime) -> list[Pause]:
    hours = ((3, 30), (96, 120), (144, 216))
    return [(start + timedelta(hours=a), start + timedelta(hours=b)) for a, b in hours]


def single(calendar: Calendar, starts: list[datetime], rounds: int) -> None:
    paused = [(start, three_pauses(start), start + timedelta(days=3)) for start in starts]
    for name, budget in BUDGETS:
        row(
            f"due_at       {name}",
            measure(rounds, SINGLE, lambda b=budget: [due_at(calendar, s, b) for s in starts]),
        )
    for name, budget in BUDGETS:
        run = lambda b=budget: [due_at(calendar, s, b, p) for s, p, _ in paused]  # noqa: E731
        row(f"due_at       {name}, 3 pauses", measure(rounds, SINGLE, run))
    days, hours = WorkingDays(10), WorkingTime(180_000)
    row(
        "due          working_time, checked",
        measure(rounds, SINGLE, lambda: [due(calendar, s, hours) for s in starts]),
    )
    for name, budget in (("working_time", hours), ("working_days", days)):
        run = lambda b=budget: [figures(calendar, s, b, (), n) for s, _, n in paused]  # noqa: E731
        row(f"figures      {name}", measure(rounds, SINGLE, run))
    run = lambda: [figures(calendar, s, days, p, n) for s, p, n in paused]  # noqa: E731
    row("figures      working_days, 3 pauses", measure(rounds, SINGLE, run))
    few = starts[:100]
    row(
        "explain      working_days (the walk)",
        measure(rounds, 100, lambda: [explain(calendar, s, days) for s in few]),
    )


def batch(calendar: Calendar, rounds: int) -> None:
    rng = np.random.default_rng(1)
    begin, end = to_seconds(datetime(2017, 1, 1)), to_seconds(datetime(2026, 10, 1))
    starts = rng.integers(begin, end, MANY)
    for name, budget in BUDGETS:
        row(f"due_many     {name}", measure(rounds, MANY, lambda b=budget: due_many(calendar, starts, b)))
    days = starts.astype("datetime64[s]").astype("datetime64[D]")
    off = np.array(sorted(calendar.spec.off), dtype="datetime64[D]")
    busday = np.busdaycalendar(holidays=off)
    run = lambda: np.busday_offset(days, 10, roll="backward", busdaycal=busday)  # noqa: E731
    row("numpy        busday_offset 10 (days only)", measure(rounds, MANY, run))
    hours = pd.offsets.CustomBusinessHour(50, start="09:00", end="17:30", holidays=list(off))
    stamps = [pd.Timestamp(EPOCH + timedelta(seconds=int(s))) for s in starts[:200]]
    row(
        "pandas       CustomBusinessHour 50 (no lunch)",
        measure(rounds, 200, lambda: [t + hours for t in stamps]),
    )


def build(rounds: int) -> None:
    spec = ten_years()

    def everything() -> None:
        tables = Tables(spec)
        assert tables.close_instants and tables.end_instants and tables.day_ends
        assert tables.work_starts and tables.work_dates

    row("compile      10 years", measure(rounds, 1, lambda: compile_calendar(spec)))
    row("compile      10 years, every table made at once", measure(rounds, 1, everything))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    versions = f"Python {platform.python_version()}, numpy {np.__version__}, pandas {pd.__version__}"
    print(f"{platform.machine()}, {platform.system()} {platform.release()}, {versions}")
    print(f"median (least-most) of {rounds} rounds")
    calendar = compile_calendar(ten_years())
    rng = np.random.default_rng(2)
    begin, end = to_seconds(datetime(2017, 1, 1)), to_seconds(datetime(2026, 10, 1))
    starts = [EPOCH + timedelta(seconds=int(s)) for s in rng.integers(begin, end, SINGLE)]
    build(rounds)
    single(calendar, starts, rounds)
    batch(calendar, rounds)


if __name__ == "__main__":
    main()
