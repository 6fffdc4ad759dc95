"""承办机构 and 标准: the registry of firms with their shares, and the amounts of the district."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import rule
from agencies.rights import Right
from legal_aid import registry
from legal_aid.models import Firm, Rate
from legal_aid.proposal import standings
from legal_aid.rates import rate_on
from legal_aid.registry_forms import FirmForm, LawyerForm, RateForm

FIRM_FIELDS = ("name", "kind", "weight", "most_open", "phone", "address", "specialities", "is_active")


@rule(Right.DIRECT_AID)
@require_safe
def firms(request: HttpRequest) -> HttpResponse:
    """承办机构: each with its ideal and achieved share and its lawyers."""
    resting = Firm.objects.filter(agency=request.user.agency, is_active=False)
    page = {"standings": standings(request.user.agency), "resting": list(resting)}
    return render(request, "legal_aid/firms.html", page)


@rule(Right.DIRECT_AID)
@require_http_methods(["GET", "POST"])
def firm_new(request: HttpRequest) -> HttpResponse:
    """登记承办机构."""
    return _edit(request, None)


@rule(Right.DIRECT_AID)
@require_http_methods(["GET", "POST"])
def firm(request: HttpRequest, public_id: Any) -> HttpResponse:
    """One firm: its values, its lawyers."""
    found = get_object_or_404(Firm, agency=request.user.agency, public_id=public_id)
    if request.POST.get("act") == "lawyer":
        return _add_lawyer(request, found)
    return _edit(request, found)


def _edit(request: HttpRequest, found: Firm | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = FirmForm(data, agency=request.user.agency, firm=found, initial=_initial(found))
    if data is None:
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    values = {name: form.cleaned_data[name] for name in FIRM_FIELDS}
    saved = registry.save_firm(by=request.user, firm=found, values=values, ties=form.cleaned_data["ties"])
    messages.success(request, _("已保存：%(name)s") % {"name": saved.name})
    return redirect("legal_aid:firms")


def _initial(found: Firm | None) -> dict[str, Any]:
    if found is None:
        return {}
    ties = "\n".join(f"{tie.unit_name}，{tie.reason}" for tie in found.ties.filter(lawyer=None))
    return {name: getattr(found, name) for name in FIRM_FIELDS} | {"ties": ties}


def _add_lawyer(request: HttpRequest, found: Firm) -> HttpResponse:
    lawyer_form = LawyerForm(request.POST, agency=request.user.agency)
    if not lawyer_form.is_valid():
        form = FirmForm(agency=request.user.agency, firm=found, initial=_initial(found))
        return _page(request, found, form, lawyer_form, status=422)
    data = lawyer_form.cleaned_data
    registry.add_lawyer(by=request.user, firm=found, user=data["user"], licence_no=data["licence_no"])
    messages.success(request, _("已登记承办律师：%(name)s") % {"name": data["user"]})
    return redirect("legal_aid:firm", found.public_id)


def _page(
    request: HttpRequest,
    found: Firm | None,
    form: FirmForm,
    lawyer_form: LawyerForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    page = {
        "firm": found,
        "form": form,
        "lawyers": list(found.lawyers.select_related("user")) if found else [],
        "lawyer_form": lawyer_form or LawyerForm(agency=request.user.agency),
        "has_errors": status == 422,
    }
    return render(request, "legal_aid/firm.html", page, status=status)


@rule(Right.DIRECT_AID)
@require_http_methods(["GET", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    """标准: hardship and subsidies, each from a day on; what held before stays."""
    form = RateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        registry.add_rate(
            by=request.user,
            code=data["code"],
            from_on=data["from_on"],
            amount_fen=data["amount"],
            basis=data["basis"],
        )
        messages.success(request, _("已登记标准"))
        return redirect("legal_aid:rates")
    today = timezone.localdate()
    page = {
        "form": form,
        "rates": list(Rate.objects.select_related("made_by")),
        "missing": [label for code, label in Rate.Code.choices if rate_on(code, today) is None],
        "has_errors": request.method == "POST",
    }
    return render(request, "legal_aid/rates.html", page, status=422 if request.method == "POST" else 200)
