"""Complaints in any state, so that one step can be taken and nothing else has to happen before.

Rows are made directly: what a test relies on stands in the test, not in the steps that usually lead there. The day is
``TODAY`` wherever a test freezes the clock with ``freeze``.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from cases import services, sharing
from cases.models import (
    Assignment,
    Case,
    CaseClock,
    CaseKind,
    Claim,
    Employer,
    Party,
    PartyRole,
    Payment,
    Person,
    Proposal,
    ShareReason,
    Task,
)
from documents.catalogue import kind as document_kind
from documents.models import Document
from inspection.merging import joinable
from inspection.models import Complaint, InspectionCase
from inspection.states import State
from tests.people import make_user, make_users

# A Tuesday; 端午节 2026-06-19 to 06-21 lies ahead, so that clocks started now run across a holiday.
TODAY = date(2026, 6, 16)
EMPLOYER = "重庆某某建筑劳务有限公司"
OWED_FEN = 1_200_000
DAY = timedelta(days=1)
_numbers = count(1)


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """That time of the day in Beijing."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def new_key() -> str:
    return uuid.uuid4().hex


# People, by the letters of the procedure tables; N is an inspector who is not on the case.

STAFF: dict[str, tuple[str, str, str]] = {
    "W": ("window01", "inspection", "window"),
    "Z": ("inspector01", "inspection", "inspector"),
    "X": ("inspector02", "inspection", "inspector"),
    "N": ("inspector03", "inspection", "inspector"),
    "J": ("head01", "inspection", "inspection_head"),
    "F": ("legal01", "hrss", "legal_reviewer"),
    "L": ("deputy01", "hrss", "deputy_head"),
    "B": ("bureau01", "hrss", "bureau_head"),
    "D": ("stats01", "hrss", "stats"),
    "G": ("leader01", "district", "leader"),
    "P": ("police01", "police", "liaison"),
    "H": ("housing01", "housing", "liaison"),
}
STRANGERS: dict[str, tuple[str, str, str]] = {
    "window of the institute": ("window02", "arb", "window"),
    "window of the aid centre": ("window03", "aid", "window"),
    "mediator": ("mediator01", "arb", "mediator"),
    "arbitrator": ("arbitrator01", "arb", "arbitrator"),
    "clerk": ("clerk01", "arb", "clerk"),
    "institute head": ("instdir01", "arb", "institute_head"),
    "committee chair": ("chair01", "arb", "committee_chair"),
    "aid reviewer": ("aid01", "aid", "aid_reviewer"),
    "aid director": ("aiddir01", "aid", "aid_director"),
    "aid lawyer": ("lawyer01", "aid", "aid_lawyer"),
    "liaison of transport": ("transport01", "transport", "liaison"),
    "liaison of a town": ("town01", "town-dongcheng", "liaison"),
    "auditor": ("auditor01", "district", "auditor"),
    "system administrator": ("admin01", "district", "sysadmin"),
}
LICENSED = ("Z", "X", "N")


def staff(letters: str = "WZXJFLB") -> dict[str, User]:
    """The people who act in the procedure, by letter."""
    rows = {}
    for letter in letters:
        username, agency, role = STAFF[letter]
        licence = {"licence_no": f"示例5001510000{letter}"} if letter in LICENSED else {}
        rows[username] = (agency, role, licence)
    people = make_users(rows)
    return {letter: people[STAFF[letter][0]] for letter in letters}


def strangers(*names: str) -> dict[str, User]:
    """People whose role has no business with a complaint; every one unless the test names some."""
    rows = {name: STRANGERS[name] for name in names or STRANGERS}
    people = make_users({username: (agency, role, {}) for username, agency, role in rows.values()})
    return {name: people[username] for name, (username, _agency, _role) in rows.items()}


# Complaints

BEFORE_ACCEPTANCE = (State.REGISTERED, State.CORRECTING, State.NOT_ACCEPTED, State.REDIRECTED, State.VOID)
OVER = (State.NOT_ACCEPTED, State.REDIRECTED, State.VOID, State.CANCELLED, State.CLOSED, State.ARCHIVED)
OUTCOMES = {State.CLOSED: "01", State.CANCELLED: "12", State.ARCHIVED: "01"}


