"""From a backup to an empty database, verified before anything counts."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from pydantic import ValidationError

from shounuo.ledger import triggers
from shounuo.ledger.verifying import verify
from shounuo.organisation.refusals import NotPossible
from shounuo.site.backups.manifest import FORMAT, NAME, Manifest, Table, record_of
from shounuo.site.backups.saving import Report, rows_of
from shounuo.site.backups.sealing import Unsealed, is_sealed
from shounuo.site.backups.values import Column, canonical, for_postgresql, for_sqlite
from shounuo.site.streams import say_fault

ROWS_AT_ONCE = 1000
NUMBERED = ("ledger_fact", "ledger_cursor")
"""Tables that hold numbers of the old database's transactions (see `ledger.restoring`)."""


def restore(path: Path, key: str, report: Report, damaged_too: bool = False) -> Manifest:
    """Load a backup into the empty database of this installation, all of it or nothing.

    In one transaction: every row is loaded, read back and compared with the manifest's digests, the heads of
    all chains are compared with its root, and every chain is walked. Then newer migrations run and the
    record's triggers are in their place. A record that was damaged before the backup was made is refused,
    unless `damaged_too`. Raises NotPossible.
    """
    with path.open("rb") as raw:
        archive = _archive(raw, key)
        made = _manifest(archive)
        _assert_fits(made)
        executor = MigrationExecutor(connection)
        _assert_empty(made, executor)
        executor.migrate(_targets(executor, made))
        _load_all(archive, made, executor, report, damaged_too)
    call_command("migrate", interactive=False, verbosity=0)
    triggers.install(connection)
    return made


def read_manifest(path: Path, key: str) -> Manifest:
    """What a backup says of itself. Raises NotPossible when it cannot be read."""
    with path.open("rb") as raw:
        return _manifest(_archive(raw, key))


def _archive(raw: BinaryIO, key: str) -> ZipFile:
    inside: Any = raw
    if is_sealed(raw):
        if not key:
            raise NotPossible(_("这份备份是加密的：请用 SHOUNUO_BACKUP_KEY 给出做备份时的密钥"))
        inside = Unsealed(raw, key)
    try:
        return ZipFile(inside)
    except BadZipFile:
        raise NotPossible(_("这不是完整的备份文件（可能传输时被截断）")) from None


def _manifest(archive: ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(NAME))
        if said.get("format") != FORMAT:
            raise NotPossible(_("备份的格式 %(format)s 这个版本读不了") % {"format": said.get("format")})
        return Manifest.model_validate(said)
    except (KeyError, BadZipFile, ValidationError, json.JSONDecodeError):
        raise NotPossible(_("备份里的清单读不出来：文件已损坏，或不是守诺的备份")) from None


def _assert_fits(made: Manifest) -> None:
    if made.time_zone != settings.TIME_ZONE:
        words = _("备份的时区是 %(zone)s，这里是 %(here)s：请设 SHOUNUO_TIME_ZONE=%(zone)s")
        raise NotPossible(words % {"zone": made.time_zone, "here": settings.TIME_ZONE})


def _assert_empty(made: Manifest, executor: MigrationExecutor) -> None:
    """The database has no rows of ours, and no tables of another version."""
    unknown = [name for name in made.migrations if name not in executor.loader.disk_migrations]
    if unknown:
        words = _("备份是用更新的版本 %(version)s 做的：请安装那个版本再恢复")
        raise NotPossible(words % {"version": made.product})
    there = set(connection.introspection.table_names())
    full = [table.name for table in made.tables if table.name in there and _has_rows(table.name)]
    if full:
        words = _("只能恢复到空的数据库：%(database)s 里的表 %(table)s 已有内容")
        raise NotPossible(words % {"database": connection.settings_dict["NAME"], "table": full[0]})
    applied = {name for name in executor.loader.applied_migrations if name in executor.loader.disk_migrations}
    if applied and applied != set(made.migrations):
        raise NotPossible(_("数据库里已有另一个版本的表：请换一个没有表的数据库"))


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def _targets(executor: MigrationExecutor, made: Manifest) -> list[tuple[str, str]]:
    """The newest of the backup's migrations in each app."""
    had = set(made.migrations)
    graph = executor.loader.graph
    newest = [
        node
        for node in made.migrations
        if not any(child.key[0] == node[0] and child.key in had for child in graph.node_map[node].children)
    ]
    return newest if not executor.loader.applied_migrations else []


