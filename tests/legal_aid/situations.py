"""Legal-aid cases in any state, so that one step can be taken and nothing else has to happen before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from agencies.models import Agency, User
from cases import services, sharing
from cases.models import (
    Case,
    CaseKind,
    Claim,
    Employer,
    Party,
    PartyRole,
    Person,
    Proposal,
    ShareReason,
)
from legal_aid.models import (
    AidApplication,
    AidAssignment,
    AidCase,
    Firm,
    Lawyer,
    MeansStatement,
    Objection,
    Rate,
    Review,
    Subsidy,
)
from legal_aid.states import State
from tests.inspection.situations import DAY, TODAY, clock, document, moment, new_key
from tests.people import make_user

OPPONENT = "重庆某某建筑劳务有限公司"
OWED_FEN = 1_860_000
_numbers = count(1)

STAFF: dict[str, tuple[str, str, str]] = {
    "K": ("window03", "aid", "window"),
    "U": ("aid01", "aid", "aid_reviewer"),
    "M": ("aiddir01", "aid", "aid_director"),
    "N": ("lawyer01", "aid", "aid_lawyer"),
    "S": ("justice01", "justice", "bureau_head"),
    "G": ("leader01", "district", "leader"),
}
STRANGERS: dict[str, tuple[str, str, str]] = {
    "window of the inspection": ("window01", "inspection", "window"),
    "inspector": ("inspector01", "inspection", "inspector"),
    "bureau head": ("bureau01", "hrss", "bureau_head"),
    "institute head": ("instdir01", "arb", "institute_head"),
    "another lawyer": ("lawyer02", "aid", "aid_lawyer"),
    "liaison": ("housing01", "housing", "liaison"),
    "auditor": ("auditor01", "district", "auditor"),
    "system administrator": ("admin01", "district", "sysadmin"),
}


def staff(letters: str = "KUMNSG") -> dict[str, User]:
    """The people who act in the procedure, by letter."""
    return {
        letter: make_user(username, agency=agency, role=role)
        for letter, (username, agency, role) in STAFF.items()
        if letter in letters
    }


def strangers() -> dict[str, User]:
    """People who have no business with a case of legal aid."""
    return {
        name: make_user(username, agency=agency, role=role)
        for name, (username, agency, role) in STRANGERS.items()
    }


# The registry and the amounts


def firm(name: str = "重庆示例律师事务所", *, weight: int = 1, **fields: Any) -> Firm:
    """A firm that takes cases of the centre."""
    return Firm.objects.create(agency=Agency.objects.get(code="aid"), name=name, weight=weight, **fields)


def lawyer(user: User, its_firm: Firm | None = None) -> Lawyer:
    """The account belongs to a lawyer of the firm."""
    known = Lawyer.objects.filter(user=user).first()
    return known or Lawyer.objects.create(
        firm=its_firm or firm(most_open=9999), user=user, licence_no="15001202010000001"
    )


def rate(code: str, yuan: int, *, by: User, from_on: date = date(2026, 1, 1)) -> Rate:
    """The district's amount since the day."""
    return Rate.objects.create(
        code=code, from_on=from_on, amount_fen=yuan * 100, basis="示例文件", made_by=by, made_at=moment(TODAY)
    )


# Cases

WITH_FIRM = ("FIRM_ASSIGNED", "LAWYER_NAMED", "ENGAGED", "IN_PROGRESS", "REPLACING")
AFTERWARDS = ("TERMINATED", "CONCLUDED", "FILE_CHECK", "SUBSIDY", "ARCHIVED", "EVALUATED")
OVER = ("REFUSED", "TERMINATED", "ARCHIVED", "EVALUATED", "WITHDRAWN")


