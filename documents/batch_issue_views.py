"""批量开文书: one kind of document for every ticked case that can have it, then one file for the printer."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from agencies.access import rule
from agencies.rights import Right
from cases.bulk_views import chosen_or_refusal, posted_list
from cases.list_views import list_page
from cases.models import Case
from cases.views import new_key, request_key
from documents import batch_issue
from documents.batch_issue import Prospect
from documents.catalogue import Kind


@rule(Right.ISSUE_DOCUMENT)
@require_POST
def issue_many(request: HttpRequest) -> HttpResponse:
    """First which kind; then for which cases it will be issued and for which not, with the reason; then the result."""
    work = posted_list(request)
    found, refusal = chosen_or_refusal(request, work, most=batch_issue.MOST)
    if refusal:
        return list_page(request, work, picked=request.POST.getlist("case"), refusal=refusal, status=422)
    cases = _in_order(request, [case.pk for case in found.cases])
    page: dict[str, Any] = {
        "work": work,
        "ticks": [(case, found.version_of(case)) for case in cases],
        "key": request.POST.get("key") or new_key(),
    }
    kind = batch_issue.kinds().get(request.POST.get("kind", ""))
    if kind is None:
        page["offered"] = _offered(request, cases)
        return render(request, "documents/issue_many.html", page, status=422 if "do" in request.POST else 200)
    (prospects,) = batch_issue.judged(cases, [kind], request.user)
    if request.POST.get("do") != "issue":
        return _look(request, page, kind, batch_issue.tried(prospects, kind, request.user))
    form = _form(request, kind, prospects, bound=True)
    if form is not None and not form.is_valid():
        return _look(request, page, kind, batch_issue.tried(prospects, kind, request.user), form)
    done = batch_issue.issue(
        prospects, kind, by=request.user, key=request_key(request), versions=found.versions, data=request.POST
    )
    issued = [each for each in done if each.document]
    page |= {"kind": kind, "issued": issued, "left": [each for each in done if not each.document]}
    return render(request, "documents/issued_many.html", page)


def _in_order(request: HttpRequest, keys: list[int]) -> list[Case]:
    """The readable cases in the order of the list, with what rights and documents ask for."""
    rows = Case.objects.readable_by(request.user).filter(pk__in=keys).select_related("agency", "complaint")
    found = {case.pk: case for case in rows.prefetch_related("recusals")}
    return [found[key] for key in keys if key in found]


def _offered(request: HttpRequest, cases: list[Case]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "prospects": row, "n": n, "without": len(row) - n}
        for kind, row in batch_issue.offered(cases, request.user)
        for n in (sum(each.is_open for each in row),)
    ]


def _form(request: HttpRequest, kind: Kind, prospects: list[Prospect], *, bound: bool) -> forms.Form | None:
    """The form of the kind, proposed for the first case that can have the document; None when nothing is asked."""
    asked = batch_issue.form_class(kind)
    first = next((each.case for each in prospects if each.is_open), prospects[0].case)
    return asked(request.POST if bound else None, case=first, by=request.user) if asked else None


def _look(
    request: HttpRequest,
    page: dict[str, Any],
    kind: Kind,
    prospects: list[Prospect],
    refused: forms.Form | None = None,
) -> HttpResponse:
    """For which cases the document will be issued and for which not; ``refused`` is the form that needs changes."""
    page |= {
        "kind": kind,
        "form": refused or _form(request, kind, prospects, bound=False),
        "open": [each for each in prospects if each.is_open],
        "left": [each for each in prospects if not each.is_open],
    }
    return render(request, "documents/issue_many.html", page, status=422 if refused else 200)
