"""What can be wrong with a running service. Each look answers "" when all is well, else a code."""

from collections.abc import Callable
from datetime import datetime, timedelta
from shutil import disk_usage
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection

from shounuo.commitments.actions import LONGEST_STEP_BACK
from shounuo.commitments.models import SweepMark
from shounuo.ledger import restoring, triggers
from shounuo.outbox.models import Message
from shounuo.site import versions

SWEEP_LATE = timedelta(minutes=2)
OUTBOX_LATE = timedelta(minutes=15)
CLOCKS_APART = timedelta(minutes=2)
LEAST_ROOM = 100 << 20
"""Bytes free where the SQLite file lies."""


class Look(NamedTuple):
    """Something to look at; what is `grave` makes this node unfit to serve, the rest needs somebody's attention."""

    name: str
    wrong: Callable[[datetime], str]
    grave: bool


def database(_at: datetime) -> str:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations(_at: datetime) -> str:
    """The tables are those of this version."""
    return versions.compared(connection)


def record(_at: datetime) -> str:
    """The record's triggers are in place, and it is this cluster's own."""
    if triggers.missing(connection):
        return "triggers_missing"
    return "foreign" if restoring.foreign(connection) else ""


def clock(at: datetime) -> str:
    """This machine's clock has not jumped back, and agrees with the database's."""
    swept = swept_at()
    if swept is not None and at < swept - LONGEST_STEP_BACK:
        return "set_back"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            if abs(cursor.fetchone()[0] - at) > CLOCKS_APART:
                return "not_the_database_s"
    return ""


def sweep(at: datetime) -> str:
    """A worker has swept the clocks lately."""
    swept = swept_at()
    if swept is None:
        return "never"
    return "late" if at - swept > SWEEP_LATE else ""


def outbox(at: datetime) -> str:
    """Messages leave, and none was given up."""
    if Message.objects.overdue(at - OUTBOX_LATE).exists():
        return "late"
    return "parked" if Message.objects.parked().exists() else ""


def disk(_at: datetime) -> str:
    """The var folder has room left; a full disk takes nothing in."""
    return "low" if disk_usage(settings.STATIC_ROOT.parent).free < LEAST_ROOM else ""


def swept_at() -> datetime | None:
    """When the clocks were swept last, by any node."""
    return SweepMark.objects.filter(name="sweep").values_list("last_at", flat=True).first()


LOOKS = (
    Look("database", database, True),
    Look("migrations", migrations, True),
    Look("record", record, True),
    Look("clock", clock, True),
    Look("sweep", sweep, False),
    Look("outbox", outbox, False),
    Look("disk", disk, False),
)


class Health(NamedTuple):
    """Whether this node may serve, and what each look answered ("ok" when all is well)."""

    ready: bool
    looks: dict[str, str]


def examine(at: datetime) -> Health:
    """Look at everything; what cannot be looked at without the database is not looked at."""
    answers: dict[str, str] = {}
    for look in LOOKS:
        answers[look.name] = _answer(look, at) or "ok"
        if answers["database"] != "ok":
            break
    return Health(not any(look.grave and answers.get(look.name, "ok") != "ok" for look in LOOKS), answers)


def _answer(look: Look, at: datetime) -> str:
    try:
        return look.wrong(at)
    except (DatabaseError, OSError):
        return "no_answer"
