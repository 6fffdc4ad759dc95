"""The thin walk of a complaint, from the window to the leader's page, in a real browser and by its roles."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import User
from calendars.services import load_official_calendars
from cases import audit
from cases.models import Case
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db) -> dict[str, User]:
    """The people of the walk, and the calendar they count with."""
    accounts = [
        ("window01", "inspection", "window", ""),
        ("inspector01", "inspection", "inspector", "A1"),
        ("inspector02", "inspection", "inspector", "A2"),
        ("head01", "inspection", "inspection_head", ""),
        ("leader01", "district", "leader", ""),
    ]
    found = {
        name: make_user(name, agency=agency, role=role, licence_no=licence)
        for name, agency, role, licence in accounts
    }
    load_official_calendars()
    return found


def register(page: Page, *, name: str = "王示例") -> Case:
    """A complaint typed by a clerk, from the empty form to the receipt."""
    page.goto("/inspection/register/")
    month = timezone.localdate().replace(day=1) - timedelta(days=40)
    page.fill("[name=w-0-name]", name)
    page.fill("[name=w-0-id_number]", "500151199001010011")
    page.fill("[name=w-0-phone]", "13812345678")
    page.fill("[name=w-0-from_month]", f"{month:%Y%m}")
    page.fill("[name=w-0-to_month]", f"{month:%Y%m}")
    page.fill("[name=w-0-owed]", "3.65万")
    page.fill("[name=employer_name]", "重庆示例建筑劳务有限公司")
    page.select_option("[name=town]", index=1)
    page.get_by_role("button", name="登记并打印回执").click()
    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    return Case.objects.latest("pk")


def open_next_step(page: Page, case: Case) -> None:
    """The first step offered is open, by its key."""
    page.goto(case.get_absolute_url())
    page.keyboard.press("e")
    page.wait_for_url("**/steps/**")


def submit(page: Page, button: str) -> None:
    """The form is sent with the button of that name, and the answer says that it was done."""
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_contain_text("已")


def decide(page: Page, case: Case, button: str) -> None:
    """The first step offered is taken with the button of that name."""
    open_next_step(page, case)
    submit(page, button)


def test_complaint_from_window_to_leader(people, page_of, check_accessible):
    window, head = page_of(people["window01"]), page_of(people["head01"])
    lead, leader = page_of(people["inspector01"]), page_of(people["leader01"])

    case = register(window)
    check_accessible(window)
    decide(head, case, "同意受理")
    leader.goto("/")
    expect(leader.locator(".kpi-card").first).to_contain_text("—")

    open_next_step(head, case)
    head.select_option("[name=lead]", label="测试inspector01")
    head.select_option("[name=second]", label="测试inspector02")
    check_accessible(head)
    submit(head, "立案")
    expect(head.get_by_role("heading", level=1)).to_contain_text("监案〔")
    leader.reload()
    expect(leader.locator(".kpi-card").first).to_contain_text("办结0/应办1")

    open_next_step(lead, case)
    lead.select_option("[name=act]", "inquiry")
    lead.fill("[name=place]", "工地")
    lead.fill("[name=summary]", "公司承认拖欠")
    submit(lead, "记录调查情况")
    decide(lead, case, "认定欠付金额")
    open_next_step(lead, case)
    lead.fill("[name=breach]", "拖欠工资36,500元")
    submit(lead, "报批：责令限期支付")
    decide(head, case, "同意责令限期支付")

    lead.goto(case.get_absolute_url())
    lead.get_by_role("link", name="登记支付").first.click()
    lead.fill("[name=p-0-amount]", "36500")
    lead.fill("[name=p-0-voucher_no]", "回单001")
    submit(lead, "登记支付")
    lead.goto(f"{case.get_absolute_url()}steps/close_paid/")
    lead.select_option("[name=outcome]", "01")
    lead.fill("[name=summary]", "工资已付清")
    lead.check("[name=call_back_done]")
    submit(lead, "报批：责令后付清")
    decide(head, case, "同意责令后付清")

    leader.reload()
    expect(leader.locator(".kpi-card").first).to_contain_text("100.00%")
    leader.get_by_role("link", name="办结1").first.click()
    expect(leader.get_by_role("table")).to_contain_text("王示例")
    check_accessible(leader)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.paid_fen) == ("CLOSED", "01", 3_650_000)
    assert sorted(case.documents.values_list("kind", flat=True)) == ["D04", "D06", "D10", "D18", "D36"]
    assert list(audit.verify()) == []


def test_registration_without_scripts(people, page_of):
    case = register(page_of(people["window01"], scripts=False))

    assert (case.claimed_fen, case.worker_count, case.state) == (3_650_000, 1, "REGISTERED")


def test_refused_registration_keeps_what_was_typed(people, page_of, check_accessible):
    page = page_of(people["window01"])
    page.goto("/inspection/register/")
    page.fill("[name=w-0-name]", "王示例")
    page.fill("[name=w-0-id_number]", "500151199001010012")

    page.keyboard.press("F9")

    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("[data-error-summary]")).to_contain_text("证件号码最后一位对不上，对照证件再看一遍")
    expect(page.locator("[name=w-0-name]")).to_have_value("王示例")
    check_accessible(page)
    assert not Case.objects.exists()


def test_stale_correction_shows_both_texts(people, page_of, check_accessible):
    case = register(page_of(people["window01"]))
    mine, theirs = page_of(people["window01"]), page_of(people["head01"])
    for page in (mine, theirs):
        page.goto(f"{case.get_absolute_url()}edit/")
    theirs.fill("[name=facts_text]", "负责人改的")
    theirs.get_by_role("button", name="保存修改").click()
    expect(theirs.get_by_role("status")).to_contain_text("已保存")

    mine.fill("[name=facts_text]", "窗口改的")
    mine.get_by_role("button", name="保存修改").click()

    expect(mine.get_by_role("table")).to_contain_text("窗口改的")
    expect(mine.get_by_role("table")).to_contain_text("负责人改的")
    check_accessible(mine)
    mine.get_by_role("button", name="按选中的保存").click()
    expect(mine.get_by_role("status")).to_contain_text("已保存")
    assert Case.objects.get(pk=case.pk).complaint.facts_text == "窗口改的"


def test_draft_comes_back(people, page_of):
    page = page_of(people["window01"])
    page.goto("/inspection/register/")
    page.fill("[name=w-0-name]", "李草稿")
    expect(page.locator("[data-draft-status]")).to_contain_text("草稿已保存", timeout=10_000)

    page.goto("/inspection/register/")
    page.get_by_role("link", name="继续草稿").click()

    expect(page.locator("[name=w-0-name]")).to_have_value("李草稿")
