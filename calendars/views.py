"""期限计算器, 期限规则, working-day calendar and its history. For all who signed in; edits need the right."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calendars import catalogue, enquiry, services
from calendars.clock import ClockError, NoLength
from calendars.forms import FAMILIES, CalculatorForm, YearForm, year_initial
from calendars.models import CalendarVersion
from calendars.months import months_of
from calendars.rules import Rule
from calendars.working_days import LUNAR, CalendarError, WorkingCalendar

HISTORY_LENGTH = 50


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """A question in the address and its answer below the form; 422 when it cannot be answered as asked."""
    form = CalculatorForm(request.GET if "start" in request.GET else None, initial=request.GET.dict())
    context = {"form": form}
    if form.is_bound and form.is_valid():
        question = form.cleaned_data["enquiry"]
        try:
            context["due"] = enquiry.answer(question, services.current_calendar())
            context["remarks"] = enquiry.remarks(question, context["due"])
        except NoLength as nothing:
            context["no_length"] = nothing.rule
        except (ClockError, CalendarError) as refusal:
            form.add_error(None, str(refusal))
    return render(request, "calendars/calculator.html", context, status=422 if form.errors else 200)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every time limit with its length, article and confidence, as the office has set it; of one track, by words."""
    family, typed = request.GET.get("family", ""), request.GET.get("q", "").strip()
    open_only = "open" in request.GET
    everything = enquiry.known_parts()
    groups = [
        (FAMILIES.get(name, name), found)
        for name, members in everything
        if family in ("", name) and (found := _matching(members, typed, open_only=open_only))
    ]
    context = {
        "groups": groups,
        "count": len(catalogue.all_rules()),
        "found": sum(len(found) for _title, found in groups),
        "families": [(name, FAMILIES.get(name, name)) for name, _members in everything],
        "family": family,
        "q": typed,
        "open": open_only,
        "may_edit": request.user.has_right("edit_calendar"),
    }
    return render(request, "calendars/rules.html", context)


def _matching(members: list[Rule], typed: str, *, open_only: bool) -> list[Rule]:
    """The rules of the group that hold the words, as the office has set them; those it may set, where asked for."""
    words = typed.casefold().split()
    found = []
    for rule in members:
        text = f"{rule.code} {' '.join(rule.aliases)} {rule.label} {rule.starts} {rule.law}".casefold()
        if all(word in text for word in words) and (not open_only or services.may_set(rule)):
            found.append(services.effective_rule(rule.code))
    return found


@require_safe
def show_year(request: HttpRequest, year: int) -> HttpResponse:
    """The year by the newest calendar; 404 where no working days are known."""
    calendar = _calendar_with(year)
    context = {
        "year": year,
        "months": months_of(year, calendar),
        "provisional": year not in calendar.official_years,
        "version": calendar.version,
        "years": sorted(calendar.known_years),
        "may_edit": request.user.has_right("edit_calendar"),
    }
    return render(request, "calendars/year.html", context)


@require_safe
def this_year(request: HttpRequest) -> HttpResponse:
    """The calendar of today's year, or the last one known."""
    known = services.current_calendar().known_years
    today = timezone.localdate().year
    return redirect("calendars:year", year=today if today in known else max(known))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_year(request: HttpRequest, year: int) -> HttpResponse:
    """The year as the notice states it, typed in; saving makes a new version of the calendar."""
    calendar = _calendar_with(year)
    if year not in LUNAR:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = YearForm(data, year=year, official_years=calendar.official_years, initial=year_initial(year))
    if form.is_bound and form.is_valid():
        saved = _save(request, form)
        if saved is not None:
            messages.success(request, _("已保存为第%(number)s版") % {"number": saved.number})
            return redirect("calendars:year", year=year)
    status = (409 if form.has_error(NON_FIELD_ERRORS, "conflict") else 422) if form.errors else 200
    return render(request, "calendars/edit_year.html", {"form": form, "year": year}, status=status)


def _save(request: HttpRequest, form: YearForm) -> CalendarVersion | None:
    try:
        return services.replace_days(
            year=form.year,
            days=form.cleaned_data["days"],
            official=form.cleaned_data["official"],
            by=request.user,
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["expected_version"],
        )
    except services.CalendarConflict:
        form.add_error(None, form.conflict())
        return None


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The versions of the calendar, newest first, each with the days it changed."""
    versions = list(CalendarVersion.objects.select_related("made_by")[: HISTORY_LENGTH + 1])
    older = [*versions[1:], None] if versions else []
    rows = [
        {"version": version, "changes": services.changes_of(version, before)}
        for version, before in zip(versions, older, strict=True)
    ]
    return render(request, "calendars/history.html", {"rows": rows[:HISTORY_LENGTH]})


def _calendar_with(year: int) -> WorkingCalendar:
    calendar = services.current_calendar()
    if year not in calendar.known_years:
        raise Http404
    return calendar


# The rules of entry, see config.route_rules.
for view in (calculator, rules, show_year, this_year, history):
    view.access_rule = "signed_in"  # type: ignore[attr-defined]
edit_year.access_rule = "edit_calendar"  # type: ignore[attr-defined]
