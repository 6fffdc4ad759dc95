"""机构: the bodies that cases refer to, for who manages the system."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import bodies, changes
from agencies.access import rule
from agencies.changes import Area
from agencies.models import Agency
from agencies.rights import Right
from agencies.settings_forms import BodyForm


@rule(Right.MANAGE_SYSTEM)
@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """Every body with what stands on its documents."""
    return render(request, "settings/bodies.html", {"agencies": Agency.objects.select_related("parent")})


@rule(Right.MANAGE_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_body(request: HttpRequest, code: str) -> HttpResponse:
    """One body: its names, phone, address and the prefix of its documents; and what was changed before."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise Http404
    initial = {name: getattr(agency, name) for name in bodies.COLUMNS}
    form = BodyForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"seen": changes.latest(Area.AGENCY, code)},
    )
    status = _save(request, code, form) if form.is_bound else 200
    if status == 302:
        messages.success(request, _("已保存%(name)s") % {"name": form.cleaned_data["name"]})
        return redirect("agencies:bodies")
    context = {"agency": agency, "form": form, "history": changes.history(Area.AGENCY, code)}
    return render(request, "settings/body.html", context, status=status)


def _save(request: HttpRequest, code: str, form: BodyForm) -> int:
    if not form.is_valid():
        return 422
    try:
        bodies.edit(
            by=request.user, code=code, **form.cleaned_data | {"seen": form.cleaned_data["seen"] or 0}
        )
    except ValidationError as refusal:
        form.refuse(refusal)
        return 422
    except changes.Outdated:
        form.add_error(None, _("你打开之后，有人改过这个机构；看下面的修改记录，重新打开再改"))
        return 409
    return 302
