"""What is asked for before many cases are changed or leave the site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from cases.bulk import inspectors_for
from cases.forms import SpokenCharField


class ReassignForm(forms.Form):
    """The new lead, the new second inspector, or both; who is not chosen stays."""

    use_required_attribute = False

    lead = forms.ModelChoiceField(
        label=_("主办改为"), queryset=User.objects.none(), required=False, empty_label=_("不变")
    )
    second = forms.ModelChoiceField(
        label=_("协办改为"), queryset=User.objects.none(), required=False, empty_label=_("不变")
    )
    reason = SpokenCharField(label=_("更换理由"), max_length=200)

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, initial={"reason": _("工作调整")})
        for name in ("lead", "second"):
            self.fields[name].queryset = inspectors_for(by)  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = _("选的人不在可选的人员里，重新选")

    def clean(self) -> dict[str, Any]:
        lead, second = self.cleaned_data.get("lead"), self.cleaned_data.get("second")
        if not self.errors and not lead and not second:
            self.add_error("lead", _("还没选改派给谁"))
        if lead and lead == second:
            self.add_error("second", _("主办和协办不能是同一个人"))
        return self.cleaned_data


class ExportForm(forms.Form):
    """What the file is for; it is recorded with the person and the time."""

    use_required_attribute = False

    purpose = SpokenCharField(label=_("用途"), max_length=200)
