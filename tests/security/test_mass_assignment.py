"""What a form does not ask for is not taken: extra parameters change nothing, whatever they are called."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from agencies.models import Town, User
from cases.models import Case, Claim, Party
from inspection.models import Complaint
from inspection.states import State
from tests.inspection.situations import (
    TODAY,
    complaint,
    facts_for,
    fresh,
    moment,
    new_key,
    ready_for,
    staff,
    worker_of,
)

pytestmark = pytest.mark.django_db

OURS = ("agencies", "cases", "inspection", "documents", "notifications", "calendars")
SPELLINGS = ("{name}", "case-{name}", "case[{name}]", "{name}[]", "complaint.{name}", "{name}_id")


@pytest.fixture
def people(time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJL")


def every_field_name() -> set[str]:
    """The name of every column of every table of ours."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {field.name for model in models for field in model._meta.concrete_fields}


def hostile(*, without: set[str]) -> dict[str, Any]:
    """Every name in every spelling with a value that would do harm; never a name the form really has."""
    harm = {"state": "CLOSED", "agency": "arb", "version_": "99", "is_superuser": "on", "role": "bureau_head"}
    names = sorted(every_field_name() - without)
    return {spelling.format(name=name): harm.get(name, "1") for name in names for spelling in SPELLINGS}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def columns(case: Case) -> dict[str, Any]:
    """All columns of the case and its complaint but those that every act moves."""
    moved = {"version", "changed_at", "audit_length", "audit_mac"}
    row = {
        **Case.objects.filter(pk=case.pk).values().get(),
        **Complaint.objects.filter(pk=case.pk).values().get(),
    }
    return {name: value for name, value in row.items() if name not in moved}


def people_rows() -> list[dict[str, Any]]:
    return list(User.objects.order_by("pk").values("agency", "role", "is_superuser", "is_staff", "is_active"))


def test_names_are_those_of_the_tables():
    assert {
        "state",
        "agency",
        "is_superuser",
        "registered_by",
        "paid_fen",
        "closed_on",
        "role",
    } <= every_field_name()


def test_correction_changes_its_own_fields_only(people):
    case, before_people = complaint(people, State.REGISTERED), people_rows()
    before, client, url = columns(case), signed_in(people["W"]), reverse("cases:edit", args=[case.public_id])
    extra = hostile(without={*client.get(url).context["form"].fields, "version", "key"})

    answer = client.post(url, {**extra, "facts_text": "新", "version": case.version, "key": new_key()})

    assert answer.status_code == 302
    assert columns(case) == {**before, "facts_text": "新"}
    assert people_rows() == before_people


