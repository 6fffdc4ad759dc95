"""Pages of clues: list, new, one clue, correcting it, its steps. Every clue comes through `visible_to`."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.access import rule
from agencies.rights import Right
from cases import search
from cases.forms import whole_number
from cases.idempotency import KeyReused
from cases.models import SearchQuery
from cases.reading_forms import PurposeForm
from cases.services.reading import TooManyReadings
from cases.views import new_key, posted_version, request_key
from cases.workflow.table import Step, StepRefused
from inspection.clues import clocks, selectors, services, table
from inspection.clues.acting import StaleClue, may, require
from inspection.clues.forms import ClueFilter, ClueForm
from inspection.clues.models import Clue
from inspection.clues.services import AlreadyThere

ROWS = 20
REVEALED_SECONDS = 30


def visible_clue(request: HttpRequest, public_id: Any) -> Clue:
    """The clue for its page, or 404: what a person may not see does not exist for them."""
    try:
        return selectors.page_clue(request.user, public_id)
    except Clue.DoesNotExist:
        raise Http404 from None


# The list


@rule(Right.VIEW_CASES)
@require_GET
def clue_list(request: HttpRequest) -> HttpResponse:
    """线索: sorted by what is due. Tab, filters, search and page stand in the address, the searched word does not."""
    user, today, now = request.user, timezone.localdate(), timezone.now()
    code = request.GET.get("tab", "open")
    code = code if code in selectors.TABS else "open"
    filters, query = ClueFilter(request.GET), _kept_search(request)
    seen = filters.apply(Clue.objects.visible_to(user))
    if query is not None:
        seen = selectors.find(seen, query.text)
    counts = selectors.tab_counts(seen, today)
    found = selectors.list_rows(selectors.by_urgency(seen.filter(selectors.TABS[code].wanted(today))))
    paginator = Paginator(found, ROWS)
    paginator.__dict__["count"] = counts[code]  # known from the tabs, not to be counted twice
    page = paginator.get_page(request.GET.get("page"))
    rows = list(page.object_list)
    for clue in rows:
        clue.lamp = clocks.list_lamp(clue, now)
    context = {
        "tab": code,
        "tabs": [
            {"code": tab.code, "label": tab.label, "n": counts[tab.code]} for tab in selectors.TABS.values()
        ],
        "page_obj": page,
        "rows": rows,
        "filters": filters,
        "query": query,
        "may_register": user.has_right(Right.REGISTER),
    }
    return render(request, "inspection/clues/list.html", context)


def _kept_search(request: HttpRequest) -> SearchQuery | None:
    """The person's own search of that id; another's, or an old one, narrows nothing."""
    try:
        wanted = UUID(request.GET.get("q", ""))
    except ValueError:
        return None
    return SearchQuery.objects.filter(user=request.user, public_id=wanted).first()


@rule(Right.VIEW_CASES)
@require_POST
def clue_search(request: HttpRequest) -> HttpResponse:
    """What was typed is kept on the server: names and telephone numbers never stand in an address."""
    kept = {name: request.POST[name] for name in ("tab", "channel", "town", "hot") if request.POST.get(name)}
    text = request.POST.get("word", "").replace("\x00", "").strip()
    if text:
        kept["q"] = str(search.keep(request.user, text).public_id)
    address = reverse("inspection:clues")
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


# One clue


@rule(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def clue_new(request: HttpRequest) -> HttpResponse:
    """线索登记: nothing typed is lost, a double click makes one clue, the same item comes in once."""
    if request.method == "GET":
        return _new_page(request, ClueForm(by=request.user))
    form = ClueForm(request.POST, by=request.user)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    try:
        clue = services.register_clue(by=request.user, key=request_key(request), values=form.values())
    except AlreadyThere as there:
        form.add_error("external_no", str(there))
        return _new_page(request, form, known=there.clue, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _new_page(request, form, status=409)
    messages.success(request, _("已登记：%(number)s") % {"number": clue.number})
    return redirect(clue)


def _new_page(
    request: HttpRequest, form: ClueForm, *, known: Clue | None = None, status: int = 200
) -> HttpResponse:
    key = new_key() if status == 409 else request.POST.get("key") or new_key()
    context = {"form": form, "known": known, "key": key, "has_errors": status == 422}
    return render(request, "inspection/clues/new.html", context, status=status)


@rule("case:view")
@require_GET
def clue_page(request: HttpRequest, public_id: Any) -> HttpResponse:
    """线索: who, what, every time limit, what comes next, whom one tried to reach, what was done."""
    clue = visible_clue(request, public_id)
    return render(request, "inspection/clues/show.html", _clue_context(request, clue))


@rule("case:view")
@require_POST
def clue_reveal(request: HttpRequest, public_id: Any) -> HttpResponse:
    """显示号码: telephone and identity number in full for half a minute; the reading stands in the record."""
    clue, form = visible_clue(request, public_id), PurposeForm(request.POST)
    require(request.user, services.EDITORS, _("查看电话和证件号码"))
    context = _clue_context(request, clue) | {"reading_form": form}
    if not form.is_valid():
        return render(request, "inspection/clues/show.html", context | {"form": form}, status=422)
    try:
        services.read_numbers(clue=clue, by=request.user, **form.cleaned_data)
    except TooManyReadings as refusal:
        form.add_error(None, str(refusal))
        return render(request, "inspection/clues/show.html", context | {"form": form}, status=422)
    context |= {"revealed": True, "seconds": REVEALED_SECONDS}
    response = render(request, "inspection/clues/show.html", context)
    response["Refresh"] = f"{REVEALED_SECONDS}; url={clue.get_absolute_url()}"
    response["Cache-Control"] = "no-store"
    return response


def _clue_context(request: HttpRequest, clue: Clue) -> dict[str, Any]:
    """What the frame of a clue's page needs."""
    user, now = request.user, timezone.now()
    found = selectors.offers(user, clue)
    first = selectors.primary(clue, found)
    clue.lamp = clocks.list_lamp(clue, now)
    return {
        "clue": clue,
        "first": first,
        "others": [offer for offer in found if offer is not first],
        "awaited_from": "" if first else selectors.awaited_from(clue),
        "pending": table.CLUE.by_name.get(clue.pending_step),
        "lines": clocks.lines(clue, now),
        "record": selectors.record_of(clue),
        "may_edit": clue.is_open and may(user, services.EDITORS),
        "may_convert": services.may_convert(user, clue),
        "on_time": services.on_time(clue),
        "may_reveal": may(user, services.EDITORS),
        "revealed": False,
        "reading_form": PurposeForm(),
    }


