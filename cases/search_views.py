"""查找: one box for cases, people, units and commands. What was typed never stands in an address."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agencies.access import rule
from agencies.rights import Right
from cases import commands, preferences, search, selectors
from cases.list_views import with_lamps
from cases.models import SearchQuery
from cases.worklist import SIZES


@rule(Right.VIEW_CASES)
@require_POST
def start_search(request: HttpRequest) -> HttpResponse:
    """查案件: what was typed is kept on the server; a single hit opens at once."""
    query = search.keep(request.user, request.POST.get("q", ""))
    found = list(search.find(request.user, query.text)[:2])
    return redirect(found[0] if len(found) == 1 else reverse("cases:found", args=[query.public_id]))


@rule(Right.VIEW_CASES)
@require_GET
def found(request: HttpRequest, query: Any) -> HttpResponse:
    """The cases a search means, sorted by what is due. Another person's search does not exist."""
    kept = SearchQuery.objects.filter(user=request.user, public_id=query).first()
    if kept is None:
        raise Http404
    cases = selectors.list_rows(selectors.by_urgency(search.find(request.user, kept.text)))
    page = Paginator(cases, SIZES[0]).get_page(request.GET.get("page"))
    rows = with_lamps(request.user, page.object_list)
    for case in rows:
        case.url = case.get_absolute_url()
    columns = preferences.columns_of(request.user)
    context = {"text": kept.text, "page_obj": page, "rows": rows, "columns": columns}
    return render(request, "cases/found.html", context)


@rule(Right.VIEW_CASES)
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """What drops below the box while somebody types: cases, people, units, commands, eight of each at most."""
    text = request.POST.get("q", "").replace("\x00", "")
    context = {
        "text": text.strip(),
        "hits": search.suggest(request.user, text),
        "commands": commands.matching(request.user, text),
    }
    return render(request, "cases/_suggestions.html", context)
