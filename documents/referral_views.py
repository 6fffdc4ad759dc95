"""转办: the matter is offered with its two letters, to the receiver and to the people, previewed together."""

from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import rule
from cases import clocks
from cases.idempotency import KeyReused
from cases.models import Case
from cases.referral_forms import OfferForm
from cases.referral_views import require_sender
from cases.services import StaleVersion, record_refusal
from cases.services.referrals import offer
from cases.views import new_key, posted_version, request_key, visible_case
from cases.workflow.table import StepRefused
from documents import services
from documents.effects import Issue
from documents.referral_letters import LETTERS
from documents.views import SHEET


@rule("case:view")
@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, public_id: Any) -> HttpResponse:
    """转办: to whom, with whom, why; both letters are issued with it."""
    case = visible_case(request, public_id)
    require_sender(request, case)
    form = OfferForm(request.POST if request.method == "POST" else None, case=case, by=request.user)
    if request.method == "GET":
        return _page(request, case, form)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    entry = form.offer()
    try:
        event = offer(
            case=case,
            by=request.user,
            version=posted_version(request),
            key=request_key(request),
            entry=entry,
            then=(Issue(*LETTERS),),
        )
    except StepRefused as refusal:
        for sentence in refusal.reasons:
            form.add_error(None, sentence)
        record_refusal(
            case=case, by=request.user, step="offer_referral", label=_("发出转办"), reasons=refusal.reasons
        )
        return _page(request, case, form, status=422)
    except StaleVersion as stale:
        form.add_error(None, str(stale.sentence))
        return _page(request, visible_case(request, public_id), form, status=409)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _page(request, case, form, status=409)
    messages.success(request, _("已转给%(who)s，两份文书可以打印了") % {"who": entry.receiver.short_name})
    return redirect(f"{case.get_absolute_url()}?new={event.seq}")


def _page(request: HttpRequest, case: Case, form: OfferForm, *, status: int = 200) -> HttpResponse:
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    context = {
        "case": case,
        "form": form,
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "documents/refer.html", context, status=status)


@rule("case:view")
@require_POST
@xframe_options_sameorigin
@csp(SHEET)
def preview_letters(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Both letters as they would be now, one below the other, without numbers; nothing is kept."""
    case = visible_case(request, public_id)
    require_sender(request, case)
    form = OfferForm(request.POST, case=case, by=request.user)
    if not form.is_valid():
        reasons = [sentence for sentences in form.errors.values() for sentence in sentences]
        return render(request, "documents/no_preview.html", {"reasons": reasons}, status=422)
    facts = {"referral": form.offer()}
    try:
        sheets = [services.preview(case, kind, request.user, facts) for kind in LETTERS]
    except StepRefused as refusal:
        return render(request, "documents/no_preview.html", {"reasons": refusal.reasons}, status=422)
    first, second = sheets
    inner = second[second.index("<body") : second.index("</body>")]
    return HttpResponse(first.replace("</body>", f"{inner[inner.index('>') + 1 :]}</body>"))
