"""The PDF of a document: made once, the same for ever, and never something else."""

import stat
from pathlib import Path

import pytest

from documents import pdf
from documents.models import Document
from documents.pdf import DocumentDamaged
from documents.rendering import RenderingFailed
from notifications import outbox
from notifications.models import InboxMessage, OutboxMessage
from tests.documents import matters


@pytest.fixture
def document(people):
    matters.accepted(people, matters.registered(people))
    return Document.objects.get(kind="D06")


def stored(document: Document) -> Path:
    document.refresh_from_db()
    return pdf.folder() / document.pdf_name


def test_a_reprint_is_the_same_file_byte_for_byte(document):
    first = pdf.pdf_of(document)
    made_at = stored(document).stat().st_mtime_ns

    assert pdf.pdf_of(document) == first
    assert stored(document).stat().st_mtime_ns == made_at


def test_the_file_has_a_random_name_and_belongs_to_one_user(document):
    pdf.pdf_of(document)

    path = stored(document)
    assert len(path.stem) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.stat().st_size == document.pdf_size


def test_the_relay_makes_the_pdf_after_the_commit(document):
    assert not document.has_pdf

    tally = outbox.run_due()

    document.refresh_from_db()
    assert tally.failed == 0
    assert document.has_pdf
    assert OutboxMessage.objects.get(kind="render_document", key=str(document.public_id)).state == "done"


def test_the_relay_leaves_a_pdf_alone_that_was_made_at_the_first_print(document):
    pdf.pdf_of(document)
    path = stored(document)

    outbox.run_due()

    assert stored(document) == path


def test_of_two_that_make_it_at_once_the_first_counts(document):
    first, second = pdf.render(document), pdf.render(document)

    assert (pdf.attach(document, first), pdf.attach(document, second)) == (True, False)

    assert stored(document).name == first.name
    assert not (pdf.folder() / second.name).exists()


def test_a_lost_file_is_made_again_from_the_frozen_text(document):
    first = pdf.pdf_of(document)
    stored(document).unlink()

    assert pdf.pdf_of(document) == first
    assert stat.S_IMODE(stored(document).stat().st_mode) == 0o600


def test_a_file_that_was_changed_is_not_handed_out(document):
    pdf.pdf_of(document)
    path = stored(document)
    path.write_bytes(path.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))

    with pytest.raises(DocumentDamaged):
        pdf.pdf_of(document)


def test_a_text_that_was_changed_is_not_printed(document):
    document.html = document.html.replace("受理", "受埋")
    document.save(update_fields=["html"])

    with pytest.raises(DocumentDamaged):
        pdf.pdf_of(Document.objects.get(pk=document.pk))


def test_a_failed_rendering_keeps_the_number_and_alarms(document, settings, tmp_path, people):
    working, settings.FONT_DIR = settings.FONT_DIR, tmp_path

    with pytest.raises(RenderingFailed):
        pdf.pdf_of(document)

    document.refresh_from_db()
    assert (document.number, document.state, document.has_pdf) == ("铜人社监受〔2026〕1号", "issued", False)
    assert document.render_error == "Died"
    message = InboxMessage.objects.get(kind="document_failed")
    assert message.recipient == people["head"]
    assert message.title == "《受理通知书》铜人社监受〔2026〕1号没有做成PDF，文号保留，请联系管理员"

    settings.FONT_DIR = working
    pdf.pdf_of(document)
    document.refresh_from_db()
    assert (document.has_pdf, document.render_error) == (True, "")


def test_a_failed_rendering_is_tried_again_by_the_relay(document, settings, tmp_path):
    settings.FONT_DIR = tmp_path

    outbox.run_due()

    waiting = OutboxMessage.objects.get(kind="render_document", key=str(document.public_id))
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("pending", 1, "RenderingFailed")
