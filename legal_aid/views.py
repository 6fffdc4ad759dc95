"""Pages of legal aid: the application at the window, the consent card, the means, whose turn it is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import rule
from agencies.rights import Right
from cases import clocks, drafts, policies
from cases.idempotency import KeyReused
from cases.models import Case, CaseKind
from cases.services import StaleVersion, refer
from cases.views import new_key, posted_version, request_key, visible_case
from cases.workflow.table import StepRefused
from legal_aid import services
from legal_aid.checking import finding, statement_of
from legal_aid.deadlines import LAW
from legal_aid.means_record import edit_means
from legal_aid.proposal import candidates
from legal_aid.registration_forms import ApplicationForm, ConsentForm, MeansForm
from legal_aid.states import State

FORM = "aid"
ASSIGNING = {State.GRANTED: "assign", State.URGENT_AID: "assign", State.FIRM_ASSIGNED: "reassign"}


def aid_case(request: HttpRequest, public_id: Any) -> Case:
    """The legal-aid case for a page of the centre itself, or 404 for everybody else."""
    case = visible_case(request, public_id)
    if case.kind != CaseKind.LEGAL_AID or not policies.is_own(request.user, case):
        raise Http404
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    return case


# 援助申请


@rule(Right.RECEIVE_AID)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """援助申请: nothing typed is lost, all faults are said at once, a double click makes one case."""
    if request.method == "GET":
        return _register_page(request, *_blank(request))
    if request.POST.get("after") == "draft":
        drafts.save(request.user, FORM, request.POST)
        messages.success(request, _("草稿已保存"))
        return redirect("cases:home")
    form, means = ApplicationForm(request.POST), MeansForm(request.POST, prefix="m")
    if not (form.is_valid() & means.is_valid()):
        return _register_page(request, form, means, status=422)
    entry = form.application(means.means() if means.is_filled else None)
    try:
        case = services.register_application(by=request.user, key=request_key(request), entry=entry)
    except StepRefused as refusal:
        form.add_error(None, "；".join(refusal.reasons))
        return _register_page(request, form, means, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _register_page(request, form, means, status=409)
    drafts.drop(request.user, FORM)
    messages.success(request, _("已登记：%(number)s") % {"number": case.receipt_no})
    return redirect(case)


def _blank(request: HttpRequest) -> tuple[ApplicationForm, MeansForm]:
    """The forms to fill in, with what was typed before where the person goes on with a draft."""
    found = drafts.load(request.user, FORM) if "draft" in request.GET else None
    if found is None:
        return ApplicationForm(), MeansForm(prefix="m")
    typed = found[1]
    said = {name: typed.get(f"m-{name}") for name in MeansForm.base_fields if f"m-{name}" in typed}
    return ApplicationForm(initial=typed.dict()), MeansForm(prefix="m", initial=said)


def _register_page(
    request: HttpRequest, form: ApplicationForm, means: MeansForm, *, status: int = 200
) -> HttpResponse:
    is_fresh = request.method == "GET" and "draft" not in request.GET
    page = {
        "form": form,
        "means": means,
        "draft": drafts.of_user(request.user).filter(form=FORM).first() if is_fresh else None,
        "draft_url": reverse("cases:save_draft", args=[FORM]),
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "legal_aid/register.html", page, status=status)


# 转法律援助


@rule("case:view")
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, public_id: Any) -> HttpResponse:
    """转法律援助: who agreed to what; the application opens at the centre with nothing typed again."""
    case = visible_case(request, public_id)
    _require_referrer(request, case)
    form = ConsentForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "GET":
        return _consent_page(request, case, form)
    if not form.is_valid():
        return _consent_page(request, case, form, status=422)
    try:
        refer(
            case=case,
            kind=CaseKind.LEGAL_AID,
            parties=list(form.cleaned_data["people"]),
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            consent={name: form.cleaned_data[name] for name in ("consent_on", "how", "form")},
            basis=f"{LAW}第三十五条",
            allowed=lambda locked: _require_referrer(request, locked),
        )
    except StepRefused as refusal:
        form.add_error(None, "；".join(refusal.reasons))
        return _consent_page(request, case, form, status=422)
    except (StaleVersion, KeyReused) as stale:
        form.add_error(None, str(stale))
        return _consent_page(request, visible_case(request, public_id), form, status=409)
    messages.success(request, _("已转法律援助中心"))
    return redirect(case)


def _require_referrer(request: HttpRequest, case: Case) -> None:
    """Nothing, or PermissionDenied for people who do not deal with the case."""
    if not services.may_refer(request.user, case):
        raise PermissionDenied(_("转法律援助由办理本案的人员在案件里办"))


def _consent_page(request: HttpRequest, case: Case, form: ConsentForm, *, status: int = 200) -> HttpResponse:
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    page = {
        "case": case,
        "form": form,
        "requests": list(case.aid_requests.select_related("case")),
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "legal_aid/consent.html", page, status=status)


# 经济困难状况


@rule("case:view")
@require_http_methods(["GET", "POST"])
def means(request: HttpRequest, public_id: Any) -> HttpResponse:
    """经济困难状况说明: for nobody but the centre; the system says whether a check is made and under which article."""
    case = aid_case(request, public_id)
    statement = statement_of(case)
    may_edit = case.is_open and any(
        policies.can(request.user, right, case) for right in (Right.RECEIVE_AID, Right.REVIEW_AID)
    )
    if request.method == "GET":
        form = MeansForm(prefix="m", initial=_initial(statement))
        return _means_page(request, case, form, may_edit)
    if not may_edit:
        raise PermissionDenied(_("经济困难状况由窗口或者审查员登记，办结以后不再改"))
    form = MeansForm(request.POST, prefix="m")
    if not form.is_valid():
        return _means_page(request, case, form, may_edit, status=422)
    try:
        edit_means(
            case=case,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            means=form.means(),
        )
    except (StaleVersion, KeyReused) as stale:
        form.add_error(None, str(stale))
        return _means_page(request, aid_case(request, public_id), form, may_edit, status=409)
    messages.success(request, _("已保存经济困难状况说明"))
    return redirect(case)


def _initial(statement: Any) -> dict[str, Any]:
    if statement is None:
        return {"household": 1}
    names = [name for name in services.Means.__dataclass_fields__ if name != "income_fen"]
    stable = {True: "yes", False: "no", None: None}[statement.has_stable_income]
    values = {name: getattr(statement, name) for name in names}
    return values | {"income": statement.income_fen, "has_stable_income": stable}


def _means_page(
    request: HttpRequest, case: Case, form: MeansForm, may_edit: bool, *, status: int = 200
) -> HttpResponse:
    page = {
        "case": case,
        "form": form,
        "found": finding(case, timezone.localdate()),
        "statement": statement_of(case),
        "may_edit": may_edit,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "legal_aid/means.html", page, status=status)


# 指派


@rule("case:view")
@require_GET
def assignment(request: HttpRequest, public_id: Any) -> HttpResponse:
    """指派: whose turn it is by weighted shares, with what speaks against each; a person decides."""
    case = aid_case(request, public_id)
    found = candidates(case)
    page = {
        "case": case,
        "candidates": found,
        "first": next((each for each in found if not each.is_full and not each.ties), None),
        "step": ASSIGNING.get(State(case.state), "")
        if policies.can(request.user, Right.DIRECT_AID, case)
        else "",
        "assignments": list(case.aid_assignments.select_related("firm", "lawyer__user")),
        "key": new_key(),
    }
    return render(request, "legal_aid/assignment.html", page)
