"""`shounuo migrate` and `shounuo manage …`."""

import sys
from typing import Annotated

import typer

from shounuo.site.commands import start


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("migrate")(migrate)
    app.command("restored")(restored)
    passes_on = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
    app.command("manage", context_settings=passes_on)(manage)


def migrate(quiet: Annotated[bool, typer.Option("--quiet", help="print nothing")] = False) -> None:
    """Bring the database up to date, and put the record's triggers back in their place."""
    start.django()
    from django.core.management import call_command
    from django.db import connection

    from shounuo.ledger import triggers
    from shounuo.site.checks import assert_not_newer

    with start.users_language():
        assert_not_newer(connection)
    call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
    triggers.install(connection)


def restored() -> None:
    """After a dump was restored into a new PostgreSQL cluster: let consumers go on where they were."""
    start.django()
    from django.db import connection

    from shounuo.ledger.restoring import adopt

    shift = adopt(connection)
    typer.echo(
        f"adopted: numbers moved by {shift}" if shift else "nothing to do: the record is this cluster's own"
    )


def manage(context: typer.Context) -> None:
    """Pass the rest on to Django's own commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{sys.argv[0]} manage", *context.args])
