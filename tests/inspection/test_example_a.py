"""Example A: a housing site, seven workers, 154,000 yuan, paid from the deposit after a decision.

The case is walked through the real procedure day by day; the days on which its limits end are those of the worked
example, counted on the calendar of 2026.
"""

from datetime import date

import pytest

from cases import services
from cases.models import Case
from cases.workflow.table import StepRefused
from inspection.services import Registration, WorkerEntry, register_complaint
from tests.inspection.situations import fresh, moment, new_key, staff

pytestmark = pytest.mark.django_db

SUBCONTRACTOR, MAIN_CONTRACTOR = "重庆某某劳务有限公司", "重庆某某建设集团有限公司"


class Walk:
    """One case, the people who take its steps, and the clock on the wall."""

    def __init__(self, time_machine) -> None:
        self.clock = time_machine
        self.arrive(date(2026, 2, 10))
        self.people = staff("WZXJFLBH")
        self.case: Case = self.registered()

    def arrive(self, day: date) -> None:
        self.clock.move_to(moment(day), tick=False)

    def registered(self) -> Case:
        workers = tuple(
            WorkerEntry(
                name=f"王某{n}", from_month="2025-09", to_month="2026-01", owed_fen=2_200_000, is_migrant=True
            )
            for n in "甲乙丙丁戊己庚"
        )
        entry = Registration(
            employer_name=SUBCONTRACTOR, workers=workers, channel="window", project_name="某某二期"
        )
        return register_complaint(by=self.people["W"], key=new_key(), entry=entry)

    def step(self, step: str, by: str, /, *, proposer: str = "", **facts) -> None:
        """The step is taken, proposed first where there is a proposer."""
        call = {"case": self.case, "step": step, "key": new_key(), "note": "同意。"}
        if proposer:
            version = fresh(self.case).version
            services.propose(**call, by=self.people[proposer], version=version, **facts)
            call, facts = {**call, "key": new_key()}, {}
        services.advance(**call, by=self.people[by], version=fresh(self.case).version, **facts)

    def serve(self, kind: str, on: date) -> None:
        """The newest document of the kind reached each respondent on the day."""
        paper = self.case.documents.filter(kind=kind).first()
        for party in self.case.parties.filter(role="respondent"):
            facts = {
                "document": paper.pk,
                "party": party.pk,
                "method": "direct",
                "served_on": on,
                "proof": "签收",
            }
            self.step("serve", "Z", **facts)

    def due(self, code: str, **which) -> set[date]:
        """The days on which runs of the rule end."""
        return set(self.case.clocks.filter(rule_code=code, **which).values_list("due_on", flat=True))

    def pay(self, source: str) -> None:
        rows = [
            services.PaymentRow(
                claim.worker_id, claim.confirmed_fen, date(2026, 5, 12), source, "某某银行", f"回单{n}"
            )
            for n, claim in enumerate(self.case.claims.all(), start=1)
        ]
        services.record_payments(
            case=self.case, by=self.people["Z"], version=fresh(self.case).version, key=new_key(), rows=rows
        )


@pytest.fixture
def walk(time_machine) -> Walk:
    return Walk(time_machine)


def to_filing(walk: Walk) -> Walk:
    walk.arrive(date(2026, 2, 12))
    yes = dict.fromkeys(("within_two_years", "respondent_clear", "within_mandate"), "yes")
    walk.step("accept", "J", proposer="W", **yes)
    walk.step("file_case", "J", lead=walk.people["Z"].pk, second=walk.people["X"].pk)
    return walk


def to_order(walk: Walk) -> Walk:
    to_filing(walk)
    walk.arrive(date(2026, 2, 27))
    contractor = {"name": MAIN_CONTRACTOR, "chain_role": "main_contractor", "reason": "施工总承包先行清偿"}
    walk.step("add_party", "J", proposer="Z", **contractor)
    walk.step("investigate", "Z", act="site", acted_on="2026-02-27", place="工地", summary="考勤属实")
    walk.step(
        "confirm_amounts", "Z", **{f"claim_{claim.pk}": claim.owed_fen for claim in walk.case.claims.all()}
    )
    walk.step("order", "J", proposer="Z", breach="拖欠7人工资154000元。", pay_by_on="2026-03-09")
    walk.arrive(date(2026, 3, 2))
    walk.serve("D18", date(2026, 3, 2))
    return walk


def to_decision(walk: Walk) -> Walk:
    to_order(walk)
    walk.arrive(date(2026, 4, 2))
    walk.step("conclude_investigation", "J", proposer="Z", summary="欠薪属实", legal_review_needed="no")
    walk.arrive(date(2026, 4, 8))
    notice = {"notice_kind": "handling", "notice_content": "责令支付", "hearing_right": "no"}
    walk.step("give_notice", "J", proposer="Z", **notice)
    walk.serve("D21", date(2026, 4, 8))
    walk.arrive(date(2026, 4, 17))
    walk.step("decide", "B", proposer="L", content="由总承包单位先行清偿。", pay_within=15)
    return walk


