"""What is asked for before numbers are shown in full."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.forms import ChosenField, SpokenCharField


class Purpose(models.TextChoices):
    """What somebody needs a number in full for."""

    CONTACT = "contact", _("联系当事人")
    IDENTITY = "identity", _("核对身份")
    SERVICE = "service", _("送达文书")
    PAYMENT = "payment", _("发放工资")
    VERIFY = "verify", _("请其他单位核实")
    OTHER = "other", _("其他")


class PurposeForm(forms.Form):
    """The purpose from the list; in own words where it is another."""

    use_required_attribute = False

    purpose = ChosenField(label=_("查看号码的用途"), choices=[("", ""), *Purpose.choices])
    note = SpokenCharField(label=_("其他用途"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("purpose") == Purpose.OTHER and not data.get("note"):
            self.add_error("note", _("还没填其他用途"))
        return data

    @property
    def sentences(self) -> list[str]:
        """What is wrong, without the fields it stands at."""
        return [str(error) for errors in self.errors.values() for error in errors]
