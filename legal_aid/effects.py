"""Effects that only this procedure has."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps

from agencies.models import User
from agencies.rights import Role
from cases import clocks, sharing
from cases.effects import tell
from cases.models import ShareReason
from cases.workflow.table import Change
from documents import representation
from documents.services import record_service
from legal_aid import deadlines as d
from legal_aid.checking import circumstances, finding
from legal_aid.rates import rate_on
from legal_aid.states import Channel, Matter

HARDSHIP = "hardship"
REPRESENTATION = ShareReason.REPRESENTATION


def _model(name: str) -> Any:
    return apps.get_model("legal_aid", name)


@dataclass(frozen=True)
class StartTargets:
    """The limits that hold for some applications only: migrants' wages the same day, a detained person's request."""

    def apply(self, change: Change) -> None:
        case = change.case
        known = circumstances(case)
        if known.is_migrant and known.matter == Matter.WAGES:
            clocks.start(case, d.SAME_DAY_FOR_WAGES, case.received_on)
        asked_on = case.aid.detained_asked_on
        if case.aid.channel == Channel.DETENTION and asked_on:
            clocks.start(case, d.PASS_ON_DETAINED, asked_on)
            clocks.meet(case, d.PASS_ON_DETAINED, case.received_on)

    def __str__(self) -> str:
        return f"▶{d.SAME_DAY_FOR_WAGES.code}（农民工讨薪）▶{d.PASS_ON_DETAINED.code}（在押人员）"


@dataclass(frozen=True)
class SaveReview:
    """What was found stands beside the case, with the ground and the article the system names."""

    def apply(self, change: Change) -> None:
        found = finding(change.case, change.on)
        review, _made = _model("Review").objects.update_or_create(
            case_id=change.case.pk,
            defaults={
                "is_entitled": change.facts["is_entitled"],
                "exemption": found.exemption,
                "article": found.article,
                "hard_up": found.hard_up,
                "standard_fen": None if found.exemption else rate_on(HARDSHIP, change.on),
                "opinion": change.facts["opinion"],
                "reviewed_by": change.by,
                "reviewed_at": change.at,
            },
        )
        change.case.aid_review = review

    def __str__(self) -> str:
        return "审查结论"


@dataclass(frozen=True)
class SaveRefusal:
    """The reasons of a refusal stand where only the centre reads them."""

    def apply(self, change: Change) -> None:
        review = change.case.aid.review
        review.refusal_ground, review.refusal_reason = change.facts["ground"], change.facts["reason"]
        review.save(update_fields=["refusal_ground", "refusal_reason"])

    def __str__(self) -> str:
        return "不予的理由（保密）"


@dataclass(frozen=True)
class FileObjection:
    """What is held against the decision stands where only centre and bureau read it."""

    def apply(self, change: Change) -> None:
        _model("Objection").objects.create(
            case_id=change.case.pk,
            against=change.case.aid.objected_to,
            received_on=change.facts["arrived_on"],
            reason=change.facts["reason"],
        )

    def __str__(self) -> str:
        return "异议（保密）"


@dataclass(frozen=True)
class DecideObjection:
    """The bureau's decision on the open objection."""

    is_upheld: bool

    def apply(self, change: Change) -> None:
        change.case.aid_objections.filter(decided_on=None).update(
            is_upheld=self.is_upheld,
            conclusion=change.facts["reason"],
            decided_by=change.by,
            decided_on=change.on,
        )

    def __str__(self) -> str:
        return "维持" if self.is_upheld else "责令改正"


@dataclass(frozen=True)
class AssignFirm:
    """The firm has the case from the day of the act; whoever had it before has it no longer."""

    def apply(self, change: Change) -> None:
        TakeBack().apply(change)
        _model("AidAssignment").objects.create(
            case_id=change.case.pk,
            firm=change.facts["firm"],
            assigned_by=change.by,
            assigned_on=change.on,
            conflict_note=change.facts.get("conflict_note") or "",
        )

    def __str__(self) -> str:
        return "指派机构"


@dataclass(frozen=True)
class TakeBack:
    """Nobody has the case any more, and no lawyer sees it."""

    def apply(self, change: Change) -> None:
        standing = change.case.aid_assignments.filter(ended_on=None)
        for assignment in standing.exclude(lawyer=None).select_related("lawyer__user"):
            sharing.revoke(change.case, assignment.lawyer.user, reason=REPRESENTATION, at=change.at)
            representation.dismiss(change.case, assignment.lawyer.user, at=change.at)
        standing.update(ended_on=change.on)

    def __str__(self) -> str:
        return "收回指派和授权"


