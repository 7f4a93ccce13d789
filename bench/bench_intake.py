"""How many matters can be taken in a second through HTTP, beside a bare one-INSERT view on the same server and
database? Prints a table for SQLite, and for PostgreSQL when run under tools/with_postgres.py or with a server.
"""

import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROUNDS, SECONDS, CLIENTS, WORKERS = 3, 4.0, 4, 2
BODY = json.dumps(
    {"words": "台秤检定，一台，最大秤量一百五十千克", "name": "城东粮油店", "phone": "139 0000 2207"}
).encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seed() -> None:
    """Run inside the measured environment: tables, an organisation, the adopted edition."""
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from shounuo.ledger import triggers
    from shounuo.organisation.actions import Stamp, found_unit
    from shounuo.regulations.actions import adopt
    from shounuo.rules.loading import BUNDLED, load_pack

    call_command("migrate", verbosity=0)
    triggers.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (stream varchar(32), words text, at varchar(40))")
    stamp = Stamp("", timezone.now() - timedelta(days=30))
    house = found_unit(stamp, code="qingxi", name_zh="青溪", name_en="Qingxi", kind="organisation")
    found_unit(stamp, code="metrology", name_zh="计量科", name_en="Metrology", kind="section", parent=house)
    adopt(house, load_pack(BUNDLED / "quality-bureau"), stamp.at.date(), stamp)


def measure(name: str, url: str) -> None:
    environment = os.environ | {"SHOUNUO_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.intake_settings",
                                "SHOUNUO_DEMO": "1", "PYTHONPATH": str(HERE.parent)}  # fmt: skip
    subprocess.run([sys.executable, __file__, "--seed"], env=environment, check=True)
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
               "--workers", str(WORKERS), "--blocking-threads", "2", "--no-ws", "--log-level", "error",
               "bench.intake_site:application"]  # fmt: skip
    server = subprocess.Popen(command, env=environment, cwd=HERE.parent)
    try:
        wait_for(port)
        report(name, port)
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def report(name: str, port: int) -> None:
    from load import requests_per_second

    for path in ("/bare/", "/whole/"):
        requests_per_second(port, path, BODY, 1.0, CLIENTS)
    rounds = [
        [requests_per_second(port, path, BODY, SECONDS, CLIENTS) for path in ("/bare/", "/whole/")]
        for _ in range(ROUNDS)
    ]
    shares = [whole[0] / bare[0] for bare, whole in rounds]
    for column, label in ((0, "bare one-INSERT view"), (1, "whole intake")):
        speeds = [one[column][0] for one in rounds]
        waits = [one[column][1] for one in rounds]
        print(f"{name:<12}{label:<24}{median(speeds):>8.0f}/s  ({min(speeds):.0f}-{max(speeds):.0f})"
              f"   median wait {median(waits):.1f} ms")  # fmt: skip
    print(
        f"{name:<12}{'share of the bare view':<24}{median(shares):>8.1%}   ({min(shares):.1%}-{max(shares):.1%})"
    )


def main() -> None:
    print(f"intake; {platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
          f"{WORKERS} server processes, {CLIENTS} clients, {ROUNDS} rounds of {SECONDS:.0f} s")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", str(Path(folder) / "bench.sqlite3"))
    url = os.environ.get("SHOUNUO_DATABASE_URL", "")
    if url.startswith("postgresql"):
        measure("PostgreSQL", url)
    elif "--within" not in sys.argv:
        wrapper = HERE.parent / "tools" / "with_postgres.py"
        subprocess.run([sys.executable, str(wrapper), sys.executable, __file__, "--postgresql"], check=True)


if __name__ == "__main__":
    if "--seed" in sys.argv:
        seed()
    elif "--postgresql" in sys.argv:
        measure("PostgreSQL", os.environ["SHOUNUO_DATABASE_URL"])
    else:
        main()
