"""Accounts: opened for a person, given a password, closed."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.organisation.actions.recording import NotPossible, Stamp, record
from shounuo.organisation.models import Account, Person


@transaction.atomic
def open_account(
    stamp: Stamp, person: Person, sign_in_name: str, password: str | None = None, *, hashed: str = ""
) -> Account:
    """Open an account for `person`; without a password nobody can sign in by one. ``hashed`` takes over a
    password that is hashed already (from another system; in the demonstration once for all).

    Raises `NotPossible` (name taken, person has one) or Django's `ValidationError` (password too weak).
    """
    name = sign_in_name.strip().lower()
    if person.account_id is not None:
        raise NotPossible(_("此人已有账号"))
    if not name or Account.objects.filter(sign_in_name=name).exists():
        raise NotPossible(_("登录名“%(name)s”不可用") % {"name": name})
    account = Account.objects.create(sign_in_name=name, password=hashed or _hashed(password))
    Person.objects.filter(pk=person.pk).update(account=account)
    person.refresh_from_db()
    record(person.organisation, stamp, "account_opened", person=person.pk, actor=account.actor)
    return account


@transaction.atomic
def set_password(stamp: Stamp, account: Account, password: str | None) -> None:
    """Give an account a new password; its other sessions end with the old one."""
    Account.objects.filter(pk=account.pk).update(password=_hashed(password))
    account.refresh_from_db()
    record(account.person.organisation, stamp, "password_set", actor=account.actor)


@transaction.atomic
def close_account(stamp: Stamp, account: Account) -> None:
    """Let nobody sign in by this account any longer; open sessions end with the next request."""
    if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        raise NotPossible(_("该账号已停用"))
    account.refresh_from_db()
    record(account.person.organisation, stamp, "account_closed", actor=account.actor)


def _hashed(password: str | None) -> str:
    """The password as it is stored, after the rules for good ones; unusable without one."""
    if password is not None:
        validate_password(password)
    return make_password(password)
