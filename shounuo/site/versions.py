"""Whether the tables are those of this version, of an older one, or of a newer one."""

from functools import lru_cache

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

WAITING, NEWER = "waiting", "newer"


def compared(connection: BaseDatabaseWrapper) -> str:
    """`waiting` for `shounuo migrate`, `newer` than this version knows, or "" when both are the same."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    if applied - _known():
        return NEWER
    return WAITING if _known() - applied else ""


@lru_cache(maxsize=1)
def _known() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
