"""The process that looks into a file that was handed in. `cases.uploads` starts one for each file:
``python -m cases.upload_child jpeg|png|pdf``.

It holds no key, no connection and no Django. Its input is the file, its output the picture drawn anew (nothing for a
PDF, which is kept as it came), its third channel the verdict in JSON: ``{"pages": 3}`` or ``{"refused": "encrypted"}``.
Whatever goes wrong inside means that the file is refused.
"""

import contextlib
import errno
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from cases.confinement import leave_network, limit_resources, refuse_outside

MEMORY_BYTES = 1 << 30
WRITTEN_BYTES = 40 << 20
CPU_SECONDS = 20
PIXELS = 40_000_000
PDF_PAGES = 2000
JPEG_QUALITY = 90


class Refused(Exception):
    """The file is not taken; the text is one of the codes that `cases.uploads` has a sentence for."""


# Pictures


def redraw(source: BinaryIO, target: BinaryIO, file_format: str) -> int:
    """``target`` holds the same picture, upright, and nothing else the file contained. Returns 1, its pages."""
    from PIL import Image, ImageOps  # noqa: PLC0415  each file needs one of the two libraries, and after the limits

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(source, formats=(file_format,)) as opened:
            if opened.width * opened.height > PIXELS:
                raise Refused("pixels")
            picture = ImageOps.exif_transpose(opened)
    except Image.DecompressionBombError:
        raise Refused("pixels") from None
    picture = _plain(picture, file_format)
    picture.info = {}  # comments, colour profile, text: whatever the writer would carry over
    picture.save(target, file_format, **({"quality": JPEG_QUALITY} if file_format == "JPEG" else {}))
    return 1


def _plain(picture: Any, file_format: str) -> Any:
    """The picture in a mode that every viewer shows: 8 bits, no colours of a printing press."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if file_format == "JPEG":
        return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    return picture.convert("RGBA") if "transparency" in picture.info else picture


# PDF

_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
_ACTIVE_NAMES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
        "/RichMedia",
        "/RichMediaExecute",
        "/Movie",
        "/Sound",
        "/3D",
    }
)
_FILE_KEYS = frozenset({"/EmbeddedFiles", "/EF"})
_FILE_NAMES = frozenset({"/EmbeddedFile", "/FileAttachment"})
# What the parser reads and what a lenient viewer digs out of a damaged file may differ: these long names are also
# looked for in the bytes. Short ones would be found by chance in compressed data.
_ACTIVE_BYTES = re.compile(rb"/(?:JavaScript|Launch|SubmitForm|ImportData|RichMedia)(?![A-Za-z])")
_FILE_BYTES = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_BLANK = b"\0\t\n\f\r "


def examine_pdf(source: BinaryIO, _target: BinaryIO) -> int:
    """The number of pages of a PDF that only shows something. Refused when it does more, hides more or is broken."""
    content = source.read()
    if not content.startswith(b"%PDF-") or not content[-2048:].rstrip(_BLANK).endswith(b"%%EOF"):
        raise Refused("broken")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused("embedded")
    _examine_bytes(content)
    return _examine_objects(content)


def _examine_bytes(content: bytes) -> None:
    readable = _readable(content)
    if _ACTIVE_BYTES.search(readable):
        raise Refused("active")
    if _FILE_BYTES.search(readable):
        raise Refused("embedded")


def _readable(content: bytes) -> bytes:
    """The content with its names written out: J#61vaScript is JavaScript."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _examine_objects(content: bytes) -> int:
    from pypdf import PdfReader  # noqa: PLC0415  as above
    from pypdf.generic import StreamObject  # noqa: PLC0415

    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise Refused("encrypted")
    packed = 0
    for value in _objects(reader):
        _examine(value)
        if isinstance(value, StreamObject) and value.get("/Type") == "/ObjStm":
            packed += 1
            _examine_bytes(value.get_data())
    if _readable(content).count(b"/ObjStm") > packed:
        raise Refused("broken")  # objects packed where only a viewer that repairs the file would look
    pages = len(reader.pages)
    if not pages:
        raise Refused("broken")
    if pages > PDF_PAGES:
        raise Refused("pages")
    return pages


def _objects(reader: Any) -> Iterator[Any]:
    """Every object of the file, used or not. One that cannot be read may hide something: broken."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415  as above

    yield reader.trailer
    listed = {
        (number, generation)
        for generation, table in reader.xref.items()
        for number, at in table.items()
        if at
    }
    listed |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(listed):
        value = reader.get_object(IndirectObject(number, generation, reader))
        if value is None:
            raise Refused("broken")
        yield value


def _examine(value: Any) -> None:
    """Nothing, or Refused for what the object holds. References are not followed: their targets are objects too."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            _refuse_if(part.keys() & _ACTIVE_KEYS, part.keys() & _FILE_KEYS)
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, str):
            _refuse_if(part in _ACTIVE_NAMES, part in _FILE_NAMES)


def _refuse_if(active: Any, embedded: Any) -> None:
    if active:
        raise Refused("active")
    if embedded:
        raise Refused("embedded")


CHECKS: dict[str, Callable[[BinaryIO, BinaryIO], int]] = {
    "jpeg": lambda source, target: redraw(source, target, "JPEG"),
    "png": lambda source, target: redraw(source, target, "PNG"),
    "pdf": examine_pdf,
}


def verdict_on(check: Callable[[BinaryIO, BinaryIO], int]) -> dict[str, Any]:
    """What `cases.uploads` is told about the file."""
    try:
        with os.fdopen(0, "rb") as source, os.fdopen(1, "wb") as target:
            return {"pages": check(source, target)}
    except Refused as refused:
        return {"refused": str(refused)}
    except OSError as error:
        return {"refused": {errno.EFBIG: "size", errno.ENOSPC: "full"}.get(error.errno or 0, "broken")}
    except Exception:  # noqa: BLE001  whatever a library says about a file, it could not be read
        return {"refused": "broken"}


def main() -> None:
    limit_resources(memory=MEMORY_BYTES, file_size=WRITTEN_BYTES, seconds=CPU_SECONDS)
    with contextlib.suppress(OSError):
        leave_network()
    sys.addaudithook(refuse_outside)
    verdict = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries say of a file is not for the verdict
    os.write(verdict, json.dumps(verdict_on(CHECKS[sys.argv[1]])).encode())


if __name__ == "__main__":
    main()
