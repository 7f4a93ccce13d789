"""Writing a backup: one zip file with a line of JSON a row, and a manifest; streamed, sealed when there is a key."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from shounuo.organisation.refusals import NotPossible
from shounuo.site import checks
from shounuo.site.backups import manifest as said
from shounuo.site.backups.sealing import Sealing
from shounuo.site.backups.snapshot import snapshot
from shounuo.site.backups.values import Column, canonical, columns, line, portable
from shounuo.site.durable import into_place

LEFT_OUT = {"auth", "contenttypes", "sessions", "organisation.signedin"}
"""Apps and models that no backup holds: who is signed in, and what Django makes anew by itself."""
ROWS_AT_ONCE = 2000
QUICK = 3  # zlib's level: five times as fast as the best one, a seventh larger

Report = Callable[[str, int], None]


def kept_models(registry: Any = apps) -> list[type[models.Model]]:
    """The models whose tables a backup holds, by name."""
    found = [
        model
        for model in registry.get_models(include_auto_created=True)
        if not {model._meta.app_label, model._meta.label_lower} & LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def save(to: Path | None, at: datetime, key: str, report: Report) -> said.Manifest:
    """Write the backup to a file that appears when it is whole, or to standard output when there is none.

    Raises NotPossible when the file is there already, or the database waits for migrations.
    """
    applied = _applied()
    beside = to.resolve().parent if to else settings.STATIC_ROOT.parent
    with _stream(to) as raw, snapshot(beside) as alias:
        out: Any = Sealing(raw, key) if key else raw
        made = _write(out, alias, at, applied, report)
        if key:
            out.finish()
    return made


def _applied() -> tuple[tuple[str, str], ...]:
    """The migrations that the database has had. Raises NotPossible when it waits for more."""
    loader = MigrationLoader(connection)
    if fault := checks.other_version(connection):
        raise NotPossible(fault)
    return tuple(sorted(name for name in loader.applied_migrations if name in loader.disk_migrations))


@contextmanager
def _stream(to: Path | None) -> Iterator[BinaryIO]:
    if to is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if to.exists():
        raise NotPossible(_("文件 %(file)s 已经存在，备份不会覆盖它") % {"file": to})
    with into_place(to) as file:
        yield file


def _write(out: BinaryIO, alias: str, at: datetime, applied: Any, report: Report) -> said.Manifest:
    with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=QUICK) as archive:
        tables = []
        for model in kept_models():
            tables.append(_table(archive, model, alias, at))
            report(tables[-1].name, tables[-1].rows)
        facts = next(table.rows for table in tables if table.name == "ledger_fact")
        made = said.Manifest(
            format=said.FORMAT, made_at=at, product=version("shounuo"), database=connection.vendor,
            time_zone=settings.TIME_ZONE, key=said.key_mark(), migrations=applied, tables=tuple(tables),
            record=said.record_of(alias, facts),
        )  # fmt: skip
        archive.writestr(_member(said.NAME, at), json.dumps(made.model_dump(mode="json"), indent=1))
    return made


def _member(name: str, at: datetime) -> ZipInfo:
    info = ZipInfo(name, at.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    return info


def _table(archive: ZipFile, model: type[models.Model], alias: str, at: datetime) -> said.Table:
    held, rows, digest = columns(model), 0, hashlib.sha256()
    name = model._meta.db_table
    with archive.open(_member(f"tables/{name}.jsonl", at), "w", force_zip64=True) as member:
        for row in rows_of(model, held, alias):
            rows += 1
            digest.update(canonical(row))
            member.write(line(row))
    return said.Table(
        name=name, model=model._meta.label, columns=tuple(held), rows=rows, digest=digest.hexdigest()
    )


def rows_of(model: type[models.Model], held: list[Column], alias: str) -> Iterator[list[Any]]:
    """All rows of a table as portable values, in order of their key; few in memory at a time."""
    attributes = {field.column: field.attname for field in model._meta.concrete_fields}
    found = model._base_manager.using(alias).order_by("pk").values_list(*(attributes[c.name] for c in held))
    yield from portable(held, found.iterator(chunk_size=ROWS_AT_ONCE))
