"""Files that are handed in: looked into, made harmless, kept outside the web root, checked whenever they are read.

Only JPG, PNG and PDF are taken, by the ending of the name and by the content. Pictures are drawn anew, so that place,
device and whatever else hides in them is gone; a PDF is kept as it came when it only shows something. Both are done in
a process of its own (`cases.upload_child`), one file at a time. Nothing of a refused file stays.

This module knows files and sentences; rows and rights are in `cases.services.evidence`.
"""

import errno
import json
import logging
import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_noop

from cases.models import FileType

log = logging.getLogger("huxin.uploads")

SECONDS_PER_FILE = 20
SECONDS_PER_REQUEST = 50
HEAD_BYTES = 4096
LONGEST_NAME = 120
_CHUNK = 1 << 20
_PROJECT = Path(__file__).resolve().parent.parent


class UploadRefused(Exception):
    """The file is not taken. ``reason`` is a word for the log, the text a sentence that says what to do."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class FileDamaged(Exception):
    """The file is gone or is not what was kept. Nothing is handed out."""


class Readable(Protocol):
    """What is read of an uploaded file."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Stored:
    """A file that was taken: whole, on disk, of a known type. No row knows it yet."""

    name: str
    content_type: str
    pages: int
    size: int
    sha256: str
    received_sha256: str
    stored_name: str


# Names

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_NUMBERS = re.compile(r"(?<!\d)(?:\d{14,18}[\dXx]|1[3-9]\d{9})(?!\d)")


