"""Registration at the window S04 and what follows it S06."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import rule
from agencies.rights import Right
from cases import clocks, drafts
from cases.forms import whole_number
from cases.idempotency import KeyReused
from cases.models import Case
from cases.views import new_key, request_key
from cases.workflow.table import StepRefused
from inspection import registration_forms as forms
from inspection import services

FORM = "register"


@rule(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """登记一件: nothing typed is lost, all faults are said at once, a double click makes one case."""
    if request.method == "GET":
        return _page(request, *_blank(request))
    form = forms.RegisterForm(request.POST)
    workers = forms.WorkerFormSet(request.POST, prefix="w")
    if request.POST.get("after") == "draft":
        drafts.save(request.user, FORM, request.POST)
        messages.success(request, _("草稿已保存"))
        return redirect("cases:home")
    if "add-row" in request.POST:
        return _page(request, form, _one_row_more(request), status=200)
    if not (form.is_valid() & workers.is_valid()):
        return _page(request, form, workers, status=422)
    entry = forms.registration(form, workers)
    key = request_key(request)
    # Asked in this order: a complaint that the same click makes meanwhile is known as its own, not as a duplicate.
    duplicates = services.find_duplicates(request.user.agency, entry)
    try:
        before = services.registered_with(by=request.user, key=key, entry=entry)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _page(request, form, workers, status=409)
    if before is not None:
        return redirect("inspection:registered", before.public_id)
    if duplicates and not form.cleaned_data["duplicate_reason"]:
        form.add_error("duplicate_reason", _("可能重复，并入已有案件，或写明另行登记的理由"))
        return _page(request, form, workers, duplicates=duplicates, status=422)
    try:
        case = services.register_complaint(by=request.user, key=key, entry=entry)
    except StepRefused as refusal:
        form.add_error(None, "；".join(refusal.reasons))
        return _page(request, form, workers, may_skip_receipt=True, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _page(request, form, workers, status=409)
    drafts.drop(request.user, FORM)
    for sentence in forms.hints(entry, timezone.localdate()):
        messages.warning(request, sentence)
    if request.POST.get("after") == "next":
        messages.success(request, _("已登记：%(number)s") % {"number": case.receipt_no})
        return redirect(f"{reverse('inspection:register')}?like={case.public_id}")
    return redirect("inspection:registered", case.public_id)


def _blank(request: HttpRequest) -> tuple[Any, Any]:
    found = drafts.load(request.user, FORM) if "draft" in request.GET else None
    if found is not None:
        return _unbound(found[1])
    return forms.RegisterForm(initial=_like(request)), forms.WorkerFormSet(prefix="w")


def _like(request: HttpRequest) -> dict[str, Any]:
    """What the next complaint shares with the one just registered: employer, project, town, source."""
    text = request.GET.get("like", "")
    try:
        case = (
            Case.objects.visible_to(request.user)
            .select_related("project", "complaint")
            .get(public_id=UUID(text))
        )
    except (ValueError, Case.DoesNotExist):
        return {}
    return {
        "employer_name": case.respondent_name,
        "town": case.town_id,
        "project_name": case.project.name if case.project else "",
        "project_type": case.project.type if case.project else "",
        "industry": case.complaint.industry,
        "channel": case.complaint.channel,
    }


def _unbound(fields: Any) -> tuple[Any, Any]:
    """Forms that show what was typed without judging it yet."""
    form = forms.RegisterForm(
        initial={name: fields.get(name) for name in forms.RegisterForm.base_fields if name in fields}
    )
    total = fields.get("w-TOTAL_FORMS", "")
    count = min(whole_number(total) or 0, forms.MOST_WORKERS)
    names = forms.WorkerForm.base_fields
    rows = [{n: fields.get(f"w-{i}-{n}") for n in names if f"w-{i}-{n}" in fields} for i in range(count)]
    return form, forms.WorkerFormSet(initial=rows or None, prefix="w")


def _one_row_more(request: HttpRequest) -> Any:
    data = request.POST.copy()
    total = data.get("w-TOTAL_FORMS", "1")
    data["w-TOTAL_FORMS"] = str(min((whole_number(total) or 0) + 1, forms.MOST_WORKERS))
    return _unbound(data)[1]


def _page(
    request: HttpRequest,
    form: Any,
    workers: Any,
    *,
    duplicates: list | None = None,
    may_skip_receipt: bool = False,
    status: int = 200,
) -> HttpResponse:
    draft = drafts.of_user(request.user).filter(form=FORM).first() if request.method == "GET" else None
    context = {
        "form": form,
        "workers": workers,
        "duplicates": duplicates or [],
        "may_skip_receipt": may_skip_receipt,
        "draft": draft if "draft" not in request.GET else None,
        "draft_url": reverse("cases:save_draft", args=[FORM]),
        "key": request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "inspection/register.html", context, status=status)


@rule("case:view")
@require_GET
def registered(request: HttpRequest, public_id: Any) -> HttpResponse:
    """登记完成: the number, the deadline in words, what happens next, the receipt."""
    try:
        case = (
            Case.objects.readable_by(request.user)
            .select_related("agency", "headline_clock", "complaint")
            .prefetch_related("documents", "claims__worker__person", "headline_clock__changes")
            .get(public_id=public_id)
        )
    except Case.DoesNotExist:
        raise Http404 from None
    today = timezone.localdate()
    case.lamp = clocks.case_lamp(case, today)
    first = clocks.clock_due(case.headline_clock) if case.headline_clock else None
    receipt = next((document for document in case.documents.all() if document.kind == "D04"), None)
    context = {"case": case, "due": first, "receipt": receipt}
    return render(request, "inspection/registered.html", context)
