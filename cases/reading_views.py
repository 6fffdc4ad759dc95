"""Numbers in full: shown for half a minute to those who deal with the case, for a purpose, and recorded."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agencies.access import rule
from cases.reading_forms import PurposeForm
from cases.services.reading import TooManyReadings, may_see_numbers, read_numbers
from cases.views import visible_case


@rule("case:view")
@require_POST
@never_cache
def numbers(request: HttpRequest, public_id: Any, party: Any) -> HttpResponse:
    """显示: identity number, phone, bank card and address of one worker, as a fragment or, without scripts, a page."""
    case = visible_case(request, public_id)
    worker = next((each for each in case.parties.all() if each.public_id == party and each.person_id), None)
    if worker is None:
        raise Http404
    if not may_see_numbers(request.user, case):
        raise PermissionDenied(_("证件号码和手机号由办理本案的人员查看"))
    form = PurposeForm(request.POST)
    page = {"case": case, "party": worker, "person": worker.person, "form": form}
    template = "cases/_numbers.html" if request.htmx else "cases/numbers.html"
    if not form.is_valid():
        return render(request, template, page | {"refusals": form.sentences}, status=422)
    try:
        read_numbers(case=case, by=request.user, party=worker, **form.cleaned_data)
    except TooManyReadings as refusal:
        return render(request, template, page | {"refusals": [str(refusal)]}, status=422)
    return render(request, template, page)
