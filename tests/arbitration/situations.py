"""Disputes in any state, so that one step can be taken and nothing else has to happen before.

Rows are made directly: what a test relies on stands in the test, not in the steps that usually lead there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from agencies.models import Agency, User
from arbitration.models import (
    ArbitrationCase,
    Award,
    Deliberation,
    Dispute,
    DisputeClaim,
    DisputeParty,
    Hearing,
    HearingNotice,
    Room,
    Suspension,
)
from arbitration.states import BEFORE_ACCEPTANCE, State
from cases import services
from cases.models import (
    Assignment,
    Case,
    CaseKind,
    Duty,
    Employer,
    Party,
    PartyRole,
    Person,
    Proposal,
    ShareReason,
)
from cases.sharing import share
from documents.models import Document
from tests.inspection.situations import DAY, TODAY, clock, document, moment, new_key
from tests.people import make_user

UNIT = "重庆某某建筑劳务有限公司"
WAGES_FEN = 1_860_000
_numbers = count(1)

# R window, C clerk, A the arbitrator of the case, B and D members, N an arbitrator without it, T mediator, Y head of
# the institute, V chair of the committee, G the district's leader.
STAFF: dict[str, tuple[str, str, str]] = {
    "R": ("window02", "arb", "window"),
    "C": ("clerk01", "arb", "clerk"),
    "A": ("arbitrator01", "arb", "arbitrator"),
    "B": ("arbitrator02", "arb", "arbitrator"),
    "D": ("arbitrator03", "arb", "arbitrator"),
    "N": ("arbitrator04", "arb", "arbitrator"),
    "T": ("mediator01", "arb", "mediator"),
    "Y": ("instdir01", "arb", "institute_head"),
    "V": ("chair01", "arb", "committee_chair"),
    "G": ("leader01", "district", "leader"),
}
STRANGERS: dict[str, tuple[str, str, str]] = {
    "window of the inspection": ("window01", "inspection", "window"),
    "inspector": ("inspector01", "inspection", "inspector"),
    "reviewer of the aid centre": ("aid01", "aid", "aid_reviewer"),
    "liaison": ("housing01", "housing", "liaison"),
    "auditor": ("auditor01", "district", "auditor"),
    "system administrator": ("admin01", "district", "sysadmin"),
}


def staff(letters: str = "RCABDNTYVG") -> dict[str, User]:
    """The people who act in the procedure, by letter."""
    return {
        letter: make_user(username, agency=agency, role=role)
        for letter, (username, agency, role) in STAFF.items()
        if letter in letters
    }


def strangers() -> dict[str, User]:
    """People who have no business with a dispute."""
    return {
        name: make_user(username, agency=agency, role=role)
        for name, (username, agency, role) in STRANGERS.items()
    }


# Cases

ENDED = ("WITHDRAWN", "DEEMED_WITHDRAWN", "REVOKED", "TERMINATED")
RESULT = ("DECIDED", "SERVING", "CLOSED", "EFFECTIVE", "ARCHIVED")
OVER = ("REFUSED", "REDIRECTED", *ENDED, *RESULT)
NEVER_FILED = (*BEFORE_ACCEPTANCE, "REFUSED", "REDIRECTED")


def dispute(
    people: Mapping[str, User],
    state: str = State.RECEIVED,
    *,
    workers: int = 1,
    migrant: bool = True,
    kind: str = "wage",
    fen: int | None = WAGES_FEN,
    details: Mapping[str, Any] | None = None,
    **columns: Any,
) -> ArbitrationCase:
    """A dispute in the state with its parties and one claim each; the tribunal of A and C once there is one."""
    number = next(_numbers)
    office = Agency.objects.get(code="arb")
    is_filed, is_over = state not in NEVER_FILED, state in OVER
    has_result = state in RESULT or state in ENDED
    case = Case.objects.create(
        **{
            "kind": CaseKind.ARBITRATION,
            "agency": office,
            "state": state,
            "receipt_no": f"铜劳人仲登〔2026〕9{number:04}号",
            "case_no": f"铜劳人仲案字〔2026〕第9{number:04}号" if is_filed else "",
            "received_on": TODAY - 30 * DAY,
            "registered_at": moment(TODAY - 30 * DAY),
            "filed_on": TODAY - 25 * DAY if is_filed else None,
            "ended_on": TODAY - DAY if is_over else None,
            "closed_on": TODAY - DAY if is_filed and is_over else None,
            "outcome": "award_final" if is_filed and has_result else "",
            "applicant_name": "王某某",
            "respondent_name": UNIT,
            "worker_count": workers,
            "claimed_fen": (fen or 0) * workers,
            "is_priority": migrant,
            "is_group": workers >= 10,
            "registered_by": people.get("R") or next(iter(people.values())),
            **columns,
        }
    )
    Dispute.objects.create(
        case=case,
        **{
            "tribunal_form": "sole" if is_filed else "",
            "accepted_on": TODAY - 25 * DAY if is_filed else None,
            "decided_on": TODAY - DAY if has_result else None,
            **(details or {}),
        },
    )
    unit, _made = Employer.objects.get_or_create(agency=office, name=UNIT)
    parties = [
        Party(case=case, role=PartyRole.RESPONDENT, employer=unit, chain_role="employer", added_on=TODAY)
    ]
    for place in range(1, workers + 1):
        person = Person.objects.create(
            agency=office, name=f"王某{place}" if workers > 1 else "王某某", is_migrant=migrant
        )
        parties.append(Party(case=case, role=PartyRole.WORKER, person=person, position=place, added_on=TODAY))
    Party.objects.bulk_create(parties)
    DisputeParty.objects.bulk_create(
        DisputeParty(case=case, party=party, copy_received_on=TODAY - 20 * DAY) for party in parties
    )
    DisputeClaim.objects.bulk_create(
        DisputeClaim(
            case=case,
            party=party,
            type=kind,
            amount_fen=fen,
            from_month="2026-01" if kind == "wage" else "",
            to_month="2026-03" if kind == "wage" else "",
            filed_on=case.received_on,
            accepted_on=case.filed_on,
        )
        for party in parties[1:]
    )
    if is_filed and state != State.ACCEPTED:
        sit(case, people)
    return fresh(case)


def sit(case: Case, people: Mapping[str, User], *, panel: bool = False) -> None:
    """The tribunal of the case: A alone, or with B and D; C keeps the record."""
    duties = [(Duty.CHIEF if panel else Duty.SOLE, "A"), (Duty.CLERK, "C")]
    duties += [(Duty.MEMBER, "B"), (Duty.MEMBER, "D")] if panel else []
    Assignment.objects.bulk_create(
        Assignment(case=case, user=people[letter], duty=duty, since=moment(TODAY - 24 * DAY))
        for duty, letter in duties
        if letter in people
    )
    Case.objects.filter(pk=case.pk).update(handler=people.get("A"))


def fresh(case: Case) -> ArbitrationCase:
    """The case as the database has it."""
    return ArbitrationCase.objects.get(pk=case.pk)


def worker_of(case: Case) -> Party:
    return case.parties.filter(role=PartyRole.WORKER).order_by("position")[0]


def unit_of(case: Case) -> Party:
    return case.parties.filter(role=PartyRole.RESPONDENT).order_by("position")[0]


def room(name: str = "第一仲裁庭") -> Room:
    """A room of the institute."""
    return Room.objects.get_or_create(agency=Agency.objects.get(code="arb"), name=name)[0]


def hearing(
    case: Case, people: Mapping[str, User], *, days: int = 0, state: str = "planned", proved: bool = True
) -> Hearing:
    """A hearing so many days from today, that everybody was told of."""
    on = TODAY + timedelta(days=days)
    row = Hearing.objects.create(
        case=case,
        room=room(),
        starts_at=moment(on, 9, 30),
        ends_at=moment(on, 11),
        state=state,
        made_by=people["C"],
        made_at=moment(TODAY - 10 * DAY),
    )
    row.people.set([people["A"], people["C"]])
    HearingNotice.objects.bulk_create(
        HearingNotice(
            hearing=row,
            party=party,
            method="direct",
            notified_on=TODAY - 9 * DAY,
            is_proved=proved,
            proof="本人签收" if proved else "",
        )
        for party in case.parties.all()
    )
    return row


def award(case: Case, by: User, *, form: str = "award", finality: str = "final", made: bool = True) -> Award:
    """A result of all claims: drawn up, or made yesterday."""
    row = Award.objects.create(
        case=case,
        form=form,
        finality=finality,
        drafted_by=by,
        drafted_at=moment(TODAY - DAY),
        made_on=TODAY - DAY if made else None,
    )
    for claim in case.dispute_claims.all():
        claim.award, claim.awarded_fen, claim.is_granted = row, claim.amount_fen, True
        claim.save()
    return row


# What lets each step be taken


LETTER = "铜法援函字〔2026〕第{}号"


def letter_for(case: Case) -> User:
    """The centre gave aid to the worker of the case and wrote a letter for the lawyer, who is returned."""
    person = worker_of(case).person
    lawyer = User.objects.filter(username="lawyer-of-aid").first()
    lawyer = lawyer or make_user("lawyer-of-aid", agency="aid", role="aid_lawyer")
    aid = Case.objects.create(
        kind="legal_aid",
        agency=lawyer.agency,
        state="IN_PROGRESS",
        receipt_no=f"援申{case.pk}",
        received_on=TODAY,
        registered_at=moment(TODAY),
        applicant_name=person.name,
        respondent_name=case.respondent_name,
        registered_by=lawyer,
    )
    client = Person.objects.create(agency=lawyer.agency, name=person.name, id_number=person.id_number)
    Party.objects.create(case=aid, role="worker", person=client, added_on=TODAY)
    share(aid, lawyer, reason=ShareReason.REPRESENTATION, by=lawyer, at=moment(TODAY))
    html = "<p>公函</p>"
    Document.objects.create(
        case=aid,
        agency=aid.agency,
        kind="LD10",
        title="公函",
        number=LETTER.format(case.pk),
        issued_on=TODAY,
        issued_at=moment(TODAY),
        issued_by=lawyer,
        html=html,
        text_sha256=sha256(html.encode()).hexdigest(),
        template_version="test",
        addressee_name="仲裁院",
    )
    return lawyer


@dataclass(frozen=True)
class Situation:
    """What lets one step be taken: how the detail differs, what is prepared on the case, the facts."""

    facts: Callable[[Case, Mapping[str, User]], dict[str, Any]] = lambda case, people: {}
    details: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[Case, Mapping[str, User]], Any] = lambda case, people: None
    columns: Mapping[str, Any] = field(default_factory=dict)


def _plain(**facts: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: dict(facts)


def _counterclaim(case: Case, people: Mapping[str, User]) -> None:
    DisputeClaim.objects.create(
        case=case, party=unit_of(case), type="other", origin="counter", filed_on=TODAY - DAY
    )


def _counter_facts(**more: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: {"claim": case.dispute_claims.get(origin="counter").pk, **more}


def _second_claim(case: Case, people: Mapping[str, User]) -> None:
    DisputeClaim.objects.create(
        case=case, party=worker_of(case), type="confirm", filed_on=case.received_on, accepted_on=TODAY
    )


def _suspended(case: Case, people: Mapping[str, User]) -> None:
    Suspension.objects.create(
        case=case,
        kind="suspended",
        ground="6",
        reason="等鉴定",
        from_on=TODAY - 5 * DAY,
        approved_by=people["Y"],
    )


def _announced(case: Case, people: Mapping[str, User]) -> None:
    if case.state in ("REPLY_PERIOD", "AWAITING_HEARING"):
        hearing(case, people, days=10)
    Suspension.objects.create(
        case=case,
        kind="announcement",
        party=unit_of(case),
        reason="试过直接、邮寄",
        from_on=TODAY - 30 * DAY,
        approved_by=people["C"],
    )
    DisputeParty.objects.filter(party=unit_of(case)).update(announced_on=TODAY - 30 * DAY)


def _recusal(letter: str) -> Callable[[Case, Mapping[str, User]], Any]:
    return lambda case, people: clock(
        case, "ARB-12", TODAY - DAY, TODAY + 2 * DAY, cause=f"user-{people[letter].pk}"
    )


def _recusal_facts(letter: str) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: {"person": people[letter].pk, "granted": "no", "reason": "没有利害关系。"}


def _award_clock(due_in: int = 20) -> Callable[[Case, Mapping[str, User]], Any]:
    return lambda case, people: clock(case, "ARB-23", TODAY - 25 * DAY, TODAY + due_in * DAY)


def _tribunal_facts(**more: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: {
        "tribunal_form": "sole",
        "leader": people["A"].pk,
        "clerk": people["C"].pk,
        **more,
    }


def _to(party: Callable[[Case], Party], **more: Any) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return lambda case, people: {"party": party(case).pk, **more}


def _claim_of(
    party: Callable[[Case], Party],
) -> Callable[[Case, Mapping[str, User]], dict[str, Any]]:
    return _to(
        party, type="wage", amount="3000", from_month="2026-04", to_month="2026-04", arrived_on=TODAY_TEXT
    )


def _another(case: Case, people: Mapping[str, User]) -> None:
    dispute(people, "ACCEPTED")


def _into(case: Case, people: Mapping[str, User]) -> dict[str, Any]:
    other = ArbitrationCase.objects.filter(state="ACCEPTED").exclude(pk=case.pk).order_by("-pk")[0]
    return {"into": other.pk, "reason": "同一单位拖欠工资。"}


def _schedule_facts(case: Case, people: Mapping[str, User]) -> dict[str, Any]:
    """Every hearing on a day of its own, so that none is in another's way."""
    on = TODAY + timedelta(days=14 + 7 * (case.pk % 40))
    return {
        "hearing_on": on.isoformat(),
        "starts": f"{8 + case.pk // 40 % 10}:00",
        "ends": f"{8 + case.pk // 40 % 10}:50",
        "room": room(f"庭{case.pk}").pk,
    }


