"""What pages read about cases. Every queryset here starts from `visible_to`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.rights import Right
from calendars.catalogue import all_rules
from calendars.rules import Nature
from calendars.services import current_calendar
from cases import policies
from cases.models import (
    Assignment,
    Attachment,
    AttachmentKind,
    Case,
    CaseClock,
    Claim,
    Party,
    Payment,
    Proposal,
    Task,
    TimelineEvent,
)
from cases.workflow.registry import workflows
from cases.workflow.table import Step


@dataclass(frozen=True)
class Offer:
    """A step this person could deal with now: take it, propose it, or decide on somebody's proposal."""

    step: Step
    mode: str
    refusals: list[str]
    proposal: Proposal | None = None

    @property
    def is_open(self) -> bool:
        return not self.refusals


TAKE, PROPOSE, DECIDE, WAIT = "take", "propose", "decide", "wait"


def page_case(user: User, public_id: str) -> Case:
    """The case with everything its page reads, in a constant number of queries. Case.DoesNotExist when not visible."""
    case = (
        Case.objects.visible_to(user)
        .annotate(
            evidence_count=_evidence_count(),
            document_count=_count_of("documents"),
            clue_count=_count_of("clues"),
            joined_count=_count_of("merged_complaints"),
            aid_count=_count_of("aid_requests"),
            has_identity=_has_material(AttachmentKind.IDENTITY),
            has_service_proof=_has_material(AttachmentKind.SERVICE),
        )
        .select_related("agency", "town", "project", "handler", "registered_by", *_details())
        .prefetch_related(
            Prefetch("parties", Party.objects.select_related("person", "employer")),
            Prefetch("claims", Claim.objects.select_related("worker__person")),
            Prefetch("payments", Payment.objects.select_related("worker__person")),
            Prefetch("assignments", Assignment.objects.select_related("user__agency")),
            "recusals",
            Prefetch("clocks", CaseClock.objects.select_related("party__person", "party__employer")),
            "clocks__changes",
            Prefetch("tasks", Task.objects.select_related("receiver", "replied_by")),
            Prefetch(
                "proposals", Proposal.objects.filter(state=Proposal.State.OPEN).select_related("proposed_by")
            ),
        )
        .get(public_id=public_id)
    )
    case.seen_by = user.pk
    case.headline_clock = next((row for row in case.clocks.all() if row.pk == case.headline_clock_id), None)
    return case


def _details() -> list[str]:
    """The tables of every kind that the page of a case reads with it."""
    cases = [workflow for workflow in workflows() if issubclass(workflow.model, Case)]
    return [name for workflow in cases for name in (workflow.detail, *workflow.joins)]


def _evidence_count() -> Subquery:
    """How many pieces of material a case holds; empty when there is none."""
    current = Attachment.objects.current().filter(case=OuterRef("pk")).order_by()
    return Subquery(current.values("case").annotate(n=Count("pk")).values("n"))


def _has_material(kind: str) -> Exists:
    return Exists(Attachment.objects.current().filter(case=OuterRef("pk"), kind=kind))


def _count_of(rows: str) -> Subquery:
    """How many rows of that name point at a case, 0 when there is none: what is empty need not be asked for."""
    cases = Case.objects.filter(pk=OuterRef("pk")).order_by()
    return Subquery(cases.values("pk").annotate(n=Count(rows)).values("n"))


def timeline_of(case: Case, *, kind: str = "", limit: int | None = None) -> list[TimelineEvent]:
    """The newest events first, of one kind or all; one query."""
    events = case.timeline.select_related("by").order_by("-seq")
    found = events.filter(kind=kind) if kind else events
    return list(found[:limit] if limit else found)


def documents_of(case: Case, user: User) -> list:
    """The documents of the case that the person reads, without their texts, with how often each was printed and
    served; one query.
    """
    hidden = case.workflow.hidden_documents(user, case)
    issued = case.documents.exclude(kind__in=hidden).defer("html").order_by("issued_at", "pk")
    return list(
        issued.annotate(
            print_count=Count("prints", distinct=True), service_count=Count("service", distinct=True)
        )
    )


