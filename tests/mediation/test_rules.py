"""Time limits on real dates, and every guard with the sentence said when it does not hold."""

from datetime import date

import pytest

from arbitration.mediation.services import Ask, Request, Worker, open_for, register_request
from calendars.services import load_official_calendars
from cases.models import Case
from cases.workflow.table import Referral as People
from cases.workflow.table import StepRefused
from tests.inspection.situations import DAY, TODAY, clock, moment, new_key
from tests.inspection.situations import complaint as inspection_complaint
from tests.inspection.situations import staff as inspection_staff
from tests.mediation.situations import (
    CLAIM_FEN,
    facts_for,
    fresh,
    mediation,
    propose,
    ready_for,
    staff,
    table,
    take,
)

pytestmark = pytest.mark.django_db
WORKER = Worker(
    "王某甲",
    id_number="50022419850615002X",
    phone="13800011111",
    is_migrant=True,
    asks=(Ask("wage", CLAIM_FEN, "2026-01", "2026-03"),),
)


@pytest.fixture
def people(time_machine):
    load_official_calendars()
    time_machine.move_to(moment(TODAY), tick=False)
    return staff()


def registered(people, **changes) -> Case:
    entry = {"workers": (WORKER,), "employer": "重庆某某餐饮管理有限公司", "facts_text": "工资没有发。"}
    return fresh(register_request(by=people["K"], key=new_key(), entry=Request(**{**entry, **changes})))


def ends(case: Case) -> dict[str, str]:
    """The running clocks by the day they end."""
    rows = case.clocks.filter(met_on=None, ended_on=None).order_by("due_on")
    return {row.rule_code: f"{row.due_on:%Y-%m-%d}" for row in rows}


# Clocks


def test_request_before_spring_festival(people, time_machine):
    """Received 9 February 2026: three working days are the 12th; fifteen days are the 24th, when work begins again."""
    time_machine.move_to(moment(date(2026, 2, 9)), tick=False)

    case = registered(people)

    assert ends(case) == {"MED-02": "2026-02-12", "MED-03": "2026-02-24"}
    assert case.due_on == date(2026, 2, 24)


def test_fifteen_days_that_end_on_a_saturday_end_on_monday(people, time_machine):
    time_machine.move_to(moment(date(2026, 10, 23)), tick=False)

    assert ends(registered(people))["MED-03"] == "2026-11-09"  # 7 November is a Saturday


def test_enterprise_committee_and_mediation_before_arbitration_have_limits_of_their_own(people):
    own = {}
    for details in ({}, {"body": "enterprise"}, {"origin": "arbitration_intake"}):
        case = ready_for("accept", people, "SEEKING_CONSENT", details=details)
        own[str(details)] = ends(take("accept", case, people["Z"], people))

    assert list(own.values()) == [{}, {"MED-04": "2026-07-01"}, {"MED-12": "2026-07-01"}]


def test_review_takes_five_working_days_and_five_more_across_the_dragon_boat_festival(people):
    """Accepted Tuesday 16 June; 19 to 21 June are off: 17, 18, 22, 23, 24; then 25, 26, 29, 30, 1 July."""
    case = take("accept_review", ready_for("accept_review", people, "UNDER_REVIEW"), people["A"])
    before = ends(case)["MED-06"]
    propose("extend_review", case, people["A"], people)

    case = take("extend_review", case, people["Y"])

    assert (before, ends(case)["MED-06"]) == ("2026-06-24", "2026-07-01")


def test_payment_order_runs_from_court_to_debtor(people):
    case = take("request_order", ready_for("request_order", people, "AGREED"), people["K"], people)
    found = [ends(case)["MED-09"]]
    case = take("move_order", case, people["K"], stage="taken", happened_on="2026-06-16")
    found.append(ends(case)["MED-10"])
    case = take("move_order", case, people["K"], stage="issued", happened_on="2026-06-16")
    found.append(ends(case)["MED-11"])
    case = take("move_order", case, people["K"], stage="objected", happened_on="2026-06-16")

    assert found == ["2026-06-22", "2026-07-01", "2026-07-01"]  # the 21st is the festival's Sunday
    assert not {"MED-09", "MED-10", "MED-11"} & set(ends(case))
    assert take("request_order", case, people["K"], people).mediation.order_stage == "requested"


