"""The grants that stood before their history was kept get a row: by task where one was sent, else by transfer."""

from typing import Any

from django.db import migrations


def tell(apps: Any, schema_editor: Any) -> None:
    grants = apps.get_model("cases", "CaseGroupGrant").objects.filter(permission__codename="view_case")
    agencies = {row.group_id: row for row in apps.get_model("agencies", "Agency").objects.all()}
    share = apps.get_model("cases", "CaseShare")
    for grant in grants.select_related("content_object"):
        case, agency = grant.content_object, agencies.get(grant.group_id)
        if agency is None:
            continue
        tasks = list(case.tasks.filter(receiver=agency))
        for task in tasks:
            share.objects.create(
                case=case,
                agency=agency,
                reason="task",
                source=task.public_id.hex[:16],
                since=task.sent_at,
                by=task.sent_by,
                finished_at=task.replied_at,
            )
        if not tasks:
            share.objects.create(
                case=case,
                agency=agency,
                reason="police",
                since=case.changed_at,
                by=case.handler or case.registered_by,
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_shares_and_returned_tasks")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