def offers(user: User, case: Case) -> list[Offer]:
    """What this person may do with the case next, in the order of the procedure; refusals say what is missing."""
    open_proposals = {
        proposal.step: proposal for proposal in case.proposals.all() if proposal.state == "open"
    }
    found = []
    for step in case.workflow.from_state(case.state):
        proposal = open_proposals.get(step.name)
        mode = _mode(user, case, step, proposal)
        if mode:
            found.append(Offer(step, mode, step.refusals(case), proposal))
    return found


def _mode(user: User, case: Case, step: Step, proposal: Proposal | None) -> str:
    may_take = policies.may_act(user, step.by, case)
    if not step.needs_proposal:
        return TAKE if may_take else ""
    if proposal:
        if may_take and proposal.proposed_by_id != user.pk:
            return DECIDE
        return WAIT if may_take or policies.may_act(user, step.proposed_by, case) else ""
    return PROPOSE if policies.may_act(user, step.proposed_by, case) else ""


def primary(case: Case, found: list[Offer]) -> Offer | None:
    """The one next step to offer first: a decision that waits, else what the case waits for.

    None when the next step is not this person's.
    """
    ready = [offer for offer in found if offer.is_open and offer.mode != WAIT]
    decisions = [offer for offer in ready if offer.mode == DECIDE]
    awaited = [offer for offer in ready if _is_awaited(offer.step, case)]
    return next(iter(decisions + awaited), None)


def _is_awaited(step: Step, case: Case) -> bool:
    return step.awaited is not None and step.awaited(case)


def awaited_from(case: Case) -> str:
    """Who is to take the next step, in words; empty when the procedure waits for nobody."""
    waiting = {proposal.step for proposal in case.proposals.all()}
    for step in case.workflow.from_state(case.state):
        if step.name in waiting or (_is_awaited(step, case) and not step.refusals(case)):
            actors = step.by if step.name in waiting or not step.needs_proposal else step.proposed_by
            return "、".join(str(actor.label) for actor in actors)
    return ""


# Lists

LIST_FIELDS = ("agency", "town", "handler", "headline_clock")
SOON_DAYS = 3  # working days that count as soon


def list_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with what a row of a list shows; two queries for any number of rows."""
    return cases.select_related(*LIST_FIELDS).prefetch_related("headline_clock__changes")


def by_urgency(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Longest overdue first, then what is due next; migrant workers' cases win ties; ended cases last, newest first."""
    return cases.order_by(
        F("ended_on").desc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "-is_priority",
        "-claimed_fen",
        "registered_at",
        "pk",
    )


@dataclass(frozen=True)
class Tab:
    """One view of the work list: its code in the address, its name, and which of the visible cases it holds."""

    code: str
    label: Any
    wanted: Callable[[User, date], Q]
    is_standing: bool = True
    """Whether it always stands above the list; the others are shown while somebody looks at them."""
    is_for: Callable[[User], bool] = lambda user: True
    """Whose list it stands above."""


def may_decide(user: User) -> bool:
    """Whether the person's role decides on what others propose."""
    return any(_role_decides(user, step) for workflow in workflows() for step in workflow.steps)


def waiting(user: User, today: date) -> Q:
    """Cases with a proposal that this person may decide on and did not make."""
    steps = [step.name for workflow in workflows() for step in workflow.steps if _role_decides(user, step)]
    open_proposals = Proposal.objects.filter(state=Proposal.State.OPEN, step__in=steps).exclude(
        proposed_by=user
    )
    return Q(pk__in=open_proposals.values("case"))


def _role_decides(user: User, step: Step) -> bool:
    return step.needs_proposal and any(user.has_right(actor.right) and not actor.duties for actor in step.by)


def mine(user: User, today: date) -> Q:
    """The cases on which this person holds a duty, until their procedure is at its end."""
    at_the_end = Q(pk__in=[])
    for workflow in workflows():
        at_the_end |= Q(kind=workflow.kind, state__in=workflow.final)
    return Q(pk__in=_held_by(user).values("case")) & ~at_the_end


