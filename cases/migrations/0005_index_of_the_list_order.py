"""The order of every list has an index: a page of it no longer sorts all cases."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_guide_ticks"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-ended_on", "due_on"], name="case_by_urgency"),
        ),
    ]
