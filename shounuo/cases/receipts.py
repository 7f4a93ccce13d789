"""The receipt's secret: 120 bits derived from the installation's key, so that nothing about it is stored.

The same submission always yields the same receipt, also when it is sent twice; the secret of a
matter cannot be worked out without the key. Changing the key makes issued secrets invalid.
"""

from base64 import b32encode
from datetime import UTC, datetime
from unicodedata import normalize
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from shounuo.cases.models import Case

GROUP = 4
LENGTH = 24
_READ_ALIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})


def secret_of(stream: UUID) -> str:
    """The secret of a matter in groups, such as ``ABCD-EFGH-…``: 24 letters and digits 2-7."""
    raw = salted_hmac("shounuo.receipt", stream.hex, algorithm="sha256").digest()[:15]
    letters = b32encode(raw).decode()
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def rating_code_of(stream: UUID, ended_at: datetime) -> str:
    """The code of the single-use link that only rates: 16 letters and digits, another after each ending.

    It opens nothing else, and nothing once the matter is rated, since a matter is rated once.
    """
    ended = ended_at.astimezone(UTC).isoformat()
    raw = salted_hmac("shounuo.rating", f"{stream.hex} {ended}", algorithm="sha256").digest()[:10]
    return b32encode(raw).decode()


def rated_with(number: str, code: str) -> Case | None:
    """The ended matter with this number if the code is that of its ending; None alike for everything else."""
    case = Case.objects.select_related("organisation", "section").numbered(normalize("NFKC", number))
    ended = case.ended_at if case else None
    wanted = rating_code_of(case.stream if case else UUID(int=0), ended or datetime.min.replace(tzinfo=UTC))
    fits = constant_time_compare(wanted, code.upper())
    return case if case and ended and fits else None


def open_with(number: str, secret: str) -> Case | None:
    """The matter with this number if the secret is its own; None alike for a wrong number and a wrong secret.

    Case, full-width letters, spaces and dashes do not matter; 0, 1 and 8, which no secret contains, are read as O, I and B.
    """
    case = Case.objects.select_related("organisation", "section").numbered(normalize("NFKC", number))
    wanted = secret_of(case.stream if case else UUID(int=0)).replace("-", "")
    typed = "".join(c for c in normalize("NFKC", secret).upper() if c.isalnum()).translate(_READ_ALIKE)
    fits = constant_time_compare(wanted, typed)
    return case if case and fits else None
