"""What the statute refuses, each with the sentence that names its rule; nothing of a refused step remains."""

import pytest

from agencies.models import Agency
from arbitration import booking
from arbitration.models import Award, Dispute, DisputeClaim, DisputeParty
from arbitration.services import open_for
from calendars.services import load_official_calendars
from cases.models import Assignment, Case, CaseKind, Claim, Duty
from cases.workflow.table import Referral, StepRefused
from tests.arbitration.situations import (
    award,
    dispute,
    facts_for,
    fresh,
    hearing,
    propose,
    ready_for,
    room,
    sit,
    staff,
    take,
    unit_of,
    worker_of,
)
from tests.inspection.situations import DAY, TODAY, clock, moment
from tests.inspection.situations import complaint as a_complaint
from tests.inspection.situations import staff as inspectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    load_official_calendars()
    return staff()


def refusal(step: str, case, by, people, **facts) -> str:
    """The sentences with which the step is refused; the state is unchanged."""
    before = fresh(case).state
    with pytest.raises(StepRefused) as refused:
        take(step, case, by, people, **facts)
    assert fresh(case).state == before
    return "；".join(refused.value.reasons)


def test_unclear_claims_are_not_submitted(people):
    case = dispute(people, "RECEIVED", fen=None)
    assert "请求劳动报酬要写明金额" in refusal("submit", case, people["R"], people)
    DisputeClaim.objects.filter(case=case).delete()
    assert "还没有登记仲裁请求" in refusal("submit", case, people["R"], people)


def test_correction_is_asked_once(people):
    case = dispute(people, "RECEIVED", details={"correction_items": "合同"})
    assert "已经告知过一次补正" in refusal("request_correction", case, people["R"], people)


def test_lapsed_limitation_does_not_stop_acceptance(people):
    case = dispute(people, "FOR_APPROVAL", migrant=False, details={"employment_ended_on": TODAY - 800 * DAY})
    assert case.dispute.limitation.is_over
    assert take("accept", case, people["Y"]).state == "ACCEPTED"


def test_only_the_lane_takes_a_promise(people):
    case = dispute(people, "RECEIVED", migrant=False)
    assert "只有农民工工资争议可以凭承诺先立案" in refusal("accept_promise", case, people["R"], people)


def test_member_of_two_open_groups_for_the_same_months_is_refused(people):
    first, second = (dispute(people, state, workers=10) for state in ("ACCEPTED", "FOR_APPROVAL"))
    for case in (first, second):
        person = worker_of(case).person
        person.id_number = "50022419850615002X"
        person.save()

    told = refusal("accept", second, people["Y"], people)

    assert "同一劳动者相同月份的请求已在另一件在办的集体争议里" in told
    assert first.case_no in told


def test_group_needs_three_arbitrators(people):
    case = dispute(people, "ACCEPTED", workers=10)
    assert "十人以上的集体争议由三名仲裁员组成仲裁庭" in refusal("constitute", case, people["Y"], people)
    done = take(
        "constitute",
        case,
        people["Y"],
        people,
        tribunal_form="panel",
        member=people["B"].pk,
        member2=people["D"].pk,
    )
    held = sorted(done.assignments.filter(until=None).values_list("duty", flat=True))
    assert held == ["chief", "clerk", "member", "member"]


def test_clerk_is_no_arbitrator_of_the_case(people):
    case = dispute(people, "ACCEPTED")
    assert "独任的不选其他仲裁员" in refusal("constitute", case, people["Y"], people, member=people["B"].pk)
    twice = {"tribunal_form": "panel", "member": people["A"].pk, "member2": people["B"].pk}
    assert "同一个人只能担任一项" in refusal("constitute", case, people["Y"], people, **twice)
    told = refusal("constitute", case, people["Y"], people, clerk=people["B"].pk)
    assert "书记员不在可选的人员里" in told


def test_former_mediator_sits_only_with_consent(people):
    """Whoever mediated the matter it came from may not decide it, unless both sides agreed."""
    mediation = Case.objects.create(
        kind=CaseKind.MEDIATION,
        agency=Agency.objects.get(code="arb"),
        state="FAILED",
        receipt_no="铜劳人仲登〔2026〕99999号",
        received_on=TODAY,
        registered_at=moment(TODAY),
        registered_by=people["T"],
        applicant_name="王某某",
        respondent_name="重庆某某建筑劳务有限公司",
    )
    Assignment.objects.create(case=mediation, user=people["A"], duty=Duty.MEDIATOR, since=moment(TODAY))
    case = dispute(people, "ACCEPTED", details={"source_case": mediation})

    assert "调解过这件争议的人不能审理" in refusal("constitute", case, people["Y"], people)
    case = take("consent_to_mediator", case, people["R"], people)
    assert take("constitute", case, people["Y"], people).state == "CONSTITUTING"


