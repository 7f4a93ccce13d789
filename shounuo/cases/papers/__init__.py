"""What goes on paper: receipt, one-time notice, extension letter, result letter, reply. One content for screen,
printer and PDF."""

from shounuo.cases.papers.content import Codes, Line, Paper, Part, Shown
from shounuo.cases.papers.kinds import KINDS, Listed, listed_papers, paper_kind, title_of_kind
from shounuo.cases.papers.writing import Source, source_of, write

__all__ = [
    "KINDS",
    "Codes",
    "Line",
    "Listed",
    "Paper",
    "Part",
    "Shown",
    "Source",
    "listed_papers",
    "paper_kind",
    "source_of",
    "title_of_kind",
    "write",
]
