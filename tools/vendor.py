"""Re-make ``static/vendor/`` and ``documents/fonts/`` from published packages.

For developers only; the product never runs it. It needs npm and, on Debian 12, apt-get, and asks both by
package name alone. Versions of npm packages are pinned here; the same versions give the same bytes.

    .venv/bin/python -m tools.vendor            # both folders
    .venv/bin/python -m tools.vendor assets     # scripts and style sheets
    .venv/bin/python -m tools.vendor fonts
"""

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "static" / "vendor"
FONTS = ROOT / "documents" / "fonts"

FULL_WIDTH_YEN = 0xFFE5

FONT_EXCEPTION = """\
The Fandol team publishes its fonts under the GNU General Public License, version 3 (see COPYING), with the
GPL font exception:

    As a special exception, if you create a document which uses this font, and embed this font or unaltered
    portions of this font into the document, this font does not by itself cause the resulting document to be
    covered by the GNU General Public License. This exception does not however invalidate any other reasons
    why the document might be covered by the GNU General Public License. If you modify this font, you may
    extend this exception to your version of the font, but you are not obligated to do so. If you do not wish
    to do so, delete this exception statement from your version.

HuxinFang-Regular.otf is a changed version of FandolFang-Regular.otf and carries the same licence and the same
exception. What was changed:

  - the entry of the full-width yen sign (U+FFE5) was taken out of the character table, since its drawing in
    the original is that of the dollar sign; the character now comes from the next font of the family list;
  - the font was renamed from FandolFang to Huxin Fang, so that nobody takes it for the original.

The change is made by tools/vendor.py of this project, which is the complete source of it.
"""


@dataclass(frozen=True)
class Asset:
    """A browser library: compiled files out of one npm package."""

    name: str
    package: str
    version: str
    licence: str
    files: dict[str, str]
    licence_file: str = "LICENSE"
    contained: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Papers of other packages compiled into it: name here, then package, version and file."""

    @property
    def folder(self) -> str:
        return f"{self.name}-{self.version}"


@dataclass(frozen=True)
class Face:
    """One font file of the documents: what it is called, where it comes from, what is done to it."""

    family: str
    weight: int
    file: str
    licence: str
    licence_file: str
    source: str
    make: Callable[["Downloads", Path], None]


class Downloads:
    """Unpacked packages in a temporary folder, each fetched once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def npm(self, package: str, version: str) -> Path:
        target = self.folder / f"npm-{package.replace('/', '-')}"
        if not target.exists():
            target.mkdir()
            run("npm", "pack", "--silent", f"{package}@{version}", cwd=target)
            (archive,) = target.glob("*.tgz")
            run("tar", "-xzf", archive.name, cwd=target)
        return target / "package"

    def debian(self, package: str) -> Path:
        target = self.folder / f"deb-{package}"
        if not target.exists():
            target.mkdir()
            run("apt-get", "-o", "APT::Sandbox::User=root", "-qq", "download", package, cwd=target)
            (archive,) = target.glob("*.deb")
            run("dpkg-deb", "-x", archive.name, ".", cwd=target)
        return target


def run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save(font: TTFont, target: Path) -> None:
    font.recalcTimestamp = False
    font.save(target, reorderTables=False)


def rename(font: TTFont, family: str, style: str) -> None:
    """Every name record that says what the font is called says ``family`` and ``style``."""
    postscript = f"{family.replace(' ', '')}-{style}"
    version = font["name"].getDebugName(5)
    names = {
        1: family,
        2: style,
        3: f"{version};{postscript}",
        4: f"{family} {style}",
        6: postscript,
        16: family,
    }
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = postscript
        cff.topDictIndex[0].FamilyName = family
        cff.topDictIndex[0].FullName = f"{family} {style}"


def make_fang(downloads: Downloads, target: Path) -> None:
    package = downloads.debian("texlive-lang-chinese")
    fonts = package / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    font = TTFont(fonts / "FandolFang-Regular.otf")
    for table in font["cmap"].tables:
        table.cmap.pop(FULL_WIDTH_YEN, None)
    rename(font, "Huxin Fang", "Regular")
    save(font, target)

    docs = package / "usr/share/doc/texlive-doc/fonts/fandol"
    (target.parent / "COPYING").write_bytes(gzip.decompress((docs / "COPYING.gz").read_bytes()))
    (target.parent / "README.fandol").write_bytes((docs / "README").read_bytes())
    (target.parent / "LICENCE").write_text(FONT_EXCEPTION, encoding="utf-8")


def make_noto(slug: str, family: str, weight: int, version: str) -> Callable[[Downloads, Path], None]:
    def make(downloads: Downloads, target: Path) -> None:
        package = downloads.npm(f"@fontsource/{slug}", version)
        font = TTFont(package / f"files/{slug}-chinese-simplified-{weight}-normal.woff2")
        font.flavor = None
        rename(font, family, "Bold" if weight == 700 else "Regular")
        save(font, target)
        shutil.copyfile(package / "LICENSE", target.parent / "LICENCE")

    return make


