"""Matters (Case) as projected from their facts; erasable words and parties beside them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shounuo.cases.grams_field import GramsField
from shounuo.ledger.moments import civil
from shounuo.organisation.models import Unit
from shounuo.regulations.models import Adoption


class Kind(models.TextChoices):
    """What a matter is."""

    ENQUIRY = "enquiry", _("咨询")
    APPLICATION = "application", _("申请")
    REPAIR = "repair", _("报修")
    SUGGESTION = "suggestion", _("建议")
    PRAISE = "praise", _("表扬")


class Channel(models.TextChoices):
    """How a matter came in."""

    WINDOW = "window", _("窗口")
    PHONE = "phone", _("电话")
    PORTAL = "portal", _("网上")
    POST = "post", _("来信")
    MAIL = "mail", _("电子邮件")
    OTHER = "other", _("其他")


class State(models.TextChoices):
    """Where a matter stands, as the engine names it."""

    RECEIVED = "received", _("已收到")
    WAITING = "waiting_for_materials", _("等待补齐材料")
    IN_HAND = "in_hand", _("办理中")
    WITH_LEADER = "with_leader", _("请示分管领导")
    IN_STUDY = "in_study", _("研究中")
    ANSWERED = "answered", _("已答复")
    COMPLETED = "completed", _("已办结")
    DECLINED = "declined", _("不予办理")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    WITHDRAWN = "withdrawn", _("已撤回")
    TRANSFERRED_OUT = "transferred_out", _("已转出")
    MERGED = "merged", _("已并件")


OPEN_STATES = (State.RECEIVED, State.WAITING, State.IN_HAND, State.WITH_LEADER, State.IN_STUDY)


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about many matters."""

    def open(self) -> "CaseQuerySet":
        """Matters that have not ended; asked so that the indexes on open matters serve."""
        return self.filter(ended_at__isnull=True)

    def reached(self, most: int) -> int:
        """How many there are, counted no further than `most`."""
        return self.order_by()[:most].count()

    def by_due(self) -> "CaseQuerySet":
        """What is due first comes first; without a due instant last."""
        return self.order_by(F("due_at").asc(nulls_last=True), "id")

    def numbered(self, number: str) -> "Case | None":
        """The matter with a printed number such as 2026-000412, or None."""
        number = number.strip()
        year, _dash, tail = number.partition("-")
        if not (number.isascii() and year.isdigit() and tail.isdigit() and len(tail) < 16):
            return None
        found = self.filter(pk=int(tail)).first()
        return found if found and found.number == f"{year}-{int(tail):06d}" else None


