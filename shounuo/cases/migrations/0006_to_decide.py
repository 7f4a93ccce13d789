"""What waits for a decision stands on the matter, so that nobody looks through the facts for it."""

from collections.abc import Iterable
from typing import Any

from django.db import migrations, models

DECIDED = {"extension_granted", "extension_refused"}


def fill(apps: Any, schema: Any) -> None:
    """The three flags of matters that are there already, read from their facts."""
    cases = apps.get_model("cases", "Case").objects
    facts = apps.get_model("ledger", "Fact").objects
    asked = facts.filter(kind__in={"extension_requested", *DECIDED}).values_list("stream", "kind")
    count: dict[Any, int] = {}
    for stream, kind in asked.iterator():
        count[stream] = count.get(stream, 0) + (-1 if kind in DECIDED else 1)
    _set(cases.filter(ended_at__isnull=True), "extension_asked", (s for s, n in count.items() if n > 0))
    decided = set(facts.filter(kind="rating_appeal_decided").values_list("stream", flat=True))
    appealed = set(facts.filter(kind="rating_appealed").values_list("stream", flat=True))
    _set(cases, "rating_appealed", appealed - decided)
    remedied = set(facts.filter(kind="remedied").values_list("stream", flat=True))
    bad = cases.filter(rating__lte=2, ended_at__isnull=False).values_list("stream", flat=True)
    _set(cases, "to_remedy", (stream for stream in bad.iterator() if stream not in remedied))


def _set(cases: Any, flag: str, streams: Iterable[Any]) -> None:
    found = list(streams)
    for first in range(0, len(found), 500):
        cases.filter(stream__in=found[first : first + 500]).update(**{flag: True})


def flag(name: str, words: str) -> migrations.AddField:
    return migrations.AddField("case", name, models.BooleanField(default=False, help_text=words))


class Migration(migrations.Migration):

    dependencies = [("cases", "0005_saved_filters"), ("ledger", "0002_append_only")]

    operations = [
        flag("extension_asked", "an extension waits for a decision"),
        flag("rating_appealed", "an appeal against the rating waits"),
        flag("to_remedy", "a bad rating that is not put right yet"),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
