"""Choosing one of the units that the complaint is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cases.forms import FactsForm, about
from cases.models import Case, Party, PartyRole


class UnitField(forms.ModelChoiceField):
    """A respondent of the case; ``offer`` fills it in, the only one being chosen at once."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("哪个单位"))
        kwargs.setdefault("empty_label", "")
        super().__init__(queryset=Party.objects.none(), **kwargs)
        self.error_messages["required"] = about(gettext_noop("还没选%(label)s"), self.label)
        self.error_messages["invalid_choice"] = about(
            gettext_noop("%(label)s里没有这一项，从列表里选"), self.label
        )

    @classmethod
    def fill(cls, form: forms.Form, name: str, case: Case, *, choose_only: bool = True) -> None:
        """The field of that name in the form offers the units of the case."""
        field = form.fields[name]
        assert isinstance(field, cls)
        field.offer(case, choose_only=choose_only)

    def offer(self, case: Case, *, choose_only: bool = True) -> None:
        """The units of the case in their order."""
        units = case.parties.filter(role=PartyRole.RESPONDENT).select_related("employer").order_by("position")
        self.queryset = units
        if choose_only and len(units) == 1:
            self.initial = units[0]


class UnitForm(FactsForm):
    """What is done by or about one unit."""

    party = UnitField()

    def prepare(self) -> None:
        UnitField.fill(self, "party", self.case)
