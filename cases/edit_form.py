"""The plain corrections of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import code_lists
from agencies.models import Town
from cases.forms import SpokenCharField, TextField, whole_number
from cases.models import Case


class EditForm(forms.Form):
    """Columns of the case and its detail that people type and may correct; the procedure sets all others."""

    use_required_attribute = False

    facts_text = TextField(label=_("情况说明"), max_length=2000, required=False)
    town = forms.ModelChoiceField(
        label=_("用工镇街"), queryset=Town.objects.all(), required=False, empty_label=""
    )
    cause = forms.ChoiceField(label=_("欠薪原因"), required=False)
    external_no = SpokenCharField(label=_("外部编号"), max_length=60, required=False)
    other_proceeding_note = SpokenCharField(label=_("仲裁或诉讼案号、机构"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data)
        self.case = case
        for name, field in list(self.fields.items()):
            owner = case if hasattr(case, name) else case.detail
            if not hasattr(owner, name):
                del self.fields[name]
                continue
            value = getattr(owner, name)
            if name == "town":
                field.required = value is not None
                field.error_messages["required"] = _("还没选用工镇街")
                field.queryset = Town.objects.in_use(value.pk if value else None)  # type: ignore[attr-defined]
            elif isinstance(field, forms.ChoiceField):
                field.choices = code_lists.choices(name, keep=value, blank=True)
            field.initial = value.pk if isinstance(value, Town) else value

    def values(self) -> dict[str, Any]:
        """Column values for `services.edit_case`."""
        return {
            f"{name}_id" if isinstance(value, Town) or name == "town" else name: getattr(value, "pk", value)
            for name, value in self.cleaned_data.items()
        }

    def text_of(self, name: str, value: Any) -> str:
        """The value in words, for the two columns of a conflict."""
        if name == "town":
            town = Town.objects.filter(pk=value).first() if whole_number(value) else None
            return town.name if town else ""
        choices = dict(getattr(self.fields[name], "choices", None) or [])
        return str(choices.get(value, value or ""))