class Case(models.Model):
    """One matter. Written only from the judgement of its facts, by compare-and-swap on ``version``."""

    stream = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(help_text="the number of the last fact")
    head = models.CharField(max_length=64, help_text="the hash of the last fact")
    judged_at = models.DateTimeField()
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    section = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    handing_to = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    service = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    state = models.CharField(max_length=24, choices=State.choices)
    received_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    first_asked = models.CharField(max_length=64, blank=True)
    answerable = models.CharField(max_length=64, blank=True)
    handler = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    clock_state = models.CharField(max_length=12, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    appointed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.CharField(max_length=24, blank=True, help_text="the printed number, of a repeat")
    disputed = models.BooleanField(default=False, help_text="an objection to the end waits for an answer")
    extension_asked = models.BooleanField(default=False, help_text="an extension waits for a decision")
    rating_appealed = models.BooleanField(default=False, help_text="an appeal against the rating waits")
    to_remedy = models.BooleanField(default=False, help_text="a bad rating that is not put right yet")
    undecided = models.BooleanField(
        default=False, help_text="an imported status or time that cannot be judged"
    )
    marks = models.CharField(max_length=16, blank=True, help_text="“demo” or “import”, empty in real use")
    outside = models.CharField(  # noqa: DJ001 - NULL, not "": only imported numbers must be unique
        max_length=120, null=True, blank=True, help_text="the number elsewhere, when imported"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "outside"], name="case_imported_once"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
                name="case_state_fits_end",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5), name="case_rating_1_to_5"
            ),
        ]
        indexes = [
            models.Index(fields=["handler", "due_at"], name="case_list", condition=Q(ended_at__isnull=True)),
            models.Index(
                fields=["section", "due_at"], name="case_section", condition=Q(ended_at__isnull=True)
            ),
            models.Index(fields=["organisation", "received_at"], name="case_received"),
            models.Index(
                fields=["organisation", "due_at"], name="case_open_due", condition=Q(ended_at__isnull=True)
            ),
            models.Index(fields=["section", "received_at"], name="case_section_received"),
            # what somebody sees is one of several columns: each has an index, so that the database can join them
            models.Index(fields=["handler"], name="case_handler"),
            models.Index(fields=["answerable"], name="case_answerable"),
            models.Index(fields=["first_asked"], name="case_first_asked"),
            models.Index(
                fields=["organisation", "merged_into"], name="case_merged", condition=~Q(merged_into="")
            ),
            models.Index(fields=["organisation"], name="case_disputed", condition=Q(disputed=True)),
            # what waits for a decision is rare among very many: each question has its own short index
            models.Index(fields=["organisation"], name="case_to_extend", condition=Q(extension_asked=True)),
            models.Index(fields=["organisation"], name="case_appealed", condition=Q(rating_appealed=True)),
            models.Index(fields=["organisation"], name="case_to_remedy", condition=Q(to_remedy=True)),
            models.Index(fields=["organisation"], name="case_with_leader", condition=Q(state="with_leader")),
            models.Index(
                fields=["organisation", "due_at"],
                name="case_untaken",
                condition=Q(first_asked="", ended_at__isnull=True),
            ),
            models.Index(
                fields=["organisation"],
                name="case_owed_after",
                condition=Q(ended_at__isnull=False, due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The printed number: year of receipt and a running number. Gaps are normal."""
        return f"{civil(self.received_at).year}-{self.pk:06d}"

    @property
    def ended(self) -> bool:
        """Whether nothing more is owed."""
        return self.ended_at is not None


class Party(models.Model):
    """Who asked. Erasable: the record holds nothing of this."""

    case = models.OneToOneField(Case, models.PROTECT, to_field="stream", primary_key=True, db_column="stream")
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    anonymous = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return str(self.pk)


class Words(models.Model):
    """Free words that belong to a fact (``seq``): the request, an answer, a reason. Erasable."""

    case = models.ForeignKey(
        Case, models.PROTECT, to_field="stream", db_column="stream", related_name="words"
    )
    seq = models.PositiveIntegerField()
    label = models.CharField(max_length=24)
    text = models.TextField()

    class Meta:
        verbose_name_plural = "words"
        constraints = [models.UniqueConstraint(fields=["case", "seq", "label"], name="words_once")]

    def __str__(self) -> str:
        return self.text[:40]


class Lookup(models.Model):
    """What a matter is found by. Erasable, like the words and the party it is made of.

    The moment of receipt never changes; it stands here again so that the newest hits are found without reading their
    matters.
    """

    case = models.OneToOneField(
        Case, models.PROTECT, to_field="stream", db_column="stream", related_name="lookup"
    )
    grams = GramsField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="case_lookup_received")]

    def __str__(self) -> str:
        return str(self.pk)


class Notice(models.Model):
    """A one-time notice as it was given: number, contents and form. Kept as sent."""

    case = models.ForeignKey(
        Case, models.PROTECT, to_field="stream", db_column="stream", related_name="notices"
    )
    seq = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    body = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="notice_once")]

    def __str__(self) -> str:
        return self.number


class Intake(models.Model):
    """The answer already given to a submission: the same key returns it instead of a second matter."""

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    stream = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="intake_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class SavedFilter(models.Model):
    """A set of filters of the list of matters that somebody keeps by a name."""

    actor = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="filter_once")]

    def __str__(self) -> str:
        return self.name
