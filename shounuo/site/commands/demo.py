"""`shounuo demo`: an invented organisation with a month of work, served on this machine."""

import os
from pathlib import Path
from typing import Annotated

import typer

from shounuo.site.commands import start

WORDS = {
    "organisation": "单位、人员、制度 / organisation, people, regulation",
    "matters": "一个月的事项 / a month of matters",
    "import": "导入波士顿 311 示例数据 / importing the Boston 311 example",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    fresh: Annotated[
        bool, typer.Option("--fresh", help="remove the demonstration and build it again")
    ] = False,
    port: Annotated[int, typer.Option(help="port on 127.0.0.1", min=1, max=65535)] = 8000,
    serve: Annotated[bool, typer.Option(help="serve it after building")] = True,
) -> None:
    """Build the demonstration if it is not there, then serve it on this machine until Ctrl-C."""
    from shounuo.site.demo import running

    if serve and not running.port_is_free(port):
        raise OSError(
            f"端口 {port} 已被占用，请用 --port 换一个 / port {port} is in use, choose another with --port"
        )
    _settings(fresh)
    start.django()
    _build()
    if serve:
        raise typer.Exit(running.run(port, lambda: _welcome(port), typer.echo))


def _settings(fresh: bool) -> None:
    """The demonstration's own mode and database, before the settings are read."""
    os.environ["SHOUNUO_DEMO"] = "1"
    given = os.environ.get("SHOUNUO_DATABASE_URL", "")
    if not given:
        given = str(Path(os.environ.get("SHOUNUO_VAR") or "var") / "demo.sqlite3")
        os.environ["SHOUNUO_DATABASE_URL"] = given
    if fresh:
        _remove(given)


def _remove(url: str) -> None:
    if url.startswith(("postgresql:", "postgres:")):
        raise OSError("--fresh removes a SQLite file only; give the name of an empty PostgreSQL database")
    from shounuo.site.config import sqlite

    file = Path(sqlite(url)["NAME"])
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _build() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from shounuo.ledger import triggers
    from shounuo.site.checks import not_migrated
    from shounuo.site.demo import building

    if not_migrated(connection) or _migrations_wait():
        typer.echo("准备数据库 / preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        triggers.install(connection)
    built = building.build(timezone.now(), _say)
    if built:
        typer.echo(
            f"建成：{built.matters} 件事项，导入 {built.imported} 件 / "
            f"built {built.matters} matters, imported {built.imported}"
        )
    connection.close()


def _migrations_wait() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _say(what: str, done: int, of: int) -> None:
    counted = f" {done}/{of}" if of > 1 else ""
    if of > 1 or done == 0:
        typer.echo(f"  {WORDS[what]}{counted}")


def _welcome(port: int) -> None:
    from shounuo.site.demo.house import read

    home = f"http://127.0.0.1:{port}"
    password = read("cast.yaml")["password"]
    typer.echo(
        f"\n守诺演示已启动：{home}/　　　谁可以登录：{home}/who/ （点名字即可；密码都是 {password}）\n"
        f"人员、单位和事项都是虚构的。按 Ctrl-C 停止；重新生成用 --fresh。\n"
        f"\nThe demonstration is running: {home}/      Who can sign in: {home}/who/ (one click; password {password})\n"
        f"People, organisation and matters are invented. Ctrl-C stops it; --fresh builds it again.\n"
    )
