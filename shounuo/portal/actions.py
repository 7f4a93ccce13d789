"""What the portal writes of its own: wrong tries to open a matter, and how much one address sends in a day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from shounuo.cases.actions import Asking, Receipt, take_in
from shounuo.organisation.actions import Stamp
from shounuo.organisation.models import Unit
from shounuo.portal.models import OpeningTry, Sending

MOST_WRONG = 20
WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)
SCOPE = "portal"


class TooMany(Exception):
    """This address has sent as much as it may in 24 hours: nothing was taken in (HTTP 429)."""


def send(organisation: Unit, asking: Asking, stamp: Stamp, address: str, most: int) -> Receipt:
    """Take a citizen's matter in, unless ``address`` sent ``most`` in the last 24 hours (0: no limit).

    The same transaction counts and takes in. Raises `TooMany`, and what `take_in` raises.
    """
    with transaction.atomic():
        if most:
            _count_sending(_hash(address, "sending"), stamp.at, most)
        return take_in(organisation, asking, stamp, SCOPE)


def _count_sending(key: str, at: datetime, most: int) -> None:
    if Sending.objects.filter(address_hash=key, at__gt=at - DAY)[:most].count() >= most:
        raise TooMany
    Sending.objects.create(address_hash=key, at=at)


def may_open(address: str, at: datetime) -> bool:
    """Whether this address may try a number and a secret now."""
    counted = OpeningTry.objects.filter(address_hash=_hash(address, "opening"), since__gt=at - WINDOW).first()
    return counted is None or counted.wrong < MOST_WRONG


@transaction.atomic
def count_wrong(address: str, at: datetime) -> None:
    """Count a wrong try; the window begins with the first one."""
    key = _hash(address, "opening")
    OpeningTry.objects.bulk_create([OpeningTry(address_hash=key, wrong=0, since=at)], ignore_conflicts=True)
    same = OpeningTry.objects.filter(address_hash=key)
    if not same.filter(since__gt=at - WINDOW).update(wrong=F("wrong") + 1):
        same.update(wrong=1, since=at)


def forget_old_openings(at: datetime) -> int:
    """Remove counts that bar nobody any more (called by the worker); returns how many."""
    tries = OpeningTry.objects.filter(since__lte=at - WINDOW).delete()[0]
    return tries + Sending.objects.filter(at__lte=at - DAY).delete()[0]


def _hash(address: str, what: str) -> str:
    return salted_hmac(f"shounuo.portal.{what}", address, algorithm="sha256").hexdigest()
