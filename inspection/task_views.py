"""协办任务 for the people who are asked: their list, one request with its papers, the answer, the return."""

import logging
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import rule
from agencies.origin import request_id
from agencies.rights import Right
from cases import policies, services, uploads
from cases.evidence_forms import FilesField
from cases.evidence_views import SHUT
from cases.forms import ChosenField
from cases.idempotency import KeyReused
from cases.models import AttachmentKind, Case, Task
from cases.models.files import KEPT_IN_OFFICE
from cases.services.evidence import Piece, no_room, room_left
from cases.services.reading import record_read
from cases.step_views import with_errors
from cases.views import new_key, posted_version, request_key
from cases.workflow.table import StepRefused
from documents import pdf
from documents.rendering import RenderingFailed
from documents.views import damaged
from inspection import task_list
from inspection.co_handling import ReplyForm, ReturnForm
from inspection.enclosures import Enclosure, add_to_reply, may_add, tasks_visible_to

log = logging.getLogger("huxin.evidence")

ROWS = 50
ACTS: dict[str, type[ReplyForm] | type[ReturnForm]] = {"reply_task": ReplyForm, "return_task": ReturnForm}


OFFERED = [each for each in AttachmentKind.choices if each[0] not in KEPT_IN_OFFICE]


class ReplyFilesForm(forms.Form):
    """Files that go with the answer."""

    use_required_attribute = False
    files = FilesField(label=gettext_lazy("文件"))
    kind = ChosenField(label=gettext_lazy("材料种类"), choices=OFFERED, initial=AttachmentKind.OTHER)


# The list


@rule(Right.REPLY_TASK)
@require_GET
def task_list_page(request: HttpRequest) -> HttpResponse:
    """协办任务: the requests to the reader's agency, what is due first; no case, no worker."""
    today = timezone.localdate()
    filters = task_list.TaskFilter(request.GET)
    received = filters.narrowed(task_list.received_by(request.user))
    views = task_list.tabs(today)
    tab = views.get(request.GET.get("tab", ""), views["todo"])
    n = task_list.counts(received, today)
    pages = Paginator(task_list.rows(received.filter(tab.wanted)), ROWS)
    pages.__dict__["count"] = n[tab.code]  # known from the tabs, not to be counted twice
    page = pages.get_page(request.GET.get("page"))
    context = {
        "tab": tab.code,
        "tabs": [{"code": each.code, "label": each.label, "n": n[each.code]} for each in views.values()],
        "page_obj": page,
        "rows": task_list.with_lamps(page.object_list, today),
        "filters": filters,
    }
    return render(request, "inspection/tasks/list.html", context)


# One request


def visible_task(request: HttpRequest, public_id: Any) -> Task:
    """The request with its case, or 404: for those who were asked and those who read the file."""
    found = tasks_visible_to(request.user).select_related(
        "case__agency", "case__project", "case__town", "case__complaint", "receiver", "sent_by__agency"
    )
    task = found.select_related("replied_by", "returned_by", "ruled_by").filter(public_id=public_id).first()
    if task is None:
        raise Http404
    task.case.seen_by = request.user.pk
    return task


@rule("case:view")
@require_http_methods(["GET", "POST"])
def task_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """One request: what is asked, the papers that came with it, the answer and the return right there."""
    task = visible_task(request, public_id)
    if request.method == "GET":
        return _page(request, task)
    name = request.POST.get("do", "")
    if name not in ACTS:
        raise Http404
    form = _form(request, task, name)
    case = task.case.workflow.model.objects.get(pk=task.case_id)
    try:
        services.advance(
            case=case,
            step=name,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            **(form.given() | {"task": task.pk}),
        )
    except StepRefused as refusal:
        return _page(request, task, **{name: with_errors(form, refusal)}, status=422)
    except (services.StaleVersion, KeyReused) as stale:
        form.add_error(None, str(stale))
        return _page(request, visible_task(request, public_id), **{name: form}, status=409)
    except Case.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("已办理：%(label)s") % {"label": case.workflow.by_name[name].label})
    return redirect("inspection:task", task.public_id)


def _form(request: HttpRequest, task: Task, name: str) -> ReplyForm | ReturnForm:
    """The form of the act about this request, as posted where that act was posted."""
    data = request.POST if request.POST.get("do") == name else None
    form = ACTS[name](data, case=task.case, by=request.user, auto_id=f"{name}_%s")
    del form.fields["task"]
    return form


