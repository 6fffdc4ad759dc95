"""The way in, as a visitor's browser sees it."""

from playwright.sync_api import Page, expect

from tests.people import make_user


def test_visitor_is_led_to_an_accessible_sign_in_page(page: Page, check_accessible):
    page.goto("/")

    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    expect(page.get_by_label("账号")).to_be_focused()
    check_accessible(page)


def test_wrong_password_is_answered_beside_the_form(page: Page, check_accessible):
    page.goto("/login/")
    page.get_by_label("账号").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("heading", name="账号或密码不对")).to_be_visible()
    expect(page.get_by_role("textbox", name="账号")).to_have_value("nobody")
    check_accessible(page)


def test_person_who_signed_in_sees_whose_account_it_is(page: Page, check_accessible):
    make_user("window01", display_name="周敏", password="铜梁-Right-Horse-7")

    page.goto("/login/")
    page.get_by_label("账号").fill("window01")
    page.get_by_label("密码").fill("铜梁-Right-Horse-7")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_text("周敏").first).to_be_visible()
    check_accessible(page)


def test_start_page_works_without_scripts(page_of):
    page = page_of(make_user("window01", display_name="周敏"), scripts=False)

    page.goto("/")

    expect(page.get_by_text("周敏").first).to_be_visible()
