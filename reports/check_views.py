"""The same number in other places: as a file, for other programs, and the page that compares them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import rule
from agencies.rights import Right
from cases import exports
from cases.bulk_forms import ExportForm
from reports.answers import document, full_entry
from reports.case_files import as_csv, in_order
from reports.definitions import INDICATORS, UnknownIndicatorError
from reports.forms import PeriodForm
from reports.indicators import cases_behind, measure
from reports.parts import UnknownPartError
from reports.sameness import check as check_numbers
from reports.sameness import rows_to_read
from reports.views import cases_page, narrowing

MOST_ROWS = 20_000
"""So many rows a page reads to compare; beyond, the command does it."""


@rule(Right.VIEW_INDICATORS)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of the address as JSON, over what the person may see; 422 with a sentence for what is wrong."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return _error("；".join(sentences))
    chosen, ids = form.chosen(), request.GET.getlist("id") or list(INDICATORS)
    try:
        found = measure(dict.fromkeys(ids), from_on=chosen.from_on, as_of=chosen.as_of, user=request.user)
    except UnknownIndicatorError:
        return _error(_("没有这个指标，可用：%(known)s") % {"known": "、".join(INDICATORS)})
    answer = document(map(full_entry, found), chosen)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _error(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=422, json_dumps_params={"ensure_ascii": False})


@rule(Right.VIEW_INDICATORS)
@require_POST
def export(request: HttpRequest, indicator: str, part: str) -> HttpResponse:
    """The cases of one number as a file, once the purpose is said; what left the site is recorded."""
    period_form, form = PeriodForm(request.GET), ExportForm(request.POST)
    if not period_form.is_valid() or not form.is_valid():
        return cases_page(request, indicator, part, form)
    chosen = period_form.chosen()
    only, _words = narrowing(request.GET)
    days = {"from_on": chosen.from_on, "as_of": chosen.as_of}
    try:
        behind = cases_behind(indicator, part, **days, user=request.user, only=only)
    except (UnknownIndicatorError, UnknownPartError) as error:
        raise Http404 from error
    cases = list(in_order(behind).select_related("agency"))
    content = as_csv(cases, chosen)
    exports.record(
        request.user,
        purpose=form.cleaned_data["purpose"],
        query=f"{indicator}/{part}?{request.GET.urlencode()}",
        count=len(cases),
        content=content,
    )
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{indicator}-{part}-{chosen.from_on:%Y%m%d}-{chosen.as_of:%Y%m%d}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@rule(Right.VIEW_INDICATORS)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """同数检查: every number as it is counted, listed, exported and told to programs, for the person who looks."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/check.html", {"form": form}, status=422)
    chosen = form.chosen()
    rows = rows_to_read(chosen, request.user)
    lines = check_numbers(chosen, request.user) if rows <= MOST_ROWS else []
    context: dict[str, Any] = {
        "form": PeriodForm.filled(chosen),
        "period": chosen,
        "lines": lines,
        "different": [line for line in lines if not line.is_same],
        "too_many": rows > MOST_ROWS,
        "now": timezone.now(),
    }
    return render(request, "reports/check.html", context)
