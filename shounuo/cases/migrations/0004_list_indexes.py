"""Indexes by which lists stay fast among a million matters."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0003_everyday")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["organisation", "due_at"], name="case_open_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["section", "received_at"], name="case_section_received"),
        ),
        migrations.AddIndex(model_name="case", index=models.Index(fields=["handler"], name="case_handler")),
        migrations.AddIndex(model_name="case", index=models.Index(fields=["answerable"], name="case_answerable")),
        migrations.AddIndex(model_name="case", index=models.Index(fields=["first_asked"], name="case_first_asked")),
    ]
