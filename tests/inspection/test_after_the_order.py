"""Hearing, fine, review and suit, police, and the list of units that owe in bad faith: their days and their order.

Today is Tuesday 2026-06-16; 06-19 to 06-21 is 端午节. Working days ahead: 06-17, 06-18, 06-22 to 06-26, 06-29 …
"""

from datetime import date

import pytest

from cases import services
from cases.models import Recusal
from cases.workflow.table import StepRefused
from inspection.states import State
from tests.inspection.situations import (
    DAY,
    EVERYTHING_DONE,
    TODAY,
    about_unit,
    clock,
    document,
    facts_for,
    fresh,
    moment,
    new_key,
    propose,
    ready_for,
    respondent,
    respondent_of,
    staff,
    take,
    task,
    wants_to_be_heard,
    worker_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJFLBPH")


def running(case) -> dict[str, date | None]:
    return {row.rule_code: row.due_on for row in case.clocks.filter(met_on=None, ended_on=None)}


def met(case) -> dict[str, date]:
    return dict(case.clocks.exclude(met_on=None).values_list("rule_code", "met_on"))


def serving(paper, party, **more) -> dict:
    usual = {"method": "direct", "served_on": TODAY.isoformat(), "proof": "负责人签收"}
    return {**usual, "document": paper.pk, "party": party.pk, **more}


# Review and suit

NO_REMEDY_YET = {"remedy_used": False, "decision_upheld": False}


def decided(people, **details):
    """A decision of ten days ago with both periods of the one unit running, and the window for going to court."""
    case = ready_for("record_remedy", people, State.DECIDED, details={**NO_REMEDY_YET, **details})
    for code, end in (("T30", date(2026, 8, 5)), ("T31", date(2026, 12, 7))):
        clock(case, code, TODAY - 10 * DAY, end, party=respondent_of(case))
    clock(case, "T36", date(2026, 12, 7), date(2027, 3, 8))
    return fresh(case)


def remedy(case, people, what: str, on: date = TODAY):
    facts = {"party": respondent_of(case).pk, "remedy": what, "done_on": on.isoformat(), "result": "文号1"}
    return take("record_remedy", case, people["Z"], **facts)


def test_court_window_opens_when_the_decision_was_served(people):
    case = ready_for("decide", people, State.DECIDED, details={**NO_REMEDY_YET, "decision_served_on": None})

    done = take("serve", case, people["Z"], **serving(document(case, "D26"), respondent_of(case)))

    assert running(done)["T31"] == date(2026, 12, 16)
    assert running(done)["T36"] == date(2027, 3, 16)


def test_review_stops_the_way_to_court(people):
    done = remedy(decided(people), people, "review")

    assert (met(done), running(done)) == ({"T30": TODAY}, {})
    assert done.complaint.remedy_used


def test_upheld_review_gives_fifteen_days_to_sue(people):
    """15 days from 06-16 end on 07-01; the three months for going to court follow."""
    done = remedy(remedy(decided(people), people, "review"), people, "review_upheld")

    assert running(done) == {"T31c": date(2026, 7, 1), "T36": date(2026, 10, 1) + 7 * DAY}
    assert not done.complaint.remedy_used


def test_suit_after_review_meets_its_fifteen_days(people):
    done = remedy(remedy(remedy(decided(people), people, "review"), people, "review_upheld"), people, "suit")

    assert (met(done)["T31c"], running(done)) == (TODAY, {})


def test_upheld_suit_opens_the_way_to_court_at_once(people):
    done = remedy(remedy(decided(people), people, "suit"), people, "suit_upheld")

    assert running(done) == {"T36": date(2026, 9, 16)}
    assert done.complaint.decision_upheld
    assert propose("enforce", fresh(done), people["Z"], people).state == "open"


def test_request_taken_back_lets_the_time_to_sue_run_on(people):
    done = remedy(remedy(decided(people), people, "review"), people, "taken_back")

    assert running(done) == {"T31": date(2026, 12, 7), "T36": date(2027, 3, 8)}


def test_annulled_decision_is_not_enforced(people):
    done = remedy(decided(people), people, "annulled")

    assert running(done) == {}
    with pytest.raises(StepRefused, match="决定已被撤销、变更"):
        propose("enforce", done, people["Z"], people)


@pytest.mark.parametrize(
    "what, on, said",
    [
        ("review_upheld", TODAY, "还没有登记申请复议或起诉"),
        ("review", TODAY - 11 * DAY, "这一天决定书还没有送达：不早于2026-06-06"),
    ],
)
def test_remedy_follows_what_came_before(people, what, on, said):
    with pytest.raises(StepRefused, match=said):
        remedy(decided(people), people, what, on)


def test_late_request_for_review_is_none(people):
    case = decided(people)
    case.clocks.filter(rule_code="T30").update(due_on=TODAY - DAY)

    with pytest.raises(StepRefused, match=r"期限已经过了.*：期限到2026-06-15"):
        remedy(case, people, "review")


def test_periods_of_an_earlier_round_do_not_count(people):
    case = ready_for("enforce", people, State.DECIDED, details=NO_REMEDY_YET)
    clock(case, "T31", TODAY - 300 * DAY, TODAY - DAY, party=respondent_of(case))

    with pytest.raises(StepRefused, match="复议和诉讼的期限还没过"):
        propose("enforce", case, people["Z"], people)


def test_enforcement_waits_for_the_day_of_performance(people):
    case = ready_for("enforce", people, State.DECIDED, details={"decision_pay_by_on": TODAY})

    with pytest.raises(StepRefused, match="决定的履行期限还没过：期限到2026-06-16"):
        propose("enforce", case, people["Z"], people)


def test_court_that_hears_the_parties_has_thirty_days_from_acceptance(people):
    case = ready_for("record_court", people, State.ENFORCING)
    case.clocks.all().delete()
    clock(case, "T37a", TODAY - 5 * DAY, TODAY, met_on=TODAY - 3 * DAY)
    clock(case, "T37b", TODAY - 3 * DAY, TODAY + 6 * DAY)

    done = take("record_court", case, people["Z"], people, court_event="contested")

    assert running(done) == {"T37c": date(2026, 7, 13)}


# Hearing


def test_hearing_asked_for_in_time_holds_up_the_decision(people):
    case = ready_for("request_hearing", people, State.PRE_NOTICE)
    clock(case, "T17", TODAY - 15 * DAY, TODAY - 8 * DAY)

    done = take("request_hearing", case, people["Z"], people)

    assert met(done) == {"T19": TODAY}
    with pytest.raises(StepRefused, match="还没过，也没有举行听证：已经有人申请听证"):
        propose("decide", done, people["L"], people)


def test_late_request_for_a_hearing_is_refused(people):
    case = ready_for("request_hearing", people, State.PRE_NOTICE)
    case.clocks.filter(rule_code="T19").update(due_on=TODAY - DAY)

    with pytest.raises(StepRefused, match="听证申请超过了期限，不用登记：期限到2026-06-15"):
        take("request_hearing", case, people["Z"], people)


def test_notice_of_the_hearing_counts_back_seven_working_days(people):
    """Hearing on Monday 07-06: 07-03, 07-02, 07-01, 06-30, 06-29, 06-26, 06-25."""
    case = ready_for("schedule_hearing", people, State.PRE_NOTICE)

    done = take("schedule_hearing", case, people["J"], people, hearing_on="2026-07-06")

    assert running(done) == {"T20": date(2026, 6, 25)}
    assert done.complaint.hearing_on == date(2026, 7, 6)


def test_hearing_is_not_set_too_soon(people):
    case = ready_for("schedule_hearing", people, State.PRE_NOTICE)

    with pytest.raises(StepRefused, match=r"离听证日太近了：要在2026-06-1[0-9]以前通知"):
        take("schedule_hearing", case, people["J"], people, hearing_on="2026-06-22")


def test_hearing_that_was_announced_late_does_not_count(people):
    case = ready_for("hold_hearing", people, State.PRE_NOTICE)

    with pytest.raises(StepRefused, match="另定日期重新通知"):
        take("hold_hearing", case, people["J"], people, notified_on=(TODAY - 3 * DAY).isoformat())


# Fine


def test_fine_alone_is_a_decision_on_the_fine(people):
    planned = {"notice_kind": "penalty", "fine_planned_fen": 500_000}
    case = ready_for("decide", people, State.PRE_NOTICE, details=planned)
    facts = {"content": "拒不提供工资支付表，予以罚款。", "fine": "5000"}
    propose("decide", case, people["L"], people, **facts)

    done = take("decide", case, people["B"])

    assert list(done.documents.values_list("kind", flat=True)) == ["D27"]
    assert (done.complaint.fine_fen, done.complaint.decision_pay_within) == (500_000, None)
    assert running(done)["T24"] == date(2026, 7, 1)
    served = take("serve", done, people["Z"], **serving(done.documents.get(), respondent_of(done)))
    assert (running(served)["T25"], served.complaint.fine_served_on) == (date(2026, 7, 1), TODAY)
    assert served.complaint.fine_due_on == date(2026, 7, 1)
    assert served.complaint.decision_served_on is None
    assert "T26" not in running(served)


def test_handling_and_fine_are_two_documents(people):
    case = ready_for("decide", people, State.PRE_NOTICE, details={"notice_kind": "both"})
    propose("decide", case, people["L"], people, fine="20000")

    done = take("decide", case, people["B"])

    assert sorted(done.documents.values_list("kind", flat=True)) == ["D26", "D27"]


def test_decision_without_fine_asks_for_none(people):
    case = ready_for("decide", people, State.PRE_NOTICE)
    propose("decide", case, people["L"], people)

    done = take("decide", case, people["B"])

    assert (done.complaint.fine_fen, "T24" in running(done)) == (None, False)


FINED = {
    "notice_kind": "both",
    "fine_fen": 500_000,
    "fine_served_on": TODAY - 10 * DAY,
    "fine_due_on": TODAY - DAY,
}


def test_case_is_not_closed_while_the_fine_is_open(people):
    case = ready_for("close_performed", people, State.DECIDED, details=FINED)

    with pytest.raises(StepRefused, match="罚款还没有缴清"):
        propose("close_performed", case, people["Z"], people)
    clock(case, "T25", TODAY - 10 * DAY, TODAY + 5 * DAY)
    paid = take("record_fine", case, people["Z"], done_on="2026-06-15", how="缴款书1号")

    assert met(paid) == {"T25": date(2026, 6, 15)}
    assert propose("close_performed", paid, people["Z"], people).state == "open"


def test_open_fine_can_be_enforced_after_the_wages_were_paid(people):
    details = {**FINED, "remedy_used": False}

    assert propose(
        "enforce",
        ready_for("enforce", people, State.DECIDED, details=details, paid=True),
        people["Z"],
        people,
    )


def test_penalty_performed_needs_a_penalty(people):
    case = ready_for("close_performed", people, State.DECIDED)

    with pytest.raises(StepRefused, match="办结方式与作出的决定不一致"):
        propose("close_performed", case, people["Z"], people, outcome="03")


def test_amounts_are_confirmed_before_the_decision_counts_as_performed(people):
    case = ready_for("close_performed", people, State.DECIDED, confirmed=False)

    with pytest.raises(StepRefused, match="还有劳动者的欠付金额没有认定"):
        propose("close_performed", case, people["Z"], people)


def test_file_is_not_put_away_before_the_fine_was_reported(people):
    case = ready_for("archive", people, State.CLOSED)
    clock(case, "T24", TODAY - 5 * DAY, TODAY + 6 * DAY)

    with pytest.raises(StepRefused, match="还有没办完的事：处罚决定报上一级备案"):
        take("archive", case, people["Z"], people)


def test_obstruction_stands_in_the_file(people):
    case = ready_for("give_notice_for_obstruction", people, State.INVESTIGATING)
    propose("give_notice_for_obstruction", case, people["Z"], people)

    assert (
        take("give_notice_for_obstruction", case, people["J"]).complaint.obstruction == "拒不提供工资支付表。"
    )


# Investigation


def test_decision_may_come_later_for_special_reasons(people):
    """15 working days and 10 more, counted from the start of ten days ago."""
    case = ready_for("extend_decision", people, State.PRE_NOTICE)
    propose("extend_decision", case, people["Z"], people)

    done = take("extend_decision", case, people["L"])

    assert running(done) == {"T11": date(2026, 7, 13)}


def test_decision_that_is_overdue_is_not_extended(people):
    case = ready_for("extend_decision", people, State.PRE_NOTICE)
    case.clocks.update(due_on=TODAY - DAY)

    with pytest.raises(StepRefused, match="没有在计时，或者已经届满"):
        propose("extend_decision", case, people["Z"], people)


def test_summons_runs_to_its_own_day_until_it_is_answered(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    paper = document(case, "D11")
    paper.term_on = date(2026, 6, 23)
    paper.save(update_fields=["term_on"])
    unit = respondent_of(case)

    summoned = take("serve", case, people["Z"], **serving(paper, unit))
    assert running(summoned) == {"T15": date(2026, 6, 23)}
    done = take("investigate", summoned, people["Z"], people, answered_by=unit.pk)

    assert (running(done), met(done)) == ({}, {"T15": TODAY})


def test_summons_that_comes_too_late_is_not_served(people):
    case = ready_for("investigate", people, State.INVESTIGATING)
    paper = document(case, "D11", issued_on=TODAY - 3 * DAY)
    paper.term_on = TODAY
    paper.save(update_fields=["term_on"])

    with pytest.raises(StepRefused, match="期限已经到了"):
        take("serve", case, people["Z"], **serving(paper, respondent_of(case)))


def test_unit_named_by_mistake_is_taken_out(people):
    case = ready_for("remove_party", people, State.INVESTIGATING)
    propose("remove_party", case, people["Z"], people)

    done = take("remove_party", case, people["J"])

    assert done.parties.filter(role="respondent").count() == 1
    assert done.timeline.first().facts["party"] == "误列的公司"


def test_unit_that_was_served_stays(people):
    case = ready_for("remove_party", people, State.ORDERED)
    wrong = case.parties.get(employer__name="误列的公司")
    clock(case, "T16", TODAY - DAY, TODAY + 6 * DAY, party=wrong)

    with pytest.raises(StepRefused, match="已经对这个单位送达过文书"):
        propose("remove_party", case, people["Z"], people)


def test_last_unit_stays(people):
    case = ready_for("add_party", people, State.INVESTIGATING)
    facts = {"party": respondent_of(case).pk, "reason": "登记错了。"}

    with pytest.raises(StepRefused, match="只剩这一个单位"):
        services.propose(
            case=case, step="remove_party", by=people["Z"], version=case.version, key=new_key(), **facts
        )


def test_bureau_head_decides_about_the_deputy_head(people):
    case = ready_for("decide_recusal", people, State.INVESTIGATING)
    facts = {"person": people["L"].pk, "reason": "亲属。", "granted": "yes"}

    clock(case, "T13", TODAY - DAY, TODAY + 2 * DAY, cause=f"user-{people['L'].pk}")
    with pytest.raises(StepRefused, match="分管副局长的回避由局长决定"):
        take("decide_recusal", case, people["L"], **facts)
    take("decide_recusal", case, people["B"], **facts)

    assert Recusal.objects.get(case=case).user == people["L"]


def test_head_of_the_office_may_be_asked_to_step_back(people):
    case = ready_for("request_recusal", people, State.INVESTIGATING)

    facts = {"person": people["J"].pk, "asked_on": "2026-06-15", "reason": "亲属。"}
    done = take("request_recusal", case, people["Z"], **facts)

    assert done.timeline.first().facts["person"] == str(people["J"])


# Police


def test_refusal_of_the_police_counts_from_its_notice(people):
    case = ready_for("record_refusal", people, State.POLICE_PENDING)
    clock(case, "T41", TODAY - 4 * DAY, TODAY)

    done = take("record_refusal", case, people["Z"], people, answered_on="2026-06-15")

    assert (met(done), running(done)) == ({"T41": date(2026, 6, 15)}, {"T42a": date(2026, 6, 18)})


def test_office_finishes_the_matter_after_the_remedies(people):
    """Row 19: the police refused, and what may be asked for was used or waived."""
    case = ready_for("police_refuse", people, State.POLICE_PENDING)
    clock(case, "T42a", TODAY - DAY, TODAY + 2 * DAY)

    with pytest.raises(StepRefused, match="提请复议、立案监督还没有结果"):
        take("police_refuse", case, people["B"], people)
    waived = {"asked": "waived", "done_on": "2026-06-16", "how": "局领导研究"}
    case = take("ask_police_again", case, people["Z"], **waived)

    assert take("police_refuse", case, people["B"], people).state == State.DECIDED


def test_police_may_open_the_case_after_they_refused(people):
    case = ready_for("police_open", people, State.POLICE_PENDING, details={"police_answered_on": TODAY - DAY})
    clock(case, "T42b", TODAY - DAY, TODAY + 2 * DAY)

    assert take("police_open", case, people["P"], people).outcome == "09"


def test_police_are_asked_again_and_the_procuratorate_after_them(people):
    case = ready_for("ask_police_again", people, State.POLICE_PENDING)
    clock(case, "T42a", TODAY - DAY, TODAY + 2 * DAY)
    how = {"how": "专人送达"}

    again = take("ask_police_again", case, people["Z"], asked="again", done_on="2026-06-16", **how)
    assert (met(again), running(again)) == ({"T42a": TODAY}, {"T42b": date(2026, 6, 22)})
    answered = take("ask_police_again", again, people["Z"], asked="answered", done_on="2026-06-16", **how)
    assert running(answered) == {"T42c": date(2026, 6, 22)}
    done = take("ask_police_again", answered, people["Z"], asked="procuratorate", done_on="2026-06-16", **how)

    assert running(done) == {}


def test_report_that_lapses_with_its_case_is_waited_for_no_longer(people):
    case = ready_for("transfer_to_police", people, State.ORDERED)
    propose("transfer_to_police", case, people["Z"], people)
    propose("give_notice", case, people["Z"], people)

    done = take("give_notice", case, people["J"])

    assert "T40a" not in running(done)


# The list


def unpaid(people):
    return ready_for("announce_listing", people, State.DECIDED)


def test_unit_is_told_and_heard_before_it_is_listed(people):
    case = unpaid(people)
    yes = about_unit(case, listed="yes", reason="经责令仍不支付。")

    with pytest.raises(StepRefused, match="先“告知拟列入失信名单”"):
        propose("decide_listing", case, people["Z"], people, **yes)
    told = take("announce_listing", case, people["Z"], people)
    assert running(told)["T45a"] == date(2026, 6, 24)
    with pytest.raises(StepRefused, match=r"提出异议的期限还没过.*：期限到2026-06-24"):
        propose("decide_listing", told, people["Z"], people, **yes)
    heard = take("receive_objection", told, people["Z"], people)
    assert running(heard)["T45b"] == date(2026, 6, 24)
    propose("decide_listing", heard, people["Z"], people, **yes)
    done = take("decide_listing", heard, people["B"])

    assert met(done) == {"T45a": TODAY, "T44": TODAY, "T45b": TODAY}
    assert running(done) == {"T46": date(2029, 6, 18)}


def test_each_unit_is_listed_for_itself(people):
    case = unpaid(people)
    other = respondent(case, "重庆某某建设集团有限公司")
    clock(case, "T44", TODAY - 2 * DAY, TODAY + 20 * DAY, party=other)
    propose("extend_listing", case, people["Z"], people, party=other.pk)

    done = take("extend_listing", case, people["B"])

    assert dict(done.clocks.values_list("party", "due_on")) == {
        respondent_of(case).pk: TODAY + 20 * DAY,
        other.pk: date(2026, 8, 10),
    }


def test_period_that_has_not_begun_lists_nobody(people):
    case = ready_for("announce_listing", people, State.DECIDED)
    case.clocks.update(started_on=TODAY + 3 * DAY)

    with pytest.raises(StepRefused, match="没有可以列入名单的情形"):
        take("announce_listing", case, people["Z"], people)


def test_early_removal_waits_six_months(people):
    case = ready_for("ask_early_removal", people, State.CLOSED)
    case.clocks.update(started_on=date(2025, 12, 20))

    with pytest.raises(StepRefused, match=r"列入并改正满六个月.*：2026-06-20以后"):
        take("ask_early_removal", case, people["Z"], people)


def test_removal_is_taken_down_in_ten_working_days(people):
    case = ready_for("ask_early_removal", people, State.CLOSED)
    asked = take("ask_early_removal", case, people["Z"], people)
    assert running(asked)["T47"] == date(2026, 7, 8)
    propose("decide_removal", asked, people["Z"], people, ground="early")

    done = take("decide_removal", asked, people["B"])

    assert (met(done), running(done)) == ({"T47": TODAY}, {"T48": date(2026, 7, 1)})


def test_refused_removal_leaves_the_unit_on_the_list(people):
    case = ready_for("ask_early_removal", people, State.CLOSED)
    asked = take("ask_early_removal", case, people["Z"], people)
    propose("decide_removal", asked, people["Z"], people, ground="refused")

    assert set(running(take("decide_removal", asked, people["B"]))) == {"T46"}


# The worker


@pytest.mark.parametrize("kind", ["D26", "D27"])
def test_decision_served_on_the_worker_tells_him(people, kind):
    case = ready_for("decide", people, State.DECIDED)
    clock(case, "T56", TODAY - DAY, TODAY + 4 * DAY)

    done = take("serve", case, people["Z"], **serving(document(case, kind), worker_of(case)))

    assert met(done)["T56"] == TODAY


def test_nothing_to_tell_is_not_told(people):
    case = ready_for("record_remedy", people, State.DECIDED)

    with pytest.raises(StepRefused, match="没有等待告知的结果"):
        take("tell_result", case, people["Z"], **facts_for("tell_result", case, people))


# What one unit does is that unit's alone


def two_units(people, step: str, state: str, **details):
    case = ready_for(step, people, state, details=details)
    return case, respondent_of(case), respondent(case, "重庆某某建设集团有限公司")


def test_pending_review_of_one_unit_holds_up_enforcement_against_all(people):
    case, one, other = two_units(people, "record_remedy", State.DECIDED, **NO_REMEDY_YET)
    for unit in (one, other):
        clock(case, "T31", TODAY - 10 * DAY, date(2026, 12, 7), party=unit)
    day = {"done_on": TODAY.isoformat(), "result": "文号1"}
    take("record_remedy", case, people["Z"], party=one.pk, remedy="review", **day)
    take("record_remedy", case, people["Z"], party=other.pk, remedy="suit", **day)

    done = take("record_remedy", case, people["Z"], party=other.pk, remedy="suit_upheld", **day)

    assert (done.complaint.remedy_used, running(done).get("T36")) == (True, None)
    last = take("record_remedy", case, people["Z"], party=one.pk, remedy="review_upheld", **day)
    assert (last.complaint.remedy_used, "T36" in running(last)) == (False, True)


def test_unit_may_sue_before_the_other_was_served(people):
    case, one, _other = two_units(people, "record_remedy", State.DECIDED, **NO_REMEDY_YET)
    clock(case, "T31", TODAY - 12 * DAY, date(2026, 12, 4), party=one)
    facts = {"remedy": "suit", "done_on": (TODAY - 11 * DAY).isoformat(), "result": "文号1"}

    assert met(take("record_remedy", case, people["Z"], party=one.pk, **facts))["T31"] == TODAY - 11 * DAY


def test_copy_for_a_worker_does_not_move_the_way_to_court(people):
    case = ready_for(
        "decide", people, State.DECIDED, details={**NO_REMEDY_YET, "decided_on": TODAY - 40 * DAY}
    )
    clock(case, "T31", TODAY - 30 * DAY, date(2026, 11, 17), party=respondent_of(case))
    paper = document(case, "D26", issued_on=TODAY - 40 * DAY)
    take("serve", case, people["Z"], **serving(paper, respondent_of(case), served_on=str(TODAY - 30 * DAY)))

    done = take("serve", case, people["Z"], **serving(paper, worker_of(case)))

    assert done.clocks.get(rule_code="T36", ended_on=None).started_on == date(2026, 11, 17)


def test_unit_that_joins_after_the_notice_is_told_before_the_decision(people):
    case = ready_for("decide", people, State.PRE_NOTICE)
    propose("add_party", case, people["Z"], people)
    take("add_party", case, people["J"])

    with pytest.raises(StepRefused, match="事先告知书还没有送达全部被投诉单位"):
        propose("decide", case, people["L"], people)
    propose("give_notice_again", case, people["Z"], people)
    told = take("give_notice_again", case, people["J"])

    assert (told.state, told.documents.get().kind) == (State.PRE_NOTICE, "D21")


@pytest.mark.parametrize(
    "fine, right, said", [("50000", "no", "要告知当事人有权要求听证"), ("", "yes", "写明拟罚款的金额")]
)
def test_fine_is_announced_with_its_sum_and_the_right_to_be_heard(people, fine, right, said):
    case = ready_for("give_notice", people, State.ORDERED)
    facts = {"notice_kind": "both", "fine": fine, "hearing_right": right}

    with pytest.raises(StepRefused, match=said):
        propose("give_notice", case, people["Z"], people, **facts)


def test_fine_is_not_higher_than_announced(people):
    planned = {"notice_kind": "penalty", "fine_planned_fen": 500_000}
    case = ready_for("decide", people, State.PRE_NOTICE, details=planned)

    with pytest.raises(StepRefused, match="罚款不能高于告知的金额"):
        propose("decide", case, people["L"], people, fine="8000")


def test_decision_after_a_hearing_is_reviewed(people):
    case = ready_for("hold_hearing", people, State.PRE_NOTICE)
    clock(case, "T17", TODAY - 15 * DAY, TODAY - 8 * DAY)
    held = take("hold_hearing", case, people["J"], people)

    with pytest.raises(StepRefused, match="还没有通过法制审核"):
        propose("decide", held, people["L"], people)


def test_hearing_that_was_taken_back_holds_up_nothing(people):
    case = ready_for("drop_hearing", people, State.PRE_NOTICE)
    clock(case, "T17", TODAY - 15 * DAY, TODAY - 8 * DAY)
    clock(case, "T19", TODAY - 15 * DAY, TODAY - 8 * DAY, met_on=TODAY - 9 * DAY)

    done = take("drop_hearing", case, people["J"], people)

    assert propose("decide", done, people["L"], people).state == "open"


def test_hearing_goes_on_for_the_other_unit(people):
    case, one, other = two_units(
        people, "drop_hearing", State.PRE_NOTICE, hearing_right=True, hearing_requested_on=TODAY - DAY
    )
    wants_to_be_heard(case, one, other)

    done = take("drop_hearing", fresh(case), people["J"], people)

    assert (done.complaint.hearing_by, done.complaint.hearing_requested_on) == ([other.pk], TODAY - DAY)


def test_fine_alone_is_no_order_to_pay_wages(people):
    details = {**FINED, "notice_kind": "penalty", "order_served_on": None, "decision_served_on": None}
    case = ready_for("transfer_to_police", people, State.DECIDED, details=details)

    with pytest.raises(StepRefused, match="指令书或决定书还没有送达"):
        propose("transfer_to_police", case, people["Z"], people)
    with pytest.raises(StepRefused, match="决定书还没有送达"):
        take("notify_bank", case, people["Z"], people)


def test_wages_are_gone_after_once_the_fine_was_made(people):
    case = ready_for("go_on_after_fine", people, State.DECIDED)
    clock(case, "T10", TODAY - 20 * DAY, TODAY + 60 * DAY, met_on=TODAY - 15 * DAY)
    propose("go_on_after_fine", case, people["Z"], people)

    done = take("go_on_after_fine", case, people["J"])

    assert (done.state, done.complaint.fine_fen, done.complaint.decided_on) == (
        State.INVESTIGATING,
        500_000,
        None,
    )
    assert "T10" in running(done)


def test_deferred_fine_moves_the_way_to_court(people):
    case = ready_for("defer_fine", people, State.DECIDED, details=NO_REMEDY_YET)
    propose("defer_fine", case, people["Z"], people)

    done = take("defer_fine", case, people["L"])

    assert done.complaint.fine_due_on == running(done)["T25"] == date(2026, 7, 21)
    assert done.clocks.get(rule_code="T36", ended_on=None).started_on == date(2026, 7, 21)


def test_execution_is_ended_by_the_court_alone(people):
    case = ready_for("close_executed", people, State.ENFORCING, details={"court_result": ""})

    with pytest.raises(StepRefused, match="先“登记法院的受理和裁定”"):
        propose("close_executed", case, people["Z"], people)


@pytest.mark.parametrize("sum_, served", [("13000", None), ("11000", EVERYTHING_DONE["order_served_on"])])
def test_higher_sum_is_ordered_anew_and_a_lower_one_stands(people, sum_, served):
    case = ready_for("order", people, State.ORDERED)
    claim = case.claims.get()

    done = take("confirm_amounts", case, people["Z"], **{f"claim_{claim.pk}": sum_})

    assert done.complaint.order_served_on == served


def test_place_on_the_list_outlives_the_annulled_decision(people):
    case = ready_for("take_up_again", people, State.DECIDED)
    clock(case, "T46", TODAY - 5 * DAY, TODAY + 900 * DAY, party=respondent_of(case))
    clock(case, "T10", TODAY - 20 * DAY, TODAY + 60 * DAY, met_on=TODAY - 15 * DAY)
    propose("take_up_again", case, people["Z"], people)

    done = take("take_up_again", case, people["L"])

    assert set(running(done)) == {"T10", "T46"}


@pytest.mark.parametrize("outcome", ["11", "12"])
def test_filing_is_not_cancelled_while_wages_are_owed(people, outcome):
    case = ready_for("order", people, State.INVESTIGATING)

    with pytest.raises(StepRefused, match="认定的欠付金额还没有付清"):
        propose("cancel", case, people["Z"], people, outcome=outcome)


def test_withdrawal_of_one_worker_is_not_that_of_all(people):
    case = ready_for("withdraw", people, State.INVESTIGATING, workers=2, confirmed=False)
    propose("withdraw", case, people["Z"], people, everybody="no")
    done = take("withdraw", case, people["J"])

    with pytest.raises(StepRefused, match="全部劳动者都撤回的才能这样办"):
        propose("cancel", done, people["Z"], people, outcome="13")


def test_requests_about_two_people_are_decided_apart(people):
    case = ready_for("request_recusal", people, State.INVESTIGATING)
    for letter in "ZX":
        facts = {"person": people[letter].pk, "asked_on": TODAY.isoformat(), "reason": "亲属。"}
        take("request_recusal", case, people["J"], **facts)

    done = take("decide_recusal", case, people["L"], person=people["X"].pk, reason="查无此事。", granted="no")

    assert list(done.clocks.filter(met_on=None).values_list("rule_code", flat=True)) == ["T13"]


def test_evidence_taken_twice_is_disposed_of_twice(people):
    case = ready_for("preserve_evidence", people, State.INVESTIGATING)
    for _time in range(2):
        propose("preserve_evidence", case, people["Z"], people)
        take("preserve_evidence", case, people["L"])
    first, second = case.clocks.order_by("pk")

    done = take("dispose_evidence", case, people["Z"], which=first.pk, result="退还。")

    assert list(done.clocks.filter(met_on=None)) == [second]


def test_request_that_was_not_delivered_in_time_is_made_again(people):
    case = ready_for("request_correction", people, State.CORRECTING)

    done = take("request_correction", case, people["W"], people)

    assert (done.state, done.complaint.corrections_asked) == (State.CORRECTING, 0)


def test_hotline_gets_its_answer(people):
    case = ready_for("answer_hotline", people, State.INVESTIGATING)

    assert met(take("answer_hotline", case, people["W"], people)) == {"T08": TODAY}


# What the second reading found


def test_fine_of_each_unit_is_met_when_it_is_paid(people):
    case = ready_for("record_fine", people, State.CLOSED)
    clock(case, "T25", TODAY - 10 * DAY, TODAY + 5 * DAY, party=respondent_of(case))

    assert met(take("record_fine", case, people["Z"], people)) == {"T25": TODAY}


def test_fine_stands_beside_a_later_decision_on_wages(people):
    fined = {"notice_kind": "handling", "fine_fen": 500_000, "fine_served_on": TODAY - 30 * DAY}
    case = ready_for("decide", people, State.PRE_NOTICE, details=fined)
    propose("decide", case, people["L"], people)

    done = take("decide", case, people["B"])

    assert (done.complaint.fine_fen, done.complaint.fine_served_on) == (500_000, TODAY - 30 * DAY)


def test_second_transfer_waits_for_an_answer_of_its_own(people):
    details = {"police_answered_on": TODAY - 30 * DAY}
    case = ready_for("transfer_to_police", people, State.ORDERED, details=details)
    propose("transfer_to_police", case, people["Z"], people)

    done = take("transfer_to_police", case, people["B"])

    with pytest.raises(StepRefused, match="公安机关没有作出不予立案的答复"):
        take("police_refuse", done, people["B"], people, remedies="不再提请。")


def test_papers_of_an_earlier_round_are_not_served_any_more(people, time_machine):
    case = ready_for("reopen", people, State.CLOSED)
    old = document(case, "D18")
    time_machine.move_to(moment(TODAY, 16), tick=False)
    propose("reopen", case, people["J"], people)
    again = take("reopen", case, people["L"])

    with pytest.raises(StepRefused, match="已被后来开具的代替"):
        take("serve", again, people["Z"], **serving(old, respondent_of(case)))


def test_suit_taken_back_after_a_review_leaves_its_fifteen_days(people):
    case = remedy(remedy(remedy(decided(people), people, "review"), people, "review_upheld"), people, "suit")

    done = remedy(case, people, "taken_back")

    assert running(done)["T31c"] == date(2026, 7, 1)
    assert "T31" not in running(done)


def test_judgment_of_one_unit_does_not_shorten_the_time_of_another(people):
    case = decided(people)
    other = respondent(case, "重庆某某建设集团有限公司")
    clock(case, "T31", TODAY - 10 * DAY, date(2026, 12, 7), party=other)

    done = remedy(remedy(case, people, "suit"), people, "suit_upheld")

    assert done.clocks.get(rule_code="T36", ended_on=None).started_on == date(2026, 12, 7)


def test_notice_again_after_obstruction_is_of_a_fine(people):
    details = {"notice_kind": "penalty", "order_pay_by_on": None, "order_served_on": None}
    case = ready_for("give_notice_again", people, State.PRE_NOTICE, details=details)
    facts = {"notice_kind": "handling", "fine": "6000", "hearing_right": "no"}
    propose("give_notice_again", case, people["Z"], people, **facts)

    assert take("give_notice_again", case, people["J"]).complaint.notice_kind == "penalty"


def test_police_do_not_act_on_a_case_they_refused(people):
    case = ready_for("police_refuse", people, State.POLICE_PENDING)

    done = take("police_refuse", case, people["B"], people)

    assert done.shares.get(reason="police").finished_at is not None


def test_file_with_an_open_request_is_not_put_away(people):
    case = ready_for("archive", people, State.CLOSED)
    task(case, "housing")

    with pytest.raises(StepRefused, match="还有没办完的协办任务"):
        take("archive", case, people["Z"], people)


def test_demand_for_a_fine_alone_asks_for_the_fine(people):
    details = {**FINED, "notice_kind": "penalty", "remedy_used": False}
    case = ready_for("enforce", people, State.DECIDED, details=details, paid=True)
    propose("enforce", case, people["Z"], people)

    text = take("enforce", case, people["L"]).documents.get(kind="D31").html

    assert "处以罚款5,000.00元（人民币伍仟元整）" in text
    assert "劳动者的工资没有付清" not in text


def test_police_who_never_answer_do_not_hold_up_the_office(people):
    case = ready_for("police_refuse", people, State.POLICE_PENDING)
    clock(case, "T42b", TODAY - 9 * DAY, TODAY - 3 * DAY)
    waived = {"asked": "waived", "done_on": "2026-06-16", "how": "局领导研究"}

    case = take("ask_police_again", case, people["Z"], **waived)

    assert take("police_refuse", case, people["B"], people).state == State.DECIDED


def test_nobody_reviews_what_they_investigated(people):
    case = ready_for("review_law", people, State.PRE_NOTICE)
    case.assignments.filter(duty="second").update(user=people["F"], until=moment(TODAY))

    with pytest.raises(StepRefused, match="审核人不能是本案办案人员"):
        take("review_law", case, people["F"], people)


def test_record_of_a_hearing_request_can_be_read(client, people):
    case = ready_for("request_hearing", people, State.PRE_NOTICE)
    take("request_hearing", case, people["Z"], people)
    client.force_login(people["Z"])

    assert client.get(case.get_absolute_url()).status_code == 200


def test_page_does_not_count_back_from_a_day_that_is_not_set(client, people):
    case = ready_for("schedule_hearing", people, State.PRE_NOTICE)
    client.force_login(people["J"])

    page = client.get(f"/cases/{case.public_id}/steps/schedule_hearing/").content.decode()

    assert "如今天办理，期限是" not in page