def application(
    people: Mapping[str, User],
    state: str = State.APPLIED,
    *,
    migrant: bool = True,
    agency: str = "aid",
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> AidCase:
    """An application in the state with its applicant and opponent, and the firm and lawyer that go with the state."""
    number = next(_numbers)
    office = Agency.objects.get(code=agency)
    is_filed = state in ("URGENT_AID", "GRANTED", *WITH_FIRM, *AFTERWARDS)
    case = Case.objects.create(
        **{
            "kind": CaseKind.LEGAL_AID,
            "agency": office,
            "state": state,
            "receipt_no": f"铜法援登〔2026〕9{number:04}号",
            "case_no": f"铜法援民字〔2026〕第9{number:04}号" if is_filed else "",
            "received_on": TODAY - 30 * DAY,
            "registered_at": moment(TODAY - 30 * DAY),
            "filed_on": TODAY - 25 * DAY if is_filed else None,
            "ended_on": TODAY - DAY if state in OVER else None,
            "applicant_name": "王某某",
            "respondent_name": OPPONENT,
            "worker_count": 1,
            "claimed_fen": OWED_FEN,
            "registered_by": people.get("K") or next(iter(people.values())),
            **columns,
        }
    )
    AidApplication.objects.create(case=case, **{"matter": "31-5w", "category": "migrant", **(details or {})})
    person = Person.objects.create(
        agency=office, name="王某某", phone="13800011111", is_migrant=migrant, id_number="50022419850615002X"
    )
    worker = Party.objects.create(case=case, role=PartyRole.WORKER, person=person, added_on=case.received_on)
    Claim.objects.create(
        case=case,
        worker=worker,
        from_month="2026-01",
        to_month="2026-03",
        due_fen=OWED_FEN,
        owed_fen=OWED_FEN,
    )
    employer, _made = Employer.objects.get_or_create(agency=office, name=OPPONENT)
    Party.objects.create(
        case=case,
        role=PartyRole.RESPONDENT,
        employer=employer,
        chain_role="employer",
        added_on=case.received_on,
    )
    if state in (*WITH_FIRM, *AFTERWARDS) and "N" in people:
        have(case, people, named=state != "FIRM_ASSIGNED")
    return fresh(case)


def have(case: Case, people: Mapping[str, User], *, named: bool = True) -> AidAssignment:
    """The lawyer's firm has the case, and the lawyer where ``named``."""
    person = lawyer(people["N"])
    assignment = AidAssignment.objects.create(
        case=case,
        firm=person.firm,
        lawyer=person if named else None,
        assigned_by=people.get("M") or people["N"],
        assigned_on=TODAY - 20 * DAY,
        received_on=TODAY - 19 * DAY,
        named_on=TODAY - 18 * DAY if named else None,
    )
    if named:
        by, at = people.get("U") or people["N"], moment(TODAY)
        sharing.share(case, person.user, reason=ShareReason.REPRESENTATION, by=by, at=at)
        Case.objects.filter(pk=case.pk).update(handler=person.user)
    return assignment


def review(case: Case, by: User, **fields: Any) -> Review:
    """The centre has looked at the application."""
    values = {"is_entitled": True, "exemption": "migrant_wage", "article": "《法律援助法》第四十二条第三项"}
    return Review.objects.create(
        case=case, opinion="符合条件。", reviewed_by=by, reviewed_at=moment(TODAY), **{**values, **fields}
    )


def means(case: Case, **fields: Any) -> MeansStatement:
    """What the applicant said of income."""
    values = {"household": 3, "income_fen": 300_000, "pledged": True, "stated_on": TODAY}
    return MeansStatement.objects.create(case=case, **{**values, **fields})


def subsidy(case: Case, by: User) -> Subsidy:
    return Subsidy.objects.create(
        case=case,
        rate="arbitration",
        standard_fen=150_000,
        amount_fen=150_000,
        payee="重庆示例律师事务所",
        proposed_by=by,
        proposed_on=TODAY,
    )


def worker_of(case: Case) -> Party:
    return case.parties.get(role=PartyRole.WORKER)


def fresh(case: Case) -> AidCase:
    """The case as it stands now."""
    return AidCase.objects.select_related("agency", "aid").get(pk=case.pk)


# Steps

EVERYTHING_DONE: dict[str, Any] = {
    "correction_due_on": TODAY - DAY,
    "correction_items": "劳动合同",
    "reviewed_on": TODAY - 3 * DAY,
    "assignment_received_on": TODAY - 19 * DAY,
    "lawyer_named_on": TODAY - 18 * DAY,
    "agreement_on": TODAY - 17 * DAY,
    "first_met_on": TODAY - 16 * DAY,
    "concluded_on": TODAY - 5 * DAY,
    "file_received_on": TODAY - 2 * DAY,
    "file_pages": 40,
    "called_back_on": TODAY - DAY,
    "terminated_on": TODAY - DAY,
    "return_state": "IN_PROGRESS",
    "replacement_by": "poor_service",
    "replacement_reason": "一直没有联系。",
}


@dataclass(frozen=True)
class Situation:
    """What lets one step be taken: how the case differs from `EVERYTHING_DONE`, what is prepared on it, the facts."""

    facts: Callable[[Case, Mapping[str, User]], dict[str, Any]] = lambda case, people: {}
    details: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[Case, Mapping[str, User]], Any] = lambda case, people: None


