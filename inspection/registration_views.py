"""Registration at the window: the form, what it offers and hints at while it is filled in, and what follows it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import rule
from agencies.rights import Right
from cases import clocks, drafts, policies, selectors
from cases.forms import whole_number
from cases.idempotency import KeyReused
from cases.models import Case, CaseKind
from cases.services import StaleVersion, editing
from cases.views import new_key, request_key, visible_case
from cases.workflow.table import StepRefused
from documents.models import Document
from documents.services import issue_by_hand
from inspection import completeness, hints, services, suggestions
from inspection import registration_forms as forms
from inspection.clues.conversion import registration_initial
from inspection.clues.services import convert

FORM = "register"
FIRST_ROWS = 5  # of an empty roster
FORM_TO_SIGN = "D01"
RECEIPT = "D04"
IN_A_ROW = (forms.Channel.LETTER, forms.Channel.PHONE)
"""The sources of which several are entered one after another."""


@dataclass
class Typed:
    """Both parts of the page as typed, and whether the workers stand in a roster."""

    form: forms.RegisterForm
    workers: forms.BaseWorkerFormSet
    is_roster: bool
    not_same: list[str]
    known: hints.Sketch

    def are_valid(self) -> bool:
        """Both are always judged, so that everything wrong is said at once."""
        return self.form.is_valid() & self.workers.is_valid()


@rule(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """登记: nothing typed is lost, all faults are said at once, a double click makes one case."""
    if request.method == "GET":
        return _page(request, _blank(request))
    if request.POST.get("after") == "draft":
        drafts.save(request.user, FORM, request.POST)
        messages.success(request, _("草稿已保存"))
        return redirect("cases:home")
    if (changed := _changed_page(request)) is not None:
        return _page(request, _unbound(request, changed))
    typed = _bound(request)
    if not typed.are_valid():
        return _page(request, typed, status=422)
    if typed.form.cleaned_data["headcount"] > len(typed.workers.forms):
        return _page(
            request, _unbound(request, _with_rows(request.POST, typed.form.cleaned_data["headcount"]))
        )
    return _register(request, typed)


def _register(request: HttpRequest, typed: Typed) -> HttpResponse:
    form = typed.form
    entry, key = forms.registration(form, typed.workers), request_key(request)
    try:
        if _needs_reason(request, typed):
            # Asked afterwards: what the same click made meanwhile is then known as its own, not as a duplicate.
            if before := services.registered_with(by=request.user, key=key, entry=entry):
                return _registered(before)
            form.add_error("duplicate_reason", _("可能重复，并入已有案件，或写明另行登记的理由"))
            return _page(request, typed, status=422)
        case = _make(request, key, entry, form.cleaned_data)
    except StepRefused as refusal:
        form.add_error(None, "；".join(refusal.reasons))
        may_skip = form.cleaned_data["join"] is None
        return _page(request, typed, may_skip_receipt=may_skip, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _page(request, typed, status=409)
    if case.is_known_answer:
        return _registered(case)
    drafts.drop(request.user, FORM)
    for sentence in hints.warnings(typed.known.workers, timezone.localdate()):
        messages.warning(request, sentence)
    if request.POST.get("after") == "next":
        messages.success(request, _("已登记：%(number)s") % {"number": case.receipt_no})
        return redirect(f"{reverse('inspection:register')}?like={case.public_id}")
    return _registered(case)


def _registered(case: Case) -> HttpResponse:
    """The page with the receipt, which is sent to the printer at once; of a double click only the last answer shows."""
    return redirect(f"{reverse('inspection:registered', args=[case.public_id])}?print=1")


def _make(request: HttpRequest, key: str, entry: services.Registration, data: dict[str, Any]) -> Case:
    """The complaint, and the clue it came from closed by it: both or neither."""
    if not data["clue"]:
        return services.register_complaint(by=request.user, key=key, entry=entry, join=data["join"])
    with transaction.atomic():
        case = services.register_complaint(by=request.user, key=key, entry=entry, join=data["join"])
        if not case.is_known_answer:
            convert(data["clue"].public_id, case=case, by=request.user, key=key)
        return case


def _needs_reason(request: HttpRequest, typed: Typed) -> bool:
    """Whether the same worker stands in an open case of the same employer and months, and nothing was said to that."""
    data = typed.form.cleaned_data
    if data["join"] is not None or data["duplicate_reason"]:
        return False
    return bool(hints.twins(request.user, typed.known))


# What was typed


def _bound(request: HttpRequest) -> Typed:
    rows = request.POST.copy()
    rows["w-INITIAL_FORMS"] = "0"  # nobody is registered yet
    if not _rows(rows):  # a page that was cut short: its first row is judged and shown again
        rows["w-TOTAL_FORMS"] = "1"
    return Typed(
        form=forms.RegisterForm(request.POST, user=request.user),
        workers=forms.WorkerFormSet(rows, prefix="w"),
        is_roster=_is_roster(request.POST),
        not_same=request.POST.getlist("not_same"),
        known=hints.sketch(request.POST),
    )


def _unbound(request: HttpRequest, fields: QueryDict) -> Typed:
    """The page with what was typed, not judged yet."""
    form = forms.RegisterForm(
        user=request.user,
        initial={name: fields.get(name) for name in forms.RegisterForm.base_fields if name in fields},
    )
    names = forms.WorkerForm.base_fields
    kept = [i for i in range(_rows(fields)) if not fields.get(f"w-{i}-DELETE")]
    rows = [{n: fields.get(f"w-{i}-{n}") for n in names if f"w-{i}-{n}" in fields} for i in kept]
    return Typed(
        form=form,
        workers=forms.WorkerFormSet(initial=rows or None, prefix="w"),
        is_roster=_is_roster(fields),
        not_same=fields.getlist("not_same"),
        known=hints.sketch(fields),
    )


def _blank(request: HttpRequest) -> Typed:
    found = drafts.load(request.user, FORM) if "draft" in request.GET else None
    if found is not None:
        return _unbound(request, found[1])
    start, rows = _of_clue(request) if "clue" in request.GET else _like(request)
    start.setdefault("channel", _last_channel(request))
    is_roster = "group" in request.GET or len(rows) > 1
    if is_roster:
        rows += [{} for _row in range(FIRST_ROWS - len(rows))]
    return Typed(
        form=forms.RegisterForm(user=request.user, initial=start),
        workers=forms.WorkerFormSet(initial=rows or None, prefix="w"),
        is_roster=is_roster,
        not_same=[],
        known=hints.sketch(QueryDict()),
    )


def _rows(fields: QueryDict) -> int:
    return min(whole_number(fields.get("w-TOTAL_FORMS")) or 0, forms.MOST_WORKERS)


def _is_roster(fields: QueryDict) -> bool:
    return fields.get("layout") == "roster" or _rows(fields) > 1


def _with_rows(fields: QueryDict, count: int) -> QueryDict:
    """The fields as a roster of at least so many rows."""
    data = fields.copy()
    data["layout"] = "roster"
    data["w-TOTAL_FORMS"] = str(min(max(count, _rows(fields)), forms.MOST_WORKERS))
    return data


def _changed_page(request: HttpRequest) -> QueryDict | None:
    """The fields after a button that only changes the page; None for one that sends the form."""
    data = request.POST
    if "add-row" in data:
        return _with_rows(data, _rows(data) + 1)
    if "open-roster" in data:
        return _with_rows(data, max(2, whole_number(data.get("headcount")) or 0))
    if "show-due" in data:
        changed = data.copy()
        changed["with_due"] = "on"
        return changed
    if "set-apart" in data:
        changed = data.copy()
        changed.appendlist("not_same", data["set-apart"])
        return changed
    if "undo-join" in data:
        changed = data.copy()
        changed["join"] = ""
        return changed
    return None


def _like(request: HttpRequest) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the next complaint shares with the one just registered: unit, project, town, source, months."""
    try:
        case = (
            Case.objects.readable_by(request.user)
            .select_related("project", "complaint")
            .prefetch_related("claims", "parties__employer")
            .get(public_id=UUID(request.GET.get("like", "")))
        )
    except (ValueError, Case.DoesNotExist):
        return {}, []
    unit = next((party.employer for party in case.parties.all() if party.employer_id), None)
    start = {
        "employer_name": case.respondent_name,
        "uscc": unit.uscc if unit else "",
        "employer_contact": unit.contact if unit else "",
        "employer_phone": unit.phone if unit else "",
        "town": case.town_id,
        "project_name": case.project.name if case.project else "",
        "project_type": case.project.type if case.project else "",
        "industry": case.complaint.industry,
        "channel": case.complaint.channel,
    }
    months = [{"from_month": claim.from_month, "to_month": claim.to_month} for claim in case.claims.all()[:1]]
    return start, months


