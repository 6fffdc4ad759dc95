"""The process that turns HTML into PDF. `documents.rendering` starts it: ``python -m documents.render_child FOLDER``.

It holds no key, no connection and no Django. It reads frames from its input (eight bytes of length, then the HTML in
UTF-8) and answers each with one byte (0 done, 1 failed), eight bytes of length and the PDF or the name of the error.
It ends when its input does, when nothing was asked for a while, or after a failure.

Nothing is fetched but the bundled fonts (scheme ``asset:``) and data that the text itself holds (``data:``). Whatever
else a text asks for fails the document: half a document must not be issued.
"""

import contextlib
import ctypes
import os
import resource
import select
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any, BinaryIO

IDLE_SECONDS = 120
MEMORY_BYTES = 1 << 30
FILE_BYTES = 1 << 26
LENGTH_BYTES = 8
VARIANT = "pdf/a-3u"

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000
_STARTS_PROCESS = (
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "subprocess.Popen",
)


def limit_resources() -> None:
    """Memory, file size and core dumps are bounded from here on; the parent watches the time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_network() -> bool:
    """The process has a network of its own without any interface, where the kernel lets it; whether it does."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        Path("/proc/self", name).write_text(text)
    return True


def refuse_outside(event: str, _arguments: Any) -> None:
    """An audit hook: no socket and no program from here, whatever a library tries."""
    if event.startswith("socket.") or event in _STARTS_PROCESS:
        raise PermissionError(event)


class Printer:
    """HTML to PDF with the fonts of one folder, loaded once."""

    def __init__(self, folder: Path) -> None:
        # The library looks for system fonts when it is imported and warns when there are none: there must be none.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import weasyprint  # noqa: PLC0415  after the limits and the empty font configuration are in place
            from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

            from documents.bundle import BundledOnly  # noqa: PLC0415
            from documents.typefaces import faces  # noqa: PLC0415
        self._html = weasyprint.HTML
        listed = faces(folder)
        self._fetcher = BundledOnly({face.file: folder / face.file for face in listed})
        self._fonts = FontConfiguration()
        rules = "".join(
            f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};src:url("asset:{face.file}")}}'
            for face in listed
        )
        self._style = weasyprint.CSS(string=rules, font_config=self._fonts, url_fetcher=self._fetcher)

    def pdf(self, text: str) -> bytes:
        """The same text always gives the same bytes."""
        source = self._html(string=text, url_fetcher=self._fetcher, media_type="print")
        return source.write_pdf(
            font_config=self._fonts, stylesheets=[self._style], pdf_variant=VARIANT, finisher=refuse_files
        )


def refuse_files(_document: Any, pdf: Any) -> None:
    """ValueError when the PDF carries another file inside."""
    if any(
        isinstance(part, dict) and part.get("Type") in ("/Filespec", "/EmbeddedFile") for part in pdf.objects
    ):
        raise ValueError("the document embeds a file")


def read_frame(source: BinaryIO) -> bytes | None:
    """The next request, or None at the end of the input."""
    head = read_exactly(source, LENGTH_BYTES)
    return None if head is None else read_exactly(source, int.from_bytes(head))


def read_exactly(source: BinaryIO, length: int) -> bytes | None:
    """So many bytes, however many reads an unbuffered pipe takes for them; None when it ends before."""
    parts = []
    while length:
        part = source.read(length)
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def write_frame(sink: BinaryIO, status: int, body: bytes) -> None:
    sink.write(bytes([status]) + len(body).to_bytes(LENGTH_BYTES) + body)
    sink.flush()


def serve(printer: Printer, source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until there are no more or one fails."""
    while select.select([source], [], [], IDLE_SECONDS)[0]:
        frame = read_frame(source)
        if frame is None:
            return
        try:
            pdf = printer.pdf(frame.decode())
        except BaseException as error:  # noqa: BLE001  the parent learns the class; the text may quote personal data
            write_frame(sink, 1, type(error).__name__.encode())
            return
        write_frame(sink, 0, pdf)


def main() -> None:
    folder = Path(sys.argv[1])
    limit_resources()
    try:
        printer = Printer(folder)
        with contextlib.suppress(OSError):
            leave_network()  # now that everything is loaded: a user of its own may not read what this one may
        sys.addaudithook(refuse_outside)
        # Unbuffered, so that what select says is all there is.
        serve(printer, os.fdopen(0, "rb", buffering=0), os.fdopen(1, "wb"))
    finally:
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)


if __name__ == "__main__":
    main()
