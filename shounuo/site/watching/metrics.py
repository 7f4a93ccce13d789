"""Figures in Prometheus' text form (version 0.0.4). Every figure is cheap: none walks a table."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.models import Max

from shounuo.commitments.models import RunningClock
from shounuo.ledger.models import Fact
from shounuo.outbox.models import Message
from shounuo.site.watching.counting import BOUNDS, total
from shounuo.site.watching.health import Health, examine, swept_at

MOST = 10_000
"""Backlogs are counted up to here."""


def text(at: datetime, folder: Path) -> str:
    """All figures; those of the database are left out when it does not answer."""
    health = examine(at)
    lines = [*_node(health), *_requests(folder)]
    if health.looks["database"] == "ok":
        try:
            lines += _database(at)
        except DatabaseError:
            lines.append("# the database stopped answering")
    return "\n".join(lines) + "\n"


def _said(name: str, kind: str, meaning: str, *values: str) -> list[str]:
    return [f"# HELP shounuo_{name} {meaning}", f"# TYPE shounuo_{name} {kind}",
            *(f"shounuo_{name}{value}" for value in values)]  # fmt: skip


def _node(health: Health) -> list[str]:
    info = f'{{version="{version("shounuo")}",database="{connection.vendor}"}} 1'
    looks = [f'{{look="{name}"}} {int(answer == "ok")}' for name, answer in health.looks.items()]
    return [
        *_said("info", "gauge", "Which version runs on which kind of database.", info),
        *_said("ready", "gauge", "Whether this node may serve (1) or not (0).", f" {int(health.ready)}"),
        *_said("ok", "gauge", "Whether a look of /health/ready found all well (1).", *looks),
    ]


def _requests(folder: Path) -> list[str]:
    meaning = "Seconds from request to answer on this node, by class of status."
    return _said("request_seconds", "histogram", meaning, *_buckets(folder))


def _buckets(folder: Path) -> Iterator[str]:
    for status, counted in total(folder).items():
        for bound, within in zip(BOUNDS, counted.within, strict=True):
            yield f'_bucket{{status="{status}",le="{bound}"}} {within}'
        yield f'_bucket{{status="{status}",le="+Inf"}} {counted.requests}'
        yield f'_sum{{status="{status}"}} {counted.seconds:.6f}'
        yield f'_count{{status="{status}"}} {counted.requests}'


def _database(at: datetime) -> list[str]:
    swept, waiting = swept_at(), Message.objects.waiting()
    age = (at - swept).total_seconds() if swept else float("nan")
    due = RunningClock.objects.needing_attention(at).order_by()[:MOST].count()
    oldest = waiting.filter(due_at__lte=at).order_by("due_at").values_list("due_at", flat=True).first()
    late = (at - oldest).total_seconds() if oldest else 0
    parked = Message.objects.parked()[:MOST].count()
    facts = Fact.objects.aggregate(newest=Max("id"))["newest"] or 0
    return [
        *_said("facts_total", "counter", "The number of the newest fact of the record.", f" {facts}"),
        *_said("sweep_age_seconds", "gauge", "Since the clocks were swept last.", f" {age:.0f}"),
        *_said("clocks_waiting", "gauge", f"Clocks due and not yet looked at, up to {MOST}.", f" {due}"),
        *_said("outbox_waiting", "gauge", f"Messages that wait, up to {MOST}.", f" {waiting[:MOST].count()}"),
        *_said("outbox_late_seconds", "gauge", "How late the oldest message is.", f" {late:.0f}"),
        *_said("outbox_parked", "gauge", f"Messages given up, up to {MOST}.", f" {parked}"),
    ]  # fmt: skip
