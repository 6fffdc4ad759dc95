"""领导看板, the cases behind each of its numbers, and the definition that is reported."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import rule
from agencies.models import Town
from agencies.rights import Right
from cases.forms import whole_number
from cases.idempotency import KeyReused
from cases.views import new_key, request_key
from inspection.states import Industry
from reports import headline
from reports.board import look
from reports.cards import View, cards, sentence
from reports.charts import WITHOUT, charts, industry_name
from reports.definitions import COUNTS, INDICATORS, K1, SHARES, UnknownIndicatorError
from reports.forms import CHOICES, CUSTOM, DefinitionForm, PeriodForm
from reports.headline import InUse
from reports.indicators import cases_behind
from reports.links import board_url, make_up, period_query
from reports.models import DefinitionChoice
from reports.parts import UnknownPartError, part_of

PAGE_SIZE = 50
SHOWN_CHANGES = 20
NEVER = -1


@rule(Right.VIEW_INDICATORS)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of the person's cases in the period of the address; 422 with what is wrong with the period."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    chosen, in_use = form.chosen(), headline.in_use()
    view = View(
        chosen=chosen,
        choice=form.choice,
        period_words=_period_words(form),
        basis=form.basis_asked or in_use.definition,
        in_use=in_use.definition,
        now=timezone.now(),
    )
    board = look(chosen, request.user)
    shares = [board.figures[each.id] for each in SHARES]
    context = {
        "form": PeriodForm.filled(chosen),
        "view": view,
        "in_use": in_use,
        "tabs": _tabs(view),
        "board": board,
        "cards": cards(board, view),
        "charts": charts(board, view, Town.objects.all()),
        "sentences": [sentence(figure) for figure in shares],
        "make_up": make_up(board.figures[K1.id], view.cases),
        "without_unfounded": board.figures[K1.id].without("unfounded"),
        "definitions": [figure.definition for figure in board.figures.values()],
        "may_choose": request.user.has_right(Right.CHOOSE_DEFINITION),
        "wall": "wall" in request.GET,
        "wall_url": f"{board_url(view.choice, view.chosen, view.basis)}&wall=1",
        "desk_url": board_url(view.choice, view.chosen, view.basis),
    }
    return render(request, "reports/dashboard.html", context)


def _period_words(form: PeriodForm) -> str:
    if form.choice != CUSTOM:
        return str(dict(CHOICES)[form.choice])
    chosen = form.chosen()
    return _("%(start)s至%(end)s") % {"start": chosen.from_on, "end": chosen.as_of}


def _tabs(view: View) -> list[dict[str, Any]]:
    """The choices of the period, the definition kept; 自选 starts from the days now shown."""
    return [
        {
            "label": label,
            "url": board_url(choice, view.chosen, view.basis),
            "is_current": choice == view.choice,
        }
        for choice, label in CHOICES
    ]


@rule(Right.VIEW_INDICATORS)
@require_safe
def cases(request: HttpRequest, indicator: str, part: str) -> HttpResponse:
    """Exactly the cases of one number of the dashboard, those due first on top; 404 for a number there is not."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    chosen = form.chosen()
    only, narrowed_to = _narrowing(request.GET)
    try:
        described = part_of(indicator, part)
    except (UnknownIndicatorError, UnknownPartError) as error:
        raise Http404 from error
    behind = cases_behind(
        indicator, part, from_on=chosen.from_on, as_of=chosen.as_of, user=request.user, only=only
    )
    in_order = behind.order_by(F("due_then").asc(nulls_last=True), "filed_on", "pk")
    page = Paginator(in_order, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "definition": (INDICATORS | COUNTS)[indicator],
        "part": described,
        "narrowed_to": narrowed_to,
        "period": chosen,
        "period_query": period_query(chosen),
        "page_obj": page,
        "count": f"{page.paginator.count:,}",
        "now": timezone.now(),
        "is_past": chosen.as_of < timezone.localdate(),
    }
    return render(request, "reports/cases.html", context)


def _narrowing(query: QueryDict) -> tuple[dict[str, int | str], list[str]]:
    """The town and the industry of the address, for the query and in words; 404 for one there is not."""
    only: dict[str, int | str] = {}
    words: list[str] = []
    if code := query.get("town"):
        is_readable = code != WITHOUT and "\x00" not in code  # no database can look for that character
        town = Town.objects.filter(code=code).first() if is_readable else None
        if town is None and code != WITHOUT:
            raise Http404
        only["town"] = town.pk if town else ""
        words.append(town.name if town else _("没填镇街"))
    if code := query.get("industry"):
        if code != WITHOUT and code not in Industry.values:
            raise Http404
        only["industry"] = "" if code == WITHOUT else code
        words.append(industry_name("" if code == WITHOUT else code))
    return only, words


def _refused(request: HttpRequest, form: PeriodForm) -> HttpResponse:
    return render(request, "reports/dashboard.html", {"form": form}, status=422)


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