STEPS = {
    "void": ("REGISTERED", "J", {"state", "ended_on"}),
    "coordinate": ("INVESTIGATING", "Z", {"is_coordinating"}),
    "investigate": ("INVESTIGATING", "Z", {"acts_recorded"}),
    "request_recusal": ("INVESTIGATING", "Z", set()),
    "file_case": (
        "FILING",
        "J",
        {"state", "case_no", "filed_on", "handler_id", "due_on", "headline_clock_id"},
    ),
    "police_open": (
        "POLICE_PENDING",
        "P",
        {"state", "closed_on", "ended_on", "outcome", "police_answered_on"},
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_step_changes_its_own_columns_only(people, step):
    state, by, changes = STEPS[step]
    people |= staff("P") if by == "P" else {}
    case, before_people = ready_for(step, people, state), people_rows()
    before, facts = columns(case), facts_for(step, case, people)
    extra = hostile(without={*facts, "version", "key", "note", "do", "is_major", "document", "documents"})

    answer = signed_in(people[by]).post(
        reverse("cases:take_step", args=[case.public_id, step]),
        {**extra, **facts, "version": case.version, "key": new_key(), "do": "take"},
    )

    after = columns(case)
    assert answer.status_code == 302
    assert {name for name in after if after[name] != before[name]} == changes
    assert people_rows() == before_people


def test_payment_changes_the_ledger_only(people):
    case = complaint(people, State.ORDERED)
    before = columns(case)
    row = {
        "worker": worker_of(case).pk,
        "amount": "5000",
        "paid_on": "2026-06-15",
        "source": "employer",
        "payer_name": "某公司",
        "voucher_no": "回单1",
    }
    grid = {
        "p-TOTAL_FORMS": "1",
        "p-INITIAL_FORMS": "1",
        **{f"p-0-{name}": value for name, value in row.items()},
    }
    extra = hostile(without={"version", "key"})
    extra |= {f"p-0-{name}": "1" for name in every_field_name() - set(row)}

    answer = signed_in(people["Z"]).post(
        reverse("cases:payments", args=[case.public_id]),
        {**extra, **grid, "version": case.version, "key": new_key()},
    )

    assert answer.status_code == 302
    assert columns(case) == {**before, "paid_fen": 500_000}
    payment = case.payments.get()
    assert (payment.amount_fen, payment.verified_by, payment.reversed_at) == (500_000, people["Z"], None)


def registration(**more: Any) -> dict[str, Any]:
    worker = {
        "name": "王示例",
        "id_type": "resident",
        "id_number": "500151199001010011",
        "phone": "13812345678",
        "is_migrant": "yes",
        "job": "钢筋工",
        "from_month": "2601",
        "to_month": "2603",
        "owed": "12000",
    }
    form = {
        "employer_name": "某公司",
        "town": "",
        "path": "inspection",
        "channel": "window",
        "received_on": "20260616",
        "other_proceeding": "no",
        "within_two_years": "yes",
        "respondent_clear": "yes",
        "within_mandate": "yes",
        "w-TOTAL_FORMS": "1",
        "w-INITIAL_FORMS": "0",
        "w-MIN_NUM_FORMS": "0",
        "w-MAX_NUM_FORMS": "1000",
    }
    return {**form, **{f"w-0-{name}": value for name, value in worker.items()}, **more}


def test_registration_is_of_the_clerks_own_office_and_begins_at_the_beginning(people):
    client, url = signed_in(people["W"]), reverse("inspection:register")
    page = client.get(url).context
    own = registration(town=Town.objects.first().pk, key=new_key())
    extra = hostile(without={*own, *page["form"].fields, "after", "add-row"})
    extra |= {f"w-0-{name}": "1" for name in every_field_name() - set(page["workers"].empty_form.fields)}

    answer = client.post(url, {**extra, **own})

    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.agency.code, case.state, case.registered_by, case.version) == (
        "inspection",
        "REGISTERED",
        people["W"],
        1,
    )
    assert (case.receipt_no, case.case_no, case.paid_fen, case.confirmed_fen, case.closed_on) == (
        "铜人社监登〔2026〕1号",
        "",
        0,
        0,
        None,
    )
    assert (Claim.objects.get().confirmed_fen, Party.objects.count()) == (None, 2)


def test_account_page_changes_nothing_but_the_language(people):
    before = people_rows()
    extra = hostile(without={"language", "next"})

    signed_in(people["W"]).post(reverse("agencies:language"), {**extra, "language": "en"})

    assert people_rows() == before


def test_fact_of_a_proposal_is_not_slipped_in_by_its_taker(people):
    """Who decides sends no facts of his own with the button 同意: the step is taken as it was proposed."""
    case = ready_for("order", people, State.INVESTIGATING)
    client = signed_in(people["Z"])
    facts = facts_for("order", case, people)
    url = reverse("cases:take_step", args=[case.public_id, "order"])
    client.post(url, {**facts, "version": case.version, "key": new_key(), "do": "propose"})

    signed_in(people["J"]).post(
        url,
        {
            "breach": "别的事实",
            "pay_by_on": "2027-01-01",
            "version": fresh(case).version,
            "key": new_key(),
            "do": "decide",
        },
    )

    done = fresh(case).complaint
    assert (done.breach, done.order_pay_by_on.isoformat()) == (facts["breach"], facts["pay_by_on"])
