"""A regulation's text under review; its decisions are facts on its own stream, its words lie here."""

import uuid

from django.db import models

from shounuo.organisation.models import Unit


class Draft(models.Model):
    """A text that an organisation reads to adopt it: the text, what reading found, who brought it when.

    What was decided about each finding is on ``stream``; the number of its last fact is the draft's version.
    """

    stream = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="drafts")
    name = models.CharField(max_length=200, help_text="the file's name; empty for a text that was pasted")
    title = models.CharField(max_length=200)
    pack = models.CharField(max_length=60, help_text="the pack it becomes, or becomes another edition of")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file or the pasted text")
    reading = models.TextField(help_text="JSON as text, as “shounuo read --json” gives it: order stays")
    brought_by = models.CharField(max_length=64)
    brought_at = models.DateTimeField()
    adoption = models.OneToOneField(
        "regulations.Adoption", models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-brought_at"], name="draft_newest")]

    def __str__(self) -> str:
        return self.title
