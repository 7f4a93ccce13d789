"""The second factor: codes of an authenticator (RFC 6238), and recovery codes that open the door once.

The secret is derived from the installation's key and a seed: the database alone does not hold it, and a changed key
makes all enrolments invalid (recovery codes and administrators help then).
"""

import base64
import secrets
from datetime import datetime

import pyotp
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shounuo.organisation.actions.accounts import LETTERS
from shounuo.organisation.actions.recording import NotPossible, Stamp, record
from shounuo.organisation.models import Account, RecoveryCode

CODES, STEP_SECONDS = 10, 30
DRIFT = 1
"""Steps that the device's clock may be off, in either direction."""


@transaction.atomic
def begin_codes(account: Account) -> str:
    """The secret for an authenticator, made once until it is confirmed; refused when codes are on already."""
    if account.asks_for_code:
        raise NotPossible(_("动态口令已经启用"))
    if not account.code_seed:
        Account.objects.filter(pk=account.pk, code_seed="").update(code_seed=secrets.token_hex(20))
        account.refresh_from_db()
    return secret_of(account)


@transaction.atomic
def confirm_codes(stamp: Stamp, account: Account, code: str) -> list[str]:
    """The device shows the right code: ask for codes from now on. Returns the recovery codes, shown only now."""
    step = _step_of(account, code, stamp.at) if account.code_seed and not account.asks_for_code else None
    if step is None:
        raise NotPossible(_("口令不正确。请看手机的时间是否准确，再输入现在显示的 6 位数字。"), "code")
    Account.objects.filter(pk=account.pk).update(code_confirmed_at=stamp.at, code_step=step)
    account.refresh_from_db()
    record(account.person.organisation, stamp, "second_factor_on", actor=account.actor)
    return renew_recovery_codes(account)


@transaction.atomic
def renew_recovery_codes(account: Account) -> list[str]:
    """Ten new ones; those before are void."""
    account.recovery_codes.all().delete()
    words = [_word() for _one in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, code_hash=_hash(word)) for word in words)
    return words


@transaction.atomic
def forget_codes(stamp: Stamp, account: Account) -> None:
    """Ask for no code any longer: by the holder, or by an administrator when the device is lost."""
    if not account.asks_for_code:
        raise NotPossible(_("动态口令没有启用"))
    account.recovery_codes.all().delete()
    Account.objects.filter(pk=account.pk).update(code_seed="", code_confirmed_at=None, code_step=0)
    account.refresh_from_db()
    record(account.person.organisation, stamp, "second_factor_off", actor=account.actor)


@transaction.atomic
def take_code(account: Account, said: str, at: datetime) -> bool:
    """Whether a code of the device or a recovery code opens the door; either does so once."""
    word = "".join(said.lower().split())
    step = _step_of(account, word, at)
    if step is not None:
        return bool(Account.objects.filter(pk=account.pk, code_step__lt=step).update(code_step=step))
    left = RecoveryCode.objects.filter(account=account, code_hash=_hash(word), used_at__isnull=True)
    return bool(left.update(used_at=at))


def secret_of(account: Account) -> str:
    """The shared secret in base 32, as authenticators take it."""
    keyed = salted_hmac(
        "shounuo.organisation.codes", f"{account.actor}:{account.code_seed}", algorithm="sha256"
    )
    return base64.b32encode(keyed.digest()[:20]).decode()


def enrolment(account: Account, issuer: str) -> str:
    """The address that authenticators read from a QR code."""
    return pyotp.TOTP(secret_of(account)).provisioning_uri(name=account.sign_in_name, issuer_name=issuer)


def _step_of(account: Account, code: str, at: datetime) -> int | None:
    """The time step whose code this is, near `at`; None for a wrong one."""
    if not (account.code_seed and code.isascii() and code.isdigit() and len(code) == 6):
        return None
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret_of(account))
    fitting = [
        s for s in range(now - DRIFT, now + DRIFT + 1) if secrets.compare_digest(totp.generate_otp(s), code)
    ]
    return fitting[-1] if fitting else None


def _word() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _one in range(5)) for _group in range(2))


def _hash(word: str) -> str:
    plain = word.strip().lower().replace("-", "")
    return salted_hmac("shounuo.organisation.recovery", plain, algorithm="sha256").hexdigest()
