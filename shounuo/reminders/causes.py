"""Names of what reminders come from: the same cause has the same name on every machine."""

from datetime import UTC, datetime
from uuid import UUID


def clock_cause(stream: UUID, rule: str, no: int, mark: str, moment: datetime) -> str:
    """A mark or breach of one clock at its legal moment."""
    return f"{stream.hex}:{rule}:{no}:{mark}:{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def fact_cause(stream: UUID, seq: int) -> str:
    """One fact of a matter."""
    return f"{stream.hex}:{seq}"
