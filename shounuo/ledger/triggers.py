"""Triggers that refuse to change or remove facts, on both databases.

Django rebuilds a SQLite table on some migrations and silently drops its triggers: `install` runs again
after every migration, and nothing serves or works while `missing` names one.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_fact",)
FUNCTION = """CREATE OR REPLACE FUNCTION shounuo_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the record is append-only: % of % is refused', TG_OP, TG_TABLE_NAME; END $$"""


def verbs(vendor: str) -> tuple[str, ...]:
    """The statements that are refused; SQLite knows no TRUNCATE."""
    return ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")


def install(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = TABLES) -> None:
    """Put every trigger in its place; those that are there stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table in tables:
            for verb in verbs(connection.vendor):
                cursor.execute(_statement(connection.vendor, table, verb))


def missing(connection: BaseDatabaseWrapper, tables: tuple[str, ...] = TABLES) -> list[str]:
    """The names of triggers that are absent or switched off."""
    wanted = [f"{table}_no_{verb}" for table in tables for verb in verbs(connection.vendor)]
    question = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in there]


def _statement(vendor: str, table: str, verb: str) -> str:
    """One CREATE TRIGGER; PostgreSQL refuses the whole statement, so also one that would hit no row."""
    name = f"{table}_no_{verb}"
    if vendor == "postgresql":
        return (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION shounuo_refuse()"
        )
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the record is append-only: {verb} of {table} is refused'); END"
    )
