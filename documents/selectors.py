"""What the pages of documents read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from agencies.models import User
from agencies.rights import Right
from cases import policies
from cases.models import Assignment, Case, Duty, TimelineEvent
from documents import catalogue, services
from documents.catalogue import ByHand, Kind
from documents.models import Document, ServiceRecord

OF_THE_TRIBUNAL = (Duty.SOLE, Duty.CHIEF, Duty.MEMBER, Duty.CLERK)


@dataclass(frozen=True)
class Suggestion:
    """A kind of document that belongs to the state of the case; ``reasons`` say why it cannot be issued by hand."""

    kind: Kind
    reasons: list[str]

    @property
    def is_open(self) -> bool:
        return not self.reasons


def suggestions(case: Any, user: User) -> list[Suggestion]:
    """The ready kinds that steps from or into the state produce, then those issued freely; issuable ones first.

    What an unfiled case cannot have yet is not among them, nor what the person does not read.
    """
    named = [
        code
        for step in case.workflow.steps
        if case.state in step.source or step.target == case.state
        for code in step.documents
    ]
    free = [
        kind.id for kind in catalogue.KINDS if kind.by_hand != ByHand.REPLACEMENT and kind.track == case.kind
    ]
    kept = hidden_from(user, case)
    kinds = [catalogue.kind(code) for code in dict.fromkeys(named + free) if code not in kept]
    offered = [kind for kind in kinds if kind.ready and (kind.by_hand != ByHand.FILED or case.filed_on)]
    reasons = reasons_against([case], offered)
    found = [Suggestion(kind, reasons[case.pk, kind.id]) for kind in offered]
    return sorted(found, key=lambda each: not each.is_open)


def reasons_against(cases: Sequence[Case], kinds: Sequence[Kind]) -> dict[tuple[int, str], list[str]]:
    """`services.reasons_against_issuing` by the case's key and the kind's code; two queries for any number."""
    acts, newest = _last_acts(cases, kinds), _newest(cases, kinds)
    found = {}
    for case in cases:
        for kind in kinds:
            act, standing = acts.get((case.pk, kind.id)), newest.get((case.pk, kind.id))
            if act and standing and standing.issued_at < act.at:
                standing = None
            found[case.pk, kind.id] = services.why_not(case, kind, act, standing)
    return found


def _last_acts(cases: Iterable[Case], wanted: Iterable[Kind]) -> dict[tuple[int, str], TimelineEvent]:
    """The last act of each case that produces each kind; one query."""
    producers: dict[str, list[str]] = {}
    for workflow in {case.kind: case.workflow for case in cases}.values():
        for step in workflow.steps:
            producers.setdefault(step.name, []).extend(step.documents)
    produced = {kind.id for kind in wanted if kind.by_hand == ByHand.REPLACEMENT}
    names = [name for name, codes in producers.items() if produced & set(codes)]
    events = TimelineEvent.objects.filter(case__in=list(cases), kind=TimelineEvent.Kind.STEP, step__in=names)
    return {
        (event.case_id, code): event
        for event in events.order_by("seq")
        for code in producers[event.step]
        if code in produced
    }


def _newest(cases: Iterable[Case], wanted: Iterable[Kind]) -> dict[tuple[int, str], Document]:
    """The newest valid document of each kind on each case, without its text; one query."""
    replaced = [kind.id for kind in wanted if kind.by_hand == ByHand.REPLACEMENT]
    valid = Document.objects.valid().filter(case__in=list(cases), kind__in=replaced).defer("html")
    return {(row.case_id, row.kind): row for row in valid.order_by("issued_at", "pk")}


def hidden_from(user: User, case: Case) -> set[str]:
    """The codes of the kinds that this person does not read on the case, though the rest of its file."""
    is_own = case.agency_id == user.agency_id
    reviews = user.has_right(Right.DECIDE_OBJECTION)
    kept = catalogue.hidden_kinds(is_own=is_own, reviews=reviews, decides=is_own and _decides(user, case))
    return kept if _mediates(user, case) else kept | catalogue.concessions()


def _mediates(user: User, case: Case) -> bool:
    """Whether the person heads the institute or mediates the case: they read what the sides offered each other."""
    if case.kind != catalogue.MEDIATION or user.has_right(Right.HEAD_INSTITUTE):
        return True
    return any(
        row.user_id == user.pk and row.duty == Duty.MEDIATOR for row in policies.current_assignments(case)
    )


def _decides(user: User, case: Case) -> bool:
    """Whether the person heads the office, or decides or records the case: they read its second file 副卷."""
    if case.kind != catalogue.ARBITRATION or _heads_tribunals(user):
        return True
    return any(
        row.user_id == user.pk and row.duty in OF_THE_TRIBUNAL for row in policies.current_assignments(case)
    )


def _heads_tribunals(user: User) -> bool:
    return user.has_right(Right.HEAD_INSTITUTE) or user.has_right(Right.CHAIR_COMMITTEE)


def read_by(user: User) -> QuerySet[Document]:
    """The documents whose file is this person's to read, without those kept from them; `hidden_from` for lists."""
    kept = catalogue.hidden_kinds(is_own=False, reviews=user.has_right(Right.DECIDE_OBJECTION))
    found = Document.objects.filter(case__in=Case.objects.readable_by(user))
    found = found.exclude(~Q(case__agency_id=user.agency_id), kind__in=kept)
    if not user.has_right(Right.HEAD_INSTITUTE):
        sat = Assignment.objects.filter(case=OuterRef("case"), user=user, until=None, duty=Duty.MEDIATOR)
        found = found.exclude(~Exists(sat), kind__in=catalogue.concessions())
    if _heads_tribunals(user):
        return found
    duty = Assignment.objects.filter(case=OuterRef("case"), user=user, until=None, duty__in=OF_THE_TRIBUNAL)
    return found.exclude(~Exists(duty), kind__in=catalogue.second_file())


def issued(case: Case, user: User) -> list[Document]:
    """The documents of the case that the person reads, newest first, with service, event and number of prints."""
    standing = ServiceRecord.objects.filter(superseded_at=None).select_related(
        "party__person", "party__employer"
    )
    return list(
        case.documents.exclude(kind__in=hidden_from(user, case))
        .select_related("issued_by", "voided_by")
        .annotate(print_count=Count("prints"))
        .prefetch_related(Prefetch("service", standing, to_attr="standing_service"))
    )


def page_document(user: User, public_id: Any) -> Document:
    """The document with what its page reads. Document.DoesNotExist when its file is not this person's to read."""
    found = read_by(user).select_related("case__agency__parent", "issued_by", "voided_by")
    return found.get(public_id=public_id)
