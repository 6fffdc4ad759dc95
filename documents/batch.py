"""Many documents as one file for the printer: in the order given, each beginning on an odd page."""

import io
from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from agencies.models import User
from cases.models import CaseQuerySet
from documents import selectors, services
from documents.models import Document
from documents.rendering import renderer
from documents.wording import cn_datetime

MOST = 100


def latest(cases: CaseQuerySet, kind: str, by: User) -> dict[int, Document]:
    """The newest valid document of the kind of each case, by the case's key."""
    found = selectors.read_by(by).filter(case__in=cases, kind=kind, state=Document.State.ISSUED)
    found = found.select_related("case__agency")
    return {document.case_id: document for document in found.order_by("issued_at", "pk")}


def kinds_of(cases: CaseQuerySet, by: User) -> list[tuple[str, str, int]]:
    """What the person reads of what was issued: kind, title, on how many of the cases; the most frequent first."""
    rows = (
        selectors.read_by(by)
        .filter(case__in=cases, state=Document.State.ISSUED)
        .order_by()
        .values_list("kind", "title", "case")
        .distinct()
    )
    counts: dict[str, tuple[str, int]] = {}
    for kind, title, _case in rows:
        counts[kind] = (title, counts.get(kind, (title, 0))[1] + 1)
    return sorted(
        ((kind, title, n) for kind, (title, n) in counts.items()), key=lambda row: (-row[2], row[0])
    )


def cover(documents: Sequence[Document], by: User) -> bytes:
    """The sheet that lies on top: which case's document, under which number, in order; who printed it and when.

    Raises StepRefused when a character cannot be printed, RenderingFailed when there is no PDF.
    """
    rows = [
        {
            "number": each.case.number,
            "respondent": each.case.respondent_name,
            "document_no": each.number or "—",
        }
        for each in documents
    ]
    content = {"title": documents[0].title, "by": str(by), "at": cn_datetime(timezone.now()), "rows": rows}
    html = render_to_string("documents/batch_list.html", content)
    services.refuse_unprintable(documents[0].title, html)
    return renderer(settings.FONT_DIR).pdf(html)


def joined(contents: Sequence[bytes]) -> bytes:
    """One PDF of all, for printing on both sides: an empty page follows where a document ends on an odd one."""
    writer = PdfWriter()
    for content in contents:
        pages = PdfReader(io.BytesIO(content)).pages
        for page in pages:
            writer.add_page(page)
        if len(pages) % 2:
            last = pages[-1].mediabox
            writer.add_blank_page(width=last.width, height=last.height)
    preferences = writer.create_viewer_preferences()
    preferences[NameObject("/Duplex")] = NameObject("/DuplexFlipLongEdge")
    preferences[NameObject("/PrintScaling")] = NameObject("/None")
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()
