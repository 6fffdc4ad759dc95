"""Pages of cases: work list, case, steps, corrections, payments, drafts. Every case comes through `visible_to`."""

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import rule
from agencies.models import User
from agencies.rights import Right, Role
from cases import clocks, drafts, policies, search, selectors, services
from cases.edit_form import EditForm
from cases.effects import Start
from cases.forms import whole_number
from cases.idempotency import KeyReused
from cases.list_filters import FilterForm
from cases.models import Case, SearchQuery
from cases.payment_forms import PaymentFormSet
from cases.workflow.diagram import draw
from cases.workflow.pages import COLUMNS, as_mermaid, table_rows
from cases.workflow.registry import workflows
from cases.workflow.table import Step, StepRefused

ROWS = (20, 50, 100)
KEY = re.compile(r"[0-9A-Za-z-]{8,64}")


def new_key() -> str:
    """A fresh idempotency key for a form."""
    return uuid.uuid4().hex


def visible_case(request: HttpRequest, public_id: Any, *, shared: bool = False) -> Case:
    """The case for its page, or 404: what a person may not see does not exist for them.

    ``shared`` pages are also for people of other authorities with whom the case was shared; all others are for those
    who may read the whole file.
    """
    try:
        case = selectors.page_case(request.user, public_id)
    except Case.DoesNotExist:
        raise Http404 from None
    if not shared and not policies.can(request.user, policies.READ, case):
        raise Http404
    return case


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
    todo = seen.filter(selectors.to_do(user, today))
    counts = selectors.tab_counts(seen, user, today)
    blocks = [
        {"label": selectors.TABS[code].label, "n": counts[code], "tab": code}
        for code in ("overdue", "soon", "waiting", "todo")
    ]
    rows = _with_lamps(user, selectors.list_rows(selectors.by_urgency(todo))[:10])
    context = {"counts": blocks, "rows": rows, "drafts": drafts.of_user(user)}
    return render(request, "cases/home.html", context)


@rule(Right.VIEW_CASES)
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """案件: the work list, sorted by what is due. Tab, filters, page and length stand in the address."""
    user, today = request.user, timezone.localdate()
    code = request.GET.get("tab", "todo")
    code = code if code in selectors.TABS else "todo"
    size = request.GET.get("rows")
    size = int(size) if size in map(str, ROWS) else ROWS[0]
    filters = FilterForm(request.GET, user=user)
    seen = filters.apply(Case.objects.visible_to(user))
    counts = selectors.tab_counts(seen, user, today)
    found = selectors.by_urgency(seen.filter(selectors.TABS[code].wanted(user, today)))
    page = KnownLength(selectors.list_rows(found), size, counts[code]).get_page(request.GET.get("page"))
    context = {
        "tab": code,
        "tabs": [
            {"code": tab.code, "label": tab.label, "n": counts[tab.code]} for tab in selectors.TABS.values()
        ],
        "page_obj": page,
        "rows": _with_lamps(user, page.object_list),
        "sizes": ROWS,
        "size": size,
        "filters": filters,
    }
    return render(request, "cases/list.html", context)


class KnownLength(Paginator):
    """A paginator that was told how many rows there are, so that it does not count them again."""

    def __init__(self, object_list: Any, per_page: int, count: int) -> None:
        super().__init__(object_list, per_page)
        self.__dict__["count"] = count


def _with_lamps(user: User, cases: Iterable[Case]) -> list[Case]:
    """The rows with their lamps; who sees a case only because it was shared gets neither names nor lamp."""
    today = timezone.localdate()
    rows = list(cases)
    for case in rows:
        case.is_shared = not policies.is_inside(user, case)
        case.lamp = None if case.is_shared else clocks.case_lamp(case, today)
    return rows


@rule(Right.VIEW_CASES)
@require_POST
def start_search(request: HttpRequest) -> HttpResponse:
    """查案件: what was typed is kept on the server; a single hit opens at once."""
    query = search.keep(request.user, request.POST.get("q", ""))
    found = list(search.find(request.user, query.text)[:2])
    return redirect(found[0] if len(found) == 1 else reverse("cases:found", args=[query.public_id]))


