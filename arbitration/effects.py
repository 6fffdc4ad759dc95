"""Effects that only this procedure has."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_noop

from agencies.models import User
from agencies.rights import Role
from arbitration import deadlines as d
from arbitration import finality, items, lane
from arbitration.forms import EVERYBODY
from arbitration.guards import ANNOUNCED_FOR, AWARD_RULES, award_clock, moment, planned
from arbitration.people import respondents, standing, tribunal_and_clerk, workers
from arbitration.rates import threshold
from arbitration.states import (
    AfterAward,
    AwardForm,
    ClaimOrigin,
    ClaimType,
    Finality,
    HearingState,
    LaneReason,
    Outcome,
    Side,
    SimpleBar,
    Success,
    TribunalForm,
)
from calendars.rules import Rule
from cases import clocks
from cases.effects import Assign, ended, tell
from cases.models import Assignment, Case, CaseKind, Duty, Employer, Party, PartyRole, Recusal, TimelineEvent
from cases.names import pinyin_key
from cases.services.acting import append_aside, lock
from cases.workflow.registry import workflows
from cases.workflow.table import Change, Referral
from documents.effects import Issue
from documents.services import record_service
from documents.wording import sum_in_words

RUN_WITH_THE_CASE = (*AWARD_RULES, d.FAST_AWARD)
EXTENSION_DAYS = 15

# Rights of the parties and duties of the institute that outlive the case.
OUTLIVES = (
    d.SUE_ON_AWARD,
    d.WORKER_SUES_FINAL,
    d.SET_ASIDE,
    d.SET_ASIDE_AFTER_SUIT,
    d.SUE_AFTER_SET_ASIDE,
    d.SUE_AFTER_NO_ENFORCEMENT,
    d.APPLY_FOR_ENFORCEMENT,
    d.ENFORCE_PRESERVED,
    d.NOTIFY_REVOCATION,
    d.KEEP_AWARD_FILE,
    d.KEEP_OTHER_FILE,
)


def _model(name: str) -> Any:
    return apps.get_model("arbitration", name)


# Intake


@dataclass(frozen=True)
class StartIntake:
    """The days of the intake run from receipt: for a group and for migrants' wages those of their own beside them."""

    def apply(self, change: Change) -> None:
        case = change.case
        for rule in (d.ASK_FOR_CORRECTION, d.ACCEPT_OR_REFUSE):
            clocks.start(case, rule, case.received_on)
        if case.is_group:
            clocks.start(case, d.ACCEPT_COLLECTIVE, case.received_on)
        if case.is_priority:
            clocks.start(case, d.FAST_ACCEPTANCE, case.received_on)

    def __str__(self) -> str:
        return (
            f"▶{d.ASK_FOR_CORRECTION.code}▶{d.ACCEPT_OR_REFUSE.code}"
            f"▶{d.ACCEPT_COLLECTIVE.code}（集体）▶{d.FAST_ACCEPTANCE.code}（农民工工资）"
        )


@dataclass(frozen=True)
class IntakeGoesOn:
    """The days for accepting run: anew from the day where they had ended or stood still, otherwise as before."""

    from_: str = ""

    def apply(self, change: Change) -> None:
        case, on = change.case, change.facts.get(self.from_) or change.on
        row = clocks.running(case, d.ACCEPT_OR_REFUSE)
        if row is None:
            clocks.start(case, d.ACCEPT_OR_REFUSE, on)
        elif row.stopped_on is not None:
            clocks.resume(case, d.ACCEPT_OR_REFUSE, on)
            reason = str(change.step.label) if change.step else ""
            clocks.restart(case, d.ACCEPT_OR_REFUSE, on, reason=reason, approved_by=change.by)

    def __str__(self) -> str:
        return f"↻{d.ACCEPT_OR_REFUSE.code}"


@dataclass(frozen=True)
class OpenMediation:
    """The parties' case of mediation is opened, with everything carried over, where mediation is kept here."""

    def apply(self, change: Change) -> None:
        workflow = next((each for each in workflows() if each.kind == CaseKind.MEDIATION), None)
        if workflow is None or workflow.on_referral is None:
            return
        told = {"consent_on": change.facts["consent_on"], "how": change.facts["how"]}
        people = tuple(change.case.parties.filter(role=PartyRole.WORKER).select_related("person"))
        referral = Referral(change.case, people, change.by, f"mediate-{change.event.pk}", told)
        change.case.dispute.mediation_case_id = workflow.on_referral(referral).pk

    def __str__(self) -> str:
        return "登记调解案件"


@dataclass(frozen=True)
class EnterLane:
    """A case that the rule lets in is in the priority lane, with the rule as the reason; nobody is put out of it."""

    def apply(self, change: Change) -> None:
        enter_lane(change.case, change.on)

    def __str__(self) -> str:
        return f"优先（符合条件的）▶{d.FAST_AWARD.code}"


def enter_lane(case: Any, on: date) -> None:
    """The case is in the lane where one of the rules holds; the days of the lane run once it is accepted."""
    if not case.is_priority:
        rule = lane.entry(lane.facts_of(case))
        if rule is None:
            return
        case.is_priority = True
        case.dispute.lane_reason, case.dispute.lane_why = rule.reason, str(rule.label)
        case.dispute.lane_on = on
        case.dispute.save(update_fields=["lane_reason", "lane_why", "lane_on"])
    run_lane_clock(case)


