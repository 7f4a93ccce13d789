"""`shounuo demo`: an invented organisation with a month of work, served on this machine."""

import os
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer

from shounuo.site.commands import start
from shounuo.site.demo.cast import DEFAULT, looks_built, organisations, read

WORDS = {
    "organisation": "单位、人员、制度 / organisation, people, regulation",
    "matters": "一个月的事项 / a month of matters",
    "import": "导入示例数据 / importing example requests",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    org: Annotated[str, typer.Option(help="which organisation: the id of its pack")] = DEFAULT,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="remove the demonstration and build it again")
    ] = False,
    most: Annotated[int, typer.Option(help="build at most so many matters; 0: all", min=0)] = 0,
    port: Annotated[int, typer.Option(help="port on 127.0.0.1", min=1, max=65535)] = 8000,
    serve: Annotated[bool, typer.Option(help="serve it after building")] = True,
) -> None:
    """Build the demonstration if it is not there, then serve it on this machine until Ctrl-C."""
    from shounuo.site.demo import running

    if org not in organisations():
        there = "、".join(organisations())
        raise OSError(
            f"没有演示单位“{org}”，现有：{there} / no organisation “{org}” to show; there are: {there}"
        )
    if serve and not running.port_is_free(port):
        raise OSError(
            f"端口 {port} 已被占用，请用 --port 换一个 / port {port} is in use, choose another with --port"
        )
    os.environ.setdefault("SHOUNUO_ADDRESS", f"http://127.0.0.1:{port}")
    file = _settings(org, fresh)
    if not file or not looks_built(file, read(org)):
        start.django()
        _build(org, most)
    if serve:
        raise typer.Exit(running.run(port, lambda: _welcome(org, port), typer.echo))


def _settings(org: str, fresh: bool) -> Path | None:
    """The demonstration's own mode, zone and database, before the settings are read; its file, if it is one."""
    cast = read(org)
    os.environ["SHOUNUO_DEMO"] = "1"
    os.environ["SHOUNUO_ORGANISATION"] = cast["house"]["code"]
    if "time_zone" in cast:
        os.environ["SHOUNUO_TIME_ZONE"] = cast["time_zone"]
    given = os.environ.get("SHOUNUO_DATABASE_URL", "")
    if not given:
        given = str(Path(os.environ.get("SHOUNUO_VAR") or "var") / f"demo-{org}.sqlite3")
        os.environ["SHOUNUO_DATABASE_URL"] = given
    file = _file(given)
    if fresh:
        _remove(file)
    return file


def _file(url: str) -> Path | None:
    """The SQLite file that a database address names; None for PostgreSQL."""
    if url.startswith(("postgresql:", "postgres:")):
        return None
    return Path(unquote(urlsplit(url).path)[1:] if url.startswith("sqlite://") else url)


def _remove(file: Path | None) -> None:
    if file is None:
        raise OSError("--fresh removes a SQLite file only; give the name of an empty PostgreSQL database")
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _build(org: str, most: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from shounuo.ledger import triggers
    from shounuo.rules.calendars import OutOfCoverage
    from shounuo.site.checks import not_migrated
    from shounuo.site.demo import building

    if not_migrated(connection) or _migrations_wait():
        typer.echo("准备数据库 / preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        triggers.install(connection)
    try:
        built = building.build(timezone.now(), _say, org, most)
    except OutOfCoverage as error:
        raise OSError(
            f"{error}：请换用日历更新的版本 / use a newer version, whose calendars reach today"
        ) from None
    if built:
        more = f"，导入 {built.imported} 件" if built.imported else ""
        also = f", imported {built.imported}" if built.imported else ""
        typer.echo(f"建成：{built.matters} 件事项{more} / built {built.matters} matters{also}")
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


def _welcome(org: str, port: int) -> None:
    home, cast = f"http://127.0.0.1:{port}", read(org)
    house, password = cast["house"], cast["password"]
    others = " ".join(one for one in organisations() if one != org)
    typer.echo(
        f"\n守诺演示已启动（{house['zh']}）：{home}/\n"
        f"谁可以登录：{home}/who/ （点名字即可；密码都是 {password}）\n"
        f"人员、单位和事项都是虚构的。按 Ctrl-C 停止；重新生成用 --fresh；其他单位用 --org：{others}\n"
        f"\nThe demonstration is running ({house['en']}): {home}/\n"
        f"Who can sign in: {home}/who/ (one click; password {password})\n"
        f"People, organisation and matters are invented. Ctrl-C stops it; --fresh builds it again; --org shows "
        f"another: {others}\n"
    )