@rule("case:edit")
@require_http_methods(["GET", "POST"])
def clue_edit(request: HttpRequest, public_id: Any) -> HttpResponse:
    """修改线索: plain corrections; a stale form shows both texts side by side."""
    clue = visible_clue(request, public_id)
    if not (clue.is_open and may(request.user, services.EDITORS)):
        raise PermissionDenied(_("这条线索已经办结，或不由你核查，不能修改"))
    if request.method == "GET":
        return _edit_page(request, clue, ClueForm(clue=clue, by=request.user))
    form = ClueForm(request.POST, clue=clue, by=request.user)
    if not form.is_valid():
        return _edit_page(request, clue, form, status=422)
    try:
        services.edit_clue(
            clue=clue,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            values=form.values(),
        )
    except AlreadyThere as there:
        form.add_error("external_no", str(there))
        return _edit_page(request, clue, form, status=422)
    except StepRefused as refusal:
        form.add_error(None, refusal.reasons)
        return _edit_page(request, clue, form, status=422)
    except StaleClue as stale:
        return _conflict(request, stale, form)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _edit_page(request, clue, form, status=409)
    messages.success(request, _("已保存：%(number)s") % {"number": clue.number})
    return redirect(clue)


def _edit_page(request: HttpRequest, clue: Clue, form: ClueForm, *, status: int = 200) -> HttpResponse:
    key = new_key() if status == 409 else request.POST.get("key") or new_key()
    context = {"clue": clue, "form": form, "key": key, "has_errors": status == 422}
    return render(request, "inspection/clues/edit.html", context, status=status)


def _conflict(request: HttpRequest, stale: StaleClue, form: ClueForm) -> HttpResponse:
    """Both texts of every field that differs; the chosen ones are sent again with the present version."""
    fresh = visible_clue(request, stale.clue.public_id)
    saved = ClueForm(clue=fresh, by=request.user)
    rows, same = [], []
    for bound, other in zip(form, saved, strict=True):
        yours = form.text_of(bound.name, bound.value())
        theirs = saved.text_of(bound.name, saved.get_initial_for_field(other.field, other.name))
        if yours == theirs:
            same.append((bound.name, bound.value() or ""))
            continue
        rows.append(
            {
                "label": bound.label,
                "name": bound.name,
                "yours": yours,
                "saved": theirs,
                "yours_value": bound.value() or "",
                "saved_value": other.value() or "",
            }
        )
    last = stale.events[-1] if stale.events else None
    context = {
        "clue": fresh,
        "rows": rows,
        "fields": same,
        "who": last.by_name if last else "",
        "at": last.at if last else None,
        "action": reverse("inspection:clue_edit", args=[fresh.public_id]),
        "back_url": fresh.get_absolute_url(),
        "key": new_key(),
        "version": fresh.version,
    }
    return render(request, "inspection/clues/conflict.html", context, status=409)


# Steps


def _row_or_404(name: str) -> Step:
    row = table.CLUE.by_name.get(name)
    if row is None or row is table.CONVERT_CLUE:  # converting has the page of registration
        raise Http404
    return row


