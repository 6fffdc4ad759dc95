"""本页帮助, 上手清单 and the page of components in a real browser."""

import re

import pytest

from agencies.services import load_agencies
from calendars.services import load_official_calendars
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk():
    load_agencies()
    load_official_calendars()
    return make_user("window01")


@pytest.fixture
def admin():
    load_agencies()
    return make_user("admin01", agency="district", role="sysadmin")


def shown_help(page):
    """The sheet once its text has come."""
    sheet = page.locator("#help-dialog .help-sheet")
    sheet.wait_for()
    return sheet


def test_f1_opens_the_help_of_the_page_and_escape_leads_back_to_the_field(clerk, page_of, check_accessible):
    page = page_of(clerk)
    page.goto("/inspection/register/")
    page.fill("[name=w-0-name]", "王某某")

    page.keyboard.press("F1")
    text = shown_help(page).inner_text()
    check_accessible(page)
    focus_inside = page.evaluate("document.getElementById('help-dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")

    assert "登记并打印回执" in text
    assert "《关于实施〈劳动保障监察条例〉若干规定》第十二条" in text
    assert focus_inside
    page.wait_for_function("document.activeElement.name === 'w-0-name'")
    assert page.input_value("[name=w-0-name]") == "王某某"


def test_help_is_opened_by_a_click_and_closed_by_its_button(clerk, page_of):
    page = page_of(clerk)
    page.goto("/cases/")

    page.get_by_role("link", name="帮助").click()
    shown_help(page)
    page.get_by_role("button", name="关闭").click()

    assert not page.locator("#help-dialog").is_visible()
    page.wait_for_function("document.activeElement.dataset.key === 'F1'")
    assert page.url.endswith("/cases/")


def test_tab_stays_in_the_sheet(clerk, page_of):
    page = page_of(clerk)
    page.goto("/")
    page.keyboard.press("F1")
    shown_help(page)

    stops = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.closest('main, .app-top') === null"))

    assert all(stops)


def test_without_scripts_help_is_a_page(clerk, page_of):
    page = page_of(clerk, scripts=False)
    page.goto("/cases/")

    page.get_by_role("link", name="帮助").click()

    assert page.url.endswith("/help/cases:list/")
    assert page.locator(".help-sheet").is_visible()


@pytest.mark.parametrize("address", ["/", "/help/", "/help/cases:take_step/?step=file_case", "/styleguide/"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_pages_fit_and_break_no_rule(clerk, page_of, check_accessible, address, width, height):
    page = page_of(clerk)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    check_accessible(page)


def test_sheet_fits_a_telephone(clerk, page_of, check_accessible):
    page = page_of(clerk)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/cases/")

    page.get_by_role("link", name="帮助").click()
    box = shown_help(page).bounding_box()

    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    check_accessible(page)


def test_reading_help_ticks_the_item_on_the_first_page(clerk, page_of):
    page = page_of(clerk)
    page.goto("/")
    before = page.locator("#start-list .is-done").count()

    page.keyboard.press("F1")
    shown_help(page)
    page.reload()

    assert before == 1
    assert page.locator("#start-list .is-done").all_inner_texts()[-1].startswith("在任何一页按 F1")


def test_start_list_works_without_scripts(clerk, page_of):
    page = page_of(clerk, scripts=False)
    page.goto("/")

    page.get_by_role("button", name=re.compile("做过了.*登记一件投诉")).click()
    done = page.locator("#start-list .is-done").count()
    page.get_by_role("button", name="收起来，不再显示").click()

    assert done == 2
    assert page.locator("#start-list").count() == 0
    assert page.locator("h1").inner_text() == "工作台"


def test_styleguide_opens_its_dialog_and_its_sheet(admin, page_of, check_accessible):
    page = page_of(admin)
    page.goto("/styleguide/")

    page.get_by_role("button", name="打开对话框").click()
    check_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="打开侧栏").click()
    page.locator("#help-dialog[open]").wait_for()
    page.keyboard.press("Escape")

    page.wait_for_function("document.activeElement.textContent === '打开侧栏'")
