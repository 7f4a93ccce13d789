"""`shounuo verify`, `shounuo check` and `shounuo init`."""

import os
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
    """Walk all chains of the record and name the first bad fact and its matter; exit 1 if there is one."""
    start.database()
    from json import dumps

    from django.utils.translation import gettext as _

    from shounuo.ledger.verifying import verify as walk_all
    from shounuo.site.streams import owner_of, say_fault

    seen = walk_all()
    fault = seen.fault
    with start.users_language():
        whose = owner_of(fault.stream) if fault else ""
        if json:
            named = (
                {"stream": str(fault.stream), "seq": fault.seq, "what": fault.what, "of": whose}
                if fault
                else None
            )
            typer.echo(
                dumps({"facts": seen.facts, "streams": seen.streams, "fault": named}, ensure_ascii=False)
            )
        elif fault:
            words = _("记录已损坏：%(fault)s") % {"fault": say_fault(fault)}
            print(f"shounuo: {words}", file=sys.stderr)  # noqa: T201
        else:
            typer.echo(_("%(streams)s 条链 %(facts)s 条记录：每条链都完整") % seen._asdict())
    raise typer.Exit(1 if fault else 0)


def check() -> None:
    """Look at settings and database, rebuild the working tables from the facts; name what is wrong, exit 1 if any."""
    start.database()
    from django.db import connection
    from django.utils.translation import gettext as _

    from shounuo.site import channels, checks, projections
    from shounuo.site.config import config

    with start.users_language():
        faults = checks.weak_settings(connection) + checks.not_migrated(connection)
        if not faults:
            channels.assert_carriers()
            faults += checks.unknown_organisation(config())
        differences = [*faults, *checks.misspelt(os.environ), *projections.differences()]
        for difference in differences:
            typer.echo(difference)
        if differences:
            raise typer.Exit(1)
        typer.echo(_("设置和数据库合格，各张表与记录一致"))


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
    from django.utils.translation import gettext as _

    from shounuo.organisation.actions import Stamp
    from shounuo.site.founding import found

    with start.users_language():
        found(Stamp("", timezone.now()), code, name, administrator, password)
        typer.echo(_("%(name)s 已建立，%(who)s 可以登录") % {"name": name, "who": administrator})