def _page(
    request: HttpRequest,
    task: Task,
    *,
    files: forms.Form | None = None,
    refused: list[Any] | None = None,
    status: int = 200,
    **posted: forms.Form,
) -> HttpResponse:
    """The page of the request, with the forms as they were posted."""
    case, user = task.case, request.user
    papers = list(Enclosure.objects.filter(task=task).standing().with_papers())
    waits = may_add(user, task)
    [row] = task_list.with_lamps([task], timezone.localdate())
    blank = {name: _form(request, task, name) for name in ACTS} if waits else {}
    context = {
        "task": task,
        "lamp": row.lamp,
        "is_overdue": row.is_overdue,
        "case": case,
        "is_inside": policies.can(user, policies.READ, case),
        "parties": [each for each in case.parties.select_related("employer") if each.employer_id],
        "sent": [each for each in papers if not each.with_reply],
        "returned": [each for each in papers if each.with_reply],
        "waits": waits,
        "reply": posted.get("reply_task") or blank.get("reply_task"),
        "back": posted.get("return_task") or blank.get("return_task"),
        "is_returning": "return_task" in posted,
        "files": files or (ReplyFilesForm() if waits else None),
        "refused": refused or [],
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "files_key": new_key(),
        "has_errors": status == 422,
    }
    return render(request, "inspection/tasks/show.html", context, status=status)


# Papers


@rule("case:view")
@require_POST
def task_upload(request: HttpRequest, public_id: Any) -> HttpResponse:
    """附上材料: files that go with the answer; good ones are kept, bad ones named with what to do."""
    task = visible_task(request, public_id)
    if not may_add(request.user, task):
        raise PermissionDenied(_("这项任务不等你单位答复，不能再附材料"))
    form = ReplyFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, task, files=form, status=422)
    given = form.cleaned_data["files"]
    if len(given) > room_left(task.case):
        form.add_error("files", no_room(task.case))
        return _page(request, task, files=form, status=422)
    stored, refused = uploads.take_in_all(given)
    source = _("%(who)s协办答复") % {"who": task.receiver.short_name}
    pieces = [Piece(each, form.cleaned_data["kind"], False, source) for each in stored]
    try:
        if pieces:
            add_to_reply(task=task, by=request.user, key=request_key(request), pieces=pieces)
    except StepRefused as refusal:
        form.add_error("files", refusal.reasons)
        return _page(request, task, files=form, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _page(request, task, files=form, status=409)
    if refused:
        return _page(request, task, files=form, refused=refused, status=422)
    said = ngettext("附上%(n)d份材料", "附上%(n)d份材料", len(pieces)) % {"n": len(pieces)}
    messages.success(request, said)
    return redirect("inspection:task", task.public_id)


@rule("case:view")
@require_GET
def task_file(request: HttpRequest, public_id: Any, paper: Any) -> HttpResponse:
    """One paper of a request, to be saved."""
    return _served(request, public_id, paper, as_attachment=True)


@rule("case:view")
@require_GET
@xframe_options_sameorigin
@csp_update({"frame-ancestors": [SELF]})
def task_file_inline(request: HttpRequest, public_id: Any, paper: Any) -> HttpResponse:
    """One paper of a request, to be looked at."""
    return _served(request, public_id, paper, as_attachment=False)


def _served(request: HttpRequest, public_id: Any, paper: Any, *, as_attachment: bool) -> HttpResponse:
    """The bytes as they were kept, after the reading stands in the record of the case."""
    task = visible_task(request, public_id)
    found = Enclosure.objects.filter(task=task, public_id=paper).standing().with_papers().first()
    if found is None:
        raise Http404
    try:
        content, digest, content_type, name = _content(found)
    except uploads.FileDamaged:
        log.error("evidence_damaged", extra={"attachment_id": found.attachment_id})
        context = {"attachment": found.attachment, "incident": request_id.get()}
        return render(request, "cases/file_damaged.html", context, status=500)
    except (pdf.DocumentDamaged, RenderingFailed):
        return render(
            request, "inspection/tasks/no_file.html", {"task": task, "text": _no_pdf(found)}, status=503
        )
    record_read(
        case=task.case,
        by=request.user,
        step="read_file",
        label=_("下载协办附件") if as_attachment else _("查看协办附件"),
        facts={"task": str(task.public_id), "file": name, "sha256": digest},
        right=policies.VIEW,
    )
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=as_attachment, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SHUT
    return response


def _content(paper: Enclosure) -> tuple[bytes, str, str, str]:
    """The bytes, their hash, their type and the name to save them under."""
    if paper.attachment:
        file = paper.attachment
        return uploads.read(file.stored_name, file.sha256), file.sha256, file.content_type, file.name
    document = paper.document
    assert document is not None
    content = pdf.pdf_of(document)
    return content, document.pdf_sha256, "application/pdf", f"{document.title}{document.number}.pdf"


def _no_pdf(paper: Enclosure) -> str:
    assert paper.document is not None
    if paper.document.has_pdf:
        return damaged(paper.document)
    return _("%(document)s暂时没有做成PDF，过一会儿再打开") % {"document": paper.document}
