"""The command that makes accounts."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from agencies.models import User
from agencies.services import load_agencies

pytestmark = pytest.mark.django_db


def create(*args: str) -> str:
    out = StringIO()
    call_command("create_user", *args, stdout=out)
    return out.getvalue()


def test_account_has_role_group_and_one_time_password():
    load_agencies()

    said = create("zhoumin", "--agency", "inspection", "--role", "window", "--name", "周敏")

    user = User.objects.get(username="zhoumin")
    password = said.split("一次性密码：")[1].split("（")[0]
    assert user.check_password(password)
    assert (user.role, user.must_change_password) == ("window", True)
    assert list(user.groups.values_list("agency__code", flat=True)) == ["inspection"]


@pytest.mark.parametrize(
    ("agency", "role", "sentence"),
    [("police", "window", "没有“window”这个角色"), ("moon", "window", "没有代码为moon的机构")],
)
def test_account_that_fits_nowhere_is_refused(agency, role, sentence):
    load_agencies()

    with pytest.raises(CommandError, match=sentence):
        create("zhoumin", "--agency", agency, "--role", role, "--name", "周敏")

    assert not User.objects.exists()
