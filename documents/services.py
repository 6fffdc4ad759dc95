"""Documents are issued, voided, printed and served here."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.rights import Right
from cases import numbers, policies
from cases.models import Case, Party, TimelineEvent
from cases.services.acting import append, lock, perform
from cases.workflow.table import StepRefused
from documents import catalogue, context, source
from documents.catalogue import ByHand, Kind
from documents.context import Matter
from documents.models import Document, DocumentPrint, ServiceRecord
from documents.typefaces import named, unprintable
from notifications import outbox

RENDER = "render_document"


def issue(
    case: Any,
    kind: str,
    by: User,
    event: TimelineEvent | None = None,
    facts: Mapping[str, Any] | None = None,
    addressee: Party | None = None,
) -> Document:
    """The document exists with its frozen text and its number; its PDF follows after the commit.

    Call it inside the act's transaction on the locked case; ``event`` is the entry of the act. The number is taken
    last, so that nothing that can fail holds the counter. Raises StepRefused when the kind is not ready, the case
    lacks what it must say, or a character cannot be printed.
    """
    spec = catalogue.kind(kind)
    matter = Matter(case, by, timezone.now(), event, dict(facts or {}), addressee)
    content = context.build(spec, matter)
    numbering = {"number": content["doc"]["number"]}
    if spec.character:
        refuse_unprintable(spec.title, source.html_of(spec, content))
        numbering = _take_number(spec, case, matter.on)
        content["doc"]["number"] = numbering["number"]
    html = source.html_of(spec, content)
    refuse_unprintable(spec.title, html)
    name, party = context.addressee_of(spec, matter)
    document = Document.objects.create(
        case=case,
        agency=case.agency,
        kind=spec.id,
        title=spec.title,
        issued_on=matter.on,
        issued_at=matter.at,
        issued_by=by,
        term_on=content.get("term_on"),
        event=event,
        addressee=party,
        addressee_name=name[:200],
        html=html,
        text_sha256=sha256(html.encode()).hexdigest(),
        template_version=source.template_version(spec),
        **numbering,
    )
    outbox.put(RENDER, str(document.public_id), {"document": str(document.public_id)})
    return document


def _take_number(spec: Kind, case: Any, on: date) -> dict[str, Any]:
    n = numbers.take_plain(case.agency, spec.series, on)
    return {"number": written_number(spec, case, on, str(n)), "series": spec.series, "year": on.year, "n": n}


def written_number(spec: Kind, case: Any, on: date, n: str) -> str:
    """The number as it stands on the document: 铜人社监受〔2026〕88号."""
    patterns = settings.NUMBER_PATTERNS
    return patterns.get(f"document:{spec.track or case.kind}", patterns["document"]).format(
        prefix=case.agency.document_prefix, char=spec.character, year=on.year, n=n
    )


def refuse_unprintable(title: str, html: str) -> None:
    """Nothing, or StepRefused naming the characters that no bundled typeface can print."""
    if found := unprintable(html, settings.FONT_DIR):
        raise StepRefused(
            [
                _("《%(title)s》里有印不出来的字：%(characters)s。改用能印的字，或不开这份文书、手写办理")
                % {"title": title, "characters": "、".join(named(found))}
            ]
        )


def preview(case: Any, kind: str, by: User, facts: Mapping[str, Any] | None = None) -> str:
    """The text that the document would have now, without a number. Nothing is kept. Raises as `issue` does."""
    spec = catalogue.kind(kind)
    matter = Matter(case, by, timezone.now(), last_step(case, spec), dict(facts or {}))
    content = context.build(spec, matter)
    if spec.character:
        content["doc"]["number"] = written_number(spec, case, matter.on, "　")
    html = source.html_of(spec, content)
    refuse_unprintable(spec.title, html)
    return html


# By hand


def last_step(case: Any, spec: Kind) -> TimelineEvent | None:
    """The last act on the case that produces documents of the kind, None when there was none."""
    names = [step.name for step in case.workflow.steps if spec.id in step.documents]
    return case.timeline.filter(kind=TimelineEvent.Kind.STEP, step__in=names).order_by("-seq").first()


def reasons_against_issuing(case: Any, spec: Kind) -> list[str]:
    """Why a document of the kind cannot be issued by hand now, in sentences; empty when it can."""
    event = last_step(case, spec) if spec.by_hand == ByHand.REPLACEMENT else None
    since = (
        Document.objects.valid().filter(case=case, kind=spec.id, issued_at__gte=event.at) if event else None
    )
    return why_not(case, spec, event, since.first() if since else None)


def why_not(case: Any, spec: Kind, event: TimelineEvent | None, standing: Document | None) -> list[str]:
    """The same for a caller that knows the last act that produces the kind, and the valid document since then."""
    if not spec.ready or not context.has_builder(spec.id):
        return [_("《%(title)s》还不能由系统开具") % {"title": spec.title}]
    if spec.by_hand == ByHand.ALWAYS:
        return []
    if spec.by_hand == ByHand.FILED:
        return [] if case.filed_on else [_("还没立案，不能开具《%(title)s》") % {"title": spec.title}]
    if event is None:
        steps = [str(step.label) for step in case.workflow.steps if spec.id in step.documents]
        return [_("办理“%(steps)s”时开具") % {"steps": "”“".join(steps)}]
    if standing is not None:
        return [_("已经开具%(document)s，内容有错要先作废再重开") % {"document": standing}]
    return []


def issue_by_hand(
    *,
    case: Case,
    kind: str,
    by: User,
    version: int,
    key: str,
    facts: Mapping[str, Any] | None = None,
    addressee: Party | None = None,
) -> Document:
    """The document is issued as an act of its own, recorded on the case; the same key again returns the same one.

    Raises PermissionDenied without the right to issue documents on the case, StepRefused, StaleVersion, KeyReused,
    Case.DoesNotExist.
    """
    spec = catalogue.kind(kind)
    given = dict(facts or {})

    def do(locked: Case) -> TimelineEvent:
        _require_right(by, locked)
        if reasons := reasons_against_issuing(locked, spec):
            raise StepRefused(reasons)
        document = issue(locked, kind, by, event=last_step(locked, spec), facts=given, addressee=addressee)
        document.event = _record(locked, by, "issue_document", _("开具%(document)s"), document)
        document.save(update_fields=["event"])
        return document.event

    payload = [case.pk, kind, {name: str(value) for name, value in given.items()}, addressee and addressee.pk]
    event = perform(
        case=case, by=by, version=version, key=key, action=f"document:{kind}", payload=payload, do=do
    )
    return Document.objects.get(event=event)


def void(*, document: Document, by: User, version: int, key: str, reason: str) -> Document:
    """The document is void with its reason; its number stays taken. Raises as `issue_by_hand` does.

    A document that was served is not voided: it binds until another document undoes it.
    """

    def do(locked: Case) -> TimelineEvent:
        _require_right(by, locked)
        current = Document.objects.get(pk=document.pk)
        if reasons := _reasons_against_voiding(current, reason):
            raise StepRefused(reasons)
        current.state, current.voided_at, current.voided_by = Document.State.VOID, timezone.now(), by
        current.void_reason = reason.strip()[:200]
        current.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])
        return _record(locked, by, "void_document", _("作废%(document)s"), current, note=current.void_reason)

    payload = [document.pk, reason]
    perform(
        case=document.case, by=by, version=version, key=key, action="void_document", payload=payload, do=do
    )
    return Document.objects.get(pk=document.pk)


def _reasons_against_voiding(document: Document, reason: str) -> list[str]:
    if document.is_void:
        return [_("这份文书已经作废")]
    if document.service.filter(superseded_at=None).exists():
        return [_("已经送达的文书不能作废，要用新的文书撤销或更正")]
    if not reason.strip():
        return [_("还没填作废理由")]
    return []


# Prints and service


def record_print(document: Document, by: User) -> DocumentPrint:
    """The print stands beside the document and in the case's record; the first is the original, others are 补打.

    The case's version stays, so that nobody's open page becomes stale. PermissionDenied without the right,
    StepRefused for a void document.
    """
    with transaction.atomic():
        locked = lock(document.case)
        _require_right(by, locked)
        if Document.objects.get(pk=document.pk).is_void:
            raise StepRefused([_("这份文书已经作废，不能再打印")])
        again = document.prints.exists()
        label = _("补打%(document)s") if again else _("打印%(document)s")
        event = _record(locked, by, "print_document", label, document)
        locked.save(update_fields=["audit_length", "audit_mac"])
        return DocumentPrint.objects.create(
            document=document, by=by, at=event.at, is_reprint=again, event=event
        )


def record_service(
    *,
    document: Document,
    party: Party,
    method: str,
    served_on: date,
    by: User,
    at: datetime,
    receiver: str = "",
    proof: str = "",
) -> ServiceRecord:
    """The document was served on the party; an earlier record for both is kept as corrected.

    Call it inside the act's transaction on the locked case.
    """
    ServiceRecord.objects.filter(document=document, party=party, superseded_at=None).update(superseded_at=at)
    return ServiceRecord.objects.create(
        document=document,
        party=party,
        method=method,
        served_on=served_on,
        receiver=receiver,
        proof=proof,
        recorded_by=by,
        recorded_at=at,
    )


def _require_right(by: User, case: Any) -> None:
    if not policies.can(by, Right.ISSUE_DOCUMENT, case):
        raise PermissionDenied(_("这件案子的文书不由你开具"))


def _record(case: Any, by: User, step: str, label: str, document: Document, note: str = "") -> TimelineEvent:
    """The act stands in the case's record with the hashes of what was issued."""
    return append(
        case,
        by,
        kind=TimelineEvent.Kind.DOCUMENT,
        step=step,
        label=(label % {"document": document})[:80],
        source=case.state,
        note=note,
        facts={
            "document": str(document.public_id),
            "kind": document.kind,
            "number": document.number,
            "text_sha256": document.text_sha256,
            "pdf_sha256": document.pdf_sha256,
        },
    )
