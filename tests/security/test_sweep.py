"""Every address of the site × every demo account × own and foreign objects × every verb.

A foreign object answers exactly as one that does not exist. A new address without an entry in the tables below fails.
"""

import uuid
from collections.abc import Callable
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.reference import DEMO_ACCOUNTS
from agencies.rights import ROLES, Right
from cases.models import Case
from config.route_rules import all_routes
from inspection.models import Clue
from tests.security.world import (
    OFFICES,
    READS,
    Holdings,
    account,
    canary,
    district,
    grant,
    secrets_of,
    text_of,
)

pytestmark = pytest.mark.django_db

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OF_PAGES = ("GET", "POST")  # views answer these; the others are tried on one object, not on all
# Every role in every agency once: colleagues of the same role see and may do the same.
ACCOUNTS = list({(agency, role): name for name, agency, role, *_more in reversed(DEMO_ACCOUNTS)}.values())
# The verbs that no view answers are tried by one account of each way of seeing: own, tree, granted, personal, none.
TRY_ALL_VERBS = ("window01", "leader01", "housing01", "lawyer01", "auditor01")
NOBODY = uuid.UUID(int=7)

# Addresses that name something of a case: what stands in them, from the holdings of an office.
OF_A_CASE: dict[str, Callable[[Holdings], list[Any]]] = {
    "cases:detail": lambda its: [its.case.public_id],
    "cases:preview": lambda its: [its.case.public_id],
    "cases:people": lambda its: [its.case.public_id],
    "cases:schedule": lambda its: [its.case.public_id],
    "cases:related": lambda its: [its.case.public_id],
    "cases:record": lambda its: [its.case.public_id],
    "cases:access": lambda its: [its.case.public_id],
    "cases:note": lambda its: [its.case.public_id],
    "cases:presence": lambda its: [its.case.public_id],
    "cases:edit": lambda its: [its.case.public_id],
    "cases:numbers": lambda its: [its.case.public_id, its.case.parties.get(role="worker").public_id],
    "cases:payments": lambda its: [its.case.public_id],
    "cases:files": lambda its: [its.case.public_id],
    "cases:file": lambda its: [its.case.public_id, its.file.public_id],
    "cases:file_page": lambda its: [its.case.public_id, its.file.public_id],
    "cases:file_inline": lambda its: [its.case.public_id, its.file.public_id],
    "cases:file_remove": lambda its: [its.case.public_id, its.file.public_id],
    "cases:referral": lambda its: [its.referral.public_id],
    "cases:take_step": lambda its: [its.case.public_id, "cancel"],
    "inspection:registered": lambda its: [its.case.public_id],
    "inspection:form_to_sign": lambda its: [its.case.public_id],
    "inspection:particulars": lambda its: [its.case.public_id],
    "inspection:bundles": lambda its: [its.case.public_id],
    "inspection:bundle": lambda its: [its.case.public_id, its.bundle.public_id],
    "inspection:incident": lambda its: [its.case.public_id],
    "inspection:task": lambda its: [its.task.public_id],
    "inspection:task_upload": lambda its: [its.task.public_id],
    "inspection:task_file": lambda its: [its.task.public_id, its.paper.public_id],
    "inspection:task_file_inline": lambda its: [its.task.public_id, its.paper.public_id],
    "inspection:clue": lambda its: [its.clue.public_id],
    "inspection:clue_reveal": lambda its: [its.clue.public_id],
    "inspection:clue_edit": lambda its: [its.clue.public_id],
    "inspection:clue_step": lambda its: [its.clue.public_id, "contact_clue"],
    "arbitration:claims": lambda its: [its.case.public_id],
    "mediation:table": lambda its: [its.case.public_id],
    "hearings:times": lambda its: [its.case.public_id],
    "legal_aid:means": lambda its: [its.case.public_id],
    "legal_aid:assignment": lambda its: [its.case.public_id],
    "legal_aid:consent": lambda its: [its.case.public_id],
    "documents:case": lambda its: [its.case.public_id],
    "documents:new": lambda its: [its.case.public_id, "D29"],
    "documents:preview": lambda its: [its.case.public_id, "D04"],
    "documents:refer": lambda its: [its.case.public_id],
    "documents:refer_letters": lambda its: [its.case.public_id],
    "documents:show": lambda its: [its.document.public_id],
    "documents:text": lambda its: [its.document.public_id],
    "documents:pdf": lambda its: [its.document.public_id],
    "documents:void": lambda its: [its.document.public_id],
}
# … something of one person.
OF_A_PERSON: dict[str, Callable[[Holdings], list[Any]]] = {
    "cases:found": lambda its: [its.query.public_id],
    "cases:drop_view": lambda its: [its.view.public_id],
    "notifications:read": lambda its: [its.message.public_id],
}
# … nothing that belongs to anybody.
OF_EVERYBODY: dict[str, list[Any]] = {
    "cases:workflow": ["inspection"],
    "cases:save_draft": ["register"],
    "cases:drop_draft": ["register"],
    "help:page": ["cases:home"],
    "reports:cases": ["K1", "numerator"],
    "reports:export": ["K1", "numerator"],
    "calendars:year": [2026],
    "calendars:edit_year": [2026],
    "calendars:rule": ["T10"],
    "legal_aid:firm": [NOBODY],
    "hearings:hearing_file": [NOBODY],
    "agencies:person": [NOBODY],
    "agencies:person_password": [NOBODY],
    "agencies:person_deactivate": [NOBODY],
    "agencies:person_activate": [NOBODY],
    "agencies:person_unlock": [NOBODY],
    "agencies:absence_cancel": [0],
    "agencies:body": ["arb"],
    "agencies:list": ["cause"],
    "agencies:code": ["cause", "01"],
}
PUBLIC = {"agencies:login", "agencies:logout", "agencies:language"}


