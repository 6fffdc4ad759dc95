"""The accounts for trying the system out, one for each kind of work."""

from django.contrib.auth import get_user_model

from agencies.models import Agency
from agencies.reference import DEMO_ACCOUNTS
from agencies.services import create_user

PASSWORD = "huxin-2026"  # noqa: S105  known to everybody: accounts that hold it never exist in production


class AccountTaken(Exception):
    """Somebody real has the name of a demo account."""


def ensure_accounts() -> int:
    """Every demo account exists with `PASSWORD`; those that exist are left as they are. Returns how many are new.

    Raises AccountTaken, with nothing made, where such a name belongs to an account that is none of the demo.
    """
    known = dict(
        get_user_model()
        .objects.filter(username__in=[row[0] for row in DEMO_ACCOUNTS])
        .values_list("username", "is_demo")
    )
    if taken := [username for username, is_demo in known.items() if not is_demo]:
        raise AccountTaken("、".join(taken))
    missing = [row for row in DEMO_ACCOUNTS if row[0] not in known]
    for username, agency, role, display_name, licence_no in missing:
        create_user(
            username=username,
            agency=Agency.objects.get(code=agency),
            role=role,
            display_name=display_name,
            password=PASSWORD,
            licence_no=licence_no,
            is_demo=True,
        )
    return len(missing)
