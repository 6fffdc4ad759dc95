"""用户与角色: accounts, for who manages the system."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import absences, changes, people, throttle
from agencies.access import rule
from agencies.changes import Area
from agencies.models import User
from agencies.rights import Right, Role
from agencies.settings_forms import NewPersonForm, PersonForm

ROWS = 50


@rule(Right.MANAGE_SYSTEM)
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody, found by name, account or office, in one role or in all, closed accounts where asked for."""
    typed = request.GET.get("q", "").replace("\0", "").strip()  # no database can look for that character
    role = request.GET.get("role", "")
    closed = "closed" in request.GET
    rows = User.objects.select_related("agency").order_by("agency__path", "role", "username")
    if not closed:
        rows = rows.filter(is_active=True)
    if role in Role.values:
        rows = rows.filter(role=role)
    if typed:
        words = ("username", "display_name", "agency__name", "agency__short_name")
        rows = rows.filter(Q(*[(f"{word}__icontains", typed) for word in words], _connector=Q.OR))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    locked = throttle.closed_names(user.username for user in page.object_list)
    away = absences.on_day(timezone.localdate())
    context = {
        "page_obj": page,
        "rows": [
            {"user": user, "locked": user.username in locked, "absence": away.get(user.pk)}
            for user in page.object_list
        ],
        "roles": Role.choices,
        "role": role,
        "q": typed,
        "closed": closed,
    }
    return render(request, "settings/people.html", context)


@rule(Right.MANAGE_SYSTEM)
@sensitive_variables("password")
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """A new account; its one-time password stands on the answer and nowhere else."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            user, password = people.add(by=request.user, **form.columns())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _show_password(request, user, password, new=True)
    return render(request, "settings/person_new.html", {"form": form}, status=422 if form.errors else 200)


@rule(Right.MANAGE_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The account with its form, what can be done about it, and what was changed before."""
    user = _person(public_id)
    form = PersonForm(request.POST if request.method == "POST" else None, initial=_initial(user))
    status = 200
    if form.is_bound:
        status = _save(request, user, form)
        if status == 302:
            _say_saved(request, user, form)
            return redirect("agencies:person", public_id=user.public_id)
        user = _person(public_id)
    return render(request, "settings/person.html", _page(request, user, form), status=status)


def _initial(user: User) -> dict[str, Any]:
    columns = {name: getattr(user, name) for name in people.COLUMNS}
    return columns | {"agency": user.agency_id, "seen": changes.latest(Area.PERSON, people.key_of(user))}


def _save(request: HttpRequest, user: User, form: PersonForm) -> int:
    if not form.is_valid():
        return 422
    try:
        people.edit(by=request.user, user=user, seen=form.cleaned_data["seen"] or 0, **form.columns())
    except changes.Outdated:
        form.add_error(None, _("你打开之后，有人改过这个账号；看下面的修改记录，重新打开再改"))
        return 409
    except ValidationError as refusal:
        form.refuse(refusal)
        return 422
    return 302


def _say_saved(request: HttpRequest, user: User, form: PersonForm) -> None:
    data = form.cleaned_data
    messages.success(request, _("已保存%(name)s") % {"name": data["display_name"]})
    moved = (user.agency_id, user.role) != (data["agency"].pk, data["role"])
    if moved and (left := people.open_duties(user)):
        words = {"duties": left, "agency": user.agency}
        messages.warning(request, _("换了机构或者角色，%(duties)s等着改派，请告诉%(agency)s负责人") % words)


def _page(request: HttpRequest, user: User, form: PersonForm) -> dict[str, Any]:
    return {
        "person": user,
        "form": form,
        "is_self": user.pk == request.user.pk,
        "locked": user.username in throttle.closed_names([user.username]),
        "duties": people.open_duties(user),
        "absence": absences.on_day(timezone.localdate()).get(user.pk),
        "history": changes.history(Area.PERSON, people.key_of(user)),
    }


@rule(Right.MANAGE_SYSTEM)
@sensitive_variables("password")
@require_POST
def reset_password(request: HttpRequest, public_id: Any) -> HttpResponse:
    """A new one-time password; it stands on the answer and nowhere else."""
    user = _person(public_id)
    if user.pk == request.user.pk:
        messages.error(request, _("自己的密码在“修改密码”里改"))
        return redirect("agencies:person", public_id=user.public_id)
    password = people.reset_password(by=request.user, user=user)
    return _show_password(request, user, password, new=False)


def _show_password(request: HttpRequest, user: User, password: str, *, new: bool) -> HttpResponse:
    context = {"person": user, "password": password, "new": new}
    return render(request, "settings/password.html", context)


@rule(Right.MANAGE_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, public_id: Any) -> HttpResponse:
    """Asked once more with what the person leaves behind, then done."""
    user = _person(public_id)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            left = people.deactivate(by=request.user, user=user)
        except ValidationError as refusal:
            refusals = refusal.messages
        else:
            _say_deactivated(request, user, left)
            return redirect("agencies:person", public_id=user.public_id)
    context = {"person": user, "duties": people.open_duties(user), "reasons": refusals}
    return render(request, "settings/deactivate.html", context, status=422 if refusals else 200)


def _say_deactivated(request: HttpRequest, user: User, left: people.OpenDuties) -> None:
    messages.success(request, _("已停用%(name)s的账号") % {"name": user})
    if left:
        messages.warning(
            request, _("%(duties)s等着改派，请告诉%(agency)s负责人") % {"duties": left, "agency": user.agency}
        )


@rule(Right.MANAGE_SYSTEM)
@require_POST
def activate(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The person may sign in again."""
    user = _person(public_id)
    people.activate(by=request.user, user=user)
    messages.success(request, _("已恢复%(name)s的账号") % {"name": user})
    return redirect("agencies:person", public_id=user.public_id)


@rule(Right.MANAGE_SYSTEM)
@require_POST
def lift_lock(request: HttpRequest, public_id: Any) -> HttpResponse:
    """The name is open for signing in again."""
    user = _person(public_id)
    people.lift_lock(by=request.user, user=user)
    messages.success(request, _("已解除%(name)s的登录锁定，可以马上登录") % {"name": user})
    return redirect("agencies:person", public_id=user.public_id)


def _person(public_id: Any) -> User:
    return get_object_or_404(User.objects.select_related("agency"), public_id=public_id)
