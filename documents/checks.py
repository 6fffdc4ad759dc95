"""What must be in place before the site starts: every kind that is said to be ready can be made."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from documents import catalogue, context


def problems() -> list[str]:
    """A sentence for each ready kind without a template or a builder. Empty when all can be made."""
    found = []
    for kind in catalogue.KINDS:
        if not kind.ready:
            continue
        if not context.has_builder(kind.id):
            found.append(f"文书{kind.id}《{kind.title}》没有登记内容")
        try:
            get_template(kind.template_name)
        except TemplateDoesNotExist:
            found.append(f"文书{kind.id}《{kind.title}》没有模板{kind.template_name}")
    return found


@register
def check_ready_kinds(**_options: Any) -> list[CheckMessage]:
    return [Error(sentence, id="documents.E001") for sentence in problems()]
