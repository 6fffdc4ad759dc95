"""What the figures mean, which definition of the closure rate is reported, and its change."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import rule
from agencies.rights import Right
from cases.forms import whole_number
from cases.idempotency import KeyReused
from cases.views import new_key, request_key
from reports import headline
from reports.definitions import COUNTS, INDICATORS, SHARES, Indicator
from reports.forms import DefinitionForm
from reports.headline import InUse
from reports.indicators import measure
from reports.models import DefinitionChoice
from reports.periods import Period, year_to_date
from reports.wording import said_in_short, target_percent

SHOWN_CHANGES = 20
NEVER = -1


@rule(Right.VIEW_INDICATORS)
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every definition with what it says of the year to date; which of the closure rates is reported."""
    today = timezone.localdate()
    chosen, in_use = Period(year_to_date(today), today), headline.in_use()
    every = (INDICATORS | COUNTS).values()
    figures = measure(
        [each.id for each in every], from_on=chosen.from_on, as_of=chosen.as_of, user=request.user
    )
    context = {
        "period": chosen,
        "in_use": in_use,
        "shares": SHARES,
        "rows": [
            (figure.definition, _targets(figure.definition), *said_in_short(figure)) for figure in figures
        ],
        "may_choose": request.user.has_right(Right.CHOOSE_DEFINITION),
        "now": timezone.now(),
    }
    return render(request, "reports/definitions.html", context)


def _targets(definition: Indicator) -> list[tuple[int, str]]:
    """Each target with the first year it holds for: (2025, 98%)."""
    return [(year, target_percent(Decimal(share))) for year, share in definition.targets]


@rule(Right.CHOOSE_DEFINITION)
@require_http_methods(["GET", "HEAD", "POST"])
def definition(request: HttpRequest) -> HttpResponse:
    """The definition that is reported and how it came to be; a POST changes it, with a reason.

    422 when something is missing or nothing would change, 409 when somebody changed it in between.
    """
    in_use = headline.in_use()
    if request.method != "POST":
        return _definition_page(request, DefinitionForm(initial={"new": in_use.definition.id}), in_use)
    form = DefinitionForm(request.POST)
    if not form.is_valid():
        return _definition_page(request, form, in_use, status=422)
    try:
        now_used = headline.choose(
            new=form.chosen,
            reason=form.cleaned_data["reason"],
            by=request.user,
            seen=_seen(request),
            key=request_key(request),
        )
    except headline.SameDefinition as error:
        form.add_error("new", str(error))
        return _definition_page(request, form, in_use, status=422)
    except (headline.StaleDefinition, KeyReused):
        form.add_error(None, _("你打开之后，报送口径已被改过，看一下下面的记录再决定"))
        return _definition_page(request, form, in_use, status=409)
    messages.success(request, _("报送口径已改为%(id)s") % {"id": now_used.definition.id})
    return redirect("reports:dashboard")


def _seen(request: HttpRequest) -> int:
    """The position that the form was made at; one that nothing has when it is not a number."""
    seen = whole_number(request.POST.get("seen"))
    return NEVER if seen is None else seen


def _definition_page(
    request: HttpRequest, form: DefinitionForm, in_use: InUse, status: int = 200
) -> HttpResponse:
    kept = status == 422
    context = {
        "form": form,
        "in_use": in_use,
        "seen": _seen(request) if kept else in_use.position,
        "key": request_key(request) if kept else new_key(),
        "changes": DefinitionChoice.objects.select_related("by")[:SHOWN_CHANGES],
    }
    return render(request, "reports/definition.html", context, status=status)