def _held_by(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.filter(user=user, until=None)


def holds_duties(user: User) -> bool:
    """Whether cases are given to this person by name."""
    return any(user.has_right(right) for right in (Right.INVESTIGATE, Right.ARBITRATE, Right.MEDIATE))


def to_archive(user: User, today: date) -> Q:
    """Own cases that have ended, with no time limit of the office left: only the file is still to be put away."""
    return mine(user, today) & Q(ended_on__isnull=False) & ~Q(pk__in=_still_limited(user).values("case"))


def _still_limited(user: User) -> QuerySet[CaseClock]:
    """The running time limits of the office on this person's ended cases; rights of others are none of them."""
    limits = [rule.code for rule in all_rules() if rule.nature is Nature.LIMIT]
    of_ended = {"case__in": _held_by(user).values("case"), "case__ended_on__isnull": False}
    return CaseClock.objects.filter(**of_ended, rule_code__in=limits, met_on=None, ended_on=None)


def to_do(user: User, today: date) -> Q:
    """What this person must move now: proposals to decide, own cases, tasks, and what waits for the role.

    An own case that has ended is among it while a time limit of the office runs, as until the result was told.
    """
    own = mine(user, today) & (Q(ended_on=None) | Q(pk__in=_still_limited(user).values("case")))
    wanted = waiting(user, today) | own
    if user.has_right(Right.REPLY_TASK):
        unanswered = Task.objects.asked().filter(receiver=user.agency, case__ended_on=None)
        wanted |= Q(pk__in=unanswered.values("case"))
    for workflow in workflows():
        wanted |= Q(kind=workflow.kind) & workflow.to_do(user)
    return wanted


def is_open(user: User, today: date) -> Q:
    return Q(ended_on=None)


def due_soon(user: User, today: date) -> Q:
    """Open cases due from today on within three working days."""
    return Q(
        ended_on=None, due_on__gte=today, due_on__lte=current_calendar().nth_working_day(today, SOON_DAYS)
    )


def overdue(user: User, today: date) -> Q:
    return Q(ended_on=None, due_on__lt=today)


def priority(user: User, today: date) -> Q:
    """Open cases of migrant workers' wages."""
    return Q(ended_on=None, is_priority=True)


def due_today(user: User, today: date) -> Q:
    return Q(ended_on=None, due_on=today)


def newly_assigned(user: User, today: date) -> Q:
    """Open cases on which this person was given a duty and has done nothing since."""
    held = Assignment.objects.filter(user=user, until=None)
    return Q(ended_on=None, pk__in=_untouched(held, user, "since").values("case"))


def returned(user: User, today: date) -> Q:
    """Open cases on which a proposal of this person was sent back and nothing has been done about it since."""
    sent_back = Proposal.objects.filter(proposed_by=user, state=Proposal.State.RETURNED)
    return Q(ended_on=None, pk__in=_untouched(sent_back, user, "decided_at").values("case"))


def _untouched(rows: QuerySet, user: User, moment: str) -> QuerySet:
    """The rows of cases on which the person has left no record after the row's moment."""
    later = TimelineEvent.objects.filter(case=OuterRef("case"), by=user, at__gt=OuterRef(moment))
    return rows.filter(~Exists(later))


def ended(user: User, today: date) -> Q:
    return Q(ended_on__isnull=False)


def every(user: User, today: date) -> Q:
    return Q()


TABS = {
    tab.code: tab
    for tab in (
        Tab("todo", _("我的待办"), to_do),
        Tab("waiting", _("待我审批"), waiting, is_for=may_decide),
        Tab("soon", _("三日内到期"), due_soon),
        Tab("overdue", _("已超期"), overdue),
        Tab("priority", _("农民工优先"), priority),
        Tab("open", _("全部在办"), is_open),
        Tab("archive", _("待归档"), to_archive, is_for=holds_duties),
        Tab("ended", _("已办结"), ended),
        Tab("today", _("今天到期"), due_today, is_standing=False),
        Tab("new", _("新分给我"), newly_assigned, is_standing=False),
        Tab("returned", _("被退回"), returned, is_standing=False),
        Tab("all", _("全部案件"), every, is_standing=False),
    )
}


def tabs_for(user: User, code: str) -> list[Tab]:
    """The tabs above the list of this person, who looks at the one with that code."""
    return [tab for tab in TABS.values() if tab.code == code or (tab.is_standing and tab.is_for(user))]


def tab_counts(cases: QuerySet[Case], user: User, today: date, codes: Iterable[str]) -> dict[str, int]:
    """How many of the cases each of these tabs holds, in one query."""
    counts = {code: Count("pk", filter=TABS[code].wanted(user, today)) for code in codes}
    return cases.order_by().aggregate(**counts)
