"""Whoever has no phone names somebody who can be reached; whoever has no document says why."""

from django.db import migrations, models

import cases.fields


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_preferences_views_presence")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="contact",
            field=cases.fields.EncryptedTextField(blank=True, default="", verbose_name="联系人及电话"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="person",
            name="no_id_reason",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="没有证件的原因"),
            preserve_default=False,
        ),
    ]
