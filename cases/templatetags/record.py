"""What was done, in the reader's language: the record keeps it in Chinese."""

import re

from django import template
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_noop

register = template.Library()

# Labels that are put together when the act is recorded; every other label is a text of its own.
_COMPOSED = (
    gettext_noop("报批：%(label)s"),
    gettext_noop("退回：%(label)s"),
    gettext_noop("开具%(document)s"),
    gettext_noop("作废%(document)s"),
    gettext_noop("补打%(document)s"),
    gettext_noop("打印%(document)s"),
    gettext_noop("并入投诉%(number)s"),
    gettext_noop("转%(kind)s"),
)
_PLACE = re.compile(r"%\\\((\w+)\\\)s")
_PATTERNS = [(text, re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(text)))) for text in _COMPOSED]


@register.filter
def act_label(label: str) -> str:
    """催告 as Demand; what a label names, such as a document, stays as it is."""
    if not label:
        return ""
    for text, pattern in _PATTERNS:
        if found := pattern.fullmatch(label):
            return translate(text) % {name: translate(part) for name, part in found.groupdict().items()}
    return translate(label)
