"""Pages of one case, and what every such page starts from. Every case comes through `visible_to`."""

import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import rule
from agencies.rights import Sight
from cases import case_page as parts
from cases import clocks, policies, presence, related, schedule, selectors, services
from cases.edit_form import EditForm
from cases.forms import whole_number
from cases.idempotency import KeyReused
from cases.models import Case, Referral, TimelineEvent
from cases.note_forms import NoteForm
from cases.payment_forms import PaymentFormSet
from cases.reading_forms import PurposeForm
from cases.services.reading import may_see_numbers
from cases.services.referrals import may_send
from cases.workflow.table import StepRefused
from cases.worklist import Place, WorkList

KEY = re.compile(r"[0-9A-Za-z-]{8,64}")


def new_key() -> str:
    """A fresh idempotency key for a form."""
    return uuid.uuid4().hex


def request_key(request: HttpRequest) -> str:
    key = request.POST.get("key", "")
    return key if KEY.fullmatch(key) else new_key()


def posted_version(request: HttpRequest) -> int:
    """The version a form was made for; 0, which no case has, when it is missing."""
    return whole_number(request.POST.get("version")) or 0


def visible_case(request: HttpRequest, public_id: Any, *, shared: bool = False) -> Case:
    """The case for its page, or 404: what a person may not see does not exist for them.

    ``shared`` pages are also for people of other authorities with whom the case was shared; all others are for those
    who may read the whole file. ``case.place`` is where it stands in the list it was opened from.
    """
    try:
        case = selectors.page_case(request.user, public_id)
    except Case.DoesNotExist:
        raise Http404 from None
    if not shared and not policies.can(request.user, policies.READ, case):
        raise Http404
    case.place = SimpleLazyObject(lambda: place_of(request, case))
    case.dates_ahead = SimpleLazyObject(lambda: schedule.count_ahead(case, timezone.localdate()))
    case.related_count = SimpleLazyObject(lambda: related.cases(request.user, case).count())
    return case


def place_of(request: HttpRequest, case: Case) -> Place | None:
    """第4件/共48件: the case in the list named by the address; None when it was not opened from one."""
    position = whole_number(request.GET.get("n"))
    return WorkList(request.user, request.GET).place(case, position) if position else None


def after_act(request: HttpRequest, case: Case, event: TimelineEvent) -> str:
    """Where a person goes after an act: to the case with the new record marked, or to the next of the list."""
    place = place_of(request, case)
    if "next" in request.POST and place:
        return place.next_url or place.list_url
    state = request.GET.dict() | {"new": event.seq}
    return f"{case.get_absolute_url()}?{urlencode(state)}"


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
    tasks = [
        task
        for task in case.tasks.all()
        if task.receiver_id == request.user.agency_id and not task.withdrawn_at
    ]
    # The part that a kind shows of itself is for who acts for its people; authorities see the matter.
    panel = case.workflow.shared_panel if request.user.sight == Sight.PERSONAL else ""
    return {
        "case": case,
        "panel": panel,
        "names_people": bool(panel) and case.worker_count == 1,
        "first": first,
        "others": [offer for offer in found if offer is not first],
        "tasks": tasks,
    }