def names_with_arguments() -> set[str]:
    return {route.name for route in all_routes() if "<" in route.route}


def names_without_arguments() -> list[str]:
    return sorted(route.name for route in all_routes() if "<" not in route.route)


def test_every_address_with_arguments_is_in_the_tables():
    assert names_with_arguments() == set(OF_A_CASE) | set(OF_A_PERSON) | set(OF_EVERYBODY)


def test_every_account_is_in_the_tables():
    assert set(ACCOUNTS) <= set(READS)
    assert {row[0] for row in DEMO_ACCOUNTS} == set(READS)


def nobody(its: Holdings) -> Holdings:
    """Things that do not exist."""

    class Nothing:
        public_id = NOBODY

    Nothing.parties = SimpleNamespace(get=lambda **_conditions: Nothing)  # type: ignore[attr-defined]

    return Holdings(*[Nothing] * len(fields(Holdings)))  # type: ignore[arg-type]


def answer(client: Client, verb: str, name: str, arguments: list[Any]) -> tuple[int, str]:
    """Status, headers and body but for the id of the request; a POST carries what its forms would carry."""
    url = reverse(name, args=arguments)
    fields = {
        "version": "2",
        "key": uuid.uuid4().hex,
        "do": "take",
        "reason": "x",
        "summary": "x",
        "outcome": "12",
    }
    response = client.post(url, fields) if verb == "POST" else client.generic(verb, url)
    del response["X-Request-ID"]
    return response.status_code, text_of(response)


def digest(its: Holdings) -> list[Any]:
    """Everything about an office's case that an act from outside could have changed; sealed texts as they are kept."""
    case = its.case
    of_it = (
        case.timeline,
        case.proposals,
        case.documents,
        case.attachments,
        case.payments,
        case.parties,
        case.clocks,
    )
    rows = [
        *Case.objects.filter(pk=case.pk).values(),
        *Clue.objects.filter(pk=its.clue.pk).values(),
        *its.clue.events.values(),
        *(row for manager in of_it for row in manager.values()),
    ]
    return [{name: getattr(value, "token", value) for name, value in row.items()} for row in rows]


# Foreign is nonexistent


