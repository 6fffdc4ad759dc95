"""The pages of legal aid: the application, the consent card, the means, whose turn it is, firms and amounts."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.models import SettingChange
from cases.models import Case, CaseKind
from legal_aid.models import AidApplication, Firm, MeansStatement, Rate, Tie
from legal_aid.proposal import candidates
from tests.inspection import situations as inspection
from tests.inspection.situations import TODAY, moment, new_key
from tests.legal_aid.situations import (
    OPPONENT,
    application,
    firm,
    fresh,
    rate,
    ready_for,
    staff,
)
from tests.people import make_user

pytestmark = pytest.mark.django_db

REGISTER = "/legal-aid/applications/new/"
TYPED = {
    "id_number": "50022419850615002X",
    "name": "王某某",
    "phone": "13800011111",
    "is_migrant": "yes",
    "id_type": "resident",
    "category": "migrant",
    "opponent": OPPONENT,
    "matter": "31-5w",
    "form": "arbitration",
    "stage": "none",
    "owed": "1.86万",
    "from_month": "2601",
    "to_month": "2603",
    "wish": "apply",
    "channel": "window",
    "received_on": "今天",
    "materials": "身份证复印件1份",
}


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("KUMNSG")


def sign_in(client, user):
    client.force_login(user)
    return client


# 援助申请


def test_application_is_registered_once_with_its_receipt(client, people):
    sign_in(client, people["K"])
    typed = {**TYPED, "key": new_key()}

    first, again = client.post(REGISTER, typed), client.post(REGISTER, typed)

    case = Case.objects.get(kind=CaseKind.LEGAL_AID)
    assert (first.status_code, first.url, again.url) == (
        302,
        case.get_absolute_url(),
        case.get_absolute_url(),
    )
    assert (case.state, case.claimed_fen, case.aid.matter) == ("APPLIED", 1_860_000, "31-5w")
    assert case.parties.get(role="worker").person.birth_on == date(1985, 6, 15)
    assert case.documents.get().kind == "LD03"
    assert not MeansStatement.objects.exists()


def test_question_is_registered_without_a_matter(client, people):
    sign_in(client, people["U"])

    client.post(REGISTER, {**TYPED, "wish": "consult", "matter": "", "key": new_key()})

    case = Case.objects.get(kind=CaseKind.LEGAL_AID)
    assert (case.state, case.clocks.count(), case.documents.count()) == ("CONSULTATION", 0, 0)


def test_means_are_kept_apart(client, people):
    sign_in(client, people["K"])

    client.post(
        REGISTER,
        {
            **TYPED,
            "matter": "31-5r",
            "m-household": "3",
            "m-income": "3000",
            "m-pledged": "on",
            "key": new_key(),
        },
    )

    statement = MeansStatement.objects.get()
    assert (statement.household, statement.income_fen, statement.per_head_fen) == (3, 300_000, 100_000)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "还没填姓名"),
        ({"id_number": "500224198506150020"}, "证件号码最后一位对不上"),
        ({"phone": ""}, "还没填手机号，没有手机就写联系人及电话"),
        ({"matter": ""}, "还没选申请事项；只是来问问的，选“只咨询”"),
        ({"matter": "99"}, "申请事项里没有这一项"),
        ({"to_month": ""}, "起始月和截止月要一起填"),
        ({"owed": ""}, "填了月份，还没填金额"),
        ({"agent_name": "王某"}, "还没填代理申请人与申请人的关系"),
        ({"channel": "detention"}, "还没填在押人员提出的日期"),
        ({"channel": "complaint"}, "申请途径里没有这一项"),
        ({"received_on": "2020-01-01"}, "收到日期早于"),
        ({"m-income": "3000"}, "写了收入的，要有本人签字的诚信承诺"),
        ({"m-household": "0"}, "家庭成员（人）至少是1"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(client, people, changes, said):
    sign_in(client, people["K"])

    answer = client.post(REGISTER, {**TYPED, **changes, "key": new_key()})

    text = answer.content.decode()
    assert (answer.status_code, said in text) == (422, True)
    assert OPPONENT in text
    assert Case.objects.count() == 0


def test_others_have_no_application_page(client, people):
    answers = {letter: sign_in(client, people[letter]).get(REGISTER).status_code for letter in "MNSG"}

    assert answers == dict.fromkeys("MNSG", 403)
    assert [sign_in(client, people[letter]).get(REGISTER).status_code for letter in "KU"] == [200, 200]


# 转法律援助


@pytest.fixture
def complaint(people):
    """A complaint of two workers, under investigation."""
    office = inspection.staff("WZXJ")
    case = inspection.complaint(office, "INVESTIGATING", workers=2, details={"facts_text": "三个月没有发。"})
    return case, office


def agree(case, **changes):
    """The consent card as it is sent."""
    first = case.parties.filter(role="worker").first()
    return {
        "people": [first.pk],
        "form": "arbitration",
        "consent_on": "今天",
        "how": "当面签字的同意书，编号12",
        "agreed": "on",
        "key": new_key(),
        "version": inspection.fresh(case).version,
        **changes,
    }


def test_complaint_opens_an_application_with_nothing_typed_again(client, people, complaint):
    case, office = complaint
    url = reverse("legal_aid:consent", args=[case.public_id])
    sign_in(client, office["Z"])
    sent = agree(case)

    answer, again = client.post(url, sent), client.post(url, sent)

    aid = AidApplication.objects.get()
    opened = aid.case
    assert (answer.status_code, again.status_code, answer.url.startswith(case.get_absolute_url())) == (
        302,
        302,
        True,
    )
    assert (opened.state, opened.agency.code, opened.worker_count) == ("APPLIED", "aid", 1)
    assert (opened.applicant_name, opened.respondent_name) == ("王某1", case.respondent_name)
    assert (aid.matter, aid.channel, aid.forum_case_no) == ("31-5w", "complaint", case.case_no)
    assert (aid.consent_on, aid.consent_note) == (TODAY, "当面签字的同意书，编号12")
    assert aid.facts_text == "三个月没有发。"
    worker = opened.parties.get(role="worker").person
    assert (worker.agency.code, worker.phone, worker.bank_card) == ("aid", "13800010001", "")
    assert [(c.from_month, c.to_month, c.owed_fen) for c in opened.claims.all()] == [
        ("2025-11", "2026-03", inspection.OWED_FEN)
    ]
    assert {clock.rule_code for clock in opened.clocks.all()} == {"LA-01", "LA-14"}
    event = case.timeline.order_by("-seq").first()
    assert (event.step, event.facts["people"], event.facts["receipt_no"]) == (
        "refer_legal_aid",
        "王某1",
        opened.receipt_no,
    )


def test_referring_office_learns_the_answer_and_no_more(client, people, complaint):
    case, office = complaint
    sign_in(client, office["Z"])
    client.post(reverse("legal_aid:consent", args=[case.public_id]), agree(case))
    aid = AidApplication.objects.get()

    waiting = client.get(case.get_absolute_url()).content.decode()
    aid.granted_on = TODAY
    aid.save()
    granted = client.get(case.get_absolute_url()).content.decode()

    assert (f"（{aid.receipt_no}）：正在审查" in waiting, "：已给予援助" in granted) == (True, True)
    assert client.get(aid.case.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agreed": ""}, "没有本人同意不能转交"),
        ({"people": []}, "还没选谁申请法律援助"),
        ({"people": ["0"]}, "选的人不在这件案子里"),
        ({"how": ""}, "还没填怎样同意的"),
        ({"consent_on": ""}, "还没填本人同意的日期"),
    ],
)
def test_nothing_goes_on_without_consent(client, people, complaint, changes, said):
    case, office = complaint
    sign_in(client, office["W"])

    answer = client.post(reverse("legal_aid:consent", args=[case.public_id]), agree(case, **changes))

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert AidApplication.objects.count() == 0


def test_same_person_does_not_apply_twice_from_one_case(client, people, complaint):
    case, office = complaint
    url = reverse("legal_aid:consent", args=[case.public_id])
    sign_in(client, office["Z"])
    client.post(url, agree(case))

    answer = client.post(url, agree(case))

    assert (answer.status_code, "王某1已经从这件案子申请了法律援助" in answer.content.decode()) == (422, True)


def test_consent_card_is_for_those_who_deal_with_the_case(client, people, complaint):
    case, _office = complaint
    url = reverse("legal_aid:consent", args=[case.public_id])
    others = {"bureau": make_user("bureau01", agency="hrss", role="bureau_head"), **people}

    answers = {name: sign_in(client, user).get(url).status_code for name, user in others.items()}

    assert answers == {"bureau": 403, "G": 403, **dict.fromkeys("KUMNS", 404)}


# 经济困难状况


def test_means_are_read_and_written_by_the_centre_only(client, people):
    case = application(people, "UNDER_REVIEW", details={"matter": "31-5r"})
    url = reverse("legal_aid:means", args=[case.public_id])
    rate("hardship", 1200, by=people["M"])
    sign_in(client, people["U"])
    sent = {
        "m-household": "2",
        "m-income": "2000",
        "m-pledged": "on",
        "key": new_key(),
        "version": case.version,
    }

    answer = client.post(url, sent)

    assert answer.status_code == 302
    assert "核查后符合经济困难标准" in client.get(url).content.decode()
    assert fresh(case).timeline.first().facts == {"version": 1}
    answers = {letter: sign_in(client, people[letter]).get(url).status_code for letter in "KUMNSG"}
    assert answers == {"K": 200, "U": 200, "M": 200, "N": 404, "S": 404, "G": 404}
    refused = sign_in(client, people["M"]).post(url, {**sent, "key": new_key(), "version": 2})
    assert refused.status_code == 403


def test_stale_statement_is_not_saved(client, people):
    case = application(people, "UNDER_REVIEW")
    sign_in(client, people["U"])

    answer = client.post(
        reverse("legal_aid:means", args=[case.public_id]),
        {"m-household": "2", "key": new_key(), "version": "999"},
    )

    assert (answer.status_code, MeansStatement.objects.count()) == (409, 0)


# 份额和指派


def test_proposal_follows_shares_speciality_load_and_ties(people):
    """Weights 2, 1, 1: who has had least of its share comes first; a tie to the other side comes last."""
    case = ready_for("assign", people, "GRANTED")
    Firm.objects.all().delete()
    much, little = firm("甲所", weight=2), firm("乙所", specialities=["31-5w"])
    tied = firm("丙所")
    Tie.objects.create(firm=tied, unit_name=OPPONENT, reason="常年法律顾问")
    for _n in range(2):
        other = application({key: people[key] for key in "KUM"}, "FIRM_ASSIGNED")
        other.aid_assignments.create(firm=much, assigned_by=people["M"], assigned_on=TODAY)

    found = candidates(case)

    assert [(each.firm.name, each.ideal_percent, each.achieved_percent) for each in found] == [
        ("乙所", 25, 0),
        ("甲所", 50, 100),
        ("丙所", 25, 0),
    ]
    assert [(each.is_special, len(each.ties)) for each in found] == [(True, 0), (False, 0), (False, 1)]
    assert little.pk == found[0].firm.pk


def test_assignment_page_proposes_and_the_head_decides(client, people):
    case = ready_for("assign", people, "GRANTED")
    Firm.objects.all().delete()
    first = firm("甲所")
    sign_in(client, people["M"])
    page = client.get(reverse("legal_aid:assignment", args=[case.public_id]))
    assert "建议：甲所（应占100%" in page.content.decode()

    answer = client.post(
        reverse("cases:take_step", args=[case.public_id, "assign"]),
        {"firm": first.pk, "do": "take", "key": new_key(), "version": case.version},
    )

    assert (answer.status_code, case.aid_assignments.get().firm) == (302, first)
    seen = {letter: sign_in(client, people[letter]) for letter in "U"}
    text = seen["U"].get(reverse("legal_aid:assignment", args=[case.public_id])).content.decode()
    assert 'name="do"' not in text


# 承办机构和标准


def test_firms_and_rates_are_the_heads_to_change_and_leave_a_record(client, people):
    sign_in(client, people["M"])
    typed = {
        "name": "重庆示例律师事务所",
        "kind": "law_firm",
        "weight": "3",
        "most_open": "20",
        "specialities": ["31-5w"],
        "is_active": "on",
        "ties": "重庆某某公司，常年法律顾问",
    }
    made = client.post(reverse("legal_aid:firm_new"), typed)
    its = Firm.objects.get()
    named = client.post(
        reverse("legal_aid:firm", args=[its.public_id]),
        {"act": "lawyer", "user": people["N"].pk, "licence_no": "15001202010000001"},
    )
    set_rate = client.post(
        reverse("legal_aid:rates"),
        {"code": "arbitration", "from_on": "今天", "amount": "1500", "basis": "某文件"},
    )

    assert (made.status_code, named.status_code, set_rate.status_code) == (302, 302, 302)
    assert (its.weight, its.ties.get().unit_name, its.lawyers.get().user) == (3, "重庆某某公司", people["N"])
    assert Rate.objects.get().amount_fen == 150_000
    assert list(SettingChange.objects.values_list("area", flat=True)) == ["legal_aid"] * 3
    for letter in "KUNSG":
        sign_in(client, people[letter])
        pages = [reverse("legal_aid:firms"), reverse("legal_aid:rates"), reverse("legal_aid:firm_new")]
        assert [client.get(page).status_code for page in pages] == [403] * 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "重庆示例律师事务所"}, "名册里已经有这家机构"),
        ({"weight": "0"}, "权重至少是1"),
        ({"ties": "重庆某某公司"}, "第1行要写单位全称和关系"),
    ],
)
def test_firm_that_is_not_right_is_refused(client, people, changes, said):
    firm()
    sign_in(client, people["M"])
    typed = {"name": "另一所", "kind": "law_firm", "weight": "1", "most_open": "20", **changes}

    answer = client.post(reverse("legal_aid:firm_new"), typed)

    assert (answer.status_code, said in answer.content.decode(), Firm.objects.count()) == (422, True, 1)


# The lawyer


def test_lawyer_sees_own_cases_and_works_on_them(client, people):
    case = application(people, "IN_PROGRESS")
    foreign = application({key: people[key] for key in "KUM"}, "IN_PROGRESS")
    sign_in(client, people["N"])

    listed = client.get("/cases/?tab=todo").content.decode()
    page = client.get(case.get_absolute_url()).content.decode()
    answer = client.post(
        reverse("cases:take_step", args=[case.public_id, "log_work"]),
        {
            "work": "hearing",
            "done_on": "今天",
            "minutes": "90",
            "content": "参加开庭。",
            "do": "take",
            "key": new_key(),
            "version": case.version,
        },
    )

    assert (case.number in listed, foreign.number in listed) == (True, False)
    assert ("13800011111" in page, "工作日志" in page) == (True, False)
    assert answer.status_code == 302
    assert "参加开庭。" in client.get(case.get_absolute_url()).content.decode()
    assert client.get(foreign.get_absolute_url()).status_code == 404


def test_case_shared_with_the_centre_is_not_shared_with_its_lawyers(client, people):
    """A grant to the agency is for the people of the centre; a lawyer's sight is personal."""
    office = inspection.staff("WZXJ")
    case = inspection.complaint(office, "INVESTIGATING")
    inspection.share(case, "aid")

    answers = {
        letter: sign_in(client, people[letter]).get(case.get_absolute_url()).status_code for letter in "UN"
    }

    assert answers == {"U": 200, "N": 404}