def _postpone_facts(case: Case, people: Mapping[str, User]) -> dict[str, Any]:
    return {
        "asked_by": "tribunal",
        "asked_on": TODAY_TEXT,
        "reason": "证人生病。",
        **_schedule_facts(case, people),
    }


def _award_drafted(case: Case, people: Mapping[str, User]) -> None:
    award(case, people["A"], made=False)


def _award_made(case: Case, people: Mapping[str, User]) -> None:
    award(case, people["A"])


def _paper(case: Case, people: Mapping[str, User]) -> None:
    award(case, people["A"], form="mediation", finality="")


def _all_served(case: Case, people: Mapping[str, User]) -> None:
    _award_made(case, people)
    case.dispute_parties.update(result_received_on=TODAY)


TODAY_TEXT = TODAY.isoformat()
_REASON = _plain(reason="案情需要。")
_SERVED = {"method": "direct", "served_on": TODAY_TEXT, "receiver": "本人", "proof": "本人签收"}
_AWARD = {"found": "双方存在劳动关系。", "reasons": "应当支付。"}


def _part(case: Case, people: Mapping[str, User]) -> None:
    _second_claim(case, people)


SITUATIONS: dict[str, Situation] = {
    "request_correction": Situation(
        _plain(missing_items="劳动合同复印件", due_on=(TODAY + 7 * DAY).isoformat()),
        prepare=lambda case, people: clock(case, "ARB-02", TODAY - DAY, TODAY + 6 * DAY),
    ),
    "receive_correction": Situation(
        _plain(received_on=TODAY_TEXT, materials="劳动合同", jurisdiction="performance", opinion="拟受理。")
    ),
    "lapse_correction": Situation(
        _plain(jurisdiction="performance", opinion="没有补正。"),
        {"correction_items": "合同", "correction_due_on": TODAY - DAY},
    ),
    "accept_promise": Situation(
        _plain(
            promised="考勤表",
            promise_due_on=(TODAY + 5 * DAY).isoformat(),
            jurisdiction="performance",
            opinion="拟受理。",
        )
    ),
    "supply_promised": Situation(
        _plain(received_on=TODAY_TEXT, materials="考勤表"), {"promised": "考勤表", "promise_due_on": TODAY}
    ),
    "submit": Situation(_plain(jurisdiction="performance", opinion="拟受理。")),
    "suggest_mediation": Situation(
        _plain(body="仲裁院调解中心", consent_on=TODAY_TEXT, how="当面签字的同意书"),
        prepare=lambda case, people: clock(case, "ARB-02", TODAY - DAY, TODAY + 6 * DAY),
    ),
    "mediation_ended": Situation(_plain(ended_on=TODAY_TEXT, result="没有谈成。", opinion="拟受理。")),
    "mediation_declined": Situation(_plain(ended_on=TODAY_TEXT, result="单位不同意。")),
    "accept": Situation(),
    "refuse": Situation(_plain(ground="scope", reason="不属于劳动争议。")),
    "return_intake": Situation(_REASON),
    "redirect": Situation(_plain(to="重庆市大足区劳动人事争议仲裁委员会", reason="履行地在大足区。")),
    "withdraw_application": Situation(
        _plain(arrived_on=TODAY_TEXT, reason="已经拿到工资。", reconciled="yes")
    ),
    "record_limitation": Situation(
        _plain(kind="demand", happened_on=(TODAY - 5 * DAY).isoformat(), proof="短信")
    ),
    "enter_lane": Situation(_REASON, columns={"is_priority": False}),
    "leave_lane": Situation(_REASON),
    "supervise": Situation(_REASON),
    "transfer": Situation(_plain(to="重庆市大足区劳动人事争议仲裁委员会", reason="履行地在大足区。")),
    "revoke": Situation(_REASON),
    "notify_revocation": Situation(_plain(done_on=TODAY_TEXT, how="当面")),
    "constitute": Situation(_tribunal_facts()),
    "replace_tribunal": Situation(_tribunal_facts(reason="工作调整。")),
    "consent_to_mediator": Situation(_plain(consented_on=TODAY_TEXT, how="当面签字")),
    "ask_recusal": Situation(
        lambda case, people: {
            "person": people["A"].pk,
            "asked_by": "被申请人",
            "asked_on": TODAY_TEXT,
            "reason": "亲属。",
        }
    ),
    "decide_recusal": Situation(_recusal_facts("A"), prepare=_recusal("A")),
    "decide_heads_recusal": Situation(_recusal_facts("Y"), prepare=_recusal("Y")),
    "simplify": Situation(_plain(simple_ground="clear")),
    "to_general": Situation(
        _plain(simple_bar="complex", reason="案情复杂。"), {"is_simplified": True}, _award_clock()
    ),
    "serve_copy": Situation(_to(unit_of, **_SERVED)),
    "serve_further_copy": Situation(_to(unit_of, **_SERVED)),
    "record_reply": Situation(_to(unit_of, replied_on=TODAY_TEXT, content="不欠工资。")),
    "serve_reply": Situation(_to(unit_of, served_on=TODAY_TEXT, proof="签收")),
    "waive_reply": Situation(_to(unit_of, waived_on=TODAY_TEXT, proof="同意书"), {"is_simplified": True}),
    "object_jurisdiction": Situation(_to(unit_of, arrived_on=TODAY_TEXT, reason="履行地不在本区。")),
    "reject_objection": Situation(_REASON, {"objection_on": TODAY - DAY}),
    "file_counterclaim": Situation(_claim_of(unit_of)),
    "accept_counterclaim": Situation(_counter_facts(), prepare=_counterclaim),
    "refuse_counterclaim": Situation(_counter_facts(reason="不是同一争议。"), prepare=_counterclaim),
    "add_party": Situation(
        lambda case, people: {
            "name": f"重庆某某总承包{case.pk}公司",
            "place": "respondent",
            "chain_role": "main_contractor",
            "reason": "总承包单位先行清偿。",
        }
    ),
    "add_claim": Situation(_claim_of(worker_of)),
    "drop_claim": Situation(
        lambda case, people: {
            "claim": case.dispute_claims.get(type="confirm").pk,
            "arrived_on": TODAY_TEXT,
            "reason": "不再要求。",
        },
        prepare=_second_claim,
    ),
    "admit_lawyer": Situation(
        lambda case, people: {"letter_no": LETTER.format(case.pk), "arrived_on": TODAY_TEXT},
        prepare=lambda case, people: letter_for(case),
    ),
    "set_evidence_limit": Situation(_plain(evidence_due_on=(TODAY + 7 * DAY).isoformat())),
    "merge": Situation(_into, prepare=_another),
    "split_off": Situation(
        _REASON,
        prepare=lambda case, people: Dispute.objects.filter(pk=case.pk).update(
            merged_into=dispute(people, "ACCEPTED"), merged_on=TODAY
        ),
    ),
    "announce": Situation(
        _to(unit_of, tried="6月1日直接送达，门关；6月3日邮寄退回", announced_on=TODAY_TEXT, where="公告栏")
    ),
    "copy_announced": Situation(_to(unit_of, proof="公告照片"), prepare=_announced),
    "announcement_over": Situation(_to(unit_of, proof="公告照片"), prepare=_announced),
    "entrust": Situation(_plain(body="街道调解中心", consent_on=TODAY_TEXT, how="双方签字")),
    "schedule": Situation(_schedule_facts),
    "notify_hearing": Situation(
        _to(unit_of, method="direct", notified_on=TODAY_TEXT, proof="签收"),
        prepare=lambda case, people: hearing(case, people, days=14),
    ),
    "postpone": Situation(_postpone_facts, prepare=lambda case, people: hearing(case, people, days=14)),
    "hear": Situation(
        _plain(held_on=TODAY_TEXT, minutes="双方到庭陈述。"),
        prepare=lambda case, people: hearing(case, people),
    ),
    "deem_withdrawn": Situation(
        _plain(happened_on=TODAY_TEXT, left="no", facts="没有到庭，也没有说明。"),
        prepare=lambda case, people: hearing(
            case, people, state="held" if case.state == "IN_HEARING" else "planned"
        ),
    ),
    "mediate_after": Situation(_plain(minutes="单位愿意分期。")),
    "settle": Situation(_plain(items="1 15000", terms="7月1日前支付15000元。", pay_by_on="2026-07-01")),
    "settle_part": Situation(_plain(items="1 15000", terms="工资先付。"), prepare=_part),
    "back_out": Situation(_to(unit_of, refused_on=TODAY_TEXT, facts="不同意金额。"), prepare=_paper),
    "no_agreement": Situation(_REASON),
    "award_part": Situation(_plain(items="1 18600", **_AWARD), prepare=_part),
    "order_advance": Situation(_to(worker_of, amount="3000", rights_clear="yes", hardship="等钱治病。")),
    "deliberate": Situation(_plain(held_on=TODAY_TEXT, unanimous="yes", by_chief="no", opinion="应当支付。")),
    "draft": Situation(
        _plain(items="1 18600", **_AWARD),
        prepare=lambda case, people: Deliberation.objects.create(
            case=case,
            held_on=TODAY,
            is_unanimous=True,
            opinion="应当支付。",
            recorded_by=people["A"],
            recorded_at=moment(TODAY),
        ),
    ),
    "return_draft": Situation(_REASON, prepare=_award_drafted),
    "sign": Situation(prepare=_award_drafted),
    "serve_result": Situation(_to(unit_of, **_SERVED), prepare=_award_made),
    "serve_further_result": Situation(_to(unit_of, **_SERVED), prepare=_award_made),
    "finish": Situation(prepare=_all_served),
    "went_on": Situation(
        _to(worker_of, went_on="suit", happened_on=TODAY_TEXT, court_no="铜梁区法院（2026）渝0151民初1号"),
        prepare=lambda case, people: clock(
            case, "AFT-02", TODAY - DAY, TODAY + 14 * DAY, party=worker_of(case)
        ),
    ),
    "take_effect": Situation(prepare=_all_served),
    "correct": Situation(
        lambda case, people: {"award": case.awards.get().pk, "wrong": "金额写错。", "right": "18600元"},
        prepare=_award_made,
    ),
    "suspend": Situation(_plain(ground="6", reason="等伤残等级鉴定。")),
    "resume": Situation(
        _plain(resumed_on=TODAY_TEXT, reason="鉴定结论已出。"), {"return_state": "IN_HEARING"}, _suspended
    ),
    "extend": Situation(_REASON, prepare=_award_clock()),
    "withdraw": Situation(_plain(arrived_on=TODAY_TEXT, reason="已经拿到工资。", reconciled="yes")),
    "terminate": Situation(
        _plain(court_no="铜梁区法院", court_on=TODAY_TEXT, reason="超期。"), prepare=_award_clock(-5)
    ),
    "archive": Situation(_plain(pages="60", inner_pages="12", complete="yes")),
    "serve": Situation(
        lambda case, people: {
            "document": case.documents.get(kind="AD06").pk,
            "party": worker_of(case).pk,
            **_SERVED,
        },
        prepare=lambda case, people: document(case, "AD06"),
    ),
}


def ready_for(step: str, people: Mapping[str, User], state: str, **changes: Any) -> ArbitrationCase:
    """A dispute in the state on which everything is there that the step asks for; ``changes`` undo some of it."""
    situation = SITUATIONS[step]
    details = {**situation.details, **changes.pop("details", {})}
    case = dispute(people, state, **{**situation.columns, **changes}, details=details)
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
    step: str, case: Case, by: User, people: Mapping[str, User] | None = None, **facts: Any
) -> ArbitrationCase:
    """The case after the step; ``people`` fill in the facts of a step that nobody had to propose."""
    if people is not None:
        facts = {**facts_for(step, case, people), **facts}
    services.advance(case=case, step=step, by=by, version=fresh(case).version, key=new_key(), **facts)
    return fresh(case)
