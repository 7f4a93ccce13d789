"""The table of facts, and how far each consumer has come."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class CurrentTransaction(models.Func):
    """The number of the transaction that writes; 0 on SQLite, where writers queue and ids follow commits."""

    template = "0"
    output_field = models.BigIntegerField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, tuple[()]]:
        """xid8 has no cast to bigint except through text; it fits for the next 146 billion years."""
        return "pg_current_xact_id()::text::bigint", ()


class Fact(models.Model):
    """Something that happened. Rows are never changed or removed: triggers refuse it."""

    id = models.BigAutoField(primary_key=True)
    stream = models.UUIDField()
    seq = models.IntegerField()
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    corrects = models.IntegerField(null=True, blank=True)
    marks = models.CharField(max_length=64, blank=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    txid = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="fact_once_in_stream"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="fact_seq_from_1"),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | models.Q(corrects__lt=models.F("seq")),
                name="fact_corrects_earlier",
            ),
        ]
        indexes = [models.Index(fields=["txid", "id"], name="fact_in_commit_order")]

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.kind}"


class Cursor(models.Model):
    """How far one consumer has come: the last fact handed to it, in the order of (txid, id)."""

    name = models.CharField(max_length=64, unique=True)
    txid = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.txid}/{self.position}"
