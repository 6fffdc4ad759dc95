"""Lawyers of legal aid in a dispute: the letter 公函 of the centre is recorded, and who it names sees the case."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from cases.effects import tell
from cases.forms import DayField, FactsForm, SpokenCharField
from cases.models import CaseShare, Party, ShareReason
from cases.workflow.table import Change
from documents import representation


class LetterForm(FactsForm):
    letter_no = SpokenCharField(label=_("公函文号"), max_length=60, help_text=_("照法律援助中心的公函填写"))
    arrived_on = DayField(label=_("收到日期"), past_only=True)


@dataclass(frozen=True)
class AdmitLawyer:
    """Whom the letter names sees the case from now on, until the centre replaces them or ends the aid."""

    def apply(self, change: Change) -> None:
        share = representation.admit(change.case, change.facts["letter_no"], by=change.by, at=change.at)
        if share.user is not None:
            tell(change, share.user, "assigned", f"{change.case.number} 已登记你的公函")

    def __str__(self) -> str:
        return "共享→法律援助律师"


def lawyers_of(case: Any) -> list[tuple[User, list[str]]]:
    """The lawyers of legal aid who represent somebody of the case now, each with the names of their clients."""
    shares = CaseShare.objects.filter(
        case=case, reason=ShareReason.REPRESENTATION, finished_at=None, ended_at=None, user__isnull=False
    ).select_related("user")
    return [
        (share.user, [party.name for party in clients_of(case, share)])
        for share in shares
        if share.user is not None
    ]


def clients_of(case: Any, share: CaseShare) -> list[Party]:
    """The people of the case for whom the share admits its lawyer: those of the aid case behind it."""
    aid_case = representation.aid_case_of(share)
    return representation.clients(aid_case, case) if aid_case else []


@dataclass(frozen=True)
class Brief:
    """What a lawyer reads of the dispute: the own clients with what they ask, the hearings, what was decided."""

    clients: list[Party]
    claims: list[Any]
    hearings: list[Any]
    awards: list[Any]


def brief_for(user: User, case: Any) -> Brief:
    """The part of the dispute that belongs to the lawyer's clients. Empty for anybody else."""
    share = CaseShare.objects.filter(
        case=case, user=user, reason=ShareReason.REPRESENTATION, ended_at=None
    ).first()
    if share is None:
        return Brief([], [], [], [])
    clients = clients_of(case, share)
    return Brief(
        clients=clients,
        claims=list(case.dispute_claims.filter(party__in=clients)),
        hearings=list(case.hearings.standing().select_related("room")),
        awards=list(
            case.awards.filter(made_on__isnull=False, dropped_at=None, items__party__in=clients)
            .select_related("document")
            .distinct()
        ),
    )
