"""What a regulation's clauses say, as findings: each with its place, the pattern that found it and how sure that is.

Spans are half-open character positions in `Regulation.source`; a quote is the source between them, word for word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a clause says."""

    clause: str
    """id of the clause"""
    quote: str
    span: Span
    confidence: float
    """0 to 1: the pattern's own figure in the lexicon, lowered where the surroundings leave doubt"""
    pattern: str
    """name of the entry in the lexicon that found it"""


@dataclass(frozen=True, slots=True)
class Limit(Finding):
    """A number with a time unit that bounds when somebody has to act."""

    value: float
    """the upper bound of a range; 0 for on_the_spot and same_day"""
    unit: str
    """minute, hour, calendar_day, working_day, day_unspecified, month, same_day or on_the_spot"""
    kind: str
    """process, answer, arrival, restore, accept, tell, pay, lead_time, extension or other"""
    starts: str | None = None
    """the event from which time runs, in the text's words; None where the text does not say"""
    ends: str | None = None
    """the event that must happen (for a lead time: the act that must come before the event in `starts`)"""
    obliged: str | None = None
    least: float | None = None
    """the lower bound of a range"""
    first_day: str | None = None
    """`next_day` where time runs from the day after"""
    measured: str = "maximum"
    """`maximum` for each matter, or `average` over many"""
    matter: str | None = None
    """what it holds for, in the text's words"""
    place: str | None = None
    """where the figure holds, when the text gives different ones by place"""


@dataclass(frozen=True, slots=True)
class Duty(Finding):
    """Something that must be done again and again."""

    recurrence: str
    """yearly, half_yearly, quarterly, monthly, weekly, daily, always, hours, per_event, unspecified ..."""
    day: str | None = None
    """the date or day in the period, as printed"""
    least: float | None = None
    most: float | None = None
    obliged: str | None = None
    recipient: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """How often, in what time and over whom something must have happened."""

    text: str
    least: float | None = None
    """the smallest count that fires"""
    window: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Consequence(Finding):
    """What may follow: the measures of one tier."""

    measures: tuple[str, ...]
    threshold: Threshold | None = None
    grade: str | None = None
    """light or grave, where the text says so"""


@dataclass(frozen=True, slots=True)
class Disclosure(Finding):
    """Something must be told to, given to or published for clients, parties or the public."""

    to: str
    """public, party or unsaid"""


@dataclass(frozen=True, slots=True)
class Gap(Finding):
    """Something that the text leaves open."""

    kind: str
    why: str
    """code of the reason, worded by whoever shows it"""


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings in the order of the text, and the shapes of each clause."""

    limits: tuple[Limit, ...] = ()
    duties: tuple[Duty, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    gaps: tuple[Gap, ...] = ()
    shapes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """clause id -> shapes in falling order of weight (commitment, duty, norm, consequence, disclosure, routing, register,
    arrangement, definition)"""
