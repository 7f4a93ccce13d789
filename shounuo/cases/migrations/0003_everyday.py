"""Kinds beside enquiry and application; appointments, repeats and objections in sight of the lists."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_lookup'),
        ('regulations', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='appointed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='disputed',
            field=models.BooleanField(default=False, help_text='an objection to the end waits for an answer'),
        ),
        migrations.AddField(
            model_name='case',
            name='merged_into',
            field=models.CharField(blank=True, help_text='the printed number, of a repeat', max_length=24),
        ),
        migrations.AlterField(
            model_name='case',
            name='kind',
            field=models.CharField(choices=[('enquiry', '咨询'), ('application', '申请'), ('repair', '报修'), ('suggestion', '建议'), ('praise', '表扬')], max_length=24),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('merged_into', ''), _negated=True), fields=['organisation', 'merged_into'], name='case_merged'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('disputed', True)), fields=['organisation'], name='case_disputed'),
        ),
    ]
