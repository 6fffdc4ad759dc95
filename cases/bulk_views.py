"""What is done with many cases of the list at once: reassigned, taken back, exported."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import rule
from agencies.rights import Right
from cases import bulk, exports, preferences
from cases.bulk_forms import ExportForm, ReassignForm
from cases.list_views import bulk_rights, list_of, list_page, with_lamps
from cases.models import Case
from cases.views import new_key, request_key
from cases.worklist import WorkList


def posted_list(request: HttpRequest) -> WorkList:
    """The list on which the rows were ticked."""
    return list_of(request, QueryDict(request.POST.get("query", "")[:2000]))


def chosen_or_refusal(
    request: HttpRequest, work: WorkList, *, most: int = bulk.MOST
) -> tuple[bulk.Chosen, str]:
    """The ticked cases, and a sentence when they are none or too many."""
    every = "all" in request.POST
    found = bulk.chosen(work, request.POST.getlist("case"), every=every, most=most)
    if not found.cases:
        return found, _("还没选案件，先在要办的案件前面打勾")
    if len(found.cases) > most:
        return found, _("一次最多办%(most)d件，先用筛选缩小范围") % {"most": most}
    return found, ""


@rule(Right.HEAD)
@require_POST
def reassign(request: HttpRequest) -> HttpResponse:
    """改派: the ticked cases get another lead or second inspector; each says what came of it."""
    work = posted_list(request)
    found, refusal = chosen_or_refusal(request, work)
    if refusal:
        return list_page(request, work, picked=request.POST.getlist("case"), refusal=refusal, status=422)
    form = ReassignForm(request.POST if "do" in request.POST else None, by=request.user)
    if not form.is_bound or not form.is_valid():
        page = {"work": work, "cases": found.cases, "form": form, "key": request.POST.get("key") or new_key()}
        page["ticks"] = [(case, found.version_of(case)) for case in found.cases]
        return render(request, "cases/reassign.html", page, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    done = bulk.reassign(
        found,
        by=request.user,
        key=request_key(request),
        lead=given["lead"],
        second=given["second"],
        reason=given["reason"],
    )
    who = "、".join(str(person) for person in (given["lead"], given["second"]) if person)
    said = _("已改派%(n)d件给%(who)s") % {"n": sum(each.is_done for each in done), "who": who}
    return _result(request, work, done, said, undo=bulk.undo_token(request.user, done))


@rule(Right.HEAD)
@require_POST
def undo_reassign(request: HttpRequest) -> HttpResponse:
    """撤销: the inspectors are as before, as acts of their own."""
    work = posted_list(request)
    done = bulk.undo(request.POST.get("token", ""), by=request.user)
    if done is None:
        return list_page(request, work, refusal=_("改派已经超过10分钟，不能撤销；可以再改派一次"), status=422)
    said = _("已撤销%(n)d件的改派") % {"n": sum(each.is_done for each in done)}
    return _result(request, work, done, said)


def _result(
    request: HttpRequest, work: WorkList, done: list[bulk.Done], said: str, *, undo: str = ""
) -> HttpResponse:
    page = {
        "work": work,
        "said": said if any(each.is_done for each in done) else _("一件也没有改派"),
        "undo": undo,
        "failed": [(number, each) for number, each in enumerate(done, start=1) if not each.is_done],
        "done": [each.case for each in done if each.is_done],
    }
    return render(request, "cases/reassigned.html", page)


@rule(Right.VIEW_CASES)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """导出: the purpose first, then the file; what left the site is recorded."""
    if not bulk_rights(request.user)["may_export"]:
        raise PermissionDenied(_("共享给你单位的案件不导出"))
    work = posted_list(request)
    found, refusal = chosen_or_refusal(request, work, most=exports.MOST)
    if refusal:
        return list_page(request, work, picked=request.POST.getlist("case"), refusal=refusal, status=422)
    form = ExportForm(request.POST if "do" in request.POST else None)
    if not form.is_bound or not form.is_valid():
        page: dict[str, Any] = {"work": work, "form": form, "count": len(found.cases)}
        page["columns"] = preferences.columns_of(request.user)
        page["all"] = "all" in request.POST
        page["ticks"] = [] if page["all"] else [case.public_id for case in found.cases]
        return render(request, "cases/export.html", page, status=422 if form.is_bound else 200)
    return _file(request, work, found.cases, form.cleaned_data["purpose"])


def _file(request: HttpRequest, work: WorkList, cases: list[Case], purpose: str) -> HttpResponse:
    keys = [case.pk for case in cases]
    rows = Case.objects.readable_by(request.user).filter(pk__in=keys)
    ordered = work.in_order(rows).select_related("agency", "town", "handler", "headline_clock")
    rows_with_lamps = with_lamps(request.user, ordered.prefetch_related("headline_clock__changes"))
    content = exports.as_csv(rows_with_lamps, preferences.columns_of(request.user))
    exports.record(request.user, purpose=purpose, query=work.query, count=len(keys), content=content)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = _("案件%(day)s.csv") % {"day": f"{timezone.localdate():%Y%m%d}"}
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