def test_late_objection_and_late_counterclaim_are_refused(people):
    for step in ("object_jurisdiction", "file_counterclaim"):
        case = dispute(people, "REPLY_PERIOD")
        clock(case, "ARB-05", TODAY - 20 * DAY, TODAY - DAY, party=unit_of(case))
        assert "期限到2026-06-15" in refusal(step, case, people["C"], people)


def test_late_claim_is_a_new_case(people):
    case = dispute(people, "IN_HEARING", details={"evidence_due_on": TODAY - DAY})
    assert "举证期限已过，增加、变更的请求另行申请" in refusal("add_claim", case, people["A"], people)


def test_hearing_inside_the_notice_period_is_refused(people):
    """Tuesday 23 June: 22 and 18, 17, 16 are the working days before it, 19 June is off."""
    case = dispute(people, "REPLY_PERIOD")
    told = refusal("schedule", case, people["A"], people, hearing_on="2026-06-23")
    assert "来不及在开庭五日前通知双方" in told
    assert "最晚要在2026-06-15通知" in told
    assert booking.notice_by(TODAY + 8 * DAY) == TODAY


def test_clear_days_between_notice_and_hearing_where_the_district_wants_them(people, settings):
    settings.HEARING_CLEAR_DAYS = True
    assert booking.notice_by(TODAY + 8 * DAY) == TODAY - DAY


def test_room_and_people_are_not_taken_twice(people):
    other = dispute(people, "AWAITING_HEARING")
    hearing(other, people, days=14)
    case = dispute(people, "REPLY_PERIOD")
    told = refusal(
        "schedule",
        case,
        people["C"],
        people,
        hearing_on="2026-06-30",
        starts="10:00",
        ends="11:30",
        room=room().pk,
    )
    assert f"第一仲裁庭已排{other.case_no}（09:30–11:00）" in told
    assert "测试arbitrator01要办" in told
    free = take(
        "schedule",
        case,
        people["C"],
        hearing_on="2026-06-30",
        starts="11:00",
        ends="12:00",
        room=room().pk,
    )
    assert free.state == "AWAITING_HEARING"


def test_copies_reach_everybody_before_a_hearing_is_set(people):
    case = dispute(people, "REPLY_PERIOD")
    DisputeParty.objects.filter(party=unit_of(case)).update(copy_received_on=None)
    assert "还有被申请人没有收到申请书副本：重庆某某建筑劳务有限公司" in refusal(
        "schedule", case, people["A"], people
    )


def test_nobody_is_judged_absent_without_proof_of_receipt(people):
    """A call or a message that was not confirmed proves nothing: neither default nor deemed withdrawal."""
    case = dispute(people, "AWAITING_HEARING")
    hearing(case, people, proved=False)
    told = refusal("hear", case, people["A"], people, absent=str(unit_of(case).pk))
    assert "没有正式的送达证明，不能缺席审理" in told
    assert "没有申请人收到开庭通知的正式证明" in refusal("deem_withdrawn", case, people["A"], people)

    proved = dispute(people, "AWAITING_HEARING")
    hearing(proved, people, state="planned")
    done = take("deem_withdrawn", proved, people["A"], people)
    assert (done.outcome, done.closed_on, done.is_open) == ("deemed_withdraw", TODAY, False)


def test_default_is_noted(people):
    case = dispute(people, "AWAITING_HEARING")
    planned = hearing(case, people)
    done = take("hear", case, people["A"], people, absent=str(unit_of(case).pk))

    assert done.dispute.in_default
    assert planned.notices.get(party=unit_of(case)).attendance == "absent"


def test_extension_after_the_limit_is_refused(people):
    case = ready_for("extend", people, "DELIBERATING")
    case.clocks.update(due_on=TODAY - DAY)
    propose("extend", case, people["A"], people)
    assert "到期后不能再延长" in refusal("extend", case, people["Y"], None)


def test_extension_comes_once(people):
    case = ready_for("extend", people, "DELIBERATING")
    propose("extend", case, people["A"], people)
    take("extend", case, people["Y"])
    with pytest.raises(StepRefused, match="已经延期过一次"):
        propose("extend", case, people["A"], people)


def test_termination_asks_for_a_court_after_the_limit(people):
    case = dispute(people, "IN_HEARING")
    clock(case, "ARB-23", TODAY - 25 * DAY, TODAY + 5 * DAY)
    assert "裁决期限还没过，法院受理也不终止仲裁" in refusal("terminate", case, people["Y"], people)


