"""The receipt carries a code of which only the index is kept; the day the complainant signed the form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspection", "0001_complaints_and_clues")]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="signed_on",
            field=models.DateField(blank=True, null=True, verbose_name="登记表签名日期"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="query_code_index",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
    ]
