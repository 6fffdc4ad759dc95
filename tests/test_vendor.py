"""What is shipped of others is unchanged, licensed, complete, and nothing is loaded from elsewhere."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
FONTS = ROOT / "documents" / "fonts"
ASSETS = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["asset"]
FACES = tomllib.loads((FONTS / "FONTS.toml").read_text(encoding="utf-8"))["font"]

NAMESPACES = re.compile(r"http://www\.w3\.org/[\w/.#-]+")
ADDRESS = re.compile(r"(?:\w+:)?//[\w-]+\.[\w.-]+|\w+://")
LOAD = re.compile(
    r"""(?:url\(\s*["']?|@import\s+["']|importScripts\(["']|sourceMappingURL=)\s*(?:https?:)?//"""
)

RARE_NAMES = "喆堃犇珺玥翀赟祎昇垚䶮𬭎㛃𠅤"
PUNCTUATION = "〔〕《》“”—…、，。；：？！（）￥①〇"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def characters(face: dict) -> set[int]:
    with TTFont(FONTS / face["file"], lazy=True) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("asset", ASSETS, ids=lambda asset: asset["name"])
def test_browser_library_is_what_was_listed(asset):
    folder = VENDOR / asset["folder"]

    found = {path.name: sha256(path) for path in folder.iterdir()}

    assert found == asset["files"]
    assert "LICENCE" in found


def test_every_vendored_folder_is_listed():
    assert {path.name for path in VENDOR.iterdir() if path.is_dir()} == {asset["folder"] for asset in ASSETS}
    assert {path.name for path in FONTS.iterdir() if path.is_dir()} == {
        face["file"].split("/")[0] for face in FACES
    }


@pytest.mark.parametrize("face", FACES, ids=lambda face: face["file"])
def test_font_is_what_was_listed(face):
    with TTFont(FONTS / face["file"], lazy=True) as font:
        family, weight = font["name"].getDebugName(1), font["OS/2"].usWeightClass

    assert sha256(FONTS / face["file"]) == face["sha256"]
    assert (FONTS / face["licence_file"]).stat().st_size > 1000
    assert (family, weight) == (face["family"], face["weight"])


def test_rare_names_and_punctuation_are_in_some_font():
    covered = set().union(*(characters(face) for face in FACES))

    assert [character for character in RARE_NAMES + PUNCTUATION if ord(character) not in covered] == []


def test_full_width_yen_never_comes_from_the_face_that_draws_it_as_a_dollar():
    (fang,) = (face for face in FACES if face["family"] == "Huxin Fang")
    others = [characters(face) for face in FACES if face is not fang]

    assert ord("￥") not in characters(fang)
    assert all(ord("￥") in face for face in others)


def test_notice_names_every_vendored_folder():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    folders = [asset["folder"] for asset in ASSETS] + [face["file"].split("/")[0] for face in FACES]

    assert [folder for folder in folders if folder not in notice] == []


def own_browser_files() -> list[Path]:
    templates = [
        path for path in ROOT.glob("**/templates/**/*") if path.is_file() and ".venv" not in path.parts
    ]
    static = [path for path in (ROOT / "static").rglob("*") if path.is_file() and VENDOR not in path.parents]
    return [path for path in templates + static if path.suffix in {".html", ".txt", ".css", ".js", ".svg"}]


def test_own_pages_scripts_and_styles_name_no_other_host():
    found = {}
    for path in own_browser_files():
        text = NAMESPACES.sub("", path.read_text(encoding="utf-8"))
        if addresses := ADDRESS.findall(text):
            found[path.relative_to(ROOT).as_posix()] = addresses

    assert found == {}


def test_vendored_scripts_and_styles_load_nothing_from_another_host():
    loads = {
        path.name: LOAD.findall(path.read_text(encoding="utf-8"))
        for path in VENDOR.rglob("*")
        if path.suffix in {".css", ".js"}
    }

    assert loads == {name: [] for name in loads}


def test_lock_files_hold_hashes_and_no_addresses():
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", text, flags=re.MULTILINE)

        assert "://" not in text
        assert len(pinned) == len(re.findall(r"\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text))
