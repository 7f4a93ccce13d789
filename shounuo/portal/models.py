"""What the portal itself remembers: wrong tries to open a matter, and how much one address sends."""

from django.db import models


class OpeningTry(models.Model):
    """Wrong numbers and secrets from one address since a moment, in a table so that every node knows them.

    The address is kept as a keyed digest only.
    """

    address_hash = models.CharField(max_length=64, unique=True)
    wrong = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "opening tries"
        indexes = [models.Index(fields=["since"], name="opening_since")]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]} {self.wrong}"


class Sending(models.Model):
    """One matter sent from an address, kept for a day, so that every node knows how much comes from there.

    A row a sending instead of a counter: those who share an address (a hall) do not wait for each other. The
    address is kept as a keyed digest only.
    """

    address_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address_hash", "at"], name="sending_address"),
            models.Index(fields=["at"], name="sending_at"),
        ]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]} {self.at:%H:%M}"
