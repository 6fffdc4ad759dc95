"""Every change of a case is one transaction: all of it or nothing, by the right person, on what they saw, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from cases import audit, services
from cases.idempotency import KeyReused
from cases.models import Case, IdempotencyRecord, NumberSeries, Payment, TimelineEvent
from cases.workflow.table import StepRefused
from documents.models import Document
from inspection.services import Registration, WorkerEntry, register_complaint
from inspection.states import State
from notifications.models import OutboxMessage
from tests.inspection.situations import (
    TODAY,
    complaint,
    facts_for,
    fresh,
    moment,
    new_key,
    propose,
    ready_for,
    staff,
    take,
    worker_of,
)

pytestmark = pytest.mark.django_db

UNPRINTABLE = "\U0001f477"  # 👷, in none of the typefaces for documents


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJL")


def everything(case: Case) -> dict:
    """All that an act on the case may leave behind."""
    return {
        "case": Case.objects.filter(pk=case.pk).values().get(),
        "detail": type(case.complaint).objects.filter(pk=case.pk).values().get(),
        "events": list(case.timeline.values_list("pk", flat=True)),
        "clocks": list(case.clocks.values()),
        "assignments": list(case.assignments.values("user", "duty", "until")),
        "proposals": list(case.proposals.values("step", "state")),
        "claims": list(case.claims.values()),
        "documents": Document.objects.count(),
        "payments": Payment.objects.count(),
        "numbers": list(NumberSeries.objects.values("series", "year", "last")),
        "keys": IdempotencyRecord.objects.count(),
        "outbox": OutboxMessage.objects.count(),
    }


# All or nothing


def test_character_that_cannot_be_printed_leaves_nothing(people):
    """The filing form prints the facts; by then number, assignments and clocks have been made."""
    case = ready_for("file_case", people, State.FILING, details={"facts_text": f"在工地做工{UNPRINTABLE}"})
    before = everything(case)

    with pytest.raises(StepRefused) as refusal:
        take("file_case", case, people["J"], people)

    assert "印不出来的字" in refusal.value.reasons[0]
    assert everything(case) == before


def test_number_that_is_taken_leaves_nothing(people):
    """Somebody carried the first number of the year over from the paper register."""
    complaint(people, State.INVESTIGATING, case_no="铜人社监案〔2026〕1号")
    case = ready_for("file_case", people, State.FILING)
    before = everything(case)

    with pytest.raises(IntegrityError):
        take("file_case", case, people["J"], people)

    assert everything(case) == before


def test_refused_registration_leaves_nothing(people):
    before = Case.objects.count(), NumberSeries.objects.count(), IdempotencyRecord.objects.count()

    with pytest.raises(StepRefused):
        register(people, employer=f"某公司{UNPRINTABLE}")

    assert (Case.objects.count(), NumberSeries.objects.count(), IdempotencyRecord.objects.count()) == before


def test_act_and_its_entry_are_made_together(people):
    case = register(people)

    done = take("void", case, people["J"], reason="重复登记")

    event = done.timeline.first()
    assert (event.step, event.source, event.target, event.version) == ("void", "REGISTERED", "VOID", 2)
    assert (event.by, event.by_name, event.by_role, event.by_agency) == (
        people["J"],
        "测试head01",
        "inspection_head",
        "inspection",
    )
    assert (event.acted_on, event.at) == (TODAY, moment(TODAY))
    assert (done.audit_length, done.version) == (2, 2)
    assert list(audit.verify()) == []


def test_entry_holds_what_was_before_and_after(people):
    case = ready_for("order", people, State.INVESTIGATING, details={"breach": "旧", "order_served_on": None})
    propose("order", case, people["Z"], people, breach="新", pay_by_on="2026-06-30")

    event = take("order", case, people["J"]).timeline.first()

    assert event.before == {"state": "INVESTIGATING", "breach": "旧", "order_pay_by_on": "2026-06-14"}
    assert event.after == {"state": "ORDERED", "breach": "新", "order_pay_by_on": "2026-06-30"}


# The version


def advance(step: str, case: Case, by, *, version: int, key: str = "", **facts) -> TimelineEvent:
    return services.advance(case=case, step=step, by=by, version=version, key=key or new_key(), **facts)


def test_version_rises_with_each_act(people):
    case = ready_for("coordinate", people, State.INVESTIGATING)
    talks = {"going_on": "yes", "record": "双方到场协商。"}

    versions = [advance("coordinate", case, people["Z"], version=n, **talks).version for n in (1, 2, 3)]

    assert versions == [2, 3, 4]


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_act_on_another_version_is_refused(people, seen):
    case = ready_for("resume", people, State.INVESTIGATING)
    advance("resume", case, people["Z"], version=1)
    before = everything(case)

    with pytest.raises(services.StaleVersion):
        advance("resume", case, people["Z"], version=seen)

    assert everything(case) == before


def test_stale_act_says_what_happened_since(people):
    case = ready_for("resume", people, State.INVESTIGATING)
    advance("resume", case, people["Z"], version=1)
    advance(
        "request_recusal", case, people["X"], version=2, person=people["Z"].pk, asked_on=TODAY, reason="亲属"
    )

    with pytest.raises(services.StaleVersion) as stale:
        advance("resume", case, people["Z"], version=1)

    assert [(event.step, event.by) for event in stale.value.events] == [
        ("request_recusal", people["X"]),
        ("resume", people["Z"]),
    ]
    assert stale.value.case.version == 3


# The key


def test_same_request_acts_once(people):
    case, key = ready_for("resume", people, State.INVESTIGATING), new_key()

    first = advance("resume", case, people["Z"], version=1, key=key)
    again = advance("resume", case, people["Z"], version=1, key=key)

    assert (again.pk, fresh(case).version, case.timeline.count()) == (first.pk, 2, 1)


def test_same_key_for_something_else_is_refused(people):
    case, key = ready_for("suspend", people, State.INVESTIGATING), new_key()
    advance("coordinate", case, people["Z"], version=1, key=key, going_on="yes", record="第一次")

    with pytest.raises(KeyReused):
        advance("coordinate", case, people["Z"], version=2, key=key, going_on="yes", record="第二次")
    with pytest.raises(KeyReused):
        advance("resume", case, people["Z"], version=2, key=key)

    assert case.timeline.count() == 1


def test_key_belongs_to_one_person(people):
    case, key = ready_for("request_recusal", people, State.INVESTIGATING), new_key()
    facts = {"person": people["Z"].pk, "asked_on": TODAY, "reason": "亲属"}

    advance("request_recusal", case, people["X"], version=1, key=key, **facts)
    advance("request_recusal", case, people["J"], version=2, key=key, **facts)

    assert case.timeline.count() == 2


def test_key_of_a_refused_request_can_be_used_again(people):
    case, key = ready_for("suspend", people, State.INVESTIGATING), new_key()
    with pytest.raises(StepRefused):
        advance("coordinate", case, people["Z"], version=1, key=key, going_on="", record="")

    done = advance("coordinate", case, people["Z"], version=1, key=key, going_on="yes", record="协商")

    assert done.version == 2


def test_key_does_not_open_a_case_to_others(people):
    """Whoever learns somebody's key gets nothing from it, not even the first answer."""
    case, key = ready_for("resume", people, State.INVESTIGATING), new_key()
    advance("resume", case, people["Z"], version=1, key=key)
    outsider = staff("F")["F"]

    with pytest.raises(PermissionDenied):
        advance("resume", case, outsider, version=2, key=key)


