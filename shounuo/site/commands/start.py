"""What commands that use the database do first."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def django() -> None:
    """Load settings and apps (idempotent). Raises ImproperlyConfigured when the environment is weak."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shounuo.site.settings")
    import django

    django.setup()
    from shounuo.site.checks import assert_not_exposed

    with users_language():
        assert_not_exposed()


def language() -> str:
    """The language of whoever typed the command, as the terminal names it: Chinese for zh…, else English."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh-hans" if next(filter(None, named), "").lower().startswith("zh") else "en"


@contextmanager
def users_language() -> Iterator[None]:
    """Say everything inside in that language; what is written into the database keeps its own."""
    from django.utils.translation import override

    with override(language()):
        yield


def database() -> None:
    """The same, and tables to work on. Raises ImproperlyConfigured, which names the database that has none."""
    django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection
    from django.utils.translation import gettext as _

    from shounuo.ledger import triggers

    if triggers.TABLES[0] in connection.introspection.table_names():
        return
    with users_language():
        words = _("数据库 %(name)s 里没有表：`shounuo migrate` 建表，SHOUNUO_DATABASE_URL 换一个数据库")
        raise ImproperlyConfigured(words % {"name": connection.settings_dict["NAME"]})