def run_lane_clock(case: Any) -> None:
    """Thirty days from acceptance for a case of the lane that is accepted and open."""
    if case.filed_on and case.ended_on is None and not clocks.runs(case, d.FAST_AWARD):
        clocks.start(case, d.FAST_AWARD, case.filed_on)


@dataclass(frozen=True)
class ByMotion:
    """Somebody asked for the lane, with a reason, and the head of the institute granted it."""

    def apply(self, change: Change) -> None:
        dispute = change.case.dispute
        dispute.lane_reason, dispute.lane_why = LaneReason.MOTION, change.facts["reason"]
        dispute.lane_by, dispute.lane_on = change.by, change.on
        run_lane_clock(change.case)

    def __str__(self) -> str:
        return f"优先▶{d.FAST_AWARD.code}"


@dataclass(frozen=True)
class AcceptClaims:
    """What was applied for is accepted with the case, and says whether it may be decided finally."""

    def apply(self, change: Change) -> None:
        claims = change.case.dispute_claims
        claims.filter(accepted_on=None).update(accepted_on=change.on)
        count_claims(change.case)

    def __str__(self) -> str:
        return "受理请求"


def count_claims(case: Any) -> None:
    """The sum and the size of the case are those of its claims as they stand."""
    claims = case.dispute_claims.filter(withdrawn_on=None, refused_on=None).exclude(
        origin=ClaimOrigin.COUNTER
    )
    case.claimed_fen = sum(fen or 0 for fen in claims.values_list("amount_fen", flat=True))
    case.is_group = case.is_group or lane.group_size(case) >= lane.GROUP


@dataclass(frozen=True)
class StartAward:
    """From acceptance run the award, the copies and the tribunal; for a group one single notice beside them."""

    def apply(self, change: Change) -> None:
        case = change.case
        for rule in (d.SERVE_COPY, d.FORM_TRIBUNAL, d.AWARD):
            clocks.start(case, rule, change.on)
        if case.is_group:
            clocks.start(case, d.NOTIFY_COLLECTIVE, change.on)

    def __str__(self) -> str:
        codes = (d.SERVE_COPY, d.FORM_TRIBUNAL, d.AWARD)
        return "".join(f"▶{rule.code}" for rule in codes) + f"▶{d.NOTIFY_COLLECTIVE.code}（集体）"


# The days of the award


@dataclass(frozen=True)
class RestartAward:
    """The forty-five days count anew from the day of the act or of a fact; the old last day counts no longer."""

    from_: str = ""

    def apply(self, change: Change) -> None:
        on = change.facts.get(self.from_) or change.on
        clocks.drop(change.case, d.AWARD, on)
        clocks.start(change.case, d.AWARD_RESTARTED, on)
        change.case.dispute.restarted_on = on

    def __str__(self) -> str:
        return f"✕{d.AWARD.code}▶{d.AWARD_RESTARTED.code}"


@dataclass(frozen=True)
class PauseAward:
    """The days of the award stand still, and the case says since when and why."""

    kind: str
    from_: str = ""

    def apply(self, change: Change) -> None:
        facts, on = change.facts, change.facts.get(self.from_) or change.on
        _model("Suspension").objects.create(
            case_id=change.case.pk,
            kind=self.kind,
            party=facts.get("party"),
            ground=facts.get("ground") or "",
            reason=(facts.get("reason") or facts.get("tried") or "")[:300],
            from_on=on,
            approved_by=change.by,
        )
        reason = str(change.step.label) if change.step else ""
        for rule in RUN_WITH_THE_CASE:
            clocks.pause(change.case, rule, on, reason=reason, approved_by=change.by)

    def __str__(self) -> str:
        return "".join(f"‖{rule.code}" for rule in RUN_WITH_THE_CASE)


@dataclass(frozen=True)
class ResumeAward:
    """The days of the award go on, unless something else still holds them."""

    kind: str
    from_: str = ""

    def apply(self, change: Change) -> None:
        on = change.facts.get(self.from_) or change.on
        rows = change.case.suspensions.filter(kind=self.kind, to_on=None)
        if self.kind == "announcement":
            rows = rows.filter(party=change.facts["party"])
            first = rows.first()
            on = first.from_on + ANNOUNCED_FOR if first else on
        rows.update(to_on=on)
        if not change.case.suspensions.filter(to_on=None).exists():
            for rule in RUN_WITH_THE_CASE:
                clocks.resume(change.case, rule, on)

    def __str__(self) -> str:
        return "".join(f"▷{rule.code}" for rule in RUN_WITH_THE_CASE)


@dataclass(frozen=True)
class ExtendAward:
    """Fifteen days more, of whichever clock of the award runs."""

    def apply(self, change: Change) -> None:
        row = award_clock(change.case)
        rule = d.AWARD_RESTARTED if row and row.rule_code == d.AWARD_RESTARTED.code else d.AWARD
        clocks.extend(
            change.case,
            rule,
            EXTENSION_DAYS,
            reason=change.facts["reason"][:200],
            approved_by=change.by,
            on=change.on,
        )

    def __str__(self) -> str:
        return f"＋{d.AWARD.code}、{d.AWARD_RESTARTED.code}"


