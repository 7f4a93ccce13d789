"""Every clock of every matter in one table, the results of checks, and alarms. Projections only:
rows are written from the judgement of the facts, in the transaction that appends them."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shounuo.organisation.models import Unit


class ClockQuerySet(models.QuerySet["RunningClock"]):
    """Questions about many clocks."""

    def needing_attention(self, at: datetime) -> "ClockQuerySet":
        """Live clocks whose next mark or due instant has passed: what the sweep must look at."""
        return self.filter(next_at__isnull=False, next_at__lte=at).order_by("next_at")

    def live(self) -> "ClockQuerySet":
        """Clocks that still run or wait."""
        return self.filter(
            state__in=(RunningClock.State.RUNNING, RunningClock.State.PAUSED, RunningClock.State.BREACHED)
        )


class RunningClock(models.Model):
    """One clock of one matter; ``no`` counts the starts of the same rule."""

    class State(models.TextChoices):
        """The states of a clock, as the engine names them."""

        RUNNING = "running", _("计时中")
        PAUSED = "paused", _("暂停")
        MET = "met", _("按时")
        MET_LATE = "met_late", _("超期办结")
        BREACHED = "breached", _("逾期")
        VOID = "void", _("作废")

    stream = models.UUIDField()
    rule = models.CharField(max_length=80)
    no = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    section = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=24)
    service = models.CharField(max_length=80, blank=True)
    handler = models.CharField(max_length=64, blank=True)
    clause = models.CharField(max_length=120)
    words = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State.choices)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    handling = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    next_at = models.DateTimeField(
        null=True, blank=True, help_text="when the sweep must look; empty: nothing to come"
    )

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "rule", "no"], name="clock_once"),
            models.CheckConstraint(
                condition=Q(state__in=("running", "paused"))
                | Q(ended_at__isnull=False)
                | Q(state="breached"),
                name="clock_state_fits_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("breached", "met_late")) | Q(breached_at__isnull=False),
                name="clock_breach_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="clock_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="clock_next", condition=Q(next_at__isnull=False)),
            models.Index(  # all that tables of promises count by, so that they need not touch the rows
                fields=["organisation", "rule", "due_at", "state", "provisional", "section"],
                name="clock_table",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.no} {self.state}"


class CheckResult(models.Model):
    """The verdict of one check of one matter."""

    class State(models.TextChoices):
        """The states of a check, as the engine names them."""

        PENDING = "pending", _("未定")
        KEPT = "kept", _("兑现")
        BROKEN = "broken", _("违诺")

    stream = models.UUIDField()
    rule = models.CharField(max_length=80)
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    section = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=24)
    service = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices)
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "rule"], name="check_once")]
        indexes = [
            models.Index(fields=["organisation", "rule", "judged_at", "state", "section"], name="check_table")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.state}"


class Alarm(models.Model):
    """A warning or breach that was raised once, stamped with the legal moment."""

    stream = models.UUIDField()
    rule = models.CharField(max_length=80)
    no = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=40, help_text="a warn mark, or “breach”")
    at = models.DateTimeField()
    raised_at = models.DateTimeField()
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    handler = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "rule", "no", "mark", "at"], name="alarm_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.mark}"


class SweepMark(models.Model):
    """The last moment a sweep ran at, so that a clock set back is noticed."""

    name = models.CharField(max_length=20, unique=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.last_at}"
