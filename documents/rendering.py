"""PDF from HTML, in a process of its own that can neither reach the network nor take the site down."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

from documents.render_child import LENGTH_BYTES

SECONDS = 30
MOST_BYTES = 1 << 26
_PROJECT = Path(__file__).resolve().parent.parent
_NO_SYSTEM_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'


class RenderingFailed(Exception):
    """There is no PDF. ``reason`` is the class of the error; its text could quote the document."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Gone(Exception):
    """The child ended before it answered."""


class Renderer:
    """One child for this process, started at first need and again when it is gone. Threads take turns."""

    def __init__(self, font_folder: Path, seconds: float = SECONDS) -> None:
        self._folder = font_folder
        self._seconds = seconds
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._work: Path | None = None
        self._owner = 0

    def pdf(self, text: str) -> bytes:
        """The PDF of the HTML text; the same text gives the same bytes.

        Raises RenderingFailed when the child reports an error, dies or needs too long.
        """
        if not self._turn.acquire(timeout=self._seconds):
            raise RenderingFailed("Busy")
        try:
            return self._ask(text.encode())
        finally:
            self._turn.release()

    def stop(self) -> None:
        """The child is gone, with its folder."""
        child, self._child = self._child, None
        work, self._work = self._work, None
        if self._owner != os.getpid():
            return  # inherited by a fork: the parent's business
        if child is not None:
            child.kill()
            child.communicate()
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)

    def _ask(self, frame: bytes) -> bytes:
        fresh = self._start_if_needed()
        try:
            return self._exchange(frame)
        except _Gone:
            # A child that had waited too long may have ended just now; a fresh one died of this text.
            if fresh:
                raise RenderingFailed("Died") from None
        self._start_if_needed()
        try:
            return self._exchange(frame)
        except _Gone:
            raise RenderingFailed("Died") from None

    def _exchange(self, frame: bytes) -> bytes:
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def kill() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(self._seconds, kill)
        watch.start()
        try:
            child.stdin.write(len(frame).to_bytes(LENGTH_BYTES) + frame)
            child.stdin.flush()
            status, body = _answer(child.stdout)
        except BaseException as error:
            self.stop()
            if late.is_set():
                raise RenderingFailed("TimeLimit") from None
            if isinstance(error, OSError | EOFError):
                raise _Gone from None
            raise
        finally:
            watch.cancel()
        if status != 0:
            self.stop()
            raise RenderingFailed(body.decode(errors="replace")[:80])
        return body

    def _start_if_needed(self) -> bool:
        """A child of this process waits for work; whether it was started just now."""
        if self._child is not None and self._owner == os.getpid() and self._child.poll() is None:
            return False
        self.stop()
        self._owner = os.getpid()
        self._work = Path(tempfile.mkdtemp(prefix="huxin-render-"))
        fonts = self._work / "fonts.conf"
        fonts.write_text(_NO_SYSTEM_FONTS)
        self._child = subprocess.Popen(  # noqa: S603  our own module under our own interpreter
            [sys.executable, "-E", "-s", "-m", "documents.render_child", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PROJECT,
            env={
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "HOME": str(self._work),
                "TMPDIR": str(self._work),
                "XDG_CACHE_HOME": str(self._work),
                "FONTCONFIG_FILE": str(fonts),
            },
            start_new_session=True,
        )
        return True


def _answer(source: IO[bytes]) -> tuple[int, bytes]:
    head = source.read(1 + LENGTH_BYTES)
    if len(head) <= LENGTH_BYTES:
        raise EOFError
    length = int.from_bytes(head[1:])
    if length > MOST_BYTES:
        raise RenderingFailed("TooLarge")
    body = source.read(length)
    if len(body) < length:
        raise EOFError
    return head[0], body


_renderers: dict[Path, Renderer] = {}


def renderer(font_folder: Path) -> Renderer:
    """This process's renderer for the fonts of a folder."""
    if font_folder not in _renderers:
        _renderers[font_folder] = Renderer(font_folder)
        atexit.register(_renderers[font_folder].stop)
    return _renderers[font_folder]
