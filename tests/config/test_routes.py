"""The real addresses of the site, and its schedule."""

import json
from io import StringIO

import pytest
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from config import celery_app, route_rules, tasks
from config.navigation import ENTRIES
from tests.people import PASSWORD, make_user


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
    assert rows["admin:index"]["rule"] == "manage_system"


@pytest.mark.django_db
def test_admin_is_for_the_administrator_of_the_system_only(client):
    client.force_login(make_user(is_staff=True))
    assert client.get("/admin/").status_code == 403

    client.force_login(make_user("admin01", agency="district", role="sysadmin"))
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_admin_holds_reference_data_only(client):
    client.force_login(make_user("admin01", agency="district", role="sysadmin"))

    apps = {app["app_label"] for app in client.get("/admin/").context["app_list"]}

    assert apps <= {"agencies", "calendars"}


def test_case_has_no_second_way_in():
    with pytest.raises(ImproperlyConfigured, match="Case"):
        admin.site.register(Case)


@pytest.mark.django_db
def test_admin_is_no_second_way_to_sign_in(client):
    make_user("admin01", agency="district", role="sysadmin", is_staff=True)

    response = client.post("/admin/login/", {"username": "admin01", "password": PASSWORD})

    assert response.status_code == 302
    assert "_auth_user_id" not in client.session


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
