"""Numbers in full and files: who may have them, and that every reading stands in the record."""

import pytest
from django.urls import reverse

from agencies import throttle
from inspection.states import State
from notifications.models import InboxMessage
from tests.inspection.clue_desk import new_clue
from tests.inspection.situations import TODAY, complaint, fresh, moment, staff, strangers, worker_of

pytestmark = pytest.mark.django_db

PHONE = "13800010001"


@pytest.fixture
def people():
    return staff("WZXJFLBDG")


@pytest.fixture
def case(people):
    return complaint(people, State.INVESTIGATING)


def shown(client, case, user, **typed):
    client.force_login(user)
    where = reverse("cases:numbers", args=[case.public_id, worker_of(case).public_id])
    return client.post(where, {"purpose": "contact", **typed}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("who", ["W", "Z", "J", "F", "L", "B"])
def test_those_who_deal_with_the_case_see_the_numbers(client, case, people, who):
    answer = shown(client, case, people[who])

    assert PHONE in answer.content.decode()
    read = fresh(case).timeline.get(kind="read")
    assert (read.by, read.step, read.facts) == (
        people[who],
        "read_numbers",
        {"party": 1, "purpose": "contact"},
    )


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

    where = reverse("cases:numbers", args=[case.public_id, worker_of(case).public_id])
    answer = client.post(where, {"purpose": "contact"})

    assert PHONE in answer.content.decode()
    assert "返回案件" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"purpose": ""}, "还没选查看号码的用途"),
        ({"purpose": "x"}, "查看号码的用途里没有这一项，从列表里选"),
        ({"purpose": "other"}, "还没填其他用途"),
    ],
)
def test_numbers_are_not_shown_without_a_purpose(client, case, people, typed, sentence):
    answer = shown(client, case, people["Z"], **typed)

    assert (answer.status_code, PHONE in answer.content.decode()) == (422, False)
    assert sentence in answer.content.decode()
    assert not fresh(case).timeline.filter(kind="read").exists()


def test_purpose_in_own_words_stands_in_the_record(client, case, people):
    shown(client, case, people["Z"], purpose="other", note="信访件核对")

    read = fresh(case).timeline.get(kind="read")
    assert (read.facts["purpose"], read.note) == ("other", "信访件核对")


def test_without_scripts_the_purpose_is_asked_for_on_the_page(client, case, people):
    client.force_login(people["Z"])

    answer = client.post(reverse("cases:numbers", args=[case.public_id, worker_of(case).public_id]))

    assert answer.status_code == 422
    assert "还没选查看号码的用途" in answer.content.decode()
    assert "显示号码" in answer.content.decode()
    assert PHONE not in answer.content.decode()


@pytest.fixture
def hour(monkeypatch):
    monkeypatch.setitem(throttle.LIMITS, throttle.Scope.READING, throttle.Limit(attempts=2, seconds=3600))


def test_numbers_are_shown_so_often_an_hour_and_then_the_head_is_told(
    client, case, people, hour, time_machine
):
    time_machine.move_to(moment(TODAY), tick=False)
    answers = [shown(client, case, people["Z"]) for _time in range(4)]
    of_another = shown(client, case, people["W"])
    time_machine.move_to(moment(TODAY, 11, 1), tick=False)
    later = shown(client, case, people["Z"])

    assert [answer.status_code for answer in answers] == [200, 200, 422, 422]
    assert "一小时内最多看2次号码" in answers[2].content.decode()
    assert PHONE not in answers[2].content.decode()
    assert (of_another.status_code, later.status_code) == (200, 200)
    assert fresh(case).timeline.filter(kind="read", by=people["Z"]).count() == 3
    told = InboxMessage.objects.filter(kind="readings")
    assert [(message.recipient, message.title) for message in told] == [
        (people["J"], "测试inspector01一小时内查看号码超过2次")
    ]


def test_clues_count_into_the_same_hour(client, case, people, hour):
    clue = new_clue(people["W"])
    client.force_login(people["Z"])
    for _time in range(2):
        client.post(reverse("inspection:clue_reveal", args=[clue.public_id]), {"purpose": "contact"})

    answer = shown(client, case, people["Z"])

    assert answer.status_code == 422
    refused = client.post(reverse("inspection:clue_reveal", args=[clue.public_id]), {"purpose": "contact"})
    assert (refused.status_code, "一小时内最多看2次号码" in refused.content.decode()) == (422, True)