def _of_clue(request: HttpRequest) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the clue says already; 404 for a clue that the person may not see."""
    clue = forms.clue_of(request.user, request.GET["clue"])
    if clue is None:
        raise Http404
    start, rows = registration_initial(clue)
    return {**start, "clue": str(clue.public_id)}, rows


def _last_channel(request: HttpRequest) -> str:
    """The source that the person used last today where it comes in rows, else the window.

    Who is served after an item of a platform was entered stands at the window.
    """
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    own = Case.objects.visible_to(request.user).filter(registered_by=request.user, registered_at__gte=start)
    last = own.order_by("-registered_at").values_list("complaint__channel", flat=True).first()
    return last if last in IN_A_ROW else forms.Channel.WINDOW


def _page(
    request: HttpRequest, typed: Typed, *, may_skip_receipt: bool = False, status: int = 200
) -> HttpResponse:
    is_fresh = request.method == "GET" and "draft" not in request.GET
    draft = drafts.of_user(request.user).filter(form=FORM).first() if is_fresh else None
    context = {
        "form": typed.form,
        "workers": typed.workers,
        "is_roster": typed.is_roster,
        "not_same": typed.not_same,
        "panel": hints.panel(request.user, typed.known, timezone.localdate()),
        "may_skip_receipt": may_skip_receipt,
        "phrases": forms.PHRASES,
        "draft": draft,
        "draft_url": reverse("cases:save_draft", args=[FORM]),
        "key": request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "inspection/register.html", context, status=status)


# While the form is filled in


@rule(Right.REGISTER)
@require_POST
def show_hints(request: HttpRequest) -> HttpResponse:
    """提示栏: what the register already says about the complaint as typed so far."""
    found = hints.panel(request.user, hints.sketch(request.POST), timezone.localdate())
    return render(request, "inspection/_hints.html", {"panel": found})


@rule(Right.REGISTER)
@require_POST
def suggest_employers(request: HttpRequest) -> HttpResponse:
    """The units of the agency that the typed text can mean."""
    typed = request.POST.get("q", "")
    options = suggestions.employers(request.user, typed)
    return render(
        request, "inspection/_options.html", {"options": options, "typed": typed.strip(), "new": "employer"}
    )


@rule(Right.REGISTER)
@require_POST
def suggest_projects(request: HttpRequest) -> HttpResponse:
    """The building projects that the typed text can mean, those of the unit when it is known."""
    typed = request.POST.get("q", "")
    options = suggestions.projects(request.user, typed, request.POST.get("employer", ""))
    return render(
        request, "inspection/_options.html", {"options": options, "typed": typed.strip(), "new": "project"}
    )


# Afterwards


def visible_complaint(request: HttpRequest, public_id: Any) -> Case:
    """The complaint for its page; 404 for cases of other kinds as for those that are not this person's to read."""
    case = visible_case(request, public_id)
    if case.kind != CaseKind.INSPECTION:
        raise Http404
    return case


