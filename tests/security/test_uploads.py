"""Hostile files: none is taken that should not be, nothing of a refused one stays, what is taken is harmless."""

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from cases import uploads
from cases.uploads import UploadRefused, clean_name, take_in
from tests.cases.material import RED, blank, opened, pdf, picture, plain_pdf, written_by

HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
LAUGHS = b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><l>&b;</l>"
PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 512 + b"This program cannot be run in DOS mode"
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def take(content: bytes, name: str) -> uploads.Stored:
    return take_in(io.BytesIO(content), name)


def kept(stored: uploads.Stored) -> bytes:
    return uploads.path_of(stored.stored_name).read_bytes()


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


# Makers of hostile content


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int) -> bytes:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header


def png_bomb() -> bytes:
    return (
        png_header(60_000, 60_000) + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + png_chunk(b"IEND", b"")
    )


def png_text_bomb() -> bytes:
    """A picture whose comment unpacks to 64 MB."""
    whole = picture("PNG")
    text = b"Comment\0\0" + zlib.compress(b"A" * (64 << 20), 9)
    return whole[:33] + png_chunk(b"zTXt", text) + whole[33:]


def wide_png() -> bytes:
    """A small file of 49 million real pixels."""
    target = io.BytesIO()
    Image.new("1", (7000, 7000)).save(target, "PNG")
    return target.getvalue()


def archive(**names: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in names.items():
            file.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def document_with_macro() -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", "word__vbaProject.bin": b"macro"})


def with_script() -> bytes:
    return plain_pdf("<< /S /JavaScript /JS (app.alert\\(1\\)) >>", catalog="/OpenAction 4 0 R")


def with_attachment() -> bytes:
    writer = blank()
    writer.add_attachment("run.exe", PROGRAM)
    return written_by(writer)


def encrypted() -> bytes:
    writer = blank()
    writer.encrypt("secret", algorithm="RC4-128")
    return written_by(writer)


def encrypted_without_password() -> bytes:
    writer = blank()
    writer.encrypt("", "owner", algorithm="RC4-128")
    return written_by(writer)


def script_in_object_stream() -> bytes:
    """The action stands in a compressed stream: not a byte of its name is in the file."""
    action = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    packed = zlib.compress(b"4 0 " + action)
    head = b"%PDF-1.7\n"
    parts = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n",
        b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        % (len(packed), packed),
    ]
    places, body = [], head
    for part in parts:
        places.append(len(body))
        body += part
    start = len(body)
    rows = [
        (0, 0, 255),
        *((1, place, 0) for place in places[:3]),
        (2, 5, 0),
        (1, places[3], 0),
        (1, start, 0),
    ]
    table = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
    body += (
        b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n%s"
        b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, start)
    )
    return body


def packed(text: bytes) -> str:
    """A stream of packed objects that no table of objects leads into."""
    body = zlib.compress(text)
    head = f"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {len(body)} >>\nstream\n"
    return head + body.decode("latin-1") + "\nendstream"


def script_packed_and_unlisted() -> bytes:
    """As above, and the stream itself stands outside of every table."""
    return plain_pdf(unlisted=f"9 0 obj\n{packed(b'4 0 << /JS (1) >>')}\nendobj\n")


def object_stream_bomb() -> bytes:
    """An object stream that unpacks to 200 MB."""
    return plain_pdf(packed(b"4 0 <<" + b" " * (200 << 20)))


def deep_pdf() -> bytes:
    return plain_pdf("[" * 50_000 + "]" * 50_000)


def pages_without_end() -> bytes:
    return plain_pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def pdf_without_pages() -> bytes:
    return plain_pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids []      /Count 0")


def pdf_that_is_an_archive() -> bytes:
    """Opens as a PDF by its start and as an archive by its end, which also ends like a PDF."""
    target = io.BytesIO(pdf())
    with zipfile.ZipFile(target, "a") as file:
        file.writestr("run.exe", PROGRAM)
        file.comment = b"%%EOF"
    return target.getvalue()


def annotated(**entries: str) -> bytes:
    annotation = DictionaryObject({NameObject("/Type"): NameObject("/Annot")})
    for name, value in entries.items():
        annotation[NameObject(f"/{name}")] = NameObject(f"/{value}")
    writer = blank()
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
    return written_by(writer)


def unused_script() -> bytes:
    """An action that nothing refers to."""
    writer = blank()
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )
    writer._add_object(action)
    return written_by(writer)