@dataclass(frozen=True)
class MeetAward:
    """The result is made: the days of the award, of the lane and of the intake's promises are met."""

    def apply(self, change: Change) -> None:
        clocks.meet_all(change.case, RUN_WITH_THE_CASE, change.on)

    def __str__(self) -> str:
        return "".join(f"■{rule.code}" for rule in RUN_WITH_THE_CASE)


# The tribunal


@dataclass(frozen=True)
class AssignTribunal:
    """The people named have the case; whoever had it before has it no longer."""

    def apply(self, change: Change) -> None:
        facts = change.facts
        alone = facts["tribunal_form"] == TribunalForm.SOLE
        members = [facts[name] for name in ("member", "member2") if facts.get(name)]
        named = {
            "sole": facts["leader"] if alone else None,
            "chief": None if alone else facts["leader"],
            "members": members,
            "clerk": facts["clerk"],
        }
        duties = (
            ("sole", Duty.SOLE),
            ("chief", Duty.CHIEF),
            ("members", Duty.MEMBER),
            ("clerk", Duty.CLERK),
        )
        Assign(duties).apply(replace(change, facts=named))

    def __str__(self) -> str:
        return "指派仲裁庭和书记员"


def _about(person: User) -> str:
    """How the request about one person is told from those about others."""
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
class DecideRecusal:
    """The request about the person is decided; recused, the person may not act on the case again."""

    def apply(self, change: Change) -> None:
        case, facts = change.case, change.facts
        person = facts["person"]
        clocks.meet(case, d.DECIDE_RECUSAL, change.on, cause=_about(person))
        if not facts["granted"]:
            return
        Recusal.objects.get_or_create(
            case_id=case.pk,
            user=person,
            defaults={"reason": facts["reason"], "decided_by": change.by, "decided_at": change.at},
        )
        Assignment.objects.filter(case=case.pk, user=person, until=None).update(until=timezone.now())
        if case.handler_id == person.pk:
            case.handler = None

    def __str__(self) -> str:
        return f"■{d.DECIDE_RECUSAL.code}、准予的不再办理"


# Service


@dataclass(frozen=True)
class ServePaper:
    """The proof of service stands beside the newest paper of these kinds, where one was issued here."""

    papers: tuple[str, ...] = ()

    def apply(self, change: Change) -> None:
        facts = change.facts
        chosen = facts.get("document")
        issued = change.case.documents.filter(kind__in=self.papers, state="issued").defer("html")
        for document in [chosen] if chosen else list(issued.order_by("-pk")[:1]):
            if document is not None:
                _record(change, document, facts["party"])

    def __str__(self) -> str:
        return "送达回证"


def _record(
    change: Change, document: Any, party: Party, *, method: str = "", served_on: date | None = None
) -> None:
    facts = change.facts
    record_service(
        document=document,
        party=party,
        method=method or facts["method"],
        served_on=served_on or facts["served_on"],
        by=change.by,
        at=change.at,
        receiver=facts.get("receiver") or "",
        proof=facts.get("proof") or "",
    )


@dataclass(frozen=True)
class CopyReceived:
    """The respondent has the application, and ten working days for a reply; when all have it, serving is done."""

    def apply(self, change: Change) -> None:
        facts = change.facts
        copy_received(change.case, facts["party"], facts["served_on"])

    def __str__(self) -> str:
        return f"▶{d.REPLY.code}（每名被申请人）■{d.SERVE_COPY.code}（全部收到）"


def copy_received(case: Any, party: Party, on: date) -> None:
    """The party has the copy since the day; its reply period runs from then."""
    row = standing(case, party)
    row.copy_received_on = on
    row.save(update_fields=["copy_received_on"])
    clocks.start(case, d.REPLY, on, party=party)
    rows = {each.party_id: each for each in _model("DisputeParty").objects.filter(case_id=case.pk)}
    if all(each.pk in rows and rows[each.pk].copy_received_on is not None for each in respondents(case)):
        clocks.meet_all(case, (d.SERVE_COPY, d.NOTIFY_COLLECTIVE), on)


@dataclass(frozen=True)
class Stamp:
    """The row of the party says so: the day that the fact states."""

    field: str
    fact: str

    def apply(self, change: Change) -> None:
        row = standing(change.case, change.facts["party"])
        setattr(row, self.field, change.facts[self.fact])
        row.save(update_fields=[self.field])

    def __str__(self) -> str:
        return "登记到当事人"


@dataclass(frozen=True)
class OfParty:
    """The rule's clock of the party is met or given up, on the day a fact states."""

    rule: Rule
    from_: str
    met: bool = True

    def apply(self, change: Change) -> None:
        party, on = change.facts["party"], change.facts[self.from_]
        if self.met:
            clocks.meet(change.case, self.rule, on, party=party)
        else:
            clocks.drop(change.case, self.rule, on, party=party)

    def __str__(self) -> str:
        return f"{'■' if self.met else '✕'}{self.rule.code}"


