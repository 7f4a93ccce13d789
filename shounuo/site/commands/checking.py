"""`shounuo verify`, `shounuo check` and `shounuo init`."""

import sys
from typing import Annotated

import typer

from shounuo.site.commands import start


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("verify")(verify)
    app.command("check")(check)
    app.command("init")(init)


def verify(json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> None:
    """Walk all chains of the record and name the first bad fact; exit 1 if there is one."""
    start.database()
    from json import dumps

    from shounuo.ledger.verifying import verify as walk_all

    seen = walk_all()
    fault = seen.fault
    if json:
        named = {"stream": str(fault.stream), "seq": fault.seq, "what": fault.what} if fault else None
        typer.echo(dumps({"facts": seen.facts, "streams": seen.streams, "fault": named}))
    elif fault:
        print(f"shounuo: the record is damaged: {fault}", file=sys.stderr)  # noqa: T201
    else:
        typer.echo(f"{seen.facts} facts in {seen.streams} streams: every chain holds")
    raise typer.Exit(1 if fault else 0)


def check() -> None:
    """Rebuild the working tables from the facts and name any difference; exit 1 if there is one."""
    start.database()
    from shounuo.site import projections

    differences = projections.differences()
    for difference in differences:
        typer.echo(difference)
    if differences:
        raise typer.Exit(1)
    typer.echo("the working tables agree with the facts")


def init(
    code: Annotated[str, typer.Option(help="short code of the organisation: a-z, 0-9 and -", prompt=True)],
    name: Annotated[str, typer.Option(help="name of the organisation", prompt=True)],
    administrator: Annotated[str, typer.Option(help="sign-in name of the first administrator", prompt=True)],
    password: Annotated[
        str,
        typer.Option(envvar="SHOUNUO_INIT_PASSWORD", prompt=True, confirmation_prompt=True, hide_input=True),
    ],
) -> None:
    """Found the first organisation, with an administrator who can sign in."""
    start.database()
    from django.utils import timezone

    from shounuo.organisation.actions import Stamp
    from shounuo.site.founding import found

    found(Stamp("", timezone.now()), code, name, administrator, password)
    typer.echo(f"{name}: founded; {administrator} can sign in")
