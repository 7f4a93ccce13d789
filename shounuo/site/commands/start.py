"""What commands that use the database do first."""

import os


def django() -> None:
    """Load settings and apps (idempotent)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shounuo.site.settings")
    import django

    django.setup()


def database() -> None:
    """The same, and tables to work on. Raises ImproperlyConfigured, which names the database that has none."""
    django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection

    from shounuo.ledger import triggers

    if triggers.TABLES[0] in connection.introspection.table_names():
        return
    name = connection.settings_dict["NAME"]
    raise ImproperlyConfigured(
        f"the database {name} has no tables: `shounuo migrate` makes them, SHOUNUO_DATABASE_URL names another database"
    )
