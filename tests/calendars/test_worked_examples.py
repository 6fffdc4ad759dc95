"""The worked examples of the law notes, every date typed by hand."""

from datetime import date

import pytest

from arbitration import deadlines as arb
from calendars.clock import Clock, Pause, due
from calendars.official_years import built_in_calendar
from inspection import deadlines as ins
from legal_aid import deadlines as aid

CALENDAR = built_in_calendar()


def day(text):
    return date.fromisoformat(text)


def due_on(rule, start, **changes):
    return due(Clock(rule, day(start), **changes), CALENDAR).due_on.isoformat()


# A housing site: complaint, order, decision, deposit


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        (ins.ACCEPT, "2026-02-10", "2026-02-24"),
        (ins.FILE_SAME_DAY, "2026-02-12", "2026-02-12"),
        (ins.INVESTIGATE, "2026-02-12", "2026-05-18"),
        (ins.PENALTY_OVERALL, "2026-02-12", "2026-05-13"),
        (ins.REPLY_TO_TASK, "2026-02-12", "2026-02-26"),
        (ins.ORDER_PAY_BY, "2026-03-02", "2026-03-09"),
        (ins.BLACK_LIST_DECISION, "2026-03-09", "2026-04-07"),
        (ins.DECIDE, "2026-04-02", "2026-04-24"),
        (ins.STATE_AND_DEFEND, "2026-04-08", "2026-04-15"),
        (ins.SERVE_DECISION, "2026-04-17", "2026-04-28"),
        (ins.PERFORM_DECISION, "2026-04-21", "2026-05-06"),
        (ins.REVIEW, "2026-04-21", "2026-06-22"),
        (ins.SUE, "2026-04-21", "2026-10-21"),
        (ins.BLACK_LIST_DECISION, "2026-05-06", "2026-06-02"),
        (ins.BANK_PAYS, "2026-05-08", "2026-05-14"),
        (ins.TOP_UP_DEPOSIT, "2026-05-12", "2026-05-26"),
        (ins.APPLY_TO_COURT, "2026-10-21", "2027-01-21"),
        (ins.DEMAND, "2026-10-22", "2026-11-05"),
    ],
)
def test_housing_site(rule, start, end):
    assert due_on(rule, start) == end


@pytest.mark.parametrize(
    ("rule", "start", "extended_by", "end"),
    [
        (ins.INVESTIGATE, "2026-02-12", 30, "2026-06-30"),
        (ins.BLACK_LIST_DECISION, "2026-03-09", 20, "2026-05-08"),
        (ins.BLACK_LIST_DECISION, "2026-05-06", 20, "2026-07-01"),
    ],
)
def test_housing_site_extended(rule, start, extended_by, end):
    assert due_on(rule, start, extended_by=extended_by) == end


def test_housing_site_investigation_took_31_working_days():
    assert CALENDAR.working_days_between(day("2026-02-12"), day("2026-04-02")) == 31


def test_housing_site_warns_of_service_on_the_earlier_reading():
    assert due(Clock(ins.SERVE_DECISION, day("2026-04-17")), CALENDAR).warn_on == day("2026-04-24")


def test_housing_site_court_window_reaches_an_unpublished_year():
    assert due(Clock(ins.APPLY_TO_COURT, day("2026-10-21")), CALENDAR).provisional


# E1: fast lane across Spring Festival 2026


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        (arb.ACCEPT_OR_REFUSE, "2026-02-09", "2026-02-14"),
        (arb.SERVE_COPY, "2026-02-10", "2026-02-24"),
        (arb.FORM_TRIBUNAL, "2026-02-10", "2026-02-24"),
        (arb.REPLY, "2026-02-12", "2026-03-04"),
        (arb.SERVE_REPLY, "2026-02-27", "2026-03-05"),
        (arb.HEARING_NOTICE, "2026-03-10", "2026-03-03"),
        (arb.ASK_TO_POSTPONE, "2026-03-10", "2026-03-05"),
        (arb.FAST_AWARD, "2026-02-10", "2026-03-12"),
        (arb.AWARD, "2026-02-10", "2026-03-27"),
    ],
)
def test_fast_lane(rule, start, end):
    assert due_on(rule, start) == end


def test_fast_lane_notice_with_clear_days():
    assert due(Clock(arb.HEARING_NOTICE, day("2026-03-10")), CALENDAR).warn_on == day("2026-03-02")


