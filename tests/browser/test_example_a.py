"""A whole complaint in a real browser, by its roles and by keys alone: 7 workers, paid from the deposit in the end.

The days are those of the worked example of spring 2026; each expected date was counted by hand on the calendar of
that year (春节 02-15 to 02-23, 02-14 and 02-28 worked, 清明 04-04 to 04-06, 劳动节 05-01 to 05-05, 05-09 worked).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import User
from calendars.services import load_official_calendars
from cases import audit
from cases.models import Case
from tests.people import make_user

pytestmark = pytest.mark.django_db(transaction=True)

SUBCONTRACTOR = "重庆示例建筑劳务有限公司"
MAIN_CONTRACTOR = "重庆示例建设集团有限公司"
ACCOUNTS = {
    "window": ("window01", "inspection", "window", ""),
    "head": ("head01", "inspection", "inspection_head", ""),
    "lead": ("inspector01", "inspection", "inspector", "示例A1"),
    "second": ("inspector02", "inspection", "inspector", "示例A2"),
    "deputy": ("deputy01", "hrss", "deputy_head", ""),
    "bureau": ("bureau01", "hrss", "bureau_head", ""),
    "housing": ("housing01", "housing", "liaison", ""),
}
MOST_TABS = 250
ID_NUMBERS = (
    "11010519491231002X",
    "440524188001010014",
    "500151199001010011",
    "50022419850615002X",
)


@dataclass
class Walk:
    """The case, whoever works on it, and the day."""

    page_of: Callable[..., Page]
    time_machine: object
    people: dict[str, User]
    case: Case | None = None
    seen: list[str] = field(default_factory=list)

    def arrive(self, day: date) -> None:
        moment = datetime.combine(day, time(9, 30), timezone.get_default_timezone())
        self.time_machine.move_to(moment)  # type: ignore[attr-defined]

    def page(self, who: str) -> Page:
        """The case as this person has it before them."""
        page = self.page_of(self.people[who])
        if self.case is not None:
            page.goto(self.case.get_absolute_url())
        return page

    def take(self, who: str, step: str, button: str, **typed: str) -> None:
        """The step is opened from the case, filled in, and sent with the button of that name."""
        page = self.page(who)
        link = f"a[href*='/steps/{step}/']"
        if not page.locator(link).first.is_visible():
            press(page, ".action-rail details.more summary")
        press(page, link)
        page.wait_for_url(f"**/steps/{step}/**")
        for name, value in typed.items():
            type_in(page, name, value)
        press(page, f"button:text-is({button!r})")
        expect(page.get_by_role("status").first).to_contain_text("已")
        self.seen.append(f"{who} {step}")
        page.context.close()

    def agree(self, proposer: str, taker: str, step: str, label: str, **typed: str) -> None:
        """One person proposes the step, another agrees to it."""
        self.take(proposer, step, f"报批：{label}", **typed)
        self.take(taker, step, f"同意{label}")

    def serve(self, kind: str, *units: str) -> None:
        """The document of the kind reaches each unit today."""
        for unit in units:
            document = self.reread().documents.filter(kind=kind).latest("pk")
            self.take(
                "lead",
                "serve",
                "登记送达",
                document=str(document.pk),
                party=unit,
                method="direct",
                receiver="负责人",
                proof="当面签收，照片示例001",
            )

    def reread(self) -> Case:
        assert self.case is not None
        self.case = Case.objects.get(pk=self.case.pk)
        return self.case

    def due(self, code: str) -> set[date]:
        return set(self.reread().clocks.filter(rule_code=code).values_list("due_on", flat=True))


def reach(page: Page, selector: str) -> None:
    """The focus is on the first visible element of the selector, moved there by the tab key."""
    target = page.locator(selector).locator("visible=true").first
    expect(target).to_be_attached()
    for _ in range(MOST_TABS):
        if target.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the tab key on {page.url}")


def press(page: Page, selector: str) -> None:
    """The link, button or fold is used with the enter key."""
    reach(page, selector)
    page.keyboard.press("Enter")


def type_in(page: Page, name: str, value: str) -> None:
    """The field holds the value, set by keys alone, whatever kind of field it is."""
    field = page.locator(f"[name='{name}']").first
    kind = field.evaluate("each => each.tagName === 'SELECT' ? 'select' : each.type")
    if kind == "select":
        choose(page, name, value)
    elif kind == "radio":
        reach(page, f"[name='{name}']")
        mark(page, f"[name='{name}'][value='{value}']")
    elif kind == "checkbox":
        reach(page, f"[name='{name}']")
        page.keyboard.press("Space")
        expect(field).to_be_checked()
    else:
        reach(page, f"[name='{name}']")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(value)


def mark(page: Page, selector: str) -> None:
    """The radio button of a group that has the focus is marked, with space or the arrow keys."""
    for key in ("Space", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        if page.locator(selector).is_checked():
            return
    raise AssertionError(f"{selector} cannot be marked by keys")


def choose(page: Page, name: str, value: str) -> None:
    """The option with that value, or the first one whose text holds it, is chosen by the arrow keys."""
    selector = f"select[name='{name}']"
    reach(page, selector)
    page.keyboard.press("Home")
    wanted = page.locator(selector).evaluate(
        """(each, value) => {
            const options = [...each.options];
            const found = options.find((option) => option.value === value)
                || options.find((option) => option.text.includes(value));
            return found ? found.value : null;
        }""",
        value,
    )
    for _ in range(MOST_TABS):
        if page.locator(selector).input_value() == wanted:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is no choice of {name}")


@pytest.fixture
def walk(transactional_db, page_of, time_machine) -> Walk:
    people = {
        who: make_user(name, agency=agency, role=role, licence_no=licence)
        for who, (name, agency, role, licence) in ACCOUNTS.items()
    }
    load_official_calendars()
    return Walk(page_of, time_machine, people)


def register(walk: Walk) -> None:
    """Seven workers at the window, 22,000 yuan each."""
    page = walk.page("window")
    page.goto("/inspection/register/?group=1")
    type_in(page, "employer_name", SUBCONTRACTOR)
    type_in(page, "town", "巴川")
    type_in(page, "project_name", "示例安置房二期")
    type_in(page, "industry", "E47")
    press(page, "details.more-fields:has([name=project_type]) summary")
    type_in(page, "project_type", "housing")
    for number in range(7):
        if not page.locator(f"[name=w-{number}-name]").count():
            page.keyboard.press("F4")
        id_number = (*ID_NUMBERS, *(with_check_digit(f"5001511990010{n}001") for n in (4, 5, 6)))[number]
        row = {
            "name": f"王示例{'一二三四五六七'[number]}",
            "id_number": id_number,
            "phone": f"1381234567{number}",
        }
        row |= {"from_month": "2511", "to_month": "2601", "owed": "22000"}
        for name, value in row.items():
            type_in(page, f"w-{number}-{name}", value)
    type_in(page, "w-0-is_representative", "on")
    page.keyboard.press("F9")
    expect(page.get_by_role("heading", name="登记完成")).to_be_visible()
    page.context.close()
    walk.case = Case.objects.latest("pk")


def with_check_digit(first: str) -> str:
    """The first 17 digits with the last place of GB 11643."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