def test_result_is_not_served_before_it_is_made(people):
    case = dispute(people, "DECIDED")
    award(case, people["A"])
    told = refusal(
        "serve_result", case, people["C"], people, party=str(unit_of(case).pk), served_on="2026-06-10"
    )
    assert "送达日期早于作出的日期" in told


def test_award_is_not_served_by_wire(people):
    case = ready_for("serve_result", people, "DECIDED")
    told = refusal("serve_result", case, people["C"], people, method="electronic")
    assert "裁决书、调解书不能用电子方式送达" in told


def test_announcement_comes_last(people):
    case = dispute(people, "CONSTITUTING")
    told = refusal("announce", case, people["C"], people, tried="打电话没有人接")
    assert "公告送达以前要先试直接送达和邮寄送达" in told


def test_group_withdraws_only_with_its_consent(people):
    case = dispute(people, "REPLY_PERIOD", workers=10)
    assert "撤回要有被代表的人同意的依据" in refusal("withdraw", case, people["A"], people)


# Awards


def drafted(people, case, lines: str):
    case = take("deliberate", case, people["A"], people)
    return take("draft", case, people["A"], items=lines, found="事实。", reasons="理由。")


@pytest.mark.parametrize(
    ("kinds", "sums", "expected"),
    [
        ({"wage": 2_796_000}, ["27960"], ["final"]),
        ({"wage": 2_796_001}, ["27960.01"], ["nonfinal"]),
        ({"wage": 2_000_000, "terminate": 3_000_000}, ["20000", "30000"], ["nonfinal", "final"]),
        ({"wage": 2_000_000, "terminate": 2_000_000}, ["20000", "20000"], ["final"]),
        ({"wage": 1_000_000, "confirm": None}, ["10000", "支持"], ["nonfinal"]),
        ({"wage": 5_000_000}, ["20000"], ["final"]),
        ({"rest": None, "noncompete": 1_000_000}, ["支持", "10000"], ["nonfinal", "final"]),
    ],
)
def test_each_item_is_measured_by_itself(people, kinds, sums, expected):
    """12 × 2,330 = 27,960 yuan per item; confirmation of employment makes all of it non-final; mixed makes two."""
    case = dispute(people, "DELIBERATING")
    case.dispute_claims.all().delete()
    for kind, fen in kinds.items():
        DisputeClaim.objects.create(
            case=case, party=worker_of(case), type=kind, amount_fen=fen, filed_on=TODAY
        )
    case = drafted(people, case, "\n".join(f"{place} {sum_}" for place, sum_ in enumerate(sums, start=1)))

    assert sorted(case.awards.values_list("finality", flat=True), reverse=True) == expected
    done = take("sign", case, people["Y"])
    outcome = "award_partial" if len(expected) > 1 else f"award_{expected[0]}"
    assert (done.outcome, done.closed_on) == (outcome, TODAY)
    kinds_of_paper = {"final": "AD26", "nonfinal": "AD27"}
    assert {row.document.kind for row in done.awards.all()} == {kinds_of_paper[each] for each in expected}


def test_returned_draft_is_undone(people):
    case = drafted(people, dispute(people, "DELIBERATING"), "1 18600")
    case = take("return_draft", case, people["Y"], reason="理由要补。")

    assert case.dispute_claims.get().award is None
    assert Award.objects.get().dropped_at is not None


def test_every_claim_has_its_line(people):
    case = dispute(people, "DELIBERATING", workers=2)
    case = take("deliberate", case, people["A"], people)
    told = refusal("draft", case, people["A"], None, items="1 18600", found="事实。", reasons="理由。")
    assert "每一项还没有处理的请求都要写一行：王某2劳动报酬" in told


def test_paper_of_mediation_is_in_force_when_everybody_signed(people):
    case = take("settle", dispute(people, "TRIBUNAL_MEDIATION"), people["A"], people)
    assert case.is_open
    case = take("serve_result", case, people["C"], people, party=str(worker_of(case).pk))
    assert case.is_open
    case = take("serve_further_result", case, people["C"], people, party=str(unit_of(case).pk))

    assert (case.closed_on, case.outcome, case.dispute.effective_on) == (TODAY, "mediate", TODAY)
    assert case.confirmed_fen == 1_500_000
    case = take("finish", case, people["C"])
    assert take("take_effect", case, people["C"]).state == "EFFECTIVE"


