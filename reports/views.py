"""领导看板, and the cases behind each of its numbers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import rule
from agencies.models import Town
from agencies.rights import Right
from cases.bulk_forms import ExportForm
from inspection.states import Industry
from reports import headline
from reports.board import look
from reports.cards import View, cards, sentence
from reports.case_files import in_order
from reports.charts import WITHOUT, charts, industry_name
from reports.definitions import COUNTS, INDICATORS, K1, SHARES, UnknownIndicatorError
from reports.forms import CHOICES, CUSTOM, PeriodForm
from reports.indicators import cases_behind
from reports.links import board_url, make_up, period_query
from reports.parts import UnknownPartError, part_of

PAGE_SIZE = 50


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
    return cases_page(request, indicator, part)


def cases_page(
    request: HttpRequest, indicator: str, part: str, export_form: ExportForm | None = None
) -> HttpResponse:
    """The page of the cases, with a refused form for the file where there is one."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    chosen = form.chosen()
    only, narrowed_to = narrowing(request.GET)
    try:
        described = part_of(indicator, part)
    except (UnknownIndicatorError, UnknownPartError) as error:
        raise Http404 from error
    behind = cases_behind(
        indicator, part, from_on=chosen.from_on, as_of=chosen.as_of, user=request.user, only=only
    )
    page = Paginator(in_order(behind), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "definition": (INDICATORS | COUNTS)[indicator],
        "part": described,
        "part_name": part,
        "narrowed_to": narrowed_to,
        "period": chosen,
        "period_query": period_query(chosen),
        "page_obj": page,
        "count": f"{page.paginator.count:,}",
        "address": request.GET.urlencode(),
        "export_form": export_form or ExportForm(),
        "now": timezone.now(),
        "is_past": chosen.as_of < timezone.localdate(),
    }
    return render(request, "reports/cases.html", context, status=422 if export_form else 200)


def narrowing(query: QueryDict) -> tuple[dict[str, int | str], list[str]]:
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