@dataclass(frozen=True)
class Announce:
    """What could not be delivered is announced; whoever cannot be found takes the case out of the simple procedure."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        row = standing(case, facts["party"])
        row.announced_on, row.tried = facts["announced_on"], facts["tried"]
        row.save(update_fields=["announced_on", "tried"])
        case.dispute.simple_bar = SimpleBar.UNREACHABLE
        if case.dispute.is_simplified:
            case.dispute.is_simplified, case.dispute.general_since_on = False, change.on

    def __str__(self) -> str:
        return "公告、不再简易处理"


@dataclass(frozen=True)
class AnnouncementOver:
    """Thirty days have passed: the party counts as served on the last of them, of whatever was announced."""

    of: str

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        party = facts["party"]
        on = standing(case, party).announced_on + ANNOUNCED_FOR
        if self.of == "copy":
            copy_received(case, party, on)
            return
        if case.state == "AWAITING_HEARING":
            tell_of_hearing(case, planned(case), party, "announcement", on, facts["proof"])
        elif case.state == "SERVING":
            result_received(change, [party], on, method="announcement")
        else:
            copy_received(case, party, on)

    def __str__(self) -> str:
        return "公告期满视为送达"


# Claims and parties


@dataclass(frozen=True)
class SaveClaim:
    """What was asked for after the application stands beside the first claims; accepted with the step or later."""

    origin: str
    is_accepted: bool

    def apply(self, change: Change) -> None:
        facts = change.facts
        _model("DisputeClaim").objects.create(
            case_id=change.case.pk,
            party=facts["party"],
            type=facts["type"],
            amount_fen=facts.get("amount"),
            formula=facts.get("formula") or "",
            from_month=facts.get("from_month") or "",
            to_month=facts.get("to_month") or "",
            final_eligible=finality.may_be_final(facts["type"]),
            origin=self.origin,
            filed_on=facts["arrived_on"],
            accepted_on=change.on if self.is_accepted else None,
        )
        count_claims(change.case)

    def __str__(self) -> str:
        return "登记请求"


@dataclass(frozen=True)
class MarkClaim:
    """The claim that the fact names is accepted, refused or withdrawn on the day."""

    field: str

    def apply(self, change: Change) -> None:
        claim = change.facts["claim"]
        setattr(claim, self.field, change.on)
        claim.save(update_fields=[self.field])
        count_claims(change.case)

    def __str__(self) -> str:
        return "登记请求的处理"


@dataclass(frozen=True)
class AddParty:
    """Another unit answers or takes part; a respondent gets the copy like the first."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        known = Employer.objects.filter(agency_id=case.agency_id).order_by("pk")
        unit = known.filter(uscc=facts["uscc"]).first() if facts.get("uscc") else None
        unit = unit or known.filter(name=facts["name"]).first()
        unit = unit or Employer.objects.create(
            agency_id=case.agency_id,
            name=facts["name"],
            pinyin=pinyin_key(facts["name"], person=False)[:400],
            uscc=facts.get("uscc") or "",
        )
        party, _made = Party.objects.get_or_create(
            case_id=case.pk,
            employer=unit,
            role=facts["place"],
            defaults={
                "chain_role": facts["chain_role"],
                "added_on": change.on,
                "reason": facts["reason"],
                "position": case.parties.filter(role=facts["place"]).count() + 1,
            },
        )
        standing(case, party)
        if party.role == PartyRole.RESPONDENT and not clocks.runs(case, d.SERVE_COPY):
            clocks.start(case, d.SERVE_COPY, change.on)

    def __str__(self) -> str:
        return f"追加当事人▶{d.SERVE_COPY.code}"


@dataclass(frozen=True)
class NoteMerger:
    """The leading case says in its record what was joined to it, or taken out again; both numbers stay."""

    label: str

    def apply(self, change: Change) -> None:
        leading = change.facts.get("into") or change.case.dispute.merged_into
        if leading is None:
            return
        append_aside(
            lock(Case.objects.get(pk=leading.pk)),
            change.by,
            kind=TimelineEvent.Kind.STEP,
            step=change.step.name if change.step else "",
            label=_now(self.label),
            facts={"number": change.case.number},
        )
        if not change.facts.get("into"):
            change.case.dispute.merged_into = None

    def __str__(self) -> str:
        return "记入主案"


MERGED = gettext_noop("并入合并审理")
SPLIT = gettext_noop("分案审理")


# Hearings


@dataclass(frozen=True)
class SetHearing:
    """The hearing stands in the calendar of its room and people; notices are counted back from its day."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        hearing = _model("Hearing").objects.create(
            case_id=case.pk,
            room=facts.get("room"),
            place=facts.get("place") or "",
            starts_at=moment(facts["hearing_on"], facts["starts"]),
            ends_at=moment(facts["hearing_on"], facts["ends"]),
            made_by=change.by,
            made_at=change.at,
        )
        hearing.people.set(tribunal_and_clerk(case))
        for rule in (d.HEARING_NOTICE, d.ASK_TO_POSTPONE):
            clocks.start(case, rule, facts["hearing_on"])

    def __str__(self) -> str:
        return f"排期▶{d.HEARING_NOTICE.code}▶{d.ASK_TO_POSTPONE.code}"


@dataclass(frozen=True)
class Postpone:
    """The hearing that was set is postponed, with who asked and why; another takes its place."""

    def apply(self, change: Change) -> None:
        facts, old = change.facts, planned(change.case)
        old.state, old.postponed_why = HearingState.POSTPONED, facts["reason"]
        old.postponed_by, old.postponed_on = facts["asked_by"][:60], facts["asked_on"]
        old.save()
        SetHearing().apply(change)
        new = change.case.hearings.order_by("pk").last()
        old.postponed_to = new
        old.save(update_fields=["postponed_to"])

    def __str__(self) -> str:
        return f"延期，另定日期▶{d.HEARING_NOTICE.code}"


@dataclass(frozen=True)
class TellParty:
    """The party was told of the hearing; when everybody was, the notice is given."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        proof = facts.get("proof") or ""
        tell_of_hearing(case, planned(case), facts["party"], facts["method"], facts["notified_on"], proof)

    def __str__(self) -> str:
        return f"开庭通知■{d.HEARING_NOTICE.code}（全部通知）"


