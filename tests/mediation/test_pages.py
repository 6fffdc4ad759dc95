"""The request at the window, the case's page, whose desk a mediation lies on, and a group of three hundred."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from arbitration.mediation.models import Demand
from arbitration.mediation.roster import read_roster
from cases import selectors
from cases.models import Case, CaseKind, Claim, Draft
from documents.models import Document
from tests.inspection.situations import TODAY, moment, new_key
from tests.mediation.situations import UNIT, fresh, mediation, staff, take

pytestmark = pytest.mark.django_db

REGISTER = "/mediation/requests/new/"
TYPED = {
    "id_number": "50022419850615002X",
    "name": "王某某",
    "phone": "13800011111",
    "is_migrant": "yes",
    "id_type": "resident",
    "employer": UNIT,
    "type": "wage",
    "amount": "1.86万",
    "from_month": "2601",
    "to_month": "2603",
    "formula": "每月6200元×3个月",
    "facts_text": "三个月工资没有发。",
    "side": "worker",
    "wish": "apply",
    "body": "institute",
    "received_on": "今天",
}


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


def card(n: int) -> str:
    """A resident's number with a valid check character."""
    body = f"50022419900101{n:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


# 调解申请


def test_request_is_registered_once(client, people):
    client.force_login(people["K"])
    typed = {**TYPED, "key": new_key()}

    first, again = client.post(REGISTER, typed), client.post(REGISTER, typed)

    case = Case.objects.get(kind=CaseKind.MEDIATION)
    assert (first.status_code, first.url, again.url) == (
        302,
        case.get_absolute_url(),
        case.get_absolute_url(),
    )
    assert (case.state, case.claimed_fen, case.is_priority) == ("SEEKING_CONSENT", 1_860_000, True)
    demand = Demand.objects.get()
    assert (demand.type, demand.amount_fen, demand.from_month, demand.to_month, demand.formula) == (
        "wage",
        1_860_000,
        "2026-01",
        "2026-03",
        "每月6200元×3个月",
    )
    assert Claim.objects.get().owed_fen == 1_860_000
    assert case.parties.get(role="worker").person.birth_on == date(1985, 6, 15)
    assert case.documents.get().kind == "MD01"


@pytest.mark.parametrize(
    ("wish", "state", "document"), [("oral", "SEEKING_CONSENT", "MD02"), ("inquire", "INQUIRY", None)]
)
def test_oral_request_has_its_record_and_a_question_has_none(client, people, wish, state, document):
    client.force_login(people["R"])

    client.post(REGISTER, {**TYPED, "wish": wish, "key": new_key()})

    case = Case.objects.get(kind=CaseKind.MEDIATION)
    assert (case.state, getattr(case.documents.first(), "kind", None)) == (state, document)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "还没填姓名"),
        ({"id_number": "500224198506150020"}, "证件号码最后一位对不上"),
        ({"phone": ""}, "还没填手机号，没有手机就写联系人及电话"),
        ({"employer": ""}, "还没填用人单位"),
        ({"type": ""}, "还没选请求事项；只是来问问的，选“只咨询”"),
        ({"amount": ""}, "“劳动报酬”要写金额"),
        ({"to_month": ""}, "“劳动报酬”要写起止月份"),
        ({"to_month": "2512"}, "截止月早于起始月"),
        ({"facts_text": ""}, "还没写争议事项和理由"),
        ({"received_on": "20250101"}, "核对年份"),
        ({"roster": "李某某"}, "第1行：还没填证件号码"),
        ({"roster": f"李某某 {card(1)} 13900000001"}, "第1行：还没写金额"),
        ({"roster": f"李某某 {card(1)} 13900000001 9000 2603 2601"}, "第1行：截止月早于起始月"),
        (
            {"roster": "张某某 50022419850615002X 13900000001 9000 2601 2603"},
            "有两行的证件号码相同，一人只写一次",
        ),
    ],
)
def test_fault_is_said_and_everything_typed_stays(client, people, changes, said):
    client.force_login(people["K"])

    answer = client.post(REGISTER, {**TYPED, **changes, "key": new_key()})

    page = answer.content.decode()
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    assert said in page
    assert "每月6200元×3个月" in page


