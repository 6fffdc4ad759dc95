"""Mediations in any state, so that one step can be taken and nothing else has to happen before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from agencies.models import Agency, User
from arbitration.mediation.models import (
    Demand,
    Instalment,
    Mediation,
    MediationCase,
    Offer,
    Round,
    Term,
)
from arbitration.mediation.states import State
from cases import services
from cases.models import Assignment, Case, CaseKind, Claim, Employer, Party, PartyRole, Person, Proposal
from tests.inspection.situations import DAY, TODAY, clock, document, moment, new_key
from tests.people import make_user

UNIT = "重庆某某餐饮管理有限公司"
CLAIM_FEN = 1_860_000
_numbers = count(1)

STAFF: dict[str, tuple[str, str, str]] = {
    "K": ("window02", "arb", "window"),
    "R": ("clerk01", "arb", "clerk"),
    "Z": ("mediator01", "arb", "mediator"),
    "M": ("mediator02", "arb", "mediator"),
    "A": ("arbitrator01", "arb", "arbitrator"),
    "Y": ("instdir01", "arb", "institute_head"),
    "C": ("chair01", "arb", "committee_chair"),
    "B": ("bureau01", "hrss", "bureau_head"),
    "G": ("leader01", "district", "leader"),
}
STRANGERS: dict[str, tuple[str, str, str]] = {
    "window of the inspection": ("window01", "inspection", "window"),
    "inspector": ("inspector01", "inspection", "inspector"),
    "reviewer of the aid centre": ("aid01", "aid", "aid_reviewer"),
    "aid lawyer": ("lawyer01", "aid", "aid_lawyer"),
    "liaison": ("housing01", "housing", "liaison"),
    "auditor": ("auditor01", "district", "auditor"),
    "system administrator": ("admin01", "district", "sysadmin"),
}
LETTERS = "KRZMAYCBG"


def staff(letters: str = LETTERS) -> dict[str, User]:
    """The people who act in the procedure, by letter: Z mediates the case, M is another mediator."""
    return {
        letter: make_user(username, agency=agency, role=role)
        for letter, (username, agency, role) in STAFF.items()
        if letter in letters
    }


def strangers() -> dict[str, User]:
    """People who have no business with a mediation."""
    return {
        name: make_user(username, agency=agency, role=role)
        for name, (username, agency, role) in STRANGERS.items()
    }


# Cases

FILED = tuple(state for state in State.values if state not in ("INQUIRY", "SEEKING_CONSENT", "DECLINED"))
ENDED = tuple(
    state for state in State.values if state not in ("INQUIRY", "SEEKING_CONSENT", "ACCEPTED", "MEDIATING")
)
AGREED = ("AGREED", "PERFORMING", "UNDER_REVIEW", "REVIEW_CONFIRMED", "COURT_CONFIRMED")


def mediation(
    people: Mapping[str, User],
    state: str = State.MEDIATING,
    *,
    workers: int = 1,
    kind: str = "wage",
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> MediationCase:
    """A mediation in the state with its workers, unit and claims, and the mediator where one was named."""
    number, office = next(_numbers), Agency.objects.get(code="arb")
    case = Case.objects.create(
        **{
            "kind": CaseKind.MEDIATION,
            "agency": office,
            "state": state,
            "receipt_no": f"铜劳人仲登〔2026〕9{number:04}号",
            "case_no": f"铜劳调字〔2026〕第9{number:04}号" if state in FILED else "",
            "received_on": TODAY - 30 * DAY,
            "registered_at": moment(TODAY - 30 * DAY),
            "filed_on": TODAY - 28 * DAY if state in FILED else None,
            "closed_on": TODAY - 10 * DAY if state in ENDED else None,
            "ended_on": TODAY - 10 * DAY if state in ENDED else None,
            "outcome": "agreed" if state in ENDED else "",
            "applicant_name": "王某甲",
            "respondent_name": UNIT,
            "worker_count": workers,
            "claimed_fen": CLAIM_FEN * workers,
            "confirmed_fen": CLAIM_FEN * workers if state in AGREED else 0,
            "registered_by": people["K"],
            **columns,
        }
    )
    Mediation.objects.create(case=case, **{"facts_text": "三个月工资没有发。", **(details or {})})
    employer, _made = Employer.objects.get_or_create(agency=office, name=UNIT)
    Party.objects.create(
        case=case,
        role=PartyRole.RESPONDENT,
        employer=employer,
        chain_role="employer",
        added_on=case.received_on,
    )
    for position in range(1, workers + 1):
        _worker(case, office, position, kind)
    if state in FILED:
        Assignment.objects.create(case=case, user=people["Z"], duty="mediator", since=moment(TODAY))
        Case.objects.filter(pk=case.pk).update(handler=people["Z"])
    if state in AGREED:
        agreed(case)
    return fresh(case)


def _worker(case: Case, office: Agency, position: int, kind: str) -> Party:
    name = (
        "王某" + "甲乙丙丁戊己庚辛壬癸子丑寅卯"[position - 1 : position]
        if position < 15
        else f"王某甲{position}"
    )
    person = Person.objects.create(agency=office, name=name, phone="13800011111", is_migrant=True)
    party = Party.objects.create(
        case=case, role=PartyRole.WORKER, person=person, position=position, added_on=case.received_on
    )
    Demand.objects.create(
        case=case, party=party, type=kind, amount_fen=CLAIM_FEN, from_month="2026-01", to_month="2026-03"
    )
    Claim.objects.create(
        case=case,
        worker=party,
        from_month="2026-01",
        to_month="2026-03",
        due_fen=CLAIM_FEN,
        owed_fen=CLAIM_FEN,
    )
    return party


def agreed(case: Case, *days: int) -> None:
    """Every worker has an agreement on the whole claim in two halves, due so many days from today."""
    on = days or (-1, 30)
    Mediation.objects.filter(case=case).update(
        agreed_on=TODAY - 10 * DAY, agreement_text="一、单位支付工资。"
    )
    for party in case.parties.filter(role=PartyRole.WORKER):
        Term.objects.create(case=case, worker=party, outcome="agreed", agreed_fen=CLAIM_FEN)
        for no, day in enumerate(on, start=1):
            Instalment.objects.create(
                case=case, worker=party, no=no, due_on=TODAY + day * DAY, amount_fen=CLAIM_FEN // len(on)
            )
    for day in on:
        clock(case, "MED-13", TODAY - 10 * DAY, TODAY + day * DAY, cause=f"{TODAY + day * DAY:%Y%m%d}")


def table(case: Case, by: User, *, accepted: bool = True, **fields: Any) -> Round:
    """A round in which everybody is offered the whole claim in two halves."""
    values = {
        "no": case.rounds.count() + 1,
        "proposed_by": "mediator",
        "percent": 90,
        "pay_on": TODAY + 15 * DAY,
        "schedule": [[(TODAY + 15 * DAY).isoformat(), 50], [(TODAY + 45 * DAY).isoformat(), 50]],
        "made_by": by,
        "made_at": moment(TODAY),
    }
    made = Round.objects.create(case=case, **{**values, **fields})
    for party in case.parties.filter(role=PartyRole.WORKER):
        Offer.objects.create(
            round=made, worker=party, kind="instalments", amount_fen=CLAIM_FEN, is_accepted=accepted
        )
    return made


def worker_of(case: Case) -> Party:
    return case.parties.filter(role=PartyRole.WORKER).order_by("position").first()


def fresh(case: Case) -> MediationCase:
    """The case as it stands now."""
    return MediationCase.objects.select_related("agency", "mediation").get(pk=case.pk)


# Steps

ON = TODAY.isoformat()


@dataclass(frozen=True)
class Situation:
    """What lets one step be taken: how the mediation differs, what is prepared on it, the facts, how many workers."""

    facts: Callable[[Case, Mapping[str, User]], dict[str, Any]] = lambda case, people: {}
    details: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[Case, Mapping[str, User]], Any] = lambda case, people: None
    workers: int = 1


def _plain(**facts: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: dict(facts)


def _served(case: Case, people: Mapping[str, User]) -> dict[str, Any]:
    return {
        "document": case.documents.get(kind="MD08").pk,
        "party": worker_of(case).pk,
        "method": "direct",
        "served_on": ON,
        "proof": "本人签收",
    }


def _paid(case: Case, people: Mapping[str, User]) -> dict[str, Any]:
    return {
        "due_on": (TODAY - DAY).isoformat(),
        "paid_on": ON,
        "payer": UNIT,
        "voucher_no": "回单0001",
    }


def _late_limit(case: Case, people: Mapping[str, User]) -> None:
    clock(case, "MED-03", TODAY - 30 * DAY, TODAY - 15 * DAY)


def _failed_terms(case: Case, people: Mapping[str, User]) -> None:
    if not case.terms.exists():
        for party in case.parties.filter(role=PartyRole.WORKER):
            Term.objects.create(case=case, worker=party, outcome="failed")


def _all_late(case: Case, people: Mapping[str, User]) -> None:
    case.agreed_instalments.update(due_on=TODAY - DAY)


REVIEW = {"review_requested_on": TODAY - 5 * DAY, "review_accepted_on": TODAY - 4 * DAY}
SITUATIONS: dict[str, Situation] = {
    "apply": Situation(_plain(received_on=ON, is_oral="no", facts_text="三个月工资没有发。")),
    "accept": Situation(
        lambda case, people: {"mediator": people["Z"].pk, "consented_on": ON, "how": "签了同意调解书"}
    ),
    "change_mediator": Situation(
        lambda case, people: {"mediator": people["M"].pk, "reason": "原调解员外出培训。"}
    ),
    "decline": Situation(_plain(ground="other_side", reason="电话征求意见，单位不同意调解。")),
    "name_representatives": Situation(_plain(people="1、2、3", elected_on=ON), workers=10),
    "convene": Situation(
        _plain(meet_on=(TODAY + DAY).isoformat(), meet_time="9:30", meet_place="调解室", notified="电话")
    ),
    "record_meeting": Situation(
        _plain(
            held_on=ON,
            place="调解室",
            present="王某甲、单位人事经理",
            worker_position="要求全额支付。",
            employer_position="愿意分期。",
            proposals="分两期。",
            result="再谈一次。",
        )
    ),
    "agree": Situation(
        _plain(
            agreed_on=ON,
            is_voluntary="yes",
            is_signed="yes",
            pay_how="转入工资卡",
            default_clause="任何一期没有付的，可以要求一次付清。",
        ),
        prepare=lambda case, people: table(case, people["Z"]),
    ),
    "fail": Situation(_plain(fail_reason="no_agreement", stopped_on=ON, reason="金额差距太大。")),
    "lapse": Situation(prepare=_late_limit),
    "withdraw": Situation(_plain(received_on=ON, is_reconciled="yes", reason="单位已经付清。")),
    "record_payment": Situation(_paid),
    "record_later_payment": Situation(_paid),
    "record_performance": Situation(_plain(performed_on=ON, content="补签劳动合同。", proof="合同1份")),
    "note_default": Situation(_plain(noted_on=ON, reason="到期没有到账。")),
    "request_review": Situation(_plain(requested_on=ON, addresses="双方地址电话")),
    "accept_review": Situation(details={"review_requested_on": TODAY - 5 * DAY}),
    "extend_review": Situation(
        _plain(reason="要向银行核实流水。"),
        REVIEW,
        lambda case, people: clock(case, "MED-06", TODAY - 4 * DAY, TODAY + DAY),
    ),
    "confirm_review": Situation(_plain(is_lawful="yes", finding="协议是双方真实意思表示。"), REVIEW),
    "refuse_review": Situation(_plain(ground="papers", reason="金额写得不明确。"), REVIEW),
    "withdraw_review": Situation(_plain(received_on=ON, reason="双方另行协商。"), REVIEW),
    "sign_paper": Situation(
        _plain(signed_on=ON, how="当面签收"), {**REVIEW, "review_decided_on": TODAY - DAY}
    ),
    "request_confirmation": Situation(_plain(requested_on=ON, court="重庆市铜梁区人民法院")),
    "confirm_in_court": Situation(
        _plain(ruled_on=ON, court_no="（2026）渝0151民特1号"), {"court_requested_on": TODAY - 3 * DAY}
    ),
    "court_refuses": Situation(
        _plain(ruled_on=ON, reason="内容不明确。"), {"court_requested_on": TODAY - 3 * DAY}
    ),
    "request_order": Situation(_plain(requested_on=ON, court="重庆市铜梁区人民法院")),
    "move_order": Situation(
        _plain(stage="taken", happened_on=ON),
        {"order_requested_on": TODAY - DAY, "order_stage": "requested"},
    ),
    "to_arbitration": Situation(
        _plain(consent_on=ON, how="当面签字的仲裁申请"),
        prepare=lambda case, people: (_all_late(case, people), _failed_terms(case, people)),
    ),
    "rest_to_arbitration": Situation(_plain(consent_on=ON, how="当面签字的仲裁申请")),
    "archive": Situation(
        _plain(pages="30", contents_complete="yes"),
        prepare=lambda case, people: case.agreed_instalments.update(paid_fen=CLAIM_FEN // 2, paid_on=TODAY),
    ),
    "serve": Situation(_served, prepare=lambda case, people: document(case, "MD08")),
}


def ready_for(step: str, people: Mapping[str, User], state: str, **changes: Any) -> MediationCase:
    """A mediation in the state on which everything is there that the step asks for; ``changes`` undo some of it."""
    situation = SITUATIONS[step]
    details = {**situation.details, **changes.pop("details", {})}
    changes.setdefault("workers", situation.workers)
    case = mediation(people, state, details=details, **changes)
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


def take(
    step: str, case: Case, by: User, people: Mapping[str, User] | None = None, /, **facts: Any
) -> MediationCase:
    """The case after the step; ``people`` fill in the facts of a step that nobody had to propose."""
    if people is not None:
        facts = {**facts_for(step, case, people), **facts}
    services.advance(case=case, step=step, by=by, version=fresh(case).version, key=new_key(), **facts)
    return fresh(case)
