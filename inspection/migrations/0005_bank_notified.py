"""The day the bank was told stands on the complaint; notices issued before say theirs."""

from typing import Any

from django.db import migrations, models


def from_the_notices(apps: Any, _schema_editor: Any) -> None:
    complaints = apps.get_model("inspection", "Complaint")
    notices = apps.get_model("documents", "Document").objects.filter(kind="D33", state="issued")
    for case, issued_on in notices.order_by("issued_on").values_list("case_id", "issued_on"):
        complaints.objects.filter(pk=case).update(bank_notified_on=issued_on)


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0004_clues_in_full"),
        ("documents", "0001_documents_prints_service"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="bank_notified_on",
            field=models.DateField(blank=True, null=True, verbose_name="通知银行日期"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="decision_annulled",
            field=models.BooleanField(default=False, verbose_name="决定已被撤销"),
        ),
        migrations.RunPython(from_the_notices, migrations.RunPython.noop),
    ]
