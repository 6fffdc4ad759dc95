"""HTML to PDF in a process that reaches nothing, and that cannot take the site down."""

import http.server
import io
import os
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from documents.rendering import Renderer, RenderingFailed
from tests.documents.pages import carries_files, fonts, fonts_of, printer, sizes_of, text_of

PAGE = """<style>@page{size:A4} body{font-family:"Huxin Fang","Noto Serif SC","LXGW WenKai"}
h1{font-family:"Noto Serif SC"} h2{font-family:"Noto Sans SC"}</style>
<h1>受理通知书</h1><h2>一、事实</h2><p>王㛃、李𬭎、张䶮</p>"""


def test_a_page_is_a4_with_its_text_and_every_font_inside():
    pdf = printer().pdf(PAGE)

    assert sizes_of(pdf) == [(210, 297)]
    assert text_of(pdf) == "受理通知书一、事实王㛃、李𬭎、张䶮"
    assert fonts_of(pdf) == {
        "Noto-Serif-SC-Bold": True,
        "Noto-Sans-SC-Bold": True,
        "Huxin-Fang": True,
        "LXGW-WenKai": True,
    }


def test_the_full_width_yuan_sign_does_not_come_from_the_face_that_draws_a_dollar():
    pdf = printer().pdf('<p style="font-family:Huxin Fang,Noto Serif SC">￥')

    assert fonts_of(pdf) == {"Noto-Serif-SC": True}


def test_the_same_text_gives_the_same_bytes_in_another_process():
    other = Renderer(fonts())
    try:
        assert sha256(other.pdf(PAGE)).digest() == sha256(printer().pdf(PAGE)).digest()
    finally:
        other.stop()


def test_a_pdf_says_that_it_is_for_archives():
    reader = PdfReader(io.BytesIO(printer().pdf(PAGE)))

    metadata = reader.root_object["/Metadata"].get_data().decode()

    assert ('part="3"' in metadata, 'conformance="U"' in metadata) == (True, True)


# Nothing from outside


class Listener:
    """A web server on loopback that notes who asks."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"canary")

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def listener():
    listener = Listener()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that no document may show."""
    path = tmp_path / "canary.txt"
    path.write_text("CANARY-7d1f")
    return path


PAYLOADS = [
    '<img src="{web}/img">',
    '<img src="file://{file}">',
    '<link rel=stylesheet href="{web}/css">',
    "<style>@import url({web}/import);</style>",
    "<style>p{{background:url({web}/background)}}</style><p>x",
    "<style>@font-face{{font-family:f;src:url({web}/font)}} p{{font-family:f}}</style><p>x",
    '<link rel=attachment href="file://{file}"><p>x',
    '<link rel=attachment href="{web}/attachment"><p>x',
    '<a rel=attachment href="file://{file}">x</a>',
    '<link rel=attachment href="data:text/plain,inside"><p>x',
    '<object data="{web}/object"></object><embed src="{web}/embed">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{web}/svg" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{file}" width="9" height="9"/></svg>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E'
    '%3Cimage href=%22{web}/nested%22 width=%229%22 height=%229%22/%3E%3C/svg%3E">',
    '<base href="{web}/"><img src="relative">',
    '<img src="asset:../../../etc/passwd">',
    '<img src="ftp://127.0.0.1/x"><img src="//127.0.0.1/x">',
]


def printed(source: str) -> bytes:
    """The PDF, or nothing when the text was refused."""
    try:
        return printer().pdf(source)
    except RenderingFailed:
        return b""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_html_fetches_nothing_and_takes_no_file_along(payload, listener, canary):
    source = payload.format(web=listener.address, file=canary)

    pdf = printed(f"<style>p{{font-family:'Noto Serif SC'}}</style>{source}")

    assert listener.asked == []
    assert not (pdf and carries_files(pdf))
    assert not (pdf and "CANARY" in text_of(pdf))


