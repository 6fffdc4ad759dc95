"""Many papers bound into one PDF 案卷: cover, contents with hashes, the papers, page numbers running through.

Nothing in it depends on when or by whom it is made: the same papers in the same order give the same bytes.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from documents.rendering import renderer
from documents.services import refuse_unprintable

PDF = "application/pdf"
A4 = (595.28, 841.89)
ROUNDS = 4
UNREADABLE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What a reader of PDF raises about a file that is not what it says."""


class Unbindable(Exception):
    """A paper that cannot be bound; the text says which, for the person."""


@dataclass(frozen=True)
class Paper:
    """One paper to bind: what it is called, its kind of file and its bytes."""

    title: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of the paper as it is kept."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Entry:
    """One line of the contents."""

    number: int
    title: str
    sha256: str
    first: int
    last: int


@dataclass(frozen=True)
class Bound:
    """The file and its contents."""

    content: bytes
    pages: int
    entries: tuple[Entry, ...]


def bind(papers: Sequence[Paper], cover: dict[str, Any]) -> Bound:
    """One PDF of all papers in their order, behind cover and contents.

    Unbindable for a paper that cannot be read, StepRefused for a character that cannot be printed, RenderingFailed
    when a sheet cannot be made.
    """
    bodies = [_pages_of(paper) for paper in papers]
    front, entries = _front(papers, [len(body) for body in bodies], cover)
    pages = [("", page) for page in front]
    pages += [(paper.title, page) for paper, body in zip(papers, bodies, strict=True) for page in body]
    writer = PdfWriter()
    numbers = PdfReader(io.BytesIO(_rendered("documents/bound_numbers.html", {"total": len(pages)}))).pages
    for (title, page), number in zip(pages, numbers, strict=True):
        try:
            _stamp(writer.add_page(page), number)
        except UNREADABLE as error:
            raise _unbindable(title) from error
    for entry in entries:
        writer.add_outline_item(title=f"{entry.number}. {entry.title}", page_number=entry.first - 1)
    writer.compress_identical_objects(remove_unreferenced=True)
    target = io.BytesIO()
    writer.write(target)
    return Bound(target.getvalue(), len(pages), entries)


def _front(
    papers: Sequence[Paper], lengths: Sequence[int], cover: dict[str, Any]
) -> tuple[list[PageObject], tuple[Entry, ...]]:
    """Cover and contents with the right page numbers: they depend on how many pages these sheets take themselves."""
    own = 2
    for _round in range(ROUNDS):
        entries = _entries(papers, lengths, own)
        total = own + sum(lengths)
        html = _html("documents/bound_front.html", {**cover, "entries": entries, "total": total})
        refuse_unprintable(str(cover["title"]), html)
        pages = list(PdfReader(io.BytesIO(renderer(settings.FONT_DIR).pdf(html))).pages)
        if len(pages) == own:
            return pages, entries
        own = len(pages)
    raise Unbindable(_("目录的页数定不下来，少选几份材料再试"))


def _entries(papers: Sequence[Paper], lengths: Sequence[int], before: int) -> tuple[Entry, ...]:
    found, last = [], before
    for number, (paper, length) in enumerate(zip(papers, lengths, strict=True), start=1):
        found.append(Entry(number, paper.title, paper.sha256, last + 1, last + length))
        last += length
    return tuple(found)


def _pages_of(paper: Paper) -> list[PageObject]:
    """The pages of a PDF as they are; a picture on one sheet."""
    content = paper.content if paper.content_type == PDF else _sheet(paper)
    try:
        pages = list(PdfReader(io.BytesIO(content)).pages)
    except UNREADABLE as error:
        raise _unbindable(paper.title) from error
    if not pages:
        raise _unbindable(paper.title)
    return pages


def _unbindable(title: str) -> Unbindable:
    return Unbindable(_("%(title)s打不开，不能装订；去掉这一份再试") % {"title": title})


def _sheet(paper: Paper) -> bytes:
    address = f"data:{paper.content_type};base64,{base64.b64encode(paper.content).decode()}"
    return _rendered("documents/bound_picture.html", {"address": address})


def _html(template: str, content: dict[str, Any]) -> str:
    return render_to_string(template, content)


def _rendered(template: str, content: dict[str, Any]) -> bytes:
    return renderer(settings.FONT_DIR).pdf(_html(template, content))


def _stamp(page: PageObject, number: PageObject) -> None:
    """第 n 页 共 m 页 stands at the foot of the page as it is seen, whatever its size."""
    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.mediabox
    scale = min(1.0, float(box.width) / A4[0])
    left = float(box.left) + (float(box.width) - A4[0] * scale) / 2
    page.merge_transformed_page(number, Transformation().scale(scale).translate(left, float(box.bottom)))
