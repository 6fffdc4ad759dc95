"""日程: the week, the calendar file, the printed list, and choosing the time of a hearing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from agencies.access import rule
from agencies.models import User
from agencies.rights import Right
from arbitration.hearings import choosing, week
from arbitration.hearings.calendar_file import calendar_of
from arbitration.models import Hearing
from cases import clocks, selectors
from cases.models import Case, CaseKind
from cases.views import visible_case
from documents.rendering import RenderingFailed, renderer
from documents.services import refuse_unprintable
from documents.views import PRINTED
from documents.wording import cn_date, cn_datetime

MINE, ALL = "mine", "all"


def _wanted(request: HttpRequest) -> tuple[date, str, Any]:
    """Monday, whose cases, and the cases: a person's own where cases are given to people by name."""
    user = request.user
    assert isinstance(user, User)
    usual = MINE if selectors.holds_duties(user) else ALL
    scope = request.GET.get("of", usual)
    scope = scope if scope in (MINE, ALL) else usual
    monday = week.first_day(request.GET.get("week", ""), timezone.localdate())
    return monday, scope, week.cases_of(user, only_mine=scope == MINE)


@rule(Right.VIEW_CASES)
@require_GET
def week_page(request: HttpRequest) -> HttpResponse:
    """日程: seven days, each with what falls on it."""
    monday, scope, cases = _wanted(request)
    days = week.days(cases, monday, timezone.localdate())
    page = {
        "days": days,
        "monday": monday,
        "sunday": monday + timedelta(days=week.DAYS - 1),
        "before": monday - timedelta(days=week.DAYS),
        "after": monday + timedelta(days=week.DAYS),
        "scope": scope,
        "scopes": [(MINE, _("我的")), (ALL, _("本单位"))] if selectors.holds_duties(request.user) else [],
        "has_hearings": any(entry.hearing for day in days for entry in day.entries),
    }
    return render(request, "hearings/week.html", page)


@rule(Right.VIEW_CASES)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The hearings of the week as a calendar file."""
    monday, _scope, cases = _wanted(request)
    found = week.hearings_of(cases, monday, monday + timedelta(days=week.DAYS - 1))
    return _calendar_file(request, found, f"hearings-{monday}.ics")


@rule(Right.VIEW_CASES)
@require_GET
def hearing_file(request: HttpRequest, public_id: Any) -> HttpResponse:
    """One hearing as a calendar file; 404 where its case is not this person's to read."""
    rows = Hearing.objects.select_related("case", "room")
    found = rows.filter(case__in=Case.objects.readable_by(request.user), public_id=public_id).first()
    if found is None:
        raise Http404
    return _calendar_file(request, [found], f"hearing-{timezone.localdate(found.starts_at)}.ics")


def _calendar_file(request: HttpRequest, hearings: Sequence[Hearing], name: str) -> HttpResponse:
    text = calendar_of(hearings, at=timezone.now(), host=request.get_host().partition(":")[0])
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@rule(Right.VIEW_CASES)
@require_GET
@xframe_options_sameorigin
@csp(PRINTED)
def roster(request: HttpRequest) -> HttpResponse:
    """排期表: the hearings of the week for the wall, as a PDF with who printed it and when."""
    monday, _scope, cases = _wanted(request)
    sunday = monday + timedelta(days=week.DAYS - 1)
    title = _("排期表")
    content = {
        "title": title,
        "office": request.user.agency.name,
        "span": f"{cn_date(monday)}—{cn_date(sunday)}",
        "rows": [_roster_row(hearing) for hearing in week.hearings_of(cases, monday, sunday)],
        "by": str(request.user),
        "at": cn_datetime(timezone.now()),
    }
    html = render_to_string("hearings/roster.html", content)
    refuse_unprintable(title, html)
    try:
        pdf = renderer(settings.FONT_DIR).pdf(html)
    except RenderingFailed:
        return render(request, "hearings/no_roster.html", {"monday": monday}, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{title}{monday:%Y%m%d}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response


def _roster_row(hearing: Hearing) -> dict[str, str]:
    return {
        "day": cn_date(timezone.localdate(hearing.starts_at)),
        "hours": week.hours(hearing),
        "place": week.place(hearing),
        "number": hearing.case.number,
        "parties": hearing.case.title,
        "people": "、".join(str(person) for person in hearing.people.all()),
    }


@rule("case:view")
@require_GET
def times(request: HttpRequest, public_id: Any) -> HttpResponse:
    """选开庭时间: the next days on which notice is in time, with the rooms and people that are free."""
    case = visible_case(request, public_id)
    if case.kind != CaseKind.ARBITRATION:
        raise Http404
    offered = {offer.step.name for offer in selectors.offers(request.user, case)}
    step = next((name for name in choosing.STEPS if name in offered), None)
    if step is None:
        raise PermissionDenied(_("这件案子现在不能排期，或者不由你排期"))
    today = timezone.localdate()
    case.lamp = clocks.case_lamp(case, today)
    page = {
        "case": case,
        "row": case.workflow.by_name[step],
        "bounds": choosing.bounds(case, today),
        "choices": choosing.choices(case, step, today),
        "clear_days": settings.HEARING_CLEAR_DAYS,
    }
    return render(request, "hearings/times.html", page)