@rule("case:view")
@require_GET
def registered(request: HttpRequest, public_id: Any) -> HttpResponse:
    """登记完成: the number, the deadline in words, what happens next, the receipt."""
    try:
        case = (
            Case.objects.readable_by(request.user)
            .of_kind(CaseKind.INSPECTION)
            .select_related("agency", "headline_clock", "complaint__merged_into", "town")
            .prefetch_related(
                "documents",
                "proposals",
                "claims__worker__person",
                "parties__person",
                "parties__employer",
                "headline_clock__changes",
            )
            .get(public_id=public_id)
        )
    except Case.DoesNotExist:
        raise Http404 from None
    today = timezone.localdate()
    case.lamp = clocks.case_lamp(case, today)
    first = clocks.clock_due(case.headline_clock) if case.headline_clock else None
    issued = {document.kind: document for document in case.documents.all() if document.voided_at is None}
    context = {
        "case": case,
        "due": first,
        "receipt": issued.get(RECEIPT),
        "signed_form": issued.get(FORM_TO_SIGN),
        "may_issue": policies.can(request.user, Right.ISSUE_DOCUMENT, case),
        "correction": next(
            (each for each in selectors.offers(request.user, case) if each.step.name == "request_correction"),
            None,
        ),
        "awaited_from": selectors.awaited_from(case),
        "join": next((each for each in case.proposals.all() if each.step == "merge"), None),
        "missing": completeness.missing(case),
        "print_now": "print" in request.GET,
        "key": new_key(),
    }
    return render(request, "inspection/registered.html", context)