@dataclass(frozen=True)
class MarkReceived:
    """The firm has the assignment since the day the fact states."""

    def apply(self, change: Change) -> None:
        standing = change.case.aid_assignments.filter(ended_on=None)
        standing.update(received_on=change.facts["arrived_on"])

    def __str__(self) -> str:
        return "收到指派"


@dataclass(frozen=True)
class NameLawyer:
    """The lawyer has the case, sees it, and is told."""

    def apply(self, change: Change) -> None:
        lawyer = change.facts["lawyer"]
        standing = change.case.aid_assignments.get(ended_on=None)
        standing.lawyer, standing.named_on = lawyer, change.facts["named_on"]
        note = change.facts.get("conflict_note")
        standing.conflict_note = note or standing.conflict_note
        standing.save(update_fields=["lawyer", "named_on", "conflict_note"])
        sharing.share(change.case, lawyer.user, reason=REPRESENTATION, by=change.by, at=change.at)
        tell(change, lawyer.user, "assigned", f"{change.case.number} 指派给你")

    def __str__(self) -> str:
        return "授权承办律师"


@dataclass(frozen=True)
class LogWork:
    """What was done stands in the log: of the kind and with the texts that the facts of these names state."""

    kind: str = ""
    day: str = "done_on"
    texts: tuple[str, ...] = ("content",)

    def apply(self, change: Change) -> None:
        facts = change.facts
        _model("WorkEntry").objects.create(
            case_id=change.case.pk,
            kind=self.kind or facts["work"],
            done_on=facts[self.day],
            minutes=facts.get("minutes") or 0,
            content="\n".join(str(facts[name]) for name in self.texts if facts.get(name)),
            recorded_by=change.by,
            recorded_at=change.at,
        )

    def __str__(self) -> str:
        return "工作日志"


@dataclass(frozen=True)
class TellDirectors:
    """Every head of the centre has a message."""

    title: str

    def apply(self, change: Change) -> None:
        heads = User.objects.filter(agency_id=change.case.agency_id, role=Role.AID_DIRECTOR, is_active=True)
        for head in heads:
            tell(change, head, "aid", f"{change.case.number} {self.title}")

    def __str__(self) -> str:
        return "通知中心负责人"


@dataclass(frozen=True)
class ProposeSubsidy:
    """The subsidy by the standard of the day on which the case was concluded, with what comes on top."""

    def apply(self, change: Change) -> None:
        aid, facts = change.case.aid, change.facts
        standard = rate_on(aid.form, aid.concluded_on) or 0
        extra = facts.get("extra") or 0
        _model("Subsidy").objects.update_or_create(
            case_id=change.case.pk,
            defaults={
                "rate": aid.form,
                "standard_fen": standard,
                "extra_fen": extra,
                "amount_fen": standard + extra,
                "payee": facts["payee"],
                "reason": facts.get("extra_reason") or "",
                "proposed_by": change.by,
                "proposed_on": change.on,
            },
        )

    def __str__(self) -> str:
        return "补贴报批"


@dataclass(frozen=True)
class PaySubsidy:
    """The subsidy is approved and paid."""

    def apply(self, change: Change) -> None:
        change.case.subsidy.__class__.objects.filter(case_id=change.case.pk).update(
            approved_by=change.by, approved_on=change.on, paid_on=change.facts["paid_on"]
        )

    def __str__(self) -> str:
        return "支付补贴"


# From service of these on the applicant the days for an objection run.
OPENS_OBJECTION = ("LD07", "LD18")


@dataclass(frozen=True)
class RecordService:
    """The proof of service stands beside the document, and the days for an objection run from it."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        document, on = facts["document"], facts["served_on"]
        record_service(
            document=document,
            party=facts["party"],
            method=facts["method"],
            served_on=on,
            by=change.by,
            at=change.at,
            receiver=facts["receiver"],
            proof=facts["proof"],
        )
        if document.kind in OPENS_OBJECTION and case.aid.objected_on is None:
            clocks.start(case, d.OBJECT, on)

    def __str__(self) -> str:
        return f"送达回证 ▶{d.OBJECT.code}（不予、终止决定）"
