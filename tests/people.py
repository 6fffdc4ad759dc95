"""People for tests: one account in the agency and role a test asks for."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password

from agencies.models import Agency, User
from agencies.rights import may_sit_in
from agencies.services import create_user, load_agencies

PASSWORD = "铜梁-Right-Horse-7"


def make_user(
    username: str = "window01",
    *,
    agency: str = "inspection",
    role: str = "window",
    password: str = PASSWORD,
    **fields: Any,
) -> User:
    """A person of that agency (reference data is loaded when it is missing) with ``PASSWORD`` unless told
    otherwise.
    """
    return create_user(
        username=username,
        agency=office(agency),
        role=role,
        display_name=fields.pop("display_name", f"测试{username}"),
        password=password,
        **fields,
    )


def office(code: str) -> Agency:
    """The agency with that code; the reference data is loaded when it is missing, as after a test that commits."""
    found = Agency.objects.select_related("group").filter(code=code).first()
    if found is None:
        load_agencies()
        found = Agency.objects.select_related("group").get(code=code)
    return found


def make_users(rows: Mapping[str, tuple[str, str, Mapping[str, Any]]]) -> dict[str, User]:
    """Many people at once, by user name: agency, role and further columns of each. As `make_user`, with few queries."""
    office("district")  # the reference data is there
    offices = Agency.objects.select_related("group").in_bulk(field_name="code")
    for agency, role, _fields in rows.values():
        assert may_sit_in(role, agency), (role, agency)
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            **{
                "username": username,
                "agency": offices[agency],
                "role": role,
                "display_name": f"测试{username}",
                "password": password,
                **fields,
            }
        )
        for username, (agency, role, fields) in rows.items()
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(user=user, group=user.agency.group) for user in users
    )
    return {user.username: user for user in users}