def test_pages_ask_the_same_number_of_questions(client, people, django_assert_max_num_queries):
    case = application(people, "IN_PROGRESS")
    sign_in(client, people["U"])
    client.get(case.get_absolute_url())

    with django_assert_max_num_queries(20):
        client.get(case.get_absolute_url())
    for name in ("甲所", "乙所", "丙所"):
        Tie.objects.create(firm=firm(name), unit_name=OPPONENT, reason="顾问")
    url = reverse("legal_aid:assignment", args=[case.public_id])
    with django_assert_max_num_queries(20):
        client.get(url)


def test_draft_comes_back_with_one_click(client, people):
    sign_in(client, people["K"])
    client.post(REGISTER, {**TYPED, "m-household": "4", "after": "draft"})

    offered = client.get(REGISTER).content.decode()
    again = client.get(f"{REGISTER}?draft=1").content.decode()

    assert "上次有一份没填完的申请（王某某" in offered
    assert (OPPONENT in again, 'value="4"' in again, Case.objects.count()) == (True, True, 0)
    client.post(REGISTER, {**TYPED, "key": new_key()})
    assert "没填完" not in client.get(REGISTER).content.decode()


@pytest.mark.parametrize(
    "letter, heads",
    [("U", ("申请人", "对方当事人")), ("N", ("申请人", "对方当事人")), ("G", ("投诉人", "用人单位"))],
)
def test_list_is_headed_in_the_words_of_legal_aid(client, people, letter, heads):
    application(people, "IN_PROGRESS")
    client.force_login(people[letter])

    columns = client.get("/cases/?tab=all").context["columns"]

    assert tuple(str(column.label) for column in columns[1:3]) == heads
