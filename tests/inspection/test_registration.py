"""Registration: what is refused and with which words, what is found again, what the clerk is told meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Agency, Town, User
from calendars.services import load_official_calendars
from cases.crypto import blind_index
from cases.models import Case, Employer, Person, Project, TimelineEvent
from documents.models import Document
from inspection import hints
from inspection.clues.models import Clue
from inspection.models import Complaint
from inspection.path_advice import Told, advise
from inspection.states import Path
from inspection.suggestions import marked
from notifications.models import InboxMessage
from tests.inspection.situations import moment
from tests.people import make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
EMPLOYER = "重庆示例青禾建筑劳务有限公司"
USCC = "91500151MA60AB125J"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(n: int, born: str = "19850615") -> str:
    """A sound number, another for each n."""
    body = f"500224{born}{n:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, WEIGHTS, strict=True)) % 11]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def clerk() -> User:
    user = make_user()
    load_official_calendars()
    return user


@pytest.fixture
def window(client, clerk):
    client.force_login(clerk)
    return client


def fields(workers: int = 1, **changes: Any) -> dict[str, Any]:
    """What the page sends for a sound complaint of so many workers; ``changes`` replace or, as None, leave out."""
    found: dict[str, Any] = {
        "key": f"key-{workers}-{len(changes)}-{abs(hash(str(changes)))}",
        "employer_name": EMPLOYER,
        "town": Town.objects.first().pk,
        "other_proceeding": "no",
        "path": "inspection",
        "channel": "window",
        "received_on": "今天",
        "within_two_years": "yes",
        "respondent_clear": "yes",
        "within_mandate": "yes",
        "w-TOTAL_FORMS": workers,
        "w-INITIAL_FORMS": 0,
        "w-MIN_NUM_FORMS": 1,
        "w-MAX_NUM_FORMS": 500,
    }
    if workers > 1:
        found |= {"layout": "roster", "w-0-is_representative": "on"}
    for i in range(workers):
        found |= row(i)
    found |= {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in found.items() if value is not None}


def row(i: int, **changes: Any) -> dict[str, Any]:
    typed = {
        "name": "王示例",
        "id_number": id_number(i),
        "phone": f"138{i:08d}",
        "is_migrant": "yes",
        "from_month": "2607",
        "to_month": "2609",
        "owed": "12000",
        **changes,
    }
    return {f"w-{i}-{name}": value for name, value in typed.items()}


def errors(response) -> list[str]:
    """Every sentence of the refused page, in order."""
    form, workers = response.context["form"], response.context["workers"]
    found = [str(sentence) for each in form.errors.values() for sentence in each]
    found += [str(sentence) for sentence in workers.non_form_errors()]
    return found + [
        f"{number} {sentence}"
        for number, worker in enumerate(workers, start=1)
        for each in worker.errors.values()
        for sentence in each
    ]


def register(window, data: dict[str, Any]) -> Case:
    response = window.post(reverse("inspection:register"), data)
    assert response.status_code == 302, errors(response)
    return Case.objects.latest("pk")


# Refusals


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"w__0__phone": ""}, ["1 还没填手机号，没有手机就写联系人及电话"]),
        ({"w__0__phone": "1381234567"}, ["1 手机号应为11位数字，现在是10位"]),
        ({"w__0__id_number": "50015119900101001"}, ["1 证件号码应为18位，现在是17位"]),
        ({"w__0__to_month": "2612"}, ["1 截止月不能晚于本月"]),
        (
            {"w__0__from_month": "2701", "w__0__to_month": "2702"},
            ["1 起始月不能晚于本月", "1 截止月不能晚于本月"],
        ),
        ({"w__0__to_month": "2606"}, ["1 截止月早于起始月"]),
        ({"w__0__owed": ""}, ["1 还没填欠薪金额"]),
        ({"w__0__owed": "0"}, ["1 欠薪金额要大于0"]),
        (
            {"w__0__due": "15000", "w__0__already_paid": "2000"},
            ["1 欠薪金额应等于应发减已发：15,000.00−2,000.00＝13,000.00元，改其中一个数"],
        ),
        ({"w__0__due": "2000", "w__0__already_paid": "2000"}, ["1 应发金额应大于已发金额，核对这两个数"]),
        ({"w__0__id_type": "none", "w__0__id_number": ""}, ["1 写上暂无证件的原因，证件补来后再填号码"]),
        ({"employer_name": ""}, ["还没填单位名称"]),
        ({"industry": "E47"}, ["建筑业要填工程项目，写工地名也行"]),
        ({"headcount": "0"}, ["涉及人数写1到500的整数，人更多时分成几件登记"]),
        (
            {"other_proceeding": "yes", "other_proceeding_note": "铜劳人仲案字〔2026〕第3号"},
            ["同一请求已在仲裁或诉讼中，监察一般不再立案，途径选仲裁或法院"],
        ),
        (
            {"join": "00000000-0000-0000-0000-000000000007"},
            ["要并入的案件已经办结，或不归本机构办理，在提示栏里重新选"],
        ),
    ],
)
def test_refusal_says_what_to_do_and_keeps_everything(window, changes, sentences):
    data = fields(**changes)

    response = window.post(reverse("inspection:register"), data)

    assert response.status_code == 422
    assert errors(response) == sentences
    assert not Case.objects.exists()
    typed = {name: value for name, value in data.items() if name.startswith("w-0-")}
    kept = {name: response.context["workers"][0][name.removeprefix("w-0-")].value() for name in typed}
    assert kept == typed


@pytest.mark.parametrize(
    "changes", [{"w__TOTAL_FORMS": "x"}, {"w__TOTAL_FORMS": "0"}, {"w__INITIAL_FORMS": "x"}]
)
def test_roster_that_arrives_in_pieces_is_judged_or_asked_for(window, changes):
    answer = window.post(reverse("inspection:register"), fields(1, employer_name="", **changes))

    assert answer.status_code == 422
    assert "王示例" in answer.content.decode()


def test_character_that_no_database_holds_is_passed_over(window):
    typed = fields(1, employer_name=f"{EMPLOYER[:4]}\x00", project_name="\x00")

    for address in ("hints", "register"):
        assert window.post(reverse(f"inspection:{address}"), typed).status_code in (200, 422)


def test_empty_form_says_everything_at_once(window):
    data = fields() | dict.fromkeys(row(0), "") | {"employer_name": "", "town": ""}

    response = window.post(reverse("inspection:register"), data)

    assert errors(response) == [
        "还没填单位名称",
        "还没选用工镇街",
        "1 还没填姓名",
        "1 “农民工”还没选是或否",
        "1 还没填起始月",
        "1 还没填截止月",
        "1 还没填证件号码",
        "1 还没填手机号，没有手机就写联系人及电话",
        "1 还没填欠薪金额",
    ]


def test_one_bad_number_among_300_workers_keeps_all_rows(window):
    data = fields(300) | row(211, id_number="500151199001010012")

    response = window.post(reverse("inspection:register"), data)

    assert response.status_code == 422
    assert errors(response) == ["212 证件号码最后一位对不上，对照证件再看一遍"]
    assert len(response.context["workers"].forms) == 300
    page = response.content.decode()
    assert page.count('value="王示例"') == 300
    assert 'href="#id_w-211-id_number"' in page
    assert not Person.objects.exists()


def test_rows_and_what_they_share_are_judged_together(window):
    data = fields(6) | row(2, phone="") | row(4, id_number=id_number(0)) | {"w-0-is_representative": ""}

    response = window.post(reverse("inspection:register"), data)

    assert errors(response) == [
        "6人投诉，要勾选1到5名代表（《若干规定》第十二条），现在勾了0名",
        "3 还没填手机号，没有手机就写联系人及电话",
        "5 与第1行是同一个证件号码，改正号码，或删掉重复的一行",
    ]


# What is registered


def test_complaint_holds_what_was_typed(window):
    data = fields(
        uscc=USCC,
        employer_address="铜梁区示例路1号",
        legal_representative="李示例",
        w__0__phone="",
        w__0__contact="工友张三 13912345678",
        w__0__address="铜梁区某某村3组",
        w__0__due="15000",
        w__0__already_paid="3000",
        w__0__owed="",
    )

    case = register(window, data)

    unit = Employer.objects.get()
    worker = Person.objects.get()
    claim = case.claims.get()
    assert (case.claimed_fen, case.is_priority, case.is_group) == (1_200_000, True, False)
    assert (claim.due_fen, claim.already_paid_fen) == (1_500_000, 300_000)
    assert (unit.uscc, unit.address, unit.legal_representative) == (USCC, "铜梁区示例路1号", "李示例")
    assert (worker.phone, worker.contact, worker.address) == ("", "工友张三 13912345678", "铜梁区某某村3组")


def test_worker_without_document_says_why(window):
    case = register(
        window, fields(w__0__id_type="none", w__0__id_number="", w__0__no_id_reason="证件被单位扣留")
    )

    assert case.parties.get(role="worker").person.no_id_reason == "证件被单位扣留"


def test_roster_passes_over_empty_rows_and_is_a_group_from_ten_workers(window):
    empty = row(3, name="", id_number="", phone="", owed="") | {"w-3-job": "木工"}

    head = make_user("head01", role="inspection_head")

    case = register(window, fields(11) | empty)

    told = InboxMessage.objects.get(recipient=head)
    assert (told.title.startswith("群体案件（10人）已登记"), told.url) == (True, case.get_absolute_url())
    assert (case.worker_count, case.is_group, case.claimed_fen) == (10, True, 12_000_000)


def test_receipt_carries_a_code_that_is_kept_as_index_only(window):
    case = register(window, fields())

    receipt = Document.objects.get(case=case, kind="D04")
    code = receipt.html.split("查 询 码</th>")[1].split("<b>")[1].split("</b>")[0]
    assert case.complaint.query_code_index == blind_index("query_code", code)
    assert receipt.html.count(code) == 1
    assert code not in str(list(TimelineEvent.objects.values())) + str(list(Complaint.objects.values()))


def test_same_key_registers_once(window):
    data = fields()

    window.post(reverse("inspection:register"), data)
    window.post(reverse("inspection:register"), data)

    assert Case.objects.count() == 1


def test_known_unit_keeps_what_is_known_and_gains_what_is_new(window):
    register(window, fields(employer_contact="李某"))
    register(window, fields(w__0__id_number=id_number(9), employer_contact="赵某", uscc=USCC))

    unit = Employer.objects.get()
    assert (unit.contact, unit.uscc) == ("李某", USCC)


def test_next_complaint_starts_with_unit_source_and_months(window):
    response = window.post(
        reverse("inspection:register"), fields(after="next", channel="12345", uscc=USCC), follow=True
    )

    page = response.context
    assert page["form"]["employer_name"].value() == EMPLOYER
    assert (page["form"]["uscc"].value(), page["form"]["channel"].value()) == (USCC, "12345")
    assert (page["workers"][0]["from_month"].value(), page["workers"][0]["to_month"].value()) == (
        "2026-07",
        "2026-09",
    )
    assert page["workers"][0]["name"].value() is None


@pytest.mark.parametrize(
    "used, proposed", [("letter", "letter"), ("phone", "phone"), ("12345", "window"), ("window", "window")]
)
def test_source_is_proposed_again_where_several_come_in_a_row(window, used, proposed):
    register(window, fields(channel=used))

    assert window.get(reverse("inspection:register")).context["form"]["channel"].value() == proposed


def test_source_of_yesterday_is_not_proposed_today(client, clerk):
    with time_machine.travel(moment(TODAY - timedelta(days=1)), tick=False):
        client.force_login(clerk)
        register(client, fields(channel="letter"))
    client.force_login(clerk)

    assert client.get(reverse("inspection:register")).context["form"]["channel"].value() == "window"


# Between the two layouts


def test_more_than_one_worker_opens_the_roster_with_what_was_typed(window):
    response = window.post(reverse("inspection:register"), fields(headcount="3"))

    assert response.status_code == 200
    assert response.context["is_roster"]
    assert len(response.context["workers"].forms) == 3
    assert response.context["workers"][0]["name"].value() == "王示例"
    assert not Case.objects.exists()


@pytest.mark.parametrize("button", ["add-row", "open-roster"])
def test_buttons_of_the_roster_work_without_scripts(window, button):
    response = window.post(reverse("inspection:register"), fields(**{button: "1"}))

    assert (response.status_code, len(response.context["workers"].forms)) == (200, 2)


def test_draft_of_a_roster_comes_back_without_its_removed_rows(window):
    data = fields(4) | {"w-1-DELETE": "on", "after": "draft"}
    window.post(reverse("inspection:register"), data)

    page = window.get(reverse("inspection:register"), {"draft": "1"}).context

    assert page["is_roster"]
    assert [form["id_number"].value() for form in page["workers"]] == [id_number(i) for i in (0, 2, 3)]
    assert page["workers"][0]["is_representative"].value() == "on"


# What looks alike


def test_same_worker_employer_and_months_asks_for_a_reason(window):
    first = register(window, fields())

    response = window.post(
        reverse("inspection:register"), fields(w__0__from_month="2609", w__0__to_month="2610")
    )

    assert errors(response) == ["可能重复，并入已有案件，或写明另行登记的理由"]
    twin = response.context["panel"].strong[0]
    assert twin.sentence == f"王示例11月24日已投诉过这家单位（{first.receipt_no}，投诉登记）"
    assert Case.objects.count() == 1


def test_reason_lets_it_be_registered_apart(window):
    register(window, fields())

    case = register(window, fields(duplicate_reason="另一处工地", not_same=""))

    assert case.complaint.path_reason == "另一处工地"


def test_other_months_of_the_same_worker_are_a_hint_only(window):
    first = register(window, fields())

    case = register(window, fields(w__0__from_month="2604", w__0__to_month="2605"))

    assert case != first
    found = panel_of(window, fields(w__0__from_month="2604", w__0__to_month="2605"))
    assert len(found.strong) == 1
    assert [twin.case.pk for twin in found.weak] == [first.pk]


def test_joining_proposes_the_merger_and_keeps_the_receipt(window):
    first = register(window, fields())

    case = register(window, fields(join=str(first.public_id)))

    assert [p.step for p in case.proposals.all()] == ["merge"]
    assert case.proposals.get().facts["into"] == first.pk
    assert case.documents.filter(kind="D04").count() == 1


def test_case_of_another_agency_cannot_be_joined_or_seen(window, clerk):
    first = register(window, fields())
    Case.objects.filter(pk=first.pk).update(agency=Agency.objects.get(code="arb"))

    found = panel_of(window, fields(join=str(first.public_id)))

    assert (found.joined, found.strong, found.open_cases) == (None, [], 0)


def test_not_the_same_takes_the_hint_away_but_not_the_reason(window):
    first = register(window, fields())

    response = window.post(reverse("inspection:register"), fields() | {"set-apart": str(first.public_id)})

    assert response.status_code == 200
    assert response.context["panel"].strong == []
    assert [twin.case.pk for twin in response.context["panel"].apart] == [first.pk]
    refused = window.post(reverse("inspection:register"), fields(not_same=str(first.public_id)))
    assert errors(refused) == ["可能重复，并入已有案件，或写明另行登记的理由"]


# The panel


def panel_of(window, data: dict[str, Any]) -> hints.Panel:
    response = window.post(reverse("inspection:hints"), data)
    assert response.status_code == 200
    return response.context["panel"]


def test_panel_tells_of_open_cases_and_proposes_the_group(window):
    register(window, fields(3))

    found = panel_of(window, fields(w__0__id_number=id_number(50)))

    assert (found.open_cases, found.open_persons) == (1, 3)
    assert found.nearby is not None
    assert found.nearby.sentence == "这家单位30天内已有3人投诉，建议并入群体案件"


def test_panel_knows_a_worker_whose_wages_are_before_arbitration(window):
    register(
        window,
        fields(
            employer_name="另一家公司",
            other_proceeding="yes",
            other_proceeding_note="仲裁院3号",
            path="arbitration",
        ),
    )

    found = panel_of(window, fields())

    assert len(found.elsewhere) == 1
    assert "同一请求已在仲裁审理" in found.elsewhere[0].sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            lambda: fields(w__0__id_number=id_number(1, "20110701")),
            "王示例：按出生日期，当时未满16周岁。照常登记，并立即报告",
        ),
        (
            lambda: fields(w__0__from_month="2407", w__0__to_month="2410"),
            "王示例：欠薪截止已超过两年，核对一下是否一直在追讨",
        ),
        (
            lambda: fields(),
            "达到拒不支付劳动报酬罪的数额标准（1人3个月以上、10,000元以上，渝人社发〔2014〕202号第三条）："
            "责令支付后仍不付，可移送公安",
        ),
        (lambda: fields(10), "群体案件（10人）"),
        (lambda: fields(5, **{"w-0-is_representative": ""}), "5人以上要勾选1到5名代表，现在勾了0名"),
    ],
)
def test_panel_warns(window, data: Callable[[], dict[str, Any]], sentence: str):
    assert sentence in panel_of(window, data()).warnings


@pytest.mark.parametrize(
    "data", [{}, {"w-TOTAL_FORMS": "x"}, {"w-TOTAL_FORMS": "3", "w-0-owed": "?", "w-1-from_month": "9"}]
)
def test_panel_reads_anything(window, data):
    panel_of(window, data)


@pytest.mark.parametrize(
    ("told", "path"),
    [
        (Told(), Path.INSPECTION),
        (Told(other_proceeding=True, other_proceeding_note="仲裁院3号"), Path.ARBITRATION),
        (Told(other_proceeding=True, other_proceeding_note="（2026）渝0151民初1号"), Path.COURT),
        (Told(facts_text="单位不承认劳动关系。"), Path.ARBITRATION),
        (Told(facts_text="工资数额双方说法不一。"), Path.ARBITRATION),
        (Told(facts_text="还欠工程款和材料款"), Path.COURT),
        (Told(facts_text="工程款没到位，工资没有发"), Path.INSPECTION),
        (Told(within_mandate=False), Path.OTHER_DISTRICT),
        (Told(within_two_years=False), Path.ARBITRATION),
    ],
)
def test_path_follows_from_the_facts(told, path):
    assert advise(told).path == path


# Typeahead


def names_found(window, typed: str, address: str = "suggest_employers", **more: str) -> list[str]:
    response = window.post(reverse(f"inspection:{address}"), {"q": typed, **more})
    assert response.status_code == 200
    return [option.name for option in response.context["options"]]


@pytest.mark.parametrize("typed", ["青禾", "劳务", "qhjz", "CQSLQH", "chongqingshili", "91500151", "旧名"])
def test_unit_is_found(window, clerk, typed):
    register(window, fields(uscc=USCC))
    Employer.objects.update(former_names="重庆旧名公司")

    assert names_found(window, typed) == [EMPLOYER]


@pytest.mark.parametrize("typed", ["", "禾青", "hz", "gongsi", "x' OR 1=1", "91500152", "王示例"])
def test_unit_is_not_found(window, typed):
    register(window, fields(uscc=USCC))

    assert names_found(window, typed) == []


def test_units_of_another_agency_are_never_suggested(window):
    register(window, fields())
    Employer.objects.update(agency=Agency.objects.get(code="arb"))

    assert names_found(window, "青禾") == []


def test_unit_option_tells_its_open_cases_and_fills_the_form(window):
    register(window, fields(uscc=USCC, employer_contact="李某"))

    option = window.post(reverse("inspection:suggest_employers"), {"q": "青禾"}).context["options"][0]

    assert option.parts == ("重庆示例", "青禾", "建筑劳务有限公司")
    assert option.second_line.split(" · ")[0] == "代码尾号125J"
    assert option.second_line.endswith("在办1件")
    assert (option.fills["uscc"], option.fills["employer_contact"]) == (USCC, "李某")


def test_projects_are_those_of_the_unit(window):
    register(window, fields(project_name="示例安置房二期"))
    Project.objects.create(agency=Agency.objects.get(code="inspection"), name="示例学校")

    of_unit = names_found(window, "", "suggest_projects", employer=EMPLOYER)
    of_nobody = names_found(window, "示例", "suggest_projects", employer="没有这家")

    assert (of_unit, of_nobody) == (["示例安置房二期"], ["示例学校", "示例安置房二期"])


@pytest.mark.parametrize("address", ["suggest_employers", "suggest_projects", "hints"])
def test_number_of_queries_does_not_grow(window, address):
    url = reverse(f"inspection:{address}")
    register(window, fields(project_name="示例安置房二期"))
    with CaptureQueriesContext(connection) as few:
        window.post(url, fields(q="示例", employer=EMPLOYER))
    for i in range(4):
        register(window, fields(employer_name=f"重庆示例{i}公司", w__0__id_number=id_number(20 + i)))

    with CaptureQueriesContext(connection) as many:
        window.post(url, fields(6, q="示例", employer=EMPLOYER))

    assert [q["sql"][:60] for q in many] == [q["sql"][:60] for q in few]


def test_name_is_marked_by_what_was_typed_or_by_initials():
    assert marked(EMPLOYER, "qhjz") == ("重庆示例", "青禾建筑", "劳务有限公司")
    assert marked(EMPLOYER, "chongqing") == (EMPLOYER, "", "")


# From a clue


def clue(clerk: User) -> Clue:
    return Clue.objects.create(
        agency=clerk.agency,
        channel="12345",
        external_no="GD2026001",
        received_at=moment(TODAY),
        content="反映拖欠工资",
        reporter_name="王示例",
        reporter_phone="13812345678",
        employer_name=EMPLOYER,
        worker_count=1,
    )


def test_clue_fills_the_form_and_is_closed_by_the_complaint(window, clerk):
    item = clue(clerk)
    page = window.get(reverse("inspection:register"), {"clue": item.public_id}).context
    assert page["form"]["employer_name"].value() == EMPLOYER
    assert (page["form"]["channel"].value(), page["form"]["external_no"].value()) == ("12345", "GD2026001")
    assert (page["workers"][0]["name"].value(), page["workers"][0]["phone"].value()) == (
        "王示例",
        "13812345678",
    )

    case = register(window, fields(clue=page["form"]["clue"].value(), channel="12345"))

    item.refresh_from_db()
    assert (item.state, item.complaint_id) == ("CLUE_CLOSED", case.pk)


def test_clue_that_was_closed_meanwhile_leaves_no_complaint(window, clerk):
    item = clue(clerk)
    register(window, fields(clue=str(item.public_id)))

    response = window.post(
        reverse("inspection:register"), fields(clue=str(item.public_id), w__0__id_number=id_number(9))
    )

    assert response.status_code == 422
    assert Case.objects.count() == 1


def test_clue_of_another_agency_does_not_exist(window, clerk):
    item = clue(clerk)
    Clue.objects.update(agency=Agency.objects.get(code="arb"))

    assert window.get(reverse("inspection:register"), {"clue": item.public_id}).status_code == 404
    response = window.post(reverse("inspection:register"), fields(clue=str(item.public_id)))
    assert errors(response) == ["这条线索找不到了，从线索页重新点“转为投诉”"]


# Afterwards


def test_page_after_registration_tells_what_is_missing_until_it_is_filled_in(window):
    case = register(window, fields(w__0__job="木工"))
    page = window.get(reverse("inspection:registered", args=[case.public_id]))
    assert [each.sentence for each in page.context["missing"]] == [
        "住址",
        "单位地址",
        "法定代表人或负责人",
        "投诉人在登记表上签名",
    ]
    worker, unit = case.parties.get(role="worker"), case.parties.get(role="respondent")

    response = window.post(
        reverse("inspection:particulars", args=[case.public_id]),
        {
            "version": case.version,
            "key": "particulars-1",
            f"address_{worker.pk}": "铜梁区某某村3组",
            f"unit_address_{unit.pk}": "示例路1号",
            f"representative_{unit.pk}": "李示例",
            "signed_on": "今天",
        },
    )

    assert response.status_code == 302
    page = window.get(reverse("inspection:registered", args=[case.public_id]))
    assert page.context["missing"] == []
    event = case.timeline.latest("seq")
    assert event.after["住址（王示例）"] == "铜梁区某某村3组"
    assert event.after["地址（重庆示例青禾建筑劳务有限公司）"] == "示例路1号"


def test_form_to_sign_is_issued_once_and_handed_out(window):
    case = register(window, fields())
    url = reverse("inspection:form_to_sign", args=[case.public_id])

    answers = [window.post(url, {"key": f"form-to-sign-{n}"}) for n in (1, 2)]

    document = case.documents.get(kind="D01")
    assert {answer["Location"] for answer in answers} == {reverse("documents:pdf", args=[document.public_id])}


def test_last_receipt_is_that_of_the_person(window, client):
    register(window, fields())
    case = register(window, fields(w__0__id_number=id_number(9)))

    response = window.get(reverse("inspection:last_receipt"))

    receipt = case.documents.get(kind="D04")
    assert response["Location"] == reverse("documents:pdf", args=[receipt.public_id])
    client.force_login(make_user("window09"))
    assert client.get(reverse("inspection:last_receipt"))["Location"] == reverse("inspection:register")
