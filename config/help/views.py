"""本页帮助 as a sheet beside the page or as a page, the list of all help, and ticks of 上手清单."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from agencies.access import rule
from config import start_list
from config.help import pages


@rule("signed_in")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every sheet for pages this person may reach, and 上手清单 also after it was put away."""
    context = {"parts": pages.open_to(request.user), "items": start_list.items(request.user)}
    return render(request, "help/index.html", context)


@rule("signed_in")
@require_GET
def page(request: HttpRequest, view_name: str) -> HttpResponse:
    """The help of one page; only the sheet itself when htmx asks. ``?step=`` adds what that step of a case does."""
    if view_name not in pages.SHEETS:
        raise Http404
    start_list.note(request.user, start_list.HELP)
    context = {
        "sheet": pages.SHEETS[view_name],
        "rows": pages.rows_of(request.GET.get("step", "")),
    }
    return render(request, "help/_sheet.html" if request.htmx else "help/page.html", context)


@rule("signed_in")
@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """An item is ticked by hand or opened again; the list is put away or brought back."""
    if code := request.POST.get("tick", ""):
        start_list.note(request.user, code)
    if code := request.POST.get("untick", ""):
        start_list.forget(request.user, code)
    if "put_away" in request.POST:
        start_list.put_away(request.user, request.POST["put_away"] == "1")
    return redirect("help:index" if request.POST.get("back") == "help" else "cases:home")
