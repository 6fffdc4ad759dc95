"""Files as people hand them in: small pictures and PDFs, made on the spot."""

import io
from typing import Any

import pypdf
from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(
    file_format: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (60, 40), **saved: Any
) -> bytes:
    """A picture, red in its upper left quarter, as the bytes of a file."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1] // 2))
    written = io.BytesIO()
    image.convert(mode).save(written, file_format, **saved)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def pdf(pages: int = 1) -> bytes:
    return written_by(blank(pages))


def blank(pages: int = 1) -> pypdf.PdfWriter:
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def written_by(writer: pypdf.PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def plain_pdf(*objects: str, catalog: str = "", unlisted: str = "") -> bytes:
    """A PDF of one page written by hand, with more objects from number 4 on and more entries in its catalog.

    ``unlisted`` stands behind the objects, and no table leads there.
    """
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        *objects,
    ]
    text, places = "%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    text += unlisted
    start, size = len(text), len(bodies) + 1
    text += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    text += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("latin-1")
