"""批量打印: the newest document of one kind of every ticked case, as one file for the printer."""

from csp.decorators import csp
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from agencies.access import rule
from agencies.rights import Right
from cases import bulk, policies
from cases.bulk_views import chosen_or_refusal, posted_list
from cases.list_views import list_page
from cases.models import Case
from cases.workflow.table import StepRefused
from documents import batch as files
from documents import pdf, services
from documents.models import Document
from documents.rendering import RenderingFailed
from documents.views import PRINTED, damaged


@rule(Right.ISSUE_DOCUMENT)
@require_POST
@xframe_options_sameorigin
@csp(PRINTED)
def batch(request: HttpRequest) -> HttpResponse:
    """First which kind, with the cases that have none; then the file. What cannot be printed is said before."""
    work = posted_list(request)
    found, refusal = chosen_or_refusal(request, work, most=files.MOST)
    if refusal:
        return list_page(request, work, picked=request.POST.getlist("case"), refusal=refusal, status=422)
    cases = Case.objects.readable_by(request.user).filter(pk__in=[case.pk for case in found.cases])
    kinds = files.kinds_of(cases, request.user)
    kind = request.POST.get("kind", "")
    if "do" not in request.POST or kind not in {row[0] for row in kinds}:
        return _page(request, work, found, kinds, status=422 if "do" in request.POST else 200)
    newest = files.latest(cases, kind, request.user)
    chosen = [newest[case.pk] for case in found.cases if case.pk in newest]
    contents, faults = _contents(request, chosen)
    if faults and "skip" not in request.POST:
        return _page(request, work, found, kinds, kind=kind, faults=faults, status=422)
    printed = [document for document in chosen if document.pk in contents]
    if not printed:
        return _page(request, work, found, kinds, kind=kind, faults=faults, status=422)
    try:
        top = [files.cover(printed, request.user)] if "cover" in request.POST else []
    except StepRefused as refusal:
        return _page(request, work, found, kinds, kind=kind, faults=refusal.reasons, status=422)
    except RenderingFailed:
        faults = [_("清单暂时没有做成PDF，可以不附清单打印")]
        return _page(request, work, found, kinds, kind=kind, faults=faults, status=503)
    for document in printed:
        services.record_print(document, request.user)
    content = files.joined([*top, *(contents[document.pk] for document in printed)])
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{printed[0].title}{timezone.localdate():%Y%m%d}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response


def _contents(request: HttpRequest, documents: list[Document]) -> tuple[dict[int, bytes], list[str]]:
    """The PDFs by document, and a sentence for each that cannot be printed."""
    contents, faults = {}, []
    for document in documents:
        try:
            if not policies.can(request.user, Right.ISSUE_DOCUMENT, document.case):
                raise PermissionDenied
            contents[document.pk] = pdf.pdf_of(document)
        except RenderingFailed:
            faults.append(_("%(document)s暂时没有做成PDF") % {"document": document})
        except pdf.DocumentDamaged:
            faults.append(damaged(document))
        except (PermissionDenied, StepRefused):
            faults.append(_("%(document)s不由你打印") % {"document": document})
    return contents, faults


def _page(
    request: HttpRequest,
    work: object,
    found: bulk.Chosen,
    kinds: list[tuple[str, str, int]],
    *,
    kind: str = "",
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    total = len(found.cases)
    page = {
        "work": work,
        "ticks": [case.public_id for case in found.cases],
        "total": total,
        "kinds": [{"kind": code, "title": title, "n": n, "without": total - n} for code, title, n in kinds],
        "kind": kind or (kinds[0][0] if kinds else ""),
        "faults": faults or [],
        "cover": "cover" in request.POST,
    }
    return render(request, "documents/batch.html", page, status=status)