@rule(Right.VIEW_CASES)
@require_GET
def found(request: HttpRequest, query: Any) -> HttpResponse:
    """The cases a search means, sorted by what is due. Another person's search does not exist."""
    kept = SearchQuery.objects.filter(user=request.user, public_id=query).first()
    if kept is None:
        raise Http404
    cases = selectors.list_rows(selectors.by_urgency(search.find(request.user, kept.text)))
    page = Paginator(cases, ROWS[0]).get_page(request.GET.get("page"))
    context = {"text": kept.text, "page_obj": page, "rows": _with_lamps(request.user, page.object_list)}
    return render(request, "cases/found.html", context)


@rule("case:view")
@require_GET
def case_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """案件详情: who, what, every clock, what comes next, what was done."""
    case = visible_case(request, public_id, shared=True)
    if not policies.can(request.user, policies.READ, case):
        return render(request, "cases/shared.html", shared_context(request, case))
    return render(request, "cases/detail.html", case_context(request, case))


def shared_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What another authority sees of a case shared with it: the matter, its own tasks, what it may do."""
    found = selectors.offers(request.user, case)
    first = selectors.primary(case, found)
    case.lamp = None
    tasks = [task for task in case.tasks.all() if task.receiver_id == request.user.agency_id]
    return {"case": case, "first": first, "others": [o for o in found if o is not first], "tasks": tasks}


def case_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the frame of a case page needs."""
    today = timezone.localdate()
    found = selectors.offers(request.user, case)
    first = selectors.primary(case, found)
    case.lamp = clocks.case_lamp(case, today)
    return {
        "case": case,
        "first": first,
        "others": [offer for offer in found if offer is not first],
        "awaited_from": "" if first else selectors.awaited_from(case),
        "waiting": [offer for offer in found if offer.mode == selectors.WAIT],
        "running": clocks.lines(case, today),
        "events": selectors.timeline_of(case),
        "may_edit": services.editing.may_edit(request.user, case),
        "may_pay": case.is_open and policies.may_act(request.user, _payers(case), case),
    }


def _payers(case: Case) -> tuple:
    return next((step.by for step in case.workflow.steps if step.name == "investigate"), ())


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
        return _step_page(request, case, row, offer, _blank_form(row, case, request.user, offer))
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


def _blank_form(row: Step, case: Case, user: Any, offer: selectors.Offer) -> Any:
    if row.form is None:
        return None
    if offer.mode == selectors.DECIDE:
        return row.form(data=offer.proposal.facts, case=case, by=user)
    return row.form(case=case, by=user)


def _post_step(request: HttpRequest, case: Case, row: Step, offer: selectors.Offer | None) -> HttpResponse:
    act = request.POST.get("do", "take")
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
    call |= {"version": _number(request.POST.get("version")), "key": request_key(request)}
    try:
        if act == "return":
            services.return_proposal(**call)
            said = _("已退回：%(label)s")
        elif act == "propose":
            services.propose(**call, **facts)
            said = _("已报批：%(label)s")
        else:
            chosen = request.POST.getlist("documents") if "documents_shown" in request.POST else None
            services.advance(**call, documents=chosen, **(facts if act == "take" else {}))
            said = _("已办理：%(label)s")
    except PermissionDenied as denied:
        _record(case, row, request, [str(denied)])
        raise
    except StepRefused as refusal:
        _record(case, row, request, refusal.reasons)
        return _step_page(request, case, row, offer, _with_errors(form, refusal), refusal.reasons, status=422)
    except services.StaleVersion as stale:
        fresh = visible_case(request, case.public_id, shared=True)
        return _step_page(request, fresh, row, offer, form, stale=stale, status=409)
    except KeyReused as reused:
        return _step_page(request, case, row, offer, form, [str(reused)], status=409, above=True)
    messages.success(request, said % {"label": row.label})
    return redirect(case)


