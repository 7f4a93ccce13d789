"""People and the posts they hold."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from shounuo.ledger.moments import day_of
from shounuo.organisation.models.units import Post, Unit


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about many people."""

    def holding(
        self, role: str, at: datetime, unit: Unit | None = None, below: bool = False
    ) -> "PersonQuerySet":
        """Who holds `role` at `at`: anywhere, in `unit`, or (`below`) in `unit` and everything under it."""
        held = Appointment.objects.at(at).with_role(role)
        if unit is not None:
            held = (
                held.filter(post__unit__path__startswith=unit.path) if below else held.filter(post__unit=unit)
            )
        return self.filter(pk__in=held.values("person")).order_by("staff_no")

    def of_unit(self, unit: Unit, at: datetime) -> "PersonQuerySet":
        """Who holds any post in `unit` at `at`."""
        return self.filter(pk__in=Appointment.objects.at(at).filter(post__unit=unit).values("person"))


class Person(models.Model):
    """A member of staff."""

    account = models.OneToOneField(
        "organisation.Account", models.PROTECT, null=True, blank=True, related_name="person"
    )
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="people")
    staff_no = models.CharField(max_length=30)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=90, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "staff_no"], name="staff_no_in_organisation")
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en or self.name_zh

    def appointments_at(self, at: datetime) -> "AppointmentQuerySet":
        """The appointments in force at `at`, with post and unit."""
        return self.appointments.at(at).select_related("post__unit__organisation")

    def roles_at(self, at: datetime) -> set[str]:
        """All roles that the person's posts carry at `at`."""
        return {role for held in self.appointments_at(at) for role in held.post.roles}


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Questions about many appointments."""

    def at(self, at: datetime) -> "AppointmentQuerySet":
        """In force on the day of `at`; `to_date` is the first day that is no longer covered."""
        day = day_of(at)
        return self.filter(Q(to_date__isnull=True) | Q(to_date__gt=day), from_date__lte=day)

    def with_role(self, role: str) -> "AppointmentQuerySet":
        """To posts that carry `role`."""
        return self.filter(post__in=Post.objects.with_role(role))


class Appointment(models.Model):
    """Who holds which post from when until when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True, help_text="first day no longer covered")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="appointment_to_after_from",
            ),
            models.UniqueConstraint(
                fields=["person", "post"], condition=Q(to_date__isnull=True), name="appointment_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"
