"""Pages of mediation: the request at the window, and the mediator's table."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import rule
from agencies.rights import Right
from arbitration.mediation import agreement, concessions, rounds, services, standing, workspace
from arbitration.mediation.arithmetic import Part
from arbitration.mediation.registration_forms import RequestForm
from arbitration.mediation.states import OfferKind, State
from arbitration.mediation.workspace_forms import RoundForm, initial_of, proposal_of, read_rows
from cases import clocks, drafts
from cases.idempotency import KeyReused
from cases.models import Case, CaseKind
from cases.services import StaleVersion
from cases.views import new_key, posted_version, request_key, visible_case
from cases.workflow.table import StepRefused

FORM = "mediation"

# 调解申请


@rule(Right.RECEIVE_DISPUTE)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """调解申请: nothing typed is lost, all faults are said at once, a double click makes one case."""
    if request.method == "GET":
        return _register_page(request, _blank(request))
    if request.POST.get("after") == "draft":
        drafts.save(request.user, FORM, request.POST)
        messages.success(request, _("草稿已保存"))
        return redirect("cases:home")
    form = RequestForm(request.POST)
    if not form.is_valid():
        return _register_page(request, form, status=422)
    try:
        case = services.register_request(by=request.user, key=request_key(request), entry=form.request())
    except StepRefused as refusal:
        form.add_error(None, "；".join(refusal.reasons))
        return _register_page(request, form, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _register_page(request, form, status=409)
    drafts.drop(request.user, FORM)
    messages.success(request, _("已登记：%(number)s") % {"number": case.receipt_no})
    return redirect(case)


def _blank(request: HttpRequest) -> RequestForm:
    """The form to fill in, with what was typed before where the person goes on with a draft."""
    found = drafts.load(request.user, FORM) if "draft" in request.GET else None
    return RequestForm(initial=found[1].dict()) if found else RequestForm()


def _register_page(request: HttpRequest, form: RequestForm, *, status: int = 200) -> HttpResponse:
    is_fresh = request.method == "GET" and "draft" not in request.GET
    page = {
        "form": form,
        "draft": drafts.of_user(request.user).filter(form=FORM).first() if is_fresh else None,
        "draft_url": reverse("cases:save_draft", args=[FORM]),
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "mediation/register.html", page, status=status)


# 调解台


@rule("case:view")
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, public_id: Any) -> HttpResponse:
    """调解台: every claim beside its offer with the arithmetic shown; for the mediator and the head alone."""
    case = _mediation(request, public_id)
    last = standing.last_round(case)
    rows = workspace.rows_of(case, last)
    if request.method == "GET":
        form = RoundForm(initial=initial_of(last))
        _reckon_as_saved(rows, last)
        return _table_page(request, case, form, rows)
    if not concessions.is_mediator(request.user, case):
        raise PermissionDenied(_("方案由本案调解员登记"))
    form = RoundForm(request.POST)
    bids = read_rows(rows, request.POST)
    if not form.is_valid() or any(row.error for row in rows):
        return _table_page(request, case, form, rows, status=422)
    proposal = proposal_of(form, bids)
    for row, bid in zip(rows, bids, strict=True):
        workspace.reckon(row, bid, percent=proposal.percent, pay_on=proposal.pay_on, parts=form.parts())
    if request.POST.get("do") == "reckon":
        for sentence in rounds.faults_of(case, proposal):
            form.add_error(None, sentence)
        return _table_page(request, case, form, rows, status=422 if form.errors else 200)
    return _save(request, case, form, rows, proposal)


def _save(
    request: HttpRequest, case: Case, form: RoundForm, rows: list[workspace.Row], proposal: rounds.Proposal
) -> HttpResponse:
    try:
        rounds.save_round(
            case=case,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            proposal=proposal,
        )
    except StepRefused as refusal:
        for sentence in refusal.reasons:
            form.add_error(None, sentence)
        return _table_page(request, case, form, rows, status=422)
    except (StaleVersion, KeyReused) as stale:
        form.add_error(None, str(stale))
        return _table_page(request, _mediation(request, case.public_id), form, rows, status=409)
    messages.success(request, _("已保存这一轮方案"))
    return redirect("mediation:table", case.public_id)


def _mediation(request: HttpRequest, public_id: Any) -> Case:
    """The mediation for who reads its concessions, or 404 for everybody else."""
    case = visible_case(request, public_id)
    if case.kind != CaseKind.MEDIATION or not concessions.may_read(request.user, case):
        raise Http404
    prefetch_related_objects([case], "demands")
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    return case


def _reckon_as_saved(rows: list[workspace.Row], last: Any) -> None:
    """The rows as the last round left them; before the first the whole claim of everybody."""
    parts = [Part(date.fromisoformat(day), percent) for day, percent in last.schedule] if last else []
    for row in rows:
        fixed = row.before_fen if row.typed else None
        bid = rounds.Bid(row.party.pk, row.kind, fixed, row.is_accepted)
        percent = last.percent if last else 100
        workspace.reckon(row, bid, percent=percent, pay_on=last.pay_on if last else None, parts=parts)


def _table_page(
    request: HttpRequest, case: Case, form: RoundForm, rows: list[workspace.Row], *, status: int = 200
) -> HttpResponse:
    past = list(case.rounds.prefetch_related("offers").select_related("made_by"))
    open_now = case.state in (State.ACCEPTED, State.MEDIATING)
    page = {
        "case": case,
        "form": form,
        "rows": rows,
        "kinds": OfferKind.choices,
        "totals": workspace.totals(rows),
        "past": workspace.history(past),
        "draft": agreement.draft_of(case, past[-1] if past else None),
        "meetings": list(case.meetings.select_related("recorded_by")),
        "may_save": open_now and concessions.is_mediator(request.user, case),
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "mediation/table.html", page, status=status)