def complaint(
    people: Mapping[str, User],
    state: str = State.REGISTERED,
    *,
    workers: int = 1,
    owed_fen: int = OWED_FEN,
    months: tuple[str, str] = ("2025-11", "2026-03"),
    confirmed: bool = True,
    paid: bool = False,
    agency: str = "inspection",
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> InspectionCase:
    """A complaint in the state with its workers, its respondent and the two inspectors; dates as the test says."""
    number = next(_numbers)
    office = Agency.objects.get(code=agency)
    case = Case.objects.create(
        **_columns(
            state, number, office, people, workers, owed_fen, confirmed and owed_fen * workers, columns
        )
    )
    Complaint.objects.create(case=case, **(details or {}))
    for position in range(1, workers + 1):
        _worker(case, position, owed_fen, months, owed_fen if confirmed else None, paid)
    respondent(case)
    for letter, duty in (("Z", "lead"), ("X", "second")):
        if letter in people:
            Assignment.objects.create(
                case=case, user=people[letter], duty=duty, since=moment(TODAY - 40 * DAY)
            )
    return fresh(case)


def _columns(
    state: str,
    number: int,
    office: Agency,
    people: Mapping[str, User],
    workers: int,
    owed: int,
    confirmed: int,
    given: dict,
) -> dict[str, Any]:
    received_on = given.pop("received_on", TODAY - 45 * DAY)
    is_filed = state not in (*BEFORE_ACCEPTANCE, State.FILING)
    ended_on = TODAY - DAY if state in OVER else None
    outcome = OUTCOMES.get(state, "")
    return {
        "kind": CaseKind.INSPECTION,
        "agency": office,
        "state": state,
        "receipt_no": f"铜人社监登〔2026〕9{number:04}号",
        "case_no": f"铜人社监案〔2026〕9{number:04}号" if is_filed else "",
        "received_on": received_on,
        "registered_at": moment(received_on),
        "filed_on": received_on + 2 * DAY if is_filed else None,
        "ended_on": ended_on,
        "closed_on": ended_on if outcome else None,
        "outcome": outcome,
        "applicant_name": "王某某",
        "respondent_name": EMPLOYER,
        "worker_count": workers,
        "claimed_fen": owed * workers,
        "confirmed_fen": int(confirmed),
        "registered_by": people.get("W") or next(iter(people.values())),
        "handler": people.get("Z") if is_filed else None,
        **given,
    }


def _worker(
    case: Case, position: int, owed_fen: int, months: tuple[str, str], confirmed: int | None, paid: bool
) -> None:
    person = Person.objects.create(
        agency=case.agency, name=f"王某{position}", phone=f"1380001{position:04}", is_migrant=True
    )
    party = Party.objects.create(
        case=case, role=PartyRole.WORKER, person=person, position=position, added_on=case.received_on
    )
    Claim.objects.create(
        case=case,
        worker=party,
        job="钢筋工",
        from_month=months[0],
        to_month=months[1],
        due_fen=owed_fen,
        owed_fen=owed_fen,
        confirmed_fen=confirmed,
    )
    if paid:
        pay(party, owed_fen)


def pay(worker: Party, fen: int, *, source: str = "employer", by: User | None = None) -> Payment:
    """Wages that reached the worker, verified."""
    return Payment.objects.create(
        case=worker.case,
        worker=worker,
        amount_fen=fen,
        paid_on=TODAY - DAY,
        source=source,
        payer_name=EMPLOYER,
        voucher_no="回单1",
        verified_by=by or worker.case.registered_by,
        verified_at=moment(TODAY),
    )


def respondent(case: Case, name: str = EMPLOYER) -> Party:
    """The unit is a respondent of the case."""
    employer, _made = Employer.objects.get_or_create(agency=case.agency, name=name)
    return Party.objects.create(
        case=case,
        role=PartyRole.RESPONDENT,
        employer=employer,
        chain_role="employer",
        position=case.parties.filter(role=PartyRole.RESPONDENT).count() + 1,
        added_on=case.received_on,
    )


def clock(case: Case, code: str, started_on: date, due_on: date | None = None, **fields: Any) -> CaseClock:
    """The rule runs on the case since the day and, where the test says so, ends on the other."""
    return CaseClock.objects.create(
        case=case, rule_code=code, started_on=started_on, due_on=due_on, rule_text="—", **fields
    )


def document(case: Case, kind: str = "D18", *, issued_on: date = TODAY, by: User | None = None) -> Document:
    """A document of the kind stands issued on the case since that day."""
    html = f"<p>{kind}</p>"
    return Document.objects.create(
        case=case,
        agency=case.agency,
        kind=kind,
        title=document_kind(kind).title,
        issued_on=issued_on,
        issued_at=moment(issued_on),
        issued_by=by or case.registered_by,
        html=html,
        text_sha256=sha256(html.encode()).hexdigest(),
        template_version="test",
    )


def share(case: Case, agency: str) -> None:
    """The people of the other agency may see the case and answer it."""
    sharing.share(
        case,
        Agency.objects.get(code=agency),
        reason=ShareReason.POLICE if agency == "police" else ShareReason.TASK,
        by=case.registered_by,
        at=moment(TODAY),
    )


def task(case: Case, agency: str, *, by: User | None = None, **fields: Any) -> Task:
    """The other agency was asked for something and has not answered."""
    values = {
        "request": "verify",
        "content": "核实项目与合同。",
        "sent_at": moment(TODAY),
        "due_on": TODAY + 7 * DAY,
    }
    receiver = Agency.objects.get(code=agency)
    return Task.objects.create(
        case=case, receiver=receiver, sent_by=by or case.registered_by, **{**values, **fields}
    )


def returned_task(case: Case, agency: str, times: int = 1) -> Task:
    """The other agency sent the request back, so many times in all."""
    return task(
        case,
        agency,
        sent_at=moment(TODAY - DAY),
        return_count=times,
        returned_by=case.registered_by,
        returned_at=moment(TODAY, 9),
        return_rule="《某某区部门职责规定》第三条",
        return_reason="不属于我委监管。",
    )


def liaison_of_water() -> User:
    """Somebody who can be asked."""
    return User.objects.filter(username="water01").first() or make_user(
        "water01", agency="water", role="liaison"
    )


def fresh(case: Case) -> InspectionCase:
    """The case as it stands now."""
    return InspectionCase.objects.select_related("agency", "complaint").get(pk=case.pk)


def worker_of(case: Case) -> Party:
    return case.parties.filter(role=PartyRole.WORKER).first()


def respondent_of(case: Case) -> Party:
    return case.parties.filter(role=PartyRole.RESPONDENT).first()


# Steps

EVERYTHING_DONE = {
    "accepted_on": TODAY - 43 * DAY,
    "correction_items": "被投诉单位的名称",
    "correction_due_on": TODAY - DAY,
    "investigation_ended_on": TODAY - 20 * DAY,
    "breach": "没有按月足额支付工资。",
    "order_pay_by_on": TODAY - 2 * DAY,
    "order_served_on": TODAY - 9 * DAY,
    "notice_kind": "handling",
    "notice_content": "拟责令支付所欠工资。",
    "notice_served_on": TODAY - 15 * DAY,
    "decided_on": TODAY - 12 * DAY,
    "decision_pay_within": 9,
    "decision_pay_by_on": TODAY - DAY,
    "decision_served_on": TODAY - 10 * DAY,
    "bank_notified_on": TODAY - DAY,
    "remedy_used": True,
    "decision_upheld": True,
    "redirect_to": "铜梁区劳动人事争议仲裁院",
    "refusal_reason": "超过两年",
    "acts_recorded": 1,
}
"""What the steps ask for, all of it there: only the state then decides whether a step can be taken."""


@dataclass(frozen=True)
class Situation:
    """What lets one step be taken: how the case differs from `EVERYTHING_DONE`, what is prepared on it, the facts."""

    facts: Callable[[Case, Mapping[str, User]], dict[str, Any]] = lambda case, people: {}
    details: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[Case, Mapping[str, User]], Any] = lambda case, people: None
    given: Mapping[str, Any] = field(default_factory=dict)


