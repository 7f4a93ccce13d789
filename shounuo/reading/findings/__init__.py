"""What the clauses of a regulation say and what they leave open."""

from shounuo.reading.findings.find import find
from shounuo.reading.findings.model import (
    Consequence,
    Disclosure,
    Duty,
    Finding,
    Findings,
    Gap,
    Limit,
    Threshold,
)

__all__ = ["Consequence", "Disclosure", "Duty", "Finding", "Findings", "Gap", "Limit", "Threshold", "find"]
