"""Pages of arbitration: the application at the window, the claims of a case, the queue of the institute."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import rule
from agencies.rights import Right
from arbitration import lane, services
from arbitration.registration_forms import CLAIM_ROWS, ApplicationForm, ClaimFormSet
from cases import clocks, drafts, policies
from cases.idempotency import KeyReused
from cases.models import Case, CaseKind
from cases.views import new_key, request_key, visible_case
from cases.workflow.table import StepRefused

FORM = "dispute"
ON_A_PAGE = 50


# 仲裁申请


@rule(Right.RECEIVE_DISPUTE)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """仲裁申请: nothing typed is lost, all faults are said at once, a double click makes one case."""
    if request.method == "GET":
        return _register_page(request, *_blank(request))
    if request.POST.get("after") == "draft":
        drafts.save(request.user, FORM, request.POST)
        messages.success(request, _("草稿已保存"))
        return redirect("cases:home")
    form, claims = ApplicationForm(request.POST), ClaimFormSet(request.POST, prefix="c")
    if not (form.is_valid() & claims.is_valid()):
        return _register_page(request, form, claims, status=422)
    asked = tuple(row.asked for row in claims if row.asked)
    if not form.read_others(asked[0].type):
        return _register_page(request, form, claims, status=422)
    try:
        case = services.register_dispute(
            by=request.user, key=request_key(request), entry=form.application(asked)
        )
    except StepRefused as refusal:
        form.add_error(None, "；".join(refusal.reasons))
        return _register_page(request, form, claims, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _register_page(request, form, claims, status=409)
    drafts.drop(request.user, FORM)
    messages.success(request, _("已登记：%(number)s") % {"number": case.receipt_no})
    return redirect(case)


def _blank(request: HttpRequest) -> tuple[ApplicationForm, Any]:
    """The forms to fill in, with what was typed before where the person goes on with a draft."""
    found = drafts.load(request.user, FORM) if "draft" in request.GET else None
    if found is None:
        return ApplicationForm(), ClaimFormSet(prefix="c")
    typed = found[1]
    said = [
        {
            name: typed.get(f"c-{place}-{name}", "")
            for name in ("type", "amount", "from_month", "to_month", "formula")
        }
        for place in range(CLAIM_ROWS)
    ]
    rows = [row for row in said if any(row.values())]
    checked = {"checklist": typed.getlist("checklist")}
    return ApplicationForm(initial=typed.dict() | checked), ClaimFormSet(prefix="c", initial=rows)


def _register_page(
    request: HttpRequest, form: ApplicationForm, claims: Any, *, status: int = 200
) -> HttpResponse:
    is_fresh = request.method == "GET" and "draft" not in request.GET
    page = {
        "form": form,
        "claims": claims,
        "draft": drafts.of_user(request.user).filter(form=FORM).first() if is_fresh else None,
        "draft_url": reverse("cases:save_draft", args=[FORM]),
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "arbitration/register.html", page, status=status)


# 请求


@rule("case:view")
@require_GET
def claims(request: HttpRequest, public_id: Any) -> HttpResponse:
    """全部请求: every claim of the case with what was decided, a page at a time."""
    case = visible_case(request, public_id)
    if case.kind != CaseKind.ARBITRATION or not policies.can(request.user, policies.READ, case):
        raise Http404
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    rows = case.dispute_claims.select_related("party__person", "party__employer", "award")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "arbitration/claims.html", {"case": case, "page_obj": page})


# 办案顺序


@rule(Right.VIEW_CASES)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """办案顺序: the open disputes in the order of the rule, each with why it stands there; how long a class waits."""
    today = timezone.localdate()
    seen = Case.objects.visible_to(request.user)
    rows = lane.queued(seen, today).select_related("dispute__lane_by", "handler", "agency")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    places = [(case, lane.why_here(case, today)) for case in page]
    context = {"page_obj": page, "places": places, "waits": lane.waits(seen, today)}
    return render(request, "arbitration/queue.html", context)