def test_fast_lane_extended_rolls_after_adding():
    result = due(Clock(arb.AWARD, day("2026-02-10"), extended_by=15), CALENDAR)

    assert (result.raw_end, result.due_on) == (day("2026-04-11"), day("2026-04-13"))


def test_fast_lane_correction_restarts_intake():
    assert due_on(arb.ACCEPT_OR_REFUSE, "2026-02-09", restart_on=day("2026-02-13")) == "2026-02-27"


# E2: suspension and counterclaim, Labour Day 2026


def ordinary_award(**changes):
    result = due(Clock(arb.AWARD, day("2026-03-20"), **changes), CALENDAR)
    return result.raw_end.isoformat(), result.due_on.isoformat()


SUSPENDED = (Pause(date(2026, 4, 10), date(2026, 6, 1), "工伤认定"),)


def test_ordinary_case_rolls_over_labour_day():
    assert ordinary_award() == ("2026-05-04", "2026-05-06")


def test_ordinary_case_adds_52_suspended_days_before_rolling():
    assert ordinary_award(pauses=SUSPENDED) == ("2026-06-25", "2026-06-25")


def test_ordinary_case_suspended_and_extended():
    assert ordinary_award(pauses=SUSPENDED, extended_by=15) == ("2026-07-10", "2026-07-10")


def test_ordinary_case_counterclaim_restarts():
    assert due_on(arb.REPLY, "2026-03-26") == "2026-04-10"
    assert due_on(arb.DECIDE_COUNTERCLAIM, "2026-04-08") == "2026-04-15"
    assert ordinary_award(restart_on=day("2026-04-13")) == ("2026-05-28", "2026-05-28")
    assert due_on(arb.AWARD_RESTARTED, "2026-04-13") == "2026-05-28"


# E4: after the award, National Day 2026


@pytest.mark.parametrize(
    ("rule", "start", "raw_end", "end"),
    [
        (arb.SUE_ON_AWARD, "2026-09-17", "2026-10-02", "2026-10-08"),
        (arb.SUE_ON_AWARD, "2026-09-18", "2026-10-03", "2026-10-08"),
        (arb.WORKER_SUES_FINAL, "2026-09-17", "2026-10-02", "2026-10-08"),
        (arb.SET_ASIDE, "2026-09-18", "2026-10-18", "2026-10-19"),
    ],
)
def test_after_the_award(rule, start, raw_end, end):
    result = due(Clock(rule, day(start)), CALENDAR)

    assert (result.raw_end, result.due_on) == (day(raw_end), day(end))


# E5: legal aid in calendar days


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        (aid.DECIDE, "2026-04-27", "2026-05-06"),
        (aid.ASSIGN, "2026-05-06", "2026-05-09"),
        (aid.SIGN_AGREEMENT, "2026-05-08", "2026-05-13"),
        (aid.DECIDE_REPLACEMENT, "2026-06-12", "2026-06-17"),
        (aid.NOTIFY_TERMINATION, "2026-06-17", "2026-06-22"),
        (aid.HAND_IN_FILE, "2026-06-10", "2026-07-10"),
        (aid.CHECK_FILE_AND_PAY, "2026-07-08", "2026-08-07"),
        (aid.OBJECT, "2026-09-14", "2026-09-29"),
        (aid.DECIDE_OBJECTION, "2026-09-29", "2026-10-08"),
    ],
)
def test_legal_aid(rule, start, end):
    assert due_on(rule, start) == end


def test_legal_aid_leaves_out_the_days_of_supplement():
    result = due(
        Clock(aid.DECIDE, day("2026-04-27"), (Pause(date(2026, 4, 28), date(2026, 4, 30)),)), CALENDAR
    )

    assert (result.raw_end, result.due_on) == (day("2026-05-06"), day("2026-05-06"))


def test_limitation_of_wages_and_its_restart_by_a_complaint():
    assert due_on(arb.LIMITATION_WAGES, "2025-11-03") == "2026-11-03"
    assert due_on(arb.LIMITATION_WAGES, "2025-11-03", restart_on=day("2026-06-15")) == "2027-06-15"
    assert due_on(arb.LIMITATION_COMPLAINT, "2026-06-15") == "2027-06-15"
