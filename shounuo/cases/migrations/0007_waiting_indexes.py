"""Short indexes over what waits for somebody."""

from django.db import migrations, models
from django.db.models import Q


def index(name: str, fields: list[str], condition: Q) -> migrations.AddIndex:
    """A partial index on matters."""
    return migrations.AddIndex("case", models.Index(fields=fields, name=name, condition=condition))


class Migration(migrations.Migration):

    dependencies = [("cases", "0006_to_decide")]

    operations = [
        index("case_to_extend", ["organisation"], Q(extension_asked=True)),
        index("case_appealed", ["organisation"], Q(rating_appealed=True)),
        index("case_to_remedy", ["organisation"], Q(to_remedy=True)),
        index("case_with_leader", ["organisation"], Q(state="with_leader")),
        index("case_untaken", ["organisation", "due_at"], Q(first_asked="", ended_at__isnull=True)),
        index("case_owed_after", ["organisation"], Q(ended_at__isnull=False, due_at__isnull=False)),
    ]
