"""Numbers in full and files: who may have them, and that every reading stands in the record."""

import pytest
from django.urls import reverse

from inspection.states import State
from tests.inspection.situations import complaint, fresh, staff, strangers, worker_of

pytestmark = pytest.mark.django_db

PHONE = "13800010001"


@pytest.fixture
def people():
    return staff("WZXJFLBDG")


@pytest.fixture
def case(people):
    return complaint(people, State.INVESTIGATING)


def shown(client, case, user):
    client.force_login(user)
    where = reverse("cases:numbers", args=[case.public_id, worker_of(case).public_id])
    return client.post(where, headers={"HX-Request": "true"})


@pytest.mark.parametrize("who", ["W", "Z", "J", "F", "L", "B"])
def test_those_who_deal_with_the_case_see_the_numbers(client, case, people, who):
    answer = shown(client, case, people[who])

    assert PHONE in answer.content.decode()
    read = fresh(case).timeline.get(kind="read")
    assert (read.by, read.step, read.facts) == (people[who], "read_numbers", {"party": 1})


@pytest.mark.parametrize("who", ["D", "G"])
def test_those_who_only_count_do_not(client, case, people, who):
    answer = shown(client, case, people[who])

    assert (answer.status_code, PHONE in answer.content.decode()) == (403, False)
    assert not fresh(case).timeline.filter(kind="read").exists()


def test_other_agencies_find_nothing(client, case):
    for name, user in strangers("mediator", "aid reviewer", "auditor", "system administrator").items():
        assert shown(client, case, user).status_code in (403, 404), name


def test_page_of_the_case_shows_them_masked(client, case, people):
    client.force_login(people["Z"])

    page = client.get(case.get_absolute_url()).content.decode()

    assert PHONE not in page
    assert "138****0001" in page


def test_reading_leaves_open_forms_alone(client, case, people):
    shown(client, case, people["Z"])

    assert fresh(case).version == case.version
    assert fresh(case).audit_length == case.audit_length + 1


def test_without_scripts_there_is_a_page(client, case, people):
    client.force_login(people["Z"])

    answer = client.post(reverse("cases:numbers", args=[case.public_id, worker_of(case).public_id]))

    assert PHONE in answer.content.decode()
    assert "返回案件" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