def test_draft_is_kept_and_gone_on_with(client, people):
    client.force_login(people["Z"])

    client.post(REGISTER, {**TYPED, "after": "draft"})

    assert Draft.objects.get(user=people["Z"]).form == "mediation"
    assert "每月6200元×3个月" in client.get(f"{REGISTER}?draft=1").content.decode()


def test_page_is_for_who_receives_disputes(client, people):
    answers = {}
    for letter, user in people.items():
        client.force_login(user)
        answers[letter] = client.get(REGISTER).status_code

    assert answers == {letter: 200 if letter in "KRZM" else 403 for letter in people}


def test_roster_is_read_from_a_table_and_from_typed_lines():
    lines = (
        "姓名\t证件号码\t手机号\t金额",
        f"李某某\t{card(1)}\t\t9000\t2601\t2603",
        "",
        f"赵某某，{card(2)}，13900000002，1.2万，25.11，26.1",
    )
    text = "\n".join(lines)

    found, faults = read_roster(text, kind="wage", is_migrant=True)

    assert faults == []
    assert [(each.name, each.phone, each.asks[0].amount_fen, each.asks[0].to_month) for each in found] == [
        ("李某某", "", 900_000, "2026-03"),
        ("赵某某", "13900000002", 1_200_000, "2026-01"),
    ]


# The group


def test_three_hundred_members_are_registered_offered_and_agreed_in_few_statements(client, people):
    """Registration and the table stay within a constant number of statements; nobody is typed twice."""
    lines = "\n".join(f"李某某\t{card(n)}\t\t9000\t2601\t2603" for n in range(1, 300))
    client.force_login(people["Z"])
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(REGISTER, {**TYPED, "roster": lines, "key": new_key()})
    case = fresh(Case.objects.get(kind=CaseKind.MEDIATION))
    assert (answer.status_code, case.worker_count, case.is_group) == (302, 300, True)
    assert len(asked) < 90

    case = take("accept", case, people["Z"], people)
    case = take("name_representatives", case, people["Z"], people)
    case = take("convene", case, people["Z"], people)
    address = reverse("mediation:table", args=[case.public_id])
    typed = {f"kind-{n}": "discounted" for n in range(1, 301)} | {f"yes-{n}": "on" for n in range(1, 301)}
    head = {"proposed_by": "employer", "percent": "90", "pay_on": "20260701", "version": case.version}
    with CaptureQueriesContext(connection) as asked:
        saved = client.post(address, {**head, **typed, "do": "save", "key": new_key()})
    assert (saved.status_code, len(asked) < 60) == (302, True)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert (page.status_code, len(asked) < 50) == (200, True)

    case = take("agree", fresh(case), people["Z"], people)

    assert (case.terms.filter(outcome="agreed").count(), case.agreed_instalments.count()) == (300, 300)
    assert case.confirmed_fen == (1_860_000 + 299 * 900_000) * 9 // 10
    assert Document.objects.get(case=case, kind="MD07").number == case.case_no


# The case's page and the desks


def test_case_page_shows_payment_days_and_the_next_track(client, people):
    case = mediation(people, "AGREED")
    client.force_login(people["Z"])

    page = client.get(case.get_absolute_url()).content.decode()

    assert "到期未付" in page
    assert "可以办理“转仲裁”，材料随案转去，不用再填" in page
    assert "这份协议也可以申请支付令" in page


def test_every_state_has_a_page(client, people):
    client.force_login(people["Y"])
    answers = {}
    for state in ("INQUIRY", "SEEKING_CONSENT", "MEDIATING", "AGREED", "UNDER_REVIEW", "FAILED", "ARCHIVED"):
        answers[state] = client.get(mediation(people, state).get_absolute_url()).status_code

    assert set(answers.values()) == {200}


def test_mediation_lies_on_the_desk_of_who_has_to_move_it(people):
    expected = {
        "INQUIRY": "KRZM",
        "SEEKING_CONSENT": "ZM",
        "ACCEPTED": "Z",
        "MEDIATING": "Z",
        "AGREED": "Z",
        "UNDER_REVIEW": "ZA",
        "REVIEW_CONFIRMED": "KRZM",
    }
    found = {}
    for state in expected:
        case = mediation(people, state)
        found[state] = "".join(
            letter
            for letter in "KRZMAYC"
            if Case.objects.visible_to(people[letter])
            .filter(selectors.to_do(people[letter], TODAY), pk=case.pk)
            .exists()
        )

    assert found == expected