def test_whoever_backs_out_before_signing_gets_an_award(people):
    case = take("settle", dispute(people, "TRIBUNAL_MEDIATION"), people["A"], people)
    case = take("back_out", case, people["A"], people, party=unit_of(case).pk)

    assert (case.state, case.dispute_claims.get().award) == ("DELIBERATING", None)


def test_suit_of_one_worker_leaves_the_award_to_the_others(people):
    """One of two sues: in force for the other; the unit sues: for nobody."""
    for who, state in ((worker_of, "EFFECTIVE"), (unit_of, "CLOSED")):
        case = dispute(people, "CLOSED", workers=2)
        award(case, people["A"], finality="nonfinal")
        clock(case, "AFT-01", TODAY - 17 * DAY, TODAY - DAY)
        DisputeParty.objects.filter(party=who(case)).update(went_on="suit", went_on_on=TODAY - 2 * DAY)
        try:
            reached = take("take_effect", case, people["C"]).state
        except StepRefused:
            reached = fresh(case).state
        assert reached == state


def test_group_is_served_through_who_speaks_for_it(people):
    case = dispute(people, "DECIDED", workers=12)
    sit(case, {"B": people["B"]}, panel=True)
    award(case, people["A"])
    case = take("serve_result", case, people["C"], people, party="all")
    case = take("serve_further_result", case, people["C"], people, party=str(unit_of(case).pk))

    assert case.clocks.filter(rule_code="AFT-02").count() == 12
    assert take("finish", case, people["C"]).state == "CLOSED"


# From other cases, together with other cases


def test_complaint_becomes_a_dispute_with_everything_in_it(people):
    """Nothing is typed again: people, unit, months and sums, facts, and the day that interrupted the limitation."""
    office = inspectors("WZJ")
    source = a_complaint(office, "REDIRECTED")
    parties = tuple(source.parties.filter(role="worker").select_related("person"))
    opened = open_for(Referral(source, parties, office["W"], "r1", {"consent_on": TODAY, "how": "当面"}))

    assert (opened.agency.code, opened.state, opened.dispute.origin) == ("arb", "RECEIVED", "inspection")
    assert opened.dispute.complaint_no == source.number
    owed = Claim.objects.filter(case=source).values_list("from_month", "to_month", "owed_fen")
    asked = opened.dispute_claims.values_list("from_month", "to_month", "amount_fen")
    assert list(asked) == list(owed)
    assert opened.dispute_claims.first().type == "wage"
    assert opened.interruptions.get().on == source.received_on
    assert opened.respondent_name == source.respondent_name
    with pytest.raises(StepRefused, match="已经从这件案子申请了仲裁"):
        open_for(Referral(source, parties, office["W"], "r2", {"consent_on": TODAY, "how": "当面"}))


def test_merged_cases_keep_number_and_limit(people):
    case = ready_for("merge", people, "REPLY_PERIOD")
    clock(case, "ARB-23", TODAY - 25 * DAY, TODAY + 20 * DAY)
    done = take("merge", case, people["A"], people)
    leading = done.dispute.merged_into

    assert done.case_no
    assert done.case_no != leading.case_no
    assert done.clocks.get(rule_code="ARB-23").due_on == TODAY + 20 * DAY
    assert leading.timeline.get(step="merge").facts["number"] == done.case_no
    alone = take("split_off", done, people["A"], people)
    assert alone.dispute.merged_into is None
    assert leading.timeline.filter(step="split_off").count() == 1


# Priority


def test_motion_names_who_granted_it(people):
    case = dispute(people, "REPLY_PERIOD", migrant=False)
    propose("enter_lane", case, people["A"], people, reason="工伤职工等钱治疗。")
    done = take("enter_lane", case, people["Y"])

    assert (done.is_priority, done.dispute.lane_reason, done.dispute.lane_by) == (True, "motion", people["Y"])
    assert done.clocks.get(rule_code="PRI-01").started_on == done.filed_on
    left = done
    propose("leave_lane", left, people["R"], people, reason="核实后不符合。")
    left = take("leave_lane", left, people["Y"])
    assert not left.is_priority
    assert not left.clocks.filter(rule_code="PRI-01", ended_on=None, met_on=None).exists()


def test_facts_of_deliberation_are_sealed(people):
    case = take("deliberate", dispute(people, "DELIBERATING"), people["A"], people, opinion="应当全额支持。")
    event = case.timeline.get(step="deliberate")

    assert event.facts["opinion"].startswith("hmac:")
    assert "应当全额支持" not in str(event.facts)
    assert case.deliberations.get().opinion == "应当全额支持。"
    assert facts_for("deliberate", case, people)["opinion"] != event.facts["opinion"]
    assert Dispute.objects.get(pk=case.pk).decided_on is None