@rule("case:step")
@require_http_methods(["GET", "POST"])
def clue_step(request: HttpRequest, public_id: Any, step: str) -> HttpResponse:
    """One view for every step: taken, proposed, decided or returned. Refusals 422, stale forms 409."""
    clue = visible_clue(request, public_id)
    row = _row_or_404(step)
    offer = next((each for each in selectors.offers(request.user, clue) if each.step is row), None)
    if request.method == "POST":
        return _post_step(request, clue, row, offer)
    if offer is None:
        raise PermissionDenied(_who_may(row, clue))
    return _step_page(request, clue, row, offer, _blank_form(request, clue, row, offer))


def _who_may(row: Step, clue: Clue) -> str:
    if not clue.is_open:
        return _("这条线索已经办结")
    waiting = table.CLUE.by_name.get(clue.pending_step)
    if waiting is not None and row.needs_proposal:
        return _("“%(label)s”已报批，等审批以后再办") % {"label": waiting.label}
    who = "、".join(dict.fromkeys(str(actor.label) for actor in row.proposed_by + row.by))
    return _("“%(label)s”由%(who)s办理") % {"label": row.label, "who": who}


def _blank_form(request: HttpRequest, clue: Clue, row: Step, offer: selectors.ClueOffer) -> Any:
    data = clue.pending_facts if offer.mode == selectors.DECIDE else None
    return row.form(data, case=clue, by=request.user)  # type: ignore[misc]


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").replace("\x00", "").strip()[:2000]


def _post_step(
    request: HttpRequest, clue: Clue, row: Step, offer: selectors.ClueOffer | None
) -> HttpResponse:
    if not may(request.user, row.by + row.proposed_by):
        services.record_refusal(
            clue=clue, by=request.user, label=str(row.label), reasons=[_who_may(row, clue)]
        )
        raise PermissionDenied(_who_may(row, clue))
    form = row.form(request.POST, case=clue, by=request.user)  # type: ignore[misc]
    call: dict[str, Any] = {
        "clue": clue,
        "by": request.user,
        "version": posted_version(request),
        "key": request_key(request),
        "note": _note(request),
    }
    try:
        said = _act(request.POST.get("do", "take"), row, form, call)
    except StepRefused as refusal:
        services.record_refusal(clue=clue, by=request.user, label=str(row.label), reasons=refusal.reasons)
        return _step_page(request, clue, row, offer, form, refusals=refusal.reasons, status=422)
    except StaleClue as stale:
        fresh = visible_clue(request, clue.public_id)
        return _step_page(request, fresh, row, offer, form, stale=stale, status=409)
    except KeyReused as reused:
        return _step_page(request, clue, row, offer, form, refusals=[str(reused)], status=409)
    messages.success(request, said % {"label": row.label})
    return redirect(clue)


def _act(wanted: str, row: Step, form: Any, call: dict[str, Any]) -> str:
    """Take, propose or return, as the button said; the sentence for afterwards."""
    if wanted == "return":
        services.return_step(**call)
        return _("已退回：%(label)s")
    if wanted == "propose":
        services.propose_step(step=row.name, **call, **form.given())
        return _("已报批：%(label)s")
    services.take_step(step=row.name, **call, **({} if row.needs_proposal else form.given()))
    return _("已办理：%(label)s")


def _step_page(
    request: HttpRequest,
    clue: Clue,
    row: Step,
    offer: selectors.ClueOffer | None,
    form: Any,
    *,
    refusals: list[str] | None = None,
    stale: StaleClue | None = None,
    status: int = 200,
) -> HttpResponse:
    mode = offer.mode if offer else request.POST.get("do", selectors.TAKE)
    clue.lamp = clocks.list_lamp(clue, timezone.now())
    said = {str(message) for messages_ in form.errors.values() for message in messages_}
    context = {
        "clue": clue,
        "row": row,
        "mode": mode,
        "form": form,
        "facts": _facts_shown(form) if mode == selectors.DECIDE else [],
        "refusals": [each for each in refusals if each not in said] if refusals else _missing(offer),
        "stale": stale,
        "new_due": _new_due(clue) if mode == selectors.DECIDE and row is table.EXTEND_CLUE else None,
        "note": _note(request),
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "inspection/clues/step.html", context, status=status)


def _new_due(clue: Clue) -> date | None:
    """The day the clue would be due by if the extension that waits were granted."""
    added = whole_number(clue.pending_facts.get("days")) or 0
    result = clocks.due_under(clocks.conclude_rule(clue), clocks.began(clue), extended_by=added)
    return result.due_on if result else None


def _missing(offer: selectors.ClueOffer | None) -> list[str]:
    return offer.refusals if offer else []


def _facts_shown(form: Any) -> list[tuple[Any, Any]]:
    form.is_valid()
    return [(field.label, _shown(field)) for field in form]


def _shown(field: Any) -> Any:
    value = field.form.cleaned_data.get(field.name)
    choices = dict(getattr(field.field, "choices", None) or [])
    return choices.get(value, value if value not in (None, "") else "—")
