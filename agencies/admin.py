"""Reference data that the district may edit: names, addresses and people. No case stands here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from agencies.models import Absence, Agency, Town, User


class NoDeletion(admin.ModelAdmin):
    """Rows that cases refer to are edited, never deleted; they come from the reference data."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Agency)
class AgencyAdmin(NoDeletion):
    list_display = ["name", "short_name", "code", "phone"]
    fields = ["code", "name", "short_name", "phone", "address", "document_prefix"]
    readonly_fields = ["code"]
    search_fields = ["name", "short_name", "code"]


@admin.register(Town)
class TownAdmin(NoDeletion):
    list_display = ["name", "code", "order"]
    fields = ["code", "name", "order"]
    readonly_fields = ["code"]


@admin.register(User)
class UserAdmin(NoDeletion):
    """Accounts are made with ``manage.py create_user``, which gives the role its group and a first password."""

    list_display = ["username", "display_name", "agency", "role", "is_active"]
    list_filter = ["role", "is_active"]
    fields = [
        "username",
        "agency",
        "role",
        "display_name",
        "licence_no",
        "licence_until",
        "office_phone",
        "is_active",
    ]
    readonly_fields = ["username", "agency", "role"]
    search_fields = ["username", "display_name"]


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):
    list_display = ["user", "from_on", "to_on", "deputy", "reason"]
    fields = ["user", "from_on", "to_on", "deputy", "reason"]
