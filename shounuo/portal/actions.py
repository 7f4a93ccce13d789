"""Counting wrong tries to open a matter: 20 in 15 minutes from one address."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from shounuo.portal.models import OpeningTry

MOST_WRONG = 20
WINDOW = timedelta(minutes=15)


def may_open(address: str, at: datetime) -> bool:
    """Whether this address may try a number and a secret now."""
    counted = OpeningTry.objects.filter(address_hash=_hash(address), since__gt=at - WINDOW).first()
    return counted is None or counted.wrong < MOST_WRONG


@transaction.atomic
def count_wrong(address: str, at: datetime) -> None:
    """Count a wrong try; the window begins with the first one."""
    key = _hash(address)
    OpeningTry.objects.bulk_create([OpeningTry(address_hash=key, wrong=0, since=at)], ignore_conflicts=True)
    same = OpeningTry.objects.filter(address_hash=key)
    if not same.filter(since__gt=at - WINDOW).update(wrong=F("wrong") + 1):
        same.update(wrong=1, since=at)


def forget_old_openings(at: datetime) -> int:
    """Remove counts that bar nobody any more (called by the worker); returns how many."""
    return OpeningTry.objects.filter(since__lte=at - WINDOW).delete()[0]


def _hash(address: str) -> str:
    return salted_hmac("shounuo.portal.opening", address, algorithm="sha256").hexdigest()
