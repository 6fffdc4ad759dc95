"""What templates need and Django lacks: amounts, masks, dates and rates to read, controls, error lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, RadioSelect, Select
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases import identity, money, names

register = template.Library()

NOTHING = "—"
"""Stands where there is no value: an empty cell could also be a fault."""


# Values. A variable that is missing from the context arrives as "".


@register.filter
def yuan(fen: int | str | None) -> str:
    """The amount in yuan as in tables, `438,000.00`; a dash where there is none."""
    return NOTHING if fen is None or isinstance(fen, str) else money.yuan(fen)


@register.filter
def wan(fen: int | str | None) -> str:
    """The amount in ten thousand yuan with two places, `2,316.80`; a dash where there is none."""
    return NOTHING if fen is None or isinstance(fen, str) else money.wan(fen)


@register.filter
def rmb_words(fen: int | str | None) -> str:
    """The amount in capital words, 肆拾叁万捌仟元整; empty where there is none."""
    return "" if fen is None or isinstance(fen, str) else money.rmb_words(fen)


@register.filter
def mask_id(number: str | None) -> str:
    """A number of an identity card without the middle: `500***********1234`."""
    return names.mask_id(number) if number else NOTHING


@register.filter
def mask_phone(number: str | None) -> str:
    """A telephone number without the middle: `138****5678`."""
    return names.mask_phone(number) if number else NOTHING


@register.filter
def phone(number: str | None) -> str:
    """A telephone number in full, a fixed one with its hyphen: `023-45671234`."""
    return identity.phone_text(number) if number else NOTHING


@register.filter
def cn_date(day: date | None) -> str:
    """The day as it stands in documents: 2026年11月23日; Beijing's day of an instant."""
    if not day:
        return NOTHING
    local = _local(day)
    return _("%(year)d年%(month)d月%(day)d日") % {"year": local.year, "month": local.month, "day": local.day}


@register.filter
def cn_day(day: date | None) -> str:
    """The day as it stands in sentences, without the year: 11月23日."""
    if not day:
        return NOTHING
    local = _local(day)
    return _("%(month)d月%(day)d日") % {"month": local.month, "day": local.day}


@register.filter
def cn_datetime(at: datetime | None) -> str:
    """Beijing's day and minute of an instant: 2026年11月23日10:32."""
    if not at:
        return NOTHING
    return _("%(day)s%(time)s") % {"day": cn_date(at), "time": f"{_local(at):%H:%M}"}


def _local(day: date) -> date:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


@register.filter
def percent2(rate: Fraction | Decimal | int | str | None) -> str:
    """The rate with two places, half to even, `97.62%`; a dash where the denominator is 0.

    Floats are refused: the comparison with the target is made on the exact fraction, and so is what is shown.
    """
    if rate is None or isinstance(rate, str):
        return NOTHING
    if isinstance(rate, float):
        raise TypeError("a rate is a Fraction or a Decimal")
    hundredths = round(Fraction(rate) * 10_000)
    sign, hundredths = ("-" if hundredths < 0 else ""), abs(hundredths)
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}%"


@register.filter
def elided_pages(page: Page) -> Iterator[int | str]:
    """The page numbers worth a link, with an ellipsis for those left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


# Forms


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the field is one box to tick."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def first_control_id(field: BoundField) -> str:
    """The id of the first element of the field that takes the focus."""
    return f"{field.auto_id}_0" if isinstance(field.field.widget, RadioSelect) else field.auto_id


@register.filter
def described_by(field: BoundField, echo: str = "") -> str:
    """The ids of echo, hint and error of the field, in reading order; empty when there is none."""
    parts = (("echo", echo), ("helptext", field.help_text), ("error", field.errors))
    return " ".join(f"{field.auto_id}_{part}" for part, there in parts if there)


@register.simple_tag
def echo_kind(field: BoundField, given: str = "") -> str:
    """What is read back of the typed value (money, month, day): as given, else as the widget says."""
    return given or field.field.widget.attrs.get("data-echo", "")


@register.simple_tag
def control(
    field: BoundField, *, echo: str = "", hint: str = "", required: bool = False, check: str = ""
) -> SafeString:
    """The field's widget with the look of the site, wired to its echo, hint and error.

    `required` marks a field that must be filled although its form field is optional; `check` (id, phone) is
    made on leaving it. Staff sit at shared computers, so the browser keeps nothing unless the widget asks for it.
    """
    widget = field.field.widget
    described = described_by(field, echo)
    if hint and not field.help_text:
        described = f"{described} {field.auto_id}_helptext".strip()
    attrs: dict[str, str | bool] = {
        "class": f"{_control_class(field)} {widget.attrs.get('class', '')}".strip()
    }
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    if field.field.required or required:
        attrs["aria-required"] = "true"
    if check:
        attrs["data-check"] = check
    if "autocomplete" not in widget.attrs and not is_checkbox(field) and not isinstance(widget, Select):
        attrs["autocomplete"] = "off"
    return field.as_widget(attrs=attrs)


def _control_class(field: BoundField) -> str:
    if is_checkbox(field):
        return "form-check-input"
    return "form-select" if isinstance(field.field.widget, Select) else "form-control"


@dataclass(frozen=True)
class ErrorLine:
    """One thing to correct; `target` is the id of the control, empty when no single one is meant."""

    text: str
    target: str = ""


@register.simple_tag
def error_lines(*sources: BaseForm | BaseFormSet | Iterable | str | None) -> list[ErrorLine]:
    """Every error of the forms and formsets, in reading order, worded as at the field.

    A source may be a form, a formset or a list of them; what is missing from the context is passed over.
    A line of a formset opens with its row.
    """
    lines: list[ErrorLine] = []
    for source in sources:
        if isinstance(source, BaseForm):
            lines += _form_lines(source)
        elif isinstance(source, BaseFormSet):
            lines += _formset_lines(source)
        elif source and not isinstance(source, str):
            lines += error_lines(*source)
    return lines


def _form_lines(form: BaseForm) -> list[ErrorLine]:
    lines = [ErrorLine(str(error)) for error in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else first_control_id(field)
        lines += [ErrorLine(str(error), target) for error in field.errors]
    return lines


def _formset_lines(formset: BaseFormSet) -> list[ErrorLine]:
    if not formset.is_bound:
        return []
    lines = [ErrorLine(str(error)) for error in formset.non_form_errors()]
    kept = [form for form in formset.forms if not _is_deleted(form)]
    for number, form in enumerate(kept, start=1):
        lines += [
            ErrorLine(_("第%(row)d行 %(text)s") % {"row": number, "text": line.text}, line.target)
            for line in _form_lines(form)
        ]
    return lines


def _is_deleted(form: BaseForm) -> bool:
    return bool(getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME))
