"""What the frame of every page gets."""

import pytest
from django.contrib.auth.models import AnonymousUser

from config.context_processors import frame
from tests.people import make_user

pytestmark = pytest.mark.django_db


def entries(rf, user, path="/"):
    request = rf.get(path)
    request.user = user
    return [(str(item["label"]), item["current"]) for item in frame(request)["nav_items"]]


def labels(rf, user):
    return [label for label, _current in entries(rf, user)]


def test_entries_follow_the_rights(rf):
    window = labels(rf, make_user())
    leader = labels(rf, make_user("leader01", agency="district", role="leader"))
    admin = labels(rf, make_user("admin01", agency="district", role="sysadmin"))

    assert ("登记" in window, "统计" in window, "设置" in window) == (True, False, False)
    assert ("登记" in leader, "统计" in leader, "设置" in leader) == (False, True, False)
    assert ("案件" in admin, "统计" in admin, "设置" in admin) == (False, False, True)


@pytest.mark.parametrize(
    "path, current",
    [
        ("/", ["工作台"]),
        ("/cases/", ["案件"]),
        ("/cases/x/", ["案件"]),
        ("/messages/", []),
        ("/password/", []),
    ],
)
def test_one_entry_at_most_is_current(rf, path, current):
    assert [label for label, is_current in entries(rf, make_user(), path) if is_current] == current


def test_stranger_gets_no_navigation(rf, settings):
    settings.DEMO = True
    request = rf.get("/login/")
    request.user = AnonymousUser()

    assert frame(request) == {"demo_banner": True}


def test_request_that_failed_before_the_session_gets_no_navigation(rf):
    assert frame(rf.get("/login/")) == {"demo_banner": False}