def make_wenkai(downloads: Downloads, target: Path) -> None:
    package = downloads.debian("fonts-lxgw-wenkai")
    shutil.copyfile(package / "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", target)
    shutil.copyfile(package / "usr/share/doc/fonts-lxgw-wenkai/copyright", target.parent / "LICENCE")


BROWSER_ASSETS = (
    Asset(
        name="bootstrap",
        package="bootstrap",
        version="5.3.9",
        licence="MIT",
        files={
            "dist/css/bootstrap.min.css": "bootstrap.min.css",
            "dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
        },
    ),
    Asset(
        name="htmx",
        package="htmx.org",
        version="2.0.10",
        licence="0BSD",
        files={"dist/htmx.min.js": "htmx.min.js"},
    ),
    Asset(
        name="echarts",
        package="echarts",
        version="6.1.0",
        licence="Apache-2.0 AND BSD-3-Clause AND 0BSD",
        files={
            "dist/echarts.common.min.js": "echarts.common.min.js",
            "NOTICE": "NOTICE",
            "licenses/LICENSE-d3": "LICENCE.d3",
        },
        contained={"LICENCE.zrender": ("zrender", "6.1.0", "LICENSE")},
    ),
)

NOTO = "5.3.0"
FACES = (
    Face(
        family="Huxin Fang",
        weight=400,
        file="huxin-fang/HuxinFang-Regular.otf",
        licence="GPL-3.0-only WITH Font-exception-2.0",
        licence_file="huxin-fang/LICENCE",
        source="FandolFang 1.300 of the Debian 12 package texlive-lang-chinese, changed as LICENCE says",
        make=make_fang,
    ),
    *(
        Face(
            family=family,
            weight=weight,
            file=f"{slug}/{family.replace(' ', '')}-{'Bold' if weight == 700 else 'Regular'}.ttf",
            licence="OFL-1.1",
            licence_file=f"{slug}/LICENCE",
            source=f"npm package @fontsource/{slug} {NOTO}, unpacked to TrueType, style names corrected",
            make=make_noto(slug, family, weight, NOTO),
        )
        for slug, family in (("noto-serif-sc", "Noto Serif SC"), ("noto-sans-sc", "Noto Sans SC"))
        for weight in (400, 700)
    ),
    Face(
        family="LXGW WenKai",
        weight=400,
        file="lxgw-wenkai/LXGWWenKai-Regular.ttf",
        licence="OFL-1.1",
        licence_file="lxgw-wenkai/LICENCE",
        source="Debian 12 package fonts-lxgw-wenkai 1.250, unchanged",
        make=make_wenkai,
    ),
)


def without_source_map(content: bytes) -> bytes:
    """The same file without the pointer to a source map, which is not shipped."""
    return re.sub(rb"\n?(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$", b"\n", content)


def make_assets(downloads: Downloads) -> None:
    shutil.rmtree(ASSETS, ignore_errors=True)
    lines = [
        "# Browser libraries as shipped. Written by tools/vendor.py; pointers to source maps are cut off."
    ]
    for asset in BROWSER_ASSETS:
        package = downloads.npm(asset.package, asset.version)
        folder = ASSETS / asset.folder
        folder.mkdir(parents=True)
        for source, name in asset.files.items():
            (folder / name).write_bytes(without_source_map((package / source).read_bytes()))
        shutil.copyfile(package / asset.licence_file, folder / "LICENCE")
        for name, (other, version, source) in asset.contained.items():
            shutil.copyfile(downloads.npm(other, version) / source, folder / name)
        lines += ["", "[[asset]]", f'name = "{asset.name}"', f'version = "{asset.version}"']
        lines += [f'licence = "{asset.licence}"', f'source = "npm package {asset.package} {asset.version}"']
        lines += [f'folder = "{asset.folder}"', "", "[asset.files]"]
        lines += [f'"{path.name}" = "{sha256(path)}"' for path in sorted(folder.iterdir())]
    (ASSETS / "VENDOR.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def make_fonts(downloads: Downloads) -> None:
    lines = ["# Fonts of the documents, written by tools/vendor.py."]
    for folder in {Path(face.file).parent for face in FACES}:
        shutil.rmtree(FONTS / folder, ignore_errors=True)
        (FONTS / folder).mkdir(parents=True)
    for face in FACES:
        target = FONTS / face.file
        face.make(downloads, target)
        lines += [
            "",
            "[[font]]",
            f'family = "{face.family}"',
            f"weight = {face.weight}",
            f'file = "{face.file}"',
        ]
        lines += [f'sha256 = "{sha256(target)}"', f'licence = "{face.licence}"']
        lines += [f'licence_file = "{face.licence_file}"', f'source = "{face.source}"']
    (FONTS / "FONTS.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(wanted: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        downloads = Downloads(Path(folder))
        if "assets" in wanted:
            make_assets(downloads)
        if "fonts" in wanted:
            make_fonts(downloads)


if __name__ == "__main__":
    main(sys.argv[1:] or ["assets", "fonts"])
