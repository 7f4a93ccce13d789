"""The tree of units, and the posts in them."""

import uuid
from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("代码只用小写字母、数字和连字符"))


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions about many units."""

    def organisations(self) -> "UnitQuerySet":
        """Organisations, without their sections and windows."""
        return self.filter(kind=Unit.Kind.ORGANISATION)

    def within(self, unit: "Unit") -> "UnitQuerySet":
        """`unit` and everything below it."""
        return self.filter(path__startswith=unit.path)

    def sections_of(self, organisation: "Unit") -> "UnitQuerySet":
        """The sections of one organisation, not those of organisations below it."""
        return self.filter(organisation=organisation, kind=Unit.Kind.SECTION).order_by("path")

    def open_on(self, day: date) -> "UnitQuerySet":
        """Units that are not closed on `day`."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def public(self) -> "UnitQuerySet":
        """Units that the portal shows."""
        return self.filter(is_public=True)


class Unit(models.Model):
    """An organisation, a section of it, or a window of a section."""

    class Kind(models.TextChoices):
        """What a unit is."""

        ORGANISATION = "organisation", _("单位")
        SECTION = "section", _("科室")
        WINDOW = "window", _("窗口")

    stream = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    organisation = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        help_text="empty on an organisation",
    )
    leader_post = models.ForeignKey(
        "organisation.Post", models.PROTECT, null=True, blank=True, related_name="in_charge_of"
    )
    path = models.CharField(max_length=500, unique=True, help_text="codes from the root, each followed by /")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    code = models.CharField(max_length=40, validators=[CODE])
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=200, blank=True)
    opening = models.CharField(max_length=300, blank=True, help_text="opening hours in words")
    is_public = models.BooleanField(default=True)
    closed_on = models.DateField(null=True, blank=True, help_text="first day on which it is no more")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="unit_code_in_organisation"),
            models.CheckConstraint(
                condition=Q(kind="organisation", organisation__isnull=True)
                | (~Q(kind="organisation") & Q(organisation__isnull=False, parent__isnull=False)),
                name="unit_within_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en or self.name_zh

    @property
    def house(self) -> "Unit":
        """The organisation this unit belongs to (itself when it is one)."""
        return self.organisation or self

    def contains(self, other: "Unit") -> bool:
        """Whether `other` is this unit or below it."""
        return other.path.startswith(self.path)

    def upwards(self) -> list["Unit"]:
        """This unit and those above it, nearest first."""
        codes = self.path.rstrip("/").split("/")
        paths = ["/".join(codes[: end + 1]) + "/" for end in range(len(codes))]
        return list(Unit.objects.filter(path__in=paths).order_by("-path"))

    def open_on(self, day: date) -> bool:
        """Whether the unit is not closed on `day`."""
        return self.closed_on is None or day < self.closed_on


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about many posts."""

    def with_role(self, role: str) -> "PostQuerySet":
        """Posts that carry `role`; a text search, because SQLite cannot ask what a JSON list contains."""
        return self.filter(roles__icontains=f'"{role}"')


class Post(models.Model):
    """A post in a unit; whoever is appointed to it carries its roles."""

    class Rank(models.TextChoices):
        """Who may decide about whom."""

        LEADERSHIP = "leadership", _("领导")
        SECTION_HEAD = "section_head", _("科室负责人")
        STAFF = "staff", _("工作人员")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=90, blank=True)
    rank = models.CharField(max_length=16, choices=Rank.choices, default=Rank.STAFF)
    roles = models.JSONField(default=list)
    closed_on = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "title_zh"], name="post_once_in_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.title_zh}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_zh if (get_language() or "zh").startswith("zh") else self.title_en or self.title_zh

    def open_on(self, day: date) -> bool:
        """Whether the post may be filled on `day`."""
        return self.closed_on is None or day < self.closed_on