def _plain(**facts: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: dict(facts)


def _inspectors(**more: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: {"lead": people["Z"].pk, "second": people["X"].pk, **more}


_REASON = _plain(reason="案情需要。")
_SENT = _plain(done_on=TODAY.isoformat(), how="专人送达，张某签收")
_NOTICE = {"notice_kind": "handling", "notice_content": "拟责令支付所欠工资。", "hearing_right": "no"}
_FINED = {"notice_kind": "penalty", "fine_fen": 500_000, "fine_served_on": TODAY - 10 * DAY}
_POLICE_SAID_NO = {"police_answered_on": TODAY - DAY}
_CLOSING = {"summary": "工资已足额支付。", "call_back_done": "on"}
_OPEN_INVESTIGATION = {"investigation_ended_on": None}


def _listing(case: Case, *codes: str) -> None:
    """The period for deciding on the list runs, and what else is named, since the day before yesterday."""
    for code in codes:
        clock(case, code, TODAY - 2 * DAY, TODAY + 20 * DAY, party=respondent_of(case))


def _listed(case: Case) -> None:
    """The unit stands on the list since two hundred days."""
    clock(case, "T46", TODAY - 200 * DAY, TODAY + 900 * DAY, party=respondent_of(case))


def wants_to_be_heard(case: Case, *parties: Party) -> None:
    """These units asked for a hearing."""
    Complaint.objects.filter(case=case).update(hearing_by=[party.pk for party in parties])


def about_unit(case: Case, **facts: Any) -> dict[str, Any]:
    """Facts about the one unit of the case."""
    return {"party": respondent_of(case).pk, **facts}


SITUATIONS: dict[str, Situation] = {
    "request_correction": Situation(
        _plain(missing_items="被投诉单位的名称", due_on=(TODAY + 14 * DAY).isoformat())
    ),
    "receive_correction": Situation(_plain(received_on=TODAY.isoformat(), materials="劳动合同复印件1份")),
    "lapse_correction": Situation(
        _REASON, prepare=lambda case, people: clock(case, "T04", TODAY - 15 * DAY, TODAY - DAY)
    ),
    "refuse": Situation(_REASON, given={"months": ("2023-11", "2024-02")}),
    "redirect": Situation(
        _plain(path="arbitration", redirect_to="铜梁区劳动人事争议仲裁院", reason="劳动关系有争议。")
    ),
    "void": Situation(_REASON),
    "accept": Situation(_plain(within_two_years="yes", respondent_clear="yes", within_mandate="yes")),
    "return_filing": Situation(_REASON),
    "file_case": Situation(_inspectors()),
    "investigate": Situation(
        _plain(act="site", acted_on=TODAY.isoformat(), place="工地", summary="查看考勤表。")
    ),
    "confirm_amounts": Situation(
        lambda case, people: {f"claim_{row.pk}": row.owed_fen for row in case.claims.all()},
        given={"confirmed": False},
    ),
    "preserve_evidence": Situation(_plain(items="考勤表一册", reason="可能被销毁。", place="支队档案室")),
    "dispose_evidence": Situation(
        lambda case, people: {
            "which": getattr(case.clocks.filter(rule_code="T14").first(), "pk", 0),
            "result": "复制后退还。",
        },
        prepare=lambda case, people: clock(case, "T14", TODAY - 2 * DAY, TODAY + 5 * DAY, cause="event-3"),
    ),
    "query_accounts": Situation(_plain(target="单位基本账户", approval_no="渝人社查〔2026〕1号")),
    "extend_investigation": Situation(
        _REASON,
        _OPEN_INVESTIGATION,
        lambda case, people: clock(case, "T10", TODAY - 40 * DAY, TODAY + 40 * DAY),
    ),
    "extend_decision": Situation(
        _plain(more_days="10", reason="案情重大。"),
        prepare=lambda case, people: clock(case, "T11", TODAY - 10 * DAY, TODAY + 5 * DAY),
    ),
    "conclude_investigation": Situation(
        _plain(summary="欠薪属实。", legal_review_needed="no"), _OPEN_INVESTIGATION
    ),
    "order": Situation(_plain(breach="没有按月足额支付工资。", pay_by_on=(TODAY + 7 * DAY).isoformat())),
    "take_up_again": Situation(_REASON, {"decision_upheld": False, "decision_annulled": True}),
    "amend_order": Situation(
        _plain(breach="没有按月足额支付工资。", pay_by_on=(TODAY + 7 * DAY).isoformat())
    ),
    "merge": Situation(
        lambda case, people: {
            "into": getattr(joinable(case).order_by("-pk").first(), "pk", 0),
            "reason": "同一单位。",
        },
        prepare=lambda case, people: complaint(people, State.INVESTIGATING, confirmed=False),
    ),
    "plan_instalments": Situation(
        _plain(plan="2026-07-15 6000\n2026-08-15 6000", agreed="2026-06-15劳动者签字的协议")
    ),
    "apply_to_court": Situation(
        _SENT,
        {"decided_on": TODAY - 30 * DAY},
        lambda case, people: clock(case, "T35", TODAY - 20 * DAY, TODAY - 6 * DAY),
    ),
    "record_court": Situation(
        _plain(court_event="accepted", done_on=TODAY.isoformat(), result="（2026）渝0151行审1号"),
        prepare=lambda case, people: clock(case, "T37a", TODAY - 3 * DAY, TODAY + 4 * DAY),
    ),
    "serve": Situation(
        lambda case, people: {
            "document": case.documents.get(kind="D18").pk,
            "party": respondent_of(case).pk,
            "method": "direct",
            "served_on": TODAY.isoformat(),
            "proof": "单位负责人签收",
        },
        {"order_pay_by_on": TODAY + 7 * DAY},
        lambda case, people: document(case, "D18"),
    ),
    "close_paid": Situation(_plain(outcome="01", **_CLOSING), given={"paid": True}),
    "give_notice": Situation(_plain(**_NOTICE)),
    "give_notice_for_obstruction": Situation(
        _plain(obstruction="拒不提供工资支付表。", notice_content="拟罚款。", fine="5000", hearing_right="no")
    ),
    "give_notice_again": Situation(_plain(**_NOTICE)),
    "hear_statement": Situation(
        lambda case, people: {
            "party": respondent_of(case).pk,
            "waived": "no",
            "content": "单位认可事实。",
        }
    ),
    "request_hearing": Situation(
        lambda case, people: {
            "party": respondent_of(case).pk,
            "done_on": TODAY.isoformat(),
            "how": "书面申请",
        },
        {"hearing_right": True},
        lambda case, people: clock(case, "T19", TODAY - 2 * DAY, TODAY + 5 * DAY, party=respondent_of(case)),
    ),
    "schedule_hearing": Situation(
        _plain(hearing_on=(TODAY + 20 * DAY).isoformat(), place="局三楼会议室"),
        {"hearing_right": True, "hearing_requested_on": TODAY - DAY},
    ),
    "hold_hearing": Situation(
        _plain(
            held_on=TODAY.isoformat(),
            notified_on=(TODAY - 14 * DAY).isoformat(),
            chair="何静",
            report="双方发表了意见。",
        ),
        {"hearing_right": True, "hearing_requested_on": TODAY - 16 * DAY, "hearing_on": TODAY},
    ),
    "review_law": Situation(_plain(passed="yes", opinion="事实清楚，程序合法。")),
    "discuss": Situation(_plain(attendees="局领导班子", conclusion="同意。")),
    "decide": Situation(
        _plain(content="限期支付所欠工资。", pay_within="15"),
        prepare=lambda case, people: clock(case, "T17", TODAY - 15 * DAY, TODAY - 8 * DAY),
    ),
    "drop_hearing": Situation(
        lambda case, people: about_unit(case, ground="taken_back", done_on=TODAY.isoformat(), how="书面撤回"),
        {"hearing_right": True, "hearing_requested_on": TODAY - DAY},
        lambda case, people: wants_to_be_heard(case, respondent_of(case)),
    ),
    "report_fine": Situation(
        _SENT,
        {"notice_kind": "penalty", "fine_fen": 500_000},
        lambda case, people: clock(case, "T24", TODAY - 3 * DAY, TODAY + 9 * DAY),
    ),
    "record_fine": Situation(_SENT, _FINED),
    "defer_fine": Situation(
        _plain(more_days="30", reason="经营困难。"),
        {**_FINED, "fine_due_on": TODAY + 5 * DAY},
        lambda case, people: clock(case, "T25", TODAY - 10 * DAY, TODAY + 5 * DAY, party=respondent_of(case)),
    ),
    "go_on_after_fine": Situation(_REASON, {**_FINED, "fine_paid_on": TODAY - DAY}),
    "transfer_to_police": Situation(
        _plain(flight_or_refusal="负责人关停手机，去向不明。", report="经责令仍不支付。")
    ),
    "police_open": Situation(_plain(notice_no="铜公立字〔2026〕1号")),
    "record_refusal": Situation(_plain(answered_on=TODAY.isoformat(), reply="情节轻微。")),
    "police_refuse": Situation(_plain(remedies="不再提请。"), _POLICE_SAID_NO),
    "police_refuse_before_notice": Situation(
        _plain(remedies="不再提请。", **_NOTICE), {**_POLICE_SAID_NO, "notice_served_on": None}
    ),
    "close_performed": Situation(_plain(outcome="02", **_CLOSING), given={"paid": True}),
    "record_remedy": Situation(
        lambda case, people: {
            "party": respondent_of(case).pk,
            "remedy": "review",
            "done_on": TODAY.isoformat(),
            "result": "铜府复〔2026〕1号，已受理。",
        }
    ),
    "enforce": Situation(_plain(demand="自收到本催告书之日起十日内支付所欠工资。"), {"remedy_used": False}),
    "close_executed": Situation(
        _plain(outcome="08", summary="法院裁定终结执行。"), {"court_result": "ended"}
    ),
    "cancel": Situation(_plain(outcome="12", summary="查无欠薪事实。"), given={"confirmed": False}),
    "close_transferred": Situation(_plain(outcome="10", summary="不属于本区。", to="某某区人社局")),
    "withdraw": Situation(_plain(voluntary="yes", everybody="yes", record="劳动者自愿撤回。")),
    "reopen": Situation(_REASON),
    "archive": Situation(_plain(pages="56", contents_complete="yes")),
    "suspend": Situation(_REASON),
    "resume": Situation(given={"is_suspended": True}),
    "coordinate": Situation(_plain(going_on="yes", record="双方到场协商。")),
    "change_inspectors": Situation(
        lambda case, people: {"lead": people["X"].pk, "second": people["Z"].pk, "reason": "工作调整。"}
    ),
    "request_recusal": Situation(
        lambda case, people: {
            "person": people["X"].pk,
            "asked_on": TODAY.isoformat(),
            "reason": "是当事人的亲属。",
        }
    ),
    "decide_recusal": Situation(
        lambda case, people: {"person": people["X"].pk, "reason": "是当事人的亲属。", "granted": "no"},
        prepare=lambda case, people: clock(
            case, "T13", TODAY - DAY, TODAY + 2 * DAY, cause=f"user-{people['X'].pk}"
        ),
    ),
    "add_party": Situation(
        _plain(name="重庆某某建设集团有限公司", chain_role="main_contractor", reason="总包先行清偿。")
    ),
    "determine_payer": Situation(_plain(situation="subcontractor", basis="分包合同和考勤表。")),
    "send_task": Situation(
        lambda case, people: {
            "receiver": Agency.objects.get(code="water").pk,
            "request": "verify",
            "content": "核实项目与合同。",
            "due_on": (TODAY + 7 * DAY).isoformat(),
        },
        prepare=lambda case, people: liaison_of_water(),
    ),
    "reply_task": Situation(
        lambda case, people: {"task": case.tasks.get().pk, "reply": "已约谈总包单位。"},
        prepare=lambda case, people: task(case, "housing"),
    ),
    "return_task": Situation(
        lambda case, people: {
            "task": case.tasks.get().pk,
            "scope": "whole",
            "rule": "《某某区部门职责规定》第三条",
            "reason": "该项目不属于我委监管。",
        },
        prepare=lambda case, people: task(case, "housing"),
    ),
    "resend_task": Situation(
        lambda case, people: {
            "task": case.tasks.get().pk,
            "answer": "施工许可证由你委核发。",
            "due_on": (TODAY + 7 * DAY).isoformat(),
        },
        prepare=lambda case, people: returned_task(case, "housing"),
    ),
    "withdraw_task": Situation(
        lambda case, people: {"task": case.tasks.get().pk, "reason": "已自行查清。"},
        prepare=lambda case, people: task(case, "housing"),
    ),
    "rule_on_task": Situation(
        lambda case, people: {
            "task": case.tasks.get().pk,
            "result": "binding",
            "ruling": "施工许可由住建委核发，由住建委办理。",
            "due_on": (TODAY + 7 * DAY).isoformat(),
        },
        prepare=lambda case, people: returned_task(case, "housing", times=2),
    ),
    "notify_bank": Situation(_plain(bank="铜梁某某银行", account="保函1号", contractor=EMPLOYER)),
    "bank_received": Situation(_SENT),
    "send_to_police": Situation(_SENT),
    "hand_over": Situation(_SENT, given={"outcome": "09"}),
    "ask_police_again": Situation(
        _plain(asked="again", done_on=TODAY.isoformat(), how="专人送达，张某签收"),
        {"police_answered_on": TODAY - DAY},
    ),
    "tell_result": Situation(
        _SENT, prepare=lambda case, people: clock(case, "T56", TODAY - 2 * DAY, TODAY + 5 * DAY)
    ),
    "remove_party": Situation(
        lambda case, people: {
            "party": case.parties.get(employer__name="误列的公司").pk,
            "reason": "名称相近，登记错了。",
        },
        prepare=lambda case, people: respondent(case, "误列的公司"),
    ),
    "top_up_deposit": Situation(
        _SENT, prepare=lambda case, people: clock(case, "T51", TODAY - 5 * DAY, TODAY + 9 * DAY)
    ),
    "extend_listing": Situation(
        lambda case, people: about_unit(case, reason="案情复杂。"),
        prepare=lambda case, people: _listing(case, "T44"),
    ),
    "announce_listing": Situation(
        lambda case, people: about_unit(case, **_SENT(case, people)),
        prepare=lambda case, people: _listing(case, "T44"),
    ),
    "receive_objection": Situation(
        lambda case, people: about_unit(case, **_SENT(case, people)),
        prepare=lambda case, people: _listing(case, "T44", "T45a"),
    ),
    "decide_listing": Situation(
        lambda case, people: about_unit(case, listed="no", reason="已签分期协议。"),
        prepare=lambda case, people: _listing(case, "T44"),
    ),
    "ask_early_removal": Situation(
        lambda case, people: about_unit(
            case,
            done_on=TODAY.isoformat(),
            corrected_on=(TODAY - 190 * DAY).isoformat(),
            promised="yes",
            barred="no",
        ),
        prepare=lambda case, people: _listed(case),
        given={"paid": True},
    ),
    "decide_removal": Situation(
        lambda case, people: about_unit(
            case, ground="annulled", done_on=TODAY.isoformat(), reason="复议撤销。"
        ),
        prepare=lambda case, people: _listed(case),
    ),
    "take_off_list": Situation(
        lambda case, people: about_unit(case, **_SENT(case, people)),
        prepare=lambda case, people: clock(
            case, "T48", TODAY - DAY, TODAY + 12 * DAY, party=respondent_of(case)
        ),
    ),
    "answer_hotline": Situation(
        _SENT, prepare=lambda case, people: clock(case, "T08", TODAY - 5 * DAY, TODAY + 9 * DAY)
    ),
}


def ready_for(step: str, people: Mapping[str, User], state: str, **changes: Any) -> InspectionCase:
    """A complaint in the state on which everything is there that the step asks for; ``changes`` undo some of it."""
    situation = SITUATIONS[step]
    details = {**EVERYTHING_DONE, **situation.details, **changes.pop("details", {})}
    case = complaint(people, state, **{**situation.given, **changes}, details=details)
    situation.prepare(case, people)
    for letter in set("PH") & set(people):
        share(case, people[letter].agency.code)
    return fresh(case)


def facts_for(step: str, case: Case, people: Mapping[str, User]) -> dict[str, Any]:
    """What is filled in to take the step."""
    return SITUATIONS[step].facts(case, people)


def propose(step: str, case: Case, by: User, people: Mapping[str, User], **facts: Any) -> Proposal:
    """The step waits for somebody else's decision."""
    facts = {**facts_for(step, case, people), **facts}
    services.propose(
        case=case, step=step, by=by, version=fresh(case).version, key=new_key(), note="拟同意。", **facts
    )
    return case.proposals.get(step=step, state=Proposal.State.OPEN)


def take(
    step: str, case: Case, by: User, people: Mapping[str, User] | None = None, **facts: Any
) -> InspectionCase:
    """The case after the step; ``people`` fill in the facts of a step that nobody had to propose."""
    if people is not None:
        facts = {**facts_for(step, case, people), **facts}
    services.advance(case=case, step=step, by=by, version=fresh(case).version, key=new_key(), **facts)
    return fresh(case)