@rule("case:issue_document")
@require_POST
def form_to_sign(request: HttpRequest, public_id: Any) -> HttpResponse:
    """打印投诉登记表: issued when it is not there yet, then its PDF."""
    case = visible_complaint(request, public_id)
    if not policies.can(request.user, Right.ISSUE_DOCUMENT, case):
        raise PermissionDenied(_("这件案子的文书不由你开具"))
    document = case.documents.valid().filter(kind=FORM_TO_SIGN).order_by("-issued_at").first()
    if document is None:
        try:
            document = issue_by_hand(
                case=case, kind=FORM_TO_SIGN, by=request.user, version=case.version, key=request_key(request)
            )
        except StepRefused as refusal:
            messages.error(request, "；".join(refusal.reasons))
            return redirect("inspection:registered", case.public_id)
        except (StaleVersion, KeyReused) as stale:
            messages.error(request, str(stale))
            return redirect("inspection:registered", case.public_id)
    return redirect("documents:pdf", document.public_id)


@rule("case:edit")
@require_http_methods(["GET", "POST"])
def particulars(request: HttpRequest, public_id: Any) -> HttpResponse:
    """补齐当事人信息: addresses, occupations, representatives, the signature."""
    case = visible_complaint(request, public_id)
    if not editing.may_edit(request.user, case):
        raise PermissionDenied(_("这件案子现在不能修改，或不由你办理"))
    form = completeness.ParticularsForm(request.POST if request.method == "POST" else None, case=case)
    refusals, status = [], 200
    if request.method == "POST":
        if form.is_valid():
            try:
                completeness.save_particulars(
                    case=case,
                    by=request.user,
                    version=whole_number(request.POST.get("version")) or 0,
                    key=request_key(request),
                    values=form.cleaned_data,
                )
            except (StaleVersion, KeyReused) as stale:
                refusals, status = [str(stale)], 409
                case = visible_complaint(request, public_id)
            else:
                messages.success(request, _("已保存：%(number)s") % {"number": case.number})
                return redirect(case)
        else:
            status = 422
    context = {
        "case": case,
        "form": form,
        "refusals": refusals,
        "version": case.version,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
    }
    return render(request, "inspection/particulars.html", context, status=status)


@rule(Right.REGISTER)
@require_GET
def last_receipt(request: HttpRequest) -> HttpResponse:
    """重打上一张回执: of the complaint this person registered last."""
    found = (
        Document.objects.valid()
        .filter(
            case__in=Case.objects.readable_by(request.user).filter(registered_by=request.user), kind=RECEIPT
        )
        .order_by("-issued_at", "-pk")
        .first()
    )
    if found is None:
        messages.info(request, _("还没有打印过回执"))
        return redirect("inspection:register")
    return redirect("documents:pdf", found.public_id)
