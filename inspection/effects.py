"""Effects that only this procedure has."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from calendars.rules import Rule
from calendars.services import current_calendar
from cases import clocks
from cases.models import Employer, Party, PartyRole, Recusal
from cases.models.people import PaymentSource
from cases.names import pinyin_key
from cases.workflow.table import Change
from documents.effects import Issue
from documents.services import record_service
from inspection import deadlines as d
from inspection import guards as g
from inspection.instalments import current, payments_arrived
from inspection.penalties import documents_of
from inspection.remedies import open_court_window
from inspection.serving import term_of
from inspection.states import Channel, ClosingCode, Path, State


@dataclass(frozen=True)
class StartChannelClock:
    """A hotline ticket has a limit of its own beside the law's, from the day it was dispatched."""

    def apply(self, change: Change) -> None:
        complaint = change.case.complaint
        if complaint.channel == Channel.H12345:
            clocks.start(change.case, d.HOTLINE_TICKET, complaint.dispatched_on or change.case.received_on)

    def __str__(self) -> str:
        return "▶T08（12345工单）"


OTHER_AUTHORITIES = (Path.OTHER_AUTHORITY, Path.OTHER_DISTRICT)


@dataclass(frozen=True)
class PassOn:
    """A matter of another authority is passed on within days of its receipt; the letter goes with the redirection.

    《保障农民工工资支付条例》第十条. Arbitration and court are told to the worker, who goes there.
    """

    letter: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        return ("D09",) if self.letter else ()

    def apply(self, change: Change) -> None:
        case = change.case
        if case.outcome == ClosingCode.TRANSFERRED:
            clocks.start(case, d.TRANSFER_MATTER, change.on)
            Issue(*self.kinds).apply(change)
            return
        if case.complaint.path not in OTHER_AUTHORITIES:
            if self.letter:
                clocks.drop(case, d.TRANSFER_MATTER, change.on)
            return
        if not case.clocks.filter(rule_code=d.TRANSFER_MATTER.code, met_on=None, ended_on=None).exists():
            clocks.start(case, d.TRANSFER_MATTER, case.received_on)
        if self.letter:
            Issue(*self.kinds).apply(change)

    def __str__(self) -> str:
        return f"▶{d.TRANSFER_MATTER.code}（其他部门、区县）" + ("文书D09" if self.letter else "")


@dataclass(frozen=True)
class CorrectionOnPaper:
    """A request written by hand is handed over at once: its day counts from now, as no service will be recorded."""

    def apply(self, change: Change) -> None:
        if change.documents is not None and "D05" not in change.documents:
            clocks.start(change.case, d.SUPPLY_MISSING, change.on, set_due_on=change.facts["due_on"])

    def __str__(self) -> str:
        return f"▶{d.SUPPLY_MISSING.code}（手写的）"


@dataclass(frozen=True)
class EnquiryAnswered:
    """The unit that came or sent its papers has answered the enquiry."""

    def apply(self, change: Change) -> None:
        if party := change.facts.get("answered_by"):
            clocks.meet(change.case, d.ANSWER_ENQUIRY, change.facts["acted_on"], party=party)

    def __str__(self) -> str:
        return f"■{d.ANSWER_ENQUIRY.code}（答复的单位）"


# What begins to run for a party when a document reaches it.
RUNS_FROM_SERVICE = {
    "D05": (d.SUPPLY_MISSING,),
    "D07": (d.REVIEW,),
    "D11": (d.ANSWER_ENQUIRY,),
    "D18": (d.ORDER_PAY_BY,),
    "D21": (d.STATE_AND_DEFEND,),
    "D22": (d.REQUEST_HEARING,),
    "D26": (d.REVIEW, d.SUE, d.PERFORM_DECISION),
    "D27": (d.REVIEW, d.SUE, d.PAY_FINE),
    "D31": (d.DEMAND,),
    "D35": (d.REVIEW, d.SUE),
}
TOLD_BY_SERVICE = ("D07", "D08", "D26", "D27", "D35")
SET_BY_DOCUMENT = (d.SUPPLY_MISSING, d.ANSWER_ENQUIRY, d.ORDER_PAY_BY, d.PERFORM_DECISION)
# What ended with the decision, what binds the units only, and what goes on after the case.
BEFORE_THE_DECISION = (d.ORDER_PAY_BY, d.STATE_AND_DEFEND, d.REQUEST_HEARING)
OF_UNITS = (*BEFORE_THE_DECISION, d.ANSWER_ENQUIRY, d.PERFORM_DECISION, d.PAY_FINE, d.DEMAND)
AFTER_THE_CASE = (d.REVIEW, d.SUE, d.PAY_FINE)
# A decision on wages and a fine beside it are contested apart.
OF_EACH_DECISION = (d.REVIEW, d.SUE)


