"""What is typed on the pages of the settings: accounts, absences, codes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from agencies import absences
from agencies.models import Agency, User
from agencies.rights import Role, may_sit_in

DAY_FORMATS = ["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"]
USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
CODE = re.compile(r"[0-9A-Za-z_-]+")
MOST_ORDER = 32767


def _said(message: str, **values: Any) -> Any:
    """A sentence that names a field, put together when it is read."""
    return lazy(lambda: translate(message) % values, str)()


class SettingsForm(forms.Form):
    """Missing and overlong values are said in words that name the field."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            missing = gettext_noop("还没选%(label)s") if chosen else gettext_noop("还没填%(label)s")
            field.error_messages["required"] = _said(missing, label=field.label)
            field.error_messages["invalid_choice"] = _said(
                gettext_noop("%(label)s里没有这一项，从列表里选"), label=field.label
            )
            field.widget.attrs.setdefault("autocomplete", "off")
            if isinstance(field, forms.CharField) and field.max_length:
                field.error_messages["max_length"] = _said(
                    gettext_noop("%(label)s最多写%(most)s个字"), label=field.label, most=field.max_length
                )

    def refuse(self, refusal: ValidationError) -> None:
        """The sentences of a service stand at their fields, or above the form where it has no such field."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


def _day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": _("日期看不懂，可写20261123或者2026-11-23")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
        **options,
    )


class PersonForm(SettingsForm):
    """The columns of an account that the administrator changes."""

    display_name = forms.CharField(label=_("姓名"), max_length=50)
    agency = forms.ModelChoiceField(label=_("机构"), queryset=Agency.objects.all(), empty_label="")
    role = forms.ChoiceField(label=_("角色"), choices=[("", ""), *Role.choices])
    licence_no = forms.CharField(
        label=_("执法证号"), max_length=40, required=False, help_text=_("监察员调查取证要有")
    )
    licence_until = _day_field(_("执法证有效期至"), required=False)
    office_phone = forms.CharField(label=_("办公电话"), max_length=40, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        role, agency = data.get("role"), data.get("agency")
        if role and agency and not may_sit_in(role, agency.code):
            words = {"agency": agency, "role": Role(role).label}
            self.add_error(
                "role",
                ValidationError(_("%(agency)s没有“%(role)s”这个角色，换一个角色或者机构"), params=words),
            )
        return data

    def columns(self) -> dict[str, Any]:
        """The values for `people.add` and `people.edit`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class NewPersonForm(PersonForm):
    """An account that does not exist yet."""

    username = forms.CharField(
        label=_("账号"),
        max_length=40,
        help_text=_("小写字母开头，可以有数字，例如 zhoumin；建好以后不能改"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("username",)

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if not USERNAME.fullmatch(name):
            raise ValidationError(_("账号用3到40个小写字母、数字，第一个是字母"))
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("账号%(name)s已经有了，换一个") % {"name": name})
        return name


class StaffChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.display_name}（{obj.agency.short_name}，{obj.get_role_display()}）"


class AbsenceForm(SettingsForm):
    """Who is away from when to when, and who stands in."""

    user = StaffChoiceField(label=_("谁缺勤"), queryset=User.objects.none(), empty_label="")
    from_on = _day_field(_("第一天"))
    to_on = _day_field(_("最后一天"), help_text=_("这一天也算在内"))
    deputy = StaffChoiceField(
        label=_("代办人"),
        queryset=User.objects.none(),
        required=False,
        empty_label="",
        help_text=_("同一机构的人"),
    )
    reason = forms.CharField(label=_("事由"), max_length=80, required=False)

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        people = absences.people_of(by).order_by("agency__path", "display_name")
        for name in ("user", "deputy"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]


class BodyForm(SettingsForm):
    """The columns of a body that the administrator changes."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("全称，印在文书上"))
    short_name = forms.CharField(label=_("简称"), max_length=40)
    phone = forms.CharField(label=_("办公电话"), max_length=40, required=False)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    document_prefix = forms.CharField(
        label=_("文号机关代字"), max_length=20, required=False, help_text=_("例如铜人社监")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CodeForm(SettingsForm):
    """One code of a list: its words, its place, whether forms offer it."""

    text = forms.CharField(label=_("名称"), max_length=40)
    order = forms.IntegerField(
        label=_("顺序"),
        min_value=0,
        max_value=MOST_ORDER,
        help_text=_("小的排在前面"),
        error_messages={
            "invalid": _("顺序要填整数，例如 25"),
            "min_value": _("顺序不能小于0"),
            "max_value": _("顺序不能大于32767"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    in_use = forms.BooleanField(label=_("在用（表单里可以选）"), required=False, initial=True)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewCodeForm(SettingsForm):
    """A code the list does not have yet."""

    code = forms.CharField(
        label=_("代码"), max_length=12, help_text=_("字母、数字，存进案件，建好以后不能改")
    )
    text = forms.CharField(label=_("名称"), max_length=40)
    order = CodeForm.base_fields["order"]

    def __init__(self, *args: Any, longest_code: int = 12, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest_code = longest_code
        self.fields["code"].help_text = _said(
            gettext_noop("字母、数字，最多%(n)s位；存进案件，建好以后不能改"), n=longest_code
        )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not CODE.fullmatch(code) or len(code) > self.longest_code:
            raise ValidationError(
                _("代码用字母和数字，最多%(n)s位，现在是“%(code)s”"),
                params={"n": self.longest_code, "code": code},
            )
        return code