def script_as_stream() -> bytes:
    code = StreamObject()
    code._data = b"app.alert(1)"
    writer = blank()
    action = DictionaryObject(
        {NameObject("/Length"): NumberObject(1), NameObject("/JS"): writer._add_object(code)}
    )
    writer._add_object(action)
    return written_by(writer)


# name of the case: (file name, content, reason for the log, what to do)
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "png of 60,000 x 60,000": ("a.png", png_bomb, "pixels", "4000万像素"),
    "png of 49 million pixels": ("a.png", wide_png, "pixels", "4000万像素"),
    "png with an exploding comment": ("a.png", png_text_bomb, "broken", "重新拍照"),
    "png cut off": ("a.png", lambda: picture("PNG")[:-40], "broken", "重新拍照"),
    "png that is only a header": ("a.png", lambda: png_header(10, 10), "broken", "重新拍照"),
    "jpeg cut off": ("a.jpg", lambda: picture(size=(400, 400))[:-900], "broken", "重新拍照"),
    "jpeg of three bytes": ("a.jpg", lambda: b"\xff\xd8\xff", "broken", "重新拍照"),
    "html as png": ("a.png", lambda: HTML, "content", "内容不是PNG"),
    "html as jpg": ("a.jpg", lambda: HTML, "content", "内容不是JPG"),
    "html as pdf": ("a.pdf", lambda: HTML, "content", "内容不是PDF"),
    "html after a png signature": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + HTML, "broken", "重新拍照"),
    "html": ("a.html", lambda: HTML, "ending", "打印成PDF"),
    "svg as png": ("a.png", lambda: SVG, "content", "内容不是PNG"),
    "svg": ("a.svg", lambda: SVG, "ending", "另存为JPG或PNG"),
    "billion laughs": ("a.svg", lambda: LAUGHS, "ending", "另存为JPG或PNG"),
    "archive": ("a.zip", lambda: archive(x=b"1"), "ending", "解压"),
    "archive with a way out": ("a.zip", lambda: archive(**{"..__..__etc__passwd": b"1"}), "ending", "解压"),
    "archive as jpg": ("a.jpg", lambda: archive(x=b"1"), "content", "内容不是JPG"),
    "archive in an archive as pdf": ("a.pdf", lambda: archive(x=archive(y=b"1")), "content", "内容不是PDF"),
    "archive that is also a pdf": ("a.pdf", pdf_that_is_an_archive, "embedded", "夹带"),
    "program": ("a.exe", lambda: PROGRAM, "ending", "只收JPG"),
    "program as pdf": ("a.pdf", lambda: PROGRAM, "content", "内容不是PDF"),
    "program with two endings": ("a.jpg.exe", lambda: picture(), "ending", "只收JPG"),
    "program of another system as png": ("a.png", lambda: ELF, "content", "内容不是PNG"),
    "test virus": ("a.com", lambda: EICAR, "ending", "只收JPG"),
    "test virus as pdf": ("a.pdf", lambda: EICAR, "content", "内容不是PDF"),
    "document with macro": ("a.docm", document_with_macro, "ending", "另存为PDF"),
    "document with macro as pdf": ("a.pdf", document_with_macro, "content", "内容不是PDF"),
    "no ending": ("picture", lambda: picture(), "ending", "只收JPG"),
    "heic": ("IMG_1.HEIC", lambda: HEIC, "ending", "改存为JPG"),
    "heic as jpg": ("a.jpg", lambda: HEIC, "content", "改存为JPG"),
    "webp as jpg": ("a.jpg", lambda: picture("WEBP"), "content", "内容不是JPG"),
    "gif as png": ("a.png", lambda: picture("GIF"), "content", "内容不是PNG"),
    "png as jpg": ("a.jpg", lambda: picture("PNG"), "content", "内容其实是PNG"),
    "pdf as png": ("a.png", pdf, "content", "内容其实是PDF"),
    "video": ("a.mp4", lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 64, "ending", "录音录像"),
    "nothing": ("a.png", lambda: b"", "empty", "空文件"),
    "pdf with script": ("a.pdf", with_script, "active", "脚本"),
    "pdf with script nobody uses": ("a.pdf", unused_script, "active", "脚本"),
    "pdf with script in a stream": ("a.pdf", script_as_stream, "active", "脚本"),
    "pdf with script in a packed stream": ("a.pdf", script_in_object_stream, "active", "脚本"),
    "pdf with script packed where nothing leads": (
        "a.pdf",
        lambda: plain_pdf(packed(b"4 0 << /S /JavaScript >>")),
        "active",
        "脚本",
    ),
    "pdf with script packed outside of the table": ("a.pdf", script_packed_and_unlisted, "broken", "再传"),
    "pdf with script under an escaped name": (
        "a.pdf",
        lambda: plain_pdf("<< /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>", catalog="/OpenAction 4 0 R"),
        "active",
        "脚本",
    ),
    "pdf whose action is named elsewhere": (
        "a.pdf",
        lambda: plain_pdf("<< /S 5 0 R /F (cmd.exe) >>", "/Lau#6ech", catalog="/OpenAction 4 0 R"),
        "active",
        "脚本",
    ),
    "pdf with script that the table of objects leaves out": (
        "a.pdf",
        lambda: plain_pdf(unlisted="9 0 obj << /S /JavaScript >> endobj\n"),
        "active",
        "脚本",
    ),
    "pdf that starts a program": (
        "a.pdf",
        lambda: plain_pdf("<< /S /Launch /F (cmd.exe) >>"),
        "active",
        "脚本",
    ),
    "pdf that opens a file inside": ("a.pdf", lambda: annotated(S="GoToE"), "active", "脚本"),
    "pdf whose film is named elsewhere": (
        "a.pdf",
        lambda: plain_pdf("<< /S 5 0 R >>", "/Movie"),
        "active",
        "脚本",
    ),
    "pdf that sends a form": ("a.pdf", lambda: annotated(S="SubmitForm"), "active", "脚本"),
    "pdf with a form of its own kind": ("a.pdf", lambda: plain_pdf("<< /XFA [] >>"), "active", "脚本"),
    "pdf with a film": ("a.pdf", lambda: annotated(Subtype="RichMedia"), "active", "脚本"),
    "pdf with a file inside": ("a.pdf", with_attachment, "embedded", "夹带"),
    "pdf with a file pinned to a page": (
        "a.pdf",
        lambda: annotated(Subtype="FileAttachment"),
        "embedded",
        "夹带",
    ),
    "pdf with password": ("a.pdf", encrypted, "encrypted", "加了密码"),
    "pdf with owner's password": ("a.pdf", encrypted_without_password, "encrypted", "加了密码"),
    "pdf cut off": ("a.pdf", lambda: pdf()[:-30], "broken", "打印成PDF"),
    "pdf followed by something else": ("a.pdf", lambda: pdf() + HTML, "broken", "打印成PDF"),
    "pdf behind something else": ("a.pdf", lambda: HTML + pdf(), "content", "内容不是PDF"),
    "pdf of its signature alone": ("a.pdf", lambda: b"%PDF-1.7\n%%EOF", "broken", "打印成PDF"),
    "pdf nested without end": ("a.pdf", deep_pdf, "broken", "再传"),
    "pdf whose pages contain themselves": ("a.pdf", pages_without_end, "broken", "再传"),
    "pdf without pages": ("a.pdf", pdf_without_pages, "broken", "打印成PDF"),
    "pdf with an exploding stream": ("a.pdf", object_stream_bomb, "broken slow", "再传"),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_file_is_refused_and_leaves_nothing(hostile, store):
    name, content, reasons, advice = HOSTILE[hostile]

    with pytest.raises(UploadRefused, match=advice) as refusal:
        take(content(), name)

    assert refusal.value.reason in reasons.split()
    assert files_below(store.parent) == []


