"""材料 in a real browser: pages are handed in with few clicks, looked at, and the page holds without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from cases.models import Case
from inspection.states import State
from tests.cases.material import picture
from tests.inspection.situations import complaint, staff

PAGES = [
    FilePayload(name=f"欠条{n}.jpg", mimeType="image/jpeg", buffer=picture(size=(90, 60 + n)))
    for n in range(1, 6)
]
BROKEN = FilePayload(name="坏.png", mimeType="image/png", buffer=b"<script>alert(1)</script>")


@pytest.fixture(autouse=True)
def store(transactional_db, settings, tmp_path) -> Path:
    """Files of the test only."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def open_case() -> tuple[dict, Case]:
    people = staff()
    return people, complaint(people, State.INVESTIGATING)


def test_five_pages_are_handed_in_and_one_is_looked_at(page_of, check_accessible):
    people, case = open_case()
    page = page_of(people["W"])
    page.goto(case.get_absolute_url())

    page.get_by_role("link", name="材料").click()
    page.get_by_label("文件", exact=True).set_input_files(PAGES)
    page.get_by_label("材料种类").select_option("iou")
    page.get_by_role("button", name="上传材料").click()

    expect(page.get_by_text("收到5份材料")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="欠条1.jpg", exact=True).click()
    shown = page.get_by_role("img", name="欠条1.jpg")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [90, 61]
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename == "欠条1.jpg"


def test_good_page_is_kept_and_bad_one_named_without_scripts(page_of):
    people, case = open_case()
    page = page_of(people["W"], scripts=False)
    page.goto(case.get_absolute_url() + "files/")

    page.get_by_label("文件", exact=True).set_input_files([PAGES[0], BROKEN])
    page.get_by_label("材料种类").select_option("iou")
    page.get_by_role("button", name="上传材料").click()

    expect(page.get_by_role("alert")).to_contain_text("收到1份材料，1个文件没有收")
    expect(page.get_by_role("alert")).to_contain_text("坏.png：内容不是PNG")
    expect(page.get_by_role("link", name="欠条1.jpg", exact=True)).to_be_visible()
