"""Names of persons and units: how they are stored, masked and found by pinyin. Plain Python."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain
from typing import Final, TypeVar

from pypinyin import Style, lazy_pinyin, pinyin

from cases.identity import LONGEST_TYPED, InvalidValue, half_width, without_invisible
from cases.identity import noop as _

Item = TypeVar("Item")

# Masks


def mask_id(number: str) -> str:
    """The first three and last four characters of an identity number, `500***********1234`.

    Shorter documents show one and three; what has fewer than eight characters shows nothing.
    """
    if len(number) >= 15:
        return _masked(number, 3, 4)
    return _masked(number, 1, 3) if len(number) >= 8 else _masked(number, 0, 0)


def mask_phone(number: str) -> str:
    """The first three and last four digits, `138****5678`; short numbers show their last two."""
    return _masked(number, 3, 4) if len(number) >= 10 else _masked(number, 0, 2 if len(number) > 4 else 0)


def mask_card(number: str) -> str:
    """The last four digits of a bank card, `****1234`, whatever its length."""
    return "****" + (number[-4:] if len(number) > 8 else "") if number else ""


def mask_name(name: str) -> str:
    """The first character and one star, `张*`, so that the length is hidden too."""
    return name[:1] + "*" if name else ""


def _masked(text: str, first: int, last: int) -> str:
    end = len(text) - last
    return text[:first] + "*" * (end - first) + text[end:]


# What a name may be

_HAN: Final = (
    "\u3005-\u3007"  # 々 〆 〇
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"  # the planes of all later extensions
    "\ue000-\uf8ff\U000f0000-\U0010fffd"  # private use: cards issued before their characters were encoded
)
_IS_HAN: Final = re.compile(f"[{_HAN}]")
_VARIATION: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LATIN: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f"
_REFUSED: Final = re.compile(f"[^{_HAN}{_VARIATION}{_LATIN}·.' -]")
_NO_LETTER: Final = re.compile(r"[·.' -](?=[·.' -]*$)")
_KEPT_AS_IS: Final = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")
_DOTS: Final = str.maketrans(dict.fromkeys("•・‧∙⋅●᛫･", "·") | dict.fromkeys("’‘`´", "'"))
_DOT_BETWEEN_HAN: Final = re.compile(rf"(?<=[{_HAN}])\s*[.·]\s*(?=[{_HAN}])")
_SPACE_BETWEEN_HAN: Final = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
NAME_LENGTH: Final = (2, 50)


def normalise_name(text: str) -> str:
    """The name as it is stored: NFC, one kind of middle dot, no space between 汉字, nothing invisible.

    Compatibility ideographs keep their code point, which NFC would replace: the name is the one on the card.
    """
    visible = without_invisible(half_width(text)).translate(_DOTS)
    parts = _KEPT_AS_IS.split(visible)
    composed = "".join(p if _KEPT_AS_IS.fullmatch(p) else unicodedata.normalize("NFC", p) for p in parts)
    return _SPACE_BETWEEN_HAN.sub("", _DOT_BETWEEN_HAN.sub("·", " ".join(composed.split())))


def check_name(text: str, *, label: str = _("姓名")) -> str:
    """The stored form of a person's name: 2 to 50 characters, 汉字 of every plane, Latin letters, `·`.

    Raises InvalidValue otherwise. `label` names the field in the sentence.
    """
    name = normalise_name(text[: 4 * LONGEST_TYPED])
    if not name:
        raise InvalidValue(_("还没填%(label)s"), label=label)
    if wrong := _REFUSED.search(name) or _NO_LETTER.match(name):
        raise InvalidValue(_("%(label)s里有不能用的字“%(sign)s”"), label=label, sign=_shown(wrong[0]))
    least, most = NAME_LENGTH
    if not least <= len(name) <= most or len(text) > 4 * LONGEST_TYPED:
        raise InvalidValue(
            _("%(label)s应为%(least)d到%(most)d个字，现在是%(count)d个"),
            label=label, least=least, most=most, count=max(len(name), len(text.strip())),
        )  # fmt: skip
    return name


def _shown(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"


# Pinyin

PERSON_KEY_LENGTH: Final = 200
UNIT_KEY_LENGTH: Final = 400
"""Longest search keys; what is longer is cut at the end, where the last full readings stand."""

# Family names of two characters, read as words by the dictionary.
_COMPOUND: Final = frozenset(
    re.findall(
        "..",
        "万俟司马上官欧阳夏侯诸葛闻人东方赫连皇甫尉迟公羊澹台公冶宗政濮阳淳于单于"
        "太叔申屠公孙仲孙轩辕令狐钟离宇文长孙慕容鲜于闾丘司徒司空呼延南宫东郭西门"
        "百里第五拓跋独孤完颜端木宰父谷梁乐正",
    )
)
# Family names of one character that are read in several ways today, with the family name's own reading.
# Others keep to one: the dictionary also has readings of 王 and 方 that nobody types.
_SURNAMES: Final = {
    "单": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "区": "ou", "朴": "piao", "查": "zha", "盖": "ge",
    "翟": "zhai", "乐": "yue", "召": "shao", "覃": "qin", "员": "yun", "隗": "wei", "缪": "miao", "折": "she",
    "黑": "he", "繁": "po", "秘": "bi", "洗": "xian", "牟": "mu", "种": "chong", "郗": "chi", "祭": "zhai",
    "句": "gou", "薄": "bo", "阚": "kan", "卜": "bu", "都": "du", "重": "chong", "藏": "zang", "长": "chang",
    "粘": "nian", "么": "yao", "尉": "wei", "盛": "sheng", "车": "che", "贾": "jia", "宓": "mi", "那": "na",
}  # fmt: skip
_RUNS: Final = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_VARIATIONS: Final = re.compile(f"[{_VARIATION}]")

Reading = tuple[str, ...]
"""One syllable or Latin word after the other."""


def initials(name: str) -> list[str]:
    """The pinyin initials of a person's name, one entry for each reading of the family name.

    单雄信 gives sxx, dxx and cxx: the family name's own reading first, then the other readings of the
    character, because a clerk may type any of them. A Latin word gives its first letter; a character
    without a known reading stands for itself.
    """
    return _distinct("".join(syllable[0] for syllable in reading) for reading in _readings(name, person=True))


def pinyin_key(name: str, *, person: bool = True) -> str:
    """The search column of a name: all initials, then all full readings, lower case, a space between.

    Match it with `contains` on the lower-cased typed text. `person=False` is for units, whose first
    character is read as in its word (重庆 is cq). At most `PERSON_KEY_LENGTH` characters, for units
    `UNIT_KEY_LENGTH`.
    """
    readings = _readings(name, person=person)
    short = ("".join(syllable[0] for syllable in reading) for reading in readings)
    full = ("".join(reading) for reading in readings)
    limit = PERSON_KEY_LENGTH if person else UNIT_KEY_LENGTH
    return " ".join(_distinct(chain(short, full)))[:limit]


def _readings(name: str, *, person: bool) -> list[Reading]:
    """The name as syllables, once for each reading of its family name; empty when nothing in it is spoken."""
    runs = _RUNS.findall(_VARIATIONS.sub("", normalise_name(name)))
    if not runs:
        return []
    # Names with a middle dot are other languages written in 汉字: they open with no family name.
    family = _family(runs[0]) if person and "·" not in name else ""
    runs[0] = runs[0][len(family) :]
    given = tuple(syllable for run in runs if run for syllable in _spoken(run))
    return [reading + given for reading in _family_readings(family)]


def _family(run: str) -> str:
    """The family name that opens a name: two characters if they are a known one and more follows."""
    if len(run) > 2 and run[:2] in _COMPOUND:
        return run[:2]
    return run[:1] if _IS_HAN.match(run) else ""


def _family_readings(family: str) -> list[Reading]:
    """The ways to read a family name, its own first; the empty reading for none."""
    if family in _SURNAMES:
        every = pinyin(family, style=Style.NORMAL, heteronym=True)[0]
        return _distinct(chain([(_SURNAMES[family],)], ((reading,) for reading in every)))
    one_by_one = (syllable for character in family for syllable in _syllables(character))
    return _distinct([tuple(_syllables(family)), tuple(one_by_one)])


def _spoken(run: str) -> list[str]:
    """The syllables of a run of 汉字, read as words; a Latin word as one, without accents."""
    if _IS_HAN.match(run):
        return _syllables(run)
    plain = unicodedata.normalize("NFD", run.lower())
    return ["".join(letter for letter in plain if not unicodedata.combining(letter))]


def _syllables(run: str) -> list[str]:
    """One entry for each of the 汉字, the character itself where no reading is known."""
    pieces = lazy_pinyin(run)
    return [syllable for piece in pieces for syllable in ([piece] if piece.isascii() else piece)]


def _distinct(items: Iterable[Item]) -> list[Item]:
    """The items in order, each once."""
    return list(dict.fromkeys(items))