def tell_of_hearing(case: Any, hearing: Any, party: Party, method: str, on: date, proof: str) -> None:
    """The notice to the party stands; with a proof of receipt the hearing may be held without it."""
    hearing.notices.update_or_create(
        party=party,
        defaults={
            "method": method,
            "notified_on": on,
            "proof": proof,
            "is_proved": bool(proof.strip()),
            "document": case.documents.filter(kind="AD11", state="issued").defer("html").first(),
        },
    )
    from_everybody = set(hearing.notices.values_list("party", flat=True))
    if all(each.pk in from_everybody for each in respondents(case)):
        clocks.meet(case, d.HEARING_NOTICE, on)


@dataclass(frozen=True)
class HoldHearing:
    """The hearing was held: who came and who did not, and the gist of it."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        hearing = planned(case)
        if hearing is None:
            return
        hearing.state, hearing.minutes = HearingState.HELD, facts["minutes"]
        hearing.save(update_fields=["state", "minutes"])
        absent = str(facts.get("absent") or "")
        gone = {party.pk for party in respondents(case) if absent in (EVERYBODY, str(party.pk))}
        hearing.notices.filter(party__in=gone).update(attendance="absent")
        hearing.notices.exclude(party__in=gone).update(attendance="present")

    def __str__(self) -> str:
        return "到庭情况"


@dataclass(frozen=True)
class ApplicantGone:
    """The notices say that the applicants did not come, or left."""

    is_recorded = True

    def apply(self, change: Change) -> None:
        case = change.case
        hearing = case.hearings.filter(state__in=("planned", "held")).order_by("starts_at").last()
        hearing.state = HearingState.HELD
        hearing.save(update_fields=["state"])
        role = PartyRole.WORKER if case.dispute.side == Side.WORKER else PartyRole.RESPONDENT
        attendance = "left" if change.facts["left"] else "absent"
        hearing.notices.filter(party__role=role).update(attendance=attendance)

    def __str__(self) -> str:
        return "申请人没有到庭"


@dataclass(frozen=True)
class CancelHearings:
    """No hearing of the case takes room or people any more."""

    def apply(self, change: Change) -> None:
        for hearing in change.case.hearings.filter(state=HearingState.PLANNED):
            hearing.state = HearingState.CANCELLED
            hearing.save(update_fields=["state"])

    def __str__(self) -> str:
        return "取消排期"


# Results


@dataclass(frozen=True)
class SaveDeliberation:
    """What was said in deliberation stands where the tribunal and the heads read it, and nobody else."""

    def apply(self, change: Change) -> None:
        facts = change.facts
        _model("Deliberation").objects.create(
            case_id=change.case.pk,
            held_on=facts["held_on"],
            is_unanimous=facts["unanimous"],
            by_chief=facts["by_chief"],
            opinion=facts["opinion"],
            dissent=facts.get("dissent") or "",
            recorded_by=change.by,
            recorded_at=change.at,
        )

    def __str__(self) -> str:
        return "评议笔录（副卷）"


@dataclass(frozen=True)
class DraftResult:
    """The result is drawn up: a document for the final items and one for the others, or one paper of mediation.

    法释〔2020〕26号第二十条. Drafts that were not signed are dropped.
    """

    form: str = AwardForm.AWARD
    is_partial: bool = False
    is_made: bool = False

    def apply(self, change: Change) -> None:
        case, facts = change.case, change.facts
        drop_drafts(case, change.at)
        decided = items.read(case, facts["items"])
        limit = threshold(case.received_on, change.on)
        sorts = self._sorts(case, decided, limit)
        for kind in sorted(set(sorts.values()), key=str, reverse=True):
            award = self._award(change, kind, limit)
            for each in decided:
                if sorts[each.claim.pk] == kind:
                    self._put(each, award, kind)

    def _sorts(self, case: Any, decided: list[items.Decided], limit: int | None) -> dict[int, str]:
        if self.form != AwardForm.AWARD:
            return {each.claim.pk: Finality.NONE for each in decided}
        confirms = case.dispute_claims.filter(type=ClaimType.CONFIRM, withdrawn_on=None).exists()
        rows = [finality.Item(each.claim.pk, each.claim.type, each.awarded_fen) for each in decided]
        final = finality.sort_out(rows, limit, confirms=confirms)
        return {key: Finality.FINAL if yes else Finality.NONFINAL for key, yes in final.items()}

    def _award(self, change: Change, kind: str, limit: int | None) -> Any:
        facts = change.facts
        return _model("Award").objects.create(
            case_id=change.case.pk,
            form=self.form,
            finality=kind,
            is_partial=self.is_partial,
            facts=facts.get("found") or "",
            reasons=facts.get("reasons") or "",
            result=facts.get("terms") or "",
            pay_by_on=facts.get("pay_by_on"),
            threshold_fen=limit if self.form == AwardForm.AWARD else None,
            drafted_by=change.by,
            drafted_at=change.at,
            made_on=change.on if self.is_made else None,
            signed_by=change.by if self.is_made else None,
        )

    def _put(self, each: items.Decided, award: Any, kind: str) -> None:
        claim = each.claim
        claim.award, claim.awarded_fen, claim.is_granted = award, each.awarded_fen, each.is_granted
        claim.decision = each.words[:300]
        claim.is_final = kind == Finality.FINAL if kind else None
        claim.save(update_fields=["award", "awarded_fen", "is_granted", "decision", "is_final"])

    def __str__(self) -> str:
        return "调解书" if self.form == AwardForm.MEDIATION else "拟稿：终局、非终局分开"


def drop_drafts(case: Any, at: datetime) -> None:
    """What was drawn up and not signed counts no longer; its claims are undecided again."""
    drafts = case.awards.filter(made_on=None, dropped_at=None)
    _reopen_claims(case, drafts)
    drafts.update(dropped_at=at)


def _reopen_claims(case: Any, awards: Any) -> None:
    case.dispute_claims.filter(award__in=awards).update(
        award=None, awarded_fen=None, is_granted=None, decision="", is_final=None
    )


@dataclass(frozen=True)
class DropDrafts:
    """The draft goes back: it counts no longer."""

    def apply(self, change: Change) -> None:
        drop_drafts(change.case, change.at)

    def __str__(self) -> str:
        return "退回拟稿"


@dataclass(frozen=True)
class DropPaper:
    """The paper of mediation that was not signed for counts no longer: the tribunal decides. 仲裁法第四十二条."""

    def apply(self, change: Change) -> None:
        case = change.case
        papers = case.awards.filter(form=AwardForm.MEDIATION, dropped_at=None, effective_on=None)
        _reopen_claims(case, papers)
        papers.update(dropped_at=change.at)
        row = standing(case, change.facts["party"])
        row.refused_to_sign_on = change.facts["refused_on"]
        row.save(update_fields=["refused_to_sign_on"])
        _model("DisputeParty").objects.filter(case_id=case.pk).update(result_received_on=None)

    def __str__(self) -> str:
        return "调解书不生效"


@dataclass(frozen=True)
class SignAwards:
    """The drafts are awards of the day; final ones are in force at once, and the case is closed with its outcome."""

    is_recorded = True

    def apply(self, change: Change) -> None:
        case = change.case
        drafts = list(case.awards.filter(made_on=None, dropped_at=None))
        for award in drafts:
            award.made_on, award.signed_by = change.on, change.by
            award.effective_on = change.on if award.finality == Finality.FINAL else None
            award.save(update_fields=["made_on", "signed_by", "effective_on"])
        count_results(case, change.on)
        ended(case, change.on, outcome_of(case))

    def __str__(self) -> str:
        return "作出裁决、结案"


def outcome_of(case: Any) -> str:
    """How the case ended, by the papers that stand: one kind of award, several, or mediation alone."""
    rows = case.awards.filter(made_on__isnull=False, dropped_at=None).exclude(form=AwardForm.ADVANCE)
    awards = [award for award in rows if award.form == AwardForm.AWARD]
    if not awards:
        return Outcome.MEDIATE
    kinds = {award.finality for award in awards}
    if len(kinds) > 1 or any(award.is_partial for award in awards):
        return Outcome.AWARD_PARTIAL
    return Outcome.AWARD_FINAL if kinds == {Finality.FINAL} else Outcome.AWARD_NONFINAL


def count_results(case: Any, on: date) -> None:
    """Every worker has a result, and the case the sum and the success of all of them."""
    claims = [
        claim
        for claim in case.dispute_claims.select_related("award")
        if claim.award is not None and claim.award.made_on is not None and claim.origin != ClaimOrigin.COUNTER
    ]
    case.confirmed_fen = sum(claim.awarded_fen or 0 for claim in claims)
    by_party: dict[int, list[Any]] = {}
    for claim in claims:
        by_party.setdefault(claim.party_id, []).append(claim)
    side = case.dispute.side
    model = _model("DisputeParty")
    rows = [row for row in model.objects.filter(case_id=case.pk) if row.party_id in by_party]
    for row in rows:
        row.outcome, row.outcome_on = _success(by_party[row.party_id], side), on
    model.objects.bulk_update(rows, ["outcome", "outcome_on"])
    case.dispute.success = _success(claims, side)


def _success(claims: Iterable[Any], side: str) -> str:
    """Who got what was asked for, from the applicant's side."""
    rows = list(claims)
    if rows and all(claim.award.form == AwardForm.MEDIATION for claim in rows):
        return Success.SETTLED
    won = Success.WORKER if side == Side.WORKER else Success.EMPLOYER
    lost = Success.EMPLOYER if side == Side.WORKER else Success.WORKER
    if all(claim.is_granted and claim.awarded_fen == claim.amount_fen for claim in rows):
        return won
    return Success.PARTIAL if any(claim.is_granted for claim in rows) else lost