def _plain(**facts: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: dict(facts)


def _reviewed(case: Case, people: Mapping[str, User]) -> None:
    review(case, people["U"])


def _firm_facts(**more: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: {"firm": lawyer(people["N"]).firm.pk, **more}


def _served(case: Case, people: Mapping[str, User]) -> None:
    clock(case, "LA-07", TODAY - 20 * DAY, TODAY - 5 * DAY)


def _objection(case: Case, people: Mapping[str, User]) -> None:
    Objection.objects.create(case=case, against="REFUSED", received_on=TODAY - DAY, reason="本人符合条件。")


_OBJECTED = {"objected_to": "REFUSED", "objected_on": TODAY - DAY}
TODAY_TEXT = TODAY.isoformat()
_REASON = _plain(reason="案情需要。")

SITUATIONS: dict[str, Situation] = {
    "apply": Situation(
        _plain(
            received_on=TODAY_TEXT,
            matter="31-5w",
            stage="none",
            form="arbitration",
            request="支付工资18600元。",
        )
    ),
    "end_consultation": Situation(_REASON),
    "request_correction": Situation(
        _plain(missing_items="劳动合同复印件", due_on=(TODAY + 7 * DAY).isoformat()),
        prepare=lambda case, people: clock(case, "LA-01", TODAY - DAY, TODAY + 6 * DAY),
    ),
    "supply": Situation(
        _plain(received_on=TODAY_TEXT, materials="劳动合同复印件1份"), {"correction_due_on": TODAY + DAY}
    ),
    "lapse_correction": Situation(),
    "aid_first": Situation(
        _plain(
            ground="limit",
            limit_on=(TODAY + 5 * DAY).isoformat(),
            facts="时效即将届满。",
            papers_owed="身份证复印件",
            papers_due_on=(TODAY + 7 * DAY).isoformat(),
        )
    ),
    "start_review": Situation(),
    "ask_other_region": Situation(_plain(region="四川省华蓥市法律援助中心", questions="家庭收入情况。")),
    "region_answered": Situation(_plain(received_on=TODAY_TEXT, answer="情况属实。")),
    "record_review": Situation(_plain(is_entitled="yes", opinion="符合条件，建议给予。")),
    "grant": Situation(_plain(form="arbitration"), prepare=_reviewed),
    "refuse": Situation(_plain(ground="out_of_scope", reason="不属于援助事项。"), prepare=_reviewed),
    "object": Situation(_plain(arrived_on=TODAY_TEXT, reason="本人符合条件。")),
    "order_correction": Situation(_REASON, _OBJECTED, _objection),
    "uphold_decision": Situation(_REASON, _OBJECTED, _objection),
    "supply_urgent_papers": Situation(
        _plain(received_on=TODAY_TEXT, is_entitled="yes", opinion="手续齐全。"), {"urgent_ground": "limit"}
    ),
    "withdraw": Situation(_plain(received_on=TODAY_TEXT, reason="已经拿到工资。")),
    "assign": Situation(_firm_facts()),
    "reassign": Situation(_firm_facts()),
    "receive_assignment": Situation(_plain(arrived_on=TODAY_TEXT, how="邮寄，前台签收")),
    "name_lawyer": Situation(lambda case, people: {"lawyer": lawyer(people["N"]).pk, "named_on": TODAY_TEXT}),
    "sign": Situation(_plain(signed_on=TODAY_TEXT, special_power="no", scope="仲裁全程代理")),
    "begin": Situation(
        _plain(met_on=TODAY_TEXT, place="律所会议室", explained="权利义务和风险。", requests="尽快拿到工资。")
    ),
    "log_work": Situation(
        _plain(work="report", done_on=TODAY_TEXT, minutes="30", content="电话告知开庭时间。")
    ),
    "report_matter": Situation(_plain(notable="group", people="12", content="同一工地十二人。")),
    "request_replacement": Situation(
        _plain(asked_by="poor_service", arrived_on=TODAY_TEXT, reason="一直没有联系。", proof="通话记录。")
    ),
    "keep_lawyer": Situation(_REASON),
    "replace": Situation(
        _firm_facts(reason="承办人不能继续承办。", hand_over_by=(TODAY + 3 * DAY).isoformat())
    ),
    "terminate": Situation(_plain(ground="6", facts="受援人自行委托了律师。")),
    "notify_termination": Situation(
        _plain(done_on=TODAY_TEXT, how="当面送达"),
        prepare=lambda case, people: clock(case, "LA-10", TODAY - DAY, TODAY + 2 * DAY),
    ),
    "conclude_terminated": Situation(_plain(concluded_on=TODAY_TEXT, summary="已提交仲裁申请。")),
    "conclude": Situation(
        _plain(result="won", basis="award", concluded_on=TODAY_TEXT, obtained="18600", summary="裁决支持。"),
        {"concluded_on": None},
    ),
    "hand_in_file": Situation(_plain(arrived_on=TODAY_TEXT, pages="40")),
    "return_file": Situation(_REASON),
    "check_file": Situation(
        _plain(complete="yes", regular="yes", payee="重庆示例律师事务所"),
        prepare=lambda case, people: (
            Rate.objects.filter(code="arbitration").exists() or rate("arbitration", 1500, by=people["M"])
        ),
    ),
    "pay_subsidy": Situation(
        _plain(paid_on=TODAY_TEXT), prepare=lambda case, people: subsidy(case, people["U"])
    ),
    "call_back": Situation(_plain(called_on=TODAY_TEXT, satisfaction="good", content="满意。")),
    "archive": Situation(
        _plain(pages="40", contents_complete="yes"), {"subsidy_paid_on": TODAY - DAY}, prepare=_served
    ),
    "evaluate": Situation(_plain(duty="28", quality="36", file="27", opinion="良好。")),
    "serve": Situation(
        lambda case, people: {
            "document": case.documents.get(kind="LD07").pk,
            "party": worker_of(case).pk,
            "method": "direct",
            "served_on": TODAY_TEXT,
            "proof": "本人签收",
        },
        prepare=lambda case, people: document(case, "LD07"),
    ),
}


def ready_for(step: str, people: Mapping[str, User], state: str, **changes: Any) -> AidCase:
    """An application in the state on which everything is there that the step asks for; ``changes`` undo some of it."""
    situation = SITUATIONS[step]
    details = {**EVERYTHING_DONE, **situation.details, **changes.pop("details", {})}
    case = application(people, state, **changes, details=details)
    situation.prepare(case, people)
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


def take(step: str, case: Case, by: User, people: Mapping[str, User] | None = None, **facts: Any) -> AidCase:
    """The case after the step; ``people`` fill in the facts of a step that nobody had to propose."""
    if people is not None:
        facts = {**facts_for(step, case, people), **facts}
    services.advance(case=case, step=step, by=by, version=fresh(case).version, key=new_key(), **facts)
    return fresh(case)
