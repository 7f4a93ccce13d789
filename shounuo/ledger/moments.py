"""The border between the database (aware UTC) and the rules (naive civil time, whole seconds).

Where the zone changes its clocks, every moment goes to civil time and back unchanged: of an hour that comes twice,
``fold`` keeps the pass. Civil times themselves are compared by the face of the clock, on which both passes are alike.
"""

from datetime import UTC, date, datetime, time

from django.utils import timezone


def civil(at: datetime) -> datetime:
    """An aware moment as the wall clock of the installation's zone shows it, cut to whole seconds."""
    return timezone.make_naive(at, timezone.get_default_timezone()).replace(microsecond=0)


def day_of(at: datetime) -> date:
    """The civil day of an aware moment."""
    return civil(at).date()


def begin_of(day: date) -> datetime:
    """The first moment of a civil day, in UTC."""
    return instant(datetime.combine(day, time()))


def instant(at: datetime) -> datetime:
    """The moment of a civil time, in UTC.

    An hour that a clock change repeats means its first pass unless ``fold`` says the second; one that it
    skips means the same distance after the change (02:30 is 03:30).
    """
    return timezone.make_aware(at, timezone.get_default_timezone()).astimezone(UTC)