@dataclass(frozen=True)
class IssueResult:
    """The papers of the result: one for each that was made now, of its own kind."""

    kinds: tuple[str, ...]

    def kinds_for(self, case: Any) -> list[str]:
        """The kinds that the drafts of the case ask for; every kind of the row where none is drawn up yet."""
        drafts = case.awards.filter(made_on=None, dropped_at=None)
        return sorted({kind_of(award) for award in drafts} & set(self.kinds)) or list(self.kinds)

    def apply(self, change: Change) -> None:
        made = change.case.awards.filter(made_on=change.on, document=None, dropped_at=None)
        for kind in sorted({kind_of(award) for award in made}):
            Issue(kind).apply(change)
        issued = {row.kind: row for row in change.event.documents.defer("html")}
        for award in made:
            award.document = issued.get(kind_of(award))
            award.save(update_fields=["document"])

    def __str__(self) -> str:
        return "文书" + "、".join(self.kinds)


def kind_of(award: Any) -> str:
    """The kind of document that an award is."""
    if award.form == AwardForm.MEDIATION:
        return "AD25"
    if award.form == AwardForm.ADVANCE:
        return "AD29"
    if award.is_partial:
        return "AD28"
    return "AD26" if award.finality == Finality.FINAL else "AD27"


def _named(parties: Iterable[Party]) -> str:
    return "、".join(str(party) for party in parties)


