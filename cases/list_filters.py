"""The filters of the work list, as they stand in the address."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Town, User
from cases.models import CaseQuerySet
from cases.workflow.registry import workflows

ANY = ("", _("不限"))


class FilterForm(forms.Form):
    """What the list is narrowed to. A value that cannot be read narrows nothing."""

    use_required_attribute = False

    state = forms.ChoiceField(label=_("状态"), required=False)
    town = forms.ModelChoiceField(
        label=_("用工镇街"), queryset=Town.objects.all(), required=False, empty_label=ANY[1]
    )
    handler = forms.ModelChoiceField(
        label=_("承办人"), queryset=User.objects.none(), required=False, empty_label=ANY[1]
    )
    group = forms.BooleanField(label=_("群体案件"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        states = {
            state.value: state.label
            for workflow in workflows()
            if workflow.model_name.endswith("Case")
            for state in workflow.states
        }
        self.fields["state"].choices = [ANY, *states.items()]  # type: ignore[attr-defined]
        self.fields["handler"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            agency__path__startswith=user.agency.path, role__in=["inspector", "arbitrator", "mediator"]
        )

    def apply(self, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases that match what was chosen."""
        wanted = Q()
        for name, column in (("state", "state"), ("town", "town"), ("handler", "handler")):
            if chosen := self._chosen(name):
                wanted &= Q(**{column: chosen})
        if self._chosen("group"):
            wanted &= Q(is_group=True)
        return cases.filter(wanted)

    def _chosen(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def chips(self) -> list[dict[str, Any]]:
        """What is chosen, each with the name to take out of the address."""
        found = []
        for name, field in self.fields.items():
            if chosen := self._chosen(name):
                words = dict(getattr(field, "choices", ())).get(chosen, chosen) if name == "state" else chosen
                text = str(field.label) if chosen is True else f"{field.label} {words}"
                found.append({"name": name, "text": text})
        return found