def to_service(walk: Walk) -> Walk:
    to_decision(walk)
    walk.arrive(date(2026, 4, 21))
    walk.serve("D26", date(2026, 4, 21))
    return walk


def to_bank(walk: Walk) -> Walk:
    to_service(walk)
    walk.arrive(date(2026, 5, 8))
    walk.step("notify_bank", "Z", bank="某某银行", account="保函1号", contractor=MAIN_CONTRACTOR)
    walk.step("bank_received", "Z", done_on="2026-05-08", how="专人送达")
    return walk


def test_complaint_of_10_february_is_answered_by_24_february(walk):
    assert walk.due("T01") == {date(2026, 2, 24)}


def test_case_filed_on_12_february_is_investigated_by_18_may(walk):
    to_filing(walk)

    assert (walk.due("T10"), walk.due("T12")) == ({date(2026, 5, 18)}, {date(2026, 5, 13)})
    assert fresh(walk.case).due_on == date(2026, 5, 18)


def test_extension_leads_to_30_june(walk):
    to_filing(walk)
    walk.arrive(date(2026, 5, 15))

    walk.step("extend_investigation", "L", proposer="Z", reason="涉及两个责任主体")

    assert walk.due("T10") == {date(2026, 6, 30)}


def test_task_to_the_housing_commission_is_due_on_26_february(walk):
    to_filing(walk)

    walk.step(
        "send_task",
        "Z",
        receiver=walk.people["H"].agency_id,
        request="verify",
        content="核实项目与合同",
        due_on="2026-02-26",
    )

    assert walk.case.tasks.get().due_on == date(2026, 2, 26)


def test_order_served_on_2_march_is_to_be_paid_by_9_march(walk):
    to_order(walk)

    assert (walk.due("T16"), walk.case.clocks.filter(rule_code="T16").count()) == ({date(2026, 3, 9)}, 2)


def test_unpaid_order_is_decided_upon_for_the_black_list_by_7_april(walk):
    assert to_order(walk).due("T44") == {date(2026, 4, 7)}


def test_decision_follows_the_investigation_by_24_april(walk):
    to_order(walk)
    walk.arrive(date(2026, 4, 2))

    walk.step("conclude_investigation", "J", proposer="Z", summary="欠薪属实", legal_review_needed="no")

    assert walk.due("T11") == {date(2026, 4, 24)}


def test_statements_end_on_15_april(walk):
    assert to_decision(walk).due("T17") == {date(2026, 4, 15)}


def test_decision_of_17_april_is_served_by_28_april_warned_on_24(walk):
    to_decision(walk)

    row = walk.case.clocks.get(rule_code="T21", met_on=None)
    assert (row.due_on, row.warn_on) == (date(2026, 4, 28), date(2026, 4, 24))


def test_decision_served_on_21_april_starts_performance_review_and_suit(walk):
    to_service(walk)

    found = {code: walk.due(code) for code in ("T26", "T30", "T31")}
    assert found == {"T26": {date(2026, 5, 6)}, "T30": {date(2026, 6, 22)}, "T31": {date(2026, 10, 21)}}


def test_unpaid_decision_starts_a_second_black_list_period(walk):
    """From 05-06 to 06-02, beside the first, which it does not replace."""
    assert to_service(walk).due("T44") == {date(2026, 4, 7), date(2026, 6, 2)}


def test_bank_that_was_told_on_8_may_pays_by_14_may(walk):
    assert to_bank(walk).due("T50") == {date(2026, 5, 14)}


def test_deposit_is_topped_up_by_26_may(walk):
    to_bank(walk)
    walk.arrive(date(2026, 5, 12))

    walk.pay("deposit")

    assert walk.due("T51") == {date(2026, 5, 26)}


def test_case_closes_with_code_05(walk):
    to_bank(walk)
    walk.arrive(date(2026, 5, 12))
    walk.pay("deposit")

    walk.step("close_performed", "J", proposer="Z", outcome="05", summary="保证金支付", call_back_done="on")

    done = fresh(walk.case)
    assert (done.state, done.outcome, done.closed_on, done.paid_fen) == (
        "CLOSED",
        "05",
        date(2026, 5, 12),
        15_400_000,
    )


def test_without_deposit_review_or_suit_the_court_is_asked_until_21_january(walk):
    to_service(walk)
    walk.arrive(date(2026, 10, 22))
    walk.step("enforce", "L", proposer="Z", demand="自收到之日起十日内支付。")
    walk.serve("D31", date(2026, 10, 22))

    assert (walk.due("T35"), walk.due("T36")) == ({date(2026, 11, 5)}, {date(2027, 1, 21)})


def test_court_is_not_asked_on_the_last_day_of_the_suit(walk):
    to_service(walk)
    walk.arrive(date(2026, 10, 21))

    with pytest.raises(StepRefused):
        walk.step("enforce", "L", proposer="Z", demand="自收到之日起十日内支付。")
