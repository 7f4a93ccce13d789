"""`shounuo import requests` and `shounuo fulfilment`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from shounuo.site.commands import start

imports = typer.Typer(help="Take in what another system kept.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(imports, name="import")
    app.command("fulfilment")(fulfilment)


@imports.callback()
def _group() -> None:
    """Take in what another system kept."""


@imports.command("requests")
def requests(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, TSV, XLSX; also .gz")],
    mapping: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="mapping file, see docs/imports.md")
    ],
    unit: Annotated[str, typer.Option(help="code of the organisation or unit the matters belong to")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="read and report; record nothing")] = False,
    good_rows: Annotated[
        bool, typer.Option("--good-rows", help="record the good rows although some are bad")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Import a log of requests, or of their events. Can be repeated without doubling anything.

    With bad rows nothing is recorded unless --good-rows says so. Exit code 0: done; 1: bad rows.
    """
    start.database()
    from django.utils import timezone

    from shounuo.site import importing

    now = timezone.now()
    report = importing.run(file, mapping, unit, dry_run=dry_run, good_rows=good_rows, quiet=json, now=now)
    importing.show(report, json)
    raise typer.Exit(1 if report["bad"] and not (good_rows and report["recorded"]) else 0)


def fulfilment(
    since: Annotated[str | None, typer.Option("--from", help="received on this day or later")] = None,
    until: Annotated[str | None, typer.Option("--to", help="received on this day or earlier")] = None,
    at: Annotated[str | None, typer.Option(help="as it was at this moment, with the dues known then")] = None,
    unit: Annotated[str | None, typer.Option(help="code of a unit: it and what is below it")] = None,
    json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """How promises were kept, by promise and unit, each with its denominator."""
    start.database()
    from django.utils import timezone

    from shounuo.site import importing

    table: Any = importing.fulfilment_table(since, until, at, unit, timezone.now())
    importing.show_fulfilment(table, json)
