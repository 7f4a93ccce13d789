"""Messages waiting to leave the house: mail, SMS, webhooks."""

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One side effect. It is written in the transaction that causes it and carried out later, at least once."""

    key = models.CharField(
        max_length=128, unique=True, help_text="deterministic: the same cause gives the same key"
    )
    channel = models.CharField(max_length=32)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="not before")
    tries = models.PositiveSmallIntegerField(default=0)
    leased_by = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(
        null=True, blank=True, help_text="given up after too many tries; a person looks"
    )
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(parked_at__isnull=True), name="message_sent_or_parked"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="message_waiting",
                condition=Q(sent_at__isnull=True, parked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"
