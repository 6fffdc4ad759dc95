"""The bodies 机构 that cases refer to: their names, numbers and addresses are edited, they are never deleted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies import changes
from agencies.changes import Area
from agencies.models import Agency, User

COLUMNS = ("name", "short_name", "phone", "address", "document_prefix")


@transaction.atomic
def edit(*, by: User, code: str, seen: int, **values: str) -> None:
    """The body has these values, on record. ValidationError when its name is another's; changes.Outdated.

    The prefix counts for documents issued from now on; what was issued keeps its number.
    """
    agency = Agency.objects.select_for_update(of=("self",)).get(code=code)
    changes.require_seen(Area.AGENCY, code, seen)
    for name in ("name", "short_name"):
        same = Agency.objects.filter(**{name: values[name]}).exclude(pk=agency.pk).first()
        if same:
            raise ValidationError({name: _("和“%(agency)s”一样，写得能分开") % {"agency": same.name}})
    before = _values(agency)
    for name in COLUMNS:
        setattr(agency, name, values[name])
    agency.save(update_fields=COLUMNS)
    if before != _values(agency):
        changes.record(
            by=by,
            area=Area.AGENCY,
            key=code,
            subject=agency.name,
            act=gettext_noop("修改机构"),
            before=before,
            after=_values(agency),
            agency=agency,
        )


def _values(agency: Agency) -> dict[Any, str]:
    labels = {field.name: field.verbose_name for field in Agency._meta.concrete_fields}
    return {labels[name]: getattr(agency, name) for name in COLUMNS}
