"""Finding matters by words: a row of grams for each, with the index that each database has for it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import shounuo.cases.grams_field
from shounuo.cases.search import grams_of

SQLITE = """
CREATE VIRTUAL TABLE cases_lookup_grams USING fts5(grams, content='cases_lookup', content_rowid='id', detail=none);
CREATE TRIGGER cases_lookup_added AFTER INSERT ON cases_lookup BEGIN
  INSERT INTO cases_lookup_grams(rowid, grams) VALUES (new.id, new.grams);
END;
CREATE TRIGGER cases_lookup_gone AFTER DELETE ON cases_lookup BEGIN
  INSERT INTO cases_lookup_grams(cases_lookup_grams, rowid, grams) VALUES ('delete', old.id, old.grams);
END;
CREATE TRIGGER cases_lookup_changed AFTER UPDATE OF grams ON cases_lookup BEGIN
  INSERT INTO cases_lookup_grams(cases_lookup_grams, rowid, grams) VALUES ('delete', old.id, old.grams);
  INSERT INTO cases_lookup_grams(rowid, grams) VALUES (new.id, new.grams);
END;
"""
POSTGRESQL = (
    # kept, not computed when asked: a list read in the order of receipt looks at many rows
    "ALTER TABLE cases_lookup ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(grams, ' '))) STORED",
    "CREATE INDEX case_grams ON cases_lookup USING gin (vector)",
)
BATCH = 2000


def index(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement)


def _statements() -> list[str]:
    table, *triggers = SQLITE.strip().split("\nCREATE TRIGGER")
    return [table, *(f"CREATE TRIGGER{one}" for one in triggers)]


def fill(apps: Any, schema_editor: Any) -> None:
    """Matters that are there already become findable."""
    case, lookup, party, words = (apps.get_model("cases", n) for n in ("Case", "Lookup", "Party", "Words"))
    after = 0
    while found := list(case.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        streams = [one.stream for one in found]
        who = {one.case_id: one for one in party.objects.filter(case_id__in=streams)}
        said = dict(words.objects.filter(case_id__in=streams, label="request").values_list("case_id", "text"))
        lookup.objects.bulk_create([_row(lookup, one, who.get(one.stream), said) for one in found])
        after = found[-1].pk


def _row(lookup: Any, case: Any, party: Any, said: Any) -> Any:
    name, phone = (party.name, party.phone) if party else ("", "")
    grams = grams_of(said.get(case.stream, ""), name, phone, case.outside or "")
    return lookup(case_id=case.stream, grams=grams)


class Migration(migrations.Migration):

    dependencies = [("cases", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="Lookup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("grams", shounuo.cases.grams_field.GramsField()),
                (
                    "case",
                    models.OneToOneField(
                        db_column="stream",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lookup",
                        to="cases.case",
                        to_field="stream",
                    ),
                ),
            ],
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
