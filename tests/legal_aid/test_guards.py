"""What the law refuses, in its words: each guard of legal aid, with the fact that lifts it."""

from datetime import timedelta

import pytest

from cases.workflow.table import StepRefused
from legal_aid.models import Objection, Review, Tie
from tests.inspection.situations import DAY, TODAY, clock, moment
from tests.legal_aid.situations import (
    OPPONENT,
    application,
    facts_for,
    firm,
    fresh,
    lawyer,
    means,
    rate,
    ready_for,
    review,
    staff,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("KUMNS")


def refusals(step: str, case, by, people, **facts) -> str:
    """What is said when the step is refused."""
    with pytest.raises(StepRefused) as refusal:
        take(step, case, by, people, **facts)
    return "；".join(refusal.value.reasons)


def test_bare_finding_of_a_relation_is_not_granted_without_a_check(people):
    """The waiver of migrant workers covers wages and injury; a bare 确认劳动关系 is checked."""
    case = ready_for("grant", people, "UNDER_REVIEW", details={"matter": "31-5r"})
    assert "没有免予核查的理由，也不符合经济困难标准" in refusals("grant", case, people["M"], people)

    rate("hardship", 1200, by=people["M"])
    means(case, household=3, income_fen=360_100)
    assert "没有免予核查的理由" in refusals("grant", fresh(case), people["M"], people)

    case.means.income_fen = 360_000
    case.means.save()
    assert take("grant", case, people["M"], people).state == "GRANTED"


def test_review_comes_before_the_decision_and_needs_the_means(people):
    case = ready_for(
        "record_review", people, "UNDER_REVIEW", details={"matter": "31-5r", "reviewed_on": None}
    )

    assert "还没有登记经济困难状况说明" in refusals("record_review", case, people["U"], people)
    assert "还没有审查意见" in refusals("grant", case, people["M"], people)
    assert "还没有审查意见" in refusals("refuse", case, people["M"], people)


def test_exempt_applicant_is_not_refused_for_means(people):
    case = ready_for("refuse", people, "UNDER_REVIEW")

    said = refusals("refuse", case, people["M"], people, ground="not_hard_up", reason="收入高。")

    assert "不能以经济状况为由不予援助" in said


def test_person_who_is_not_entitled_gets_none(people):
    case = application(people, "UNDER_REVIEW", details={"reviewed_on": TODAY})
    review(case, people["U"], is_entitled=False)

    assert "申请人不符合条件" in refusals("grant", case, people["M"], people)


def test_review_holds_what_the_system_found(people):
    case = ready_for("record_review", people, "UNDER_REVIEW")

    take("record_review", case, people["U"], people)

    found = Review.objects.get(case=case)
    assert (found.exemption, found.article, found.hard_up) == (
        "migrant_wage",
        "《法律援助法》第四十二条第三项",
        None,
    )


@pytest.mark.parametrize(("left", "refused"), [(6, False), (7, True), (-1, True)])
def test_urgent_is_fewer_than_seven_days(people, left, refused):
    case = ready_for("aid_first", people, "APPLIED")
    limit = (TODAY + timedelta(days=left)).isoformat()

    if refused:
        said = refusals("aid_first", case, people["M"], people, limit_on=limit)
        assert "距时效或者期限届满还有7日以上" in said
    else:
        assert take("aid_first", case, people["M"], people, limit_on=limit).state == "URGENT_AID"


def test_preservation_is_urgent_without_a_day(people):
    case = ready_for("aid_first", people, "APPLIED")

    done = take("aid_first", case, people["M"], people, ground="measures", limit_on="")

    assert (done.state, done.case_no != "") == ("URGENT_AID", True)


def test_urgent_case_is_not_concluded_before_its_papers_are_there(people):
    case = ready_for("conclude", people, "IN_PROGRESS", details={"urgent_ground": "limit"})

    assert "先行提供的手续还没有补齐" in refusals("conclude", case, people["N"], people)


def test_supplement_after_the_day_is_a_withdrawal(people):
    case = ready_for("supply", people, "CORRECTING", details={"correction_due_on": TODAY - DAY})
    assert "补充的材料是期限过后收到的" in refusals("supply", case, people["K"], people)

    case = ready_for("lapse_correction", people, "CORRECTING", details={"correction_due_on": TODAY})
    assert "补充期限还没到" in refusals("lapse_correction", case, people["U"], people)


def test_objection_is_made_once_and_in_time(people):
    case = ready_for("object", people, "REFUSED")
    clock(case, "LA-07", TODAY - 16 * DAY, TODAY - DAY)
    assert "异议期限已过" in refusals("object", case, people["K"], people)

    case = ready_for("object", people, "REFUSED", details={"objected_on": TODAY, "objected_to": "REFUSED"})
    assert "已经对这个决定提出过异议" in refusals("object", case, people["K"], people)


def test_conflict_of_interest_warns_and_is_logged(people):
    """The firm is counsel of the other side: refused without a reason; with one it stands in assignment and record."""
    case = ready_for("assign", people, "GRANTED")
    its = lawyer(people["N"]).firm
    Tie.objects.create(firm=its, unit_name=OPPONENT, reason="常年法律顾问")

    said = refusals("assign", case, people["M"], people)
    assert "与对方当事人有利害关系" in said
    assert f"重庆示例律师事务所：{OPPONENT}（常年法律顾问）" in said

    done = take("assign", case, people["M"], people, conflict_note="顾问关系上月已经解除。")
    assert done.aid_assignments.get().conflict_note == "顾问关系上月已经解除。"
    assert done.timeline.first().facts["conflict_note"] == "顾问关系上月已经解除。"


def test_firm_that_is_full_or_resting_is_not_chosen(people):
    case = ready_for("assign", people, "GRANTED")
    full = firm("重庆某某律师事务所", most_open=0)
    assert "已经到了上限" in refusals("assign", case, people["M"], people, firm=full.pk)

    resting = firm("重庆休业律师事务所", is_active=False)
    assert "不在名册里" in refusals("assign", case, people["M"], people, firm=resting.pk)


def test_lawyer_is_named_after_the_firm_has_it_and_from_the_firm(people):
    case = ready_for("name_lawyer", people, "FIRM_ASSIGNED", details={"assignment_received_on": None})
    assert "还没有登记承办机构收到指派" in refusals("name_lawyer", case, people["U"], people)

    case = ready_for("name_lawyer", people, "FIRM_ASSIGNED")
    case.aid_assignments.update(firm=firm("重庆他所律师事务所"))
    assert "不在承办机构的名册里" in refusals("name_lawyer", case, people["U"], people)


def test_late_signature_needs_its_reason(people):
    case = ready_for("sign", people, "LAWYER_NAMED")
    clock(case, "LA-05", TODAY - 8 * DAY, TODAY - 3 * DAY)
    assert "超过5日才签订的" in refusals("sign", case, people["N"], people)

    assert take("sign", case, people["N"], people, delay="受援人住院。").state == "ENGAGED"


def test_plain_refusal_of_the_lawyer_ends_nothing(people):
    case = ready_for("terminate", people, "REPLACING", details={"replacement_by": "refuses"})

    said = refusals("terminate", case, people["M"], people, ground="8", facts="不接受承办人。")

    assert "只是不接受指派的承办人，不是终止的情形" in said
    assert take("terminate", case, people["M"], people, ground="6").state == "TERMINATED"


def test_file_that_is_not_in_order_and_subsidy_without_a_rate(people):
    case = ready_for("check_file", people, "FILE_CHECK")
    assert "卷宗不齐全或者不规范" in refusals("check_file", case, people["U"], people, complete="no")
    assert "其他费用要写明理由" in refusals("check_file", case, people["U"], people, extra="100")

    case = ready_for("check_file", people, "FILE_CHECK", details={"form": "court"})
    assert "补贴标准还没有设定" in refusals("check_file", case, people["U"], people)


def test_archive_waits_for_payment_and_for_the_objection(people):
    case = ready_for("archive", people, "SUBSIDY", details={"subsidy_paid_on": None})
    assert "还没有支付补贴" in refusals("archive", case, people["U"], people)

    case = ready_for("archive", people, "REFUSED")
    case.clocks.update(due_on=TODAY)
    assert "异议期限还没过" in refusals("archive", case, people["U"], people)


def test_objection_stands_apart_from_the_record(people):
    """What is held against a decision is sealed in the record and kept where only centre and bureau look."""
    case = ready_for("object", people, "REFUSED")

    done = take("object", case, people["K"], **facts_for("object", case, people))

    entry = done.timeline.first()
    assert Objection.objects.get(case=case).reason == "本人符合条件。"
    assert "本人符合条件。" not in str((entry.facts, entry.before, entry.after))
    assert entry.facts["reason"].startswith("hmac:")
