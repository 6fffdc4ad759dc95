"""A dispute in the browser of the window and the institute: applied for, accepted, queued."""

from playwright.sync_api import Page, expect

from cases.models import Case
from tests.arbitration.situations import staff


def fits(page: Page) -> bool:
    """Whether nothing of the page has to be scrolled to sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_application_comes_to_the_head_of_the_institute(page_of, check_accessible):
    people = staff("RY")
    page = page_of(people["R"])
    page.goto("/arbitration/register/")
    check_accessible(page)
    page.get_by_label("证件号码").first.fill("50022419850615002X")
    page.get_by_label("劳动者姓名").fill("王某某")
    page.get_by_label("手机号").first.fill("13800011111")
    page.get_by_label("用人单位", exact=True).last.fill("重庆某某建筑劳务有限公司")
    page.locator("[name=c-0-type]").select_option("wage")
    page.locator("[name=c-0-amount]").fill("18600")
    page.keyboard.press("F9")
    expect(page.locator("#error-summary")).to_contain_text("请求劳动报酬要写明起止月份")
    check_accessible(page)
    page.locator("[name=c-0-from_month]").fill("2601")
    page.locator("[name=c-0-to_month]").fill("2603")
    page.locator("[name=facts_text]").fill("在工地做木工，工资没有支付。")
    page.keyboard.press("F9")
    expect(page.get_by_text("仲裁请求（1项，18,600.00元）")).to_be_visible()
    check_accessible(page)
    case = Case.objects.get()

    head = page_of(people["Y"])
    head.goto("/arbitration/queue/")
    expect(head.get_by_text("第4类：农民工追索劳动报酬")).to_be_visible()
    check_accessible(head)
    for address in ("/arbitration/queue/", case.get_absolute_url()):
        head.set_viewport_size({"width": 390, "height": 800})
        head.goto(address)
        assert fits(head), address
