"""查找: whatever a person remembers of a case finds it, and nobody finds what they may not see."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from cases import search
from cases.models import Case, Employer, Person, SearchQuery
from inspection.states import State
from tests.inspection.situations import TODAY, complaint, fresh, moment, respondent, share, staff, worker_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJLH")


@pytest.fixture
def wanted(people) -> Case:
    """The case that is looked for, beside one that is not."""
    complaint(people, State.INVESTIGATING, respondent_name="别的公司")
    case = complaint(people, State.INVESTIGATING, respondent_name="重庆青禾建筑劳务有限公司")
    Case.objects.filter(pk=case.pk).update(
        case_no="铜人社监案〔2026〕1203号",
        receipt_no="铜人社监登〔2026〕88号",
        applicant_name="单雄信",
        respondent_pinyin="cqqhjzlwyxgs chongqingqinghejianzhu",
    )
    person = worker_of(case).person
    person.name, person.pinyin = "单雄信", "sxx dxx cxx shanxiongxin"
    person.id_number, person.phone = "50022419850615002X", "13812345678"
    person.save()
    employer = Employer.objects.create(
        agency=case.agency,
        name="重庆青禾建筑劳务有限公司",
        pinyin="cqqhjzlwyxgs",
        former_names="铜梁青苗劳务",
        uscc="91500151MA5EXAMPLE",
    )
    respondent(case, employer.name)
    return fresh(case)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


WORDS = [
    "1203",
    "2026-1203",
    "[2026]1203",
    "〔2026〕1203号",
    "（2026）1203",
    "【2026】1203",
    "铜人社监案〔2026〕1203号",
    "铜人社监登〔2026〕88号",
    "单雄信",
    "雄信",
    "sxx",
    "dxx",
    "50022419850615002X",
    "002x",
    "002Ｘ",
    "13812345678",
    "5678",
    "青禾建筑",
    "cqqh",
    "青苗",
]


@pytest.mark.parametrize("text", WORDS)
def test_whatever_is_remembered_finds_the_case(people, wanted, text):
    assert [case.pk for case in search.find(people["W"], text)] == [wanted.pk]


@pytest.mark.parametrize(
    "text", ["雄单", "单信", "青建", "禾青", "sxc", "203", "〔2025〕1203", "铜人社监案〔2025〕1203号"]
)
def test_characters_must_stand_together_and_in_order(people, wanted, text):
    assert list(search.find(people["W"], text)) == []


@pytest.mark.parametrize("text", ["雄", "铜人社监登〔2026〕8", "青禾建筑劳务有限公司", "ongxin"])
def test_part_of_what_is_remembered_is_enough(people, wanted, text):
    assert [case.pk for case in search.find(people["W"], text)] == [wanted.pk]


def test_names_that_were_given_earlier_find_the_case(people, wanted):
    Person.objects.filter(pk=worker_of(wanted).person.pk).update(name="改名", pinyin="gm gaiming")
    Employer.objects.filter(name__contains="青禾").update(
        name="新名公司", former_names="铜梁青苗劳务、重庆青禾建筑劳务有限公司"
    )

    for text in ("单雄信", "改名", "gaiming", "青禾建筑", "青苗"):
        assert [case.pk for case in search.find(people["W"], text)] == [wanted.pk], text


def test_name_in_rare_characters_is_found(people, wanted):
    person = worker_of(wanted).person
    person.name = "\U00020bb7㑇\ue863"
    person.save()

    for text in ("\U00020bb7㑇", "㑇\ue863", "\ue863"):
        assert [case.pk for case in search.find(people["W"], text)] == [wanted.pk]


INDEXES = {
    "sqlite": {"1203": {"case_number_tail", "case_receipt_tail"}},
    "postgresql": {
        "1203": {"case_number_tail", "case_receipt_tail"},
        "单雄信": {"case_pairs", "person_pairs"},
        "cqqh": {"case_pairs", "person_pairs"},
    },
}


def test_indexes_serve_the_search(people, wanted):
    for text, expected in INDEXES[connection.vendor].items():
        with CaptureQueriesContext(connection) as asked:
            search.find(people["W"], text)
        plan = plan_of(asked[0]["sql"])
        assert {name for name in expected if name in plan} == expected, text


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of two rows is read through otherwise
            cursor.execute(f"EXPLAIN {statement}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return str(cursor.fetchall())


@pytest.mark.parametrize("text", WORDS)
def test_single_hit_opens_at_once(people, wanted, text):
    answer = signed_in(people["W"]).post(reverse("cases:search"), {"q": text})

    assert answer["Location"] == wanted.get_absolute_url()


def test_code_from_paper_opens_its_case(people, wanted):
    scanned = f"https://huxin.example/cases/{wanted.public_id}/"

    answer = signed_in(people["W"]).post(reverse("cases:search"), {"q": scanned})

    assert answer["Location"] == wanted.get_absolute_url()
    assert list(search.find(people["H"], scanned)) == []


def test_several_hits_stand_on_a_page_whose_address_holds_no_word(people, wanted):
    complaint(people, State.INVESTIGATING, respondent_name="重庆青禾商贸公司")

    answer = signed_in(people["W"]).post(reverse("cases:search"), {"q": "青禾"})

    kept = SearchQuery.objects.get()
    assert answer["Location"] == reverse("cases:found", args=[kept.public_id])
    assert len(signed_in(people["W"]).get(answer["Location"]).context["rows"]) == 2


@pytest.mark.parametrize("text", WORDS)
def test_search_of_another_office_finds_nothing(people, wanted, text):
    Case.objects.filter(pk=wanted.pk).update(agency=people["L"].agency.parent)

    assert list(search.find(people["W"], text)) == []


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'", "\x00", "〔〕", "x" * 5000, "9" * 200])
def test_nonsense_finds_nothing_and_breaks_nothing(people, wanted, text):
    client = signed_in(people["W"])

    assert client.post(reverse("cases:search"), {"q": text}).status_code in (302, 400)
    assert client.post(reverse("cases:suggest"), {"q": text}).status_code in (200, 400)


# While typing


def hits(user: User, text: str) -> dict[str, list[str]]:
    page = signed_in(user).post(reverse("cases:suggest"), {"q": text}).context
    found = page["hits"]
    return {
        "cases": [case.number for case in found.cases],
        "people": [person.name for person in found.people],
        "units": [unit.name for unit in found.units],
        "commands": [str(command.label) for command in page["commands"]],
    }


def test_hits_are_cases_people_and_units(people, wanted):
    unit = "重庆青禾建筑劳务有限公司"

    assert hits(people["W"], "青禾") == {
        "cases": [wanted.number],
        "people": [],
        "units": [unit],
        "commands": [],
    }
    assert hits(people["W"], "单雄")["people"] == ["单雄信"]
    assert hits(people["W"], "青苗")["units"] == [unit]
    assert hits(people["W"], "91500151MA5E")["units"] == [unit]


def test_eight_of_each_at_most(people):
    for number in range(10):
        case = complaint(people, State.INVESTIGATING, respondent_name=f"青禾{number}公司")
        respondent(case, f"青禾{number}公司")

    found = hits(people["W"], "青禾")

    assert (len(found["cases"]), len(found["units"])) == (8, 8)


def test_numbers_of_people_are_masked(people, wanted):
    page = signed_in(people["W"]).post(reverse("cases:suggest"), {"q": "单雄信"}).content.decode()

    assert "138****5678" in page
    assert "13812345678" not in page
    assert "50022419850615002X" not in page


def test_one_character_is_too_little(people, wanted):
    assert hits(people["W"], "单") == {"cases": [], "people": [], "units": [], "commands": []}


def test_those_with_whom_a_case_is_shared_find_the_matter_not_its_people(people, wanted):
    share(wanted, "housing")

    assert hits(people["H"], "青禾")["cases"] == [wanted.number]
    assert hits(people["H"], "青禾")["units"] == []
    assert hits(people["H"], "单雄信")["cases"] == hits(people["H"], "单雄信")["people"] == []


@pytest.mark.parametrize("text", ["青禾", "单雄信", "5678", "1203"])
def test_nothing_drops_down_of_another_office(people, wanted, text):
    Case.objects.filter(pk=wanted.pk).update(agency=people["L"].agency.parent)

    assert hits(people["W"], text) == {"cases": [], "people": [], "units": [], "commands": []}


def test_commands_are_those_of_the_role(people):
    assert "登记群体" in hits(people["W"], "")["commands"]
    assert "登记群体" not in hits(people["L"], "")["commands"]
    assert hits(people["W"], "djqt")["commands"] == ["登记群体"]


def test_answer_asks_equally_often_for_one_hit_and_for_eight(people, wanted, django_assert_max_num_queries):
    client = signed_in(people["W"])

    def asked() -> int:
        client.post(reverse("cases:suggest"), {"q": "青禾"})
        with django_assert_max_num_queries(10) as captured:
            client.post(reverse("cases:suggest"), {"q": "青禾"})
        return len(captured)

    one = asked()
    for number in range(8):
        respondent(complaint(people, State.INVESTIGATING, respondent_name="青禾"), f"青禾{number}公司")

    assert asked() == one
