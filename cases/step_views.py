"""办理动作: one page for every step of every kind, proposed, taken or returned."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import rule
from agencies.models import User
from cases import clocks, policies, selectors, services
from cases.effects import Start
from cases.idempotency import KeyReused
from cases.models import Case
from cases.views import after_act, new_key, posted_version, request_key, visible_case
from cases.workflow.table import Step, StepRefused


def row_or_404(case: Case, name: str) -> Step:
    try:
        return case.workflow.by_name[name]
    except KeyError:
        raise Http404 from None


@rule("case:step")
@require_http_methods(["GET", "POST"])
def take_step(request: HttpRequest, public_id: Any, step: str) -> HttpResponse:
    """One view for every step of every kind: proposed, taken or returned. Refusals 422, stale forms 409."""
    case = visible_case(request, public_id, shared=True)
    row = row_or_404(case, step)
    offer = next((each for each in selectors.offers(request.user, case) if each.step is row), None)
    if request.method == "GET":
        if offer is None:
            raise PermissionDenied(_who_may(row, case, request.user))
        form = _blank_form(row, case, request.user, offer, _chosen_before(request))
        return _step_page(request, case, row, offer, form)
    return _post_step(request, case, row, offer)


def _note(request: HttpRequest) -> str:
    """The remark, without what no database keeps."""
    return request.POST.get("note", "").replace("\x00", "").strip()[:2000]


def _who_may(row: Step, case: Case, user: User) -> str:
    if case.state not in row.source:
        return _("案件现在是“%(state)s”，不能办理“%(label)s”") % {
            "state": case.state_label,
            "label": row.label,
        }
    if row.needs_proposal and policies.may_act(user, row.by, case):
        who = "、".join(str(actor.label) for actor in row.proposed_by)
        return _("先由%(who)s报批“%(label)s”，再由你审批") % {"who": who, "label": row.label}
    actors = row.proposed_by + row.by
    return _("“%(label)s”由%(who)s办理") % {
        "label": row.label,
        "who": "、".join(str(a.label) for a in actors),
    }


def _chosen_before(request: HttpRequest) -> dict[str, str]:
    """Values that another page chose for fields of the form: what follows ``f-`` in the address."""
    return {name[2:]: value for name, value in request.GET.items() if name.startswith("f-")}


def _blank_form(row: Step, case: Case, user: Any, offer: selectors.Offer, chosen: dict[str, str]) -> Any:
    if row.form is None:
        return None
    if offer.mode == selectors.DECIDE:
        return row.form(data=offer.proposal.facts, case=case, by=user)
    return row.form(case=case, by=user, initial=chosen)


def _post_step(request: HttpRequest, case: Case, row: Step, offer: selectors.Offer | None) -> HttpResponse:
    act = request.POST.get("next") or request.POST.get("do", "take")
    if not policies.may_act(request.user, row.by + row.proposed_by, case):
        if policies.can(request.user, policies.READ, case):
            _record(case, row, request, [_who_may(row, case, request.user)])
        raise PermissionDenied(_who_may(row, case, request.user))
    form = row.form(data=request.POST, case=case, by=request.user) if row.form else None
    facts = form.given() if form is not None else {}
    call = {
        "case": case,
        "step": row.name,
        "by": request.user,
        "note": _note(request),
    }
    call |= {"version": posted_version(request), "key": request_key(request)}
    try:
        if act == "return":
            event = services.return_proposal(**call)
            said = _("已退回：%(label)s")
        elif act == "propose":
            event = services.propose(**call, **facts)
            said = _("已报批：%(label)s")
        else:
            chosen = request.POST.getlist("documents") if "documents_shown" in request.POST else None
            event = services.advance(**call, documents=chosen, **(facts if act == "take" else {}))
            said = _("已办理：%(label)s")
    except PermissionDenied as denied:
        _record(case, row, request, [str(denied)])
        raise
    except StepRefused as refusal:
        # What the law refuses stands in the record; a form that was not filled in does not.
        if not refusal.field_errors:
            _record(case, row, request, refusal.reasons)
        return _step_page(request, case, row, offer, with_errors(form, refusal), refusal.reasons, status=422)
    except services.StaleVersion as stale:
        fresh = visible_case(request, case.public_id, shared=True)
        return _step_page(request, fresh, row, offer, form, stale=stale, status=409)
    except KeyReused as reused:
        return _step_page(request, case, row, offer, form, [str(reused)], status=409, above=True)
    messages.success(request, said % {"label": row.label})
    return redirect(after_act(request, case, event))


def with_errors(form: Any, refusal: StepRefused) -> Any:
    """The form as typed, each refusal at its field; the others stand above the form."""
    if form is None:
        return None
    form.errors  # noqa: B018  makes the form look at its own data before errors of the step are added
    known = [message for messages_ in form.errors.values() for message in messages_]
    for sentence in refusal.reasons:
        if sentence not in known:
            form.add_error(None, sentence)
    return form


def _record(case: Case, row: Step, request: HttpRequest, reasons: list[str]) -> None:
    services.record_refusal(case=case, by=request.user, step=row.name, label=str(row.label), reasons=reasons)


def _step_page(
    request: HttpRequest,
    case: Case,
    row: Step,
    offer: selectors.Offer | None,
    form: Any,
    reasons: list[str] | None = None,
    *,
    stale: services.StaleVersion | None = None,
    status: int = 200,
    above: bool = False,
) -> HttpResponse:
    mode = offer.mode if offer else request.POST.get("do", selectors.TAKE)
    is_inside = policies.can(request.user, policies.READ, case)
    context = {
        "case": case,
        "row": row,
        "mode": mode,
        "proposal": offer.proposal if offer else None,
        "facts": _facts_shown(form) if mode == selectors.DECIDE else [],
        "form": form,
        "refusals": _refusals(form, reasons, offer, above=above),
        "stale": stale if is_inside else None,
        "is_inside": is_inside,
        "note": _note(request),
        "starts": clocks.preview([effect.rule for effect in row.then if isinstance(effect, Start)]),
        "key": new_key() if stale or status == 409 else request.POST.get("key") or new_key(),
        "documents": _documents_offered(request, case, row),
        "has_errors": status == 422,
    }
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    return render(request, "cases/take_step.html", context, status=status)


def _refusals(
    form: Any, reasons: list[str] | None, offer: selectors.Offer | None, *, above: bool
) -> list[str]:
    """What stands above the form: why the step cannot be taken; what was wrong in the form stands in the form."""
    if reasons:
        return reasons if above or form is None else []
    return offer.refusals if offer else []


def _documents_offered(request: HttpRequest, case: Case, row: Step) -> list[dict[str, Any]]:
    """The documents that the step issues, ticked unless the person unticked them."""
    if not policies.is_inside(request.user, case):
        return []
    ready = case.workflow.ready_documents()
    unticked = "documents_shown" in request.POST
    ticked = request.POST.getlist("documents")
    return [
        {"kind": kind, "title": case.workflow.document_title(kind), "ticked": not unticked or kind in ticked}
        for kind in row.issues_for(case)
        if kind in ready
    ]


def _facts_shown(form: Any) -> list[tuple[str, Any]]:
    if form is None:
        return []
    form.is_valid()
    return [(field.label, _shown(field, form.cleaned_data.get(field.name))) for field in form]


def _shown(field: Any, value: Any) -> Any:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    choices = dict(getattr(field.field, "choices", None) or []) if isinstance(value, str) else {}
    return choices.get(value, value if value not in (None, "") else "—")
