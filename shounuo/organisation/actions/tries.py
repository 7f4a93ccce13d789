"""Wrong tries to sign in, counted per name in a table so that every node knows them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from shounuo.organisation.models import SignInTry

MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=15)


@transaction.atomic
def count_try(sign_in_name: str, at: datetime) -> bool:
    """Count a try before the password is looked at; False when the name is locked.

    Counting first means that tries sent at the same time cannot slip through. Existing names and others are
    treated alike. After `MOST_WRONG` tries the name is locked for `LOCKED_FOR` from the last counted one.
    """
    key = _hash(sign_in_name)
    SignInTry.objects.bulk_create([SignInTry(name_hash=key, wrong=0, last_at=at)], ignore_conflicts=True)
    row = SignInTry.objects.select_for_update().get(name_hash=key)
    over = at >= row.last_at + LOCKED_FOR
    if row.wrong >= MOST_WRONG and not over:
        return False
    SignInTry.objects.filter(pk=row.pk).update(wrong=1 if over else row.wrong + 1, last_at=at)
    return True


def forget_tries(sign_in_name: str) -> None:
    """The right password was given: start counting afresh."""
    SignInTry.objects.filter(name_hash=_hash(sign_in_name)).delete()


def forget_old_tries(at: datetime) -> int:
    """Remove counts that no longer lock anything (called by the worker); returns how many."""
    return SignInTry.objects.filter(last_at__lt=at - LOCKED_FOR).delete()[0]


def _hash(sign_in_name: str) -> str:
    """A name that somebody typed may be a password in the wrong field: only a keyed digest of it is kept."""
    return salted_hmac(
        "shounuo.organisation.tries", sign_in_name.strip().lower(), algorithm="sha256"
    ).hexdigest()