def case_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the overview of a case needs."""
    today = timezone.localdate()
    found = selectors.offers(request.user, case)
    first = selectors.primary(case, found)
    case.lamp = clocks.case_lamp(case, today)
    running, over = parts.clock_cards(case, today)
    documents = selectors.documents_of(case, request.user)
    return {
        "case": case,
        "first": first,
        "others": [offer for offer in found if offer is not first],
        "awaited_from": "" if first else selectors.awaited_from(case),
        "waiting": [offer for offer in found if offer.mode == selectors.WAIT],
        "running": running,
        "over": over,
        "to_do": parts.checklist(case, documents, today),
        "lines": parts.record_lines(case, documents, limit=parts.LATEST),
        "new": whole_number(request.GET.get("new")),
        "may_edit": services.editing.may_edit(request.user, case),
        "may_refer": may_send(request.user, case),
        "may_note": services.notes.may_note(request.user, case),
        "may_pay": case.is_open and policies.may_act(request.user, _payers(case), case),
        "may_see_numbers": may_see_numbers(request.user, case),
        "reading_form": PurposeForm(),
    }


def _payers(case: Case) -> tuple:
    return next((step.by for step in case.workflow.steps if step.name == "investigate"), ())


@rule("case:view")
@require_GET
def people_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """当事人: workers with what they are owed, respondents, payments."""
    case = visible_case(request, public_id)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    may_pay = case.is_open and policies.may_act(request.user, _payers(case), case)
    context = {
        "case": case,
        "may_pay": may_pay,
        "may_see_numbers": may_see_numbers(request.user, case),
        "reading_form": PurposeForm(),
    }
    return render(request, "cases/people.html", context)


@rule("case:view")
@require_GET
def schedule_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """日程: what has a day on this case, first what is still waited for."""
    case, today = visible_case(request, public_id), timezone.localdate()
    case.lamp = clocks.case_lamp(case, today)
    ahead, over = schedule.ahead_and_over(case, today)
    return render(
        request, "cases/schedule.html", {"case": case, "today": today, "ahead": ahead, "over": over}
    )


@rule("case:view")
@require_GET
def related_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """关联案件: of the same unit, site or worker, as far as this person may read them; what joined; the clue."""
    case, today = visible_case(request, public_id), timezone.localdate()
    case.lamp = clocks.case_lamp(case, today)
    others = related.cases(request.user, case).order_by("-registered_at", "-pk")
    found = related.with_ties(case, selectors.list_rows(others)[: related.MOST])
    for each in found:
        each.case.lamp = clocks.case_lamp(each.case, today)
    seen = Referral.objects.visible_to(request.user).select_related("case__agency", "receiver", "opened")
    moved = list(seen.filter(Q(case=case) | Q(opened=case)))
    context = {
        "case": case,
        "related": found,
        "most": related.MOST,
        "sent": [each for each in moved if each.case_id == case.pk],
        "came_by": next((each for each in moved if each.opened_id == case.pk), None),
        "may_refer": may_send(request.user, case),
    }
    return render(request, "cases/related.html", context)


@rule("case:view")
@require_GET
def record_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """全部记录: every act on the case, newest first, of one kind or all, with what it changed."""
    case = visible_case(request, public_id)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    kind = request.GET.get("kind", "")
    kinds = parts.record_kinds(case)
    context = {
        "case": case,
        "kind": kind if kind in dict(kinds) else "",
        "kinds": kinds,
        "lines": parts.record_lines(
            case, selectors.documents_of(case, request.user), kind=kind if kind in dict(kinds) else ""
        ),
    }
    return render(request, "cases/record.html", context)


@rule("case:note")
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, public_id: Any) -> HttpResponse:
    """写备注: a remark in the record that moves nothing."""
    case = visible_case(request, public_id)
    if not services.notes.may_note(request.user, case):
        raise PermissionDenied(_("这件案子的备注由办理机构的承办人员写"))
    form = NoteForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            event = services.add_note(
                case=case, by=request.user, key=request_key(request), text=form.cleaned_data["text"]
            )
        except KeyReused as reused:
            form.add_error(None, str(reused))
            status = 409
        else:
            messages.success(request, _("已写备注"))
            return redirect(after_act(request, case, event))
    elif request.method == "POST":
        status = 422
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    key = new_key() if status == 409 else request.POST.get("key") or new_key()
    return render(request, "cases/note.html", {"case": case, "form": form, "key": key}, status=status)


@rule("case:view")
@require_POST
def present(request: HttpRequest, public_id: Any) -> HttpResponse:
    """谁在看、谁在办: this person has the case open; the answer names the others."""
    case = Case.objects.readable_by(request.user).filter(public_id=public_id).first()
    if case is None:
        raise Http404
    presence.seen(case, request.user, is_acting="acting" in request.POST)
    return render(request, "cases/_presence.html", {"others": presence.others(case, request.user)})


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
                event = services.edit_case(
                    case=case,
                    by=request.user,
                    version=posted_version(request),
                    key=request_key(request),
                    values=form.values(),
                )
            except services.StaleVersion as stale:
                return _conflict(request, stale, form)
            except KeyReused as reused:
                form.add_error(None, str(reused))
            else:
                messages.success(request, _("已保存：%(number)s") % {"number": case.number})
                return redirect(after_act(request, case, event))
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
    if "reverse" in request.POST:
        return _reverse(request, case)
    if request.method == "POST":
        status = 422
        if grid.is_valid():
            try:
                event = services.record_payments(
                    case=case,
                    by=request.user,
                    version=posted_version(request),
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
                return redirect(after_act(request, case, event))
    return _payments_page(request, case, grid, reasons, status)


def _reverse(request: HttpRequest, case: Case) -> HttpResponse:
    """冲销: a payment that did not arrive counts no longer."""
    wanted, status = request.POST["reverse"], 422
    payment = next((row for row in case.payments.all() if str(row.public_id) == wanted), None)
    if payment is None:
        raise Http404
    try:
        event = services.reverse_payment(
            case=case,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            payment=payment,
            reason=request.POST.get("reason", ""),
        )
    except StepRefused as refusal:
        reasons = list(refusal.reasons)
    except (services.StaleVersion, KeyReused) as stale:
        reasons, status = [str(stale)], 409
        case = visible_case(request, str(case.public_id))
    else:
        messages.success(request, _("已冲销支付"))
        return redirect(after_act(request, case, event))
    return _payments_page(request, case, PaymentFormSet(None, case=case, prefix="p"), reasons, status)


def _payments_page(
    request: HttpRequest, case: Case, grid: Any, reasons: list[str], status: int
) -> HttpResponse:
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    context = {
        "case": case,
        "grid": grid,
        "reasons": reasons,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "cases/payments.html", context, status=status)
