"""Absences, and who stands in meanwhile."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shounuo.organisation.models.people import Person


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about many absences."""

    def at(self, at: datetime) -> "AbsenceQuerySet":
        """In force at `at`; `to_at` is the first instant no longer covered."""
        return self.filter(state=Absence.State.IN_FORCE, from_at__lte=at, to_at__gt=at)

    def standing(self) -> "AbsenceQuerySet":
        """In force or waiting for approval: what another absence must agree with."""
        return self.filter(state__in=(Absence.State.IN_FORCE, Absence.State.REQUESTED))

    def overlapping(self, from_at: datetime, to_at: datetime) -> "AbsenceQuerySet":
        """Those that share an instant with a period."""
        return self.filter(from_at__lt=to_at, to_at__gt=from_at)


class Absence(models.Model):
    """Somebody is away for a period; the delegate may do what is in scope with the absent person's rights."""

    class State(models.TextChoices):
        """Whether it counts."""

        REQUESTED = "requested", _("等待批准")
        IN_FORCE = "in_force", _("生效")
        REFUSED = "refused", _("未获批准")
        WITHDRAWN = "withdrawn", _("已撤销")

    class Scope(models.TextChoices):
        """What the delegate may do."""

        ALL = "all", _("全部事项")
        KINDS = "kinds", _("某些类别的事项")
        SERVICES = "services", _("某些服务事项")
        VERBS = "verbs", _("某一类操作")

    class Reason(models.TextChoices):
        """Why somebody is away."""

        LEAVE = "leave", _("休假")
        SICK = "sick", _("病假")
        TRIP = "trip", _("出差")
        TRAINING = "training", _("培训")
        OTHER = "other", _("其他")

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    delegate = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="stands_in", help_text="empty: nobody"
    )
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(help_text="first instant no longer covered")
    reason = models.CharField(max_length=16, choices=Reason.choices, default=Reason.OTHER)
    scope = models.CharField(max_length=16, choices=Scope.choices, default=Scope.ALL)
    scope_values = models.JSONField(
        default=list, help_text="kinds, services or groups of verbs; empty for all"
    )
    state = models.CharField(max_length=16, choices=State.choices)
    asked_by = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="absence_to_after_from"),
            models.CheckConstraint(
                condition=Q(delegate__isnull=True) | ~Q(delegate=F("person")), name="absence_not_oneself"
            ),
        ]
        indexes = [models.Index(fields=["state", "to_at"], name="absence_in_force")]

    def __str__(self) -> str:
        return f"{self.person} {self.from_at:%Y-%m-%d}"

    def covers(self, at: datetime) -> bool:
        """Whether it is in force at `at`."""
        return self.state == self.State.IN_FORCE and self.from_at <= at < self.to_at
