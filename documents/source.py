"""The HTML source of a document: frozen when it is issued, shown when it is previewed."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.template import Engine
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from documents.catalogue import Kind
from documents.context import DOCUMENT_LANGUAGE

# Draws the full-width yuan sign as a dollar in some typefaces; both signs read the same.
_SAME_SIGN = str.maketrans({"\N{FULLWIDTH YEN SIGN}": "\N{YEN SIGN}"})


def html_of(kind: Kind, content: dict[str, Any]) -> str:
    """The whole page. Every value is escaped: TypeError when one claims to be HTML already."""
    refuse_markup(content)
    with translation.override(DOCUMENT_LANGUAGE):
        return render_to_string(kind.template_name, content).translate(_SAME_SIGN)


def refuse_markup(value: Any) -> None:
    """Nothing, or TypeError where a value would pass the escaping."""
    if isinstance(value, SafeString):
        raise TypeError("a document takes plain text only")
    if isinstance(value, Mapping):
        for each in value.values():
            refuse_markup(each)
    elif isinstance(value, list | tuple):
        for each in value:
            refuse_markup(each)


@cache
def template_version(kind: Kind) -> str:
    """A short digest of the kind's template and everything that all templates share."""
    own, layout = _file_of(kind.template_name), _file_of("layouts/print.html")
    digest = sha256()
    for path in [own, layout, *sorted(own.parent.glob("_*"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _file_of(template_name: str) -> Path:
    return Path(str(Engine.get_default().get_template(template_name).origin.name))
