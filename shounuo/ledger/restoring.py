"""After a dump was restored into a new PostgreSQL cluster, whose transactions are numbered afresh.

Facts carry the number of the transaction that wrote them, and consumers receive them in that order. In the
new cluster old numbers look as if they lay in the future: `foreign` sees it, nothing works until `adopt`
was run.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Max

from shounuo.ledger import triggers
from shounuo.ledger.models import Cursor, Fact


def foreign(connection: BaseDatabaseWrapper) -> bool:
    """Whether the record holds facts that this cluster cannot have written."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        # in this order: what others commit between the two questions must not look foreign
        cursor.execute("SELECT coalesce(max(txid), 0) FROM ledger_fact")
        newest = cursor.fetchone()[0]
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        following: int = cursor.fetchone()[0]
    return bool(newest > following)


@transaction.atomic
def adopt(connection: BaseDatabaseWrapper) -> int:
    """Move all numbers, of facts and of consumers, below zero in their old order; returns by how much.

    The numbers are not part of the chain. The trigger is away for this one statement, inside the transaction.
    """
    if not foreign(connection):
        return 0
    shift: int = Fact.objects.aggregate(most=Max("txid"))["most"] + 1
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS ledger_fact_no_update ON ledger_fact")
    Fact.objects.update(txid=F("txid") - shift)
    Cursor.objects.update(txid=F("txid") - shift)
    triggers.install(connection)
    return shift
