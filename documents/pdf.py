"""The PDF of an issued document: made once, stored outside the web root, checked whenever it is read."""

import logging
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document
from documents.rendering import RenderingFailed, renderer
from notifications.services import notify

log = logging.getLogger("huxin.documents")


class DocumentDamaged(Exception):
    """The text or the file is not what was issued. Nothing is handed out."""


@dataclass(frozen=True)
class StoredFile:
    """A file in the folder of documents, whole and on disk."""

    name: str
    sha256: str
    size: int


def folder() -> Path:
    return Path(settings.MEDIA_ROOT, "documents")


def pdf_of(document: Document) -> bytes:
    """The bytes of the PDF, the same for ever; made now when they do not exist yet.

    Raises RenderingFailed when they cannot be made, DocumentDamaged when they are not what was stored.
    """
    if not document.has_pdf:
        attach(document, render(document))
        document.refresh_from_db()
    content = _read(document)
    if len(content) != document.pdf_size or sha256(content).hexdigest() != document.pdf_sha256:
        log.error("document_file_damaged", extra={"document_id": document.pk})
        raise DocumentDamaged(document.pdf_name)
    return content


def render(document: Document) -> StoredFile:
    """The PDF lies in the folder under a random name; the document does not know it yet.

    Slow: call it outside transactions. A failure stands on the document and alarms, then RenderingFailed.
    """
    if not document.text_is_intact():
        log.error("document_text_damaged", extra={"document_id": document.pk})
        raise DocumentDamaged(document.number)
    try:
        content = renderer(settings.FONT_DIR).pdf(document.html)
    except RenderingFailed as failure:
        _alarm(document, failure.reason)
        raise
    return store(content)


def attach(document: Document, stored: StoredFile) -> bool:
    """The file belongs to the document, unless it already has one: then the new file is removed. Whether it does."""
    took = Document.objects.filter(pk=document.pk, pdf_name="").update(
        pdf_name=stored.name,
        pdf_sha256=stored.sha256,
        pdf_size=stored.size,
        rendered_at=timezone.now(),
        render_error="",
    )
    if not took:
        (folder() / stored.name).unlink(missing_ok=True)
    return bool(took)


def _alarm(document: Document, reason: str) -> None:
    """The failure is seen: on the document, in the log, by whoever issued it. The number stays."""
    log.error("document_render_failed", extra={"document_id": document.pk, "reason": reason})
    with transaction.atomic():
        Document.objects.filter(pk=document.pk, pdf_name="").update(render_error=reason[:80])
        notify(
            recipient=document.issued_by,
            kind="document_failed",
            title=_("%(document)s没有做成PDF，文号保留，请联系管理员") % {"document": document},
            url=document.case.get_absolute_url(),
            key=f"document_failed:{document.pk}",
        )


def store(content: bytes) -> StoredFile:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{secrets.token_hex(16)}.pdf"
    _write(folder() / name, content)
    return StoredFile(name, sha256(content).hexdigest(), len(content))


def _write(path: Path, content: bytes) -> None:
    """The file exists whole, readable by its owner only, and survives a power cut. It must not exist yet."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(document: Document) -> bytes:
    path = folder() / document.pdf_name
    if not path.exists():
        _restore(document, path)
    return path.read_bytes()


def _restore(document: Document, path: Path) -> None:
    """A file that is gone is made again from the frozen text; only if it is the very same does it count."""
    log.error("document_file_missing", extra={"document_id": document.pk})
    stored = render(document)
    made = folder() / stored.name
    if stored.sha256 != document.pdf_sha256:
        made.unlink()
        raise DocumentDamaged(document.pdf_name)
    made.replace(path)
