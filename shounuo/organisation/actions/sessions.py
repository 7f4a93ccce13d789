"""Browsers in which an account is signed in: noted when it signs in, ended one by one or all."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.organisation.actions.recording import NotPossible
from shounuo.organisation.models import Account, SignedIn


@transaction.atomic
def note_session(account: Account, session_key: str, at: datetime, address: str, browser: str) -> SignedIn:
    """An account signed in; what is kept goes with the session."""
    SignedIn.objects.filter(session_key=session_key).delete()
    return SignedIn.objects.create(
        account=account, session_key=session_key, began_at=at, address=address[:45], browser=browser[:120]
    )


@transaction.atomic
def end_session(account: Account, pk: int) -> None:
    """Sign one of an account's browsers out; `NotPossible` when there is no such one."""
    one = SignedIn.objects.filter(account=account, pk=pk).first()
    if one is None:
        raise NotPossible(_("这处登录已经退出"))
    Session.objects.filter(session_key=one.session_key).delete()
    SignedIn.objects.filter(pk=one.pk).delete()


@transaction.atomic
def end_other_sessions(account: Account, session_key: str) -> int:
    """Sign out everywhere but here; returns how many."""
    others = SignedIn.objects.filter(account=account).exclude(session_key=session_key)
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()
    return len(keys)


def forget_session(session_key: str | None) -> None:
    """Signed out: nothing is kept."""
    SignedIn.objects.filter(session_key=session_key or "").delete()


def forget_ended_sessions() -> int:
    """Remove notes of sessions that ran out (called by the worker); returns how many."""
    alive = Session.objects.values("session_key")
    return SignedIn.objects.exclude(session_key__in=alive).delete()[0]
