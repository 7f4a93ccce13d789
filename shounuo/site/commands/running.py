"""`shounuo serve` and `shounuo work`."""

import socket
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
    """Serve the pages; refuses to start on a database that is weaker than the record needs."""
    start.django()
    from django.db import connection
    from granian.constants import Interfaces
    from granian.server import Server

    from shounuo.site.checks import assert_safe

    assert_safe(connection)
    assert_free(host, port)
    connection.close()
    Server(
        "shounuo.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
    ).serve()


def assert_free(host: str, port: int) -> None:
    """Raise OSError when another listens there: granian would share the port with it and say nothing."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise OSError(
                f"cannot listen on {host} port {port}: {error.strerror}; choose another --port"
            ) from None


def work(
    once: Annotated[bool, typer.Option("--once", help="one round of everything, then stop")] = False,
) -> None:
    """Run the loops: hand facts out to consumers, sweep the clocks, forget old drafts."""
    start.django()
    from django.db import connection

    from shounuo.site import loops
    from shounuo.site.checks import assert_safe

    assert_safe(connection)
    if once:
        loops.one_round()
    else:
        loops.run_until_stopped()
