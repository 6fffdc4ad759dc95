"""The cells of the roster: as little markup, and as little work, as hundreds of rows can bear."""

from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def cell(field: BoundField, *, required: bool = False, carry: bool = False) -> SafeString:
    """The text box of one cell, named for those who do not see the head of its column.

    Written out here, because a widget renders a template of its own and a roster has thousands. ``carry`` marks what
    may be carried down from the row above.
    """
    value = field.value()
    attrs: dict[str, str | bool] = {
        **field.field.widget.attrs,
        "type": "text",
        "name": field.html_name,
        "id": field.auto_id,
        "class": "form-control",
        "autocomplete": "off",
        "aria-label": str(field.label),
        "data-carry": carry,
    }
    if value not in (None, ""):
        attrs["value"] = str(value)
    if required:
        attrs["aria-required"] = "true"
    if field.name in field.form.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
    attrs.pop("data-echo", None)
    return format_html("<input{}>", flatatt(attrs))


@register.simple_tag
def tick(field: BoundField) -> SafeString:
    """The box of one cell; its label stands beside it in the template."""
    is_ticked = field.value() in (True, "on", "yes", "True")
    attrs = {"name": field.html_name, "id": field.auto_id, "checked": is_ticked}
    return format_html('<input type="checkbox" class="form-check-input"{}>', flatatt(attrs))


@register.simple_tag
def problems(form: BaseForm) -> list[BoundField]:
    """The fields of the row in which something is wrong; none of an unjudged row."""
    return [form[name] for name in form.errors if name in form.fields] if form.is_bound else []