def test_seven_workers_are_paid_from_the_deposit(walk, check_accessible):
    walk.arrive(date(2026, 2, 10))
    register(walk)
    assert walk.due("T01") == {date(2026, 2, 24)}

    walk.arrive(date(2026, 2, 12))
    walk.take("head", "accept", "同意受理")
    walk.take("head", "file_case", "立案", lead="测试inspector01", second="测试inspector02")
    walk.take(
        "lead",
        "send_task",
        "发协办任务",
        receiver="住房",
        request="verify",
        content="核实项目、合同和拨款。",
        due_on="2026-02-26",
    )
    assert walk.due("T10") == {date(2026, 5, 18)}
    assert walk.due("T12") == {date(2026, 5, 13)}
    assert walk.due("TASK") == {date(2026, 2, 26)}

    walk.arrive(date(2026, 2, 25))
    walk.take("housing", "reply_task", "答复协办任务", reply="施工总承包合同属实，进度款已拨付到总包。")
    walk.take(
        "lead",
        "investigate",
        "记录调查情况",
        act="site",
        place="示例安置房二期工地",
        summary="考勤和班组结算单与投诉一致。",
    )
    walk.take("lead", "confirm_amounts", "认定欠付金额")
    contractor = {
        "name": MAIN_CONTRACTOR,
        "chain_role": "main_contractor",
        "reason": "总承包单位对分包欠薪先行清偿。",
    }
    walk.agree("lead", "head", "add_party", "追加责任主体", **contractor)
    walk.take(
        "lead", "determine_payer", "认定先行清偿责任", situation="subcontractor", basis="劳务分包合同。"
    )
    breach = "劳务分包单位拖欠7名劳动者工资154,000元。"
    walk.agree("lead", "head", "order", "责令限期支付", breach=breach, pay_by_on="2026-03-09")

    walk.arrive(date(2026, 3, 2))
    walk.serve("D18", SUBCONTRACTOR, MAIN_CONTRACTOR)
    assert walk.due("T16") == {date(2026, 3, 9)}
    assert walk.due("T44") == {date(2026, 4, 7)}

    walk.arrive(date(2026, 4, 2))
    summary = "欠薪属实，逾期没有支付。"
    walk.agree(
        "lead",
        "head",
        "conclude_investigation",
        "调查终结",
        summary=summary,
        cause="03",
        legal_review_needed="no",
    )
    assert walk.due("T11") == {date(2026, 4, 24)}

    walk.arrive(date(2026, 4, 8))
    planned = {
        "notice_kind": "handling",
        "notice_content": "拟责令总承包单位先行清偿。",
        "hearing_right": "no",
    }
    walk.agree("lead", "head", "give_notice", "处理、处罚事先告知", **planned)
    walk.serve("D21", SUBCONTRACTOR, MAIN_CONTRACTOR)
    assert walk.due("T17") == {date(2026, 4, 15)}

    walk.arrive(date(2026, 4, 17))
    content = "责令总承包单位先行清偿7名劳动者工资154,000元。"
    walk.agree("deputy", "bureau", "decide", "作出处理、处罚决定", content=content, pay_within="15")
    service = walk.reread().clocks.get(rule_code="T21", met_on=None)
    assert (service.due_on, service.warn_on) == (date(2026, 4, 28), date(2026, 4, 24))

    walk.arrive(date(2026, 4, 21))
    walk.serve("D26", SUBCONTRACTOR, MAIN_CONTRACTOR)
    assert walk.due("T26") == {date(2026, 5, 6)}
    assert walk.due("T30") == {date(2026, 6, 22)}
    assert walk.due("T31") == {date(2026, 10, 21)}
    assert walk.due("T44") == {date(2026, 4, 7), date(2026, 6, 2)}

    walk.arrive(date(2026, 5, 8))
    deposit = {"bank": "示例银行铜梁支行", "account": "示例保函001", "contractor": MAIN_CONTRACTOR}
    walk.take("lead", "notify_bank", "通知银行动用工资保证金", **deposit)
    walk.take("lead", "bank_received", "登记支付通知书到达银行", done_on="2026-05-08", how="专人送达")
    assert walk.due("T50") == {date(2026, 5, 14)}

    walk.arrive(date(2026, 5, 12))
    pay_everybody(walk)
    assert walk.due("T51") == {date(2026, 5, 26)}
    closing = {"outcome": "05", "summary": "银行从保证金支付7人154,000元。", "call_back_done": "on"}
    walk.agree("lead", "head", "close_performed", "决定已履行，结案", **closing)
    assert walk.reread().closed_on == date(2026, 5, 12)

    walk.arrive(date(2026, 5, 14))
    walk.take("lead", "tell_result", "告知劳动者结果", done_on="2026-05-14", how="电话告知代表")
    walk.take("lead", "archive", "归档", pages="96", contents_complete="yes")
    page = walk.page("head")
    check_accessible(page)
    case = walk.reread()
    assert (case.state, case.outcome, case.paid_fen, case.worker_count) == ("ARCHIVED", "05", 15_400_000, 7)
    kinds = set(case.documents.values_list("kind", flat=True))
    assert kinds == {"D04", "D06", "D09", "D10", "D18", "D20", "D21", "D26", "D33", "D36"}
    assert list(audit.verify()) == []


def pay_everybody(walk: Walk) -> None:
    """Each of the seven got 22,000 yuan from the bank."""
    page = walk.page("lead")
    press(page, "a[href*='/payments/']")
    page.wait_for_url("**/payments/**")
    for number in range(7):
        type_in(page, f"p-{number}-amount", "22000")
        type_in(page, f"p-{number}-source", "deposit")
        type_in(page, f"p-{number}-payer_name", "示例银行铜梁支行")
        type_in(page, f"p-{number}-voucher_no", f"回单{number + 1:03}")
    page.keyboard.press("F9")
    expect(page.get_by_role("status").first).to_contain_text("已")
    page.context.close()
