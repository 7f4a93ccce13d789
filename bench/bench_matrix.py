"""How fast is the clause matrix? `python bench/bench_matrix.py [clocks]` makes so many clock rows and asks its questions.

The rows lie over a year and all promises of the quality bureau's edition, 5 % of them running. For a month, a
quarter and everything: the median of the questions to the database and the cells made from them.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
CLOCKS, ROUNDS = 1_000_000, 7
NOW = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)


NUMBERS = {
    "postgresql": "SELECT g AS i FROM generate_series(0, %s) g",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %s) SELECT i FROM n",
}
SAYS = {  # vendor: (a new stream, the due instant, the due instant less six days)
    "postgresql": (
        "gen_random_uuid()",
        "timestamptz '2026-11-11 02:00+00' + ((i::bigint * 7919) %% 525600 - 500000) * interval '1 minute'",
        "due - interval '6 days'",
    ),
    "sqlite": (
        "lower(hex(randomblob(16)))",
        "datetime('2026-11-11 02:00', ((i * 7919) %% 525600 - 500000) || ' minutes')",
        "datetime(due, '-6 days')",
    ),
}


def fill(house: int, rules: list[str], count: int) -> None:
    """Clock rows by SQL: only what the matrix looks at differs from row to row."""
    from django.db import connection

    stream, due, started = SAYS[connection.vendor]
    names = " ".join(f"WHEN {n} THEN '{rule}'" for n, rule in enumerate(rules))
    now = (
        "timestamptz '2026-11-11 02:00+00'" if connection.vendor == "postgresql" else "'2026-11-11 02:00:00'"
    )
    yes, no = ("true", "false") if connection.vendor == "postgresql" else ("1", "0")
    late = f"i %% 25 = 0 AND due <= {now}"
    sql = f"""INSERT INTO commitments_runningclock (stream, rule, no, organisation_id, kind, service, handler, clause,
        words, state, started_at, due_at, provisional, ended_at, breached_at, handling, urgent)
        SELECT {stream}, CASE i %% {len(rules)} {names} END, 1, {house}, 'application', '', '', 'x', '4 working days',
        CASE WHEN due > {now} THEN 'running' WHEN {late} THEN 'met_late' ELSE 'met' END, {started}, due, {no},
        CASE WHEN due > {now} THEN NULL ELSE due END, CASE WHEN {late} THEN due ELSE NULL END, {yes}, {no}
        FROM (SELECT i, {due} AS due FROM ({NUMBERS[connection.vendor]}) numbers) rows"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [count - 1])
        cursor.execute("ANALYZE")


def run(name: str, count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from shounuo.commitments.matrix import at_risk_until, cells, counted_rules, evidence
    from shounuo.commitments.tallies import EVER, Period
    from shounuo.ledger.moments import civil
    from shounuo.organisation.actions import Stamp, found_unit
    from shounuo.regulations.actions import adopt
    from shounuo.regulations.editions import edition_of
    from shounuo.rules.loading import BUNDLED, load_pack

    call_command("migrate", verbosity=0)
    stamp = Stamp("", NOW - timedelta(days=400))
    house = found_unit(stamp, code="qingxi", name_zh="青溪", name_en="Qingxi", kind="organisation")
    edition = edition_of(adopt(house, load_pack(BUNDLED / "quality-bureau"), stamp.at.date(), stamp).pk)
    rules = counted_rules(edition)
    fill(house.pk, rules, count)
    today = civil(NOW).date()
    periods = {"month": Period(today.replace(day=1), today), "quarter": Period(today - timedelta(days=90), today),
               "everything": EVER}  # fmt: skip
    soon = at_risk_until(edition, civil(NOW))
    for label, period in periods.items():
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            found = evidence(house.pk, rules, NOW, soon, period, None)
            shown = cells(edition, found)
            times.append((time.perf_counter() - begin) * 1000)
        seen = sum(one.due + one.running for one in found.values())
        print(f"{name:<12}{label:<12}{seen:>10,} clocks, {len(shown)} clauses   median {median(times):7.0f} ms "
              f"({min(times):.0f}-{max(times):.0f})")  # fmt: skip


def measure(name: str, url: str, count: int) -> None:
    environment = os.environ | {"SHOUNUO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "shounuo.site.settings",
                                "SHOUNUO_DEMO": "1"}  # fmt: skip
    subprocess.run([sys.executable, __file__, "--run", name, str(count)], env=environment, check=True)


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    count = numbers[0] if numbers else CLOCKS
    if "--run" in sys.argv:
        run(sys.argv[sys.argv.index("--run") + 1], count)
    elif "--postgresql" in sys.argv:
        measure("PostgreSQL", os.environ["SHOUNUO_DATABASE_URL"], count)
    else:
        print(f"clause matrix, {count:,} clocks; {platform.platform()}, {os.cpu_count()} cores, "
              f"Python {platform.python_version()}")  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            measure("SQLite", str(Path(folder) / "bench.sqlite3"), count)
        wrapper = HERE.parent / "tools" / "with_postgres.py"
        command = [sys.executable, str(wrapper), sys.executable, __file__, "--postgresql", str(count)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
