"""谁能看到: who sees the case, since when and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agencies.access import rule
from cases import access, clocks
from cases.views import visible_case


@rule("case:view")
@require_GET
def access_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Everybody inside by role, and every share with its reason, its beginning and its end."""
    case = visible_case(request, public_id)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    context = {"case": case, "insiders": access.insiders(case), "shares": access.shares(case)}
    return render(request, "cases/access.html", context)
