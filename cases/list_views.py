"""案件: the work list, a glance at a row, views of one's own, columns."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.access import rule
from agencies.models import User
from agencies.rights import Right, Sight
from calendars.services import read_ahead
from cases import case_page as parts
from cases import clocks, policies, preferences, selectors
from cases.models import Case, CaseKind, SavedView
from cases.preferences import COLUMNS, preference_of
from cases.views import visible_case
from cases.worklist import SIZES, WorkList

GLANCE = 3  # records in the preview of a row


class KnownLength(Paginator):
    """A paginator that was told how many rows there are, so that it does not count them again."""

    def __init__(self, object_list: Any, per_page: int, count: int) -> None:
        super().__init__(object_list, per_page)
        self.__dict__["count"] = count


def with_lamps(user: User, cases: Iterable[Case]) -> list[Case]:
    """The rows with their lamps; who sees a case only because it was shared gets neither names nor lamp."""
    today = timezone.localdate()
    read_ahead()  # also for those who see no lamps: the same queries for everybody
    rows = list(cases)
    for case in rows:
        case.is_shared = not policies.is_inside(user, case)
        # A lawyer has one client in the dispute of another office: what the others ask is none of their business.
        case.hides_sums = case.is_shared and user.sight == Sight.PERSONAL and case.kind != CaseKind.LEGAL_AID
        case.lamp = None if case.is_shared else clocks.case_lamp(case, today)
    return rows


def list_of(request: HttpRequest, address: Any = None) -> WorkList:
    """The list of the address, as long as this person likes it."""
    usual = preference_of(request.user).rows
    size = usual if usual in SIZES else SIZES[0]
    return WorkList(request.user, request.GET if address is None else address, default_size=size)


@rule(Right.VIEW_CASES)
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """案件: sorted by what is due. Tab, filters, order, page and length stand in the address."""
    return list_page(request, list_of(request))


def list_page(
    request: HttpRequest, work: WorkList, *, picked: Iterable[str] = (), refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of the list; ``refusal`` says why something could not be done with the picked rows."""
    user = request.user
    tabs = selectors.tabs_for(user, work.code)
    counts = selectors.tab_counts(work.seen, user, work.today, [tab.code for tab in tabs])
    pages = KnownLength(selectors.list_rows(work.cases()), work.size, counts[work.code])
    page = pages.get_page(request.GET.get("page"))
    rows = with_lamps(user, page.object_list)
    first = page.start_index()
    for index, case in enumerate(rows):
        case.url = work.case_url(case.public_id, first + index)
    views = list(SavedView.objects.filter(user=user))
    context = {
        "work": work,
        "tabs": [{"code": tab.code, "label": tab.label, "n": counts[tab.code]} for tab in tabs],
        "tab": work.code,
        "views": views,
        "view": next((view for view in views if view.query == work.query), None),
        "page_obj": page,
        "rows": rows,
        "columns": preferences.columns_of(user),
        "all_columns": COLUMNS.values(),
        "sizes": SIZES,
        "filters": work.filters,
        "has_errors": bool(work.filters.errors),
        "picked": set(picked),
        "refusal": refusal,
        **bulk_rights(user),
    }
    if work.filters.errors:
        status = 422
    return render(request, "cases/list.html", context, status=status)


def bulk_rights(user: User) -> dict[str, bool]:
    """What this person may do with many cases at once."""
    inside = user.sight in ("tree", "own")
    return {
        "may_reassign": inside and user.has_right(Right.HEAD),
        "may_print": inside and user.has_right(Right.ISSUE_DOCUMENT),
        "may_export": inside,
        "may_pick": inside,
    }


@rule("case:view")
@require_GET
def preview(request: HttpRequest, public_id: Any) -> HttpResponse:
    """预览: the last records and the next step of a row; a page of its own without scripts."""
    case = visible_case(request, public_id)
    found = selectors.offers(request.user, case)
    first = selectors.primary(case, found)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    context = {
        "case": case,
        "first": first,
        "awaited_from": "" if first else selectors.awaited_from(case),
        "lines": parts.record_lines(case, limit=GLANCE),
    }
    name = "cases/_glance.html" if request.htmx else "cases/glance.html"
    return render(request, name, context)


@rule(Right.VIEW_CASES)
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """存为视图: the list as it is, under a name of one's own."""
    work = list_of(request, QueryDict(request.POST.get("query", "")[:2000]))
    try:
        view = preferences.keep_view(request.user, request.POST.get("name", ""), work.query)
    except preferences.ViewRefused as refusal:
        return list_page(request, work, refusal=str(refusal), status=422)
    messages.success(request, _("已存为视图：%(name)s") % {"name": view.name})
    return redirect(work.url())


@rule(Right.VIEW_CASES)
@require_POST
def drop_view(request: HttpRequest, view: Any) -> HttpResponse:
    """删除视图; the cases are untouched."""
    try:
        preferences.drop_view(request.user, view)
    except SavedView.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("已删除这个视图"))
    return redirect("cases:list")


@rule(Right.VIEW_CASES)
@require_POST
def choose_columns(request: HttpRequest) -> HttpResponse:
    """列: which columns the person's list has, and how many rows a page; 恢复默认 takes both back."""
    work = list_of(request, QueryDict(request.POST.get("query", "")[:2000]))
    if "usual" in request.POST:
        preferences.choose(request.user, columns=[], rows=None)
    else:
        chosen = [code for code in COLUMNS if code in request.POST.getlist("column")]
        rows = request.POST.get("rows", "")
        size = int(rows) if rows in map(str, SIZES) else None
        preferences.choose(request.user, columns=chosen, rows=size)
    work.given.pop("rows", None)
    return redirect(f"{reverse('cases:list')}?{work.query}")
