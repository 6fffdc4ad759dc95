"""The filters of the work list, as they stand in the address."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Town, User
from cases.forms import DayField, MoneyField
from cases.models import Assignment, Case, CaseQuerySet, Employer, Party, Person
from cases.money import yuan
from cases.workflow.registry import workflows

ANY = ("", _("不限"))
HANDLING = ("inspector", "arbitrator", "mediator")
# Filters that a column of the case answers, and how.
COLUMNS = {
    "kind": "kind",
    "state": "state",
    "town": "town",
    "handler": "handler",
    "amount_from": "claimed_fen__gte",
    "amount_to": "claimed_fen__lte",
    "registered_from": "registered_at__date__gte",
    "registered_to": "registered_at__date__lte",
    "due_from": "due_on__gte",
    "due_to": "due_on__lte",
}
FLAGS = {"group": "is_group", "priority": "is_priority"}
PAIRS = (("amount_from", "amount_to"), ("registered_from", "registered_to"), ("due_from", "due_to"))


class FilterForm(forms.Form):
    """What the list is narrowed to. A value that cannot be read is said at its field and narrows nothing."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("类型"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    town = forms.ModelChoiceField(
        label=_("用工镇街"), queryset=Town.objects.all(), required=False, empty_label=ANY[1]
    )
    handler = forms.ModelChoiceField(
        label=_("承办人"), queryset=User.objects.none(), required=False, empty_label=ANY[1]
    )
    channel = forms.ChoiceField(label=_("来源"), required=False)
    word = forms.CharField(label=_("单位名称含"), max_length=40, required=False)
    amount_from = MoneyField(label=_("金额从"), required=False, allow_zero=True)
    amount_to = MoneyField(label=_("金额到"), required=False, allow_zero=True)
    registered_from = DayField(label=_("登记日期从"), required=False)
    registered_to = DayField(label=_("登记日期到"), required=False)
    due_from = DayField(label=_("办结期限从"), required=False)
    due_to = DayField(label=_("办结期限到"), required=False)
    mine = forms.BooleanField(label=_("只看我承办的"), required=False)
    group = forms.BooleanField(label=_("群体案件"), required=False)
    priority = forms.BooleanField(label=_("农民工优先"), required=False)
    person = forms.UUIDField(label=_("人员"), required=False, widget=forms.HiddenInput)
    employer = forms.UUIDField(label=_("单位"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.user = user
        self.fields["kind"].choices = [ANY, *_kinds()]  # type: ignore[attr-defined]
        if user.agency.parent_id is not None:  # a bureau and its offices have one kind of case each
            del self.fields["kind"]
        self.fields["state"].choices = [ANY, *_states()]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [ANY, *_channels()]  # type: ignore[attr-defined]
        self.fields["handler"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            agency__path__startswith=user.agency.path, role__in=HANDLING, is_active=True
        )

    def clean(self) -> dict[str, Any]:
        for low, high in PAIRS:
            first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
            if first is not None and last is not None and first > last:
                sentence = _("“%(low)s”比“%(high)s”大，换一下")
                labels = {"low": self.fields[low].label, "high": self.fields[high].label}
                self.add_error(high, sentence % labels)
        return self.cleaned_data

    def apply(self, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases that match what was chosen."""
        chosen = self.chosen
        wanted = Q(**{COLUMNS[name]: value for name, value in chosen.items() if name in COLUMNS})
        wanted &= Q(**{FLAGS[name]: True for name in chosen if name in FLAGS})
        if "channel" in chosen:
            wanted &= _came_by(chosen["channel"])
        if "word" in chosen:
            wanted &= _employs(chosen["word"])
        if "mine" in chosen:
            wanted &= Q(pk__in=Assignment.objects.filter(user=self.user, until=None).values("case"))
        for name, lookup in (("person", "person__public_id"), ("employer", "employer__public_id")):
            if name in chosen:
                parties = Party.objects.filter(**{lookup: chosen[name]})
                readable = Case.objects.readable_by(self.user).filter(pk__in=parties.values("case"))
                wanted &= Q(pk__in=readable.values("pk"))
        return cases.filter(wanted)

    @property
    def chosen(self) -> dict[str, Any]:
        """What narrows the list: every field that says something and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}

    @property
    def shown(self) -> list[Any]:
        """The fields of the panel."""
        return [field for field in self if not field.is_hidden]

    @property
    def chips(self) -> list[dict[str, Any]]:
        """What is chosen in words, each with the name to take out of the address."""
        return [{"name": name, "text": self._words(name, value)} for name, value in self.chosen.items()]

    def _words(self, name: str, value: Any) -> str:
        label = str(self.fields[name].label)
        if value is True:
            return label
        if isinstance(value, UUID):
            value = self._called(Person if name == "person" else Employer, value)
        elif name.startswith("amount"):
            value = yuan(value)
        elif name in ("kind", "state", "channel"):
            value = dict(self.fields[name].choices).get(value, value)  # type: ignore[attr-defined]
        return f"{label} {value}"

    def _called(self, model: type[Model], public_id: UUID) -> str:
        """The name behind an id of the address, if it is of the reader's own registry."""
        row = model._default_manager.filter(
            public_id=public_id, agency__path__startswith=self.user.agency.path
        )
        return str(row.first() or "—")


def _employs(word: str) -> Q:
    former = Employer.objects.filter(former_names__contains=word)
    return Q(respondent_name__contains=word) | Q(
        pk__in=Party.objects.filter(employer__in=former).values("case")
    )


def _kinds() -> list[tuple[str, Any]]:
    return [(each.kind, each.label) for each in workflows() if each.model_name.endswith("Case")]


def _states() -> list[tuple[str, Any]]:
    return _each_once(
        (state.value, state.label)
        for workflow in workflows()
        if workflow.model_name.endswith("Case")
        for state in workflow.states
    )


def _each_once(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Every code once; where kinds call it differently, with each of the names."""
    names: dict[str, list[str]] = {}
    for code, label in choices:
        known = names.setdefault(code, [])
        if str(label) not in known:
            known.append(str(label))
    return [(code, "/".join(labels)) for code, labels in names.items()]


def _with_channels() -> dict[str, Any]:
    """The details that say where their cases come from, by the name under which a case has them."""
    details = {
        workflow.detail: workflow.model._meta.get_field(workflow.detail).related_model
        for workflow in workflows()
        if workflow.model_name.endswith("Case")
    }
    return {
        name: detail
        for name, detail in details.items()
        if any(field.name == "channel" for field in detail._meta.get_fields())
    }


def _came_by(channel: str) -> Q:
    """The cases of every kind that came that way."""
    found = Q(pk__in=[])
    for name in _with_channels():
        found |= Q(**{f"{name}__channel": channel})
    return found


def _channels() -> list[tuple[str, Any]]:
    """Where cases come from, of every kind that says so."""
    return _each_once(
        choice for detail in _with_channels().values() for choice in detail._meta.get_field("channel").choices
    )
