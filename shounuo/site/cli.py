"""The `shounuo` command. Each sub-command imports what it needs when it runs, so that all of them start quickly."""

import os
import sys
from contextlib import nullcontext
from typing import Annotated

import typer

from shounuo.site.commands import (
    checking,
    database,
    deadlines,
    demo,
    importing,
    keeping,
    organisation,
    packs,
    reading,
    running,
)

app = typer.Typer(
    name="shounuo",
    help="守诺: published service regulations, run as a service that keeps them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (
    deadlines,
    packs,
    reading,
    database,
    running,
    checking,
    importing,
    keeping,
    organisation,
    demo,
):
    module.register(app)


@app.callback(invoke_without_command=True)
def options(version: Annotated[bool, typer.Option("--version", help="print the version")] = False) -> None:
    """守诺: published service regulations, run as a service that keeps them."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("shounuo"))
        raise typer.Exit


def main() -> None:
    """Run a sub-command; a known error becomes one line and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shounuo.site.settings")
    try:
        app()
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(130)
    except Exception as error:
        if not expected(error):
            raise
        from django.apps import apps

        from shounuo.site.commands.start import users_language

        # a command that failed before Django was up says its line as it is
        with users_language() if apps.ready else nullcontext():
            line = " ".join(" ".join(messages(error)).split()) or type(error).__name__
        print(f"shounuo: {line}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


def messages(error: Exception) -> list[str]:
    """What the error says; validation errors hold several sentences."""
    from django.core.exceptions import ValidationError
    from pydantic import ValidationError as SettingsError

    if isinstance(error, SettingsError):
        from shounuo.site.commands.start import language
        from shounuo.site.setting_values import sentences

        return sentences(error, language())
    said = error.messages if isinstance(error, ValidationError) else [str(error)]
    return [*said, *_which_file(error)]


def _which_file(error: Exception) -> list[str]:
    """SQLite says that it cannot open or write its file, but not which."""
    from sqlite3 import OperationalError

    if not isinstance(error.__cause__, OperationalError):
        return []
    from django.db import connection

    return [f"({connection.settings_dict['NAME']})"]


def expected(error: Exception) -> bool:
    """Whether the error is the user's or the machine's to mend, rather than a fault of ours."""
    from django.core.exceptions import ImproperlyConfigured, ValidationError
    from django.db import Error
    from pydantic import ValidationError as SettingsError

    from shounuo.organisation.refusals import NotPossible

    refusals = ImproperlyConfigured | ValidationError | SettingsError | NotPossible
    return isinstance(error, refusals | Error | OSError)


if __name__ == "__main__":
    main()