# Performance


def test_each_day_of_the_agreement_has_a_clock_that_ends_when_everybody_was_paid(people):
    case = mediation(people, "AGREED", workers=3)
    facts = facts_for("record_payment", case, people)

    case = take("record_payment", case, people["Z"], **facts, left_out="王某乙")
    running = [row.due_on for row in case.clocks.filter(rule_code="MED-13", met_on=None).order_by("due_on")]
    case = take("record_payment", case, people["Z"], **{**facts, "voucher_no": "回单0002"})
    then = [row.due_on for row in case.clocks.filter(rule_code="MED-13", met_on=None)]

    assert running == [TODAY - DAY, TODAY + 30 * DAY]
    assert then == [TODAY + 30 * DAY]
    assert (case.paid_fen, case.payments.count()) == (CLAIM_FEN // 2 * 3, 3)
    assert case.mediation.performed_on is None


def test_part_of_an_instalment_is_paid_and_no_more_than_is_owed(people):
    case = mediation(people, "AGREED")
    facts = facts_for("record_payment", case, people)

    with pytest.raises(StepRefused, match="这一期只欠9,300"):
        take("record_payment", case, people["Z"], **facts, amount="9300.01")
    case = take("record_payment", case, people["Z"], **facts, amount="5000")

    assert case.paid_fen == 500_000
    assert case.clocks.filter(rule_code="MED-13", met_on=None).count() == 2


def test_broken_instalment_opens_a_dispute_with_the_file_carried_over(people):
    case = mediation(people, "AGREED")
    case.agreed_instalments.update(due_on=TODAY - DAY)

    case = take("to_arbitration", case, people["K"], people)

    dispute = Case.objects.get(kind="arbitration")
    worker = dispute.parties.get(role="worker")
    assert dispute.dispute.source_case_id == case.pk
    assert (worker.name, dispute.respondent_name) == ("王某甲", case.respondent_name)
    assert (case.state, case.outcome) == ("TO_ARBITRATION", "to_arbitration")
    assert case.terms.get().sent_on == TODAY


def test_only_those_who_are_left_over_go_on_from_a_group(people):
    """One of three was not paid; the others wait for a later day: the agreement goes on without the one."""
    case = mediation(people, "AGREED", workers=3)
    late = case.agreed_instalments.filter(due_on__lt=TODAY).exclude(worker__position=2)
    for row in late:
        row.paid_fen, row.paid_on = row.amount_fen, TODAY
        row.save()

    with pytest.raises(StepRefused, match="还有人的款项没有到期"):
        take("to_arbitration", case, people["K"], people, consent_on="2026-06-16")
    case = take("rest_to_arbitration", case, people["K"], people)

    assert case.state == "AGREED"
    assert [term.worker.position for term in case.terms.exclude(sent_on=None)] == [2]
    assert Case.objects.get(kind="arbitration").parties.filter(role="worker").count() == 1
    with pytest.raises(StepRefused, match="没有要转仲裁的人"):
        take("rest_to_arbitration", case, people["K"], people)


def test_instalment_due_on_a_day_off_is_not_broken_before_the_next_working_day(people, time_machine):
    case = mediation(people, "AGREED")
    case.agreed_instalments.update(due_on=date(2026, 6, 20))  # the festival's Saturday

    for day, said in ((date(2026, 6, 22), "没有到期未付"), (date(2026, 6, 23), "")):
        time_machine.move_to(moment(day), tick=False)
        if said:
            with pytest.raises(StepRefused, match=said):
                take("note_default", case, people["Z"], noted_on=day.isoformat(), reason="没有到账。")
        else:
            take("note_default", case, people["Z"], noted_on=day.isoformat(), reason="没有到账。")

    assert fresh(case).mediation.default_noted_on == date(2026, 6, 23)


# Guards


def _none(case, people):
    return None


def _open_offer(case, people):
    case.rounds.get().offers.update(is_accepted=False)


def _early(case, people):
    case.rounds.update(pay_on=TODAY - DAY)


def _without_demands(case, people):
    case.demands.all().delete()


GUARDS = [
    ("apply", "INQUIRY", {}, {}, _without_demands, "请求要写明金额和期间：王某甲还没有请求"),
    ("accept", "SEEKING_CONSENT", {"consented_on": "2026-05-01"}, {}, _none, "不能早于申请日期"),
    ("convene", "ACCEPTED", {}, {"workers": 10}, _none, "十人以上要先推举三至五名代表"),
    ("name_representatives", "ACCEPTED", {"people": "1、2"}, {}, _none, "推举3至5名代表，现在写了2名"),
    ("name_representatives", "ACCEPTED", {"people": "1、2、赵某"}, {}, _none, "赵某不在名册里"),
    ("name_representatives", "ACCEPTED", {}, {"workers": 3}, _none, "不到十人，不用推举代表"),
    ("record_meeting", "MEDIATING", {"held_on": "2026-05-01"}, {}, _none, "调解日期不能早于受理日期"),
    ("agree", "MEDIATING", {}, {}, _open_offer, "王某甲还没有结果"),
    ("agree", "MEDIATING", {}, {}, _early, "支付日期不能早于协议生效日期"),
    ("agree", "MEDIATING", {"is_voluntary": "no"}, {}, _none, "协议要双方自愿"),
    ("agree", "MEDIATING", {"is_signed": "no"}, {}, _none, "调解组织盖章"),
    ("agree", "MEDIATING", {"agreed_on": "2026-05-01"}, {}, _none, "协议生效日期不能早于受理日期"),
    ("fail", "MEDIATING", {"stopped_on": "2026-05-01"}, {}, _none, "停止调解的日期不能早于受理日期"),
    ("withdraw", "ACCEPTED", {"received_on": "2026-05-01"}, {}, _none, "撤回日期不能早于收到申请的日期"),
    ("request_review", "AGREED", {}, {"kind": "confirm"}, _none, "确认劳动关系的协议不能申请仲裁审查"),
    (
        "request_review",
        "AGREED",
        {},
        {"details": {"court_requested_on": TODAY}},
        _none,
        "已经申请司法确认，不能再申请仲裁审查",
    ),
    ("confirm_review", "UNDER_REVIEW", {"is_lawful": "no"}, {}, _none, "不能出具调解书"),
    (
        "confirm_review",
        "UNDER_REVIEW",
        {},
        {"details": {"review_accepted_on": None}},
        _none,
        "还没有受理审查申请",
    ),
    ("sign_paper", "REVIEW_CONFIRMED", {"signed_on": "2026-06-01"}, {}, _none, "不能早于调解书的日期"),
    ("confirm_in_court", "AGREED", {"ruled_on": "2026-06-01"}, {}, _none, "不能早于申请日期"),
    ("request_order", "AGREED", {}, {"kind": "contract"}, _none, "可以申请支付令"),
    ("move_order", "AGREED", {"stage": "issued"}, {}, _none, "进展里没有这一项"),
    ("record_payment", "AGREED", {"paid_on": "2026-06-01"}, {}, _none, "付款日期不能早于协议生效日期"),
    ("record_payment", "AGREED", {"left_out": "1"}, {}, _none, "这一期没有人收到"),
    ("change_mediator", "ACCEPTED", {"mediator": "Z"}, {}, _none, "和现在的调解员是同一个人"),
    ("archive", "PERFORMING", {"contents_complete": "no"}, {}, _none, "目录和材料还不齐全"),
]
TAKES = {"accept": "Z", "change_mediator": "Y", "confirm_review": "A"}
BY_MEDIATOR = ("convene", "record_meeting", "agree", "fail", "record_payment", "archive", "note_default")


@pytest.mark.parametrize(("step", "state", "facts", "changes", "spoil", "said"), GUARDS)
def test_guard_says_what_is_wrong(people, step, state, facts, changes, spoil, said):
    case = ready_for(step, people, state, **changes)
    spoil(case, people)
    case = fresh(case)
    given = {name: people[value].pk if name == "mediator" else value for name, value in facts.items()}
    actor = people[TAKES.get(step, "Z" if step in BY_MEDIATOR else "K")]

    with pytest.raises(StepRefused) as refusal:
        take(step, case, actor, people, **given)

    assert said in "；".join(refusal.value.reasons)
    assert (fresh(case).state, fresh(case).audit_length) == (state, case.audit_length)


@pytest.mark.parametrize(
    ("step", "code", "actor", "said"),
    [
        ("request_review", "MED-05", "K", "共同申请仲裁审查的期限已过：期限到2026-06-15"),
        ("request_confirmation", "MED-07", "K", "共同申请司法确认的期限已过：期限到2026-06-15"),
    ],
)
def test_request_after_its_days_is_refused(people, step, code, actor, said):
    case = ready_for(step, people, "AGREED")
    clock(case, code, TODAY - 20 * DAY, TODAY - DAY)

    with pytest.raises(StepRefused, match=said):
        take(step, case, people[actor], people)


def test_lapse_waits_for_the_last_day(people):
    case = mediation(people)
    clock(case, "MED-03", TODAY - 15 * DAY, TODAY)

    with pytest.raises(StepRefused, match=f"期限到{TODAY}"):
        take("lapse", case, people["Z"])


def test_no_answer_counts_once_the_days_are_over(people):
    case = mediation(people, "SEEKING_CONSENT")
    clock(case, "MED-02", TODAY - DAY, TODAY)

    with pytest.raises(StepRefused, match="对方还可以答复"):
        take("decline", case, people["Z"], people, ground="no_answer")


def test_money_that_is_owed_keeps_the_file_open(people):
    case = mediation(people, "PERFORMING")

    with pytest.raises(StepRefused, match="还有款项没有付清"):
        take("archive", case, people["Z"], people)


# How it begins


def test_same_months_in_two_open_mediations_are_refused(people):
    first = registered(people)

    with pytest.raises(StepRefused, match=f"王某甲同一单位、同样的月份已经在{first.number}调解"):
        registered(people)
    assert registered(people, employer="重庆另一家有限公司").state == "SEEKING_CONSENT"


def test_people_of_a_complaint_come_with_what_was_written_down(people):
    complaint = inspection_complaint(inspection_staff("WZX"), "INVESTIGATING")
    parties = tuple(complaint.parties.filter(role="worker").select_related("person"))
    consent = {"consent_on": TODAY, "how": "当面签字"}

    case = fresh(open_for(People(complaint, parties, people["K"], new_key(), consent)))

    assert (case.state, case.mediation.origin, case.agency.code) == ("SEEKING_CONSENT", "inspection", "arb")
    assert case.claimed_fen == sum(claim.owed_fen for claim in complaint.claims.all())
    assert [demand.type for demand in case.demands.all()] == ["wage"] * case.demands.count()
    assert case.mediation.source_case_id == complaint.pk
    with pytest.raises(StepRefused, match="已经从这件案子转来调解"):
        open_for(People(complaint, parties, people["K"], new_key(), consent))


def test_every_member_of_a_failed_group_has_an_outcome(people):
    case = mediation(people, workers=3)
    table(case, people["Z"], accepted=False)

    case = take("fail", case, people["Z"], people)

    assert [term.outcome for term in case.terms.all()] == ["failed"] * 3
    assert (case.outcome, case.closed_on) == ("failed", TODAY)
