"""The border between the database (aware UTC) and the rules (naive civil time, whole seconds)."""

from datetime import datetime

from django.utils import timezone


def civil(at: datetime) -> datetime:
    """An aware moment as the wall clock of the installation's zone shows it, cut to whole seconds."""
    return timezone.make_naive(at, timezone.get_default_timezone()).replace(microsecond=0)


def instant(at: datetime) -> datetime:
    """The aware moment of a civil time; an hour that a clock change repeats means its first pass."""
    return timezone.make_aware(at, timezone.get_default_timezone())
