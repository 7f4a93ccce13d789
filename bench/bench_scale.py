"""How long do the work list, a case page, search and the tables take among 100,000 and 1,000,000 matters?

    python bench/bench_scale.py [SIZE …]        on PostgreSQL, in a temporary cluster (tools/with_postgres.py)

Server time of whole pages (middleware, judgement, template), one after the other in one process.
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

HERE = Path(__file__).resolve().parent
SIZES = (100_000, 1_000_000)
ROUNDS = 40
SEED = 7


def main() -> None:
    import django

    django.setup()
    from crowd import grow
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from shounuo.ledger import triggers
    from shounuo.organisation.models import Unit
    from shounuo.site.demo.building import build

    call_command("migrate", verbosity=0)
    triggers.install(connection)
    began = time.perf_counter()
    build(timezone.now())
    house = Unit.objects.organisations().get(code="qingxi")
    print(f"scale; {platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"PostgreSQL {connection.pg_version // 10000}; demonstration in {time.perf_counter() - began:.0f} s")  # fmt: skip
    for size in [int(one) for one in sys.argv[1:] if one.isdecimal()] or SIZES:
        began = time.perf_counter()
        there = grow(house.pk, size)
        print(f"-- {there:,} matters (made in {time.perf_counter() - began:.0f} s)", flush=True)
        measure(house)


def measure(house: Any) -> None:
    from django.test import Client

    browsers = {who: Client(headers={"host": "127.0.0.1"}) for who in ("wang", "sun", "chen", "tang")}
    for who, browser in browsers.items():
        from shounuo.organisation.models import Account

        browser.force_login(Account.objects.get(sign_in_name=who))
    for label, who, path in pages(house):
        timed(label, lambda who=who, path=path: browsers[who].get(path()))  # type: ignore[misc]
    public = Client(headers={"host": "127.0.0.1"})
    timed("wall of promises (public)", lambda: public.get("/"))


def pages(house: Any) -> list[tuple[str, str, Callable[[], str]]]:
    """(what, who looks, address of the next round)."""
    from shounuo.cases.models import Case

    rng = Random(SEED)  # noqa: S311
    highest = Case.objects.order_by("-pk").first().pk
    numbers = [
        case.number
        for case in Case.objects.filter(
            organisation=house, pk__in=[rng.randrange(highest) for _ in range(ROUNDS * 3)]
        )
    ]
    a_name = lambda: rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=2))  # noqa: E731
    a_phone = lambda: f"139{rng.randint(0, 99999999):08d}"  # noqa: E731
    from crowd import GIVEN, PLACES, SURNAMES, THINGS

    return [
        ("today (handler)", "wang", lambda: "/desk/"),
        ("work list, all (service office)", "sun", lambda: "/desk/matters/"),
        ("work list, open by due", "sun", lambda: "/desk/matters/?state=open&sort=due"),
        ("work list, one section, ended", "sun", lambda: "/desk/matters/?section=metrology&state=ended"),
        ("work list (handler: own section)", "wang", lambda: "/desk/matters/"),
        ("work list, page 15", "sun", lambda: "/desk/matters/?page=15"),
        ("case page", "sun", lambda: f"/desk/matters/{rng.choice(numbers)}/"),
        ("search, a common word", "sun", lambda: f"/desk/matters/?q={rng.choice(THINGS)}"),
        ("search, a word in every matter", "sun", lambda: "/desk/matters/?q=检定"),
        ("search, two words", "sun", lambda: f"/desk/matters/?q={rng.choice(PLACES)}+{rng.choice(THINGS)}"),
        ("search, a full name", "sun", lambda: f"/desk/matters/?q={a_name()}"),
        ("search, a telephone number", "sun", lambda: f"/desk/matters/?q={a_phone()}"),
        ("search, nothing found", "sun", lambda: "/desk/matters/?q=量子纠缠"),
        ("search, a common word (handler)", "wang", lambda: f"/desk/matters/?q={rng.choice(THINGS)}"),
        ("board of what will be late", "chen", lambda: "/desk/board/"),
        ("clause matrix, this month", "sun", lambda: f"/regulations/{adoption_of(house)}/matrix/"),
        ("fulfilment table, this month", "sun", lambda: "/promises-table/"),
        ("fulfilment table, everything", "sun", lambda: "/promises-table/?since=2020-01-01&until=2027-12-31"),
    ]  # fmt: skip


def adoption_of(house: Any) -> int:
    from shounuo.regulations.models import Adoption

    return Adoption.objects.filter(organisation=house, purpose="").latest("pk").pk


def timed(label: str, ask: Callable[[], Any]) -> None:
    """Print the median and the 95th percentile of one kind of page."""
    ask()
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = ask()
        spent.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, (label, answer.status_code)
        if sum(spent) > 20_000:
            break
    p95 = quantiles(spent, n=20)[-1] if len(spent) > 2 else max(spent)
    print(
        f"{label:<36}{median(spent):>9.1f} ms   p95 {p95:>8.1f}   ({min(spent):.1f}-{max(spent):.1f})",
        flush=True,
    )


if __name__ == "__main__":
    if os.environ.get("SHOUNUO_DATABASE_URL", "").startswith("postgresql"):
        os.environ |= {"DJANGO_SETTINGS_MODULE": "shounuo.site.settings", "SHOUNUO_DEMO": "1"}
        sys.path.insert(0, str(HERE.parent))
        main()
    else:
        wrapper = HERE.parent / "tools" / "with_postgres.py"
        subprocess.run([sys.executable, str(wrapper), sys.executable, __file__, *sys.argv[1:]], check=True)
