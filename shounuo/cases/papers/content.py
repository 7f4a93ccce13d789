"""The content of a paper, without its look: what the page and the PDF both draw."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shounuo.cases.derivation import Derivation, Link


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled value: words, or a civil moment with the tail that people_date knows."""

    label: str
    text: str = ""
    moment: datetime | None = None
    tail: str = "clock"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it: paragraphs, or a numbered list."""

    heading: str
    lines: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A promise on paper: its title, its clause, when it is due and why."""

    title: str
    clause: Link
    why: Derivation
    due_words: str = ""
    """What the due instant is called here: "最迟", "延期后最迟"."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Addresses that codes on the paper lead to; "" for none. They hold a number and a secret, nothing else."""

    progress: str = ""
    rating: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as it is given. ``signed`` is civil; ``receive``: the party signs for it."""

    kind: str
    title: str
    number: str
    matter: str
    unit: str
    signed: datetime
    to: str = ""
    opening: str = ""
    lines: Sequence[Line] = ()
    parts: Sequence[Part] = ()
    clocks: Sequence[Shown] = ()
    by: str = ""
    foot: Sequence[str] = ()
    receive: bool = False
    codes: Codes = field(default_factory=Codes)

    @property
    def filename(self) -> str:
        """A file name of plain letters: receipt-2026-000412."""
        return f"{self.kind}-{self.number}"
