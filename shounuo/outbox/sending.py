"""Carrying messages out: lease, put into words, send, mark. At least once, always under the same id.

Between sending and marking a worker may die: the lease runs out, another sends again under the same id
(`Outgoing.id`), and whoever receives it can drop the second copy. The other order would lose messages.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from shounuo.outbox import actions
from shounuo.outbox.models import Message

log = logging.getLogger("shounuo.outbox")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in words, on its way to one address. `id` is the same on every try."""

    id: str
    to: str
    text: str
    subject: str = ""
    html: str = ""
    language: str = "zh-hans"


class Receipt(NamedTuple):
    """What the carrier answered: its own number for the message, "" when it gives none."""

    reference: str = ""


class Sender(Protocol):
    """A carrier of one channel. Raises `Refused` for what will never work, anything else is tried again."""

    channel: str

    def send(self, message: Outgoing) -> Receipt:
        """Hand the message over; returns once the carrier has it."""
        ...


class Refused(Exception):
    """The carrier will never take this message: it is parked at once. The text holds no address."""


class NotNeeded(Exception):
    """Nothing has to be sent any more; the text is a reason's code."""


Compose = Callable[[Message, datetime], Outgoing]
"""Puts a message into words for its address; raises `NotNeeded`."""


def send_due(
    worker: str, at: datetime, senders: Mapping[str, Sender], compose: Compose, limit: int = 10
) -> int:
    """Carry out up to `limit` messages whose turn has come; returns how many were taken up.

    `limit` times the carriers' time-out stays well below the lease, so that no lease runs out in between.
    """
    taken = actions.lease(worker, at, limit)
    for one in taken:
        _carry(one, at, senders, compose)
    return len(taken)


def _carry(message: Message, at: datetime, senders: Mapping[str, Sender], compose: Compose) -> None:
    """One message. What goes wrong stays with it, as the error's kind: its words may hold an address."""
    try:
        sender = senders.get(message.channel)
        if sender is None:
            raise Refused(f"no sender for channel {message.channel}")
        receipt = sender.send(compose(message, at))
    except NotNeeded as why:
        actions.skipped(message, str(why), at)
    except Refused as why:
        actions.failed(message, str(why), at, final=True)
    except Exception as error:
        log.warning("message %s was not sent: %s", UUID(message.id_outside), kind_of(error))
        actions.failed(message, kind_of(error), at)
    else:
        actions.done(message, at, receipt.reference)


def kind_of(error: Exception) -> str:
    """The error's class and its number (SMTP code, errno), without its words."""
    number = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return type(error).__name__ + (f" {number}" if number else "")
