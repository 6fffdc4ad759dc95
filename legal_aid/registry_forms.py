"""The registry of firms and the amounts of the district, as they are edited."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.rights import Role
from cases.forms import ChosenField, DayField, MoneyField, SpokenCharField, StaffField, TextField
from legal_aid.forms import NumberField
from legal_aid.models import Firm, Lawyer, Rate
from legal_aid.states import Matter


class FirmForm(forms.Form):
    """One firm: its part of the cases, what it knows, whom it must not act against."""

    use_required_attribute = False

    name = SpokenCharField(label=_("机构名称"), max_length=80)
    kind = ChosenField(label=_("类别"), choices=Firm.Kind.choices)
    weight = NumberField(label=_("权重"), min_value=1, max_value=100, initial=1)
    most_open = NumberField(label=_("同时在办上限"), min_value=1, max_value=999, initial=20)
    phone = SpokenCharField(label=_("电话"), max_length=40, required=False)
    address = SpokenCharField(label=_("地址"), max_length=160, required=False)
    specialities = forms.MultipleChoiceField(
        label=_("专长"), choices=Matter.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("接受指派"), required=False, initial=True)
    ties = TextField(
        label=_("利害关系"),
        max_length=2000,
        required=False,
        help_text=_("每行一家单位：单位全称，关系；如：重庆某某公司，常年法律顾问"),
    )

    def __init__(self, *args: Any, agency: Any, firm: Firm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.firm = agency, firm

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Firm.objects.filter(agency=self.agency, name=name)
        if (same.exclude(pk=self.firm.pk) if self.firm else same).exists():
            raise ValidationError(_("名册里已经有这家机构"))
        return name

    def clean_ties(self) -> list[tuple[str, str]]:
        """Name and relation of each unit."""
        rows = []
        for number, line in enumerate(self.cleaned_data["ties"].splitlines(), start=1):
            if not line.strip():
                continue
            name, _comma, reason = line.replace(",", "，").partition("，")
            if not name.strip() or not reason.strip():
                raise ValidationError(_("第%(n)d行要写单位全称和关系，中间用逗号") % {"n": number})
            rows.append((name.strip()[:120], reason.strip()[:120]))
        return rows


class LawyerForm(forms.Form):
    """An account of a lawyer joins the firm."""

    use_required_attribute = False

    user = StaffField(label=_("律师账号"), queryset=User.objects.none())
    licence_no = SpokenCharField(label=_("执业证号"), max_length=40)

    def __init__(self, *args: Any, agency: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = Lawyer.objects.values("user")
        self.fields["user"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            agency=agency, role=Role.AID_LAWYER, is_active=True
        ).exclude(pk__in=taken)


class RateForm(forms.Form):
    """An amount that holds from a day on."""

    use_required_attribute = False

    code = ChosenField(label=_("项目"), choices=[("", ""), *Rate.Code.choices])
    from_on = DayField(label=_("从哪天起"))
    amount = MoneyField(label=_("金额"), max_length=40, allow_zero=True)
    basis = SpokenCharField(label=_("依据的文件"), max_length=200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code, day = data.get("code"), data.get("from_on")
        if code and day and Rate.objects.filter(code=code, from_on=day).exists():
            self.add_error("from_on", _("这一项从这天起已经有标准；要改的写另一天"))
        return data
