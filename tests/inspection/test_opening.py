"""How a complaint is written: in few statements, with the counter locked for the last of them only."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Town, User
from calendars.services import load_official_calendars
from cases import audit, drafts, newborn
from cases.models import Case, Draft, Proposal
from documents.models import Document
from inspection.services import Registration, WorkerEntry, register_complaint
from tests.people import make_user

pytestmark = pytest.mark.django_db

TESTS = dict.fromkeys(("within_two_years", "respondent_clear", "within_mandate"), True)


@pytest.fixture
def clerk() -> User:
    load_official_calendars()
    return make_user()


def entry(n: int, **changes) -> Registration:
    worker = WorkerEntry(
        name=f"王某{n}", from_month="2026-01", to_month="2026-03", owed_fen=1_200_000, id_number=f"E{n:08}",
        id_type="passport",
    )  # fmt: skip
    return Registration(
        employer_name="某公司", workers=(worker,), channel="window", **{"tests": TESTS, **changes}
    )


def registered(clerk: User, n: int = 1, **changes) -> Case:
    return register_complaint(by=clerk, key=uuid4().hex, entry=entry(n, **changes))


def test_counter_is_locked_for_the_last_five_statements(clerk):
    registered(clerk)

    with CaptureQueriesContext(connection) as captured:
        registered(clerk, 2)

    written = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    locked = next(place for place, sql in enumerate(written) if sql.startswith("UPDATE cases_numberseries"))
    tables = [sql.split('"')[1] for sql in written[locked + 1 :]]
    assert tables == [
        "cases_timelineevent", "documents_document", "notifications_outboxmessage", "cases_case",
    ]  # fmt: skip


def test_everything_that_is_said_of_the_case_has_its_number(clerk):
    case = registered(clerk)

    first, second = case.timeline.order_by("seq")
    assert (first.facts["receipt_no"], first.step, second.step) == (case.receipt_no, "register", "accept")
    assert case.receipt_no in Document.objects.get(kind="D04").html
    assert Document.objects.get(kind="D04").event == first
    assert list(audit.verify()) == []


def test_page_asks_as_often_for_one_worker_as_for_five(clerk):
    client = Client()
    client.force_login(clerk)

    def asked(workers: int, first: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.post(reverse("inspection:register"), form(workers, first)).status_code == 302
        return len(captured)

    asked(1, 0)  # makes the unit

    assert asked(1, 1) == asked(5, 10) <= 30


def form(workers: int, first: int) -> dict[str, str]:
    sent = {
        "key": uuid4().hex,
        "employer_name": "某公司",
        "town": str(Town.objects.values_list("pk", flat=True)[0]),
        "path": "inspection",
        "channel": "window",
        "received_on": f"{timezone.localdate():%Y%m%d}",
        "other_proceeding": "no",
        "within_two_years": "yes",
        "respondent_clear": "yes",
        "within_mandate": "yes",
        "layout": "roster",
        "w-0-is_representative": "on",
        "w-TOTAL_FORMS": str(workers),
        "w-INITIAL_FORMS": "0",
    }
    for row in range(workers):
        sent |= {
            f"w-{row}-name": "王示例",
            f"w-{row}-id_type": "passport",
            f"w-{row}-id_number": f"E{first + row:08}",
            f"w-{row}-phone": f"138{first + row:08}",
            f"w-{row}-is_migrant": "yes",
            f"w-{row}-from_month": "2601",
            f"w-{row}-to_month": "2603",
            f"w-{row}-owed": "12000",
        }
    return sent


def test_registered_case_asks_the_database_again(clerk):
    case = registered(clerk, tests={})

    Proposal.objects.create(case=case, step="accept", facts={}, proposed_by=clerk, proposed_at=timezone.now())

    assert newborn.made(case, "proposals") is None
    assert [each.step for each in case.proposals.all()] == ["accept"]
    assert len(case.parties.all()) == 2


def test_second_click_neither_drops_a_newer_draft_nor_warns_again(clerk):
    client = Client()
    client.force_login(clerk)
    sent = form(1, 0) | {"after": "next"}
    client.post(reverse("inspection:register"), sent)
    drafts.save(clerk, "register", client.get(reverse("inspection:register")).wsgi_request.GET)

    client.post(reverse("inspection:register"), sent)

    said = client.get(reverse("cases:home")).context["messages"]
    assert (Case.objects.count(), Draft.objects.count()) == (1, 1)
    assert [str(message) for message in said] == []


def test_case_that_somebody_else_made_is_not_known(clerk):
    case = Case.objects.get(pk=registered(clerk).pk)

    newborn.tell(case, "proposals", [])

    assert newborn.made(case, "proposals") is None
    assert len(case.proposals.all()) == 1
