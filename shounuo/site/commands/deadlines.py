"""`shounuo deadlines`: the deadline engine for other systems."""

import sys
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

    raise typer.Exit(exchange.run(calendars, sys.stdin, sys.stdout) or 0)
