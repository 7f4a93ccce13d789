"""Start-up checks: refuse to serve with less than the record needs."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from shounuo.ledger import restoring, triggers
from shounuo.site.config import config

SQLITE_WANTED = {
    "journal_mode": ("wal",),
    "synchronous": (2, 3),
    "foreign_keys": (1,),
    "recursive_triggers": (1,),
}
SHORTEST_WAIT_MS = 20_000


def weak_settings(connection: BaseDatabaseWrapper) -> list[str]:
    """Database settings that are weaker than they must be, in words."""
    return _sqlite_faults(connection) if connection.vendor == "sqlite" else _postgresql_faults(connection)


def not_migrated(connection: BaseDatabaseWrapper) -> list[str]:
    """What `shounuo migrate` would put right: tables or triggers that are missing."""
    if triggers.TABLES[0] not in connection.introspection.table_names():
        return ["the tables are missing: run `shounuo migrate`"]
    found = [f"trigger {name} is missing: run `shounuo migrate`" for name in triggers.missing(connection)]
    if restoring.foreign(connection):
        found.append("the record comes from another PostgreSQL cluster: run `shounuo restored`")
    return found


def assert_safe(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured with all faults; called before serving and working."""
    found = weak_settings(connection) + not_migrated(connection)
    if not settings.DEMO and connection.vendor == "postgresql" and not config().key_is_shared:
        found.append("SHOUNUO_SECRET_KEY is not set, so each node would make its own")
    if found:
        raise ImproperlyConfigured("; ".join(found))


@register(Tags.database)
def database_is_safe(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The settings as a Django system check; Django runs it before each migration."""
    aliases = databases or ()
    return [
        Error(fault, id="shounuo.E001") for alias in aliases for fault in weak_settings(connections[alias])
    ]


def _sqlite_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Pragmas of this connection that are weaker than wanted."""
    found = []
    for pragma, wanted in SQLITE_WANTED.items():
        value = _answer(connection, f"PRAGMA {pragma}")
        if value not in wanted and not (pragma == "journal_mode" and value == "memory"):
            found.append(f"SQLite {pragma} is {value}, not {wanted[0]}")
    if _answer(connection, "PRAGMA busy_timeout") < SHORTEST_WAIT_MS:
        found.append("SQLite busy_timeout is below 20 seconds")
    if connection.settings_dict.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
        found.append("SQLite transactions do not begin IMMEDIATE")
    return found


def _postgresql_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Settings under which PostgreSQL acknowledges before the disk has it."""
    wanted = {"synchronous_commit": ("on", "remote_apply"), "fsync": ("on",), "full_page_writes": ("on",)}
    return [
        f"PostgreSQL {name} is {value}, not {good[0]}"
        for name, good in wanted.items()
        if (value := _answer(connection, f"SHOW {name}")) not in good
    ]


def _answer(connection: BaseDatabaseWrapper, question: str) -> Any:
    """The single value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
