"""The settings in a browser: the example of a time limit while it is typed, and every page by the rules of axe."""

import pytest
from django.urls import reverse

from agencies.models import Town
from calendars.models import RuleSetting
from calendars.services import load_official_calendars
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["settings", "changes", "people", "person_new", "roles", "absences", "lists", "bodies"]


@pytest.fixture
def admin():
    load_official_calendars()
    return make_user("admin01", agency="district", role="sysadmin")


def rule_address():
    return reverse("calendars:rule", args=["T07c"])


def test_the_example_follows_what_is_typed_and_is_then_saved(page_of, admin, check_accessible):
    page = page_of(admin)
    page.goto(rule_address())
    page.fill("#id_example", "20260210")
    page.fill("#id_length", "5")
    page.wait_for_selector("text=2026年2月24日 周二到期")
    check_accessible(page)

    page.fill("#id_length", "0")
    page.wait_for_selector("text=长度至少是1，现在是0")
    saving_at_nought = page.locator("button[value=save]").count()
    page.fill("#id_length", "5")
    page.fill("#id_reason", "市平台通知")
    page.wait_for_selector("button[value=save]")
    page.keyboard.press("F9")
    page.wait_for_selector("text=已保存T07c")

    assert saving_at_nought == 0
    assert RuleSetting.objects.get().length == 5


def test_a_time_limit_is_set_without_scripts(page_of, admin):
    page = page_of(admin, scripts=False)
    page.goto(rule_address())
    page.fill("#id_length", "10")
    page.click("button[value=example]")
    page.fill("#id_reason", "市平台通知")
    page.click("button[value=save]")

    assert "已保存T07c" in page.inner_text("#status")
    assert RuleSetting.objects.get().length == 10


def test_the_pages_of_the_settings_are_accessible_and_fit_a_phone(page_of, admin, check_accessible):
    page = page_of(admin)
    page.set_viewport_size({"width": 390, "height": 844})
    addresses = [reverse(f"agencies:{name}") for name in PAGES]
    addresses += [
        reverse("agencies:person", args=[admin.public_id]),
        reverse("agencies:list", args=["cause"]),
        reverse("agencies:body", args=["inspection"]),
    ]
    addresses += [
        reverse("agencies:code", args=["towns", Town.objects.first().code]),
        reverse("calendars:rules"),
    ]
    too_wide = []

    for address in addresses:
        page.goto(address)
        check_accessible(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(address)

    assert too_wide == []
