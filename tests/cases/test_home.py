"""工作台 and 个人设置."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import User
from cases import drafts
from cases.models import Case, Preference
from inspection.states import State
from notifications.services import notify
from tests.inspection.situations import TODAY, clock, complaint, moment, share, staff, task
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJFLBDH")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def counts(user: User) -> dict[str, int]:
    return {each["code"]: each["n"] for each in signed_in(user).get("/").context["counts"]}


@pytest.mark.parametrize("letter", ["W", "Z", "J", "L", "H"])
def test_each_count_leads_to_exactly_its_cases(people, letter):
    for days in (-5, 0, 0, 2, 30):
        case = complaint(people, State.INVESTIGATING, due_on=TODAY + timedelta(days=days))
        share(case, "housing")
    client = signed_in(people[letter])

    for each in client.get("/").context["counts"]:
        page = client.get(each["url"])
        assert page.context["page_obj"].paginator.count == each["n"], each


def test_inspector_counts_own_cases_the_head_those_of_the_office(people):
    mine = complaint(people, State.INVESTIGATING, due_on=TODAY)
    complaint({**people, "Z": people["N"]}, State.INVESTIGATING, due_on=TODAY)

    assert counts(people["Z"])["today"] == 1
    assert counts(people["J"])["today"] == 2
    assert counts(people["Z"])["new"] == 1
    assert [case.pk for case in signed_in(people["Z"]).get("/").context["rows"]] == [mine.pk]


def test_ten_cases_at_most_the_nearest_first(people):
    cases = [
        complaint(people, State.INVESTIGATING, due_on=TODAY + timedelta(days=days))
        for days in range(12, 0, -1)
    ]

    rows = signed_in(people["Z"]).get("/").context["rows"]

    assert [case.pk for case in rows] == [case.pk for case in reversed(cases)][:10]


def test_agenda_holds_the_ends_of_other_clocks_and_replies(people):
    case = complaint(people, State.ORDERED)
    headline = clock(case, "T10", TODAY, TODAY)
    Case.objects.filter(pk=case.pk).update(headline_clock=headline)
    clock(case, "T16", TODAY, TODAY + timedelta(days=1))
    clock(case, "T11", TODAY, TODAY + timedelta(days=30))
    clock(case, "T01", TODAY, TODAY, met_on=TODAY)
    task(case, "housing", due_on=TODAY)

    agenda = signed_in(people["Z"]).get("/").context["agenda"]

    assert [(on, [entry.case.pk for entry in found]) for on, found in agenda] == [
        (TODAY, [case.pk]),
        (TODAY + timedelta(days=1), [case.pk]),
    ]
    assert "答复" in str(agenda[0][1][0].what)


def test_agenda_begins_with_today_even_when_nothing_falls_on_it(people):
    case = complaint(people, State.ORDERED)
    clock(case, "T16", TODAY, TODAY + timedelta(days=1))

    answer = signed_in(people["Z"]).get("/")

    assert [(on, len(found)) for on, found in answer.context["agenda"]] == [
        (TODAY, 0),
        (TODAY + timedelta(days=1), 1),
    ]
    assert "今天没有到期的事项。" in answer.content.decode()


def test_message_says_its_year(people):
    notify(recipient=people["Z"], kind="case", title="群体案件已登记", key="x")

    assert f">{TODAY}</time>" in signed_in(people["Z"]).get("/").content.decode()


def test_case_that_only_waits_for_its_file_is_no_longer_to_do(people):
    told, untold = (complaint(people, State.CLOSED) for _number in range(2))
    clock(untold, "T56", TODAY, TODAY + timedelta(days=5))
    clock(told, "T56", TODAY, TODAY, met_on=TODAY)
    clock(told, "T17", TODAY, TODAY + timedelta(days=90))  # a right of the unit, no limit of the office
    complaint(people, State.ARCHIVED)
    client = signed_in(people["Z"])

    def numbers(tab: str) -> list[str]:
        return [case.number for case in client.get("/cases/", {"tab": tab}).context["rows"]]

    assert (numbers("todo"), numbers("archive")) == ([untold.number], [told.number])
    assert counts(people["Z"])["archive"] == 1
    assert "archive" not in counts(people["J"])


def test_empty_desk_says_so(people):
    page = signed_in(people["Z"]).get("/").content.decode()

    assert "今天没有要你办的案件。" in page
    assert "今天和后两个工作日没有到期的事项。" in page
    assert "没有草稿，也没有未读的消息。" in page


def test_clerk_goes_on_with_the_draft(people):
    client = signed_in(people["W"])
    client.post(reverse("cases:save_draft", args=["register"]), {"w-0-name": "李草稿"})

    page = client.get("/").content.decode()

    assert drafts.of_user(people["W"]).count() == 1
    assert "继续草稿(1)" in page
    assert "?group=1" in page
    assert "李草稿" in page


def test_others_are_not_offered_registration(people):
    assert "登记一件</a>" not in signed_in(people["L"]).get("/").content.decode()
    assert "登记群体" not in signed_in(people["L"]).get("/").content.decode()


# Settings of one's own


def test_density_is_kept_on_the_server_and_set_on_every_page(people):
    client = signed_in(people["W"])

    client.post(reverse("cases:preferences"), {"density": "compact", "back": "/cases/"})

    assert Preference.objects.get(user=people["W"]).density == "compact"
    assert 'data-density="compact"' in client.get("/cases/").content.decode()
    assert "data-density" not in signed_in(people["Z"]).get("/cases/").content.decode()


def test_single_letters_can_be_switched_off(people):
    client = signed_in(people["W"])
    before = client.get("/").content.decode()

    client.post(reverse("cases:preferences"), {"density": "", "letters_shown": "1"})

    assert 'data-single-keys="off"' not in before
    assert 'data-single-keys="off"' in client.get("/").content.decode()


@pytest.mark.parametrize("fields", [{}, {"density": "huge"}, {"density": "\x00"}])
def test_nonsense_changes_nothing(people, fields):
    answer = signed_in(people["W"]).post(reverse("cases:preferences"), fields)

    assert answer.status_code in (302, 400)
    assert not Preference.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\x"])
def test_way_back_stays_on_the_site(people, back):
    answer = signed_in(people["W"]).post(reverse("cases:preferences"), {"density": "", "back": back})

    assert answer["Location"] == reverse("cases:preferences")


def test_auditor_has_settings_too(people):
    auditor = make_user("auditor01", agency="district", role="auditor")

    assert signed_in(auditor).get(reverse("cases:preferences")).status_code == 200


def test_first_page_asks_equally_often_for_one_case_and_for_ten(people, django_assert_max_num_queries):
    def asked() -> int:
        client = signed_in(people["Z"])
        client.get("/")
        with django_assert_max_num_queries(18) as captured:
            client.get("/")
        return len(captured)

    def one_more(days: int) -> None:
        case = complaint(people, State.INVESTIGATING, due_on=TODAY + timedelta(days=days))
        row = clock(case, "T10", TODAY, TODAY + timedelta(days=days), raw_end=TODAY)
        Case.objects.filter(pk=case.pk).update(headline_clock=row)
        clock(case, "T16", TODAY, TODAY)
        task(case, "housing", due_on=TODAY)

    one_more(1)
    one = asked()
    for days in range(2, 11):
        one_more(days)

    assert asked() == one
