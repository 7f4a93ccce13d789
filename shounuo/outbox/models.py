"""Messages waiting to leave the house: mail, SMS, WeCom."""

from datetime import datetime
from hashlib import sha256

from django.db import models
from django.db.models import Q


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about many messages."""

    def waiting(self) -> "MessageQuerySet":
        """Neither carried out nor given up."""
        return self.filter(sent_at__isnull=True, parked_at__isnull=True)

    def parked(self) -> "MessageQuerySet":
        """Given up after too many tries; a person looks."""
        return self.filter(parked_at__isnull=False)

    def gone(self) -> "MessageQuerySet":
        """Carried out, or no longer needed when their turn came."""
        return self.filter(sent_at__isnull=False)

    def overdue(self, at: datetime) -> "MessageQuerySet":
        """Should have left before `at` and did not."""
        return self.waiting().filter(due_at__lte=at)


class Message(models.Model):
    """One side effect. It is written in the transaction that causes it and carried out later, at least once.

    The payload names what is to be said and never the words, the address or anything else about a person:
    those are looked up when it leaves.
    """

    key = models.CharField(
        max_length=128, unique=True, help_text="deterministic: the same cause gives the same key"
    )
    channel = models.CharField(max_length=32)
    scope = models.CharField(max_length=40, blank=True, help_text="whose it is: the organisation's id")
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
    not_needed = models.CharField(max_length=24, blank=True, help_text="why nothing was sent, as a code")
    reference = models.CharField(max_length=120, blank=True, help_text="what the carrier answered")
    last_error = models.CharField(max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

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
            ),
            models.Index(fields=["scope", "created_at"], name="message_of_house"),
            models.Index(fields=["sent_at"], name="message_gone", condition=Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"

    @property
    def id_outside(self) -> str:
        """The id under which it travels; the same on every try, so that a receiver can drop a second copy."""
        return sha256(self.key.encode()).hexdigest()[:32]
