"""Copies of histories: cases like any other, of other people, with the same dates and a sound record."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from agencies.models import Agency
from agencies.services import load_agencies
from calendars.services import load_official_calendars
from cases import numbers
from cases.identity import check_id_number, check_uscc, normalise_phone
from cases.models import Case, Employer, NumberSeries, Party, Payment, Person, TimelineEvent
from cases.services.payments import unpaid_by_worker
from documents.models import Document
from notifications.models import InboxMessage
from reports.demo.accounts import ensure_accounts
from reports.demo.clock import turned_back
from reports.demo.copies import shares
from reports.demo.fiction import card_number, units, uscc_of
from reports.demo.histories import tables_of_a_case
from reports.demo.plan import Ended, Open, Plan, copied
from reports.demo.seeding import write_history
from reports.demo.stories import ended, standing, unfiled

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 15:00 in Beijing
CASES = 120

pytestmark = [pytest.mark.django_db, pytest.mark.prepares_much]

# A few histories that stand for many, and one that is not copied.
FEW = Plan(
    (
        Ended(ended.paid_few, 2, 28, each=40),
        Ended(ended.paid_by_main_contractor, 1, 28, each=10),
        Ended(ended.completed_then_paid, 1, 36, each=10),
        Ended(unfiled.refused, 1, 2, each=5),
        Ended(ended.paid_alone, 1, 28),
    ),
    (Open(standing.under_investigation, 20, each=3), Open(standing.order_running, 17, each=2)),
    employers=60,
)


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[list[tuple[int, Any]]]:
    """The few histories and their copies lie in the database; the value is what was said on the way."""
    said: list[tuple[int, Any]] = []
    with (
        django_db_blocker.unblock(),
        override_settings(AUDIT_ANCHOR_DIR=tmp_path_factory.mktemp("anchors")),
        turned_back(NOW),
        transaction.atomic(),
    ):
        load_agencies()
        load_official_calendars()
        ensure_accounts()
        write_history(
            FEW, as_of=TODAY, seed=3, cases=CASES, progress=lambda count, day: said.append((count, day))
        )
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def copies(written) -> list[Case]:
    found = Case.objects.select_related("complaint", "project", "headline_clock").order_by("pk")
    return list(found[FEW.size :])


@pytest.fixture
def template_of(written) -> dict[Any, Case]:
    """The templates by the instant of their registration, which their copies share."""
    return {case.registered_at: case for case in Case.objects.order_by("pk")[: FEW.size]}


def test_so_many_cases_exist_and_progress_is_told(written):
    assert Case.objects.count() == CASES
    assert written[-1] == (CASES, None)
    assert [count for count, _day in written[: FEW.size]] == list(range(1, FEW.size + 1))


def test_record_is_whole(written):
    out = StringIO()

    call_command("verify_audit", stdout=out)

    assert f"{TimelineEvent.objects.count()}条记录完整" in out.getvalue()


def test_copies_have_the_rows_of_their_template(copies, template_of):
    def rows(case: Case) -> dict[str, int]:
        return {
            relation.name: getattr(case, relation.get_accessor_name()).count()
            for relation in Case._meta.related_objects
            if relation.one_to_many and relation.get_accessor_name() and not relation.field.null
        }

    for case in copies:
        assert rows(case) == rows(template_of[case.registered_at])


def test_dates_and_clocks_are_those_of_the_template(copies, template_of):
    def dates(case: Case) -> list[Any]:
        clocks = case.clocks.order_by("pk").values_list(
            "rule_code", "started_on", "raw_end", "due_on", "warn_on", "met_on", "ended_on"
        )
        columns = (
            "received_on",
            "filed_on",
            "closed_on",
            "ended_on",
            "due_on",
            "state",
            "outcome",
            "version",
        )
        return [*(getattr(case, name) for name in columns), list(clocks)]

    for case in copies:
        assert dates(case) == dates(template_of[case.registered_at])
        assert case.headline_clock is None or case.headline_clock.case_id == case.pk


def test_people_employers_and_numbers_are_others(copies):
    people = list(Person.objects.all())

    assert len({case.receipt_no for case in Case.objects.all()}) == CASES
    assert (
        len({each.id_number for each in people}) == len(people) == Party.objects.exclude(person=None).count()
    )
    assert [check_id_number(each.id_number).number for each in people] == [each.id_number for each in people]
    assert [normalise_phone(each.phone) for each in people] == [each.phone for each in people]
    assert len({case.respondent_name for case in copies}) > 20
    assert len({case.town_id for case in copies}) == 28
    assert {check_uscc(each.uscc).warning for each in Employer.objects.exclude(uscc="")} == {None}


def test_numbers_have_no_gaps_and_the_counter_goes_on(copies):
    """In 2026 as in 2025, for receipts as for cases; the next number is free."""
    for series, column in (("receipt", "receipt_no"), ("case", "case_no")):
        for counter in NumberSeries.objects.filter(series=series):
            written = Case.objects.filter(**{f"{column}__contains": f"〔{counter.year}〕"})
            found = sorted(
                int(re.search(r"〕(\d+)号", text)[1]) for text in written.values_list(column, flat=True)
            )
            assert found == list(range(1, counter.last + 1))

    agency = Agency.objects.get(code="inspection")
    following = numbers.take(agency, "receipt", TODAY)
    assert not Case.objects.filter(receipt_no=following).exists()


def test_every_word_of_a_copy_is_about_itself(copies):
    """Nothing in its texts or in its record names the template, its people, its rows or its numbers."""
    for case in copies:
        workers = set(case.parties.exclude(person=None).values_list("person__name", flat=True))
        parties = set(case.parties.values_list("pk", flat=True))
        claims = set(case.claims.values_list("pk", flat=True))
        said = " ".join(
            f"{event.note} {event.facts} {event.before} {event.after}" for event in case.timeline.all()
        )
        said += f" {case.complaint.facts_text} {case.complaint.breach} {list(case.proposals.values())}"
        units_named = set(re.findall(r"(?:重庆|铜梁)示例[一-龥]+?(?:公司|厂)", said))
        assert units_named <= {case.respondent_name, "重庆示例建设集团有限公司"}
        assert set(re.findall(r"铜人社监[登案]〔\d+〕\d+号", said)) <= {case.receipt_no, case.case_no}
        assert {int(key) for key in re.findall(r"claim_(\d+)", said)} <= claims
        assert {int(key) for key in re.findall(r"'worker_id': (\d+)", said)} <= parties
        assert case.applicant_name in workers


def test_sums_hold_together(copies):
    for case in copies:
        assert case.paid_fen == sum(payment.amount_fen for payment in case.payments.all())
        assert case.claimed_fen == sum(claim.owed_fen for claim in case.claims.all())
        if case.closed_on:
            assert set(unpaid_by_worker(case).values()) <= {0}


def test_copies_lack_documents_and_messages_and_nothing_of_them_says_otherwise(copies):
    keys = [case.pk for case in copies]

    assert not Document.objects.filter(case__in=keys).exists()
    assert not InboxMessage.objects.filter(url__in=[case.get_absolute_url() for case in copies]).exists()
    assert not TimelineEvent.objects.filter(case__in=keys, step="serve").exists()
    assert not TimelineEvent.objects.filter(case__in=keys, kind="document").exists()


def test_copy_can_be_worked_on(copies, client):
    """Its page opens for the people on it."""
    case = next(case for case in copies if case.state == "ORDERED")
    client.force_login(case.handler)

    response = client.get(case.get_absolute_url())

    assert response.status_code == 200
    assert case.respondent_name in response.content.decode()


def test_tables_of_a_case_are_found_by_themselves():
    found = {model._meta.label for model in tables_of_a_case()}

    assert {"cases.Case", "inspection.Complaint", "cases.ClockChange", "documents.ServiceRecord"} <= found
    assert not {"cases.Person", "cases.Employer", "agencies.User", "cases.NumberSeries"} & found


def test_shares_add_up_and_follow_the_weights():
    assert shares([1, 1, 2], 8) == [2, 2, 4]
    assert shares([0.5, 27.5, 3], 100_000) == [1612, 88710, 9678]
    assert sum(shares([0.1] * 7, 1_000_003)) == 1_000_003


def test_voucher_numbers_are_not_shared_between_cases(copies):
    of_case = {}
    for payment in Payment.objects.all():
        of_case.setdefault(payment.voucher_no, set()).add(payment.case_id)

    assert {len(cases) for cases in of_case.values()} == {1}


# Numbers beyond the small set


def test_many_people_and_units_differ():
    people = [card_number(number) for number in range(1, 40_000)]
    found = units(5_000)

    assert len(set(people)) == len(people)
    assert all(check_id_number(each).number == each for each in people[::997])
    assert len({unit.name for unit in found}) == len(found) > 3_900
    assert len({uscc_of(number) for number in range(1, 10_000)}) == 9_999


def test_set_of_copies_is_mostly_copied():
    assert copied(100_000).size < 600
    assert copied(0).size < 150


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"size": "stress", "cases": 50}, "至少要"),
        ({"size": "small", "cases": 500}, "--cases 只用于"),
    ],
)
def test_number_of_cases_that_cannot_be_is_refused(options, said):
    with pytest.raises(CommandError, match=said):
        call_command("seed_demo", stdout=StringIO(), **options)
