"""The duty roster: who is on duty when."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from shounuo.organisation.models.people import Person
from shounuo.organisation.models.units import Unit


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Questions about many shifts."""

    def at(self, at: datetime) -> "ShiftQuerySet":
        """Shifts that run at `at`; `ends_at` is the first instant no longer covered."""
        return self.filter(begins_at__lte=at, ends_at__gt=at)

    def between(self, first: datetime, last: datetime) -> "ShiftQuerySet":
        """Shifts that begin in a period, `last` excluded."""
        return self.filter(begins_at__gte=first, begins_at__lt=last)


class Shift(models.Model):
    """One person's turn of duty in a unit, as clerk on duty or as duty supervisor."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shifts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shifts")
    supervises = models.BooleanField(default=False)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="first instant no longer covered")

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="shift_ends_after_begin"),
            models.UniqueConstraint(fields=["unit", "person", "begins_at"], name="shift_once"),
        ]
        indexes = [models.Index(fields=["unit", "begins_at"], name="shift_of_unit")]

    def __str__(self) -> str:
        return f"{self.person} {self.begins_at:%Y-%m-%d %H:%M}"
