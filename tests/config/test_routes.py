"""The real addresses of the site, and its schedule."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from config import celery_app, route_rules, tasks
from config.navigation import ENTRIES
from tests.people import make_user


def test_every_route_has_a_known_rule():
    without = [
        route.route
        for route in route_rules.all_routes()
        if not route.rule or not route_rules.is_known(route.rule)
    ]

    assert without == []


def test_public_routes_are_these_and_no_others():
    public = {route.name for route in route_rules.all_routes() if route.rule == "public"}

    assert public == {"agencies:login", "agencies:logout", "agencies:language"}


def test_every_entry_of_the_navigation_has_an_address():
    assert [reverse(entry.url_name) for entry in ENTRIES]


def test_show_urls_prints_each_route_with_its_rule():
    out = StringIO()

    call_command("show_urls", stdout=out)

    rows = {row["name"]: row for row in json.loads(out.getvalue())}
    assert rows["agencies:logout"] == {
        "route": "/logout/",
        "name": "agencies:logout",
        "rule": "public",
        "methods": ["POST"],
    }
    assert rows["agencies:bodies"]["rule"] == "manage_system"


@pytest.mark.django_db
def test_there_is_no_second_way_in(client):
    """Django's own pages for rows and for signing in are not there."""
    client.force_login(make_user("admin01", agency="district", role="sysadmin", is_staff=True))

    assert client.get("/admin/").status_code == 404
    assert not apps.is_installed("django.contrib.admin")


@pytest.mark.django_db
def test_expired_sessions_are_cleared(client):
    client.force_login(make_user())
    Session.objects.update(expire_date=timezone.now())

    tasks.clear_sessions()

    assert Session.objects.count() == 0


def test_every_scheduled_task_exists(settings):
    celery_app.loader.import_default_modules()
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert names - set(celery_app.tasks) == set()
