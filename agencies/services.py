"""Agencies and people are made and changed here, so that group membership always follows the agency."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.login_forms import normalise_password
from agencies.models import Agency, Town, User
from agencies.reference import AGENCIES, TOWNS
from agencies.rights import Role, may_sit_in


@transaction.atomic
def load_agencies() -> int:
    """Every agency and town of the reference data exists; names the district has edited stay.

    Returns how many are new.
    """
    made = 0
    for row in AGENCIES:
        made += _ensure_agency(**row)
    for order, (code, name) in enumerate(TOWNS):
        made += Town.objects.get_or_create(code=code, defaults={"name": name, "order": order})[1]
    return made


def _ensure_agency(*, code: str, parent: str | None, **fields: Any) -> bool:
    if Agency.objects.filter(code=code).exists():
        return False
    above = Agency.objects.get(code=parent) if parent else None
    group, _created = Group.objects.get_or_create(name=f"agency:{code}")
    path = f"{above.path if above else '/'}{code}/"
    Agency.objects.create(code=code, parent=above, path=path, group=group, **fields)
    return True


@transaction.atomic
def create_user(
    *, username: str, agency: Agency, role: str, display_name: str, password: str | None, **fields: Any
) -> User:
    """A person exists with that one role, and is in the agency's group. ValidationError where the role does not fit."""
    if role not in Role.values or not may_sit_in(role, agency.code):
        raise ValidationError(_("%(agency)s没有“%(role)s”这个角色") % {"agency": agency, "role": role})
    user = User(username=username, agency=agency, role=role, display_name=display_name, **fields)
    user.set_password(normalise_password(password) if password else None)
    user.save()
    user.groups.set([agency.group])
    return user
