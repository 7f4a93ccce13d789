"""How fast are open clocks judged again after a calendar changed? `python bench/bench_recompute.py [open matters]`.

Takes matters in through the rows of an intake, closes a day that all their dues lie behind, and lets the worker's
own loop run until nothing is left: each due moves, with its fact, its row and its place in the chain. Rate over
everything and the median of the rounds of 1,000; nothing passes or fails.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
OPEN, BATCH = 100_000, 1_000
NOW = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
CLOSED = date(2026, 11, 13)


def prepare(count: int) -> Any:
    """An organisation with open matters whose papers are complete; all are due after the day that will close."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from shounuo.cases.actions.intake import Asking, _rows
    from shounuo.cases.intake_rows import insert_batch
    from shounuo.ledger import triggers
    from shounuo.ledger.actions import new_stream
    from shounuo.organisation.actions import Stamp, found_unit
    from shounuo.regulations.actions import adopt
    from shounuo.regulations.editions import governing
    from shounuo.rules.loading import BUNDLED, load_pack

    call_command("migrate", verbosity=0)
    triggers.install(connection)
    stamp = Stamp("", NOW - timedelta(days=30))
    house = found_unit(stamp, code="qingxi", name_zh="青溪", name_en="Qingxi", kind="organisation")
    section = found_unit(
        stamp, code="metrology", name_zh="计量科", name_en="Metrology", kind="section", parent=house
    )
    adopt(house, load_pack(BUNDLED / "quality-bureau"), stamp.at.date(), stamp)
    adoption, edition = governing(house.pk, NOW)
    said = {"kind": "application", "channel": "window", "service": "weighing-instrument-verification",
            "words": "台秤检定", "section": section, "staff": "bench", "complete": True}  # fmt: skip
    for first in range(0, count, BATCH):
        rows = []
        for i in range(first, min(first + BATCH, count)):
            taken = Stamp("bench", NOW - timedelta(hours=1, seconds=i % 3000))
            asking = Asking(**said, key=str(i))
            rows += _rows(house, asking, taken, "bench", adoption, edition, new_stream(taken.at), "")[0]
        with transaction.atomic():
            insert_batch(connection, rows)
    return house


def run(name: str, count: int) -> None:
    import django

    django.setup()
    from django.db import connection

    from shounuo.commitments.models import RunningClock
    from shounuo.organisation.actions import Stamp
    from shounuo.regulations.actions import keep_calendar
    from shounuo.regulations.models import DueMove, OfficeCalendar, Recomputation
    from shounuo.rules.calendars import CalendarSpec
    from shounuo.site.loops import recompute

    began = time.perf_counter()
    house = prepare(count)
    print(f"{name}: {count:,} matters, {RunningClock.objects.count():,} clocks taken in "
          f"in {time.perf_counter() - began:.0f} s", flush=True)  # fmt: skip
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    newest = OfficeCalendar.objects.get(organisation=house, name="office")
    spec = CalendarSpec.model_validate(newest.spec)
    spec = spec.model_copy(update={"overrides": {**spec.overrides, CLOSED: ()}})
    keep_calendar(house, "office", spec, newest.version, Stamp("bench", NOW), "停工一天")
    rounds, began = [], time.perf_counter()
    while True:
        begin = time.perf_counter()
        looked = recompute(NOW + timedelta(seconds=10))
        if not looked:
            break
        rounds.append(looked / (time.perf_counter() - begin))
    whole = time.perf_counter() - began
    done = Recomputation.objects.get()
    assert (done.state, done.looked, done.failed) == ("done", count, 0), done
    assert DueMove.objects.count() == done.moved
    print(f"{name:<12}{done.looked:>9,} matters {done.moved:>9,} dues moved in {whole:7.1f} s "
          f"{done.looked / whole:>8,.0f} matters/s   median of rounds {median(rounds):,.0f}/s "
          f"({min(rounds):,.0f}-{max(rounds):,.0f})")  # fmt: skip


def measure(name: str, url: str, count: int) -> None:
    environment = os.environ | {"SHOUNUO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "shounuo.site.settings",
                                "SHOUNUO_DEMO": "1"}  # fmt: skip
    subprocess.run([sys.executable, __file__, "--run", name, str(count)], env=environment, check=True)


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    count = numbers[0] if numbers else OPEN
    if "--run" in sys.argv:
        run(sys.argv[sys.argv.index("--run") + 1], count)
    elif "--postgresql" in sys.argv:
        measure("PostgreSQL", os.environ["SHOUNUO_DATABASE_URL"], count)
    else:
        print(
            f"recomputation; {platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        )
        with tempfile.TemporaryDirectory() as folder:
            measure("SQLite", str(Path(folder) / "bench.sqlite3"), count)
        wrapper = HERE.parent / "tools" / "with_postgres.py"
        command = [sys.executable, str(wrapper), sys.executable, __file__, "--postgresql", str(count)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
