"""文书: what can be issued on a case, the preview, the issued documents, their PDFs. Foreign documents do not exist."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import rule
from agencies.rights import Right
from cases import clocks, policies
from cases.idempotency import KeyReused
from cases.models import Case
from cases.services import StaleVersion, record_refusal
from cases.views import new_key, posted_version, request_key, visible_case
from cases.workflow.table import StepRefused
from documents import catalogue, context, selectors, services
from documents import pdf as pdf_file
from documents.models import Document
from documents.rendering import RenderingFailed

# A document shown in a frame of ours: its own style sheet and nothing else, no script, no address.
SHEET = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF], "base-uri": [NONE]}
# The browser's own PDF viewer needs room that our pages do not.
PRINTED = {"frame-ancestors": [SELF]}


def may_issue(request: HttpRequest, case: Case) -> bool:
    return policies.can(request.user, Right.ISSUE_DOCUMENT, case)


def require_issuer(request: HttpRequest, case: Case) -> None:
    """Nothing, or PermissionDenied for people who see the case but do its paperwork not."""
    if not may_issue(request, case):
        raise PermissionDenied(_("这件案子的文书不由你开具"))


def page_case(request: HttpRequest, public_id: Any) -> Case:
    """The case with its lamp, for the identity bar; 404 when it is not this person's to see."""
    case = visible_case(request, public_id)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    return case


def visible_document(request: HttpRequest, public_id: Any) -> Document:
    """The document, or 404."""
    try:
        return selectors.page_document(request.user, public_id)
    except Document.DoesNotExist:
        raise Http404 from None


def ready_kind_or_404(code: str) -> catalogue.Kind:
    if code not in catalogue.ready_kinds():
        raise Http404
    return catalogue.kind(code)


def readable_kind_or_404(request: HttpRequest, case: Case, code: str) -> catalogue.Kind:
    """The kind, or 404 where its documents on this case are kept from the person."""
    if code in selectors.hidden_from(request.user, case):
        raise Http404
    return ready_kind_or_404(code)


@rule("case:view")
@require_GET
def case_documents(request: HttpRequest, public_id: Any) -> HttpResponse:
    """文书: what fits the state of the case, then everything that was issued."""
    case = page_case(request, public_id)
    may = may_issue(request, case)
    return render(
        request,
        "documents/case.html",
        {
            "case": case,
            "may_issue": may,
            "suggestions": selectors.suggestions(case, request.user) if may else [],
            "documents": selectors.issued(case, request.user),
        },
    )


# Issuing


@rule("case:issue_document")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, public_id: Any, kind: str) -> HttpResponse:
    """开具文书: the text as it would be, the few facts it needs, one button."""
    case = page_case(request, public_id)
    spec = readable_kind_or_404(request, case, kind)
    require_issuer(request, case)
    form = facts_form(request, case, spec)
    if request.method == "GET":
        return new_page(request, case, spec, form, services.reasons_against_issuing(case, spec))
    if form is not None and not form.is_valid():
        return new_page(request, case, spec, form, [], status=422)
    try:
        document = services.issue_by_hand(
            case=case,
            kind=spec.id,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            facts=form.cleaned_data if form is not None else {},
        )
    except StepRefused as refusal:
        record_refusal(
            case=case,
            by=request.user,
            step="issue_document",
            label=issue_label(spec),
            reasons=refusal.reasons,
        )
        return new_page(request, case, spec, form, refusal.reasons, status=422)
    except (StaleVersion, KeyReused) as stale:
        return new_page(request, page_case(request, public_id), spec, form, [str(stale)], status=409)
    messages.success(request, _("已开具%(document)s") % {"document": document})
    return redirect(document)


def issue_label(spec: catalogue.Kind) -> str:
    return _("开具《%(title)s》") % {"title": spec.title}


def facts_form(request: HttpRequest, case: Case, spec: catalogue.Kind) -> forms.Form | None:
    form_class = context.form_for(spec.id)
    if form_class is None:
        return None
    return form_class(request.POST if request.method == "POST" else None, case=case, by=request.user)


def new_page(
    request: HttpRequest,
    case: Case,
    spec: catalogue.Kind,
    form: forms.Form | None,
    reasons: list[str],
    *,
    status: int = 200,
) -> HttpResponse:
    """The page on which the document is issued; ``reasons`` say why it cannot be."""
    page = {
        "case": case,
        "kind": spec,
        "form": form,
        "reasons": reasons,
        "has_errors": status == 422,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
    }
    return render(request, "documents/new.html", page, status=status)


