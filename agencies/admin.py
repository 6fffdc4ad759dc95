"""Reference data that stays in the admin: names and addresses of the bodies. People, towns and codes have pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from agencies import changes
from agencies.changes import Area
from agencies.models import Agency


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """Bodies that cases refer to are edited, never deleted; each edit stands in the record of the settings."""

    list_display = ["name", "short_name", "code", "phone"]
    fields = ["code", "name", "short_name", "phone", "address", "document_prefix"]
    readonly_fields = ["code"]
    search_fields = ["name", "short_name", "code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: Any, obj: Agency, form: forms.ModelForm, change: bool) -> None:
        """Inside the admin's own transaction."""
        super().save_model(request, obj, form, change)
        labels = {name: Agency._meta.get_field(name).verbose_name for name in form.changed_data}
        changes.record(
            by=request.user,
            area=Area.AGENCY,
            key=obj.code,
            subject=obj.name,
            act=gettext_noop("修改机构"),
            before={label: form.initial[name] for name, label in labels.items()},
            after={label: getattr(obj, name) for name, label in labels.items()},
            agency=obj,
        )
