"""What was typed and not yet sent: kept for one person, for seven days, sealed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.urls import reverse

from cases import drafts
from cases.models import Draft
from tests.inspection.situations import TODAY, moment, staff

pytestmark = pytest.mark.django_db

NAME, ID_NUMBER = "王示例", "11010519491231002X"


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZ")


def fields(**more: str) -> QueryDict:
    typed = QueryDict(mutable=True)
    typed.update(
        {
            "employer_name": "某公司",
            "w-TOTAL_FORMS": "1",
            "w-0-name": NAME,
            "w-0-id_number": ID_NUMBER,
            **more,
        }
    )
    return typed


def test_draft_gives_back_what_was_typed(people):
    typed = fields()
    typed.setlist("several", ["一", "二"])

    drafts.save(people["W"], "register", typed)

    draft, found = drafts.load(people["W"], "register")
    assert found == typed
    assert draft.summary == NAME


def test_token_of_the_form_is_left_out(people):
    drafts.save(people["W"], "register", fields(csrfmiddlewaretoken="secret"))

    assert "csrfmiddlewaretoken" not in drafts.load(people["W"], "register")[1]


def test_later_draft_takes_the_place_of_the_earlier(people):
    drafts.save(people["W"], "register", fields(employer_name="甲"))
    drafts.save(people["W"], "register", fields(employer_name="乙"))

    assert Draft.objects.count() == 1
    assert drafts.load(people["W"], "register")[1]["employer_name"] == "乙"


def test_draft_belongs_to_one_person(people):
    drafts.save(people["W"], "register", fields())

    assert drafts.load(people["Z"], "register") is None


def test_draft_is_sealed_in_the_database(people):
    drafts.save(people["W"], "register", fields())

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM cases_draft")
        stored = cursor.fetchone()[0]

    assert ID_NUMBER not in stored
    assert "某公司" not in stored


@pytest.mark.parametrize("age, kept", [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)])
def test_draft_is_kept_for_seven_days(people, time_machine, age, kept):
    drafts.save(people["W"], "register", fields())

    time_machine.move_to(moment(TODAY) + age, tick=False)

    assert (drafts.load(people["W"], "register") is not None) == kept
    assert drafts.sweep() == (0 if kept else 1)
    assert Draft.objects.exists() == kept


def test_draft_of_a_large_group_comes_back_whole(people):
    rows = {
        f"w-{n}-{name}": value
        for n in range(1000)
        for name, value in {
            "name": f"王示例{n}",
            "id_type": "resident",
            "id_number": ID_NUMBER,
            "phone": "13812345678",
            "is_migrant": "yes",
            "job": "钢筋工",
            "from_month": "2025-07",
            "to_month": "2026-03",
            "due": "",
            "owed": "36500",
        }.items()
    }
    typed = fields(**rows)

    drafts.save(people["W"], "register", typed)

    assert drafts.load(people["W"], "register")[1] == typed


def test_draft_that_is_too_long_does_not_break_the_page(client, people):
    """A pasted novel: whatever is kept of it, the form opens again."""
    client.force_login(people["W"])
    answer = client.post(reverse("cases:save_draft", args=["register"]), {"facts_text": "长" * 500_000})

    assert answer.status_code < 500
    assert client.get(reverse("inspection:register"), {"draft": "1"}).status_code == 200


def test_page_saves_and_offers_the_draft(client, people):
    client.force_login(people["W"])
    answer = client.post(
        reverse("cases:save_draft", args=["register"]), fields(employer_name="草稿公司").dict()
    )

    page = client.get(reverse("inspection:register"), {"draft": "1"}).content.decode()

    assert answer.json() == {"saved_at": "10:00"}
    assert "草稿公司" in page
    assert NAME in page


def test_draft_is_dropped_by_its_person(client, people):
    drafts.save(people["Z"], "register", fields())
    drafts.save(people["W"], "register", fields())
    client.force_login(people["W"])

    client.post(reverse("cases:drop_draft", args=["register"]))

    assert list(Draft.objects.values_list("user", flat=True)) == [people["Z"].pk]


def test_unknown_form_keeps_no_draft(client, people):
    client.force_login(people["W"])

    assert client.post(reverse("cases:save_draft", args=["anything"]), {"a": "b"}).status_code == 404
    assert not Draft.objects.exists()