def register(people, key: str = "", employer: str = "某公司", by: str = "W", **fields) -> Case:
    worker = WorkerEntry(name="王某某", from_month="2026-01", to_month="2026-03", owed_fen=1_200_000)
    entry = Registration(employer_name=employer, workers=(worker,), channel="window", **fields)
    return register_complaint(by=people[by], key=key or new_key(), entry=entry)


def test_registration_with_the_same_key_is_the_same_case(people):
    key = new_key()

    first, again = register(people, key), register(people, key)

    assert (first.pk, Case.objects.count(), first.receipt_no) == (again.pk, 1, "铜人社监登〔2026〕1号")


def test_registration_with_the_same_key_and_other_content_is_refused(people):
    key = new_key()
    register(people, key)

    with pytest.raises(KeyReused):
        register(people, key, employer="另一公司")

    assert Case.objects.count() == 1


def test_key_of_a_refused_registration_can_be_used_again(people):
    key = new_key()
    with pytest.raises(StepRefused):
        register(people, key, employer=f"某公司{UNPRINTABLE}")

    assert register(people, key).receipt_no == "铜人社监登〔2026〕1号"


@pytest.mark.parametrize("by", ["J", "L"])
def test_registration_is_for_those_who_register(people, by):
    with pytest.raises(PermissionDenied):
        register(people, by=by)


