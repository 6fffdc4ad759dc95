"""Paying in parts: the plan, its clocks, and payments that cover them."""

from datetime import date

import pytest
from django.urls import reverse

from cases import services
from cases.workflow.table import StepRefused
from inspection.instalments import current
from inspection.states import State
from tests.inspection.situations import (
    DAY,
    TODAY,
    clock,
    complaint,
    fresh,
    moment,
    new_key,
    propose,
    staff,
    take,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


@pytest.fixture
def case(people):
    """12,000 yuan are owed to one worker under an order."""
    return complaint(people, State.ORDERED, details={"order_pay_by_on": TODAY})


def plan(case, people, text: str):
    return take("plan_instalments", case, people["Z"], plan=text, agreed="2026-06-15劳动者签字的协议")


def paid(case, people, yuan: int) -> None:
    row = services.PaymentRow(worker_of(case).pk, yuan * 100, TODAY, "employer", "某某公司", "回单1")
    services.record_payments(
        case=case, by=people["Z"], version=fresh(case).version, key=new_key(), rows=[row]
    )


def running(case) -> list[date]:
    found = case.clocks.filter(rule_code="PART", met_on=None, ended_on=None)
    return list(found.values_list("due_on", flat=True))


def test_each_part_has_its_day(case, people):
    plan(case, people, "2026-08-14 4000\n2026-07-15 8000元")

    assert running(case) == [date(2026, 7, 15), date(2026, 8, 14)]
    assert [(part.number, part.amount_fen) for part in current(fresh(case))] == [(1, 800_000), (2, 400_000)]


def test_payment_meets_the_parts_it_covers(case, people):
    plan(case, people, "2026-07-15 8000\n2026-08-14 4000")

    paid(case, people, 8000)

    assert running(case) == [date(2026, 8, 14)]
    assert [part.is_paid for part in current(fresh(case))] == [True, False]


def test_a_part_that_is_not_paid_in_full_runs_on(case, people):
    plan(case, people, "2026-07-15 8000\n2026-08-14 4000")

    paid(case, people, 7999)

    assert len(running(case)) == 2


def test_new_plan_takes_the_place_of_the_old_one(case, people):
    plan(case, people, "2026-07-15 8000\n2026-08-14 4000")
    paid(case, people, 6000)

    plan(case, people, "2026-08-31 3000\n2026-09-30 3000")

    assert running(case) == [date(2026, 8, 31), date(2026, 9, 30)]
    assert [part.paid_up_to_fen for part in current(fresh(case))] == [900_000, 1_200_000]
    assert case.instalments.filter(replaced_on=TODAY).count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-07-15 8000\n2026-08-14 5000", "分期合计13,000.00元，现在还没付的是12,000.00元，改到相等"),
        ("2026-07-15 8000\n2026-08-14", "第2行看不懂，每行写日期和金额，中间空一格，如：2026-12-15 50000"),
        ("2026-07-15 8000\n2026-02-30 4000", "第2行：没有2026年2月30日这一天"),
        ("2026-07-15 八千\n2026-08-14 4000", "第1行：金额看不懂，可写36500或3.65万"),
        ("2026-06-16 8000\n2026-08-14 4000", "第1行：日期要晚于今天"),
        ("2026-07-15 8000\n9999-12-31 4000", "第2行：日期离今天太远，核对年份"),
        ("2026-07-15 12000", "分期要有2到24期"),
    ],
)
def test_plan_that_does_not_add_up_is_refused(case, people, text, sentence):
    with pytest.raises(StepRefused) as refusal:
        plan(case, people, text)

    assert refusal.value.reasons == [sentence]
    assert not case.instalments.exists()


def test_plan_of_the_first_round_counts_no_longer_when_the_case_is_taken_up_again(case, people):
    plan(case, people, "2026-07-15 8000\n2026-08-14 4000")
    paid(case, people, 12000)
    propose("close_paid", case, people["Z"], people)
    take("close_paid", case, people["J"])

    propose("reopen", case, people["J"], people)
    take("reopen", case, people["L"])

    assert current(fresh(case)) == []


def test_payment_that_did_not_arrive_counts_no_longer(case, people):
    plan(case, people, "2026-07-15 8000\n2026-08-14 4000")
    paid(case, people, 8000)
    row = case.payments.get()

    services.reverse_payment(
        case=case,
        by=people["Z"],
        version=fresh(case).version,
        key=new_key(),
        payment=row,
        reason="银行退回。",
    )

    assert fresh(case).paid_fen == 0
    assert len(running(case)) == 2
    assert case.payments.get().reversed_at is not None
    assert fresh(case).timeline.get(step="reverse_payment").after == {"paid_fen": 0}


def test_reversal_brings_back_the_days_of_the_order(case, people):
    clock(case, "T16", TODAY - 5 * DAY, TODAY + 2 * DAY)
    paid(case, people, 12_000)
    assert not case.clocks.filter(met_on=None, ended_on=None).exists()

    services.reverse_payment(
        case=case,
        by=people["Z"],
        version=fresh(case).version,
        key=new_key(),
        payment=case.payments.get(),
        reason="重复登记。",
    )

    assert case.clocks.get(rule_code="T16", met_on=None, ended_on=None)


@pytest.mark.parametrize("reason, sentence", [(" ", "冲销要写明理由，如：银行退回，没有到账")])
def test_reversal_needs_a_reason(case, people, reason, sentence):
    paid(case, people, 100)

    with pytest.raises(StepRefused) as refusal:
        services.reverse_payment(
            case=case,
            by=people["Z"],
            version=fresh(case).version,
            key=new_key(),
            payment=case.payments.get(),
            reason=reason,
        )

    assert refusal.value.reasons == [sentence]
    assert fresh(case).paid_fen == 10_000


def test_reversal_on_the_page(client, case, people):
    paid(case, people, 100)
    client.force_login(people["Z"])
    where = reverse("cases:payments", args=[case.public_id])
    form = {
        "reverse": str(case.payments.get().public_id),
        "version": str(fresh(case).version),
        "key": new_key(),
    }

    refused = client.post(where, form)
    done = client.post(where, {**form, "key": new_key(), "reason": "银行退回。"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "冲销要写明理由" in refused.content.decode()
    assert fresh(case).paid_fen == 0
