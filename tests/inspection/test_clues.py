"""A clue comes in once, runs against its time limits, and ends with a verdict that two people stand for."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from agencies.models import Town
from calendars.official_years import built_in_calendar
from calendars.rules import working_days
from calendars.services import replace_days, set_rule
from calendars.working_days import DayEntry, DayKind
from cases import triggers
from cases.crypto import blind_index
from cases.idempotency import KeyReused
from cases.workflow.table import StepRefused
from inspection.clues import (
    AlreadyThere,
    Clue,
    ClueEvent,
    ClueState,
    StaleClue,
    clocks,
    convert,
    edit_clue,
    may_convert,
    on_time,
    propose_step,
    register_clue,
    registration_initial,
    return_step,
    take_step,
)
from inspection.clues.services import record_refusal
from inspection.registration_forms import RegisterForm, WorkerForm
from inspection.states import State
from notifications.models import InboxMessage
from tests.inspection.clue_desk import (
    ID_NUMBER,
    MISSED,
    PHONE,
    SENT,
    VERDICT,
    facts,
    fresh,
    limits,
    new_clue,
    rung,
    silent_clue,
    step,
)
from tests.inspection.situations import TODAY, complaint, moment, new_key, staff, strangers

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJ")


def proposed(clue: Clue, by, name: str = "close_clue", **given) -> Clue:
    """The clue with the step waiting for the head."""
    given = given or VERDICT
    propose_step(clue=clue, step=name, by=by, version=fresh(clue).version, key=new_key(), **given)
    return fresh(clue)


# Arrival


def test_clue_has_its_number_its_day_and_the_first_entry_of_its_record(people):
    clue = new_clue(people["W"])

    assert clue.clue_no.endswith("线〔2026〕1号")
    assert clue.state == ClueState.CLUE_NEW
    assert clue.due_on == date(2026, 7, 8)  # 15 working days over 端午
    assert [(e.seq, e.label, e.by_name) for e in clue.events.all()] == [(1, "登记线索", str(people["W"]))]


def test_same_key_gives_the_same_clue(people):
    key, values = new_key(), facts()

    first = register_clue(by=people["W"], key=key, values=values)
    second = register_clue(by=people["W"], key=key, values=values)

    assert (first, Clue.objects.count()) == (second, 1)
    with pytest.raises(KeyReused):
        register_clue(by=people["W"], key=key, values=facts(content="别的"))


def test_same_item_of_a_channel_comes_in_once(people):
    clue = new_clue(people["W"], external_no="GZ-1")

    with pytest.raises(AlreadyThere) as refused:
        new_clue(people["Z"], external_no="GZ-1")

    assert (refused.value.clue, Clue.objects.count()) == (clue, 1)
    assert new_clue(people["W"], channel="12345", external_no="GZ-1").pk != clue.pk


def test_items_without_a_number_are_all_different(people):
    new_clue(people["W"], channel="phone", external_no="")
    new_clue(people["W"], channel="phone", external_no="")

    assert Clue.objects.count() == 2


def test_numbers_of_the_reporter_are_sealed_and_found(people):
    clue = new_clue(people["W"])

    row = Clue.objects.filter(pk=clue.pk).values().get()
    assert PHONE not in str(row)
    assert ID_NUMBER not in str(row)
    assert fresh(clue).reporter_phone == PHONE
    assert Clue.objects.get(reporter_phone_tail=blind_index("phone", "5678", last=4)) == clue


@pytest.mark.parametrize("letter", ["J", "F", "L", "D"])
def test_clue_is_registered_by_window_and_inspectors_only(people, letter):
    by = people.get(letter) or staff(letter)[letter]

    with pytest.raises(PermissionDenied):
        new_clue(by)

    assert Clue.objects.count() == 0


# Urgent clues


@pytest.mark.parametrize(
    "reason", [{"worker_count": 10}, {"is_public_project": True}, {"threatens_harm": True}]
)
def test_urgent_clue_is_to_be_reported_within_two_hours_and_the_head_is_told(people, reason):
    clue = new_clue(people["W"], **reason)

    (line,) = [each for each in _lines(clue) if each.rule.code == "HOT"]
    assert line.due.due_at == moment(TODAY, 12)
    assert InboxMessage.objects.get(recipient=people["J"]).title == f"紧急线索 {clue.number}"


def test_nine_workers_are_not_urgent(people):
    assert new_clue(people["W"], worker_count=9).hot_at is None


def _lines(clue: Clue) -> list[clocks.ClueClock]:
    return clocks.lines(fresh(clue), moment(TODAY))


def test_report_meets_the_limit_and_stands_on_the_clue(people):
    clue = new_clue(people["W"], threatens_blocking=True)

    reported = step("report_clue", clue, people["Z"], told="支队长", how="电话报告")

    assert (reported.escalated_by, reported.escalated_to) == (people["Z"], "支队长")
    assert limits(clue, moment(TODAY))["HOT"][1] is False
    with pytest.raises(StepRefused, match="已经上报过"):
        step("report_clue", clue, people["Z"], told="支队长", how="再报")


def test_clue_that_is_not_urgent_is_not_reported(people):
    with pytest.raises(StepRefused, match="不是紧急线索"):
        step("report_clue", new_clue(people["W"]), people["Z"], told="支队长", how="电话")


def test_clue_becomes_urgent_by_a_correction_from_then_on(people, time_machine):
    clue = new_clue(people["W"])
    time_machine.move_to(moment(TODAY, 15), tick=False)

    edit_clue(clue=clue, by=people["Z"], version=1, key=new_key(), values={"worker_count": 12})

    assert fresh(clue).hot_at == moment(TODAY, 15)


# Time limits


def test_limits_of_the_platform_run_from_the_sending(people):
    clue = new_clue(people["W"], received_at=SENT + timedelta(minutes=30))

    assert limits(clue, moment(TODAY)) == {
        "T07a": (date(2026, 6, 17), False),
        "T07b": (date(2026, 6, 18), True),
        "T07c": (date(2026, 7, 8), True),
    }


def test_ticket_of_12345_has_a_limit_of_its_own(people):
    clue = new_clue(people["W"], channel="12345")

    assert limits(clue, moment(TODAY)) == {"T08": (date(2026, 7, 8), True)}


def test_other_channels_run_from_the_receipt(people):
    clue = new_clue(people["W"], channel="letter", dispatched_at=None, external_no="")

    assert set(limits(clue, moment(TODAY))) == {"T07b", "T07c"}


def test_first_attempt_meets_the_limit_of_contact_though_nobody_answered(people):
    clue = rung(new_clue(people["W"]), people["Z"], **MISSED)

    assert limits(clue, moment(TODAY))["T07b"] == (date(2026, 6, 18), False)


def test_matter_of_another_authority_is_handed_over_within_two_days(people):
    clue = proposed(new_clue(people["W"]), people["W"], "transfer_clue", **TRANSFER)

    assert limits(clue, moment(TODAY))["T09"] == (date(2026, 6, 18), True)


def test_lamp_of_the_list_is_red_after_the_day(people, time_machine):
    clue = new_clue(people["W"])
    time_machine.move_to(moment(date(2026, 7, 10)), tick=False)

    lamp = clocks.list_lamp(fresh(clue), moment(date(2026, 7, 10)))

    assert (lamp.colour, lamp.text) == ("red", "已超期2个工作日")


def test_new_holiday_moves_open_clues_and_the_record_says_so(people):
    clue, closed = new_clue(people["W"]), new_clue(people["W"])
    _closed(closed, people)
    days = {day: entry for day, entry in built_in_calendar().days.items() if day.year == 2026}
    days[date(2026, 7, 1)] = DayEntry(DayKind.REST, "临时放假")

    replace_days(year=2026, days=days, official=True, by=people["J"], reason="临时放假", expected_version=0)

    assert (fresh(clue).due_on, fresh(closed).due_on) == (date(2026, 7, 9), date(2026, 7, 8))
    assert clue.events.first().label == "工作日历变更，重算期限"


def test_setting_of_the_rule_moves_open_clues(people):
    clue, ticket = new_clue(people["W"]), new_clue(people["W"], channel="12345")

    set_rule(
        code="T07c", period=working_days(10), valid_from=TODAY, by=people["J"], reason="本区规定十个工作日"
    )

    assert (fresh(clue).due_on, fresh(ticket).due_on) == (date(2026, 7, 1), date(2026, 7, 8))
    assert clue.events.first().label == "时限规则变更，重算期限"


# Closing: proposed by the window, taken by the head

TRANSFER = {"transferred_to": "邻区人力社保局", "result": "已电话告知本人", "reply": "已转办"}


def _closed(clue: Clue, people) -> Clue:
    rung(clue, people["W"])
    proposed(clue, people["W"])
    return step("close_clue", clue, people["J"])


def test_clue_is_closed_with_the_verdict_that_the_window_proposed(people):
    closed = _closed(new_clue(people["W"]), people)

    assert (closed.state, closed.verdict, closed.closed_by) == ("CLUE_CLOSED", "untrue", people["J"])
    assert (closed.pending_step, closed.proposed_by) == ("", None)
    assert on_time(closed) is True


def test_clue_closed_after_its_day_is_late(people, time_machine):
    clue = new_clue(people["W"])
    time_machine.move_to(moment(date(2026, 7, 9)), tick=False)

    assert on_time(_closed(clue, people)) is False


def test_proposal_tells_the_head_and_changes_nothing_else(people):
    clue = proposed(rung(new_clue(people["W"]), people["W"]), people["W"])

    assert (clue.state, clue.pending_step, clue.proposed_by) == ("CLUE_NEW", "close_clue", people["W"])
    assert InboxMessage.objects.get(recipient=people["J"]).title == f"待审批：线索办结 {clue.number}"


def test_head_closes_nothing_that_nobody_proposed(people):
    clue = rung(new_clue(people["W"]), people["W"])

    with pytest.raises(StepRefused, match="先由窗口受理员报批"):
        step("close_clue", clue, people["J"], **VERDICT)


def test_nobody_takes_their_own_proposal(people):
    """Even somebody who was promoted in between."""
    clue = proposed(rung(new_clue(people["W"]), people["W"]), people["W"])
    Clue.objects.filter(pk=clue.pk).update(proposed_by=people["J"])

    with pytest.raises(StepRefused, match="要由别人审批"):
        step("close_clue", clue, people["J"])


def test_returned_proposal_carries_its_reason_and_tells_who_made_it(people):
    clue = proposed(rung(new_clue(people["W"]), people["W"]), people["W"])

    with pytest.raises(StepRefused, match="写明退回的理由"):
        return_step(clue=clue, by=people["J"], version=clue.version, key=new_key(), note="")
    return_step(clue=clue, by=people["J"], version=clue.version, key=new_key(), note="没有凭证")

    assert fresh(clue).pending_step == ""
    assert (clue.events.first().label, clue.events.first().note) == ("退回：线索办结", "没有凭证")
    assert InboxMessage.objects.get(recipient=people["W"]).title == f"退回：线索办结 {clue.number}"


def test_one_step_waits_at_a_time(people):
    clue = proposed(rung(new_clue(people["W"]), people["W"]), people["W"])

    with pytest.raises(StepRefused, match="已报批"):
        proposed(clue, people["W"], "transfer_clue", **TRANSFER)


@pytest.mark.parametrize("attempts", [0, 1, 2])
def test_clue_is_not_closed_before_somebody_was_reached_or_tried_three_times(people, attempts):
    clue = new_clue(people["W"])
    for _attempt in range(attempts):
        rung(clue, people["W"], **MISSED)

    with pytest.raises(StepRefused, match="还没联系上反映人"):
        proposed(clue, people["W"])


def test_three_attempts_are_enough(people):
    clue = new_clue(people["W"])
    for _attempt in range(3):
        rung(clue, people["W"], **MISSED)

    assert proposed(clue, people["W"]).pending_step == "close_clue"


def test_verdict_elsewhere_names_the_authority(people):
    clue = rung(new_clue(people["W"]), people["W"])

    with pytest.raises(StepRefused, match="写明转给哪个单位"):
        proposed(clue, people["W"], **(VERDICT | {"verdict": "elsewhere"}))


def test_transfer_ends_the_clue_with_its_verdict(people):
    clue = proposed(new_clue(people["W"]), people["W"], "transfer_clue", **TRANSFER)

    closed = step("transfer_clue", clue, people["J"])

    assert (closed.state, closed.verdict) == ("CLUE_CLOSED", "elsewhere")
    assert closed.transferred_to == "邻区人力社保局"


def test_closed_clue_takes_no_step(people):
    closed = _closed(new_clue(people["W"]), people)

    with pytest.raises(StepRefused, match="已经办结"):
        rung(closed, people["W"])
    with pytest.raises(StepRefused, match="已经办结"):
        edit_clue(
            clue=closed, by=people["W"], version=closed.version, key=new_key(), values={"content": "改"}
        )


# Extension


def extension(days: int = 5) -> dict:
    return {"days": days, "reason": "等总包结算", "approval": "批-1"}


def test_extension_counts_on_from_the_original_start(people):
    clue = proposed(new_clue(people["W"]), people["W"], "extend_clue", **extension())

    extended = step("extend_clue", clue, people["J"])

    assert (extended.extension_days, extended.due_on) == (5, date(2026, 7, 15))
    assert extended.extension_reason == "等总包结算（批-1）"


def test_clue_is_extended_once(people):
    clue = proposed(new_clue(people["W"]), people["W"], "extend_clue", **extension())
    step("extend_clue", clue, people["J"])

    with pytest.raises(StepRefused, match="只能延期一次"):
        proposed(clue, people["W"], "extend_clue", **extension())


def test_overdue_clue_is_not_extended(people, time_machine):
    clue = new_clue(people["W"])
    time_machine.move_to(moment(date(2026, 7, 9)), tick=False)

    with pytest.raises(StepRefused, match="到期以后不能再延期"):
        proposed(clue, people["W"], "extend_clue", **extension())


def test_office_can_set_how_long_an_extension_may_be(people):
    set_rule(
        code="T07c",
        period=working_days(15),
        valid_from=TODAY,
        by=people["J"],
        reason="最多延五天",
        extension=5,
    )
    clue = new_clue(people["W"])

    with pytest.raises(StepRefused, match="最多5个工作日"):
        proposed(clue, people["W"], "extend_clue", **extension(6))
    assert proposed(clue, people["W"], "extend_clue", **extension(5)).pending_step == "extend_clue"


# Becoming a complaint


def test_converted_clue_and_complaint_find_each_other(people):
    clue, case = new_clue(people["W"]), complaint(people, State.REGISTERED)

    convert(clue.public_id, case=case, by=people["W"], key=new_key())

    closed = fresh(clue)
    assert (closed.state, closed.complaint_id, closed.verdict) == ("CLUE_CLOSED", case.pk, "")
    assert [each.pk for each in case.clues.all()] == [clue.pk]


def test_conversion_is_done_once(people):
    clue, case, key = new_clue(people["W"]), complaint(people, State.REGISTERED), new_key()

    first = convert(clue.public_id, case=case, by=people["W"], key=key)
    again = convert(clue.public_id, case=case, by=people["W"], key=key)

    assert first == again
    with pytest.raises(StepRefused, match="已经办结"):
        convert(clue.public_id, case=case, by=people["W"], key=new_key())


def test_conversion_ends_a_waiting_proposal(people):
    clue = proposed(rung(new_clue(people["W"]), people["W"]), people["W"])

    convert(clue.public_id, case=complaint(people, State.REGISTERED), by=people["W"], key=new_key())

    assert fresh(clue).pending_step == ""


def test_conversion_goes_with_the_transaction_it_is_called_in(people):
    clue, case = new_clue(people["W"]), complaint(people, State.REGISTERED)

    with transaction.atomic():
        convert(clue.public_id, case=case, by=people["W"], key=new_key())
        transaction.set_rollback(True)

    assert fresh(clue).is_open


def test_nothing_of_the_clue_is_typed_again(people):
    town = Town.objects.first()
    clue = new_clue(
        people["W"], town=town, amount_fen=1_250_000, job="木工", from_month="2026-03", to_month="2026-05"
    )

    form, rows = registration_initial(clue)

    assert form["employer_name"] == "重庆某某建筑劳务有限公司"
    assert (form["project_name"], form["town"], form["channel"]) == ("某某安置房二期", town.pk, "national")
    assert (form["external_no"], form["facts_text"]) == (clue.external_no, "三个月工资没有发")
    assert rows == [
        {
            "name": "王小明",
            "id_number": ID_NUMBER,
            "phone": PHONE,
            "job": "木工",
            "from_month": "2026-03",
            "to_month": "2026-05",
            "owed": 1_250_000,
        }
    ]
    assert set(form) <= set(RegisterForm.base_fields)
    assert set(rows[0]) <= set(WorkerForm.base_fields)


def test_sum_of_several_workers_is_no_claim_of_the_first(people):
    form, rows = registration_initial(new_clue(people["W"], worker_count=6, amount_fen=6_000_000))

    assert "owed" not in rows[0]
    assert form["facts_text"] == "反映涉及6人，合计60,000.00元。三个月工资没有发"


def test_clue_joins_a_case_that_is_there(people):
    clue, case = new_clue(people["W"]), complaint(people, State.INVESTIGATING)

    joined = step("join_clue", clue, people["W"], number=case.case_no, verdict="in_hand", result="同一工地")

    assert (joined.state, joined.complaint_id, joined.verdict) == ("CLUE_CLOSED", case.pk, "in_hand")


def test_clue_joins_no_case_that_is_not_there(people):
    with pytest.raises(StepRefused, match="没有这个号的案件"):
        step(
            "join_clue",
            new_clue(people["W"]),
            people["W"],
            number="999",
            verdict="in_hand",
            result="同一工地",
        )


# Who may do what: written by hand from the table

MAY = {
    "contact_clue": "WZX",
    "report_clue": "WZX",
    "join_clue": "W",
    "convert_clue": "WZX",
    "close_clue": "J",
    "transfer_clue": "J",
    "extend_clue": "J",
}
MAY_PROPOSE = {"close_clue": "W", "transfer_clue": "W", "extend_clue": "W"}
LETTERS = "WZXJFLBDG"


@pytest.mark.parametrize("name", MAY)
def test_step_is_for_these_people_and_no_others(people, name):
    everybody = {**people, **staff("FLBDG")}
    clue = new_clue(people["W"], threatens_harm=True)

    allowed = {letter for letter in LETTERS if _is_let(clue, name, everybody[letter])}

    assert allowed == set(MAY[name])


def _is_let(clue: Clue, name: str, by) -> bool:
    """Whether the person is turned away for want of right; any other refusal comes later."""
    if name == "convert_clue":
        return may_convert(by, clue)
    try:
        with transaction.atomic():
            take_step(clue=clue, step=name, by=by, version=1, key=new_key())
    except PermissionDenied:
        return False
    except StepRefused:
        return True
    return True


@pytest.mark.parametrize("name", MAY_PROPOSE)
def test_step_is_proposed_by_the_window_only(people, name):
    everybody = {**people, **staff("FLBDG")}
    clue, denied = new_clue(people["W"]), set()

    for letter in LETTERS:
        try:
            propose_step(clue=clue, step=name, by=everybody[letter], version=1, key=new_key())
        except PermissionDenied:
            denied.add(letter)
        except StepRefused:
            pass

    assert set(LETTERS) - denied == set(MAY_PROPOSE[name])


@pytest.mark.parametrize(
    "who", ["window of the aid centre", "mediator", "institute head", "aid lawyer", "liaison of a town"]
)
def test_clue_of_another_agency_does_not_exist(people, who):
    (stranger,) = strangers(who).values()
    clue = new_clue(people["W"])

    assert list(Clue.objects.visible_to(stranger)) == []
    with pytest.raises(Clue.DoesNotExist):
        step("contact_clue", clue, stranger)
    with pytest.raises(Clue.DoesNotExist):
        edit_clue(clue=clue, by=stranger, version=1, key=new_key(), values={"content": "改"})
    with pytest.raises(Clue.DoesNotExist):
        convert(clue.public_id, case=complaint(people), by=stranger, key=new_key())


@pytest.mark.parametrize("letter", "WZJLG")
def test_clue_is_seen_in_its_office_and_above(people, letter):
    by = people.get(letter) or staff(letter)[letter]

    clue = new_clue(people["W"])

    assert list(Clue.objects.visible_to(by)) == [clue]


def test_person_who_left_sees_nothing(people):
    new_clue(people["W"])
    people["Z"].is_active = False

    assert list(Clue.objects.visible_to(people["Z"])) == []


# Record, version, key


def test_correction_stands_in_the_record_with_numbers_masked(people):
    clue = new_clue(people["W"])

    edit_clue(
        clue=clue,
        by=people["Z"],
        version=1,
        key=new_key(),
        values={"reporter_phone": "13900001111", "employer_name": "改名公司"},
    )

    event = clue.events.first()
    assert event.before == {"reporter_phone": "138****5678", "employer_name": "重庆某某建筑劳务有限公司"}
    assert event.after == {"reporter_phone": "139****1111", "employer_name": "改名公司"}
    assert (event.by, event.version) == (people["Z"], 2)


def test_stale_page_changes_nothing(people):
    clue = new_clue(people["W"])
    edit_clue(clue=clue, by=people["Z"], version=1, key=new_key(), values={"content": "甲"})

    with pytest.raises(StaleClue) as stale:
        edit_clue(clue=clue, by=people["W"], version=1, key=new_key(), values={"content": "乙"})

    assert fresh(clue).content == "甲"
    assert [event.label for event in stale.value.events] == ["修改线索"]


def test_same_key_acts_once(people):
    clue, key = new_clue(people["W"]), new_key()
    call = {"clue": clue, "step": "contact_clue", "by": people["W"], "version": 1, "key": key}
    given = {"at": moment(TODAY, 10), "method": "phone", "reached": True, "result": "好"}

    first, again = take_step(**call, **given), take_step(**call, **given)

    assert (first, clue.contacts.count()) == (again, 1)
    with pytest.raises(KeyReused):
        take_step(**call, **(given | {"result": "别的"}))


def test_refused_attempt_is_recorded_and_makes_no_page_stale(people):
    clue = new_clue(people["W"])

    record_refusal(clue=clue, by=people["Z"], label="线索办结", reasons=["还没联系上反映人"])

    assert clue.events.first().facts == {"reasons": ["还没联系上反映人"]}
    assert fresh(clue).version == 1


def test_interface_is_the_system_in_the_record(people):
    event = silent_clue(people["W"]).events.get()

    assert (event.by, event.by_name, event.label) == (None, "系统", "导入线索")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE inspection_clueevent SET note = 'x'", "DELETE FROM inspection_clueevent"],
)
def test_database_refuses_to_change_the_record(people, statement):
    new_clue(people["W"])

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert ClueEvent.objects.count() == 1


def test_database_refuses_a_state_that_moves_alone(people):
    clue = new_clue(people["W"])

    with (
        pytest.raises(DatabaseError, match="only together"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE inspection_clue SET state = 'CLUE_CLOSED' WHERE id = %s", [clue.pk])

    assert fresh(clue).is_open


def test_triggers_of_clues_are_looked_for_with_the_others():
    assert triggers.missing() == []
