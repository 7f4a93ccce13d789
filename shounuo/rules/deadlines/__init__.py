"""Deadlines: budgets, pauses, due instants, figures and explanations."""

from shounuo.rules.calendars import OutOfCoverage

from .budgets import (
    Before,
    Budget,
    Months,
    NaturalDays,
    NaturalTime,
    OnTheSpot,
    SameDay,
    WorkingDays,
    WorkingTime,
    budget_from_json,
    budget_to_json,
    plus,
)
from .due import Due, due
from .figures import Figures, figures
from .instants import InputError, Pause
from .marks import warn_moment
from .prefix import due_at
from .trace import Trace, TraceDay, Verdict, explain

__all__ = [
    "Before",
    "Budget",
    "Due",
    "Figures",
    "InputError",
    "Months",
    "NaturalDays",
    "NaturalTime",
    "OnTheSpot",
    "OutOfCoverage",
    "Pause",
    "SameDay",
    "Trace",
    "TraceDay",
    "Verdict",
    "WorkingDays",
    "WorkingTime",
    "budget_from_json",
    "budget_to_json",
    "due",
    "due_at",
    "due_many",
    "explain",
    "figures",
    "plus",
    "warn_moment",
]


def __getattr__(name: str) -> object:
    """`due_many` needs numpy, which is imported only where the batch is used."""
    if name == "due_many":
        from .batch import due_many

        return due_many
    raise AttributeError(name)
