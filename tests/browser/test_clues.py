"""线索 in a real browser: from the window's page to the head's approval, by keyboard, without scripts, on a phone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import User
from inspection.clues import Clue, take_step
from tests.inspection.clue_desk import fresh, new_clue
from tests.inspection.situations import new_key, staff

REGISTERED = re.compile(r"已登记：.*线〔\d{4}〕1号")
LIST, NEW = "/inspection/clues/", "/inspection/clues/new/"


@pytest.fixture
def people(transactional_db) -> dict[str, User]:
    return staff("WZJ")


def clue_of(by: User, **values) -> Clue:
    """A clue that came in just now."""
    return new_clue(by, received_at=timezone.now(), dispatched_at=None, **values)


def ring(clue: Clue, by: User) -> None:
    given = {"at": timezone.now(), "method": "phone", "reached": True, "result": "工资已经发了"}
    take_step(clue=clue, step="contact_clue", by=by, version=fresh(clue).version, key=new_key(), **given)


def type_a_clue(page: Page) -> None:
    page.get_by_label("来源").select_option("national")
    page.get_by_label("外部编号").fill("GZ-1")
    page.get_by_label("反映人电话").fill("13812345678")
    page.get_by_label("涉及人数").fill("12")
    page.get_by_label("反映内容").fill("三个月工资没有发")


def test_clue_goes_from_the_window_to_the_heads_approval(page_of, people, check_accessible):
    window, head = page_of(people["W"]), page_of(people["J"])
    window.goto(NEW)
    window.keyboard.press("F9")
    expect(window.get_by_role("group", name="有2处需要修改")).to_be_focused()
    check_accessible(window)
    type_a_clue(window)
    window.keyboard.press("F9")
    expect(window.get_by_text(REGISTERED)).to_be_visible()
    expect(window.get_by_text("紧急线索报告 HOT")).to_be_visible()
    check_accessible(window)

    window.get_by_text("更多办理").click()
    window.get_by_role("link", name="记录联系").click()
    window.get_by_role("radio", name="是").check()
    window.get_by_label("联系结果").fill("本人说工资已经补发")
    window.get_by_role("button", name="记录联系").click()
    expect(window.get_by_role("heading", name="联系记录（1次）")).to_be_visible()
    window.get_by_text("更多办理").click()
    window.get_by_role("link", name="报批：线索办结").click()
    check_accessible(window)
    window.get_by_label("核处结论").select_option("paid")
    window.get_by_label("核处情况").fill("银行回单核对无误")
    window.get_by_role("button", name="报批：线索办结").click()
    expect(window.get_by_text("已报批：线索办结")).to_be_visible()

    head.goto(f"{LIST}?tab=waiting")
    check_accessible(head)
    head.get_by_role("link", name=re.compile("线〔")).click()
    expect(head.get_by_role("link", name="审批：线索办结")).to_be_visible()
    head.keyboard.press("e")
    expect(head.get_by_text("银行回单核对无误")).to_be_visible()
    check_accessible(head)
    head.get_by_role("button", name="同意线索办结").click()

    expect(head.get_by_text("属实已支付", exact=True)).to_be_visible()
    expect(head.get_by_text("线索已经办结")).to_be_visible()


def test_numbers_are_shown_for_a_while_and_masked_again(page_of, people):
    page, clue = page_of(people["Z"]), clue_of(people["W"])
    page.goto(clue.get_absolute_url())
    expect(page.get_by_text("138****5678")).to_be_visible()

    page.get_by_role("button", name="显示电话和证件号码").click()
    expect(page.locator("#error-summary")).to_contain_text("还没选查看号码的用途")
    page.get_by_label("查看号码的用途").select_option("contact")
    page.get_by_role("button", name="显示电话和证件号码").click()

    expect(page.get_by_text("13812345678")).to_be_visible()
    expect(page.get_by_text("30秒后重新遮住")).to_be_visible()
    page.goto(clue.get_absolute_url())
    expect(page.get_by_text("查看反映人电话和证件号码")).to_be_visible()


def test_list_is_searched_and_cleared(page_of, people, check_accessible):
    page = page_of(people["W"])
    clue_of(people["W"], employer_name="甲公司", reporter_name="赵一")
    clue_of(people["W"], employer_name="乙公司", channel="12345")
    page.goto(LIST)

    page.get_by_label("查线索").fill("赵一")
    page.keyboard.press("Enter")

    expect(page.get_by_text("甲公司")).to_be_visible()
    expect(page.get_by_text("乙公司")).to_have_count(0)
    assert "%E8%B5%B5" not in page.url
    page.get_by_role("link", name="清除条件").click()
    expect(page.get_by_text("乙公司")).to_be_visible()
    page.goto(f"{LIST}?tab=overdue")
    expect(page.get_by_text("这里现在没有线索。")).to_be_visible()
    check_accessible(page)


def test_two_editors_choose_what_to_keep(page_of, people, check_accessible):
    clue = clue_of(people["W"])
    first, second = page_of(people["W"]), page_of(people["Z"])
    for page in (first, second):
        page.goto(f"{clue.get_absolute_url()}edit/")
    second.get_by_label("反映内容").fill("监察员写的")
    second.get_by_role("button", name="保存修改").click()

    first.get_by_label("反映内容").fill("窗口写的")
    first.get_by_role("button", name="保存修改").click()

    expect(first.get_by_role("heading", name="两个人改了同一条线索")).to_be_visible()
    check_accessible(first)
    first.get_by_role("radio", name="监察员写的").check()
    first.get_by_role("button", name="按选中的保存").click()
    expect(first.get_by_text("已保存")).to_be_visible()
    assert fresh(clue).content == "监察员写的"


def test_everything_works_without_scripts(page_of, people):
    page = page_of(people["W"], scripts=False)
    page.goto(NEW)
    type_a_clue(page)
    page.get_by_role("button", name="登记线索").click()
    page.get_by_role("link", name="上报紧急情形").click()
    page.get_by_label("向谁报告").fill("支队长")
    page.get_by_label("报告的情况和要求").fill("电话报告，安排两人到场")
    page.get_by_role("button", name="上报紧急情形").click()

    expect(page.get_by_text("向支队长报告")).to_be_visible()


def test_pages_fit_a_phone(page_of, people, check_accessible):
    page, clue = page_of(people["W"]), clue_of(people["W"], is_public_project=True)
    ring(clue, people["W"])
    page.set_viewport_size({"width": 390, "height": 844})
    wide = {}

    for path in ("", "edit/", "steps/close_clue/"):
        page.goto(clue.get_absolute_url() + path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
        check_accessible(page)
    page.goto(LIST)

    assert {**wide, "list": page.evaluate("document.documentElement.scrollWidth")} == dict.fromkeys(
        [*wide, "list"], 390
    )
