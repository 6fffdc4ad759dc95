"""What the pages of documents read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch

from agencies.models import User
from cases.models import Case
from documents import catalogue, services
from documents.catalogue import ByHand, Kind
from documents.models import Document, ServiceRecord


@dataclass(frozen=True)
class Suggestion:
    """A kind of document that belongs to the state of the case; ``reasons`` say why it cannot be issued by hand."""

    kind: Kind
    reasons: list[str]

    @property
    def is_open(self) -> bool:
        return not self.reasons


def suggestions(case: Any) -> list[Suggestion]:
    """The ready kinds that steps from or into the state produce, then those that fit always; issuable ones first."""
    named = [
        code
        for step in case.workflow.steps
        if case.state in step.source or step.target == case.state
        for code in step.documents
    ]
    always = [kind.id for kind in catalogue.KINDS if kind.by_hand == ByHand.ALWAYS]
    kinds = [catalogue.kind(code) for code in dict.fromkeys(named + always)]
    found = [Suggestion(kind, services.reasons_against_issuing(case, kind)) for kind in kinds if kind.ready]
    return sorted(found, key=lambda each: not each.is_open)


def issued(case: Case) -> list[Document]:
    """The documents of the case, newest first, with service, event and number of prints."""
    standing = ServiceRecord.objects.filter(superseded_at=None).select_related(
        "party__person", "party__employer"
    )
    return list(
        case.documents.select_related("issued_by", "voided_by")
        .annotate(print_count=Count("prints"))
        .prefetch_related(Prefetch("service", standing, to_attr="standing_service"))
    )


def page_document(user: User, public_id: Any) -> Document:
    """The document with what its page reads. Document.DoesNotExist when its file is not this person's to read."""
    return (
        Document.objects.filter(case__in=Case.objects.readable_by(user))
        .select_related("case__agency__parent", "issued_by", "voided_by")
        .get(public_id=public_id)
    )
