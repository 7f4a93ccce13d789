"""What the fault tests do inside the database they torture: `python inside.py found | stock 60 | open | told`."""

import json
import os
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "shounuo.site.settings"


def found():
    """Tables, organisation and edition."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from shounuo.ledger import triggers
    from shounuo.site.demo.house import found_house

    call_command("migrate", interactive=False, verbosity=0)
    triggers.install(connection)
    found_house(timezone.now())
    return {}


def stock(count):
    """Applications of last month that nobody looked at: each has marks and due instants behind it."""
    from django.utils import timezone

    from shounuo.cases.actions import Asking, take_in
    from shounuo.organisation.actions import Stamp
    from shounuo.organisation.models import Unit

    now, house = timezone.now(), Unit.objects.get(path="qingxi/")
    for number in range(int(count)):
        stamp = Stamp("party", now - timedelta(days=20, minutes=number), now, "demo")
        asking = Asking(
            "application",
            "portal",
            "衡器检定",
            f"{now.timestamp()}-{number}",
            "weighing-instrument-verification",
        )
        take_in(house, asking, stamp, "stock")
    return {}


def numbers_open():
    """The numbers of all matters that have not ended."""
    from shounuo.cases.models import Case

    return [case.number for case in Case.objects.open()]


def told():
    """What there is: numbers by key, warnings and breaches that are there twice or not at all."""
    from django.utils import timezone

    from shounuo.cases.actions import stand
    from shounuo.cases.actions.time import come_due
    from shounuo.cases.models import Case, Intake
    from shounuo.commitments.models import Alarm
    from shounuo.ledger.models import Fact
    from shounuo.ledger.verifying import verify
    from shounuo.site import projections

    cases = {case.stream: case.number for case in Case.objects.all()}
    raised = [
        (str(f.stream), f.kind, json.dumps(f.data, sort_keys=True))
        for f in Fact.objects.filter(kind__in=["warned", "breached"])
    ]
    return {
        "numbers": {row.key: cases[row.stream] for row in Intake.objects.exclude(scope="stock")},
        "matters": Case.objects.filter(marks="").count(),
        "twice": [key for key, n in Counter(raised).items() if n > 1],
        "missing": sum(len(come_due(stand(stream, timezone.now()))) for stream in cases),
        "raised": len(raised),
        "alarms": Alarm.objects.count(),
        "fault": str(verify().fault or ""),
        "differences": projections.differences(),
    }


if __name__ == "__main__":
    import django

    django.setup()
    verbs = {"found": found, "stock": stock, "open": numbers_open, "told": told}
    print(json.dumps(verbs[sys.argv[1]](*sys.argv[2:])))
