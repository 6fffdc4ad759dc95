"""材料: what was handed in to a case, one page for each file, and the files themselves, checked at each reading."""

import logging
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import rule
from agencies.origin import request_id
from cases import clocks, policies, uploads
from cases.evidence_forms import EvidenceForm, RemovalForm
from cases.idempotency import KeyReused
from cases.models import Attachment, Case
from cases.services import record_refusal
from cases.services.editing import may_edit
from cases.services.evidence import Piece, add_evidence, no_room, remove_evidence, room_left
from cases.services.reading import record_read
from cases.uploads import UploadRefused
from cases.views import new_key, request_key, visible_case
from cases.workflow.table import StepRefused

log = logging.getLogger("huxin.evidence")

# A file of somebody else's making: no script, no address, no form, an origin of its own. The styles are the browser's
# for a single picture.
SHUT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"


def page_case(request: HttpRequest, public_id: Any) -> Case:
    """The case with its lamp, for the identity bar; 404 when it is not this person's to read."""
    case = visible_case(request, public_id)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    return case


def attachment_or_404(
    request: HttpRequest, case: Case, public_id: Any, *, removed: bool = False
) -> Attachment:
    """A file of the case; one that was removed only where ``removed`` asks for those too."""
    readable = case.attachments.open_to(is_own=policies.is_own(request.user, case))
    found = readable.select_related("uploaded_by").filter(public_id=public_id).first()
    if found is None or (found.is_removed and not removed):
        raise Http404
    found.case = case
    return found


def require_editor(request: HttpRequest, case: Case) -> None:
    if not may_edit(request.user, case):
        raise PermissionDenied(_("这件案子现在不能收材料、删材料，或不由你办理"))


# The list, and handing in


@rule("case:view")
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, public_id: Any) -> HttpResponse:
    """材料: what was handed in, and a form for more. Good files are kept, bad ones named with what to do."""
    case = page_case(request, public_id)
    if request.method == "GET":
        return files_page(request, case, EvidenceForm())
    require_editor(request, case)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return files_page(request, case, form, status=422)
    given = form.cleaned_data["files"]
    if len(given) > room_left(case):
        form.add_error("files", no_room(case))
        return files_page(request, case, form, status=422)
    return _take(request, case, form, given)


def _take(request: HttpRequest, case: Case, form: EvidenceForm, given: list[Any]) -> HttpResponse:
    stored, refused = uploads.take_in_all(given)
    chosen = form.cleaned_data
    pieces = [Piece(each, chosen["kind"], form.is_original, chosen["source"]) for each in stored]
    try:
        kept = (
            add_evidence(case=case, by=request.user, key=request_key(request), pieces=pieces)
            if pieces
            else []
        )
    except StepRefused as refusal:
        _record(request, case, "add_evidence", _("收到材料"), refusal)
        form.add_error("files", refusal.reasons)
        return files_page(request, case, form, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return files_page(request, case, form, status=409)
    except Case.DoesNotExist:
        raise Http404 from None
    said = ngettext("收到%(n)d份材料", "收到%(n)d份材料", len(kept)) % {"n": len(kept)}
    if refused:
        fresh = page_case(request, case.public_id)
        return files_page(request, fresh, form, refused=refused, said=said if kept else "", status=422)
    messages.success(request, said)
    return redirect("cases:files", case.public_id)


def files_page(
    request: HttpRequest,
    case: Case,
    form: EvidenceForm,
    *,
    refused: list[tuple[str, UploadRefused]] | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """材料 with the form: the files that were refused, each with its reason, and what was said of the others."""
    readable = case.attachments.open_to(is_own=policies.is_own(request.user, case))
    rows = list(readable.select_related("uploaded_by", "removed_by"))
    context = {
        "case": case,
        "form": form,
        "attachments": [row for row in rows if not row.is_removed],
        "removed": [row for row in rows if row.is_removed],
        "may_edit": may_edit(request.user, case),
        "refused": refused or [],
        "said": said,
        "most_megabytes": settings.EVIDENCE_FILE_BYTES >> 20,
        "key": new_key(),
        "has_errors": status == 422,
    }
    return render(request, "cases/files.html", context, status=status)


def _record(request: HttpRequest, case: Case, step: str, label: str, refusal: StepRefused) -> None:
    record_refusal(case=case, by=request.user, step=step, label=label, reasons=refusal.reasons)


# One file


@rule("case:view")
@require_GET
def file_page(request: HttpRequest, public_id: Any, file: Any) -> HttpResponse:
    """One piece of material to look at, with everything known about it."""
    case = page_case(request, public_id)
    attachment = attachment_or_404(request, case, file)
    context = {"case": case, "attachment": attachment, "may_edit": may_edit(request.user, case)}
    return render(request, "cases/file.html", context)


@rule("case:view")
@require_GET
def download(request: HttpRequest, public_id: Any, file: Any) -> HttpResponse:
    """The file, to be saved."""
    return _served(request, public_id, file, as_attachment=True)


@rule("case:view")
@require_GET
@xframe_options_sameorigin
@csp_update({"frame-ancestors": [SELF]})
def inline(request: HttpRequest, public_id: Any, file: Any) -> HttpResponse:
    """The file, for the frame of its page."""
    return _served(request, public_id, file, as_attachment=False)


def _served(request: HttpRequest, public_id: Any, file: Any, *, as_attachment: bool) -> HttpResponse:
    case = visible_case(request, public_id)
    attachment = attachment_or_404(request, case, file)
    try:
        content = uploads.read(attachment.stored_name, attachment.sha256)
    except uploads.FileDamaged:
        log.error("evidence_damaged", extra={"attachment_id": attachment.pk})
        context = {"attachment": attachment, "incident": request_id.get()}
        return render(request, "cases/file_damaged.html", context, status=500)
    record_read(
        case=case,
        by=request.user,
        step="read_file",
        label=_("下载材料") if as_attachment else _("查看材料"),
        facts={"file": str(attachment.public_id), "sha256": attachment.sha256},
    )
    response = HttpResponse(content, content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=as_attachment, filename=attachment.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SHUT
    return response


@rule("case:edit")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, public_id: Any, file: Any) -> HttpResponse:
    """删除材料: asks for the reason; the file stays kept and is handed out no more."""
    case = page_case(request, public_id)
    require_editor(request, case)
    attachment = attachment_or_404(request, case, file, removed=request.method == "POST")
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return removal_page(request, attachment, form)
    if not form.is_valid():
        return removal_page(request, attachment, form, status=422)
    try:
        remove_evidence(
            attachment=attachment,
            by=request.user,
            key=request_key(request),
            reason=form.cleaned_data["reason"],
        )
    except StepRefused as refusal:
        _record(request, case, "remove_evidence", _("删除材料"), refusal)
        form.add_error(None, refusal.reasons)
        return removal_page(request, attachment, form, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return removal_page(request, attachment, form, status=409)
    except Case.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("已删除%(name)s") % {"name": attachment.name})
    return redirect("cases:files", case.public_id)


def removal_page(
    request: HttpRequest, attachment: Attachment, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    context = {
        "case": attachment.case,
        "attachment": attachment,
        "form": form,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "cases/file_remove.html", context, status=status)
