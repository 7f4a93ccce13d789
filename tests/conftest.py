"""Fixtures for all tests: a database with its triggers, moments, and the cast.

The same tests run on SQLite and PostgreSQL: SHOUNUO_DATABASE_URL decides. Tests marked `postgresql` are
left out on SQLite (the second pass of `make test` runs them); tests that use a database carry the mark
`database` by themselves.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from shounuo.organisation.access import Actor, actor_for
from shounuo.organisation.actions import (
    Stamp,
    appoint,
    change_unit,
    enrol,
    found_unit,
    open_account,
    open_post,
)
from shounuo.organisation.models import Person, Unit
from tests import clusters, snapshot

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "client", "live_server"}
FOUNDED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
PASSWORD = "qingxi-2026-test"

UNITS = {  # code: (names, kind)
    "qingxi": ("青溪市质量服务中心", "Qingxi Quality Service Centre", "organisation"),
    "window": ("窗口服务科", "Window Services Section", "section"),
    "metrology": ("计量科", "Metrology Section", "section"),
    "standards": ("标准化科", "Standardisation Section", "section"),
    "office": ("办公室", "General Office", "section"),
    "discipline": ("纪检组", "Discipline Inspection Team", "section"),
}
CAST_ROWS: list[snapshot.Rows] = []
CAST = {  # sign-in name: (name, English, unit, post, rank, roles)
    "zhou": ("周倩", "Zhou Qian", "window", "首问岗", "staff", ["first_asked_clerk"]),
    "wang": ("王敏", "Wang Min", "metrology", "计量承办岗", "staff", ["handler"]),
    "li": ("李强", "Li Qiang", "metrology", "计量承办岗（二）", "staff", ["handler"]),
    "zhao": ("赵立", "Zhao Li", "metrology", "科长", "section_head", ["section_head"]),
    "chen": ("陈国安", "Chen Guo'an", "qingxi", "副局长", "leadership", ["leader_in_charge"]),
    "sun": ("孙丽", "Sun Li", "office", "服务办主任", "section_head", ["service_office", "duty_supervisor"]),
    "he": ("何正", "He Zheng", "discipline", "纪检组长", "section_head", ["discipline", "section_head"]),
    "wu": ("吴凡", "Wu Fan", "office", "系统管理岗", "staff", ["administrator"]),
    "zheng": ("郑清", "Zheng Qing", "office", "审计岗", "staff", ["auditor"]),
}


class Cast:
    """The organisation of the tests: `cast.house`, `cast.units["metrology"]`, `cast.people["wang"]`."""

    def __init__(self, units: dict[str, Unit], people: dict[str, Person]) -> None:
        self.units, self.people, self.house = units, people, units["qingxi"]

    def actor(self, name: str, at: datetime = FOUNDED) -> Actor:
        """The named person as views see them at `at`."""
        account = self.people[name].account
        assert account is not None
        return actor_for(account, at)

    def id(self, name: str) -> str:
        """The opaque id under which the ledger knows the named person."""
        account = self.people[name].account
        assert account is not None
        return account.actor


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses a database; leave out what needs PostgreSQL when there is none."""
    from django.db import connection

    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")
    if connection.vendor != "postgresql":
        left_out = [item for item in items if item.get_closest_marker("postgresql")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """The tests' database is in this process's own cluster."""
    from django.db import connection

    if connection.vendor == "postgresql" and clusters.own():
        connection.settings_dict["HOST"] = clusters.own()


def drop_triggers() -> None:
    """What somebody with the database's own password can do; also needed to empty tables between tests."""
    from django.db import connection

    from shounuo.ledger import triggers

    with connection.cursor() as cursor:
        for table in triggers.TABLES:
            place = f" ON {table}" if connection.vendor == "postgresql" else ""
            for verb in triggers.verbs(connection.vendor):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{place}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, with the record's triggers put back after migrations as `shounuo migrate` does."""
    from django.db import connection
    from django.test import TransactionTestCase

    from shounuo.ledger import triggers

    empty_tables = TransactionTestCase._fixture_teardown

    def empty_tables_without_triggers(case: TransactionTestCase) -> None:
        drop_triggers()
        empty_tables(case)
        triggers.install(connection)

    with django_db_blocker.unblock():
        triggers.install(connection)
    TransactionTestCase._fixture_teardown = empty_tables_without_triggers
    yield
    TransactionTestCase._fixture_teardown = empty_tables


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tables and nothing in them, to be copied: making them takes a second."""
    file = tmp_path_factory.mktemp("tables") / "shounuo.sqlite3"
    env = os.environ | {"SHOUNUO_DATABASE_URL": str(file), "SHOUNUO_VAR": str(file.parent)}
    subprocess.run([sys.executable, "-m", "shounuo.site.cli", "migrate", "--quiet"], env=env, check=True)
    return file


@pytest.fixture
def no_triggers(db: None) -> None:
    """A database whose record can be tampered with."""
    drop_triggers()


@pytest.fixture(autouse=True)
def chinese_to_begin_with() -> None:
    """The language of the last page that a test asked for is not the next test's."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing passwords slowly is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def now() -> datetime:
    """A moment at which everybody of the cast is in post: Wednesday 11 November 2026, 10:00 in Shanghai."""
    return datetime(2026, 11, 11, 2, 0, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """An invented organisation with its people, made through the actions; once, and its rows put back afterwards."""
    if not CAST_ROWS:
        before = {rows.table for rows in snapshot.filled()}
        made = make_cast(Stamp("", FOUNDED, marks="demo"))
        if not {"organisation_unit", "ledger_fact"} & before:
            CAST_ROWS.extend(rows for rows in snapshot.filled() if rows.table not in before)
        return made
    snapshot.put_back(CAST_ROWS)
    people = {person.account.sign_in_name: person for person in Person.objects.select_related("account")}
    return Cast({unit.code: unit for unit in Unit.objects.all()}, {name: people[name] for name in CAST})


def make_cast(stamp: Stamp) -> Cast:
    """Found the units, open the posts, appoint the people, open their accounts."""
    units: dict[str, Unit] = {}
    for code, (zh, en, kind) in UNITS.items():
        units[code] = found_unit(
            stamp,
            code=code,
            name_zh=zh,
            name_en=en,
            kind=kind,
            parent=units.get("qingxi"),
            phone="0000-8800 100",
        )
    people: dict[str, Person] = {}
    for number, (sign_in, (zh, en, unit, title, rank, roles)) in enumerate(CAST.items(), 1):
        person = enrol(stamp, units["qingxi"], f"Q{number:03d}", zh, en)
        post = open_post(stamp, units[unit], title, roles, rank)
        appoint(stamp, person, post, date(2026, 1, 1))
        open_account(stamp, person, sign_in, PASSWORD)
        people[sign_in] = person
        if sign_in == "chen":
            change_unit(stamp, units["metrology"], leader_post=post)
    return Cast(units, people)
