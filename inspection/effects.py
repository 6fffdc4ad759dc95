"""Effects that only this procedure has."""

from dataclasses import dataclass

from django.utils import timezone

from cases import clocks
from cases.models import Employer, Party, PartyRole, Recusal
from cases.names import pinyin_key
from cases.workflow.table import Change
from documents.models import ServiceRecord
from inspection import deadlines as d
from inspection.states import Channel


@dataclass(frozen=True)
class StartChannelClock:
    """A hotline ticket has a limit of its own beside the law's."""

    def apply(self, change: Change) -> None:
        if change.case.complaint.channel == Channel.H12345:
            clocks.start(change.case, d.HOTLINE_TICKET, change.case.received_on)

    def __str__(self) -> str:
        return "▶T08（12345工单）"


# What begins to run for a party when a document reaches it: (document, rule, the day a document states).
RUNS_FROM_SERVICE = {
    "D07": ((d.REVIEW, None),),
    "D18": ((d.ORDER_PAY_BY, "order_pay_by_on"),),
    "D21": ((d.STATE_AND_DEFEND, None),),
    "D22": ((d.REQUEST_HEARING, None),),
    "D26": ((d.REVIEW, None), (d.SUE, None), (d.PERFORM_DECISION, "decision_pay_by_on")),
    "D27": ((d.REVIEW, None), (d.SUE, None), (d.PAY_FINE, None)),
    "D31": ((d.DEMAND, None),),
}
MET_BY_SERVICE = {"D26": d.SERVE_DECISION, "D27": d.SERVE_DECISION}


@dataclass(frozen=True)
class RecordService:
    """The proof of service stands beside the document, and the clocks that run from service start for the party."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        document, party, on = facts["document"], facts["party"], facts["served_on"]
        ServiceRecord.objects.create(
            document=document,
            party=party,
            method=facts["method"],
            served_on=on,
            receiver=facts["receiver"],
            proof=facts["proof"],
            recorded_by=change.by,
            recorded_at=change.at,
        )
        for rule, day in RUNS_FROM_SERVICE.get(document.kind, ()):
            set_due_on = getattr(case.complaint, day) if day else None
            clocks.start(case, rule, on, party=party, set_due_on=set_due_on)
        if document.kind == "D21" and case.complaint.hearing_right:
            clocks.start(case, d.REQUEST_HEARING, on, party=party)
        if document.kind in MET_BY_SERVICE:
            clocks.meet(case, MET_BY_SERVICE[document.kind], on)

    def __str__(self) -> str:
        codes = sorted({rule.code for rules in RUNS_FROM_SERVICE.values() for rule, _day in rules})
        return "送达回证 ▶" + "/".join(codes) + "（按文书）"


@dataclass(frozen=True)
class DecideRecusal:
    """Where recusal is granted the person holds no duty on the case and may not act on it again."""

    def apply(self, change: Change) -> None:
        if not change.facts["granted"]:
            return
        person, now = change.facts["person"], timezone.now()
        Recusal.objects.get_or_create(
            case=change.case,
            user=person,
            defaults={"reason": change.facts["reason"], "decided_by": change.by, "decided_at": now},
        )
        change.case.assignments.filter(user=person, until=None).update(until=now)
        if change.case.handler_id == person.pk:
            change.case.handler = None

    def __str__(self) -> str:
        return "回避"


@dataclass(frozen=True)
class AddRespondent:
    """The unit is a respondent of the case, with its own service and remedies from now on."""

    def apply(self, change: Change) -> None:
        case, name = change.case, change.facts["name"]
        employer, _made = Employer.objects.get_or_create(
            agency=case.agency, name=name, defaults={"pinyin": pinyin_key(name, person=False)}
        )
        Party.objects.create(
            case=case,
            role=PartyRole.RESPONDENT,
            employer=employer,
            chain_role=change.facts["chain_role"],
            position=case.parties.filter(role=PartyRole.RESPONDENT).count() + 1,
            added_on=change.on,
            reason=change.facts["reason"],
        )

    def __str__(self) -> str:
        return "追加当事人"
