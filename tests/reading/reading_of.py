"""A text read as a test needs it: split into clauses and searched."""

from shounuo.reading.clauses import split
from shounuo.reading.findings import Findings, find


def found_in(text: str) -> Findings:
    """Everything found in a text."""
    return find(split(text))
