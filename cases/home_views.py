"""工作台, the drafts behind it, and 个人设置."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import rule
from agencies.models import User
from agencies.rights import Right, Role, Sight
from cases import agenda, drafts, preferences, selectors
from cases.list_views import with_lamps
from cases.models import Case, Density
from cases.referral_forms import waits_for
from cases.workflow.registry import workflows
from notifications.selectors import inbox_of

MOST_MESSAGES = 5
TOP = 10
BY_GRANT = (Sight.GRANTED, Sight.PERSONAL)


@rule("signed_in")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """工作台: what must I do now, or where this role starts."""
    user = request.user
    if user.role == Role.LEADER:
        return redirect("reports:dashboard")
    if not user.has_right(Right.VIEW_CASES):
        return render(request, "cases/home_without_cases.html")
    today = timezone.localdate()
    seen = Case.objects.visible_to(user)
    own = seen.filter(selectors.mine(user, today)) if selectors.holds_duties(user) else seen
    top = selectors.by_urgency(seen.filter(selectors.to_do(user, today)))
    rows = with_lamps(user, selectors.list_rows(top)[:TOP])
    for number, case in enumerate(rows, start=1):
        case.url = f"{case.get_absolute_url()}?tab=todo&n={number}"
    kept = list(drafts.of_user(user))
    context = {
        "counts": counts(user, seen, own, today),
        "referrals": waits_for(user).count(),
        "rows": rows,
        "columns": preferences.columns_named(preferences.SHORT, user),
        "agenda": agenda.by_day(own, today) if user.sight not in BY_GRANT else [],
        "drafts": kept,
        "draft_count": len(kept),
        "inbox": list(inbox_of(user).filter(read_at=None)[:MOST_MESSAGES]),
    }
    return render(request, "cases/home.html", context)


def counts(user: User, seen: Any, own: Any, today: Any) -> list[dict[str, Any]]:
    """待办: each count with the list that holds exactly its cases; an inspector's own, for others the office's."""
    if user.sight in BY_GRANT:
        codes, own_codes = ["todo"], []
    else:
        codes = ["waiting"] if selectors.may_decide(user) else []
        own_codes = ["today", "overdue", "soon"]
        if selectors.holds_duties(user):
            own_codes += ["new", "archive"]
        if proposes(user):
            own_codes.append("returned")
    mine = "&mine=1" if selectors.holds_duties(user) else ""
    found = selectors.tab_counts(seen, user, today, codes) if codes else {}
    found |= selectors.tab_counts(own, user, today, own_codes) if own_codes else {}
    return [
        {
            "code": code,
            "label": selectors.TABS[code].label,
            "n": found[code],
            "url": f"{reverse('cases:list')}?tab={code}{mine if code in own_codes else ''}",
        }
        for code in (*codes, *own_codes)
    ]


def proposes(user: User) -> bool:
    """Whether the role proposes steps for somebody else to decide."""
    return any(
        user.has_right(actor.right)
        for workflow in workflows()
        for step in workflow.steps
        for actor in step.proposed_by
    )


# 个人设置


@rule("signed_in")
@require_http_methods(["GET", "POST"])
def preferences_page(request: HttpRequest) -> HttpResponse:
    """个人设置: density and single letters; a button of the frame sends only what it changes."""
    if request.method == "GET":
        return render(request, "cases/preferences.html", {"densities": Density.choices})
    values: dict[str, Any] = {}
    if request.POST.get("density", "none") in Density.values:
        values["density"] = request.POST["density"]
    if "letters_shown" in request.POST:
        values["single_letters"] = "single_letters" in request.POST
    if values:
        preferences.choose(request.user, **values)
    if "letters_shown" in request.POST:
        messages.success(request, _("已保存个人设置"))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page of this site from which the button was pressed."""
    page = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page.startswith("/") and is_ours else reverse("cases:preferences")


# Drafts


@rule("signed_in")
@require_POST
def save_draft(request: HttpRequest, form: str) -> HttpResponse:
    """What was typed so far is kept for this person and form."""
    if form not in drafts.FORMS:
        raise Http404
    try:
        saved = drafts.save(request.user, form, request.POST)
    except drafts.DraftTooLong as error:
        return JsonResponse({"error": str(error)}, status=413)
    return JsonResponse({"saved_at": f"{timezone.localtime(saved.saved_at):%H:%M}"})


@rule("signed_in")
@require_POST
def drop_draft(request: HttpRequest, form: str) -> HttpResponse:
    """重新填写: the draft is gone."""
    drafts.drop(request.user, form)
    return redirect(drafts.FORMS.get(form, "cases:home"))