@dataclass(frozen=True)
class RecordService:
    """The proof of service stands beside the document, and the clocks that run from service start for the party."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        document, party, on = facts["document"], facts["party"], facts["served_on"]
        record_service(
            document=document,
            party=party,
            method=facts["method"],
            served_on=on,
            by=change.by,
            at=change.at,
            receiver=facts["receiver"],
            proof=facts["proof"],
        )
        term = _term(case, document, on)
        pay_by = term if document.kind in ("D18", "D26") else None
        rules = list(RUNS_FROM_SERVICE.get(document.kind, ()))
        if document.kind == "D21" and case.complaint.hearing_right:
            rules.append(d.REQUEST_HEARING)
        for rule in filter(lambda each: _may_begin(case, each, party), rules):
            whose = None if rule == d.SUPPLY_MISSING else party  # the complainants answer as one side
            clocks.start(
                case,
                rule,
                on,
                party=whose,
                set_due_on=term if rule in SET_BY_DOCUMENT else None,
                cause=document.kind if rule in OF_EACH_DECISION else "",
            )
        # The pay-by day, unpaid, starts the black-list period when the sum reaches the line.
        serious = g.reaches_crime_line(case) or case.is_group
        if pay_by and case.is_open and party.role == PartyRole.RESPONDENT and serious:
            clocks.start(case, d.BLACK_LIST_DECISION, pay_by, party=party, cause=document.kind)
        if document.kind in TOLD_BY_SERVICE and party.role == PartyRole.WORKER:
            clocks.meet_all(case, (d.TELL_RESULT, d.TRANSFER_MATTER), on)
        self._everybody_has_it(change)

    @staticmethod
    def _everybody_has_it(change: Change) -> None:
        """What ends or begins when the last unit has got the last of the papers."""
        case, kind = change.case, change.facts["document"].kind
        complaint = case.complaint
        if kind == "D18" and complaint.order_served_on and case.state == State.ORDERED:
            clocks.meet(case, d.SERVE_DECISION, complaint.order_served_on)
        if kind not in ("D26", "D27"):
            return
        served = {"D26": complaint.decision_served_on, "D27": complaint.fine_served_on}
        days = [served[each] for each in documents_of(case)]
        if all(days):
            clocks.meet(case, d.SERVE_DECISION, max(day for day in days if day))
        if any(days) and change.facts["party"].role == PartyRole.RESPONDENT:
            open_court_window(case, change.facts["served_on"])

    def __str__(self) -> str:
        codes = sorted({rule.code for rules in RUNS_FROM_SERVICE.values() for rule in rules})
        return "送达回证 ▶" + "/".join(codes) + "（按文书）"


def _may_begin(case: Any, rule: Rule, party: Party) -> bool:
    """Whether the rule can run for the party: a copy for a worker obliges nobody, and a service that is corrected
    later does not bring back what the case is done with.
    """
    if party.role != PartyRole.RESPONDENT and rule in OF_UNITS:
        return False
    if rule == d.SUPPLY_MISSING:
        return party.role == PartyRole.WORKER and case.state == State.CORRECTING
    if not case.is_open:
        return rule in AFTER_THE_CASE
    return rule not in BEFORE_THE_DECISION or case.state not in (State.DECIDED, State.ENFORCING)


def _term(case: Any, document: Any, served_on: date) -> date | None:
    """By when the party is to do what the document asks: most state a day, the decision days from service."""
    if document.kind == "D26" and case.complaint.decision_pay_within:
        return performed_by(served_on, case.complaint.decision_pay_within)
    return term_of(case, document)


def performed_by(served_on: date, days: int) -> date:
    """The last day of so many calendar days from service, a working day. 若干规定第三十六条."""
    return current_calendar().roll(served_on + timedelta(days=days))


@dataclass(frozen=True)
class ReplaceOrder:
    """The day of the earlier order counts no longer, nor the black-list period that would have followed it."""

    def apply(self, change: Change) -> None:
        clocks.drop(change.case, d.ORDER_PAY_BY, change.on)
        clocks.drop(change.case, d.BLACK_LIST_DECISION, change.on, cause="D18")

    def __str__(self) -> str:
        return f"✕{d.ORDER_PAY_BY.code} ✕{d.BLACK_LIST_DECISION.code}"


@dataclass(frozen=True)
class CourtAnswered:
    """What the court was asked for goes on to its next step."""

    def apply(self, change: Change) -> None:
        on, event = change.facts["done_on"], change.facts["court_event"]
        clocks.meet(change.case, d.COURT_ACCEPTS, on)
        if event == "accepted":
            clocks.start(change.case, d.COURT_RULES, on)
        elif event == "contested":
            accepted = change.case.clocks.filter(rule_code=d.COURT_RULES.code).order_by("-pk").first()
            clocks.drop(change.case, d.COURT_RULES, on)
            clocks.start(change.case, d.COURT_CONTESTED, accepted.started_on if accepted else on)
        else:
            clocks.meet_all(change.case, (d.COURT_RULES, d.COURT_CONTESTED), on)

    def __str__(self) -> str:
        codes = d.COURT_RULES.code, d.COURT_CONTESTED.code
        return f"■{d.COURT_ACCEPTS.code} ▶{codes[0]}（受理）▶{codes[1]}（听取意见）■{codes[0]}/{codes[1]}（裁定）"


def _about(person: Any) -> str:
    """How the clock of a request about one person is told from those about others."""
    return f"user-{person.pk}"


@dataclass(frozen=True)
class AskRecusal:
    """Three working days for deciding about that person run from the day the request arrived."""

    def apply(self, change: Change) -> None:
        facts = change.facts
        clocks.start(change.case, d.DECIDE_RECUSAL, facts["asked_on"], cause=_about(facts["person"]))

    def __str__(self) -> str:
        return f"▶{d.DECIDE_RECUSAL.code}"


@dataclass(frozen=True)
class PreserveEvidence:
    """Seven working days for disposing of what was taken now; earlier takings have their own."""

    def apply(self, change: Change) -> None:
        clocks.start(change.case, d.PRESERVED_EVIDENCE, change.on, cause=f"event-{change.event.seq}")

    def __str__(self) -> str:
        return f"▶{d.PRESERVED_EVIDENCE.code}"


@dataclass(frozen=True)
class DisposeEvidence:
    """What was taken then is disposed of."""

    def apply(self, change: Change) -> None:
        row = change.case.clocks.get(pk=change.facts["which"])
        clocks.meet(change.case, d.PRESERVED_EVIDENCE, change.on, party=row.party, cause=row.cause)

    def __str__(self) -> str:
        return f"■{d.PRESERVED_EVIDENCE.code}"


@dataclass(frozen=True)
class StatementHeard:
    """A written waiver ends the days of the unit that gave it."""

    def apply(self, change: Change) -> None:
        if change.facts["waived"]:
            clocks.meet(change.case, d.STATE_AND_DEFEND, change.on, party=change.facts["party"])

    def __str__(self) -> str:
        return f"■{d.STATE_AND_DEFEND.code}（书面放弃的单位）"


@dataclass(frozen=True)
class OpenCourtWindow:
    """The months for going to court stand, where the decision was served before."""

    def apply(self, change: Change) -> None:
        open_court_window(change.case, change.on)

    def __str__(self) -> str:
        return f"▶{d.APPLY_TO_COURT.code}（决定已送达的）"


@dataclass(frozen=True)
class DecideRecusal:
    """The request about the person is decided; recused, the person holds no duty and may not act on the case again."""

    def apply(self, change: Change) -> None:
        clocks.meet(change.case, d.DECIDE_RECUSAL, change.on, cause=_about(change.facts["person"]))
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
        known = Employer.objects.filter(agency=case.agency, name=name).order_by("pk")
        employer = known.first() or Employer.objects.create(
            agency=case.agency, name=name, pinyin=pinyin_key(name, person=False)[:400]
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


@dataclass(frozen=True)
class RemoveRespondent:
    """The unit that was named by mistake is no party of the case; the record keeps its name."""

    def apply(self, change: Change) -> None:
        change.facts["party"].delete()

    def __str__(self) -> str:
        return "剔除当事人"


# What is performed when everybody is paid, and runs again when a payment did not arrive.
PERFORMED_BY_PAYMENT = (d.ORDER_PAY_BY, d.PERFORM_DECISION, d.BLACK_LIST_DECISION)


def after_payment(change: Change) -> None:
    """What follows when wages arrive: the bank has paid and the deposit is to be topped up; orders are performed."""
    last = max((row.paid_on for row in change.facts["payments"]), default=change.on)
    payments_arrived(change.case, last)
    from_deposit = [row.paid_on for row in change.facts["payments"] if row.source == PaymentSource.DEPOSIT]
    if from_deposit:
        clocks.meet(change.case, d.BANK_PAYS, max(from_deposit))
        clocks.start(change.case, d.TOP_UP_DEPOSIT, max(from_deposit))
    if "reversed" in change.facts:
        _performed_no_longer(change)
    if change.facts["all_paid"]:
        clocks.meet_all(change.case, (*PERFORMED_BY_PAYMENT, d.INSTALMENT), last)


def _performed_no_longer(change: Change) -> None:
    """Clocks that the payment had met run again: of orders and decisions, of parts not covered, of the bank."""
    case, row = change.case, change.facts["reversed"]
    met = case.clocks.exclude(met_on=None).filter(ended_on=None)
    found = Q(rule_code__in=[rule.code for rule in PERFORMED_BY_PAYMENT])
    open_parts = [f"part-{part.number}" for part in current(case) if case.paid_fen < part.paid_up_to_fen]
    found |= Q(rule_code=d.INSTALMENT.code, cause__in=open_parts)
    deposit = case.payments.filter(source=PaymentSource.DEPOSIT, reversed_at=None)
    if row.source == PaymentSource.DEPOSIT and not deposit.exists():
        found |= Q(rule_code=d.BANK_PAYS.code)
        clocks.drop(case, d.TOP_UP_DEPOSIT, change.on)
    met.filter(found).update(met_on=None)
