"""Accounts: opened for a person, given a password, closed, opened again."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from shounuo.organisation.actions.recording import NotPossible, Stamp, record
from shounuo.organisation.models import Account, Person

FIRST_PASSWORD_LASTS = timedelta(days=7)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What is not mistaken for something else when read from paper."""


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
    if not name or len(name) > 60 or Account.objects.filter(sign_in_name=name).exists():
        raise NotPossible(_("登录名“%(name)s”不可用") % {"name": name}, "sign_in_name")
    account = Account(sign_in_name=name)
    account.password = hashed or _hashed(password, account)
    account = Account.objects.create(sign_in_name=name, password=account.password)
    Person.objects.filter(pk=person.pk).update(account=account)
    person.refresh_from_db()
    record(person.organisation, stamp, "account_opened", person=person.pk, actor=account.actor)
    return account


@transaction.atomic
def set_password(stamp: Stamp, account: Account, password: str | None) -> None:
    """Give an account a new password; its other sessions end with the old one."""
    _change(stamp, account, "password_set", password=_hashed(password, account), first_password_until=None)


@transaction.atomic
def give_first_password(stamp: Stamp, account: Account) -> str:
    """A password by chance that opens the door for some days and must be changed at once; returned, never kept."""
    word = "-".join("".join(secrets.choice(LETTERS) for _one in range(4)) for _group in range(3))
    until = stamp.at + FIRST_PASSWORD_LASTS
    _change(stamp, account, "first_password_given", password=make_password(word), first_password_until=until)
    return word


@transaction.atomic
def change_own_password(stamp: Stamp, account: Account, old: str, new: str) -> None:
    """The holder chooses a password. Raises `NotPossible` for a wrong old one or the same again."""
    if not check_password(old, account.password):
        raise NotPossible(_("现在的密码不正确"), "old")
    if old == new:
        raise NotPossible(_("新密码要与现在的不同"), "new")
    set_password(stamp, account, new)


@transaction.atomic
def close_account(stamp: Stamp, account: Account) -> None:
    """Let nobody sign in by this account any longer; open sessions end with the next request."""
    if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        raise NotPossible(_("该账号已停用"))
    account.refresh_from_db()
    record(account.person.organisation, stamp, "account_closed", actor=account.actor)


@transaction.atomic
def reopen_account(stamp: Stamp, account: Account) -> None:
    """Let a closed account be used again."""
    if not Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
        raise NotPossible(_("该账号没有停用"))
    account.refresh_from_db()
    record(account.person.organisation, stamp, "account_reopened", actor=account.actor)


def _change(stamp: Stamp, account: Account, change: str, **values: Any) -> None:
    Account.objects.filter(pk=account.pk).update(**values)
    account.refresh_from_db()
    record(account.person.organisation, stamp, change, actor=account.actor)


def _hashed(password: str | None, account: Account) -> str:
    """The password as it is stored, after the rules for good ones; unusable without one."""
    if password is not None:
        validate_password(password, account)
    return make_password(password)