@transaction.atomic
def _load_all(
    archive: ZipFile, made: Manifest, executor: MigrationExecutor, report: Report, damaged_too: bool
) -> None:
    registry = executor.loader.project_state(list(made.migrations)).apps
    shift = made.record.newest_txid + 1 if made.record.newest_txid > 0 else 0
    for table in made.tables:
        _load(archive, table, shift if table.name in NUMBERED else 0)
        report(table.name, table.rows)
    classes = [registry.get_model(table.model) for table in made.tables]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), classes):
            cursor.execute(statement)
    for table, model in zip(made.tables, classes, strict=True):
        _compare(table, model, shift if table.name in NUMBERED else 0)
    _compare_record(made)
    fault = None if damaged_too else verify().fault
    if fault:
        words = _("备份做成之前记录就已损坏：%(fault)s。什么都没有保留；仍要恢复请加 --damaged-too")
        raise NotPossible(words % {"fault": say_fault(fault)})


def _load(archive: ZipFile, table: Table, shift: int) -> None:
    """Insert the rows of one table, and compare what the file held with the manifest."""
    held = [Column(*column) for column in table.columns]
    digest, count = hashlib.sha256(), 0
    with archive.open(f"tables/{table.name}.jsonl") as lines:
        while part := [json.loads(line) for line in islice(lines, ROWS_AT_ONCE)]:
            for row in part:
                digest.update(canonical(row))
            count += len(part)
            _insert(table.name, held, _shifted(held, part, -shift))
    if (count, digest.hexdigest()) != (table.rows, table.digest):
        raise NotPossible(_("备份里的表 %(table)s 与清单不符：文件已损坏") % {"table": table.name})


def _shifted(held: Sequence[Column], rows: list[list[Any]], by: int) -> list[list[Any]]:
    """Rows with the transaction's number moved: new transactions of this database count as later ones."""
    if by:
        place = next(i for i, column in enumerate(held) if column.name == "txid")
        for row in rows:
            row[place] += by
    return rows


def _insert(table: str, held: list[Column], rows: list[list[Any]]) -> None:
    names = ", ".join(connection.ops.quote_name(column.name) for column in held)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            said = json.dumps([for_postgresql(held, row) for row in rows], ensure_ascii=False)
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)",  # noqa: S608
                [said],
            )
        else:
            marks = ", ".join(["%s"] * len(held))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                [for_sqlite(table, held, row) for row in rows],
            )


def _compare(table: Table, model: Any, shift: int) -> None:
    """Read a table back and compare every row with the manifest."""
    held, digest = [Column(*column) for column in table.columns], hashlib.sha256()
    for row in _restored(model, held, shift):
        digest.update(canonical(row))
    if digest.hexdigest() != table.digest:
        raise NotPossible(_("恢复后的表 %(table)s 与备份不一致，什么都没有保留") % {"table": table.name})


def _restored(model: Any, held: list[Column], shift: int) -> Iterator[list[Any]]:
    for row in rows_of(model, held, "default"):
        yield from _shifted(held, [row], shift)


def _compare_record(made: Manifest) -> None:
    """The heads of all chains are the manifest's."""
    record = record_of("default", made.record.facts)
    if (record.root, record.streams) != (made.record.root, made.record.streams):
        raise NotPossible(_("各条记录链的末端与备份的清单不符，什么都没有保留"))
