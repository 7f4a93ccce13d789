"""Reminders in somebody's bell, steps of the climbing line still to come, and what each person prefers."""

from datetime import time
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shounuo.organisation.models import Person, Unit
from shounuo.reminders.kinds import KINDS, URGENT, titles


class Level(models.TextChoices):
    """As whom somebody is told."""

    OWN = "own", _("承办")
    SECTION_HEAD = "section_head", _("科室负责人")
    LEADER = "leader_in_charge", _("分管领导")
    OFFICE = "office", _("归口管理部门")


class Reminder(models.Model):
    """Something one person was told. `cause` is the clock, mark and moment, or the fact, that it comes from."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    instead_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="who is absent"
    )
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=titles)
    level = models.CharField(max_length=20, choices=Level.choices)
    cause = models.CharField(max_length=200)
    stream = models.UUIDField()
    number = models.CharField(max_length=24, help_text="the matter's printed number")
    rule = models.CharField(max_length=80, blank=True)
    no = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=40, blank=True, help_text="a warn mark, or the kind of fact")
    at = models.DateTimeField(help_text="the legal moment")
    due_at = models.DateTimeField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause", "level", "person"], name="reminder_once"),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True) | ~Q(instead_of=models.F("person")),
                name="reminder_instead_of_another",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="reminder_list"),
            models.Index(fields=["person"], name="reminder_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Climb(models.Model):
    """A step of the climbing line: if the clock is still broken at `look_at`, the level hears of it."""

    stream = models.UUIDField()
    rule = models.CharField(max_length=80)
    no = models.PositiveSmallIntegerField()
    breached_at = models.DateTimeField()
    level = models.CharField(max_length=20, choices=Level.choices)
    look_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False, help_text="false when the matter had ended by then")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "rule", "no", "breached_at", "level"], name="climb_once"
            )
        ]
        indexes = [models.Index(fields=["look_at"], name="climb_waiting", condition=Q(done_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.rule} {self.no} {self.level}"


class Preference(models.Model):
    """How one person wants to be told outside the product. Without a row the usual channels count."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="preference")
    language = models.CharField(max_length=10, default="zh-hans")
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=40, blank=True, help_text="empty: the telephone of the staff list")
    wecom = models.CharField(max_length=64, blank=True, help_text="the person's id at WeCom")
    chosen = models.JSONField(default=dict, help_text="kind of reminder: list of channels")
    digest = models.BooleanField(default=False)
    digest_at = models.TimeField(default=time(8, 30))
    last_digest_on = models.DateField(null=True, blank=True)
    last_digest_at = models.DateTimeField(null=True, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="preference_quiet_both",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    def channels(self, kind: str, urgent: bool = False) -> frozenset[str]:
        """The channels a reminder of this kind takes; what waits for the digest takes none but the fixed ones."""
        known = KINDS[kind]
        wanted = frozenset(self.chosen[kind]) if kind in self.chosen else known.usual
        if urgent:
            return wanted | known.fixed | URGENT
        return known.fixed if self.digest else wanted | known.fixed

    def address(self, channel: str) -> str:
        """Where a channel reaches the person; "" when nothing is known."""
        known: dict[str, Any] = {
            "mail": self.email,
            "sms": self.mobile or self.person.phone,
            "wecom": self.wecom,
        }
        return str(known.get(channel, ""))