def test_registration_proposes_acceptance_when_the_tests_are_answered(people):
    yes = dict.fromkeys(("within_two_years", "respondent_clear", "within_mandate"), True)

    case = register(people, tests=yes)

    assert list(case.proposals.values_list("step", "state", "proposed_by")) == [
        ("accept", "open", people["W"].pk)
    ]
    assert case.audit_length == 2


# Who


def test_who_may_not_see_the_case_finds_none(people):
    case = ready_for("resume", people, State.INVESTIGATING)
    from_elsewhere = staff("H")["H"]

    with pytest.raises(Case.DoesNotExist):
        advance("resume", case, from_elsewhere, version=1)


def test_who_sees_but_may_not_act_is_told_who_may(people):
    case = ready_for("resume", people, State.INVESTIGATING)

    with pytest.raises(PermissionDenied) as denied:
        advance("resume", case, people["W"], version=1)

    assert str(denied.value) == "“恢复办理（中止后）”由主办监察员办理"


def test_person_who_left_acts_no_more(people):
    case = ready_for("resume", people, State.INVESTIGATING)
    people["Z"].is_active = False
    people["Z"].save()

    with pytest.raises(Case.DoesNotExist):
        advance("resume", case, people["Z"], version=1)


# Refusals


def test_refusal_is_recorded_and_changes_nothing_else(people):
    case = ready_for("resume", people, State.INVESTIGATING)

    services.record_refusal(case=case, by=people["W"], step="resume", label="恢复", reasons=["不由你办理"])

    event, after = case.timeline.get(), fresh(case)
    assert (event.kind, event.step, event.by, event.facts) == (
        "refused",
        "resume",
        people["W"],
        {"reasons": ["不由你办理"]},
    )
    assert (after.version, after.state, after.audit_length) == (1, "INVESTIGATING", 1)


def test_refusal_does_not_make_open_pages_stale(people):
    case = register(people)
    services.record_refusal(case=case, by=people["J"], step="void", label="登记作废", reasons=["要写明理由"])

    done = advance("void", case, people["J"], version=case.version, reason="重复登记")

    assert done.target == "VOID"
    assert list(audit.verify()) == []


# Editing


def edit(case: Case, by, *, version: int = 1, key: str = "", **values) -> TimelineEvent:
    return services.edit_case(case=case, by=by, version=version, key=key or new_key(), values=values)


def test_edit_is_recorded_with_both_texts(people):
    case = complaint(people, State.REGISTERED, details={"facts_text": "旧"})

    event = edit(case, people["W"], facts_text="新")

    assert (event.kind, event.before, event.after) == ("edit", {"facts_text": "旧"}, {"facts_text": "新"})
    assert fresh(case).complaint.facts_text == "新"


def test_stale_edit_is_refused(people):
    case = complaint(people, State.REGISTERED)
    edit(case, people["W"], facts_text="甲写的")

    with pytest.raises(services.StaleVersion):
        edit(case, people["J"], facts_text="乙写的")

    assert fresh(case).complaint.facts_text == "甲写的"


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED, State.VOID, State.NOT_ACCEPTED])
def test_case_that_is_over_is_not_edited(people, state):
    case = complaint(people, state)

    with pytest.raises(PermissionDenied):
        edit(case, people["W"], facts_text="新")


def test_leader_edits_nothing(people):
    case, leader = complaint(people, State.REGISTERED), staff("G")["G"]

    with pytest.raises(PermissionDenied):
        edit(case, leader, facts_text="新")


# The payment ledger


def payment(case: Case, **changes) -> services.PaymentRow:
    row = services.PaymentRow(worker_of(case).pk, 500_000, TODAY, "employer", "某公司", "回单1")
    return replace(row, **changes)


def record(case: Case, by, *rows: services.PaymentRow, version: int = 1) -> TimelineEvent:
    return services.record_payments(case=case, by=by, version=version, key=new_key(), rows=list(rows))


