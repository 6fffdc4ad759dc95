import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_case_people_clocks_record"),
        ("inspection", "0002_query_code_and_signature"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="decision_pay_within",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="决定履行天数"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_complaints",
                to="cases.case",
                verbose_name="并入的案件",
            ),
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="期次")),
                ("due_on", models.DateField(verbose_name="支付期限")),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("paid_up_to_fen", models.BigIntegerField(verbose_name="累计应付（分）")),
                ("replaced_on", models.DateField(blank=True, null=True, verbose_name="被新计划代替的日期")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instalments",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "分期支付",
                "verbose_name_plural": "分期支付",
                "ordering": ["case", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_on__isnull", True)),
                        fields=("case", "number"),
                        name="instalment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0)), name="instalment_positive"
                    ),
                ],
            },
        ),
    ]