@dataclass(frozen=True)
class Advance:
    """A ruling that something is paid at once; it does not decide the claim."""

    def apply(self, change: Change) -> None:
        facts = change.facts
        _model("Award").objects.create(
            case_id=change.case.pk,
            form=AwardForm.ADVANCE,
            facts=facts["hardship"],
            result=f"{_named(respondents(change.case))}先行支付{facts['party']}{sum_in_words(facts['amount'])}。",
            drafted_by=change.by,
            drafted_at=change.at,
            made_on=change.on,
            signed_by=change.by,
            effective_on=change.on,
        )

    def __str__(self) -> str:
        return "先予执行"


@dataclass(frozen=True)
class SignPaper:
    """A paper of mediation is in force, and the case closed, when everybody has signed for it. 仲裁法第四十二条."""

    is_recorded = True

    def apply(self, change: Change) -> None:
        case = change.case
        papers = list(case.awards.filter(made_on__isnull=False, dropped_at=None, is_partial=False))
        mark_received(case, _receivers(change), change.facts["served_on"])
        _signed_by_all(case, [paper for paper in papers if paper.form == AwardForm.MEDIATION])

    def __str__(self) -> str:
        return "全部签收后调解书生效、结案"


def _receivers(change: Change) -> list[Party]:
    """The party named, or all workers."""
    chosen = str(change.facts["party"])
    return [
        party
        for party in change.case.parties.select_related("person", "employer")
        if str(party.pk) == chosen or (chosen == EVERYBODY and party.person_id is not None)
    ]


@dataclass(frozen=True)
class ResultReceived:
    """The party, or all workers through who speaks for them, have the result: its days to go to court run from then."""

    def apply(self, change: Change) -> None:
        result_received(change, _receivers(change), change.facts["served_on"])

    def __str__(self) -> str:
        codes = "".join(f"▶{rule.code}" for rule in (d.SUE_ON_AWARD, d.WORKER_SUES_FINAL, d.SET_ASIDE))
        return f"送达回证{codes}（每名当事人从自己收到起）"


def result_received(change: Change, parties: list[Party], on: date, *, method: str = "") -> None:
    """These parties have the result since the day."""
    case = change.case
    mark_received(case, parties, on)
    awards = list(case.awards.filter(made_on__isnull=False, dropped_at=None, is_partial=False))
    for award in awards:
        for party in parties:
            if award.document is not None:
                _record(change, award.document, party, method=method, served_on=on)
            start_remedy(case, award, party, on)


def mark_received(case: Any, parties: list[Party], on: date) -> None:
    """It stands at each of these parties on which day they got the result."""
    model = _model("DisputeParty")
    known = {row.party_id for row in model.objects.filter(case_id=case.pk)}
    model.objects.bulk_create(
        model(case_id=case.pk, party=party) for party in parties if party.pk not in known
    )
    model.objects.filter(party__in=parties).update(result_received_on=on)


def start_remedy(case: Any, award: Any, party: Party, on: date) -> None:
    """What the party may do against the award runs from its own receipt."""
    if award.form != AwardForm.AWARD:
        return
    side = Side.WORKER if party.person_id is not None else Side.EMPLOYER
    code = finality.remedy(award.finality, side).rule
    rule = {each.code: each for each in (d.SUE_ON_AWARD, d.WORKER_SUES_FINAL, d.SET_ASIDE)}[code]
    clocks.start(case, rule, on, party=party, cause=f"award-{award.pk}"[:16])


def _signed_by_all(case: Any, papers: list[Any]) -> None:
    if not papers:
        return
    days = dict(
        _model("DisputeParty").objects.filter(case_id=case.pk).values_list("party", "result_received_on")
    )
    signed = [days.get(party.pk) for party in case.parties.all()]
    if not all(signed):
        return
    last = max(day for day in signed if day)
    for paper in papers:
        paper.effective_on = last
        paper.save(update_fields=["effective_on"])
    case.dispute.effective_on = last
    count_results(case, last)
    ended(case, last, outcome_of(case))
    clocks.meet_all(case, RUN_WITH_THE_CASE, last)
    clocks.end_all(case, last, frozenset(rule.code for rule in OUTLIVES))


