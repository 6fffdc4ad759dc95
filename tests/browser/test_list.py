"""The work list, the search box and a case opened from the list, by keyboard alone and without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import User
from calendars.services import load_official_calendars
from cases.models import Case
from inspection.states import State
from tests.inspection.situations import clock, complaint
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db) -> dict[str, User]:
    """A clerk, two inspectors and their head, on the published calendars."""
    accounts = {
        "W": ("window01", "window", ""),
        "Z": ("inspector01", "inspector", "甲"),
        "X": ("inspector02", "inspector", "乙"),
        "N": ("inspector03", "inspector", "丙"),
        "J": ("head01", "inspection_head", ""),
    }
    load = {
        letter: make_user(name, role=role, display_name=f"测试{name}", licence_no=licence)
        for letter, (name, role, licence) in accounts.items()
    }
    load_official_calendars()
    return load


@pytest.fixture
def cases(people) -> list[Case]:
    """Twenty-four open cases, the longest overdue first."""
    today = timezone.localdate()
    made = []
    for number in range(24):
        day = today + timedelta(days=number - 5)
        case = complaint(
            people, State.INVESTIGATING, due_on=day, respondent_name=f"重庆示例{number}号建筑公司"
        )
        row = clock(case, "T10", day - timedelta(days=80), day, raw_end=day)
        Case.objects.filter(pk=case.pk).update(headline_clock=row)
        made.append(case)
    return made


def rows_in_view(page: Page) -> int:
    script = """() => [...document.querySelectorAll("[data-case-rows] tbody tr")]
        .filter((row) => row.getBoundingClientRect().bottom <= window.innerHeight).length"""
    return page.evaluate(script)


@pytest.mark.parametrize(
    "width, height, density, least",
    [(1366, 625, "", 10), (1366, 625, "compact", 12), (1920, 950, "", 19), (1920, 950, "compact", 22)],
)
def test_rows_without_scrolling(people, cases, page_of, width, height, density, least):
    page = page_of(people["J"])
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/preferences/")
    page.locator(f"main [name=density][value='{density}']").check()
    page.get_by_role("button", name="保存设置").click()

    page.goto("/cases/?tab=open&rows=50")

    assert rows_in_view(page) >= least


def test_list_by_keyboard_and_back_to_its_row(people, cases, page_of, check_accessible):
    page = page_of(people["J"])
    page.goto("/cases/?tab=open")
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
        page.wait_for_timeout(150)

    expect(page.locator("[data-bulk-count]")).to_have_text("已选1件")
    page.keyboard.press("Space")
    expect(page.locator(".row-open")).to_contain_text("下一步")
    page.keyboard.press("Space")
    expect(page.locator(".row-open")).to_have_count(0)
    page.keyboard.press("x")
    page.wait_for_timeout(150)
    check_accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(cases[1].case_no)
    expect(page.locator(".case-place")).to_contain_text("第2件/共24件")
    check_accessible(page)

    page.keyboard.press("j")
    expect(page.locator(".case-place")).to_contain_text("第3件/共24件")
    page.keyboard.press("k")
    expect(page.locator(".case-place")).to_contain_text("第2件/共24件")
    page.get_by_role("link", name="返回列表").click()
    expect(page.locator(f"#c-{cases[1].public_id} a.case-no")).to_be_focused()


def test_search_box_shows_hits_and_opens_them(people, cases, page_of, check_accessible):
    page = page_of(people["W"])
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("示例7号", delay=60)
    option = page.get_by_role("option").first
    expect(option).to_contain_text(cases[7].case_no)
    check_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(cases[7].case_no)


def test_enter_opens_the_only_hit(people, cases, page_of):
    page = page_of(people["W"])
    page.goto("/")
    page.fill("[data-search]", cases[9].case_no[-6:-1])
    page.press("[data-search]", "Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(cases[9].case_no)


def test_pinyin_that_is_being_composed_asks_nothing(people, cases, page_of):
    page = page_of(people["W"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    page.goto("/")
    page.focus("[data-search]")
    client = page.context.new_cdp_session(page)

    client.send("Input.imeSetComposition", {"text": "shi'li", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(600)
    while_composing = list(asked)
    client.send("Input.insertText", {"text": "示例3"})
    expect(page.get_by_role("option").first).to_contain_text("示例3")

    assert while_composing == []


def test_scan_gun_opens_the_case_wherever_the_focus_is(people, cases, page_of):
    page = page_of(people["W"])
    page.goto("/cases/")
    page.keyboard.type(f"x/{cases[4].public_id}/", delay=0)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(cases[4].case_no)


def test_commands_switch_to_compact_rows(people, page_of, check_accessible):
    page = page_of(people["J"])
    page.goto("/cases/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="切换紧凑或标准行距")).to_be_visible()
    check_accessible(page)
    page.get_by_role("option", name="切换紧凑或标准行距").click()

    expect(page.locator("html")).to_have_attribute("data-density", "compact")


def test_twenty_cases_go_to_a_colleague_in_five_clicks(people, cases, page_of, check_accessible):
    page = page_of(people["J"])
    page.goto("/cases/?tab=open")
    page.click("[data-pick-all]")  # 1
    page.get_by_role("button", name="改派").click()  # 2
    check_accessible(page)
    page.select_option("[name=lead]", label="测试inspector03")  # 3 and 4: open the choice, choose
    page.get_by_role("button", name="改派20件").click()  # 5

    expect(page.get_by_text("已改派20件给测试inspector03")).to_be_visible()
    check_accessible(page)
    assert Case.objects.filter(handler=people["N"]).count() == 20
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销20件的改派")).to_be_visible()
    assert Case.objects.filter(handler=people["N"]).count() == 0


def test_colleague_is_seen_on_the_case(people, cases, page_of, check_accessible):
    one, other = page_of(people["Z"]), page_of(people["J"])
    one.goto(f"{cases[0].get_absolute_url()}steps/investigate/")
    one.wait_for_timeout(800)

    other.goto(cases[0].get_absolute_url())

    expect(other.get_by_text("测试inspector01正在办理")).to_be_visible()
    check_accessible(other)


def test_letters_that_are_switched_off_do_nothing(people, cases, page_of):
    page = page_of(people["Z"])
    page.goto("/preferences/")
    page.uncheck("#single-letters")
    page.get_by_role("button", name="保存设置").click()
    page.goto(f"{cases[0].get_absolute_url()}?tab=open&n=1")

    page.keyboard.press("e")
    page.wait_for_timeout(400)

    assert page.url.endswith("?tab=open&n=1")


def test_list_and_its_acts_without_scripts(people, cases, page_of):
    page = page_of(people["J"], scripts=False)
    page.goto("/cases/?tab=open")
    page.locator("[name=case]").first.check()
    page.get_by_role("button", name="改派").click()
    page.select_option("[name=lead]", label="测试inspector03")
    page.get_by_role("button", name="改派1件").click()
    expect(page.get_by_text("已改派1件给测试inspector03")).to_be_visible()

    page.goto("/cases/?tab=open")
    page.get_by_role("link", name=f"预览{cases[2].case_no}").click()
    expect(page.get_by_text("最近的记录")).to_be_visible()
    page.fill("[name=q]", "示例5号")
    page.press("[name=q]", "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(cases[5].case_no)


@pytest.mark.parametrize(
    "address", ["/", "/cases/?tab=open", "/preferences/", "{case}?tab=open&n=1", "{case}record/"]
)
def test_pages_fit_a_telephone(people, cases, page_of, check_accessible, address):
    page = page_of(people["J"])
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(address.replace("{case}", cases[0].get_absolute_url()))

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_accessible(page)


# Documents for several cases, and numbers in full


def test_documents_are_issued_for_the_ticked_cases_in_few_clicks(page_of, people, cases, check_accessible):
    page = page_of(people["J"])
    page.goto("/cases/?tab=open")
    for number in range(3):
        page.locator("td.pick input").nth(number).check()

    page.get_by_role("button", name="批量开文书").click()
    check_accessible(page)
    page.get_by_label("《调查询问书》3份").check()
    page.get_by_role("button", name="看要开的案件").click()
    page.get_by_label("到场地点").fill("")
    page.get_by_role("button", name="开具3份").click()
    expect(page.locator("#error-summary")).to_contain_text("还没填到场地点")
    check_accessible(page)
    page.get_by_label("到场地点").fill("支队二楼")
    page.get_by_role("button", name="开具3份").click()

    expect(page.get_by_text("已开具《调查询问书》3份")).to_be_visible()
    expect(page.get_by_role("button", name="打印3份")).to_be_visible()
    check_accessible(page)
    assert [case.documents.filter(kind="D11").count() for case in cases[:4]] == [1, 1, 1, 0]


@pytest.mark.parametrize("scripts", [True, False])
def test_numbers_are_shown_for_a_purpose(page_of, people, cases, scripts):
    page, number = page_of(people["Z"], scripts=scripts), cases[0].parties.get(role="worker").person.phone
    page.goto(f"/cases/{cases[0].public_id}/people/")

    page.get_by_role("button", name="显示").click()
    expect(page.get_by_text("还没选查看号码的用途").first).to_be_visible()
    page.get_by_label("查看号码的用途").select_option("contact")
    page.get_by_role("button", name="显示").click()

    expect(page.get_by_text(number)).to_be_visible()


def test_tabs_of_a_case_are_accessible_and_fit_a_phone(page_of, people, cases, check_accessible):
    page = page_of(people["Z"])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/cases/{cases[0].public_id}/")

    for name in ("日程", "关联案件"):
        page.get_by_role("link", name=name).click()
        expect(page.locator(".tabs [aria-current]")).to_contain_text(name)
        check_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
