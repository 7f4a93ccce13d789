"""What a matter is found by says when it was received, so that the newest hits come first without reading the others."""

from typing import Any

from django.db import migrations, models

ADD = "ALTER TABLE cases_lookup ADD COLUMN received_at {type} NOT NULL DEFAULT '1970-01-01 00:00:00'"
FILL = (
    "UPDATE cases_lookup SET received_at = cases_case.received_at "
    "FROM cases_case WHERE cases_case.stream = cases_lookup.stream"
)


def add(apps: Any, schema_editor: Any) -> None:
    """By hand: Django would make SQLite's table anew, without the triggers that keep its grams."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(ADD.format(type="timestamp with time zone" if on_postgresql else "datetime"))
    schema_editor.execute(FILL)
    if on_postgresql:
        schema_editor.execute("ALTER TABLE cases_lookup ALTER COLUMN received_at DROP DEFAULT")


class Migration(migrations.Migration):

    dependencies = [("cases", "0007_waiting_indexes")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(add, migrations.RunPython.noop)],
            [migrations.AddField("lookup", "received_at", models.DateTimeField())],
        ),
        migrations.AddIndex("lookup", models.Index(fields=["received_at"], name="case_lookup_received")),
    ]
