"""The registration page as a clerk uses it: a read card, the keyboard alone, a group of 30, a second complaint."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import Town, User
from calendars.services import load_official_calendars
from cases.models import Case, Employer
from cases.names import pinyin_key
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)

UNIT = "重庆示例青禾建筑劳务有限公司"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FAMILY, GIVEN = "赵钱孙李周吴", "安宁平和顺"
FIRST_MONTH = timezone.localdate().replace(day=1) - timedelta(days=150)
LAST_MONTH = timezone.localdate().replace(day=1) - timedelta(days=1)
READER_SECONDS = 0.005
HUMAN_MS = 40  # between keys: a number typed faster would be taken for a card reader


def id_number(n: int) -> str:
    """A sound number, another for each n."""
    body = f"50022419850615{n:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


@pytest.fixture
def clerk(transactional_db) -> User:
    """A clerk whose agency knows one employer."""
    user = make_user()
    load_official_calendars()
    Employer.objects.create(
        agency=user.agency,
        name=UNIT,
        pinyin=pinyin_key(UNIT, person=False),
        uscc="91500151MA60AB125J",
        industry="C",
        town=Town.objects.first(),
        contact="李某",
    )
    return user


def read_card(page: Page, text: str) -> None:
    """What a card reader types: a key every few milliseconds, then Enter. The events carry these times themselves,
    so that a busy machine does not turn the reader into a slow typist."""
    keyboard = page.context.new_cdp_session(page)
    started = time.time()
    keys = [*((character, character) for character in text), ("Enter", "\r")]
    for number, (key, typed) in enumerate(keys):
        event = {"key": key, "timestamp": started + number * READER_SECONDS}
        keyboard.send("Input.dispatchKeyEvent", {**event, "type": "keyDown", "text": typed})
        keyboard.send("Input.dispatchKeyEvent", {**event, "type": "keyUp"})


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.className")


def choose_unit(page: Page, typed: str) -> None:
    """The one unit that the letters mean is taken with Enter."""
    page.focus("[name=employer_name]")
    page.keyboard.type(typed, delay=HUMAN_MS)
    expect(page.get_by_role("option", name=UNIT)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[name=employer_name]")).to_have_value(UNIT)


def fill_claim(page: Page, owed: str = "3.65万") -> None:
    page.focus("[name=w-0-owed]")
    for typed in (owed, f"{FIRST_MONTH:%y%m}", f"{LAST_MONTH:%y%m}", "钢筋工"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")


CARD = f"王示例,男,汉,1985-06-15,重庆市铜梁区某某镇某某村3组,{id_number(1)}"


def test_complaint_with_read_card_and_keyboard_alone(clerk, page_of, check_accessible):
    page = page_of(clerk)
    page.set_viewport_size({"width": 1366, "height": 625})
    page.goto("/inspection/register/")
    expect(page.locator("[name=w-0-id_number]")).to_be_focused()
    assert fields_above_the_action_bar(page) >= 15
    assert page.locator("main form [aria-required=true]:visible").count() <= 12

    read_card(page, CARD)

    expect(page.get_by_role("status")).to_contain_text("已读取身份证：王示例")
    expect(page.locator("[name=w-0-id_number]")).to_have_value(id_number(1))
    expect(page.locator("[name=w-0-name]")).to_have_value("王示例")
    expect(page.locator("[name=w-0-address]")).to_have_value("重庆市铜梁区某某镇某某村3组")
    expect(page.get_by_text("男，1985年6月15日出生")).to_be_visible()
    expect(page.get_by_text("住址有“村”，按农民工优先办理")).to_be_visible()
    assert focused(page) == "w-0-phone"
    keys = Keys(page)
    keys.type("13812345678")
    keys.press("Enter", "Enter")
    assert focused(page) == "employer_name"
    keys.type("qhjz")
    expect(page.get_by_role("option", name=UNIT)).to_contain_text("代码尾号125J")
    keys.press("Enter")
    expect(page.locator("[name=uscc]")).to_have_value("91500151MA60AB125J")
    assert focused(page) == "project_name"
    keys.press("Enter", "Enter")
    assert focused(page) == "w-0-owed"
    for typed in ("36500", f"{FIRST_MONTH:%y%m}", f"{LAST_MONTH:%y%m}"):
        keys.type(typed)
        keys.press("Enter")
    expect(page.get_by_text("叁万陆仟伍佰元整")).to_be_visible()
    expect(page.get_by_text("共5个月")).to_be_visible()
    check_accessible(page)
    keys.press("F9")

    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    check_accessible(page)
    case = Case.objects.get()
    assert (case.claimed_fen, case.is_priority, case.respondent_name) == (3_650_000, True, UNIT)
    assert keys.count <= 70


class Keys:
    """The keyboard, counting."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=HUMAN_MS)
        self.count += len(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.count += len(keys)


def fields_above_the_action_bar(page: Page) -> int:
    return page.evaluate(
        """() => {
          const edge = document.querySelector(".action-bar").getBoundingClientRect().top;
          const fields = [...document.querySelectorAll("main form [data-field]")];
          return fields.filter((f) => f.offsetParent && !f.closest("details:not([open])") &&
            f.querySelector("input, select, textarea").getBoundingClientRect().bottom <= edge).length;
        }"""
    )


def test_group_of_30_by_keyboard_alone(clerk, page_of, check_accessible):
    page = page_of(clerk)
    page.goto("/inspection/register/?group=1")
    press, typed = page.keyboard.press, page.keyboard.type
    choose_unit(page, "qhjz")
    while focused(page) != "w-0-name":
        press("Enter")

    for n in range(30):
        typed(FAMILY[n % 6] + GIVEN[n % 5])
        press("Enter")
        typed(id_number(n), delay=HUMAN_MS)
        press("Enter")
        typed(f"138{n:08d}")
        press("Enter")
        if n == 0:
            for text in ("木工", f"{FIRST_MONTH:%y%m}", f"{LAST_MONTH:%y%m}"):
                typed(text)
                press("Enter")
        else:
            press("Control+d")
        typed("14600" if n != 6 else "12o00")
        press("Enter")
    total = page.locator("[data-grid-total]")
    expect(total).to_have_text("共30人，合计423,400.00元，1行有问题")
    assert focused(page) == "w-30-name"

    press("F9")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("[data-error-summary]")).to_contain_text("第7行 金额看不懂，可写36500或3.65万")
    expect(page.locator("[data-error-summary]")).to_contain_text("要勾选1到5名代表")
    check_accessible(page)
    while not focused(page).startswith("btn btn-primary") and focused(page) != "w-0-is_representative":
        press("Tab")
    press("Space")
    for _row in range(6):
        press("ArrowDown")
    assert focused(page) == "w-6-is_representative"
    while focused(page) != "w-6-owed":
        press("Tab")
    press("Control+a")
    typed("14600")
    press("Enter")
    expect(total).to_have_text("共30人，合计438,000.00元")
    press("F9")

    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    expect(page.get_by_text("群体案件", exact=True)).to_be_visible()
    check_accessible(page)
    case = Case.objects.get()
    assert (case.worker_count, case.claimed_fen, case.is_group) == (30, 43_800_000, True)
    assert case.parties.filter(is_representative=True).count() == 1


