"""Editions a unit has adopted, settings it has decided, calendars it keeps; questions about them."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

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
    document = models.CharField(max_length=120, blank=True, help_text="the notice it follows")
    changed_from = models.DateField(
        null=True, blank=True, help_text="the first day that differs from the version before"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "version"], name="calendar_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.name} v{self.version}"


class Remark(models.Model):
    """Free words that belong to a fact of an organisation's stream: why a setting was decided so. Erasable."""

    stream = models.UUIDField()
    seq = models.PositiveIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="remark_once")]

    def __str__(self) -> str:
        return self.text[:40]


class Recomputation(models.Model):
    """Open clocks judged again because a calendar version came or values that bind running clocks began to count.

    Done in batches by any worker that holds the lease; ``cursor`` is the last matter done, moved in the same
    transaction as what was written, so that a worker killed anywhere leaves nothing doubled or lost.
    """

    class State(models.TextChoices):
        """How far a recomputation has come."""

        WAITING = "waiting", _("等待开始")
        RUNNING = "running", _("正在重算")
        DONE = "done", _("已完成")

    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="recomputations")
    calendar = models.ForeignKey(OfficeCalendar, models.PROTECT, null=True, blank=True, related_name="+")
    adoption = models.ForeignKey(Adoption, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(
        help_text="the first day that changed, or on which amended values bind running clocks"
    )
    begins_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    cursor = models.UUIDField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0, help_text="provisional dues that became definite")
    failed = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar"], name="recomputation_once_a_version"),
            models.UniqueConstraint(fields=["adoption", "day"], name="recomputation_once_an_amendment"),
            models.CheckConstraint(
                condition=Q(calendar__isnull=False, adoption__isnull=True)
                | Q(calendar__isnull=True, adoption__isnull=False),
                name="recomputation_has_one_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.day} {self.state}"


class DueMove(models.Model):
    """A due instant that a calendar or an amendment moved: the row beside the fact ``due_moved``, for lists."""

    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stream = models.UUIDField()
    seq = models.PositiveIntegerField(help_text="the number of its fact")
    rule = models.CharField(max_length=80)
    no = models.PositiveSmallIntegerField()
    old = models.DateTimeField(null=True, blank=True)
    new = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=12)
    source = models.CharField(
        max_length=60, help_text="the calendar and its version, or the day of the amendment"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="due_move_once")]
        indexes = [models.Index(fields=["organisation", "source", "id"], name="due_move_list")]

    def __str__(self) -> str:
        return f"{self.rule} {self.old} {self.new}"


from shounuo.regulations.draft_models import Draft  # noqa: E402 - a table of its own file

__all__ = [
    "Adoption", "AdoptionQuerySet", "Draft", "DueMove", "EditionText", "OfficeCalendar", "Recomputation", "Remark",
    "SettingDecision",
]  # fmt: skip
