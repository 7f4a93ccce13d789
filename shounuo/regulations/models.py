"""Editions a unit has adopted, settings it has decided, calendars it keeps; questions about them."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from shounuo.organisation.models import Unit


class EditionText(models.Model):
    """The full text of a pack as it was when adopted; the same content is kept once."""

    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    content = models.TextField(help_text="JSON as text: jsonb would lose the order of clauses and columns")

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """Questions about many adoptions."""

    def in_force(self, organisation_id: int, on: date) -> "Adoption | None":
        """The adoption that governs what an organisation received on a day."""
        open_then = Q(in_force_to__isnull=True) | Q(in_force_to__gt=on)
        found = self.filter(open_then, organisation=organisation_id, purpose="", in_force_from__lte=on)
        return found.order_by("-in_force_from", "-id").first()


class Adoption(models.Model):
    """Which edition governs an organisation from which day on.

    ``stamp`` grows with every setting decided and every calendar version, so that a compiled
    edition can be kept in memory on any node and is made anew only when it has changed.
    """

    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions")
    text = models.ForeignKey(EditionText, models.PROTECT)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True, help_text="first day no longer governed")
    adopted_by = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    document = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(
        max_length=12, blank=True, help_text="“import”: only for matters of imported logs"
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stamp = models.PositiveIntegerField(default=1)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "purpose", "in_force_from"], name="adoption_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gt=F("in_force_from")),
                name="adoption_to_after_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.text} {self.in_force_from}"


class SettingDecision(models.Model):
    """What an organisation decided where the regulation leaves it open: by whom, when, in which document."""

    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="setting_decisions")
    pack = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    value = models.JSONField()
    from_date = models.DateField()
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    document = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "pack", "key", "from_date"], name="setting_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class OfficeCalendar(models.Model):
    """One version of an organisation's calendar; the newest counts, older ones stay in the record."""

    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="calendars")
    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    spec = models.JSONField()
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "version"], name="calendar_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.name} v{self.version}"

    @classmethod
    def newest(cls, organisation_id: int) -> dict[str, Any]:
        """The newest spec of each calendar, by name."""
        found = cls.objects.filter(organisation=organisation_id).order_by("name", "version")
        return {row.name: row.spec for row in found}