@pytest.mark.parametrize(
    "payload", ['<img src="http://127.0.0.1:9/">', '<link rel=attachment href="file:///etc/hostname">']
)
def test_a_text_that_asks_for_something_outside_is_refused(payload):
    with pytest.raises(RenderingFailed, match="ForbiddenAddress"):
        printer().pdf(payload)


def test_the_process_gets_no_key_and_no_address_of_the_site(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@127.0.0.1/huxin")
    other = Renderer(fonts())
    try:
        other.pdf("<p>x")
        environment = Path(f"/proc/{child_of(other)}/environ").read_bytes()
    finally:
        other.stop()

    names = {line.split(b"=")[0].decode() for line in environment.split(b"\0") if line}
    assert names == {"PATH", "LANG", "HOME", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE"}


def test_the_process_may_open_no_socket_and_start_no_program():
    for attempt in ("import socket; socket.socket()", "import os; os.system('true')"):
        source = (
            "import sys; from documents.render_child import refuse_outside;"
            f"sys.addaudithook(refuse_outside); {attempt}"
        )
        ended = subprocess.run([sys.executable, "-c", source], capture_output=True, check=False)
        assert ended.returncode == 1
        assert b"PermissionError" in ended.stderr


# Limits


def child_of(renderer: Renderer) -> int:
    assert renderer._child is not None
    return renderer._child.pid


def test_the_process_has_a_gigabyte_and_no_more():
    printer().pdf("<p>x")

    limits = Path(f"/proc/{child_of(printer())}/limits").read_text()

    line = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert line.split()[3:5] == ["1073741824", "1073741824"]


def test_a_text_that_takes_too_long_fails_and_the_next_one_is_printed():
    impatient = Renderer(fonts(), seconds=4)
    try:
        with pytest.raises(RenderingFailed, match="TimeLimit"):
            impatient.pdf("<p>工资</p>" * 100_000)
        assert text_of(impatient.pdf("<p style='font-family:Huxin Fang'>工资")) == "工资"
    finally:
        impatient.stop()


def test_a_text_nested_without_end_fails_at_once():
    with pytest.raises(RenderingFailed, match="RecursionError"):
        printer().pdf("<table><tr><td>" * 300)


@pytest.mark.parametrize("size", ["width:1e9px;height:1e9px", "border:1e9px solid", "margin:1e9px"])
def test_monstrous_sizes_end(size):
    assert sizes_of(printer().pdf(f"<style>@page{{size:A4}}</style><div style='{size}'>x</div>"))


def test_a_long_text_arrives_whole():
    pdf = printer().pdf("<body style='font-family:Huxin Fang'>" + "<p>工资支付</p>" * 4000)

    assert text_of(pdf) == "工资支付" * 4000


def test_a_process_that_died_meanwhile_is_replaced():
    other = Renderer(fonts())
    try:
        other.pdf("<p>x")
        os.kill(child_of(other), 9)
        assert other.pdf(PAGE) == printer().pdf(PAGE)
    finally:
        other.stop()


def test_fonts_that_are_missing_are_an_error_not_a_page_of_boxes(tmp_path):
    broken = Renderer(tmp_path)
    try:
        with pytest.raises(RenderingFailed, match="Died"):
            broken.pdf(PAGE)
    finally:
        broken.stop()


def test_nothing_is_left_behind_when_the_process_stops(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    other = Renderer(fonts())
    other.pdf("<p>x")
    pid = child_of(other)

    other.stop()

    assert not Path(f"/proc/{pid}").exists()
    assert list(tmp_path.iterdir()) == []


def test_many_threads_get_each_their_own_text():
    results: dict[int, str] = {}

    def work(number: int) -> None:
        pdf = printer().pdf(f"<p style='font-family:Huxin Fang'>第{number}号")
        results[number] = text_of(pdf)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == {number: f"第{number}号" for number in range(12)}