def test_rows_with_problems_can_be_seen_alone(clerk, page_of):
    page = page_of(clerk)
    page.goto("/inspection/register/?group=1")
    page.fill("[name=w-0-name]", "赵安")
    page.fill("[name=w-0-id_number]", id_number(1))
    page.fill("[name=w-1-name]", "钱宁")
    page.fill("[name=w-1-id_number]", "500151199001010012")
    page.keyboard.press("Tab")

    expect(page.locator("[data-grid-total]")).to_contain_text("1行有问题")
    expect(page.locator("#id_w-1-id_number_error")).to_have_text("证件号码最后一位对不上，对照证件再看一遍")
    page.get_by_label("只看有问题的").check()

    expect(page.locator("[name=w-0-name]")).to_be_hidden()
    expect(page.locator("[name=w-1-name]")).to_be_visible()


def test_second_complaint_joins_the_first(clerk, page_of, check_accessible):
    page = page_of(clerk)
    for _time in range(2):
        page.goto("/inspection/register/")
        read_card(page, CARD)
        page.keyboard.type("13812345678")
        choose_unit(page, "qhjz")
        fill_claim(page)
        if Case.objects.exists():
            break
        page.keyboard.press("F9")
        expect(page.get_by_role("heading", name="登记完成")).to_be_visible()

    hints = page.get_by_label("提示栏")
    expect(hints).to_contain_text("可能重复：1件")
    expect(page.locator("[name=duplicate_reason]")).to_be_visible()
    check_accessible(page)
    hints.get_by_role("button", name="并入该案").first.click()
    expect(hints).to_contain_text("登记后报请并入")
    expect(page.locator("[name=duplicate_reason]")).to_be_hidden()
    page.keyboard.press("F9")

    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    first, second = Case.objects.order_by("pk")
    assert second.proposals.get().facts["into"] == first.pk
    assert second.documents.filter(kind="D04").exists()


