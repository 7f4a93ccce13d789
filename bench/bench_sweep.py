"""How fast is what has come due recorded and told? `python bench/bench_sweep.py [due] [open]`.

Takes matters in through the rows of an intake: some whose dues have passed, the others due far ahead; then times
one run of the worker's own loops: the sweep (facts, rows, alarms), the reminders, and the first step of the climbing
line. Cost should follow what is due, not what is open. Nothing passes or fails. On PostgreSQL what is not due is
copied in the database, so that a million are there in minutes.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
DUE, OPEN, BATCH = 10_000, 100_000, 1_000
NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(days=14)
"""Taken in then, a matter of four working days is late now; one taken in just now is not."""


def prepare(due: int, open_: int) -> Any:
    """An organisation with a handler, a section head and a leader, and its matters."""
    from django.core.management import call_command
    from django.db import connection

    from shounuo.ledger import triggers
    from shounuo.organisation.actions import (
        Stamp,
        appoint,
        change_unit,
        enrol,
        found_unit,
        open_account,
        open_post,
    )
    from shounuo.regulations.actions import adopt
    from shounuo.rules.loading import BUNDLED, load_pack

    call_command("migrate", verbosity=0)
    triggers.install(connection)
    stamp = Stamp("", EARLIER - timedelta(days=30))
    house = found_unit(stamp, code="qingxi", name_zh="青溪", name_en="Qingxi", kind="organisation")
    section = found_unit(
        stamp, code="metrology", name_zh="计量科", name_en="Metrology", kind="section", parent=house
    )
    staff = ""
    for number, role in enumerate(("handler", "section_head", "leader_in_charge"), 1):
        person = enrol(stamp, house, str(number), role)
        post = open_post(stamp, section, role, [role])
        appoint(stamp, person, post, date(2026, 1, 1))
        account = open_account(stamp, person, role.replace("_", "-"), "a-password-of-the-bench")
        staff = staff or account.actor
    section = change_unit(stamp, section, leader_post=post)
    adopt(house, load_pack(BUNDLED / "quality-bureau"), stamp.at.date(), stamp)
    take_in(house, section, staff, due, EARLIER)
    fill(house, section, staff, open_ - due, open_)
    return house


def fill(house: Any, section: Any, staff: str, ahead: int, open_: int) -> None:
    """What is not due yet: taken in, on PostgreSQL the first thousand of it, copied from then on."""
    from django.db import connection

    copied = connection.vendor == "postgresql"
    take_in(house, section, staff, min(ahead, BATCH) if copied else ahead, NOW - timedelta(hours=1))
    if copied:
        from crowd import alike

        alike(house.pk, open_)


def take_in(house: Any, section: Any, staff: str, count: int, at: datetime) -> None:
    """Applications with complete papers, through the rows of an intake."""
    from django.db import connection, transaction

    from shounuo.cases.actions.intake import Asking, _rows
    from shounuo.cases.intake_rows import insert_batch
    from shounuo.ledger.actions import new_stream
    from shounuo.organisation.actions import Stamp
    from shounuo.regulations.editions import governing

    adoption, edition = governing(house.pk, at)
    said = {"kind": "application", "channel": "window", "service": "weighing-instrument-verification",
            "words": "台秤检定", "section": section, "staff": staff, "complete": True}  # fmt: skip
    for first in range(0, count, BATCH):
        rows = []
        for i in range(first, min(first + BATCH, count)):
            taken = Stamp(staff, at - timedelta(seconds=i % 3000))
            asking = Asking(**said, key=f"{at:%d}-{i}")
            rows += _rows(house, asking, taken, "bench", adoption, edition, new_stream(taken.at), "")[0]
        with transaction.atomic():
            insert_batch(connection, rows)


def run(name: str, due: int, open_: int) -> None:
    import django

    django.setup()

    from shounuo.ledger.models import Cursor, Fact
    from shounuo.reminders.models import Reminder
    from shounuo.site import loops

    prepare(due, open_)
    loops.consume(EARLIER)  # the intakes themselves tell nobody: what reads the record goes on behind them
    last = Fact.objects.order_by("txid", "id").last()
    Cursor.objects.update(txid=last.txid, position=last.pk)
    for what, loop in (("sweep", loops.sweep), ("reminders", loops.consume), ("climbing line", loops.climb)):
        began = time.perf_counter()
        done = loop(NOW)
        took = time.perf_counter() - began
        print(f"{name:<12}{what:<15}{done:>9,} in {took:7.2f} s {done / took:>9,.0f}/s", flush=True)
    began = time.perf_counter()
    loops.sweep(NOW + timedelta(seconds=5))
    print(f"{name:<12}{'nothing due':<15}{'':>9} in {time.perf_counter() - began:7.3f} s; "
          f"{Reminder.objects.count():,} reminders", flush=True)  # fmt: skip


def measure(name: str, url: str, numbers: list[str]) -> None:
    environment = os.environ | {"SHOUNUO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "shounuo.site.settings",
                                "SHOUNUO_DEMO": "1"}  # fmt: skip
    subprocess.run([sys.executable, __file__, "--run", name, *numbers], env=environment, check=True)


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    due, open_ = (*numbers, *(DUE, OPEN)[len(numbers) :])
    said = [str(due), str(open_)]
    if "--run" in sys.argv:
        run(sys.argv[sys.argv.index("--run") + 1], due, open_)
    elif "--postgresql" in sys.argv:
        measure("PostgreSQL", os.environ["SHOUNUO_DATABASE_URL"], said)
    else:
        print(f"{due:,} due among {open_:,} open; {platform.platform()}, {os.cpu_count()} cores, "
              f"Python {platform.python_version()}")  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            measure("SQLite", str(Path(folder) / "bench.sqlite3"), said)
        wrapper = HERE.parent / "tools" / "with_postgres.py"
        subprocess.run(
            [sys.executable, str(wrapper), sys.executable, __file__, "--postgresql", *said], check=True
        )


if __name__ == "__main__":
    main()
