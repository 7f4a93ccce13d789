"""`shounuo organisation …` and `shounuo regulations …`: from nothing to the first matter without a browser."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from shounuo.site.commands import start

organisation = typer.Typer(help="Units, posts, people and accounts.", no_args_is_help=True)
regulations = typer.Typer(help="The regulations an organisation works by.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the groups."""
    app.add_typer(organisation, name="organisation")
    app.add_typer(regulations, name="regulations")


@organisation.command("load")
def load(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="YAML, see docs/operations.md")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="try everything, keep nothing")] = False,
    passwords: Annotated[
        Path | None, typer.Option(help="write the first passwords into this file instead of printing them")
    ] = None,
) -> None:
    """Take in units, people, posts and accounts. Can be repeated without doubling anything.

    Exit code 0: done; 1: faults, each with its line, and nothing was changed.
    """
    start.database()
    from django.utils import timezone

    from shounuo.site import roll_call

    with start.users_language():
        raise typer.Exit(roll_call.load(file, dry_run, passwords, timezone.now()))


@organisation.command("show")
def show(
    unit: Annotated[str, typer.Option(help="code, path or name of a unit: it and what is below it")] = "",
    json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Print the tree of units with posts, holders and roles, and what is still missing before the first matter."""
    start.database()
    from django.utils import timezone

    from shounuo.site import roll_call

    with start.users_language():
        roll_call.show(unit, json, timezone.now())


@organisation.command("password")
def password(
    name: Annotated[str, typer.Argument(help="sign-in name")],
    no_codes: Annotated[bool, typer.Option("--no-codes", help="take a lost second factor off too")] = False,
) -> None:
    """Give an account a first password, for the administrator who is locked out; it must be changed at once."""
    start.database()
    from django.utils import timezone

    from shounuo.site import roll_call

    with start.users_language():
        roll_call.first_password(name, no_codes, timezone.now())


@regulations.command("adopt")
def adopt(
    pack: Annotated[
        str, typer.Argument(help="id of a delivered pack (`shounuo packs check` lists them), or a folder")
    ],
    unit: Annotated[str, typer.Option(help="code, path or name of the organisation")],
    by: Annotated[str, typer.Option(help="sign-in name of whoever adopts it; must have the right to")],
    since: Annotated[str, typer.Option("--from", help="first day, as 2026-01-31; today without it")] = "",
    document: Annotated[str, typer.Option(help="number of the paper of adoption")] = "",
) -> None:
    """Let a regulation govern an organisation from a day on, in the name of somebody who may adopt it."""
    start.database()
    from django.utils import timezone

    from shounuo.site import adopting

    with start.users_language():
        try:
            typer.echo(adopting.adopt(pack, unit, by, since, document, timezone.now()))
        except adopting.NotTaken as refused:
            print(f"shounuo: {refused}", file=sys.stderr)  # noqa: T201
            raise typer.Exit(1) from None
