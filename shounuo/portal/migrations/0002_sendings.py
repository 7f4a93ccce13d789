"""How much one address sends in a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_tables")]
    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address_hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["address_hash", "at"], name="sending_address"),
                    models.Index(fields=["at"], name="sending_at"),
                ],
            },
        )
    ]
