"""`shounuo backup` and `shounuo restore`."""

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from shounuo.site.commands import start


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="the file to write; - for standard output", allow_dash=True)],
    quiet: Annotated[bool, typer.Option("--quiet", help="print nothing")] = False,
) -> None:
    """Write everything that is recorded into one file, while the service runs; sealed when there is a backup key."""
    start.database()
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from shounuo.site.backups.saving import save
    from shounuo.site.config import config

    began, key = perf_counter(), config().backup_key
    with start.users_language():
        made = save(None if str(file) == "-" else file, timezone.now(), key, _report(quiet))
        if quiet:
            return
        said = {
            "rows": made.rows, "tables": len(made.tables), "facts": made.record.facts,
            "streams": made.record.streams, "root": made.record.root, "seconds": round(perf_counter() - began, 1),
        }  # fmt: skip
        _say(_("%(tables)s 张表 %(rows)s 行，%(streams)s 条链 %(facts)s 条记录，用时 %(seconds)s 秒") % said)
        _say(_("链末端的总摘要：%(root)s") % said)
        if key:
            _say(_("已用 SHOUNUO_BACKUP_KEY 加密。没有这个密钥，谁也打不开这份备份。"))
        else:
            _say(_("没有加密：文件里有姓名和电话，请像数据库一样保管；设了 SHOUNUO_BACKUP_KEY 就会加密。"))


def restore(
    file: Annotated[
        Path, typer.Argument(help="a file that `shounuo backup` wrote", exists=True, dir_okay=False)
    ],
    quiet: Annotated[bool, typer.Option("--quiet", help="print nothing")] = False,
    damaged_too: Annotated[
        bool,
        typer.Option("--damaged-too", help="also when the record was damaged before the backup was made"),
    ] = False,
) -> None:
    """Load a backup into an empty database, compare every row, and walk every chain; all of it or nothing."""
    start.django()
    from django.utils.translation import gettext as _

    from shounuo.site.backups import manifest, restoring
    from shounuo.site.config import config

    began = perf_counter()
    with start.users_language():
        made = restoring.restore(file, config().backup_key, _report(quiet), damaged_too)
        if made.key != manifest.key_mark():
            _say(_("注意：这里的 SHOUNUO_SECRET_KEY 与做备份时不同，已发出的查询码和动态口令都会失效。"))
        if quiet:
            return
        said = {"rows": made.rows, "tables": len(made.tables), "seconds": round(perf_counter() - began, 1),
                "facts": made.record.facts, "streams": made.record.streams,
                "root": made.record.root, "at": made.made_at.isoformat(timespec="seconds")}  # fmt: skip
        _say(_("%(tables)s 张表 %(rows)s 行已恢复，并与备份逐行相同，用时 %(seconds)s 秒") % said)
        _say(_("链末端的总摘要：%(root)s") % said)
        _say(_("%(streams)s 条链 %(facts)s 条记录完整；备份做于 %(at)s。每个人都要重新登录。") % said)


def _report(quiet: bool):  # type: ignore[no-untyped-def]
    """Names each table that has rows as it is done."""
    return lambda table, rows: None if quiet or not rows else _say(f"  {table} {rows}")


def _say(line: str) -> None:
    """To standard error: standard output may be the backup itself."""
    typer.echo(line, err=True)
