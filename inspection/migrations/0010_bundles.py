import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_duties_of_a_tribunal"),
        ("inspection", "0009_enclosures_of_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("police", "移送公安"), ("court", "申请法院强制执行")],
                        max_length=8,
                        verbose_name="用途",
                    ),
                ),
                ("contents", models.JSONField(default=list, verbose_name="目录")),
                ("pages", models.PositiveIntegerField(verbose_name="页数")),
                ("stored_name", models.CharField(editable=False, max_length=60, unique=True)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("size", models.PositiveIntegerField(editable=False)),
                ("made_at", models.DateTimeField(verbose_name="装订时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bundles",
                        to="cases.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="装订人",
                    ),
                ),
            ],
            options={
                "verbose_name": "装订的材料",
                "verbose_name_plural": "装订的材料",
                "ordering": ["-made_at", "-pk"],
            },
        ),
    ]
