"""装订材料: papers of a case chosen for the police or the court, bound, and the files that were made."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from agencies.access import rule
from cases import clocks, uploads
from cases.forms import ChosenField
from cases.idempotency import KeyReused
from cases.models import Case
from cases.services.reading import record_read
from cases.views import new_key, request_key, visible_case
from cases.workflow.table import StepRefused
from documents import pdf
from documents.binding import Unbindable
from documents.rendering import RenderingFailed
from inspection import bundles
from inspection.bundles import Purpose
from inspection.enclosures import papers_of


class BundleForm(forms.Form):
    """For whom, and which papers."""

    use_required_attribute = False
    purpose = ChosenField(label=gettext_lazy("用途"))
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("装订哪些，按列出的顺序"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("还没选要装订的材料"),
            "invalid_choice": gettext_lazy("选的材料或文书已经删除、作废，重新选"),
        },
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose, papers, offered = self.fields["purpose"], self.fields["papers"], papers_of(case)
        assert isinstance(purpose, forms.ChoiceField)
        assert isinstance(papers, forms.MultipleChoiceField)
        purpose.choices = [(each.value, each.label) for each in bundles.purposes_of(case)]
        papers.choices = offered
        papers.initial = [code for code, _name in offered]


@rule("case:view")
@require_http_methods(["GET", "POST"])
def case_bundles(request: HttpRequest, public_id: Any) -> HttpResponse:
    """装订材料: choose the papers; what was bound before stands below."""
    case = visible_case(request, public_id)
    case.lamp = clocks.case_lamp(case, timezone.localdate())
    if request.method == "GET":
        return _page(request, case, BundleForm(case=case))
    if not bundles.may_bind(request.user, case):
        raise PermissionDenied(_("这件案子的材料不由你装订"))
    form = BundleForm(request.POST, case=case)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    try:
        bundles.make_bundle(
            case=case,
            by=request.user,
            key=request_key(request),
            purpose=Purpose(form.cleaned_data["purpose"]),
            codes=form.cleaned_data["papers"],
        )
    except StepRefused as refusal:
        form.add_error(None, refusal.reasons)
        return _page(request, case, form, status=422)
    except Unbindable as refusal:
        form.add_error("papers", str(refusal))
        return _page(request, case, form, status=422)
    except (pdf.DocumentDamaged, uploads.FileDamaged):
        form.add_error("papers", _("有一份文书或材料和存下来时不一样，不能装订，请联系管理员"))
        return _page(request, case, form, status=422)
    except RenderingFailed:
        form.add_error(None, _("暂时没有做成PDF，过一会儿再装订"))
        return _page(request, case, form, status=503)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        return _page(request, case, form, status=409)
    messages.success(request, _("已装订"))
    return redirect("inspection:bundles", case.public_id)


def _page(request: HttpRequest, case: Case, form: BundleForm, *, status: int = 200) -> HttpResponse:
    context = {
        "case": case,
        "form": form if bundles.purposes_of(case) and bundles.may_bind(request.user, case) else None,
        "made": list(case.bundles.select_related("made_by")),
        "key": new_key() if status == 409 else request.POST.get("key") or new_key(),
        "has_errors": status == 422,
    }
    return render(request, "inspection/bundles.html", context, status=status)


@rule("case:view")
@require_GET
def bundle_file(request: HttpRequest, public_id: Any, bundle: Any) -> HttpResponse:
    """One bound file, for those who may read the whole file of the case; the reading is recorded."""
    case = visible_case(request, public_id)
    found = case.bundles.filter(public_id=bundle).first()
    if found is None:
        raise Http404
    try:
        content = bundles.content_of(found)
    except bundles.BundleDamaged:
        text = _("%(title)s和装订时不一样，不能使用；请联系管理员，或者重新装订") % {"title": found}
        page = {"case": case, "text": text}
        return render(request, "inspection/bundle_damaged.html", page, status=500)
    record_read(
        case=case,
        by=request.user,
        step="read_bundle",
        label=_("下载装订的材料"),
        facts={"bundle": str(found.public_id), "sha256": found.sha256},
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
