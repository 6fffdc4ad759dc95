"""The page of all components shows each of them, in each state the stylesheet knows."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from agencies.reference import DEMO_ACCOUNTS
from calendars.lamps import Colour
from tests.people import make_user

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
# Components that the frame of every page brings, or that only a page of another kind has.
IN_THE_FRAME = {
    "_brand.html",
    "_nav_items.html",
    "_keys_dialog.html",
    "_session_dialog.html",
    "_js_texts.html",
    "_language_form.html",
}
# Hidden inputs show nothing; the summary above wrong fields takes the focus, so the page has one without doing so.
NOT_TO_SHOW = {"_hidden_keys.html", "_error_summary.html"}


@pytest.fixture
def page() -> str:
    client = Client()
    client.force_login(make_user("admin01", agency="district", role="sysadmin"))
    return client.get(reverse("styleguide")).content.decode()


def included(name: str, seen: set[str]) -> set[str]:
    """The templates that this one includes, and those they include."""
    source = get_template(name).template.source
    for other in re.findall(r'{% include "([^"]+)"', source):
        if other not in seen:
            included(other, seen | {other})
            seen |= {other} | included(other, seen)
    return seen


def test_every_component_is_on_the_page():
    components = {path.name for path in (ROOT / "templates/components").glob("*.html")}
    shown = {Path(name).name for name in included("styleguide/index.html", set()) if "components/" in name}

    assert components - shown - IN_THE_FRAME - NOT_TO_SHOW == set()


def test_every_lamp_is_on_the_page(page):
    assert {colour.value for colour in Colour} == set(re.findall(r'class="lamp lamp-(\w+)"', page))


@pytest.mark.parametrize("family", ["tag", "flash", "notice"])
def test_every_kind_in_the_stylesheet_is_on_the_page(page, family):
    css = (ROOT / "static/css/huxin.css").read_text(encoding="utf-8")
    kinds = set(re.findall(rf"\.({family}-(?:info|paused|ok|warn|bad|success|warning|error))\b", css))

    assert kinds
    assert {kind for kind in kinds if not re.search(rf'class="[^"]*\b{kind}\b', page)} == set()


@pytest.mark.parametrize(
    "state", ["kpi-met", "kpi-near", "kpi-below", "is-current", "is-done", "field-invalid"]
)
def test_states_are_on_the_page(page, state):
    assert re.search(rf'class="[^"]*\b{state}\b', page)


@pytest.mark.parametrize("row", DEMO_ACCOUNTS, ids=lambda row: row[0])
def test_whoever_signed_in_may_look_and_who_runs_the_site_is_led_there(client, row):
    client.force_login(make_user(row[0], agency=row[1], role=row[2]))

    assert client.get(reverse("styleguide")).status_code == 200
    is_led = 'href="/styleguide/"' in client.get("/", follow=True).content.decode()
    assert is_led == (row[2] == "sysadmin")


def test_strangers_see_no_styleguide(client):
    assert client.get(reverse("styleguide")).status_code == 302


def test_nothing_on_the_page_is_asked_of_the_cases(page, django_assert_num_queries, client):
    client.force_login(make_user("window01"))
    client.get(reverse("styleguide"))

    with django_assert_num_queries(3):  # session, person with agency and choices, unread messages
        client.get(reverse("styleguide"))
