"""设置: what the district sets itself, and the record of who changed what."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies import changes
from agencies.access import rule
from agencies.models import Agency, User
from agencies.rights import IN_OTHER_AGENCIES, ROLES, Right, Role, RoleSpec, sits_in

LATEST = 10
ROWS = 50


@rule(Right.MANAGE_ABSENCE)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The sections this person may open, and the latest changes they may read."""
    rows = list(changes.readable_by(request.user)[:LATEST])
    return render(request, "settings/overview.html", {"sections": _sections(request.user), "changes": rows})


def _sections(user: User) -> list[dict[str, str]]:
    """Title, page and purpose of each section; the ones somebody may not open are left out."""
    rows = [
        (
            Right.EDIT_CALENDAR,
            _("工作日历"),
            "calendars:calendar",
            _("放假和调休。每次修改成为新的一版，未办结案件的期限随之重算"),
        ),
        (
            Right.EDIT_CALENDAR,
            _("时限规则"),
            "calendars:rules",
            _("每条期限的长度、依据和把握。法律没有定死的，由本单位设定"),
        ),
        (
            Right.MANAGE_SYSTEM,
            _("字典"),
            "agencies:lists",
            _("欠薪原因、来源、行业、工程类别、镇街等表单里可选的内容"),
        ),
        (
            Right.MANAGE_SYSTEM,
            _("用户与角色"),
            "agencies:people",
            _("建账号、改角色、重置密码、停用、解除登录锁定"),
        ),
        (Right.MANAGE_ABSENCE, _("缺勤"), "agencies:absences", _("谁哪几天不在，由谁代办")),
        (
            Right.MANAGE_SYSTEM,
            _("机构"),
            "agencies:bodies",
            _("名称、电话、地址、文号机关代字"),
        ),
        (Right.MANAGE_ABSENCE, _("修改记录"), "agencies:changes", _("谁在什么时候把什么从什么改成什么")),
    ]
    return [
        {"title": title, "url_name": url_name, "text": text}
        for right, title, url_name, text in rows
        if user.has_right(right)
    ]


@rule(Right.MANAGE_ABSENCE)
@require_safe
def change_log(request: HttpRequest) -> HttpResponse:
    """Every change the person may read, the newest first, of one area or all."""
    areas = list(changes.areas(request.user))
    area = request.GET.get("area", "")
    rows = changes.readable_by(request.user)
    if area in dict(areas):
        rows = rows.filter(area=area)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "settings/changes.html", {"page_obj": page, "areas": areas, "area": area})


@rule(Right.MANAGE_SYSTEM)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The table of roles as it holds: where each sits, how far it sees, what it may do, how many people hold it."""
    held = Counter(User.objects.filter(is_active=True).values_list("role", "agency__code"))
    names = dict(Agency.objects.values_list("code", "short_name"))
    rows = sorted([*ROLES.items(), *IN_OTHER_AGENCIES], key=lambda row: list(Role).index(Role(row[0])))
    context = {"rows": [_role_row(Role(role), its, names, held) for role, its in rows]}
    return render(request, "settings/roles.html", context)


def _role_row(
    role: Role, its: RoleSpec, names: dict[str, str], held: Counter[tuple[str, str]]
) -> dict[str, Any]:
    here = [code for code in names if sits_in(its, code)]
    return {
        "role": role,
        "agencies": [names.get(code) or _("各镇街") for code in its.agencies],
        "sight": its.sight.label,
        "rights": [right.label for right in Right if right in its.rights],
        "count": sum(held[role.value, code] for code in here),
    }
