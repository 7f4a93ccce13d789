"""`shounuo serve` and `shounuo work`."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from shounuo.site.commands import start


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve")(serve)
    app.command("work")(work)


def serve(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="processes", min=1)] = 1,
    threads: Annotated[int, typer.Option(help="threads in each process", min=1)] = 4,
) -> None:
    """Serve the pages; refuses to start with weak settings or a database weaker than the record needs."""
    start.django()
    from django.db import connection

    from shounuo.site import checks

    with start.users_language():
        checks.assert_listens_safely(host)
        checks.assert_safe(connection)
        assert_free(host, port)
    connection.close()
    os.execv(sys.executable, granian(host, port, workers, threads))  # noqa: S606 - the checks' memory is given back


def granian(host: str, port: int, workers: int, threads: int) -> list[str]:
    """The server in place of this process; only its workers load Django, and one that dies is started anew."""
    log = Path(__file__).resolve().parent.parent / "server_log.json"
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--respawn-failed-workers",
        "--no-ws", "--log-config", str(log), "shounuo.site.wsgi:application",
    ]  # fmt: skip


def assert_free(host: str, port: int) -> None:
    """Raise OSError when another listens there: granian would share the port with it and say nothing."""
    from django.utils.translation import gettext as _

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            words = _("不能在 %(host)s 的端口 %(port)s 上提供服务（%(why)s）：请用 --port 换一个")
            raise OSError(words % {"host": host, "port": port, "why": error.strerror}) from None


def work(
    once: Annotated[bool, typer.Option("--once", help="one round of everything, then stop")] = False,
) -> None:
    """Run the loops: hand facts out to consumers, sweep the clocks, forget old drafts."""
    start.django()
    from django.db import connection

    from shounuo.site import loops
    from shounuo.site.channels import assert_carriers
    from shounuo.site.checks import assert_safe

    with start.users_language():
        assert_safe(connection)
        assert_carriers()
    if once:
        loops.one_round()
    else:
        loops.run_until_stopped()
