"""字典: the lists of codes, for who manages the system."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies import changes, code_lists
from agencies.access import rule
from agencies.changes import Area
from agencies.code_lists import TOWNS, CodeList, Item
from agencies.models import Town
from agencies.rights import Right
from agencies.settings_forms import CodeForm, NewCodeForm, SettingsForm

LONGEST_TOWN_CODE = 12


@rule(Right.MANAGE_SYSTEM)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """The lists, each with how many codes it has and how many are in use."""
    names = [each.name for each in code_lists.all_lists()] + [TOWNS]
    rows = []
    for name in names:
        its, items = _list(name), _items(name)
        rows.append({"its": its, "count": len(items), "in_use": sum(item.in_use for item in items)})
    return render(request, "settings/lists.html", {"rows": rows})


@rule(Right.MANAGE_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def show_list(request: HttpRequest, name: str) -> HttpResponse:
    """The codes of one list; where it grows, the form for a new one."""
    its = _list(name)
    form = NewCodeForm(
        request.POST if request.method == "POST" else None,
        initial={"order": _next_order(name)},
        longest_code=its.longest_code,
    )
    if request.method == "POST" and not its.grows:
        raise Http404
    if form.is_valid():
        data = form.cleaned_data
        if _kept(form, lambda: _add(request, name, **data)):
            messages.success(request, _("已增加%(code)s %(text)s") % data)
            return redirect("agencies:list", name=name)
    context = {"its": its, "items": _items(name), "form": form}
    return render(request, "settings/list.html", context, status=422 if form.errors else 200)


@rule(Right.MANAGE_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_code(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """One code: its words, its place, whether forms offer it; and what was changed before."""
    its = _list(name)
    item = next((each for each in _items(name) if each.code == code), None)
    if item is None:
        raise Http404
    key = code_lists.key_of(name, code)
    initial = {"text": item.label, "order": item.order, "in_use": item.in_use}
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"seen": changes.latest(Area.CODES, key)},
    )
    status = 200
    if form.is_bound:
        status = _save(request, name, code, form)
        if status == 302:
            messages.success(request, _("已保存%(code)s %(text)s") % {"code": code, **form.cleaned_data})
            return redirect("agencies:list", name=name)
    context = {"its": its, "item": item, "form": form, "history": changes.history(Area.CODES, key)}
    return render(request, "settings/code.html", context, status=status)


def _save(request: HttpRequest, name: str, code: str, form: CodeForm) -> int:
    if not form.is_valid():
        return 422
    values = form.cleaned_data | {"seen": form.cleaned_data["seen"] or 0}
    try:
        saved = _kept(form, lambda: _edit(request, name, code, **values))
    except changes.Outdated:
        form.add_error(None, _("你打开之后，有人改过这个代码；看下面的修改记录，重新打开再改"))
        return 409
    return 302 if saved else 422


def _kept(form: SettingsForm, act: Callable[[], Any]) -> bool:
    """Whether the act was done; its refusal stands on the form."""
    try:
        act()
    except ValidationError as refusal:
        form.refuse(refusal)
        return False
    return True


# Towns have a table of their own, because cases point at its rows; here they look like any list.


def _list(name: str) -> CodeList:
    if name == TOWNS:
        title = Town._meta.verbose_name
        return CodeList(TOWNS, title, codes=None, grows=True, longest_code=LONGEST_TOWN_CODE)  # type: ignore[arg-type]
    try:
        return code_lists.code_list(name)
    except KeyError:
        raise Http404 from None


def _items(name: str) -> list[Item]:
    if name == TOWNS:
        return [Item(town.code, town.name, town.order, town.in_use) for town in Town.objects.all()]
    return code_lists.items(name)


def _next_order(name: str) -> int:
    return max((item.order for item in _items(name)), default=0) + code_lists.STEP


def _add(request: HttpRequest, name: str, **values: Any) -> None:
    if name == TOWNS:
        code_lists.add_town(by=request.user, **values)
    else:
        code_lists.add(by=request.user, name=name, **values)


def _edit(request: HttpRequest, name: str, code: str, **values: Any) -> None:
    if name == TOWNS:
        code_lists.edit_town(by=request.user, code=code, **values)
    else:
        code_lists.edit(by=request.user, name=name, code=code, **values)