@pytest.mark.parametrize("username", ACCOUNTS)
def test_foreign_objects_do_not_exist(client, username):
    offices, user = district(), account(username)
    client.force_login(user)
    foreign = {office: its for office, its in offices.items() if office not in READS[username]}
    forbidden = [word for office in foreign for word in secrets_of(office)]
    before = {office: digest(its) for office, its in foreign.items()}
    different, opened, leaks = [], [], []

    for name, arguments in OF_A_CASE.items():
        for verb in VERBS if username in TRY_ALL_VERBS else OF_PAGES:
            missing = answer(client, verb, name, arguments(nobody(offices["aid"])))
            leaks += [(verb, name, word) for word in forbidden if word in missing[1]]
            for office, its in list(foreign.items())[: None if verb in OF_PAGES else 1]:
                found = answer(client, verb, name, arguments(its))
                different += [(verb, name, office, found[0], missing[0])] if found != missing else []
                opened += [(verb, name, office, found[0])] if found[0] not in (404, 405) else []

    assert (different, opened, leaks) == ([], [], [])
    assert {office: digest(its) for office, its in foreign.items()} == before


@pytest.mark.parametrize("username", ACCOUNTS)
def test_things_of_another_person_do_not_exist(client, username):
    """Not even for colleagues in the same office."""
    offices, user = district(), account(username)
    client.force_login(user)

    for name, arguments in OF_A_PERSON.items():
        for verb in VERBS if username in TRY_ALL_VERBS else OF_PAGES:
            missing = answer(client, verb, name, arguments(nobody(offices["aid"])))
            found = {office: answer(client, verb, name, arguments(its)) for office, its in offices.items()}
            assert found == dict.fromkeys(OFFICES, missing), (verb, name)
            assert missing[0] in (403, 404, 405)
            assert not any(canary(office) in missing[1] for office in OFFICES), (verb, name)


@pytest.mark.parametrize("username", ACCOUNTS)
def test_canaries_stay_where_they_are(client, username):
    """Everything the account can open, its own cases included, holds no word of another office's case.

    What is foreign answers as if it did not exist, which the tests above compare in full.
    """
    offices, user = district(), account(username)
    client.force_login(user)
    forbidden = [word for office in OFFICES if office not in READS[username] for word in secrets_of(office)]
    seen = {}

    for name, arguments in every_address({office: offices[office] for office in READS[username]}):
        response = client.get(reverse(name, args=arguments))
        seen[name, str(arguments)] = text_of(response)

    leaks = [(where, word) for where, text in seen.items() for word in forbidden if word in text]
    assert leaks == []


def every_address(offices: dict[str, Holdings]):
    """Every address that answers to GET, with the things of every office in turn."""
    for name in names_without_arguments():
        yield name, []
    for name, arguments in OF_EVERYBODY.items():
        yield name, arguments
    for its in offices.values():
        for name, of in {**OF_A_CASE, **OF_A_PERSON}.items():
            yield name, of(its)


@pytest.mark.parametrize("username", [name for name in ACCOUNTS if READS[name]])
def test_readers_find_their_own_canaries(client, username):
    """The sweep can see: where the file may be read, its words are found."""
    offices, user = district(), account(username)
    client.force_login(user)

    for office in READS[username]:
        page = text_of(client.get(offices[office].case.get_absolute_url()))
        assert canary(office) in page


@pytest.mark.parametrize("username", ["window01", "leader01", "police01", "auditor01"])
def test_no_page_breaks_on_an_empty_site(username):
    client = Client(raise_request_exception=False)
    client.force_login(account(username))
    addresses = [*((name, []) for name in names_without_arguments()), *OF_EVERYBODY.items()]

    statuses = {name: client.get(reverse(name, args=arguments)).status_code for name, arguments in addresses}

    assert {name: status for name, status in statuses.items() if status >= 500} == {}


# Lists, searches, numbers


@pytest.mark.parametrize(
    "username", [row[0] for row in DEMO_ACCOUNTS if Right.VIEW_CASES in ROLES[row[2]].rights]
)
def test_search_finds_readable_cases_only(client, username):
    offices, user = district(), account(username)
    client.force_login(user)

    for office, its in offices.items():
        for typed in (*secrets_of(office), f"{canary(office)}公司", its.case.case_no):
            response = client.post(reverse("cases:search"), {"q": typed}, follow=True)
            if office in READS[username]:
                assert canary(office) in text_of(response)
            else:
                assert its.case.get_absolute_url() not in text_of(response)
                assert response.context.get("rows", []) == []


TABS = ("todo", "waiting", "open", "ended", "today", "all")


