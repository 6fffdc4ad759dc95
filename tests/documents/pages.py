"""What a reader finds in a PDF."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from pypdf import PdfReader

from documents.rendering import Renderer, renderer


def fonts() -> Path:
    return settings.FONT_DIR


def printer() -> Renderer:
    """The renderer of this process."""
    return renderer(fonts())


def text_of(pdf: bytes) -> str:
    """All that can be read, page after page, without any space."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def sizes_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole millimetres."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return [(round(box.width * 25.4 / 72), round(box.height * 25.4 / 72)) for box in boxes]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The fonts of the file, without the mark of the subset, and whether each lies in it."""
    found = {}
    for part in parts_of(pdf):
        if part.get("/Type") == "/FontDescriptor":
            name = part["/FontName"].lstrip("/").split("+")[-1]
            found[name] = any(key in part for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def carries_files(pdf: bytes) -> bool:
    return any(part.get("/Type") in ("/Filespec", "/EmbeddedFile") for part in parts_of(pdf))


def parts_of(pdf: bytes) -> list[Any]:
    """Every dictionary of the file."""
    reader = PdfReader(io.BytesIO(pdf))
    objects = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]
    return [part for part in objects if hasattr(part, "get")]