@dataclass(frozen=True)
class RemedyOfPart:
    """A partial award that was served opens the days against it, for who received it."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        award = case.awards.filter(document=facts["document"], dropped_at=None).first()
        if award is not None:
            start_remedy(case, award, facts["party"], facts["served_on"])

    def __str__(self) -> str:
        return f"▶{d.SUE_ON_AWARD.code}等（部分裁决）"


@dataclass(frozen=True)
class WentOn:
    """What the party did against the award stands at the party, and its days are met or others run."""

    def apply(self, change: Change) -> None:
        facts, case = change.facts, change.case
        party, on = facts["party"], facts["happened_on"]
        row = standing(case, party)
        row.went_on, row.went_on_on = facts["went_on"], on
        row.save(update_fields=["went_on", "went_on_on"])
        case.dispute.court_no = facts["court_no"]
        for rule in (d.SUE_ON_AWARD, d.WORKER_SUES_FINAL, d.SET_ASIDE, d.SET_ASIDE_AFTER_SUIT):
            clocks.meet(case, rule, on, party=party)
        if facts["went_on"] == AfterAward.ANNULLED:
            clocks.start(case, d.SUE_AFTER_SET_ASIDE, on, party=party)
        if facts["went_on"] == AfterAward.DISMISSED and party.person_id is not None:
            for unit in respondents(case):
                if unit.person_id is None:
                    clocks.start(case, d.SET_ASIDE_AFTER_SUIT, on, party=unit)

    def __str__(self) -> str:
        return f"■{d.SUE_ON_AWARD.code}、{d.SET_ASIDE.code}▶{d.SUE_AFTER_SET_ASIDE.code}、{d.SET_ASIDE_AFTER_SUIT.code}"


@dataclass(frozen=True)
class InForce:
    """The awards are in force, and enforcement may be asked for within two years."""

    def apply(self, change: Change) -> None:
        case = change.case
        on = case.dispute.effective_on or change.on
        case.awards.filter(made_on__isnull=False, dropped_at=None, effective_on=None).update(effective_on=on)
        ends = [day for day in case.awards.values_list("pay_by_on", flat=True) if day]
        clocks.start(case, d.APPLY_FOR_ENFORCEMENT, max([on, *ends]))
        if case.dispute.wants_preservation:
            clocks.start(case, d.ENFORCE_PRESERVED, on)

    def __str__(self) -> str:
        return f"生效▶{d.APPLY_FOR_ENFORCEMENT.code}▶{d.ENFORCE_PRESERVED.code}（有保全的）"


def effective_day(case: Any, today: date) -> date:
    """When the result is in force: as it was made if final, else the day after the last day for a suit."""
    known: date | None = case.dispute.effective_on
    if known is not None:
        return known
    ends = [row.due_on for row in case.clocks.all() if row.rule_code == d.SUE_ON_AWARD.code and row.due_on]
    made_on = case.dispute.decided_on or today
    return max(ends) + timedelta(days=1) if ends else made_on


# The end


@dataclass(frozen=True)
class Close:
    """The case is over on the day of the act, with the outcome; nothing of it takes room or people."""

    outcome: str
    is_recorded = True

    def apply(self, change: Change) -> None:
        ended(change.case, change.on, self.outcome)
        CancelHearings().apply(change)
        drop_drafts(change.case, change.at)
        model = _model("DisputeParty")
        people = [party.pk for party in workers(change.case)]
        rows = model.objects.filter(party__in=people, outcome="")
        rows.update(outcome=Success.NONE, outcome_on=change.on)
        if not change.case.dispute.success:
            change.case.dispute.success = Success.NONE

    def __str__(self) -> str:
        return "结案"


@dataclass(frozen=True)
class KeepFile:
    """The file is kept for ten years after an award, for five after anything else."""

    def apply(self, change: Change) -> None:
        case = change.case
        by_award = case.outcome in (Outcome.AWARD_FINAL, Outcome.AWARD_NONFINAL, Outcome.AWARD_PARTIAL)
        rule = d.KEEP_AWARD_FILE if by_award else d.KEEP_OTHER_FILE
        clocks.start(case, rule, case.closed_on or case.ended_on or change.on)

    def __str__(self) -> str:
        return f"▶{d.KEEP_AWARD_FILE.code}（裁决）▶{d.KEEP_OTHER_FILE.code}（其他）"


@dataclass(frozen=True)
class SaveInterruption:
    """The act from which the limitation period counts anew."""

    def apply(self, change: Change) -> None:
        facts = change.facts
        _model("Interruption").objects.create(
            case_id=change.case.pk, kind=facts["kind"], on=facts["happened_on"], note=facts["proof"]
        )

    def __str__(self) -> str:
        return "时效中断"


@dataclass(frozen=True)
class TellHeads:
    """Every head of the institute has a message."""

    title: str

    def apply(self, change: Change) -> None:
        heads = User.objects.filter(agency_id=change.case.agency_id, role=Role.INSTITUTE_HEAD, is_active=True)
        for head in heads:
            tell(change, head, "dispute", f"{change.case.number} {self.title}")

    def __str__(self) -> str:
        return "通知仲裁院负责人"