def test_pinyin_of_an_input_method_is_not_searched(clerk, page_of):
    """Letters that an input method is still composing ask nothing; the finished characters do."""
    page = page_of(clerk)
    page.goto("/inspection/register/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "employers" in request.url else None)
    page.focus("[name=employer_name]")
    keyboard = page.context.new_cdp_session(page)

    keyboard.send("Input.imeSetComposition", {"text": "qinghe", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(600)
    composing = list(asked)
    keyboard.send("Input.insertText", {"text": "青禾"})

    expect(page.get_by_role("option", name=UNIT)).to_be_visible()
    assert composing == []


def test_phrases_open_with_a_semicolon(clerk, page_of):
    page = page_of(clerk)
    page.goto("/inspection/register/")
    page.focus("[name=facts_text]")

    page.keyboard.type("2025年起，;")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("[name=facts_text]")).to_have_value(
        "2025年起，约定完工后结清，完工后多次催要没有付。"
    )


def test_group_without_scripts(clerk, page_of):
    page = page_of(clerk, scripts=False)
    page.goto("/inspection/register/")
    page.fill("[name=w-0-name]", "赵安")
    page.get_by_role("button", name="不止一人，用名册登记").click()
    page.get_by_role("button", name="加一行").click()
    for n, name in enumerate(("赵安", "钱宁")):
        page.fill(f"[name=w-{n}-name]", name)
        page.fill(f"[name=w-{n}-id_number]", id_number(n))
        page.fill(f"[name=w-{n}-phone]", f"1381234567{n}")
        page.fill(f"[name=w-{n}-from_month]", f"{FIRST_MONTH:%y%m}")
        page.fill(f"[name=w-{n}-to_month]", f"{LAST_MONTH:%y%m}")
        page.fill(f"[name=w-{n}-owed]", "12000")
    page.fill("[name=employer_name]", UNIT)
    page.select_option("[name=town]", index=1)

    page.get_by_role("button", name="登记并打印回执").click()

    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    assert (Case.objects.get().worker_count, Case.objects.get().claimed_fen) == (2, 2_400_000)


def test_draft_of_a_roster_comes_back(clerk, page_of):
    page = page_of(clerk)
    page.goto("/inspection/register/?group=1")
    page.fill("[name=w-0-name]", "赵安")
    page.fill("[name=w-1-name]", "钱宁")
    expect(page.locator("[data-draft-status]")).to_contain_text("草稿已保存", timeout=10_000)

    page.goto("/inspection/register/")
    page.get_by_role("link", name="继续草稿").click()

    expect(page.get_by_role("heading", name="登记群体")).to_be_visible()
    expect(page.locator("[name=w-1-name]")).to_have_value("钱宁")


@pytest.mark.parametrize("address", ["/inspection/register/", "/inspection/register/?group=1"])
def test_page_fits_a_phone(clerk, page_of, check_accessible, address):
    page = page_of(clerk)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_accessible(page)
