"""A hundred thousand or a million matters for measurements on PostgreSQL.

Every matter is a copy of one that the demonstration made through the actions: same facts, clocks and checks, all
moments moved by whole weeks, other words, name and telephone number. Hashes are copied too, so that the
record of a crowd does not verify; nothing here measures that.
"""

import uuid
from collections.abc import Iterator
from itertools import cycle, islice
from random import Random
from typing import Any

from django.db import connection

from shounuo.cases.models import Case, Words
from shounuo.cases.search import grams_of

SEED = 20130707
WEEKS = 200
OPEN_SHARE, OPEN_WEEKS = 0.05, 1
BEGAN, A_WEEK = 0x19AC00000000, 7 * 24 * 3600 * 1000
"""A moment of 2025 and a week in milliseconds, as the first 48 bits of a stream's id."""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "敏静伟强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰芳玉萍红波辉健文博雅欣怡梓涵浩宇"
PLACES = [
    "城东",
    "城西",
    "云桥路",
    "青溪镇",
    "柳林村",
    "河东街道",
    "高新区",
    "石桥乡",
    "北门市场",
    "滨江花园",
]
THINGS = [
    "台秤",
    "加油机",
    "血压计",
    "水表",
    "电能表",
    "压力表",
    "电梯",
    "锅炉",
    "起重机",
    "地磅",
    "天平",
    "燃气表",
]
MOVED = {
    "cases_case": ("received_at", "ended_at", "due_at", "judged_at", "appointed_at"),
    "ledger_fact": ("at", "recorded_at"),
    "commitments_runningclock": ("started_at", "due_at", "ended_at", "breached_at", "next_at"),
    "commitments_checkresult": ("judged_at",),
}
"""Tables that are copied, with the moments that move."""


def grow(house: int, to: int) -> int:
    """Copy matters until the organisation has `to`; returns how many it has."""
    there = Case.objects.filter(organisation=house).count()
    if there < to:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # no triggers: copies break no chain
            _copies(cursor, house, to - there, there)
            for table in MOVED:
                _copy(cursor, table)
            cursor.execute(
                "INSERT INTO cases_lookup (stream, grams, received_at) "
                "SELECT stream, grams, received_at FROM found_by JOIN cases_case USING (stream) ORDER BY id"
            )
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("VACUUM ANALYZE")
    return Case.objects.filter(organisation=house).count()


def alike(house: int, to: int) -> None:
    """Copy the last thousand open matters, changed in nothing but their ids, until `to` are open."""
    there = Case.objects.filter(organisation=house, ended_at=None).count()
    if there < to:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(
                "CREATE TEMP TABLE crowd AS SELECT gen_random_uuid() AS stream, stream AS template, 0 AS weeks FROM "
                "(SELECT stream FROM cases_case WHERE organisation_id = %s ORDER BY id DESC LIMIT 1000) AS last, "
                "generate_series(1, %s / 1000 + 1) LIMIT %s",
                [house, to - there, to - there],
            )
            for table in MOVED:
                _copy(cursor, table)
            cursor.execute("DROP TABLE crowd")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("VACUUM ANALYZE")


def _copies(cursor: Any, house: int, count: int, seed: int) -> None:
    """The plan of copies, with the words and parties of each."""
    rng = Random(SEED + seed)  # noqa: S311
    cursor.execute(
        "DROP TABLE IF EXISTS crowd; CREATE TEMP TABLE crowd (stream uuid, template uuid, weeks int)"
    )
    kept: list[tuple[uuid.UUID, str, str, str]] = []
    said = dict(Words.objects.filter(label="request").values_list("case_id", "text"))
    plan_of = _plan(_templates(house), rng)
    with cursor.cursor.copy("COPY crowd FROM STDIN") as plan:
        # in the order of receipt, with ids that grow with time, as real ones come
        for template, weeks in sorted(islice(plan_of, count), key=lambda one: -one[1]):
            stream = uuid.UUID(int=(BEGAN - weeks * A_WEEK << 80) | rng.getrandbits(80))
            plan.write_row((stream, template, weeks))
            words = f"{rng.choice(PLACES)}{said.get(template, '')[:60]}，{rng.choice(THINGS)}{rng.randint(1, 9999)}号"
            name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=2))
            kept.append((stream, words, name, f"139{rng.randint(0, 99999999):08d}"))
    _write(cursor, "cases_words (stream, seq, label, text)", ((s, 1, "request", w) for s, w, _n, _p in kept))
    _write(
        cursor,
        "cases_party (stream, name, phone, address, anonymous)",
        ((s, n, p, "", False) for s, _w, n, p in kept),
    )
    cursor.execute("DROP TABLE IF EXISTS found_by; CREATE TEMP TABLE found_by (stream uuid, grams text)")
    _write(cursor, "found_by", ((s, grams_of(w, n, p)) for s, w, n, p in kept))


def _templates(house: int) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    made = list(Case.objects.filter(organisation=house).order_by("pk")[:400])
    return [case.stream for case in made if case.ended], [case.stream for case in made if not case.ended]


def _plan(made: tuple[list[uuid.UUID], list[uuid.UUID]], rng: Random) -> Iterator[tuple[uuid.UUID, int]]:
    """(template, weeks back): mostly ended matters of four years, some open ones of this week."""
    ended, live = (cycle(one) for one in made)
    while True:
        is_open = rng.random() < OPEN_SHARE
        yield next(live if is_open else ended), rng.randint(0, OPEN_WEEKS if is_open else WEEKS)


def _write(cursor: Any, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _copy(cursor: Any, table: str) -> None:
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    columns = [name for (name,) in cursor.fetchall() if name not in ("id", "stream", "outside")]
    moved = [
        f"t.{one} - make_interval(weeks => c.weeks)" if one in MOVED[table] else f"t.{one}" for one in columns
    ]
    cursor.execute(
        f"INSERT INTO {table} (stream, {', '.join(columns)}) SELECT c.stream, {', '.join(moved)} "  # noqa: S608
        f"FROM crowd c JOIN {table} t ON t.stream = c.template"
    )
