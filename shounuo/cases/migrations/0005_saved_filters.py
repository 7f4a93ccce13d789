"""Filters that somebody keeps by a name."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0004_list_indexes")]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(blank=True, max_length=1000)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("actor", "name"), name="filter_once")]},
        ),
    ]
