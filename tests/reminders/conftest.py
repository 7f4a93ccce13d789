"""The hall at work, with mail and SMS switched on and everything told as the worker would."""

from typing import Any

import pytest
from django.db.models import Q

from shounuo.ledger.models import Cursor, Fact
from shounuo.outbox.models import Message
from shounuo.reminders.models import Reminder
from shounuo.site import loops
from tests.cases.conftest import Hall, at, bureau_pack, hall
from tests.regulations.conftest import as_, ten_oclock

__all__ = [
    "Hall",
    "as_",
    "at",
    "bureau_pack",
    "case",
    "channels",
    "hall",
    "in_bell",
    "own_facts",
    "round_",
    "ten_oclock",
]


@pytest.fixture(autouse=True)
def channels(settings: Any) -> None:
    """Mail and SMS; WeCom stays off."""
    settings.CHANNELS = ("mail", "sms")
    settings.ADDRESS = "https://hall.example"


@pytest.fixture(autouse=True)
def own_facts(request: Any, monkeypatch: Any) -> None:
    """A test is one transaction, and PostgreSQL hands out only what finished ones recorded: here its own facts too."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        monkeypatch.setattr("shounuo.ledger.actions._after", behind)


def behind(cursor: Cursor) -> Any:
    """Every fact behind a cursor."""
    return Fact.objects.filter(Q(txid__gt=cursor.txid) | Q(txid=cursor.txid, id__gt=cursor.position))


@pytest.fixture
def case(hall: Hall) -> Any:
    """An application with wang whose papers were complete on Monday 2 March 2026: due Friday 6 March 17:30."""
    from shounuo.cases import actions

    case = hall.in_hand("2026-03-02 09:00")
    case = actions.mark_complete(hall.on(case.stream, "wang", "2026-03-02 10:00"))
    round_("2026-03-02 10:01")
    Reminder.objects.all().delete()
    Message.objects.all().delete()
    return case


def round_(when: str) -> None:
    """What the worker does at a moment, without sending."""
    loops.sweep(at(when))
    loops.consume(at(when))
    loops.climb(at(when))


def in_bell(kind: str = "", rule: str = "handle-in-time") -> list[tuple[str, str]]:
    """(kind, sign-in name) of the reminders of one rule (or of facts), in the order in which they came."""
    found = Reminder.objects.filter(rule__in=[rule, ""]).select_related("person__account").order_by("pk")
    if kind:
        found = found.filter(kind=kind)
    return [(one.kind, one.person.account.sign_in_name) for one in found]
