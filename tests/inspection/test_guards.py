"""What is said when a step is not ready: each guard in its own words, with its article."""

from datetime import date

import pytest

from agencies.models import User
from cases.models import Project, Recusal
from cases.workflow.table import StepRefused
from inspection.states import State
from inspection.workflow import INSPECTION
from tests.inspection.situations import (
    DAY,
    EMPLOYER,
    TODAY,
    clock,
    document,
    facts_for,
    fresh,
    moment,
    pay,
    propose,
    ready_for,
    respondent,
    respondent_of,
    staff,
    take,
    task,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJFLBH")


def reasons(step: str, case, by: User, people, **facts) -> list[str]:
    """Why the step is refused when it is proposed or taken; the test fails when it is not."""
    proposers = INSPECTION.by_name[step].proposed_by
    with pytest.raises(StepRefused) as refusal:
        (propose if proposers else take)(step, case, by, people, **facts)
    return refusal.value.reasons


def refused(step: str, state: str, by: str, people, *, facts: dict | None = None, **changes) -> list[str]:
    """The reasons on a complaint that is ready but for the changes."""
    case = ready_for(step, people, state, **changes)
    return reasons(step, case, people[by], people, **(facts or {}))


# Two inspectors

TWO = "要有两名监察员办理：主办、协办各一人，执法证在有效期内，没有回避"
TWO_LAW = "（《劳动保障监察条例》第十六条、《行政处罚法》第四十二条）"
NEEDS_TWO = {
    "investigate": "INVESTIGATING",
    "confirm_amounts": "INVESTIGATING",
    "preserve_evidence": "INVESTIGATING",
    "dispose_evidence": "ORDERED",
    "query_accounts": "INVESTIGATING",
    "conclude_investigation": "INVESTIGATING",
    "order": "INVESTIGATING",
    "give_notice": "ORDERED",
    "give_notice_for_obstruction": "INVESTIGATING",
    "hear_statement": "PRE_NOTICE",
    "transfer_to_police": "ORDERED",
    "cancel": "INVESTIGATING",
}


@pytest.mark.parametrize("step", NEEDS_TWO)
def test_act_needs_a_second_inspector(people, step):
    case = ready_for(step, people, NEEDS_TWO[step])
    case.assignments.filter(duty="second").update(until=moment(TODAY))

    assert reasons(step, case, people["Z"], people) == [f"{TWO}：还没有指派协办监察员{TWO_LAW}"]


@pytest.mark.parametrize("licence", [{"licence_no": ""}, {"licence_until": TODAY - DAY}])
def test_act_needs_two_valid_licences(people, licence):
    User.objects.filter(pk=people["X"].pk).update(**licence)

    assert refused("investigate", "INVESTIGATING", "Z", people) == [
        f"{TWO}：测试inspector02没有有效的执法证{TWO_LAW}"
    ]


def test_licence_holds_on_its_last_day(people):
    User.objects.filter(pk=people["X"].pk).update(licence_until=TODAY)
    case = ready_for("investigate", people, State.INVESTIGATING)

    assert take("investigate", case, people["Z"], people).version == 2


def test_act_is_not_taken_beside_a_recused_colleague(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    Recusal.objects.create(
        case=case, user=people["X"], reason="亲属", decided_by=people["L"], decided_at=moment(TODAY)
    )

    assert reasons("investigate", case, people["Z"], people) == [f"{TWO}{TWO_LAW}"]


@pytest.mark.parametrize("step, state", [("file_case", "FILING"), ("change_inspectors", "INVESTIGATING")])
def test_lead_and_second_are_two_people(people, step, state):
    same = {"lead": people["Z"].pk, "second": people["Z"].pk}

    assert refused(step, state, "J", people, facts=same) == [
        "主办和协办监察员要是不同的两个人，都有有效的执法证（《劳动保障监察条例》第十六条）"
    ]


def test_inspector_without_licence_is_not_put_on_a_case(people):
    User.objects.filter(pk=people["X"].pk).update(licence_no="")

    assert refused("file_case", "FILING", "J", people) == [
        "主办和协办监察员要是不同的两个人，都有有效的执法证（《劳动保障监察条例》第十六条）"
    ]


def test_only_inspectors_of_the_office_are_put_on_a_case(people):
    facts = {"lead": people["Z"].pk, "second": people["J"].pk}

    assert refused("file_case", "FILING", "J", people, facts=facts) == ["协办监察员不在可选的人员里，重新选"]


# Acceptance


@pytest.mark.parametrize("test", ["within_two_years", "respondent_clear", "within_mandate"])
def test_acceptance_needs_all_three_tests(people, test):
    assert refused("accept", "REGISTERED", "W", people, facts={test: "no"}) == [
        "受理要同时符合三条：违法行为终了未超过两年、有明确的被投诉单位且损害与其有关、属于职权和管辖范围"
        "（《关于实施〈劳动保障监察条例〉若干规定》第十八条）"
    ]


def test_acceptance_needs_a_respondent(people):
    case = ready_for("accept", people, State.REGISTERED)
    case.parties.filter(role="respondent").delete()

    assert reasons("accept", case, people["W"], people) == [
        "还没有写明被投诉单位和劳动者（《关于实施〈劳动保障监察条例〉若干规定》第十四条）"
    ]


def test_what_is_in_court_is_not_accepted(people):
    assert refused("accept", "REGISTERED", "W", people, details={"other_proceeding": True}) == [
        "同一请求已在仲裁或诉讼中，不能作为监察投诉受理；办理“告知其他途径”（《劳动保障监察条例》第二十一条）"
    ]


@pytest.mark.parametrize(
    "last_month, old_enough", [("2024-03", True), ("2024-04", False), ("2024-06", False), ("2026-03", False)]
)
def test_refusal_needs_two_years_since_the_breach(people, last_month, old_enough):
    """Received on 2026-05-02: wages of March 2024 were due in April, over two years ago; those of April in May."""
    case = ready_for(
        "refuse", people, State.REGISTERED, months=("2024-01", last_month), received_on=date(2026, 5, 2)
    )

    if old_enough:
        assert propose("refuse", case, people["W"], people).state == "open"
    else:
        assert reasons("refuse", case, people["W"], people) == [
            "违法行为终了没有超过两年，不能以超过时效为由不予受理"
            "（《劳动保障监察条例》第二十条、《关于实施〈劳动保障监察条例〉若干规定》第十八条）"
        ]


@pytest.mark.parametrize(
    "due_on, said",
    [
        (TODAY, "期限到2026-06-16"),
        (TODAY + DAY, "期限到2026-06-17"),
        (None, "《补正告知书》还没有登记送达，送达以后期限才开始"),
    ],
)
def test_correction_lapses_after_its_last_day(people, due_on, said):
    case = ready_for("lapse_correction", people, State.CORRECTING)
    case.clocks.all().delete()
    if due_on:
        clock(case, "T04", TODAY - 10 * DAY, due_on)

    assert reasons("lapse_correction", case, people["W"], people) == [
        f"补正期限还没到，期满仍未补正才能这样办理：{said}（《关于实施〈劳动保障监察条例〉若干规定》第十八条）"
    ]


def test_correction_is_asked_for_twice_at_most(people):
    assert refused("request_correction", "REGISTERED", "W", people, details={"corrections_asked": 2}) == [
        "已经告知补正两次，按现有材料决定是否受理"
        "（《关于实施〈劳动保障监察条例〉若干规定》第十八条（天数由本单位设定））"
    ]


def test_acceptance_looks_at_the_months(people):
    case = ready_for("accept", people, State.REGISTERED, months=("2023-11", "2024-02"))

    (said,) = reasons("accept", case, people["W"], people)

    assert "登记的欠薪月份已超过两年，核对月份，写明此前的举报、投诉，或办理“不予受理”" in said
    earlier = {"earlier_relief": "2025年3月向监察支队举报"}
    assert propose("accept", case, people["W"], people, **earlier).state == "open"


@pytest.mark.parametrize("day", [TODAY, TODAY - DAY])
def test_correction_gets_a_day_in_the_future(people, day):
    facts = {"due_on": day.isoformat()}

    assert refused("request_correction", "REGISTERED", "W", people, facts=facts) == ["补正期限要晚于今天"]


GIVES_REASON = {
    "void": ("REGISTERED", "J"),
    "return_filing": ("FILING", "J"),
    "refuse": ("REGISTERED", "W"),
    "lapse_correction": ("CORRECTING", "W"),
    "suspend": ("INVESTIGATING", "Z"),
    "reopen": ("CLOSED", "J"),
}


@pytest.mark.parametrize("step", GIVES_REASON)
def test_step_needs_a_reason(people, step):
    state, by = GIVES_REASON[step]

    assert refused(step, state, by, people, facts={"reason": "   "}) == ["还没填理由"]


# Amounts and the order


def test_amounts_are_confirmed_after_an_investigation(people):
    assert refused("confirm_amounts", "INVESTIGATING", "Z", people, details={"acts_recorded": 0}) == [
        "还没有调查记录，先办理“记录调查情况”（《劳动保障监察条例》第十五条、第十九条）"
    ]


def test_order_needs_an_amount_for_every_worker(people):
    assert refused("order", "INVESTIGATING", "Z", people, confirmed=False, confirmed_fen=1) == [
        "还有劳动者的欠付金额没有认定，先办理“认定欠付金额”（《劳动保障监察条例》第二十六条）"
    ]


def test_order_needs_something_owed(people):
    case = ready_for("order", people, State.INVESTIGATING, confirmed_fen=0)
    case.claims.update(confirmed_fen=0)

    assert reasons("order", case, people["Z"], people) == [
        "认定的欠付金额合计为零，没有可以责令支付的工资（《劳动保障监察条例》第二十六条）"
    ]


@pytest.mark.parametrize(
    "step, state, by", [("order", "INVESTIGATING", "Z"), ("amend_order", "ORDERED", "Z")]
)
@pytest.mark.parametrize("day", [TODAY, TODAY - DAY])
def test_pay_by_day_lies_in_the_future(people, step, state, by, day):
    assert refused(step, state, by, people, facts={"pay_by_on": day.isoformat()}) == [
        "支付期限要晚于今天（《关于实施〈劳动保障监察条例〉若干规定》第三十一条）"
    ]


# The investigation


@pytest.mark.parametrize("step, by", [("extend_investigation", "Z"), ("conclude_investigation", "Z")])
def test_concluded_investigation_is_neither_extended_nor_concluded(people, step, by):
    assert refused(step, "INVESTIGATING", by, people, details={"investigation_ended_on": TODAY - DAY}) == [
        "调查已经终结（《劳动保障监察条例》第十七条）"
    ]


@pytest.mark.parametrize(
    "step, state", [("give_notice", "ORDERED"), ("give_notice_for_obstruction", "INVESTIGATING")]
)
def test_notice_comes_after_the_investigation(people, step, state):
    assert refused(step, state, "Z", people, details={"investigation_ended_on": None}) == [
        "调查还没有终结，先办理“调查终结”"
        "（《劳动保障监察条例》第十七条、《关于实施〈劳动保障监察条例〉若干规定》第三十七条）"
    ]


# The notice


def test_notice_comes_after_the_order_was_served(people):
    assert refused("give_notice", "ORDERED", "Z", people, details={"order_served_on": None}) == [
        "限期改正指令书还没有送达全部被投诉单位，送达以后期限才开始（《劳动保障监察条例》第二十六条）"
    ]


def test_notice_comes_after_the_pay_by_day(people):
    assert refused("give_notice", "ORDERED", "Z", people, details={"order_pay_by_on": TODAY}) == [
        "指令书确定的支付期限还没过：期限到2026-06-16（《劳动保障监察条例》第二十六条）"
    ]


@pytest.mark.parametrize("step, state", [("give_notice", "ORDERED"), ("enforce", "DECIDED")])
def test_nothing_more_is_asked_of_who_has_paid(people, step, state):
    (said,) = refused(step, state, "Z", people, paid=True)

    assert said in (
        "工资已经付清，办理结案即可（《劳动保障监察条例》第十八条）",
        "工资已经付清、罚款已经缴清，办理结案即可（《劳动保障监察条例》第十八条）",
    )


# The decision

NOTICE = "事先告知书还没有送达全部被投诉单位（《劳动保障监察条例》第十九条、《行政处罚法》第四十四条）"


@pytest.mark.parametrize(
    "step, state, by",
    [
        ("hold_hearing", "PRE_NOTICE", "J"),
        ("decide", "PRE_NOTICE", "L"),
        ("police_refuse", "POLICE_PENDING", "B"),
    ],
)
def test_step_needs_a_served_notice(people, step, state, by):
    assert refused(step, state, by, people, details={"notice_served_on": None}) == [NOTICE]


def test_after_a_served_notice_the_police_send_the_case_back_to_the_decision(people):
    served = {"notice_served_on": TODAY - DAY}

    assert refused("police_refuse_before_notice", "POLICE_PENDING", "B", people, details=served) == [
        "已经送达过事先告知书，按“公安不予立案，作出决定”办理（《行政执法机关移送涉嫌犯罪案件的规定》第十条）"
    ]


def end_of_statements(case, due_on: date) -> None:
    case.clocks.filter(rule_code="T17").update(due_on=due_on)


def test_decision_waits_for_statements(people):
    case = ready_for("decide", people, State.PRE_NOTICE)
    end_of_statements(case, TODAY)

    assert reasons("decide", case, people["L"], people) == [
        "陈述申辩的期限还没过，也没有书面放弃：期限到2026-06-16（《行政处罚法》第四十四条、第四十五条）"
    ]


def test_decision_waits_for_the_statements_of_every_party(people):
    """The period of the one who was told last counts, whoever was entered first."""
    case = ready_for("decide", people, State.PRE_NOTICE)
    end_of_statements(case, TODAY + DAY)
    other = respondent(case, "重庆某某建设集团有限公司")
    clock(case, "T17", TODAY - 15 * DAY, TODAY - 8 * DAY, party=other)

    assert reasons("decide", case, people["L"], people) == [
        "陈述申辩的期限还没过，也没有书面放弃：期限到2026-06-17（《行政处罚法》第四十四条、第四十五条）"
    ]


def test_waiver_in_writing_ends_the_statements_of_who_gave_it(people):
    case = ready_for("decide", people, State.PRE_NOTICE)
    case.clocks.all().delete()
    other = respondent(case, "重庆某某建设集团有限公司")
    for unit in (respondent_of(case), other):
        clock(case, "T17", TODAY - 2 * DAY, TODAY + DAY, party=unit)
    facts = {"waived": "yes", "content": "书面放弃。"}

    take("hear_statement", case, people["Z"], party=respondent_of(case).pk, **facts)
    with pytest.raises(StepRefused, match="陈述申辩的期限还没过"):
        propose("decide", case, people["L"], people)
    done = take("hear_statement", case, people["Z"], party=other.pk, **facts)

    assert done.complaint.statement_waived_on == TODAY
    assert propose("decide", done, people["L"], people).state == "open"


HEARING = "听证申请的期限还没过，也没有举行听证：期限到2026-06-16（《行政处罚法》第六十四条）"


@pytest.mark.parametrize("waived_on", [None, TODAY])
def test_decision_waits_for_a_hearing_whatever_was_waived(people, waived_on):
    """A waiver of the statement does not end the five days in which a hearing can be asked for."""
    case = ready_for(
        "decide", people, State.PRE_NOTICE, details={"hearing_right": True, "statement_waived_on": waived_on}
    )
    clock(case, "T19", TODAY - 5 * DAY, TODAY)

    assert reasons("decide", case, people["L"], people) == [HEARING]


def test_hearing_that_was_held_lets_the_decision_be_made(people):
    held = {"hearing_right": True, "hearing_held_on": TODAY}
    case = ready_for("decide", people, State.PRE_NOTICE, details=held)
    clock(case, "T19", TODAY - 5 * DAY, TODAY, met_on=TODAY - 2 * DAY)

    assert propose("decide", case, people["L"], people).state == "open"


def test_decision_waits_for_the_legal_review(people):
    assert refused("decide", "PRE_NOTICE", "L", people, details={"legal_review_needed": True}) == [
        "还没有通过法制审核（《行政处罚法》第五十八条）"
    ]


def test_major_case_is_discussed_first(people):
    assert refused("decide", "PRE_NOTICE", "L", people, is_major=True) == [
        "重大案件还没有集体讨论（《行政处罚法》第五十七条）"
    ]


def test_review_and_discussion_that_were_done_let_the_decision_be_made(people):
    done = {"legal_review_needed": True, "legal_review_passed_on": TODAY, "discussed_on": TODAY}
    case = ready_for("decide", people, State.PRE_NOTICE, is_major=True, details=done)

    assert propose("decide", case, people["L"], people).state == "open"


def test_review_that_failed_is_no_review(people):
    case = ready_for("review_law", people, State.PRE_NOTICE, details={"legal_review_passed_on": TODAY - DAY})

    done = take("review_law", case, people["F"], people, passed="no")

    assert (done.complaint.legal_review_passed_on, done.complaint.legal_reviewer) == (None, None)


# Police

CRIME = (
    "还没到移送的条件：10人以上且共6万元以上，或者一人三个月以上且1万元以上，经责令仍不支付"
    "（《刑法》第二百七十六条之一、渝人社发〔2014〕202号第三条）"
)


@pytest.mark.parametrize(
    "workers, owed_fen, months, reached",
    [
        (1, 1_000_000, ("2026-01", "2026-03"), True),  # three months and 10,000 yuan exactly
        (1, 999_999, ("2026-01", "2026-03"), False),
        (1, 5_000_000, ("2026-02", "2026-03"), False),  # two months
        (10, 600_000, ("2026-03", "2026-03"), True),  # ten workers and 60,000 yuan exactly
        (10, 599_999, ("2026-03", "2026-03"), False),
        (9, 900_000, ("2026-03", "2026-03"), False),
    ],
)
def test_transfer_needs_a_large_amount(people, workers, owed_fen, months, reached):
    size = {"workers": workers, "owed_fen": owed_fen, "months": months}
    case = ready_for("transfer_to_police", people, State.ORDERED, **size)

    if reached:
        assert propose("transfer_to_police", case, people["Z"], people).state == "open"
    else:
        assert reasons("transfer_to_police", case, people["Z"], people) == [CRIME]


def test_what_was_paid_no_longer_counts_towards_the_line(people):
    case = ready_for("transfer_to_police", people, State.ORDERED)
    pay(worker_of(case), 300_000)

    assert reasons("transfer_to_police", case, people["Z"], people) == [CRIME]


VAIN = "指令书或决定书还没有送达，期限没过，不能移送（《行政执法机关移送涉嫌犯罪案件的规定》第五条、法释〔2013〕3号）"


@pytest.mark.parametrize("order", [{"order_served_on": None}, {"order_pay_by_on": TODAY}])
def test_transfer_needs_an_order_in_vain(people, order):
    details = {"decision_served_on": None, **order}

    assert refused("transfer_to_police", "ORDERED", "Z", people, details=details) == [VAIN]


def test_decision_in_vain_is_enough_for_the_transfer(people):
    case = ready_for("transfer_to_police", people, State.DECIDED, details={"order_served_on": None})

    assert propose("transfer_to_police", case, people["Z"], people).state == "open"


def test_transfer_needs_flight_or_refusal(people):
    assert refused("transfer_to_police", "ORDERED", "Z", people, facts={"flight_or_refusal": " "}) == [
        "还没填逃匿或有能力而不支付的事实"
    ]


# Closing


@pytest.mark.parametrize("step, state", [("close_paid", "ORDERED"), ("close_performed", "DECIDED")])
def test_closing_needs_every_worker_paid(people, step, state):
    case = ready_for(step, people, state, paid=False, workers=2)
    pay(worker_of(case), 1_200_000)

    assert reasons(step, case, people["Z"], people) == [
        "还有工资没有付清，登记支付凭证以后再结案：还有1人共12,000.00元没有付清（《劳动保障监察条例》第十八条）"
    ]


@pytest.mark.parametrize("step, state", [("close_paid", "ORDERED"), ("close_performed", "DECIDED")])
def test_closing_needs_a_call_back(people, step, state):
    assert refused(step, state, "Z", people, facts={"call_back_done": ""}) == [
        "还没有抽查回访劳动者，回访确认收到工资以后再结案（《关于实施〈劳动保障监察条例〉若干规定》第三十五条）"
    ]


FITS = (
    "办结方式与支付凭证不一致，按实际付款人选办结方式，或更正支付记录"
    "（《关于实施〈劳动保障监察条例〉若干规定》第三十五条）"
)


@pytest.mark.parametrize(
    "outcome, source", [("04", "main_contractor"), ("05", "deposit"), ("06", "emergency_fund")]
)
def test_outcome_fits_who_paid(people, outcome, source):
    case = ready_for("close_paid", people, State.ORDERED, paid=False)
    paid = pay(worker_of(case), 1_200_000)

    assert reasons("close_paid", case, people["Z"], people, outcome=outcome) == [FITS]

    paid.source = source
    paid.save()
    assert propose("close_paid", case, people["Z"], people, outcome=outcome).state == "open"


def test_executed_means_paid(people):
    assert refused("close_executed", "ENFORCING", "Z", people, facts={"outcome": "07"}) == [
        "还没有付清的，只能以“法院终结执行”办结；以“法院执行到位”办结，要有法院执行的支付记录并付清（《行政强制法》第五十三条）",
        FITS,
    ]


def test_execution_that_found_nothing_closes_the_case(people):
    case = ready_for("close_executed", people, State.ENFORCING)
    propose("close_executed", case, people["Z"], people)

    assert take("close_executed", case, people["J"]).outcome == "08"


def test_withdrawal_is_recorded_before_it_ends_the_case(people):
    assert refused("cancel", "INVESTIGATING", "Z", people, facts={"outcome": "13"}) == [
        "撤回投诉要先登记，再以“撤回投诉且无继续必要”撤销立案（《关于实施〈劳动保障监察条例〉若干规定》第三十五条）"
    ]


def test_withdrawal_that_was_recorded_may_end_the_case(people):
    case = ready_for("cancel", people, State.INVESTIGATING, details={"withdrawn_on": TODAY})

    assert propose("cancel", case, people["Z"], people, outcome="13").state == "open"


def test_withdrawal_is_voluntary(people):
    assert refused("withdraw", "INVESTIGATING", "Z", people, facts={"voluntary": "no"}) == [
        "作为撤回投诉处理要写明劳动者是自愿的（《关于实施〈劳动保障监察条例〉若干规定》第三十五条）"
    ]


def test_file_is_complete_before_it_is_archived(people):
    assert refused("archive", "CLOSED", "Z", people, facts={"contents_complete": "no"}) == [
        "目录还不完整，或没有逐页编号，补齐再归档（《关于实施〈劳动保障监察条例〉若干规定》第四十条）"
    ]


# Enforcement

REMEDIES = "复议和诉讼的期限还没过，也没有维持决定的结果，不能申请强制执行"
UNUSED = {"remedy_used": False, "decision_upheld": False, "decided_on": TODAY - 320 * DAY}


def test_enforcement_needs_a_served_decision(people):
    assert refused("enforce", "DECIDED", "Z", people, details={"decision_served_on": None}) == [
        "决定书还没有送达全部被投诉单位（《行政处罚法》第六十一条）"
    ]


def test_enforcement_waits_for_a_pending_remedy(people):
    assert refused("enforce", "DECIDED", "Z", people, details={"remedy_used": True}) == [
        f"{REMEDIES}：已经申请复议或起诉，等结果（《行政强制法》第五十三条）"
    ]


def test_enforcement_waits_for_both_remedies(people):
    case = ready_for("enforce", people, State.DECIDED, details=UNUSED)
    clock(case, "T30", TODAY - 90 * DAY, TODAY - DAY)
    clock(case, "T31", TODAY - 90 * DAY, date(2026, 9, 16))

    assert reasons("enforce", case, people["Z"], people) == [
        f"{REMEDIES}：期限到2026-09-16（《行政强制法》第五十三条）"
    ]


def test_enforcement_waits_for_the_remedies_of_every_party(people):
    case = ready_for("enforce", people, State.DECIDED, details=UNUSED)
    clock(case, "T30", TODAY - 300 * DAY, TODAY - 200 * DAY)
    clock(case, "T31", TODAY - 100 * DAY, date(2026, 9, 16), party=respondent_of(case))
    clock(case, "T31", TODAY - 300 * DAY, TODAY - DAY, party=respondent(case, "重庆某某建设集团有限公司"))

    assert reasons("enforce", case, people["Z"], people) == [
        f"{REMEDIES}：期限到2026-09-16（《行政强制法》第五十三条）"
    ]


def test_enforcement_follows_unused_remedies(people):
    case = ready_for("enforce", people, State.DECIDED, details=UNUSED)
    clock(case, "T30", TODAY - 300 * DAY, TODAY - 200 * DAY)
    clock(case, "T31", TODAY - 300 * DAY, TODAY - DAY)

    assert propose("enforce", case, people["Z"], people).state == "open"


# Service


def test_document_is_not_served_before_it_was_made(people):
    case = ready_for("serve", people, State.ORDERED)

    assert reasons("serve", case, people["Z"], people, served_on=(TODAY - DAY).isoformat()) == [
        "送达日期不能早于文书日期，也不能晚于今天（《关于实施〈劳动保障监察条例〉若干规定》第三十八条）"
    ]


def test_document_is_not_served_tomorrow(people):
    assert refused("serve", "ORDERED", "Z", people, facts={"served_on": (TODAY + DAY).isoformat()}) == [
        "送达日期不能晚于今天"
    ]


def test_document_left_behind_names_its_witness(people):
    assert refused("serve", "ORDERED", "Z", people, facts={"method": "left", "proof": "拒收"}) == [
        "留置送达要写明拒收情况和见证人（《民事诉讼法》第八十九条）"
    ]


def test_void_document_is_not_served(people):
    case = ready_for("serve", people, State.ORDERED)
    facts = facts_for("serve", case, people)
    case.documents.update(state="void", voided_at=moment(TODAY), voided_by=people["J"], void_reason="写错")

    with pytest.raises(StepRefused) as refusal:
        take("serve", case, people["Z"], **facts)

    assert len(refusal.value.reasons) == 1
    assert fresh(case).complaint.order_served_on == TODAY - 9 * DAY


def test_document_of_another_case_is_not_served(people):
    case, other = ready_for("serve", people, State.ORDERED), ready_for("order", people, State.ORDERED)

    with pytest.raises(StepRefused):
        take("serve", case, people["Z"], people, document=document(other).pk)


# Parties, tasks, bank


def test_respondent_is_added_once(people):
    assert refused("add_party", "INVESTIGATING", "Z", people, facts={"name": EMPLOYER}) == [
        "被投诉单位已经是本案当事人（《保障农民工工资支付条例》第三十条）"
    ]


def test_task_is_answered_once(people):
    case = ready_for("reply_task", people, State.INVESTIGATING)
    facts = facts_for("reply_task", case, people)
    take("reply_task", case, people["H"], **facts)

    with pytest.raises(StepRefused):
        take("reply_task", case, people["H"], **facts)

    assert case.tasks.get().reply == "已约谈总包单位。"


def test_bank_is_told_after_the_decision_was_in_vain(people):
    assert refused("notify_bank", "DECIDED", "Z", people, details={"decision_pay_by_on": TODAY}) == [
        "处理决定的履行期限还没过：期限到2026-06-16（《关于实施〈劳动保障监察条例〉若干规定》第三十六条、第四十一条）"
    ]


def test_every_refusal_of_a_guard_cites_its_article():
    without = [
        (step.name, each.name)
        for step in INSPECTION.steps
        for each in step.guards
        if "《" not in each.law and "〔" not in each.law
    ]

    assert without == []


# Service


def serving(case, kind: str, **facts) -> dict:
    paper = document(case, kind, issued_on=facts.pop("issued_on", TODAY))
    usual = {"method": "direct", "served_on": TODAY.isoformat(), "proof": "负责人签收"}
    return {**usual, "document": paper.pk, "party": respondent_of(case).pk, **facts}


@pytest.mark.parametrize("term", [TODAY, TODAY - DAY])
def test_order_is_served_before_the_day_it_sets(people, term):
    case = ready_for("order", people, State.ORDERED, details={"order_pay_by_on": term})

    with pytest.raises(StepRefused) as refusal:
        take("serve", case, people["Z"], **serving(case, "D18"))

    assert refusal.value.reasons == [
        "送达时文书写明的期限已经到了，当事人来不及办；另开一份、改了期限再送达："
        f"期限到{term}（《关于实施〈劳动保障监察条例〉若干规定》第三十八条）"
    ]


@pytest.mark.parametrize("days, refused_", [(29, True), (30, False)])
def test_public_notice_lasts_thirty_days(people, days, refused_):
    case = ready_for("decide", people, State.DECIDED)
    day = (TODAY - days * DAY).isoformat()
    facts = serving(case, "D26", issued_on=TODAY - 40 * DAY, method="announcement", published_on=day)

    if refused_:
        with pytest.raises(StepRefused, match="公告送达要从公告之日起满30日"):
            take("serve", case, people["Z"], **facts)
    else:
        assert take("serve", case, people["Z"], **facts).complaint.decision_served_on == TODAY


# Flags and requests


@pytest.mark.parametrize(
    "step, by, sentence",
    [
        ("resume", "Z", "案件没有中止，不用恢复"),
        ("decide_recusal", "L", "没有等待决定的回避申请，先登记申请"),
        ("dispose_evidence", "Z", "哪一次登记保存里没有这一项"),
        ("record_court", "Z", "还没有登记向法院申请"),
        ("apply_to_court", "Z", "催告书送达后的10个工作日还没过，也没有送达催告书，不能向法院申请"),
    ],
)
def test_nothing_is_answered_that_was_not_asked(people, step, by, sentence):
    state = State.ENFORCING if step in ("record_court", "apply_to_court") else State.INVESTIGATING
    case = ready_for("investigate", people, state)

    with pytest.raises(StepRefused, match=sentence):
        take(step, case, people[by], people)


def test_suspended_case_is_not_suspended_again(people):
    case = ready_for("suspend", people, State.INVESTIGATING, is_suspended=True)

    with pytest.raises(StepRefused, match="案件已经中止"):
        propose("suspend", case, people["Z"], people)


def test_hearing_is_not_chaired_by_an_inspector_of_the_case(people):
    case = ready_for("hold_hearing", people, State.PRE_NOTICE)

    with pytest.raises(StepRefused, match="听证主持人不能是本案的办案人员"):
        take("hold_hearing", case, people["J"], people, chair=str(people["X"]))


# The authority of the sector


@pytest.mark.parametrize("cause", ["01", "04"])
def test_sector_authority_is_told_of_unpaid_works_and_illegal_contracts(people, cause):
    case = on_site(ready_for("conclude_investigation", people, State.INVESTIGATING))

    with pytest.raises(StepRefused, match="先给行业主管部门发协办任务：发给区住房城乡建委"):
        propose("conclude_investigation", case, people["Z"], people, cause=cause)

    task(case, "housing")
    assert propose("conclude_investigation", case, people["Z"], people, cause=cause).state == "open"


def test_other_causes_ask_nobody(people):
    case = on_site(ready_for("conclude_investigation", people, State.INVESTIGATING))

    assert propose("conclude_investigation", case, people["Z"], people, cause="06").state == "open"


def on_site(case):
    case.project = Project.objects.create(agency=case.agency, name="示例安置房二期", type="housing")
    case.save()
    return case


# Reopening


def test_case_taken_up_again_starts_without_the_old_order(people):
    case = ready_for("reopen", people, State.CLOSED)
    propose("reopen", case, people["J"], people)

    done = take("reopen", case, people["L"])

    complaint = done.complaint
    assert {complaint.order_served_on, complaint.notice_served_on, complaint.decision_served_on} == {None}
    assert (complaint.remedy_used, complaint.decision_upheld) == (False, False)
    assert done.confirmed_fen == case.confirmed_fen


# Annulled decisions, units added later, facts in order


def test_annulled_decision_is_investigated_again(people):
    case = ready_for("take_up_again", people, State.DECIDED)
    clock(case, "T10", TODAY - 40 * DAY, TODAY + 20 * DAY, met_on=TODAY - 20 * DAY)
    clock(case, "T26", TODAY - 10 * DAY, TODAY - DAY)

    propose("take_up_again", case, people["Z"], people)
    done = take("take_up_again", case, people["L"])

    assert done.state == State.INVESTIGATING
    assert done.complaint.decided_on is None
    assert not done.complaint.decision_annulled
    running = done.clocks.filter(met_on=None, ended_on=None).values_list("rule_code", flat=True)
    assert list(running) == ["T10"]


def test_decision_that_stands_is_not_taken_up_again(people):
    assert refused("take_up_again", "DECIDED", "Z", people, details={"decision_annulled": False}) == [
        "没有登记决定被撤销、变更；先办理“登记复议、诉讼”（《行政复议法》第六十三条、第六十四条）"
    ]


def test_unit_added_after_the_order_has_to_be_ordered_too(people):
    case = ready_for("add_party", people, State.ORDERED)
    propose("add_party", case, people["Z"], people)

    done = take("add_party", case, people["J"])

    assert done.complaint.order_served_on is None


def test_case_paid_after_the_notice_is_closed(people):
    case = ready_for("close_paid", people, State.PRE_NOTICE)
    propose("close_paid", case, people["Z"], people)

    assert take("close_paid", case, people["J"]).state == State.CLOSED


def test_case_is_archived_after_the_worker_was_told(people):
    case = ready_for("archive", people, State.CLOSED)
    clock(case, "T56", TODAY - DAY, TODAY + 4 * DAY)

    with pytest.raises(StepRefused, match="还没有登记把结果告知劳动者"):
        take("archive", case, people["Z"], people)


@pytest.mark.parametrize(
    "step, state, details, sentence",
    [
        ("tell_result", "CLOSED", {}, "告知结果的日期不能早于有结果的日期"),
        (
            "send_to_police",
            "POLICE_PENDING",
            {"police_transferred_on": TODAY},
            "移送材料的日期不能早于批准移送的日期",
        ),
        ("bank_received", "DECIDED", {}, "通知书到达银行的日期不能早于开具的日期"),
        ("apply_to_court", "ENFORCING", {}, "申请的日期要在催告期满以后"),
    ],
)
def test_facts_come_in_their_order(people, step, state, details, sentence):
    case = ready_for(step, people, state, details=details)

    with pytest.raises(StepRefused, match=sentence):
        take(step, case, people["Z"], people, done_on=(TODAY - 40 * DAY).isoformat())


def test_demand_has_to_reach_every_unit(people):
    case = ready_for("enforce", people, State.ENFORCING)
    respondent(case, "重庆某某建设集团有限公司")
    clock(case, "T35", TODAY - 20 * DAY, TODAY - 6 * DAY, party=respondent_of(case))

    with pytest.raises(StepRefused, match="还有单位没有送达催告书"):
        take("apply_to_court", case, people["Z"], people)
