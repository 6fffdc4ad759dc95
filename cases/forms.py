"""Fields that understand what people type, and the base of every form that belongs to a step."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from cases import days, identity, money, months, names
from cases.identity import InvalidValue


def _spoken(call: Callable[[], Any]) -> Any:
    """The value, or its refusal as a form error in the reader's language."""
    try:
        return call()
    except InvalidValue as error:
        raise ValidationError(error.sentence(gettext)) from error


FIRST_YEAR = 2000  # no fact of a case is older; an older one was mistyped


def whole_number(text: Any) -> int | None:
    """The number that plain digits mean, at most nine of them; None for anything else."""
    typed = str(text or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def about(message: str, label: Any, **params: Any) -> Any:
    """A sentence that names a field, put together when it is read, in the reader's language."""
    return lazy(lambda: translate(message) % {"label": label, **params}, str)()


class SpokenCharField(forms.CharField):
    """Text whose missing value is said in words: 还没填手机号."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})
        super().__init__(*args, **kwargs)
        if self.label and "required" not in kwargs["error_messages"]:
            self.error_messages["required"] = about(gettext_noop("还没填%(label)s"), self.label)
        if self.max_length and "max_length" not in kwargs["error_messages"]:
            self.error_messages["max_length"] = about(
                gettext_noop("%(label)s最多写%(most)s个字"), self.label, most=self.max_length
            )


class ArticleField(SpokenCharField):
    """A provision with its article: 《……条例》第七条."""

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        if value and not ("第" in value and "条" in value):
            raise ValidationError(
                about(gettext_noop("%(label)s要写明是哪份文件的第几条"), self.label or _("依据"))
            )
        return value


class TextField(SpokenCharField):
    """Several lines of text."""

    widget = forms.Textarea(attrs={"rows": 3})


class MoneyField(SpokenCharField):
    """An amount typed in yuan (36500, 36,500, 3.65万); the cleaned value is whole fen. An int is taken as fen."""

    def __init__(self, *, allow_zero: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow_zero = allow_zero
        self.widget.attrs.update({"inputmode": "decimal", "data-echo": "money", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return money.yuan(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if not (value or "").strip() and not self.required:
            return None
        if not (value or "").strip():
            raise ValidationError(self.error_messages["required"])
        return _spoken(lambda: money.parse_amount(value, label=str(self.label), allow_zero=self.allow_zero))


class MonthField(SpokenCharField):
    """A month typed as 2507, 25.7 or 202507; the cleaned value is 2025-07."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "data-echo": "month", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        return _spoken(lambda: months.parse_month(value, label=str(self.label))) if value else value


class DayField(forms.DateField):
    """A day typed as 20261123, 1123, 今天 or -3."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "data-echo": "day", "autocomplete": "off"})

    def __init__(self, *, past_only: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.past_only = past_only
        self.error_messages["required"] = about(gettext_noop("还没填%(label)s"), self.label)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        today = timezone.localdate()
        try:
            day = days.parse_day(str(value), today)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not FIRST_YEAR <= day.year <= today.year + 3:
            raise ValidationError(_("%(label)s离今天太远，核对年份") % {"label": self.label})
        if self.past_only and day > today:
            raise ValidationError(_("%(label)s不能晚于今天") % {"label": self.label})
        return day


class NameField(SpokenCharField):
    """A person's name with any 汉字; kept as it is on the card."""

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        return _spoken(lambda: names.check_name(value, label=str(self.label))) if value else value


class PhoneField(SpokenCharField):
    """A personal phone number, digits only."""

    def __init__(self, *, landline: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.landline = landline
        self.widget.attrs.update({"inputmode": "tel", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        return _spoken(lambda: identity.normalise_phone(value, landline=self.landline)) if value else value


class UsccField(SpokenCharField):
    """A unified social credit code; a doubtful inner check is a hint, never a refusal."""

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        return _spoken(lambda: identity.check_uscc(value).value) if value else value


class ChosenField(forms.ChoiceField):
    """A choice whose missing value is said in words: 还没选办理途径."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = about(gettext_noop("还没选%(label)s"), self.label)
        self.error_messages["invalid_choice"] = about(
            gettext_noop("%(label)s里没有这一项，从列表里选"), self.label
        )


class StaffField(forms.ModelChoiceField):
    """A colleague, chosen by name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "")
        super().__init__(**kwargs)
        self.error_messages["required"] = about(gettext_noop("还没选%(label)s"), self.label)
        self.error_messages["invalid_choice"] = about(
            gettext_noop("%(label)s不在可选的人员里，重新选"), self.label
        )


class TestField(forms.TypedChoiceField):
    """A test of the law answered yes or no; the cleaned value is a bool."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("yes", _("是")), ("no", _("否"))])
        super().__init__(
            coerce=lambda value: value == "yes", widget=forms.RadioSelect, empty_value=None, **kwargs
        )
        self.error_messages["required"] = about(gettext_noop("“%(label)s”还没选是或否"), self.label)

    def clean(self, value: Any) -> bool | None:
        return super().clean({True: "yes", False: "no"}.get(value, value))


class FactsForm(forms.Form):
    """The facts of one step: built for a case and the person who takes or proposes it."""

    use_required_attribute = False
    fits_many = False
    """Whether the same answers can stand in the documents of many cases."""

    def __init__(self, *args: Any, case: Any = None, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.by = by
        self.prepare()

    def prepare(self) -> None:
        """Choices and proposed values that depend on the case."""

    def given(self) -> dict[str, Any]:
        """The facts as typed, so that they can be stored with a proposal and read again."""
        return {
            name: self.data.get(self.add_prefix(name))
            for name in self.fields
            if self.add_prefix(name) in self.data
        }


class SentForm(FactsForm):
    """That something was sent or told, when and how."""

    done_on = DayField(label=_("日期"), past_only=True, initial=timezone.localdate)
    how = SpokenCharField(label=_("方式和经手人"), max_length=120)
