"""One moment of the database, held still while it is read, with writers going on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, connections, transaction

COPY = "snapshot"


@contextmanager
def snapshot(beside: Path) -> Iterator[str]:
    """The alias of a connection that sees one committed moment.

    SQLite: the online backup makes a copy in one step (in WAL mode writers go on meanwhile) in a folder in
    `beside`; reading the database itself for minutes would let its WAL grow. PostgreSQL: one transaction,
    REPEATABLE READ and read only.
    """
    if connection.vendor == "sqlite":
        with TemporaryDirectory(prefix=".shounuo-backup-", dir=beside) as folder:
            yield from _copied(Path(folder) / "copy.sqlite3")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield "default"


def _copied(path: Path) -> Iterator[str]:
    """A copy under an alias of its own, gone afterwards."""
    import sqlite3

    connection.ensure_connection()
    copy = sqlite3.connect(path)
    try:
        connection.connection.backup(copy)
    except sqlite3.Error as error:
        raise OSError(f"{path.parent}: {error}") from error
    finally:
        copy.close()
    connections.databases[COPY] = connection.settings_dict | {"NAME": str(path)}
    try:
        yield COPY
    finally:
        connections[COPY].close()
        del connections[COPY], connections.databases[COPY]
