"""缺勤: who is away when, for the heads of the own agency and for who manages the system."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies import absences
from agencies.access import rule
from agencies.rights import Right
from agencies.settings_forms import AbsenceForm

ROWS = 50


@rule(Right.MANAGE_ABSENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def absence_list(request: HttpRequest) -> HttpResponse:
    """The absences of the people this person answers for, below the form for a new one."""
    form = AbsenceForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        try:
            made = absences.enter(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            words = {"name": made.user, "from": made.from_on, "to": made.to_on}
            messages.success(request, _("已登记%(name)s的缺勤：%(from)s至%(to)s") % words)
            return redirect("agencies:absences")
    page = Paginator(absences.absences_of(request.user), ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "today": timezone.localdate()}
    return render(request, "settings/absences.html", context, status=422 if form.errors else 200)


@rule(Right.MANAGE_ABSENCE)
@require_POST
def cancel_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is there again from today; 404 for people of another agency."""
    absence: Any = get_object_or_404(absences.absences_of(request.user), pk=pk)
    absences.cancel(by=request.user, absence=absence)
    messages.success(request, _("已取消%(name)s从今天起的缺勤") % {"name": absence.user})
    return redirect("agencies:absences")
