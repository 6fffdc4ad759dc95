"""The bundled typefaces and the characters they can print. Plain Python: the rendering process uses it too."""

import html
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

_LAYOUT = frozenset("\n\r\t ")


@dataclass(frozen=True)
class Face:
    """One font file; ``file`` is relative to the folder of its ``FONTS.toml``."""

    family: str
    weight: int
    file: str


def faces(folder: Path) -> list[Face]:
    """The fonts that the folder's list names."""
    listed = tomllib.loads((folder / "FONTS.toml").read_text(encoding="utf-8"))["font"]
    return [Face(row["family"], row["weight"], row["file"]) for row in listed]


@cache
def _seen_on_paper(folder: Path) -> frozenset[str]:
    """Every character that one of the fonts draws so that it is seen, and those that only lay out."""
    drawn = {chr(point) for point in printable(folder)}
    return frozenset(each for each in drawn if not _is_invisible(each)) | _LAYOUT


@cache
def printable(folder: Path) -> frozenset[int]:
    """Every code point for which one of the fonts has a glyph. Read once per process."""
    points: set[int] = set()
    for face in faces(folder):
        with TTFont(folder / face.file, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def unprintable(source: str, folder: Path) -> list[str]:
    """The characters of an HTML text that no font can print, or that would not be seen, each once and in order."""
    text = html.unescape(source)
    unseen = set(text) - _seen_on_paper(folder)
    return sorted(unseen, key=text.index)


def _is_invisible(character: str) -> bool:
    """Controls and marks of direction: what is on paper must be what was read on the screen."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def named(characters: list[str]) -> Iterator[str]:
    """Each character so that a person can find it: itself where it can be seen, and its code point."""
    for each in characters:
        point = f"U+{ord(each):04X}"
        yield point if _is_invisible(each) else f"{each}（{point}）"
