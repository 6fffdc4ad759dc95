"""一个单位、多个入口: what is open about the employer or the site of a case at every agency."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agencies.access import rule
from cases import clocks
from cases.services.reading import record_read
from cases.views import visible_case
from inspection import incidents


@rule("case:view")
@require_GET
def incident(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Everything open about the units and the site of the case; the look stands in the record of the case."""
    case = visible_case(request, public_id)
    found = incidents.incident(request.user, case)
    record_read(
        case=case,
        by=request.user,
        step="look_across",
        label=_("查看同一单位在各机构的事项"),
        facts=incidents.looked_across(found),
    )
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    context = {"case": case, "incident": found, "can_join": incidents.can_join(request.user, case)}
    return render(request, "inspection/incident.html", context)