def test_file_over_the_limit_is_refused_and_leaves_nothing(store, settings):
    settings.EVIDENCE_FILE_BYTES = 3 << 20
    large = picture("PNG") + b"\0" * (3 << 20)

    with pytest.raises(UploadRefused, match="超过3 MB"):
        take(large, "a.png")

    assert files_below(store.parent) == []


def test_check_that_takes_too_long_is_ended(store, monkeypatch):
    monkeypatch.setattr(uploads, "SECONDS_PER_FILE", 0.01)

    with pytest.raises(UploadRefused, match="检查用时太久"):
        take(pdf(), "a.pdf")

    assert files_below(store.parent) == []


def test_full_disk_is_said_and_leaves_nothing(store, monkeypatch):
    def no_space(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads.os, "fsync", no_space)
    store.mkdir(parents=True)
    (store / "evidence").mkdir()

    with pytest.raises(UploadRefused, match="存不下"):
        take(picture(), "a.jpg")

    assert files_below(store.parent) == []


def test_process_that_looks_into_files_has_no_network_and_starts_nothing():
    script = (
        "import socket, subprocess, sys\n"
        "from cases.confinement import limit_resources, leave_network, refuse_outside\n"
        "limit_resources(memory=1 << 30, file_size=1 << 20, seconds=5)\n"
        "leave_network()\n"
        "sys.addaudithook(refuse_outside)\n"
        "for act in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: subprocess.run(['true']),\n"
        "            lambda: bytearray(2 << 30)):\n"
        "    try:\n"
        "        act()\n"
        "        print('done')\n"
        "    except (PermissionError, MemoryError) as error:\n"
        "        print(type(error).__name__)\n"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == ["PermissionError", "PermissionError", "MemoryError"]


# What is taken


def test_picture_is_kept_outside_for_its_owner_only_under_a_name_that_says_nothing(store):
    stored = take(picture(), "欠条.JPG")

    path = uploads.path_of(stored.stored_name)
    assert files_below(store) == [path]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert path.relative_to(store).parts == ("evidence", stored.stored_name[:2], stored.stored_name)
    assert (stored.name, stored.content_type, stored.pages) == ("欠条.JPG", "image/jpeg", 1)
    assert (stored.sha256, stored.size) == (sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
    assert stored.received_sha256 == sha256(picture()).hexdigest()


def test_place_and_device_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0110] = "SecretPhone"
    exif[0x0112] = 6  # the top of the scene is on the right
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 50.0, 41.0)})
    content = picture(exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile")
    assert b"SecretPhone" in content
    assert b"SecretProfile" in content

    after = kept(take(content, "IMG_1.jpg"))

    image = opened(after)
    assert b"Secret" not in after
    assert (dict(image.getexif()), image.size) == ({}, (40, 60))
    assert image.getpixel((35, 5))[0] > 150  # the red quarter is now on the upper right
    assert image.getpixel((5, 5))[2] > 150


def test_text_hidden_in_png_is_gone():
    whole = picture("PNG")
    content = whole[:33] + png_chunk(b"tEXt", b"Comment\0" + HTML) + whole[33:] + HTML

    after = kept(take(content, "a.png"))

    assert b"script" not in after
    assert opened(after).getpixel((5, 5)) == RED


def test_archive_behind_jpeg_is_gone():
    content = picture() + archive(run=PROGRAM)
    assert zipfile.is_zipfile(io.BytesIO(content))

    after = kept(take(content, "a.jpg"))

    assert not zipfile.is_zipfile(io.BytesIO(after))


@pytest.mark.parametrize(
    ("file_format", "mode", "name"),
    [
        ("JPEG", "CMYK", "a.jpeg"),
        ("JPEG", "L", "a.jpg"),
        ("PNG", "P", "a.png"),
        ("PNG", "1", "a.png"),
        ("PNG", "LA", "a.png"),
        ("PNG", "RGBA", "a.png"),
        ("PNG", "I;16", "a.png"),
    ],
)
def test_every_mode_of_colour_is_taken(file_format, mode, name):
    content = picture(file_format, "RGB" if mode == "I;16" else mode)
    if mode == "I;16":
        deep = Image.new("I;16", (60, 40), 200 * 257)
        target = io.BytesIO()
        deep.save(target, "PNG")
        content = target.getvalue()
    before = opened(content).convert("RGB").getpixel((5, 5)) if mode != "I;16" else (200, 200, 200)

    image = opened(kept(take(content, name)))

    assert image.format == file_format
    assert image.size == (60, 40)
    assert all(abs(a - b) < 12 for a, b in zip(image.convert("RGB").getpixel((5, 5)), before, strict=True))


def test_transparent_png_stays_transparent():
    target = io.BytesIO()
    Image.new("P", (10, 10), 0).save(target, "PNG", transparency=0)

    image = opened(kept(take(target.getvalue(), "印章.png")))

    assert image.convert("RGBA").getpixel((1, 1))[3] == 0


def test_pdf_is_kept_as_it_came():
    content = pdf(pages=3)

    stored = take(content, "流水.pdf")

    assert (stored.pages, stored.content_type, kept(stored)) == (3, "application/pdf", content)
    assert stored.sha256 == stored.received_sha256


def test_pdf_with_links_and_outline_is_taken():
    writer = blank(2)
    writer.add_outline_item(title="第一章", page_number=1)
    link = Link(rect=(0, 0, 50, 50), url="https://example.org/")
    writer.add_annotation(0, link)

    assert take(written_by(writer), "a.pdf").pages == 2


def test_pdf_written_by_hand_is_taken():
    assert take(plain_pdf("<< /Producer (某某银行) >>".encode().decode("latin-1")), "a.PDF").pages == 1


def test_one_bad_file_does_not_stop_the_others(store):
    class Given(io.BytesIO):
        def __init__(self, content: bytes, name: str) -> None:
            super().__init__(content)
            self.name = name

    taken, refused = uploads.take_in_all(
        [Given(picture(), "a.jpg"), Given(HTML, "b.png"), Given(pdf(), "c.pdf"), Given(b"", "d.exe")]
    )

    assert [each.name for each in taken] == ["a.jpg", "c.pdf"]
    assert [name for name, _refusal in refused] == ["b.png", "d.exe"]
    assert len(files_below(store)) == 2


def test_rest_is_left_for_another_time_when_there_is_none(store, monkeypatch):
    monkeypatch.setattr(uploads, "SECONDS_PER_REQUEST", -1)
    file = io.BytesIO(picture())
    file.name = "a.jpg"

    taken, refused = uploads.take_in_all([file])

    assert (taken, [str(refusal) for _name, refusal in refused]) == ([], ["这一次没来得及收，再传一次"])


# Names

NASTY_NAMES = {
    "../../../etc/passwd.jpg": "passwd.jpg",
    "..\\..\\windows\\system32\\a.jpg": "a.jpg",
    "/abs/olute/欠条.jpg": "欠条.jpg",
    "C:\\Users\\me\\合同 (1).pdf": "合同 (1).pdf",
    "gpj\u202egpj.exe\u202c.jpg": "gpjgpj.exe.jpg",
    "a\r\nSet-Cookie: x=1.jpg": "aSet-Cookie_ x=1.jpg",
    "a.jpg\x00.exe": "a.jpg.exe",
    "\x00\x01\x7f\x9b[31m红.png": "[31m红.png",
    "零\u200b宽\ufeff.pdf": "零宽.pdf",
    "行\u2028段\u2029.pdf": "行段.pdf",
    "半\ud800个.png": "半个.png",
    "CON.jpg": "_CON.jpg",
    "lpt1.tar.png": "_lpt1.tar.png",
    '<img src=x onerror="alert(1)">.png': "_img src=x onerror=_alert(1)__.png",
    "   ..  .jpg": "jpg",
    ".jpg": "jpg",
    "": "未命名",
    "...": "未命名",
    "结尾.jpg. . ": "结尾.jpg",
    "两  个\t空格.jpg": "两 个空格.jpg",
    "王某某500151199001010011.jpg": "王某某500…0011.jpg",
    "50015119900101001X正面.jpg": "500…001X正面.jpg",
    "电话13812345678.png": "电话138…5678.png",
    "6222020200112233445.pdf": "622…3445.pdf",
    "微信图片_20261103123456.jpg": "微信图片_20261103123456.jpg",
    "长" * 400 + ".jpg": "长" * 116 + ".jpg",
    "a." + "b" * 400: "a." + "b" * 19,
}


@pytest.mark.parametrize("declared", NASTY_NAMES)
def test_nasty_name_becomes_plain(declared):
    assert clean_name(declared) == NASTY_NAMES[declared]


def test_name_cannot_lead_out_of_the_store(store):
    stored = take(picture(), "../../../../tmp/evil.jpg")

    assert stored.name == "evil.jpg"
    assert [path.parent.parent for path in files_below(store.parent)] == [store / "evidence"]


# Reading


def test_changed_file_is_never_handed_out(store):
    stored = take(pdf(), "a.pdf")
    path = uploads.path_of(stored.stored_name)
    assert uploads.read(stored.stored_name, stored.sha256) == pdf()

    path.write_bytes(pdf().replace(b"595", b"594"))

    with pytest.raises(uploads.FileDamaged):
        uploads.read(stored.stored_name, stored.sha256)


def test_missing_file_is_damaged(store):
    stored = take(pdf(), "a.pdf")
    uploads.path_of(stored.stored_name).unlink()

    with pytest.raises(uploads.FileDamaged):
        uploads.read(stored.stored_name, stored.sha256)
