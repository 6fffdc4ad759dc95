"""What happens to a document after the commit: its PDF is made."""

from documents import pdf
from documents.models import Document
from documents.services import RENDER
from notifications import outbox


def _render(payload: outbox.Payload) -> pdf.StoredFile | None:
    document = Document.objects.select_related("case", "issued_by").get(public_id=str(payload["document"]))
    return None if document.has_pdf else pdf.render(document)


@outbox.handler(RENDER, prepare=_render)
def attach(payload: outbox.Payload, stored: pdf.StoredFile | None) -> None:
    """The document has its PDF. Repeating it changes nothing."""
    if stored is not None:
        pdf.attach(Document.objects.get(public_id=str(payload["document"])), stored)
