"""领导看板 and the cases behind each of its numbers."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import rule
from agencies.rights import Right
from reports.cards import card, make_up, period_query, sentence
from reports.definitions import (
    COUNTS,
    HEADLINE,
    INDICATORS,
    K1,
    K2,
    K3,
    K6,
    K8,
    OVERDUE,
    UnknownIndicatorError,
)
from reports.forms import CUSTOM, PeriodForm
from reports.indicators import UnknownPartError, cases_behind, measure, part_of

SHARES = (HEADLINE, *(each for each in (K1, K2, K3) if each is not HEADLINE))
PAGE_SIZE = 50


@rule(Right.VIEW_INDICATORS)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of the person's cases in the period of the address; 422 with what is wrong with the period."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    chosen, now = form.chosen(), timezone.now()
    asked = [each.id for each in (*SHARES, OVERDUE, K6, K8)]
    figures = measure(asked, from_on=chosen.from_on, as_of=chosen.as_of, user=request.user)
    shares = figures[: len(SHARES)]
    context = {
        "form": PeriodForm.filled(chosen),
        "choice": form.choice,
        "period": chosen,
        "period_query": period_query(chosen),
        "now": now,
        "headline": shares[0],
        "cards": [card(figure, chosen, now) for figure in figures],
        "sentences": [sentence(figure) for figure in shares],
        "make_up": make_up(shares[0], chosen),
        "without_unfounded": shares[0].without("unfounded"),
        "definitions": [each.definition for each in figures],
    }
    return render(request, "reports/dashboard.html", context)


@rule(Right.VIEW_INDICATORS)
@require_safe
def cases(request: HttpRequest, indicator: str, part: str) -> HttpResponse:
    """Exactly the cases of one number of the dashboard, those due first on top; 404 for a number there is not."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    chosen = form.chosen()
    try:
        described = part_of(indicator, part)
    except (UnknownIndicatorError, UnknownPartError) as error:
        raise Http404 from error
    behind = cases_behind(indicator, part, from_on=chosen.from_on, as_of=chosen.as_of, user=request.user)
    in_order = behind.order_by(F("due_then").asc(nulls_last=True), "filed_on", "pk")
    page = Paginator(in_order, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "definition": (INDICATORS | COUNTS)[indicator],
        "part": described,
        "period": chosen,
        "period_query": period_query(chosen),
        "page_obj": page,
        "count": f"{page.paginator.count:,}",
        "now": timezone.now(),
        "is_past": chosen.as_of < timezone.localdate(),
    }
    return render(request, "reports/cases.html", context)


def _refused(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    return render(request, "reports/dashboard.html", {"form": form, "choice": CUSTOM}, status=422)