@pytest.mark.parametrize("username", ACCOUNTS)
def test_lists_count_and_show_readable_cases_only(client, username):
    district()
    client.force_login(account(username))

    answers = {tab: client.get(reverse("cases:list"), {"tab": tab}) for tab in TABS}

    if READS[username]:
        counted = {
            tab: {each["code"]: each["n"] for each in page.context["tabs"]}[tab]
            for tab, page in answers.items()
        }
        assert (counted["open"], counted["ended"], counted["all"]) == (
            len(READS[username]),
            0,
            counted["open"],
        )
        assert {tab: len(page.context["rows"]) for tab, page in answers.items()} == counted
    else:
        assert {len(page.context["rows"]) if page.status_code == 200 else 0 for page in answers.values()} == {
            0
        }


# Shared cases


@pytest.mark.parametrize("username", ["police01", "housing01", "town01", "mediator01"])
def test_shared_case_shows_the_matter_and_nothing_of_the_file(client, username):
    """Who is asked for help learns of the project and the employer, not of the worker, the notes or the documents."""
    offices, user = district(), account(username)
    its = offices["inspection"]
    grant(its.case, user.agency.code)
    client.force_login(user)
    worker = its.case.parties.get(role="worker").person
    of_the_file = (
        worker.name,
        *secrets_of("inspection")[1:],
        "情况zq",
        "指令书zq",
        f"{canary('inspection')}.pdf",
    )

    answers = {name: client.get(reverse(name, args=arguments(its))) for name, arguments in OF_A_CASE.items()}

    opened = {name for name, response in answers.items() if response.status_code == 200}
    assert opened == {"cases:detail"}
    leaks = [
        (name, word)
        for name, response in answers.items()
        for word in of_the_file
        if word in text_of(response)
    ]
    assert leaks == []
    assert {response.status_code for name, response in answers.items() if name != "cases:detail"} <= {
        403,
        404,
        405,
    }


@pytest.mark.parametrize("username", ["police01", "housing01"])
def test_shared_case_is_not_named_by_its_worker_in_lists_and_searches(client, username):
    offices, user = district(), account(username)
    its = offices["inspection"]
    grant(its.case, user.agency.code)
    client.force_login(user)
    worker = its.case.parties.get(role="worker").person

    listed = text_of(client.get(reverse("cases:list"), {"tab": "open"}))
    by_name = client.post(reverse("cases:search"), {"q": worker.name}, follow=True)
    by_number = client.post(reverse("cases:search"), {"q": worker.id_number}, follow=True)

    assert its.case.number in listed
    assert worker.name not in listed
    assert [len(found.context["rows"]) for found in (by_name, by_number)] == [0, 0]


# Strangers


@pytest.mark.parametrize("verb", VERBS)
def test_strangers_get_the_login_page_or_nothing(client, verb):
    offices = district()
    open_doors = []

    for name, arguments in every_address(offices):
        url = reverse(name, args=arguments)
        response = client.generic(verb, url)
        to_login = response.status_code == 302 and response["Location"].startswith(reverse("agencies:login"))
        if name not in PUBLIC and not to_login:
            open_doors.append((verb, name, response.status_code))

    assert open_doors == []


# Accounts that change during the day


def test_account_that_is_closed_is_out_at_once(client):
    offices, user = district(), account("window01")
    client.force_login(user)
    url = offices["inspection"].case.get_absolute_url()
    before = client.get(url).status_code

    user.is_active = False
    user.save()

    assert (before, client.get(url).status_code) == (200, 302)


def test_account_that_moves_loses_the_old_offices_cases_at_once(client):
    offices, user = district(), account("window01")
    client.force_login(user)
    user.agency = offices["arb"].case.agency
    user.save()

    assert client.get(offices["inspection"].case.get_absolute_url()).status_code == 404
    assert client.get(offices["arb"].case.get_absolute_url()).status_code == 200


def test_grant_that_is_withdrawn_is_gone_at_the_next_click(client):
    offices, user = district(), account("housing01")
    given = grant(offices["inspection"].case, "housing")
    client.force_login(user)
    url = offices["inspection"].case.get_absolute_url()
    before = client.get(url).status_code

    given.delete()

    assert (before, client.get(url).status_code) == (200, 404)
