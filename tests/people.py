"""People for tests: one account in the agency and role a test asks for."""

from typing import Any

from agencies.models import Agency, User
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
    if not Agency.objects.filter(code=agency).exists():
        load_agencies()
    return create_user(
        username=username,
        agency=Agency.objects.get(code=agency),
        role=role,
        display_name=fields.pop("display_name", f"测试{username}"),
        password=password,
        **fields,
    )
