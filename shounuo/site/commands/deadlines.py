"""`shounuo deadlines`: the deadline engine for other systems."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("deadlines")(deadlines)


def deadlines(
    calendars: Annotated[
        Path, typer.Option(help="JSON file: calendar name -> calendar", exists=True, dir_okay=False)
    ],
) -> None:
    """Read one JSON object a line from standard input; write one due instant a line to standard output."""
    from shounuo.rules.deadlines import exchange
    from shounuo.rules.deadlines.instants import InputError

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        exchange.run(calendars, sys.stdin.buffer, sys.stdout)
    except InputError as error:
        raise SystemExit(f"shounuo: {calendars}: {error}") from None
