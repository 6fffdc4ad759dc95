"""转办: what came in, what went out, what waits for a ruling; one page per matter."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import rule
from agencies.rights import Right
from cases import policies
from cases.forms import FIRST_YEAR, whole_number
from cases.idempotency import KeyReused
from cases.models import Referral
from cases.passing_figures import by_agency, total
from cases.referral_clocks import district_clock, with_clocks
from cases.referral_forms import ACTS, open_acts, waits_for
from cases.services import referrals
from cases.views import new_key, request_key
from cases.workflow.table import StepRefused

SHOWN = 200
LISTS = ("waiting", "in", "out")


@rule(Right.VIEW_CASES)
@require_GET
def referral_list(request: HttpRequest) -> HttpResponse:
    """转办: those that wait for the person first; then all that came to the agency, and all that went out of it."""
    which = request.GET.get("list", "waiting")
    if which not in LISTS:
        raise Http404
    seen = Referral.objects.visible_to(request.user)
    found = {
        "waiting": waits_for(request.user),
        "in": seen.filter(receiver=request.user.agency_id),
        "out": seen.filter(case__in=seen.values("case")).exclude(receiver=request.user.agency_id),
    }
    rows = list(found[which].with_numbers().select_related("case__agency", "receiver", "opened")[:SHOWN])
    with_clocks(rows)
    tabs = [
        ("waiting", _("等我处理"), found["waiting"].count()),
        ("in", _("转来的"), found["in"].count()),
        ("out", _("转出的"), found["out"].count()),
    ]
    context = {"rows": rows, "tabs": tabs, "which": which, "most": SHOWN}
    return render(request, "cases/referrals.html", context)


@rule(Right.VIEW_INDICATORS)
@require_GET
def passing_figures(request: HttpRequest) -> HttpResponse:
    """转办情况: per agency, how much came, how much went back, how long an answer took; numbers without cases."""
    this_year = timezone.localdate().year
    year = whole_number(request.GET.get("year")) or this_year
    if not FIRST_YEAR <= year <= this_year:
        raise Http404
    rows = by_agency(year)
    context = {
        "rows": rows,
        "year": year,
        "years": range(this_year, this_year - 3, -1),
        "all_referrals": total(rows, "referrals"),
        "all_tasks": total(rows, "tasks"),
    }
    return render(request, "cases/passing_figures.html", context)


def visible_referral(request: HttpRequest, public_id: Any) -> Referral:
    """The referral for its page, or 404 for whom it does not concern."""
    found = (
        Referral.objects.visible_to(request.user)
        .with_numbers()
        .select_related(
            "case__agency", "case__project", "case__town", "receiver", "opened", "sent_by", "accepted_by"
        )
    )
    try:
        return found.get(public_id=public_id)
    except Referral.DoesNotExist:
        raise Http404 from None


@rule("case:view")
@require_http_methods(["GET", "POST"])
def referral_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """One matter: whose it was, why it came, where it stands, and what the person may do about it."""
    referral = visible_referral(request, public_id)
    if request.method == "GET":
        return _page(request, referral)
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    label, form_class, service = ACTS[act]
    if request.POST.get("state") != referral.state:
        sentence = _(
            "你打开之后，这件转办有人处理过，现在是“%(state)s”。下面是现在的情况，没有按你的操作办理"
        )
        return _page(
            request, referral, act, form_class, [sentence % {"state": referral.state.label}], status=409
        )
    form = form_class(request.POST) if form_class else None
    if form is not None and not form.is_valid():
        return _page(request, referral, act, form, [], status=422)
    facts = form.cleaned_data if form is not None else {}
    try:
        service(referral=referral, by=request.user, key=request_key(request), **facts)
    except StepRefused as refusal:
        return _page(request, referral, act, form, refusal.reasons, status=422)
    except KeyReused as reused:
        return _page(request, referral, act, form, [str(reused)], status=409)
    messages.success(request, _("已办理：%(label)s") % {"label": label})
    fresh = visible_referral(request, public_id)
    if act == "accept" and fresh.opened is not None:
        return redirect(fresh.opened)
    return redirect(fresh)


def _page(
    request: HttpRequest,
    referral: Referral,
    act: str = "",
    form: Any = None,
    reasons: list[str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    if isinstance(form, type):
        form = form(request.POST)
    with_clocks([referral])
    acts = [
        (name, label, form if name == act and form is not None else form_class and form_class())
        for name, (label, form_class, _service) in ACTS.items()
        if name in open_acts(user, referral)
    ]
    may_read = policies.can(user, policies.READ, referral.case)
    # Authorities that keep no case of it learn no names: they see the site and the unit.
    is_taken = bool(referral.kind) and referral.accepted_at is not None
    sees_opened = referral.opened is not None and policies.can(user, policies.READ, referral.opened)
    context = {
        "referral": referral,
        "district_clock": district_clock(referral),
        "acts": acts,
        "current": act,
        "form": form if status == 422 else None,
        "reasons": reasons or [],
        "people": referral.people.select_related("person") if may_read or is_taken else [],
        "may_read": may_read,
        "sees_case": may_read or policies.can_see(user, referral.case),
        "sees_opened": sees_opened,
        "key": new_key(),
        "has_errors": status == 422,
    }
    return render(request, "cases/referral.html", context, status=status)


def require_sender(request: HttpRequest, case: Any) -> None:
    """PermissionDenied for who does not deal with the case."""
    if not referrals.may_send(request.user, case):
        raise PermissionDenied(_("转办由办理这件案子的人发出"))