def test_payments_are_counted_into_the_case(people):
    case = complaint(people, State.ORDERED)

    record(case, people["Z"], payment(case), payment(case, amount_fen=700_000, voucher_no="回单2"))

    assert (fresh(case).paid_fen, case.payments.count()) == (1_200_000, 2)
    assert set(case.payments.values_list("verified_by", "verified_at")) == {(people["Z"].pk, moment(TODAY))}


@pytest.mark.parametrize("letter", ["W", "N", "J", "L"])
def test_payments_are_recorded_by_the_inspectors_of_the_case(people, letter):
    case = complaint(people, State.ORDERED)

    with pytest.raises(PermissionDenied):
        record(case, people[letter], payment(case))


FAULTS = {
    "nothing": ({"amount_fen": 0}, "王某1：支付金额要大于0"),
    "less than nothing": ({"amount_fen": -1}, "王某1：支付金额要大于0"),
    "tomorrow": ({"paid_on": TODAY + timedelta(days=1)}, "王某1：支付日期不能晚于今天"),
    "no voucher": ({"voucher_no": "  "}, "王某1：还没填凭证号，照银行回单或签收单填"),
    "too much": ({"amount_fen": 1_200_001}, "王某1：比欠付金额多付了0.01元，核对金额"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_payment_is_refused(people, fault):
    changes, sentence = FAULTS[fault]
    case = complaint(people, State.ORDERED)

    with pytest.raises(StepRefused) as refusal:
        record(case, people["Z"], payment(case, **changes))

    assert refusal.value.reasons == [sentence]
    assert (case.payments.count(), fresh(case).version) == (0, 1)


def test_payments_together_do_not_exceed_what_is_owed(people):
    case = complaint(people, State.ORDERED)

    with pytest.raises(StepRefused) as refusal:
        record(case, people["Z"], payment(case, amount_fen=700_000), payment(case, amount_fen=700_000))

    assert refusal.value.reasons == ["王某1：比欠付金额多付了2,000.00元，核对金额"]


def test_one_faulty_payment_keeps_out_the_others(people):
    case = complaint(people, State.ORDERED)

    with pytest.raises(StepRefused):
        record(case, people["Z"], payment(case), payment(case, voucher_no=""))

    assert case.payments.count() == 0


def test_payment_goes_to_a_worker_of_the_case(people):
    case, other = complaint(people, State.ORDERED), complaint(people, State.ORDERED)

    with pytest.raises(StepRefused) as refusal:
        record(case, people["Z"], payment(other))

    assert refusal.value.reasons == ["收款人不是本案的劳动者，从名册里选"]


def test_empty_list_of_payments_is_refused(people):
    case = complaint(people, State.ORDERED)

    with pytest.raises(StepRefused) as refusal:
        record(case, people["Z"])

    assert refusal.value.reasons == ["还没填支付记录，至少填一名劳动者的金额和凭证号"]


def test_payment_after_the_closing_is_refused(people):
    case = complaint(people, State.CLOSED)

    with pytest.raises(StepRefused) as refusal:
        record(case, people["Z"], payment(case))

    assert refusal.value.reasons == ["案件已经办结，先恢复办理再登记支付"]


def test_confirmed_sum_is_what_is_owed(people):
    case = complaint(people, State.ORDERED)
    case.claims.update(confirmed_fen=400_000)

    with pytest.raises(StepRefused):
        record(case, people["Z"], payment(case))
    record(case, people["Z"], payment(case, amount_fen=400_000))

    assert fresh(case).paid_fen == 400_000


def test_reversed_payment_is_owed_again(people):
    case = complaint(people, State.ORDERED, paid=True)
    case.payments.update(reversed_at=moment(TODAY))

    record(case, people["Z"], payment(case, amount_fen=1_200_000, voucher_no="回单2"))

    assert fresh(case).paid_fen == 1_200_000


# Days that make no sense


@pytest.mark.parametrize("received_on", [date(2019, 3, 4), date(2024, 12, 20)])
def test_complaint_of_a_year_without_calendar_is_refused_in_words(people, received_on):
    with pytest.raises(StepRefused):
        register(people, received_on=received_on)

    assert Case.objects.count() == 0


def test_facts_are_checked_by_the_form_of_the_step(people):
    case = ready_for("investigate", people, State.INVESTIGATING)

    with pytest.raises(StepRefused) as refusal:
        take("investigate", case, people["Z"], **{**facts_for("investigate", case, people), "place": ""})

    assert refusal.value.field_errors == {"place": ["还没填地点"]}
