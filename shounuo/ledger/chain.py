"""The chain of one stream: pure functions from a fact's fields to its hash.

The hash of a fact is SHA-256 over canonical JSON of `[version, prev, stream, seq, kind, at, recorded_at,
actor, data, corrects, marks]`: UTF-8, keys sorted by code point, no blanks, instants in UTC with six
decimals and `Z`. The first fact's `prev` is the hash of the stream's own id, so that chains cannot be
exchanged.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

VERSION = 1

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def canonical(value: Any) -> bytes:
    """The one sequence of bytes that stands for `value`."""
    return _encode(value).encode("utf-8")


def genesis(stream: UUID) -> str:
    """What the first fact of a stream names as its predecessor (64 hexadecimal digits)."""
    return hashlib.sha256(b"shounuo stream " + stream.hex.encode()).hexdigest()


def instant(moment: datetime) -> str:
    """An aware moment in UTC to the microsecond, e.g. `2026-10-12T09:30:00.000000Z`."""
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError("a fact's moments carry a time zone")
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")[:26] + "Z"


def digest(
    prev: str,
    stream: UUID,
    seq: int,
    kind: str,
    at: datetime,
    recorded_at: datetime,
    actor: str,
    data: Mapping[str, Any],
    corrects: int | None,
    marks: str,
) -> str:
    """The hash (64 hexadecimal digits) that binds a fact to its predecessor `prev`."""
    fields = [
        VERSION,
        prev,
        stream.hex,
        seq,
        kind,
        instant(at),
        instant(recorded_at),
        actor,
        data,
        corrects,
        marks,
    ]
    return hashlib.sha256(canonical(fields)).hexdigest()


def keepable(value: Any, where: str = "data") -> None:
    """Refuse what the two databases would not give back as it was put in.

    Floats (PostgreSQL rewrites them; use a whole number or a text), NUL characters, keys that are not
    texts, and any type that JSON does not have. Raises TypeError or ValueError naming the place.
    """
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError(f"{where}: a NUL character cannot be kept")
    elif isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{where}: the key {key!r} is not a text")
            keepable(part, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            keepable(part, f"{where}[{place}]")
    elif value is not None and not isinstance(value, bool | int):
        raise TypeError(f"{where}: {type(value).__name__} cannot be kept in a fact")
