"""Wrong tries to sign in, counted per name and per address in a table so that every node knows them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from shounuo.organisation.models import SignInTry

MOST_WRONG = 5
MOST_WRONG_FROM_ONE_ADDRESS = 30
"""More than for a name, because a whole office may stand behind one address."""
LOCKED_FOR = timedelta(minutes=15)


@transaction.atomic
def count_try(sign_in_name: str, at: datetime, address: str = "") -> bool:
    """Count a try before the password is looked at; False when the name or the address is locked.

    Counting first means that tries sent at the same time cannot slip through. Existing names and others are
    treated alike. After `MOST_WRONG` tries for a name, or `MOST_WRONG_FROM_ONE_ADDRESS` from an address, it is
    locked for `LOCKED_FOR` from the last counted one.
    """
    if address and not _count(_address(address), MOST_WRONG_FROM_ONE_ADDRESS, at):
        return False
    return _count(_name(sign_in_name), MOST_WRONG, at)


def _count(key: str, most: int, at: datetime) -> bool:
    SignInTry.objects.bulk_create([SignInTry(name_hash=key, wrong=0, last_at=at)], ignore_conflicts=True)
    row = SignInTry.objects.select_for_update().get(name_hash=key)
    over = at >= row.last_at + LOCKED_FOR
    if row.wrong >= most and not over:
        return False
    SignInTry.objects.filter(pk=row.pk).update(wrong=1 if over else row.wrong + 1, last_at=at)
    return True


@transaction.atomic
def forget_tries(sign_in_name: str, address: str = "") -> None:
    """The right password was given: the name starts afresh, and this try does not count against the address.

    What others tried from there stays: whoever has one account cannot use it to guess at others for ever.
    """
    SignInTry.objects.filter(name_hash=_name(sign_in_name)).delete()
    row = SignInTry.objects.select_for_update().filter(name_hash=_address(address)).first()
    if address and row is not None and row.wrong:
        SignInTry.objects.filter(pk=row.pk).update(wrong=row.wrong - 1)


def forget_old_tries(at: datetime) -> int:
    """Remove counts that no longer lock anything (called by the worker); returns how many."""
    return SignInTry.objects.filter(last_at__lt=at - LOCKED_FOR).delete()[0]


def _name(sign_in_name: str) -> str:
    """A name that somebody typed may be a password in the wrong field: only a keyed digest of it is kept."""
    return _hash(sign_in_name.strip().lower())


def _address(address: str) -> str:
    return _hash(f"\0{address}")


def _hash(word: str) -> str:
    return salted_hmac("shounuo.organisation.tries", word, algorithm="sha256").hexdigest()