@rule("case:issue_document")
@require_http_methods(["GET", "POST"])
@xframe_options_sameorigin
@csp(SHEET)
def preview(request: HttpRequest, public_id: Any, kind: str) -> HttpResponse:
    """The document as it would be now, without a number, for the frame of the page; nothing is kept."""
    case = visible_case(request, public_id)
    spec = readable_kind_or_404(request, case, kind)
    require_issuer(request, case)
    form = facts_form(request, case, spec)
    facts = form.cleaned_data if form is not None and form.is_valid() else {}
    try:
        return HttpResponse(services.preview(case, spec.id, request.user, facts))
    except StepRefused as refusal:
        return render(request, "documents/no_preview.html", {"reasons": refusal.reasons}, status=422)


# What was issued


@rule("case:view")
@require_GET
def show(request: HttpRequest, public_id: Any) -> HttpResponse:
    """One issued document: its text, where it went, how often it was printed."""
    document = visible_document(request, public_id)
    page = {
        "document": document,
        "case": page_case(request, document.case.public_id),
        "may_issue": may_issue(request, document.case),
        "prints": list(document.prints.select_related("by")),
        "service": list(
            document.service.filter(superseded_at=None).select_related("party__person", "party__employer")
        ),
    }
    return render(request, "documents/show.html", page)


@rule("case:view")
@require_GET
@xframe_options_sameorigin
@csp(SHEET)
def text(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The frozen text, for the frame of the page."""
    document = visible_document(request, public_id)
    if not document.text_is_intact():
        return render(request, "documents/no_preview.html", {"reasons": [damaged(document)]}, status=503)
    return HttpResponse(document.html)


@rule("case:issue_document")
@require_GET
@xframe_options_sameorigin
@csp(PRINTED)
def pdf(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The PDF, ready for the printer. What the browser has can be printed, so handing it out is what is recorded."""
    document = visible_document(request, public_id)
    require_issuer(request, document.case)
    try:
        content = pdf_file.pdf_of(document)
        services.record_print(document, request.user)
    except StepRefused as refusal:
        return no_pdf(request, document, refusal.reasons, status=422)
    except RenderingFailed:
        reason = _("%(document)s暂时没有做成PDF，文号保留，系统会再试；一直不成请联系管理员")
        return no_pdf(request, document, [reason % {"document": document}], status=503)
    except pdf_file.DocumentDamaged:
        return no_pdf(request, document, [damaged(document)], status=503)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{document.title}{document.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response


def damaged(document: Document) -> str:
    return _("%(document)s与签发时不一致，不能使用，请联系管理员") % {"document": document}


def no_pdf(request: HttpRequest, document: Document, reasons: list[str], *, status: int) -> HttpResponse:
    return render(request, "documents/no_pdf.html", {"document": document, "reasons": reasons}, status=status)


class VoidForm(forms.Form):
    """Why a document is void."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("作废理由"), max_length=200, error_messages={"required": _("还没填作废理由")}
    )


@rule("case:issue_document")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, public_id: Any) -> HttpResponse:
    """作废: the number stays taken, the reason stands beside it."""
    document = visible_document(request, public_id)
    require_issuer(request, document.case)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return void_page(request, document, form, [])
    if not form.is_valid():
        return void_page(request, document, form, [], status=422)
    try:
        services.void(
            document=document,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            reason=form.cleaned_data["reason"],
        )
    except StepRefused as refusal:
        label = _("作废%(document)s") % {"document": document}
        record_refusal(
            case=document.case, by=request.user, step="void_document", label=label, reasons=refusal.reasons
        )
        return void_page(request, document, form, refusal.reasons, status=422)
    except (StaleVersion, KeyReused) as stale:
        return void_page(request, visible_document(request, public_id), form, [str(stale)], status=409)
    messages.success(request, _("已作废%(document)s") % {"document": document})
    return redirect("documents:case", document.case.public_id)


def void_page(
    request: HttpRequest, document: Document, form: forms.Form, reasons: list[str], *, status: int = 200
) -> HttpResponse:
    """The page on which the document is voided; ``reasons`` say why it cannot be."""
    page = {
        "document": document,
        "case": page_case(request, document.case.public_id),
        "form": form,
        "reasons": reasons,
        "has_errors": status == 422,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
    }
    return render(request, "documents/void.html", page, status=status)
