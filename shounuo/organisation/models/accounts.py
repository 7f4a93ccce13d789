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
    first_password_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="a password given by somebody else: until when it opens the door once",
    )
    code_seed = models.CharField(
        max_length=64,
        blank=True,
        help_text="chance from which, with the key, the secret of the codes is derived",
    )
    code_confirmed_at = models.DateTimeField(null=True, blank=True, help_text="codes are asked for since")
    code_step = models.BigIntegerField(default=0, help_text="the last time step whose code was used")

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

    @property
    def asks_for_code(self) -> bool:
        """Whether signing in needs a code of the second factor."""
        return self.code_confirmed_at is not None

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: see `access.py`."""
        return False


class RecoveryCode(models.Model):
    """A code that opens the door once when the device of the second factor is not at hand."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.used_at or ''}"


class SignedIn(models.Model):
    """A browser in which an account is signed in; the row goes when it signs out or is ended."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.account} {self.began_at}"


class SignInTry(models.Model):
    """Wrong tries for one sign-in name, existing or not, or from one address, kept where every node sees them."""

    name_hash = models.CharField(
        max_length=64, unique=True, help_text="a name that does not exist leaves no trace"
    )
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name_hash[:8]} {self.wrong}"