def _with_errors(form: Any, refusal: StepRefused) -> Any:
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
    ready = case.workflow.ready_documents()
    unticked = "documents_shown" in request.POST
    ticked = request.POST.getlist("documents")
    return [
        {"kind": kind, "title": case.workflow.document_title(kind), "ticked": not unticked or kind in ticked}
        for kind in row.issues
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


def _number(text: str | None) -> int:
    """The version a form was made for; 0, which no case has, when it is missing."""
    return whole_number(text) or 0


def request_key(request: HttpRequest) -> str:
    key = request.POST.get("key", "")
    return key if KEY.fullmatch(key) else new_key()


@rule("case:edit")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: Any) -> HttpResponse:
    """修改案件信息: plain corrections; a stale form shows both texts side by side."""
    case = visible_case(request, public_id)
    if not services.editing.may_edit(request.user, case):
        raise PermissionDenied(_("这件案子现在不能修改，或不由你办理"))
    form = EditForm(request.POST if request.method == "POST" else None, case=case)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                services.edit_case(
                    case=case,
                    by=request.user,
                    version=_number(request.POST.get("version")),
                    key=request_key(request),
                    values=form.values(),
                )
            except services.StaleVersion as stale:
                return _conflict(request, stale, form)
            except KeyReused as reused:
                form.add_error(None, str(reused))
            else:
                messages.success(request, _("已保存：%(number)s") % {"number": case.number})
                return redirect(case)
        status = 422
    context = {"case": case, "form": form, "key": request.POST.get("key") or new_key()}
    return render(request, "cases/edit.html", context, status=status)


def _conflict(request: HttpRequest, stale: services.StaleVersion, form: EditForm) -> HttpResponse:
    fresh = visible_case(request, stale.case.public_id)
    saved = EditForm(None, case=fresh)
    rows, same = [], []
    for bound, other in zip(form, saved, strict=True):
        yours, theirs = form.text_of(bound.name, bound.value()), saved.text_of(bound.name, other.initial)
        if yours == theirs:
            same.append((bound.name, bound.value() or ""))
            continue
        rows.append(
            {
                "label": bound.label,
                "yours": yours,
                "saved": theirs,
                "name": bound.name,
                "yours_value": bound.value() or "",
                "saved_value": other.initial if other.initial is not None else "",
            }
        )
    last = stale.events[0] if stale.events else None
    context = {
        "case": fresh,
        "rows": rows,
        "fields": same,
        "who": last.by_name if last else "",
        "at": last.at if last else None,
        "action": reverse("cases:edit", args=[fresh.public_id]),
        "back_url": fresh.get_absolute_url(),
        "key": new_key(),
        "version": fresh.version,
    }
    return render(request, "409.html", context, status=409)


@rule("case:investigate")
@require_http_methods(["GET", "POST"])
def payments(request: HttpRequest, public_id: Any) -> HttpResponse:
    """登记支付: one row per worker who is still owed something."""
    case = visible_case(request, public_id)
    if not (case.is_open and policies.may_act(request.user, _payers(case), case)):
        raise PermissionDenied(_("支付记录由本案的主办或协办监察员登记"))
    grid = PaymentFormSet(request.POST if request.method == "POST" else None, case=case, prefix="p")
    reasons: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if grid.is_valid():
            try:
                services.record_payments(
                    case=case,
                    by=request.user,
                    version=_number(request.POST.get("version")),
                    key=request_key(request),
                    rows=grid.rows(),
                )
            except StepRefused as refusal:
                reasons = refusal.reasons
                services.record_refusal(
                    case=case, by=request.user, step="record_payments", label=_("登记支付"), reasons=reasons
                )
            except (services.StaleVersion, KeyReused) as stale:
                reasons, status = [str(stale)], 409
                case = visible_case(request, public_id)
            else:
                messages.success(request, _("已登记支付"))
                return redirect(case)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    context = {
        "case": case,
        "grid": grid,
        "reasons": reasons,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "cases/payments.html", context, status=status)


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


@rule("signed_in")
@require_GET
def workflow_list(request: HttpRequest) -> HttpResponse:
    """规则: the procedures this site follows."""
    return render(request, "cases/workflows.html", {"workflows": workflows()})


@rule("signed_in")
@require_GET
def workflow_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One procedure as a table, with its diagram as text."""
    found: Mapping[str, Any] = {workflow.kind: workflow for workflow in workflows()}
    if kind not in found:
        raise Http404
    workflow = found[kind]
    context = {
        "workflow": workflow,
        "columns": COLUMNS,
        "rows": table_rows(workflow),
        "mermaid": as_mermaid(workflow),
        "diagram": draw(workflow),
    }
    return render(request, "cases/workflow.html", context)
