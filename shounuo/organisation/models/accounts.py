"""Who may sign in, and wrong tries."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def opaque_id() -> str:
    """A new actor id; it says nothing about the person."""
    return uuid.uuid4().hex


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by the name people sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account with this sign-in name."""
        return self.get(sign_in_name=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A way in. The ledger knows its holder only by `actor`."""

    last_login = None
    sign_in_name = models.CharField(_("登录名"), max_length=60, unique=True)
    actor = models.CharField(max_length=64, unique=True, default=opaque_id, editable=False)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "sign_in_name"
    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sign_in_name=Lower("sign_in_name")), name="sign_in_name_lower"
            )
        ]

    def __str__(self) -> str:
        return self.sign_in_name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: see `access.py`."""
        return False


class SignInTry(models.Model):
    """Wrong tries for one sign-in name, existing or not, kept where every node sees them."""

    name_hash = models.CharField(
        max_length=64, unique=True, help_text="a name that does not exist leaves no trace"
    )
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name_hash[:8]} {self.wrong}"
