"""The canaries of `seed_bench`: each office finds its own, and nobody finds another's, wherever they look."""

from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from agencies.models import User
from cases.identity import check_id_number, normalise_phone
from cases.models import Case
from config.route_rules import all_routes
from reports.demo.canaries import canaries, cases
from tests.security.world import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.prepares_much]

# Whose files one person of each office may read: their own office, or down the tree. By hand, from the table of roles.
READS: dict[str, set[str]] = {
    "window01": {"inspection"},
    "deputy01": {"hrss", "inspection", "arb"},
    "mediator01": {"arb"},
    "aid01": {"aid"},
    "housing01": set(),
    "auditor01": set(),
}
OFFICES = {"inspection", "hrss", "arb", "aid", "housing", "transport", "water", "police", "district"}


def run() -> str:
    out = StringIO()
    call_command("seed_bench", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The canaries are in their offices while the tests of this module run; the value is what the command said."""
    anchors = tmp_path_factory.mktemp("anchors")
    with django_db_blocker.unblock(), override_settings(AUDIT_ANCHOR_DIR=anchors), transaction.atomic():
        yield run()
        transaction.set_rollback(True)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def addresses() -> Iterator[str]:
    """Every address that needs nothing, or nothing but a case or a document of the three offices with windows."""
    things: list[dict[str, Any]] = [{}]
    for canary, case in cases():
        if canary.agency in ("inspection", "arb", "aid"):
            things += [{"public_id": case.public_id}, {"public_id": case.documents.get().public_id}]
    for route in all_routes():
        for arguments in things:
            with suppress(NoReverseMatch):  # needs something else
                yield reverse(route.name, kwargs=arguments)


@pytest.mark.parametrize("username", READS)
def test_no_page_shows_a_canary_of_another_office(planted, username):
    client = signed_in(username)
    forbidden = [word for each in canaries() if each.agency not in READS[username] for word in each.words]

    seen = {url: text_of(client.get(url)) for url in addresses()}
    for tab in ("todo", "open", "ended"):
        seen[tab] = text_of(client.get(reverse("cases:list"), {"tab": tab, "rows": 100}))

    assert [(url, word) for url, text in seen.items() for word in forbidden if word in text] == []


@pytest.mark.parametrize("username", READS)
def test_every_file_and_search_opens_to_readers_only(planted, username):
    """The walk can see: whoever may read a case finds its words on its page, in its document and by searching."""
    client = signed_in(username)
    page, document, searched = set(), set(), set()

    for canary, case in cases():
        text = reverse("documents:text", args=[case.documents.get().public_id])
        page |= {canary.agency} if canary.word in text_of(client.get(case.get_absolute_url())) else set()
        document |= {canary.agency} if canary.word in text_of(client.get(text)) else set()
        for typed in canary.words:
            answer = client.post(reverse("cases:search"), {"q": typed}, follow=True)
            searched |= {canary.agency} if case.get_absolute_url() in _where(answer) else set()

    assert (page, document, searched) == (READS[username], READS[username], READS[username])


def _where(answer: Any) -> str:
    """The page that was answered with the addresses on the way to it."""
    return f"{answer.redirect_chain} {text_of(answer)}"


def test_every_office_with_case_workers_has_one_with_numbers_that_pass(planted):
    assert {each.agency for each in canaries()} >= OFFICES
    assert [check_id_number(each.id_number).number for each in canaries()] == [
        each.id_number for each in canaries()
    ]
    assert [normalise_phone(each.phone) for each in canaries()] == [each.phone for each in canaries()]
    assert all(word in planted for each in canaries() for word in each.words)


def test_second_run_plants_nothing_and_the_record_is_whole(planted):
    before = Case.objects.count()

    said = run()
    out = StringIO()
    call_command("verify_audit", stdout=out)

    assert Case.objects.count() == before == len(canaries())
    assert said.endswith("新放0件\n")
    assert "完整" in out.getvalue()


@override_settings(HARDENED=True)
def test_production_refuses():
    with pytest.raises(CommandError, match="生产环境"):
        run()