def clean_name(declared: str) -> str:
    """The last part of the name as it may be shown, stored and downloaded, at most 120 characters, never empty.

    Folders, control and invisible characters and what file systems refuse are gone. Numbers as long as those of
    identity cards, bank cards and telephones are shortened: names stand in lists and in the record.
    """
    visible = "".join(
        character
        for character in unicodedata.normalize("NFC", declared)
        if unicodedata.category(character) not in _INVISIBLE
    )
    name = _NOT_IN_NAMES.sub("_", re.split(r"[/\\]", visible)[-1])
    name = _NUMBERS.sub(lambda found: f"{found[0][:3]}…{found[0][-4:]}", " ".join(name.split()).strip(" ."))
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    stem = stem.strip(" .") or _("未命名")
    if stem.split(".")[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    tail = f"{dot}{ending}"[:20]
    return f"{stem[: LONGEST_NAME - len(tail)]}{tail}"


# Types

_ENDINGS = {"jpg": FileType.JPEG, "jpeg": FileType.JPEG, "png": FileType.PNG, "pdf": FileType.PDF}
_CHECKS = {FileType.JPEG: "jpeg", FileType.PNG: "png", FileType.PDF: "pdf"}

_HEIC = gettext_noop("HEIC照片打不开，在手机里改存为JPG再传")
_OTHER_PICTURE = gettext_noop("这种图片不收，另存为JPG或PNG再传")
_ARCHIVE = gettext_noop("压缩包不收，解压以后把里面的图片或PDF选上再传")
_OFFICE = gettext_noop("这种文件不收，打开后另存为PDF（或打印成PDF）再传")
_RECORDING = gettext_noop("录音录像还不能上传，截取画面存为JPG再传，原件另外保存")
_ONLY = gettext_noop("只收JPG、PNG图片和PDF，换成这几种再传")
_ADVICE: Mapping[str, str] = {
    **dict.fromkeys(("heic", "heif"), _HEIC),
    **dict.fromkeys(("webp", "gif", "bmp", "tif", "tiff", "jfif", "avif", "svg", "jp2"), _OTHER_PICTURE),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tar"), _ARCHIVE),
    **dict.fromkeys(("doc", "docx", "docm", "xls", "xlsx", "xlsm", "csv", "ppt", "pptx"), _OFFICE),
    **dict.fromkeys(("wps", "et", "dps", "ofd", "rtf", "txt", "htm", "html", "mht"), _OFFICE),
    **dict.fromkeys(("mp4", "mov", "avi", "3gp", "wmv", "mkv"), _RECORDING),
    **dict.fromkeys(("mp3", "m4a", "amr", "wav", "aac"), _RECORDING),
}

# What the checking process may answer, in sentences.
_VERDICTS: Mapping[str, str] = {
    "broken": gettext_noop("打不开或不完整，重新拍照、扫描或打印成PDF再传"),
    "pixels": gettext_noop("图片超过4000万像素，把尺寸改小再传"),
    "encrypted": gettext_noop("PDF加了密码，输入密码打开后打印成PDF再传"),
    "active": gettext_noop("PDF里有脚本或会自己运行的内容，打开后打印成PDF再传"),
    "embedded": gettext_noop("PDF里夹带了别的文件，打开后打印成PDF再传，夹带的文件单独传"),
    "pages": gettext_noop("PDF超过2000页，拆成几份再传"),
    "slow": gettext_noop("检查用时太久，拆成几份或打印成PDF再传"),
    "size": gettext_noop("处理后的文件太大，把尺寸改小再传"),
    "full": gettext_noop("服务器存不下了，没有收；联系系统管理员后再传"),
    "busy": gettext_noop("正在处理别的文件，过一会儿再传这一份"),
}


def _refuse(reason: str) -> UploadRefused:
    return UploadRefused(reason, translate(_VERDICTS[reason]))


def _declared_type(name: str) -> FileType:
    """The type that the ending promises. UploadRefused when it is none of ours."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in _ENDINGS:
        raise UploadRefused("ending", translate(_ADVICE.get(ending, _ONLY)))
    return _ENDINGS[ending]


def _require_content(head: bytes, declared: FileType) -> None:
    """Nothing, or UploadRefused when the first bytes are not of the declared type."""
    found = _types_of(head)
    if declared in found:
        return
    if any(mime in ("image/heif", "image/heic") for mime in found):
        raise UploadRefused("content", translate(_HEIC))
    for other in FileType:
        if other in found:
            sentence = _("内容其实是%(type)s，把文件名的后缀改过来再传")
            raise UploadRefused("content", sentence % {"type": other.label})
    sentence = _("内容不是%(type)s，可能只改过后缀；用原来的软件打开后另存再传")
    raise UploadRefused("content", sentence % {"type": declared.label})


def _types_of(head: bytes) -> set[str]:
    """The types that fit the first bytes best; several names of one format are equally good."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    best = max((match.confidence for match in found), default=0)
    return {match.mime_type for match in found if match.confidence == best}


# Taking a file in


def take_in(file: Readable, declared_name: str) -> Stored:
    """The file is kept under a random name. UploadRefused, with nothing left on disk, when it is not taken.

    Slow (up to 20 seconds): call it outside transactions. The caller sees to it that a row is made or the file
    discarded; what neither happened to is found by `cases.services.evidence.sweep_files`.
    """
    name = clean_name(declared_name)
    declared = _declared_type(name)
    try:
        with _work_file() as received, _work_file() as redrawn:
            received_hash = _receive(file, received)
            _require_content(_head(received), declared)
            pages = _inspect(_CHECKS[declared], received, redrawn)
            content = received if declared is FileType.PDF else redrawn
            stored_name, size, stored_hash = _keep(content)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            log.error("upload_no_space")
            raise _refuse("full") from None
        raise
    return Stored(name, declared.value, pages, size, stored_hash, received_hash, stored_name)


def take_in_all(files: Iterable[Any]) -> tuple[list[Stored], list[tuple[str, UploadRefused]]]:
    """Those that were taken, and the names of the others with the reason. Each file fails for itself.

    After 50 seconds the rest is left for another time, before the connection is given up.
    """
    last_start = time.monotonic() + SECONDS_PER_REQUEST
    taken: list[Stored] = []
    refused: list[tuple[str, UploadRefused]] = []
    for file in files:
        try:
            if time.monotonic() > last_start:
                raise UploadRefused("late", _("这一次没来得及收，再传一次"))
            taken.append(take_in(file, file.name))
        except UploadRefused as refusal:
            log.warning("upload_refused", extra={"reason": refusal.reason})
            refused.append((clean_name(file.name), refusal))
        except BaseException:
            discard(taken)
            raise
    return taken, refused


def discard(stored: Iterable[Stored]) -> None:
    """The files are gone."""
    for each in stored:
        path_of(each.stored_name).unlink(missing_ok=True)


def _work_file() -> Any:
    """A file without a name: it is gone with the process, whatever happens."""
    _make_folder(folder())
    return tempfile.TemporaryFile(dir=folder())


def _receive(file: Readable, target: IO[bytes]) -> str:
    """``target`` holds the file; its SHA-256. UploadRefused when it is empty or too large."""
    digest, size = sha256(), 0
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > settings.EVIDENCE_FILE_BYTES:
            most = settings.EVIDENCE_FILE_BYTES >> 20
            raise UploadRefused("size", _("超过%(most)d MB，把尺寸改小或拆成几份再传") % {"most": most})
        digest.update(chunk)
        target.write(chunk)
    if not size:
        raise UploadRefused("empty", _("是空文件，重新保存再传"))
    target.flush()
    return digest.hexdigest()


def _head(content: IO[bytes]) -> bytes:
    content.seek(0)
    return content.read(HEAD_BYTES)


_turn = threading.Semaphore(1)


@contextmanager
def _taking_turns() -> Iterator[None]:
    """One file at a time in this process: pictures need memory."""
    if not _turn.acquire(timeout=SECONDS_PER_FILE):
        raise _refuse("busy")
    try:
        yield
    finally:
        _turn.release()


def _inspect(check: str, source: IO[bytes], target: IO[bytes]) -> int:
    """The number of pages, found by a child; ``target`` holds the picture it drew. UploadRefused otherwise."""
    source.seek(0)
    with _taking_turns(), tempfile.TemporaryFile(dir=folder()) as verdict:
        try:
            subprocess.run(  # noqa: S603  our own module under our own interpreter
                [sys.executable, "-E", "-s", "-m", "cases.upload_child", check],
                stdin=source,
                stdout=target,
                stderr=verdict,
                timeout=SECONDS_PER_FILE,
                cwd=_PROJECT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _refuse("slow") from None
        return _pages_in(_head(verdict))


def _pages_in(verdict: bytes) -> int:
    """A child that died says nothing, or something else: that is a refusal too."""
    try:
        answer = json.loads(verdict)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise _refuse("broken")
    pages, reason = answer.get("pages"), answer.get("refused")
    if isinstance(pages, int) and pages > 0:
        return pages
    raise _refuse(reason if isinstance(reason, str) and reason in _VERDICTS else "broken")


# Files on disk


def folder() -> Path:
    return Path(settings.MEDIA_ROOT, "evidence")


def path_of(stored_name: str) -> Path:
    return folder() / stored_name[:2] / stored_name


def read(stored_name: str, digest: str) -> bytes:
    """The content, the same as on the day it was taken in; FileDamaged when it is gone or another."""
    try:
        content = path_of(stored_name).read_bytes()
    except FileNotFoundError:
        raise FileDamaged(stored_name) from None
    if sha256(content).hexdigest() != digest:
        raise FileDamaged(stored_name)
    return content


def kept_files() -> Iterator[Path]:
    """Every file below the folder; links are not followed."""
    for sub_folder in sorted(folder().glob("*/")):
        yield from (path for path in sub_folder.iterdir() if path.is_symlink() or path.is_file())


def _keep(content: IO[bytes]) -> tuple[str, int, str]:
    """Random name, size and SHA-256 of a new file that survives a power cut and that only its owner can read."""
    stored_name = secrets.token_hex(16)
    path = path_of(stored_name)
    _make_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            size, digest = _copy(content, file)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return stored_name, size, digest


def _copy(content: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    content.seek(0)
    digest, size = sha256(), 0
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return size, digest.hexdigest()


def _make_folder(path: Path) -> None:
    """The folder exists, for its owner only, and so does the one for all material."""
    for each in (folder().parent, folder(), path):
        if not each.exists():
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(each.parent)


def _sync_folder(path: Path) -> None:
    """The names in the folder survive a power cut too."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
